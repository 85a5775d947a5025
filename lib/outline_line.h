/* SPDX-License-Identifier: MIT */
/*
 * One line of an outline file, as Markdown: what outline.c and
 * outline_write.c share. CommonMark 0.30, sections 4.1, 4.2, 5.2, 6.3.
 */
#ifndef OUTLINE_LINE_H
#define OUTLINE_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

struct strbuf;

enum outline_line_type {
	OUTLINE_LINE_BLANK,
	OUTLINE_LINE_HEADING,	/* # */
	OUTLINE_LINE_UNDERLINE,	/* === */
	OUTLINE_LINE_SEPARATOR,	/* ---, ***, ___ */
	OUTLINE_LINE_ITEM,	/* -, *, +, 1., 1) */
	OUTLINE_LINE_PROSE
};

struct outline_line {
	enum outline_line_type type;
	size_t indent;		/* columns before it; tabs stop at 4s */
	size_t content;		/* ITEM: column of its text */
	int level;		/* HEADING */
	struct slice text;	/* without marker and blanks around */
};

/** `line` has no line end. */
void outline_scan_line(struct outline_line *out, struct slice line);

struct outline_link {
	struct slice title, url;	/* as written */
	struct span span;		/* of the text it was found in */
};

/** The first link of the text. */
bool outline_find_link(struct outline_link *out, struct slice text);

/** Append with U+FFFD for each byte that is not UTF-8. */
void outline_add_clean(struct strbuf *out, struct slice text);

/** Append with backslash escapes resolved. */
void outline_unescape(struct strbuf *out, struct slice text);

/** Append the words of Markdown inlines: no emphasis, code marks, tags. */
void outline_plain_title(struct strbuf *out, struct slice text);

/**
 * From `start` on, make one blank of many, and of control characters; leave
 * none at the ends.
 */
void outline_fold_blanks(struct strbuf *out, size_t start);

#endif
