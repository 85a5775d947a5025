/* SPDX-License-Identifier: MIT */
/*
 * What a line of Markdown starts, by its first characters: the marker of a
 * container or a leaf (CommonMark 0.30, chapters 4 and 5), or of a footnote or
 * a div, which CommonMark does not know. Used by block_scan.c.
 */
#ifndef BLOCK_START_H
#define BLOCK_START_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

struct cursor;

enum start_type {
	START_NONE, START_QUOTE, START_HEADING, START_FENCE, START_HTML,
	START_SETEXT, START_BREAK, START_ITEM, START_INDENTED, START_FOOTNOTE,
	START_DIV
};

struct start {
	enum start_type type;
	int level;		/* HEADING, SETEXT, HTML: its kind */
	char marker;		/* FENCE, ITEM: which list it can belong to */
	size_t length;		/* FENCE, ITEM, FOOTNOTE: of the marker */
};

/**
 * What starts at the cursor, which is not inside a fence or HTML. `paragraph`:
 * the line belongs to one, which a setext underline makes a heading and not all
 * else can interrupt; `lazy`: it could go on one lazily, so that an indent is
 * nothing.
 */
struct start find_start(struct cursor *at, bool paragraph, bool lazy);

/** Three colons or more, alone: the end of a div. */
bool is_div_end(struct slice line);

#endif
