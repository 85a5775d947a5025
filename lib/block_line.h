/* SPDX-License-Identifier: MIT */
/*
 * Where block_scan.c and its parts read a text: the lines, and a cursor in one
 * of them that counts tabs as columns. Inline, since every line of a manuscript
 * goes through them.
 */
#ifndef BLOCK_LINE_H
#define BLOCK_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "block_scan.h"
#include "slice.h"

#define CODE_INDENT 4

/* Where a line is read, tabs counted as columns. */
struct cursor {
	const char *p, *end;	/* without the line end */
	size_t column;		/* inside a tab: of the columns left */
	const char *nonspace;	/* the first at or after p */
	size_t nonspace_column;
	const char *no_break;	/* no thematic break starts before it */
};

/* Bytes. */

static inline const char *skip_run(const char *p, const char *end, char c)
{
	while (p < end && *p == c)
		p++;
	return p;
}

static inline const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	return p;
}

static inline size_t find_byte(struct slice text, size_t from, char c)
{
	const char *p = from < text.len
		? memchr(text.ptr + from, c, text.len - from) : NULL;

	return p ? (size_t)(p - text.ptr) : text.len;
}

/* Lines. */

/* The line at in->next without its line end; false at the end of the text. */
static inline bool peek_line(struct block_scanner *in, const char **start,
			     const char **end)
{
	if (in->next >= in->text.len)
		return false;
	if (in->lf < in->next)
		in->lf = find_byte(in->text, in->next, '\n');
	if (in->cr < in->next)
		in->cr = find_byte(in->text, in->next, '\r');
	*start = in->text.ptr + in->next;
	*end = in->text.ptr + (in->lf < in->cr ? in->lf : in->cr);
	return true;
}

static inline void skip_line(struct block_scanner *in)
{
	in->next = (in->lf < in->cr ? in->lf : in->cr + (in->cr + 1 == in->lf))
		+ 1;
	if (in->next > in->text.len)
		in->next = in->text.len;
	in->line++;
}

static inline void skip_blank_lines(struct block_scanner *in)
{
	const char *p, *end;

	while (peek_line(in, &p, &end) && skip_blanks(p, end) == end)
		skip_line(in);
}

/* The cursor. */

static inline void cursor_start(struct cursor *at, const char *p,
				const char *end)
{
	at->p = at->nonspace = at->no_break = p;
	at->end = end;
	at->column = at->nonspace_column = 0;
}

static inline size_t tab_width(size_t column)
{
	return 4 - column % 4;
}

static inline void find_nonspace(struct cursor *at)
{
	if (at->nonspace > at->p)
		return;
	at->nonspace = at->p;
	at->nonspace_column = at->column;
	for (; at->nonspace < at->end; at->nonspace++) {
		if (*at->nonspace == ' ')
			at->nonspace_column++;
		else if (*at->nonspace == '\t')
			at->nonspace_column += tab_width(at->nonspace_column);
		else
			break;
	}
}

static inline size_t indent(struct cursor *at)
{
	find_nonspace(at);
	return at->nonspace_column - at->column;
}

static inline bool is_blank(struct cursor *at)
{
	find_nonspace(at);
	return at->nonspace == at->end;
}

static inline void skip_columns(struct cursor *at, size_t count)
{
	while (count && at->p < at->end) {
		size_t width = *at->p == '\t' ? tab_width(at->column) : 1;
		size_t n = width < count ? width : count;

		at->column += n;
		count -= n;
		if (n == width)
			at->p++;
	}
}

/* To `p`, with no tab between the first character that is no space and it. */
static inline void skip_to(struct cursor *at, const char *p)
{
	find_nonspace(at);
	at->column = at->nonspace_column + (size_t)(p - at->nonspace);
	at->p = p;
}

static inline bool on_space(const struct cursor *at)
{
	return at->p < at->end && (*at->p == ' ' || *at->p == '\t');
}

static inline struct slice rest_of(struct cursor *at)
{
	find_nonspace(at);
	return (struct slice){ at->nonspace,
			       (size_t)(at->end - at->nonspace) };
}

#endif
