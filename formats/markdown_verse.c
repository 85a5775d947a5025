/* SPDX-License-Identifier: MIT */
/*
 * Verse: a paragraph becomes a block of lines. Emphasis that goes on over the
 * end of a line is ended there and taken up again in the next.
 */
#include <string.h>

#include "markdown_reader.h"

#define LINE_END (1u << 15)	/* flag of a break, while in here */
#define NESTING 64

static bool is_break(const struct node *n)
{
	return n->type == NODE_SOFT_BREAK || n->type == NODE_LINE_BREAK;
}

/* What can be cut in two. */
static bool goes_on(const struct node *n)
{
	switch (n->type) {
	case NODE_EMPHASIS:
	case NODE_STRONG:
	case NODE_STRIKETHROUGH:
	case NODE_SPAN:
	case NODE_LINK:
	case NODE_INSERTION:
	case NODE_DELETION:
	case NODE_HIGHLIGHT:
		return true;
	default:
		return false;
	}
}

static bool is_plain(const struct node *n)
{
	return n->type == NODE_TEXT && !(n->flags & NODE_LITERAL);
}

/* "|" or "| words" */
static bool has_bar(struct slice s)
{
	return s.len && s.ptr[0] == '|' && (s.len == 1 || is_blank(s.ptr[1]));
}

/* Take "| " off the front of a line's words; returns its indent. */
static int take_bar(struct node *text)
{
	struct slice s = text->text;
	size_t n = s.len > 1 ? 2 : 1, marker = n;

	while (n < s.len && is_blank(s.ptr[n]))
		n++;
	text->text = slice_sub(s, n, s.len);
	text->start += (uint32_t)n;
	return (int)(n - marker);
}

/* Blanks before a line's first byte. */
static int indent_before(const struct reader *r, uint32_t at)
{
	const char *s = r->source.ptr;
	int n = 0;

	for (; at && is_blank(s[at - 1]); at--)
		n += s[at - 1] == '\t' ? 4 : 1;
	return at && s[at - 1] != '\n' && s[at - 1] != '\r' ? 0 : n;
}

static struct node *first_leaf(struct node *n)
{
	while (n && n->first && goes_on(n))
		n = n->first;
	return n;
}

struct cut {
	struct reader *r;
	struct node *block, *line;
	struct node *open[NESTING];
	int depth;
	int made;		/* of `open`, those that are in the line */
};

/* The inlines that are open, in this line too: as soon as it has words. */
static struct node *innermost(struct cut *c, uint32_t at)
{
	/* one that opens in this line has its mark here, too */
	for (int i = c->made; i < c->depth; i++) {
		if (!c->open[i]->parent) {
			at = c->open[i]->start;
			break;
		}
	}
	if (!c->line->first)
		c->line->start = at;
	for (; c->made < c->depth; c->made++) {
		const struct node *from = c->open[c->made];
		struct node *n = node_new(c->r->doc, from->type, at, at);

		n->flags = from->flags;
		n->attributes = from->attributes;
		n->link = from->link;
		if (!from->parent)
			n->start = from->start;
		node_append(c->made ? c->open[c->made - 1] : c->line, n);
		c->open[c->made] = n;
	}
	return c->depth ? c->open[c->depth - 1] : c->line;
}

static void grow_to(struct cut *c, uint32_t end)
{
	for (int i = 0; i < c->made; i++)
		c->open[i]->end = end;
	c->line->end = end;
}

static void start_line(struct cut *c, uint32_t at, int indent)
{
	c->line = node_new(c->r->doc, NODE_LINE, at, at);
	c->line->indent = indent;
	node_append(c->block, c->line);
	c->made = 0;
}

static void add_words(struct cut *c, struct node *n)
{
	struct node *parent = innermost(c, n->start);

	n->parent = n->next = NULL;
	node_append(parent, n);
	grow_to(c, n->end);
}

/* `first` and its siblings, in lines. */
static void cut_lines(struct cut *c, struct node *first)
{
	struct node *next[NESTING + 1] = { first };
	uint32_t ends[NESTING + 1];

	for (;;) {
		struct node *n = next[c->depth];

		if (!n) {
			if (!c->depth)
				return;
			if (c->made == c->depth) {
				grow_to(c, ends[c->depth]);
				c->made--;
			}
			c->depth--;
			continue;
		}
		next[c->depth] = n->next;
		if (is_break(n) && n->flags & LINE_END) {
			start_line(c, n->end, n->indent);
		} else if (goes_on(n) && n->first && c->depth < NESTING) {
			n->parent = NULL;
			c->open[c->depth++] = n;
			next[c->depth] = n->first;
			ends[c->depth] = n->end;
		} else if (n->type != NODE_TEXT || n->text.len) {
			add_words(c, n);
		}
	}
}

static void make_lines(struct reader *r, struct node *block, int indent)
{
	struct cut c = { .r = r, .block = block };
	struct node *first = block->first;

	block->type = NODE_LINE_BLOCK;
	block->first = block->last = NULL;
	start_line(&c, first ? first->start : block->start, indent);
	cut_lines(&c, first);
}

/* Call for each break that a line may end at. */
static struct node *next_break(struct node *n, const struct node *root)
{
	while (n) {
		n = n == root || goes_on(n) ? (struct node *)node_next(n, root)
					    : (struct node *)node_skip(n, root);
		if (n && is_break(n))
			return n;
	}
	return NULL;
}

void markdown_verse(struct reader *r, struct node *paragraph)
{
	for (struct node *n = next_break(paragraph, paragraph); n;
	     n = next_break(n, paragraph)) {
		struct node *next = (struct node *)node_next(n, paragraph);

		n->flags |= LINE_END;
		n->indent = next ? indent_before(r, next->start) : 0;
	}
	make_lines(r, paragraph, indent_before(r, paragraph->start));
}

/* True when every line starts with a bar, or goes on with blanks. */
static bool has_bars(const struct reader *r, struct content *c)
{
	struct slice first;
	size_t at = 0;

	first = (struct slice){ c->buf, slice_find((struct slice){
		c->buf, c->len }, '\n') };
	first = slice_trim_end(first);
	if (first.len > 1 && first.ptr[first.len - 1] == '|')
		return false;	/* it wants to be a table */
	while (at < c->len) {
		struct slice rest = { c->buf + at, c->len - at };
		size_t n = slice_find(rest, '\n');
		uint32_t source = content_source(c, at);

		if (!has_bar(slice_sub(rest, 0, n)) &&
		    (!at || !source || !is_blank(r->source.ptr[source - 1])))
			return false;
		at += n + 1;
	}
	return c->len > 0;
}

bool markdown_line_block(struct reader *r, struct node *paragraph,
			 struct content *content)
{
	struct node *leaf = first_leaf(paragraph->first);
	int indent;

	if (!has_bars(r, content) || !leaf || !is_plain(leaf))
		return false;
	indent = take_bar(leaf);
	for (struct node *n = next_break(paragraph, paragraph); n;
	     n = next_break(n, paragraph)) {
		leaf = first_leaf((struct node *)node_next(n, paragraph));
		if (leaf && is_plain(leaf) && has_bar(leaf->text)) {
			n->flags |= LINE_END;
			n->indent = take_bar(leaf);
		}
	}
	make_lines(r, paragraph, indent);
	return true;
}
