/* SPDX-License-Identifier: MIT */
/* The allow-list of raw HTML: elements and their attributes. For html_sanitize
 * alone. */
#ifndef HTML_ALLOW_H
#define HTML_ALLOW_H

#include <stdbool.h>
#include <stdint.h>

#include "html_sanitize.h"
#include "html_tag.h"

struct error;
struct strbuf;

/* What an element is, and what it may hold. */
enum {
	PHRASING = 1 << 0, FLOW = 1 << 1, ITEM = 1 << 2, TERM = 1 << 3,
	GROUP = 1 << 4, ROW = 1 << 5, CELL = 1 << 6, CAPTION = 1 << 7,
	SUMMARY = 1 << 8, RUBY_TEXT = 1 << 9, LEGEND = 1 << 10,
	IN_FLOW = PHRASING | FLOW,
	NOTHING = 0
};

/* Attributes beyond class, lang, dir and title, and other peculiarities. */
enum {
	VOID = 1 << 0, HREF = 1 << 1, IMAGE = 1 << 2, SPANS = 1 << 3,
	START = 1 << 4, DATETIME = 1 << 5, NEEDS_DATETIME = 1 << 6,
	NEEDS_DIR = 1 << 7, OPEN = 1 << 8, HEADING = 1 << 9, ONCE = 1 << 10,
	CENTERED = 1 << 11, SCOPE = 1 << 12
};

struct element {
	const char *name;	/* as the author writes it */
	const char *as;		/* as we do */
	uint16_t is, holds, more;
};

/** By name. */
extern const struct element allow_elements[];

/** NULL: it is not allowed. */
const struct element *allow_find(struct slice name);

/** Those that go with all they hold. */
extern const char *const allow_dropped[];

/** Its index and one more, or 0. */
unsigned char allow_find_dropped(struct slice name);

/* html_allow_attributes.c */

/** Append text of HTML, its references resolved, as we write them. */
void allow_escape(struct strbuf *out, struct slice text);

/** Is there all that the element can't do without? */
bool allow_is_complete(const struct element *e, const struct html_tag *tag);

/** Append class, lang, dir and title. */
void allow_add_common(struct strbuf *out, const struct html_sanitizer *s,
		      const struct element *e, const struct html_tag *tag);

/** Append what the element alone may have. */
void allow_add_own(struct strbuf *out, const struct element *e,
		   const struct html_tag *tag);

/** Append the alternative text and the size of a picture. */
void allow_add_picture(struct strbuf *out, const struct html_tag *tag);

/** Ask the caller for an address. Appends nothing and returns 0 when it is
 * dead. */
int allow_add_address(struct strbuf *out, const struct html_sanitizer *s,
		      const struct html_tag *tag, bool image,
		      struct error *err);

#endif
