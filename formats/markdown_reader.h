/* SPDX-License-Identifier: MIT */
/*
 * Private to markdown_*.c: what they share while a chunk is read.
 *
 * The whole chunk goes through cmark in one parse. What cmark must not see
 * as text is overwritten, byte for byte, in a copy; footnotes follow the
 * chunk, without their indent. A table of lines leads from cmark's line
 * numbers back to the source. cmark's tree then is walked in step with the
 * source, and so every node learns its bytes.
 */
#ifndef MARKDOWN_READER_H
#define MARKDOWN_READER_H

#define CMARK_NO_SHORT_NAMES
#include <cmark.h>
#include <stdbool.h>
#include <stdint.h>

#include "definitions.h"
#include "document.h"
#include "strbuf.h"

/* Levels beyond these lose their node, not their words. */
#define BLOCK_DEPTH 64
#define INLINE_DEPTH 32
#define EXTENSION_DEPTH 32	/* of extensions in one list of siblings */

/* What bytes a text has, found in one pass over it. */
enum feature {
	HAS_HIGH = 1 << 0,	/* bytes that are not ASCII */
	HAS_NUL = 1 << 1,
	HAS_CR = 1 << 2,
	HAS_ESCAPE = 1 << 3,	/* '\\' or '&' */
	HAS_BRACKET = 1 << 4,	/* '[' */
	HAS_EXTENSION = 1 << 5,	/* '{', '~', '^' */
	HAS_BAR = 1 << 6,	/* '|' */
	HAS_COLONS = 1 << 7	/* ":::" */
};

unsigned markdown_features(struct slice text);

/* A line as cmark was given it, in bytes of source, its end excluded. */
struct line {
	uint32_t start, end;
};

/* A block quote or list item that is open. */
struct container {
	bool item;
	unsigned width;		/* item: columns its lines are indented by */
	int line;		/* where it starts */
	uint32_t at;		/* and what follows its marker there */
	unsigned column;
};

/* Where piece `at` of a content comes from. */
struct piece {
	uint32_t at, source;
};

/*
 * The text of a paragraph or heading as cmark's inline parser sees it: lines
 * joined by '\n' without what belongs to containers. Often the source itself.
 */
struct content {
	const char *buf;
	size_t len;
	struct piece *pieces;	/* at least one; the first is at 0 */
	size_t count;
	size_t hint;		/* the piece that was used last */
	unsigned features;
};

/* A text whose inlines are read after the blocks: a cell of a table. */
struct pending {
	struct node *node;
	struct content content;
	struct piece piece;	/* for a content that has just one */
};

/* A fence or footnote: cmark was given "***" for it. */
struct mark {
	enum { MARK_DIV, MARK_DIV_END, MARK_FOOTNOTE } kind;
	uint32_t at, end;	/* the line, from its first mark on */
	struct slice label;	/* FOOTNOTE */
	size_t first_line, last_line; /* FOOTNOTE: its own among cmark's;
				       * from 1 */
	struct node *node;	/* DIV, FOOTNOTE */
	size_t opener;		/* DIV_END: index of its DIV */
};

struct reader {
	struct document *doc;
	struct slice given;		/* the source as it is */
	struct slice source;		/* the same, or a copy in which `bad`
					 * stands for each byte that is not
					 * UTF-8, or NUL */
	bool clean;			/* no such bytes */
	char bad;
	const struct definitions *elsewhere;
	struct definitions own;		/* footnotes of this chunk */
	unsigned features;

	struct line *lines;		/* as cmark counts, [0] is its 1 */
	size_t line_count, line_capacity;
	size_t chunk_lines;		/* the lines that are the chunk's own */

	struct mark *marks;		/* in the order of the source */
	size_t mark_count, mark_capacity, mark_next;
	int region_end;			/* the last line of what is read: the
					 * chunk, or one of its footnotes */

	struct container *stack;
	size_t depth, stack_capacity;

	struct strbuf scratch;		/* of the content at hand */
	struct piece *pieces;
	size_t piece_count, piece_capacity;

