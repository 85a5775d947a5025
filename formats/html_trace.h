/* SPDX-License-Identifier: MIT */
/*
 * What a page shows, tied to the Markdown behind it, so that a reader's new
 * words can be put into the source by the page itself (suggest_*.js).
 *
 * Each block whose words can be edited says in `data-at` where they come
 * from, as numbers with a space between; lengths are UTF-16 units, as scripts
 * count:
 *
 *	0 1234 12 0:1 3 0:1 20 1:3 =5:9
 *
 * chunk 0 of the page; from unit 1234 of its source; 12 characters shown as
 * they stand there, or one for one (" as a curly quote, a line end); markup of
 * 1 that shows nothing; … ; 3 shown as 1 (--- as a dash); 9 shown as 5 that
 * cannot be changed by words (an address in <>). Of one that cannot be told,
 * it is empty: its words can be spoken of.
 *
 * What is shown is the text of the block without its label, marks of notes
 * and what other blocks within it show.
 */
#ifndef HTML_TRACE_H
#define HTML_TRACE_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"
#include "strbuf.h"

struct node;

struct html_trace {
	struct slice source;	/* of the chunk in work; its spans are those
				 * of the nodes. Empty: nothing can be told */
	size_t chunk;		/* its number in the page */

	/* the rest is html_trace.c's */
	struct strbuf runs;
	const struct node *leaf; /* in work */
	size_t place;		/* in the output, where its data-at goes */
	size_t at;		/* bytes of source that have been said */
	size_t same;		/* units of the run in work */
	bool lost;		/* this block cannot be told */
	size_t byte, units;	/* the same place in source */
};

#define HTML_TRACE_INIT { { NULL, 0 }, 0, STRBUF_INIT, NULL, 0, 0, 0, false, \
			  0, 0 }

void html_trace_release(struct html_trace *trace);

/** What follows is of another chunk; an empty source: of none. */
void html_trace_chunk(struct html_trace *trace, size_t chunk,
		      struct slice source);

/** A block's start tag ends at the end of `out`, with its ">". */
void html_trace_tag(struct html_trace *trace, const struct strbuf *out);

/** The words of `leaf` begin, to be said in the last such tag. */
void html_trace_begin(struct html_trace *trace, const struct node *leaf);

/** An inline of it is shown as `printed`, before it is escaped. */
void html_trace_shown(struct html_trace *trace, const struct node *node,
		      struct slice printed);

/** They are all there: put data-at into the tag. */
void html_trace_end(struct html_trace *trace, struct strbuf *out);

#endif
