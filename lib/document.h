/* SPDX-License-Identifier: MIT */
/*
 * The document tree: what every reader fills and every writer walks.
 *
 * Blocks hold blocks or inlines; inlines hold inlines. A node and all that it
 * points to live in the arena of its document, or are borrowed from the
 * source text, which must outlive the document. Every node knows the bytes of
 * source that it came from.
 */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "slice.h"

enum node_type {
	/* blocks */
	NODE_DOCUMENT,
	NODE_PARAGRAPH,		/* inlines */
	NODE_HEADING,		/* inlines; level */
	NODE_SCENE_BREAK,
	NODE_BLOCK_QUOTE,	/* blocks */
	NODE_LIST,		/* items; list */
	NODE_ITEM,		/* blocks */
	NODE_CODE_BLOCK,	/* text; info */
	NODE_HTML_BLOCK,	/* text, raw */
	NODE_TABLE,		/* perhaps NODE_CAPTION, which may come last
				 * in the source; rows, the first of them the
				 * header; table */
	NODE_TABLE_ROW,		/* cells */
	NODE_TABLE_CELL,	/* inlines; alignment */
	NODE_DIV,		/* blocks; ::: fenced, attributes say what */
	NODE_LINE_BLOCK,	/* NODE_LINE: one stanza of verse */
	NODE_LINE,		/* inlines; indent, in spaces */
	NODE_FIGURE,		/* one NODE_IMAGE, then perhaps NODE_CAPTION,
				 * which is the image's title shown */
	NODE_CAPTION,		/* inlines */
	NODE_FOOTNOTE,		/* blocks; label. Not shown where it stands */

	/* inlines */
	NODE_TEXT,		/* text, UTF-8, escapes resolved */
	NODE_SOFT_BREAK,
	NODE_LINE_BREAK,
	NODE_CODE,		/* text */
	NODE_HTML_INLINE,	/* text, raw */
	NODE_EMPHASIS,
	NODE_STRONG,
	NODE_STRIKETHROUGH,
	NODE_SPAN,		/* [text]{attributes} */
	NODE_LINK,		/* link; children are the words */
	NODE_IMAGE,		/* link; children are the alternative text */
	NODE_FOOTNOTE_REFERENCE, /* label */
	NODE_INLINE_NOTE,	/* ^[inlines] */
	/* CriticMarkup; a substitution is a deletion and an insertion */
	NODE_INSERTION,
	NODE_DELETION,
	NODE_HIGHLIGHT,
	NODE_COMMENT		/* text */
};

#define NODE_IS_INLINE(type) ((type) >= NODE_TEXT)

enum alignment { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

enum node_flag {
	/* TEXT came from an escape or entity: its bytes are not its source's,
	 * and none of its characters is markup or smart punctuation */
	NODE_LITERAL = 1 << 0,
	NODE_TIGHT = 1 << 1,		/* LIST: no <p> in its items */
	NODE_ORDERED = 1 << 2,		/* LIST */
	NODE_AUTOLINK = 1 << 3,		/* LINK: <https://example.org/> */
	NODE_HEADER = 1 << 4,		/* TABLE_ROW and its cells */
	/* a redline's (redline.h): in one of two texts alone. Blocks, with
	 * all blocks in them; INSERTION, DELETION */
	NODE_ADDED = 1 << 5,
	NODE_CUT = 1 << 6,
	NODE_MOVED = 1 << 7,		/* blocks ADDED or CUT */
	/* INSERTION, last in a paragraph, or DELETION, which are empty: here
	 * a paragraph ends in that text, and the next one begins; the text is
	 * what an INSERTION stands for in the other one, " " or "" */
	NODE_BREAK = 1 << 8
};

/** {#id .class key=value}: in the order given, empty slices where not. */
struct attribute {
	struct slice key, value;
};

struct attributes {
	struct slice id;		/* without '#' */
	struct slice *classes;		/* without '.' */
	size_t class_count;
	struct attribute *pairs;
	size_t pair_count;
};

struct node {
	enum node_type type;
	unsigned flags;			/* enum node_flag */
	uint32_t start, end;		/* bytes of source, end exclusive */
	struct node *parent, *first, *last, *next;
	struct slice text;		/* TEXT, CODE, CODE_BLOCK, HTML_*,
					 * COMMENT: the characters;
					 * FOOTNOTE*: the label */
	struct attributes *attributes;	/* NULL when there are none */
	const char *id;			/* unique in the book; the book sets it
					 * (book.h), not the reader */
	uint32_t number;		/* labelled blocks: the paragraph's
					 * number in its chapter; FOOTNOTE,
					 * FOOTNOTE_REFERENCE, INLINE_NOTE: the
					 * note's in the book. 0: none. Set by
					 * the book */
	uint32_t change;		/* blocks of a redline: the number of
					 * the change; 0: none */
	union {
		int level;		/* HEADING: 1..6 */
		int start_number;	/* ordered LIST */
		int indent;		/* LINE */
		enum alignment alignment; /* TABLE_CELL */
		struct slice info;	/* CODE_BLOCK: the info string */
		struct {
			struct slice url, title;
		} link;			/* LINK, IMAGE; url as written, with
					 * escapes and entities resolved */
	};
};

struct document {
	struct arena arena;
	struct slice source;		/* borrowed */
	struct node *root;		/* NODE_DOCUMENT; NULL before reading */
	struct node *footnotes;		/* NODE_DOCUMENT: the definitions, in
					 * source order; never NULL after
					 * reading */
};

#define DOCUMENT_INIT { ARENA_INIT, { NULL, 0 }, NULL, NULL }

void document_release(struct document *doc);

/** Empty again, for the next chunk; keeps memory. */
void document_reset(struct document *doc);

struct node *node_new(struct document *doc, enum node_type type, size_t start,
		      size_t end);
void node_append(struct node *parent, struct node *child);
void node_prepend(struct node *parent, struct node *child);

/** True when `node` has the class. */
bool node_has_class(const struct node *node, const char *name);

/** Value of attribute `key`; an empty slice when there is none. */
struct slice node_attribute(const struct node *node, const char *key);

/**
 * The next node in document order within `root`, children before siblings;
 * NULL at the end. Start with node = root.
 */
struct node *node_next(const struct node *node, const struct node *root);

/** The next in document order that is not below `node`. */
struct node *node_skip(const struct node *node, const struct node *root);

struct definitions;
struct error;

/**
 * A reader: turns a chunk into a document. `elsewhere` has what the rest of
 * the manuscript defines (definitions.h), or is NULL. `source` is any bytes;
 * those that are not UTF-8 become U+FFFD in `text`, one each. Fails only on
 * limits (a chunk of 2 GiB or more). formats/ implements it.
 */
typedef int document_reader(struct document *doc, struct slice source,
			    const struct definitions *elsewhere,
			    struct error *err);

struct strbuf;
/**
 * Append the words of `node` as plain text: no markup, notes and comments,
 * breaks as one space; deletions left out.
 */
void node_plain_text(struct strbuf *out, const struct node *node);

#endif
