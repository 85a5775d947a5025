/* SPDX-License-Identifier: MIT */
/*
 * One line of an outline file, as Markdown: what outline.c and
 * outline_write.c share. CommonMark 0.30, sections 4.1, 4.2, 4.3, 5.2.
 */
#ifndef OUTLINE_LINE_H
#define OUTLINE_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

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

#endif
