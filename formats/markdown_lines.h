/* SPDX-License-Identifier: MIT */
/*
 * Private to markdown_*.c: the lines of a chunk as cmark's block parser goes
 * through them: prefixes of quotes and items, columns and tabs (CommonMark
 * 0.30, 2.2, 5.1, 5.2).
 */
#ifndef MARKDOWN_LINES_H
#define MARKDOWN_LINES_H

#include "markdown_reader.h"

#define TAB 4

/* A place in a line: cmark's offset and column. A tab may be used in part. */
struct place {
	uint32_t at, end;
	unsigned column;
	uint32_t first;		/* the first byte that is no blank, unless it */
	unsigned first_column;	/* is before `at`: then not known yet */
};

/* The first byte that is no blank, and how many columns come before it. */
unsigned place_indent(uint32_t *first, struct place *p, const char *s);

/*
 * Go past what belongs to the open containers on `line`; false when some of it
 * is not there and the line is a lazy continuation.
 */
bool place_match(struct place *p, const struct reader *r, int line);

/* Where a block's marker stands on the line that opens it. */
struct place place_of_marker(const struct reader *r, int line);

/* The bytes of a list item's marker. */
unsigned item_marker_length(const char *s, const struct place *p);

/* Open a quote or item: on r->stack, until the caller takes it off. */
void container_open(struct reader *r, cmark_node *n, bool item);

/* Where a block starts; the last line that it can have. */
uint32_t block_start(const struct reader *r, cmark_node *n);
int block_last_line(const struct reader *r, cmark_node *n);

/* The end of `line` without white space, not before `start`. */
uint32_t line_words_end(const struct reader *r, int line, uint32_t start);

#endif
