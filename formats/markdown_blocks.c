/* SPDX-License-Identifier: MIT */
/* cmark's blocks as nodes; divisions and footnotes around them. */
#include "markdown_lines.h"

static struct node *new_container(struct reader *r, struct node *parent,
				  cmark_node *n, enum node_type type)
{
	uint32_t start = block_start(r, n);
	struct node *node = node_new(r->doc, type, start, start);

	node_append(parent, node);
	if (type != NODE_LIST) {
		/* an empty one has its marker at least */
		const char *s = r->source.ptr;
		struct place p = { start, r->lines[
			cmark_node_get_start_line(n) - 1].end, 0, 0, 0 };

		node->end = start + (type == NODE_ITEM
				     ? item_marker_length(s, &p) : 1);
		return node;
	}
	if (cmark_node_get_list_tight(n))
		node->flags |= NODE_TIGHT;
	if (cmark_node_get_list_type(n) == CMARK_ORDERED_LIST) {
		node->flags |= NODE_ORDERED;
		node->start_number = cmark_node_get_list_start(n);
	}
	return node;
}

/* A container ends where what it holds ends. */
static void close_container(struct node *node)
{
	if (node->last && node->last->end > node->end)
		node->end = node->last->end;
}

/* Deep ones are left out, a list together with its items. */
static bool is_kept(cmark_node_type type, size_t depth)
{
	return depth < BLOCK_DEPTH + (type == CMARK_NODE_ITEM);
}

struct walk {
	struct reader *r;
	struct node *at;	/* what is added to */
	size_t depth;		/* in cmark's tree, from the block on */
};

static void enter(struct walk *w, cmark_node *n, cmark_node_type type)
{
	if (is_kept(type, w->depth))
		w->at = new_container(w->r, w->at, n,
				      type == CMARK_NODE_LIST ? NODE_LIST :
				      type == CMARK_NODE_ITEM ? NODE_ITEM :
				      NODE_BLOCK_QUOTE);
	w->depth++;
	if (type != CMARK_NODE_LIST)
		container_open(w->r, n, type == CMARK_NODE_ITEM);
}

static void leave(struct walk *w, cmark_node_type type)
{
	if (type != CMARK_NODE_LIST)
		w->r->depth--;
	w->depth--;
	if (is_kept(type, w->depth)) {
		close_container(w->at);
		w->at = w->at->parent;
	}
}

static bool is_container(cmark_node_type type)
{
	return type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST ||
	       type == CMARK_NODE_ITEM;
}

/* One block of cmark's document with all that it holds, as last child of
 * `parent`. */
static void read_block(struct reader *r, struct node *parent, cmark_node *top)
{
	struct walk w = { r, parent, 0 };
	cmark_node *n = top;

	for (;;) {
		cmark_node_type type = cmark_node_get_type(n);

		if (!is_container(type)) {
			markdown_leaf(r, w.at, n);
		} else {
			enter(&w, n, type);
			if (cmark_node_first_child(n)) {
				n = cmark_node_first_child(n);
				continue;
			}
			leave(&w, type);
		}
		while (n != top && !cmark_node_next(n)) {
			n = cmark_node_parent(n);
			leave(&w, cmark_node_get_type(n));
		}
		if (n == top)
			return;
		n = cmark_node_next(n);
	}
}

static void read_fence(struct reader *r, struct node *div)
{
	struct slice s = slice_sub(r->source, div->start, div->end);

	while (s.len && s.ptr[0] == ':')
		s = slice_sub(s, 1, s.len);
	if (!r->clean)
		s = markdown_clean(r, s.ptr, s.len);
	markdown_div_attributes(&div->attributes, r->doc, s);
}

/* The divisions that are open at a place are the nodes from root down to
 * `at`; marks that cmark saw as something else are none. */
static struct node *pass_mark(struct reader *r, struct node *at, bool seen)
{
	struct mark *mark = &r->marks[r->mark_next++];
	struct node *div;

	if (mark->kind == MARK_DIV && seen) {
		mark->node = node_new(r->doc, NODE_DIV, mark->at, mark->end);
		read_fence(r, mark->node);
		node_append(at, mark->node);
		return mark->node;
	}
	if (mark->kind != MARK_DIV_END)
		return at;
	div = r->marks[mark->opener].node;
	if (!div)
		return at;
	div->end = mark->end;
	return div->parent;
}

static void close_divs(struct node *at)
{
	for (; at->parent; at = at->parent)
		close_container(at);
}

static cmark_node *read_chunk(struct reader *r, cmark_node *n)
{
	struct node *at = r->doc->root;

	r->region_end = (int)r->chunk_lines;
	for (; n; n = cmark_node_next(n)) {
		int line = cmark_node_get_start_line(n);
		bool is_mark = false;

		if (line > r->region_end)
			break;
		while (r->mark_next < r->mark_count &&
		       r->marks[r->mark_next].at <= block_start(r, n) &&
		       !is_mark) {
			is_mark = r->marks[r->mark_next].at ==
					block_start(r, n) &&
				  cmark_node_get_type(n) ==
					CMARK_NODE_THEMATIC_BREAK;
			at = pass_mark(r, at, is_mark);
		}
		if (!is_mark)
			read_block(r, at, n);
	}
	while (r->mark_next < r->mark_count)
		at = pass_mark(r, at, false);
	close_divs(at);
	return n;
}

/* Footnotes follow the chunk in their order. */
static void read_footnotes(struct reader *r, cmark_node *n)
{
	for (size_t i = 0; i < r->mark_count; i++) {
		struct mark *mark = &r->marks[i];

		if (mark->kind != MARK_FOOTNOTE)
			continue;
		mark->node = node_new(r->doc, NODE_FOOTNOTE, mark->at,
				      mark->end);
		mark->node->text = r->clean ? mark->label :
			markdown_clean(r, mark->label.ptr, mark->label.len);
		node_append(r->doc->footnotes, mark->node);
		r->region_end = (int)mark->last_line;
		for (; n; n = cmark_node_next(n)) {
			size_t line = (size_t)cmark_node_get_start_line(n);

			if (line > mark->last_line)
				break;
			if (line >= mark->first_line)
				read_block(r, mark->node, n);
		}
	}
}

void markdown_blocks(struct reader *r, cmark_node *root)
{
	read_footnotes(r, read_chunk(r, cmark_node_first_child(root)));
	markdown_read_later(r);
}
