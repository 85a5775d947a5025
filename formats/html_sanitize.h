/* SPDX-License-Identifier: MIT */
/*
 * Raw HTML in a text, made harmless and well-formed: an allow-list of
 * elements and attributes. Other tags go and their words stay; scripts,
 * styles, frames, objects, forms and comments go with all they hold.
 *
 * HTML comes in pieces (a tag here, a tag there) with other output between
 * them. Elements stay open from one piece to the next of the same container,
 * an element of the output that the caller opens and closes; what is open
 * when a container ends is closed there. So the output is balanced always.
 * What may stand in what is kept as HTML has it: a block ends a paragraph, a
 * cell outside a table is only its words, text in a list becomes an item.
 */
#ifndef HTML_SANITIZE_H
#define HTML_SANITIZE_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

struct error;
struct strbuf;

#define HTML_SANITIZE_DEPTH 64	/* elements open at a time; more are dropped */

struct html_sanitizer {
	/* how addresses get in, as in html_options; NULL: not at all */
	int (*link)(struct strbuf *out, struct slice url, void *data,
		    struct error *err);
	int (*image)(struct strbuf *out, struct slice url, void *data,
		     struct error *err);
	void *data;
	int shift;		/* added to the levels of headings */
	bool xml_lang;		/* lang comes as xml:lang too */

	size_t count;		/* the elements that are open */
	struct {
		const void *container;
		unsigned char element;
		unsigned char seen; /* children that come once */
	} open[HTML_SANITIZE_DEPTH];
	const void *dropping;	/* container in which an inline element that
				 * is dropped with its contents is open */
	unsigned char dropped;
};

#define HTML_SANITIZER_INIT { .count = 0 }

/**
 * Append a piece of HTML that stands in `container` (any pointer that names
 * it). `block`: where blocks may stand; else among the words of one.
 * Only what `link` and `image` return fails.
 */
int html_sanitize(struct strbuf *out, struct html_sanitizer *s,
		  struct slice html, const void *container, bool block,
		  struct error *err);

/** A block of the caller's own follows in the container: make room for it. */
void html_sanitize_before_block(struct strbuf *out, struct html_sanitizer *s,
				const void *container);

/** The container ends: close what is open in it. */
void html_sanitize_leave(struct strbuf *out, struct html_sanitizer *s,
			 const void *container);

/** True within an <a>. */
bool html_sanitize_in_link(const struct html_sanitizer *s);

#endif
