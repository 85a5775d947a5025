/* SPDX-License-Identifier: MIT */
/*
 * The top-level blocks of a Markdown text, found line by line without building
 * a tree. Fast enough to look through a whole manuscript, and exact where it
 * matters: it never says that a block ends where CommonMark 0.30 (with the
 * extensions of markdown_read.h) says that it goes on.
 *
 * The spans of the blocks follow each other without gap or overlap and cover
 * the text: blank lines belong to the block before them.
 */
#ifndef BLOCK_SCAN_H
#define BLOCK_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

enum block_type {
	BLOCK_BLANK,		/* blank lines at the front of the text; a BOM
				 * belongs to the first block */
	BLOCK_METADATA,		/* YAML front matter, or pandoc's % lines; only
				 * at the front */
	BLOCK_HEADING,		/* ATX or setext */
	BLOCK_SCENE_BREAK,	/* a thematic break; or a paragraph of nothing
				 * but an asterism or '#' */
	BLOCK_PARAGRAPH,	/* also tables, line blocks, figures */
	BLOCK_CODE,		/* fenced or indented */
	BLOCK_HTML,
	BLOCK_QUOTE,		/* with lazy continuation lines */
	BLOCK_LIST,		/* the whole list */
	BLOCK_DIV,		/* ::: to its :::, nested ones included */
	BLOCK_FOOTNOTE,		/* [^label]: and what is indented below */
	BLOCK_LINK_DEFINITION	/* [label]: url */
};

struct block {
	enum block_type type;
	struct span span;	/* whole lines, blank lines after included */
	size_t line;		/* of the span's start; the first line is 1 */
	int level;		/* HEADING: 1..6 */
	struct slice title;	/* HEADING: its words as written, without
				 * markers and attributes */
	struct slice attributes; /* HEADING: between the braces, or empty */
	struct slice label;	/* FOOTNOTE, LINK_DEFINITION: as written */
	bool unclosed;		/* CODE, DIV, HTML: the text ended first */
};

struct block_scanner {
	struct slice text;	/* borrowed; outlives the blocks */
	size_t next;		/* where the next block starts */
	size_t line;
	bool started;
	size_t lf, cr;		/* the first of each that is not before a line
				 * looked at lately; text.len: none is left */
};

void block_scanner_init(struct block_scanner *scanner, struct slice text);

/** The next block; false at the end of the text. Time linear in the text. */
bool block_scanner_next(struct block_scanner *scanner, struct block *block);

/**
 * True when a text that starts with `next` can follow one that ends with
 * `last` without a block of `last` going on into it: its first line would
 * start a block of its own. Both are whole chunks.
 */
bool block_boundary_between(struct slice last, struct slice next);

#endif