	struct pending *pending;
	size_t pending_count, pending_capacity;

	/* markdown_inline.c */
	struct node **out;
	size_t out_count, out_capacity;

	struct slice parts[2];		/* what cmark is given: the chunk, and
					 * what follows it */
	struct strbuf chunk, after;	/* copies behind `parts` */
	struct strbuf plain;		/* behind `source` */
};

/* For tests: how often a leaf could not be aligned. */
extern unsigned long markdown_alignment_failures;

/* markdown_memory.c: memory for cmark, taken back in one go. */
cmark_mem *markdown_memory(void);
struct markdown_memory_mark {
	void *block;
	size_t used;
};
struct markdown_memory_mark markdown_memory_save(void);
void markdown_memory_restore(struct markdown_memory_mark mark);

/* markdown_blocks.c */
void markdown_blocks(struct reader *r, cmark_node *root);

/* markdown_leaf.c: a block that holds no blocks, as last child of `parent`. */
void markdown_leaf(struct reader *r, struct node *parent, cmark_node *n);

/* markdown_content.c: one line as content; where a byte of it comes from. */
void markdown_content_line(struct content *content, struct piece *piece,
			   const struct reader *r, size_t start, size_t end);
uint32_t content_source(struct content *content, size_t at);

/* markdown_align.c: the inlines of cmark's `from` as children of `node`.
 * `skip` children of `from` are left out. */
void markdown_inlines(struct reader *r, struct node *node, cmark_node *from,
		      size_t skip, struct content *content);
struct slice markdown_clean(struct reader *r, const char *s, size_t len);

/* markdown_link.c: the length of the link definition that `s` starts with, or
 * 0; and what follows the "]" before `at` of a link. */
size_t markdown_reference_length(const char *s, size_t len);
struct link_tail {
	size_t end;			/* after all of it */
	struct span title;		/* without quotes; may be empty */
};
void markdown_link_tail(struct link_tail *tail, const char *s, size_t len,
			size_t at);

/* markdown_entity.c: an entity or character reference at s[0] == '&' that
 * gave the bytes at `literal`. Length in `s`, or 0 when it is just '&'. */
size_t markdown_entity(const char *s, size_t len, const char *literal,
		       size_t literal_len, size_t *literal_used);

/* markdown_inline.c: extensions among the children of `node`. */
void markdown_extend(struct reader *r, struct node *node);

/* markdown_attributes.c: "{…}" at the front of `s`: its length, or 0 when
 * it is none; what follows the colons of a fence; the end of a heading. */
size_t markdown_attributes(struct attributes **out, struct document *doc,
			   struct slice s);
void markdown_div_attributes(struct attributes **out, struct document *doc,
			     struct slice s);
void markdown_heading_attributes(struct reader *r, struct node *heading);

/* markdown_table.c: true when lines of the paragraph were a table, and all of
 * it is in `parent` now; or when it was the caption of the table before. */
bool markdown_table(struct reader *r, struct node *parent,
		    struct content *content);
bool markdown_table_caption(struct reader *r, struct node *table,
			    struct content *content);

/* markdown_later.c: inlines for `node` out of a part of `content`. */
void markdown_later(struct reader *r, struct node *node,
		    struct content *content, struct span span, bool cell);
void markdown_read_later(struct reader *r);

/* markdown_verse.c */
bool markdown_line_block(struct reader *r, struct node *paragraph,
			 struct content *content);
void markdown_verse(struct reader *r, struct node *paragraph);

/* markdown_mask.c: finds fences, footnotes and front matter, and makes the
 * text for cmark. */
void markdown_mask(struct reader *r);
void markdown_add_line(struct reader *r, size_t start, size_t end);

/* markdown_elsewhere.c: what the chunk cites of other chunks' definitions,
 * after it. */
void markdown_append_definitions(struct reader *r);
void markdown_start_after(struct reader *r);

static inline bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static inline bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool is_punct(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') ||
	       (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

#endif
