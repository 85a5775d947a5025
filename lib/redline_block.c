/* SPDX-License-Identifier: MIT */
/* One block that both texts have, with what changed in it marked. */
#include <stdlib.h>

#include "alloc.h"
#include "redline_private.h"

bool inlines_are_in(const struct node *block)
{
	switch (block->type) {
	case NODE_PARAGRAPH:
	case NODE_HEADING:
	case NODE_LINE_BLOCK:
	case NODE_TABLE_CELL:
	case NODE_CAPTION:
	case NODE_INLINE_NOTE:
		return true;
	default:
		return false;
	}
}

/* --- marks --- */

void tree_open_mark(struct rl_tree *t, enum redline_side side)
{
	enum node_type type = side == REDLINE_OLD ? NODE_DELETION :
			      NODE_INSERTION;
	unsigned flag = side == REDLINE_OLD ? NODE_CUT : NODE_ADDED;
	struct node *last = t->in->last;

	if (!last || last->type != type ||
	    (last->flags & (flag | NODE_BREAK)) != flag) {
		last = node_new(t->doc, type, t->in->start, t->in->start);
		last->flags = flag;
		node_append(t->in, last);
	}
	t->in = last;
}

void tree_put_text(struct rl_tree *t, const struct node *node,
		   struct slice text)
{
	struct node *last = t->in->last;

	if (last && last->type == NODE_TEXT && last->flags == node->flags &&
	    last->text.ptr + last->text.len == text.ptr) {
		last->text.len += text.len;
		return;
	}
	last = tree_open(t, node, 0);
	last->text = text;
	tree_close_node(t);
}

struct inline_merge {
	struct rl_tree *t;
	const struct rl_items *items[2];
	uint32_t chunk[2];
	uint32_t change;	/* the block's */
};

static void put_item(struct inline_merge *m, enum redline_side side,
		     uint32_t at, unsigned flags)
{
	const struct rl_item *item = &m->items[side]->items[at];
	const struct node *n = item->node;

	if (n->type == NODE_TEXT)
		tree_put_text(m->t, n, slice_sub(n->text, item->start,
					    item->start + item->len));
	else
		tree_put(m->t, n, side, m->chunk[side], flags);
	for (; item->last && n != item->last; n = n->next)
		tree_put(m->t, n->next, side, m->chunk[side], flags);
}

/* The end of a paragraph of a run, before the next one of the new text. */
static void put_next(struct inline_merge *m, const struct node *next)
{
	tree_close_node(m->t);
	tree_open(m->t, next, 0)->change = m->change;
}

static void drop_last(struct node *in)
{
	struct node *before = NULL;

	for (struct node *n = in->first; n != in->last; n = n->next)
		before = n;
	in->last = before;
	if (before)
		before->next = NULL;
	else
		in->first = NULL;
}

/* Take the white space off the end of what is in a node. */
static bool drop_gap(struct node *in)
{
	struct node *last = in->last;

	if (last && last->type == NODE_TEXT && last->text.len > 1 &&
	    last->text.ptr[last->text.len - 1] == ' ') {
		last->text.len--;
		return true;
	}
	if (!last || (last->type != NODE_SOFT_BREAK &&
		      (last->type != NODE_TEXT || last->text.len != 1 ||
		       *last->text.ptr != ' ')))
		return false;
	drop_last(in);
	return true;
}

/* The end of a paragraph that the other text has not. */
static void put_end(struct inline_merge *m, enum redline_side side,
		    const struct node *next)
{
	struct rl_tree *t = m->t;
	struct node *last = t->in->last, *end;
	enum node_type type = side == REDLINE_OLD ? NODE_DELETION :
			      NODE_INSERTION;
	unsigned flag = side == REDLINE_OLD ? NODE_CUT : NODE_ADDED;
	bool space = false;

	if (last && last->type == type && last->flags == flag) {
		drop_gap(last); /* it is none in either text */
		if (!last->first)
			drop_last(t->in);
	} else if (side == REDLINE_NEW) {
		space = drop_gap(t->in);
	}
	end = node_new(t->doc, type, t->in->start, t->in->start);
	end->flags = NODE_BREAK | flag;
	end->text = space ? SLICE(" ") : SLICE("");
	node_append(t->in, end);
	if (side == REDLINE_NEW)
		put_next(m, next);
}

static void put_alone(void *data, enum redline_side side, uint32_t at)
{
	struct inline_merge *m = data;
	struct rl_tree *t = m->t;
	struct node *in = t->in;
	const struct node *node = m->items[side]->items[at].node;

	if (node->type == NODE_PARAGRAPH) {
		put_end(m, side, node);
		return;
	}
	if (!NODE_IS_INLINE(node->type)) {
		put_item(m, side, at, side == REDLINE_OLD ? NODE_CUT :
			 NODE_ADDED); /* a line of a stanza */
		return;
	}
	tree_open_mark(t, side);
	put_item(m, side, at, 0);
	t->in = in;
}

bool redline_same(const struct node *a, const struct node *b)
{
	const struct canon all = { 0, NULL, NULL };
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;
	bool same;

	redline_canon(&x, a, &all);
	redline_canon(&y, b, &all);
	same = slice_eq(strbuf_slice(&x), strbuf_slice(&y));
	strbuf_release(&x);
	strbuf_release(&y);
	return same;
}

static bool put_words(struct rl_tree *t, struct rl_words *w,
		      const struct rl_text *a, const struct rl_text *b,
		      uint32_t change);

static void put_both(void *data, uint32_t i, uint32_t j)
{
	struct inline_merge *m = data;
	const struct node *old = m->items[REDLINE_OLD]->items[i].node;
	const struct node *new = m->items[REDLINE_NEW]->items[j].node;
	struct rl_text a = { old, 1, m->chunk[REDLINE_OLD] };
	struct rl_text b = { new, 1, m->chunk[REDLINE_NEW] };
	struct rl_words words;

	if (new->type == NODE_PARAGRAPH) {
		put_next(m, new);
		return;
	}
	if (new->type != NODE_INLINE_NOTE || redline_same(old, new)) {
		put_item(m, REDLINE_NEW, j, 0);
		return;
	}
	if (m->t->in_note) { /* in a note in a note, and so on */
		put_alone(data, REDLINE_OLD, i);
		put_alone(data, REDLINE_NEW, j);
		return;
	}
	m->t->in_note = true;
	words_init(&words);
	tree_open(m->t, new, 0);
	if (!put_words(m->t, &words, &a, &b, 0)) {
		struct node *in = m->t->in;

		tree_open_mark(m->t, REDLINE_OLD);
		for (const struct node *n = old->first; n; n = n->next)
			tree_put(m->t, n, REDLINE_OLD, m->chunk[0], 0);
		m->t->in = in;
		tree_open_mark(m->t, REDLINE_NEW);
		for (const struct node *n = new->first; n; n = n->next)
			tree_put(m->t, n, REDLINE_NEW, m->chunk[1], 0);
		m->t->in = in;
	}
	tree_close_node(m->t);
	words_release(&words);
	m->t->in_note = false;
}

static void enter(void *data, uint32_t i, uint32_t j)
{
	struct inline_merge *m = data;

	tree_open(m->t, m->items[REDLINE_NEW]->items[j].node, 0);
}

static void leave(void *data)
{
	struct inline_merge *m = data;

	tree_close_node(m->t);
}

/* A tag alone opens and closes things across words: no mark may part it. */
static bool has_raw_change(const struct rl_items *items)
{
	for (size_t i = 0; i < items->count; i++)
		if (items->items[i].node->type == NODE_HTML_INLINE &&
		    !items->items[i].last && items->items[i].mate == NO_ITEM)
			return true;
	return false;
}

/* Into the open block. False, and nothing is put: it can't be by words. */
static bool put_words(struct rl_tree *t, struct rl_words *w,
		      const struct rl_text *old, const struct rl_text *new,
		      uint32_t change)
{
	struct rl_items *a = &w->sides[REDLINE_OLD].items;
	struct rl_items *b = &w->sides[REDLINE_NEW].items;
	struct inline_merge m = { t, { a, b }, { old->chunk, new->chunk },
				  change };
	const struct rl_merge merge = { a, b, &m, put_alone, put_both, enter,
					leave };

	inlines_read(&w->sides[REDLINE_OLD], t->redline, REDLINE_OLD, old);
	inlines_read(&w->sides[REDLINE_NEW], t->redline, REDLINE_NEW, new);
	words_compare(w);
	if (has_raw_change(a) || has_raw_change(b))
		return false;
	items_merge(&merge, 0, (uint32_t)a->count, 0, (uint32_t)b->count);
	return true;
}

/* --- all of them --- */

static bool put_inlines(struct rl_tree *t, const struct rl_text *old,
			const struct rl_text *new, unsigned flags,
			uint32_t change)
{
	struct node *in = t->in, *last = in->last;

	if (old->block->type != new->block->type ||
	    !inlines_are_in(new->block) ||
	    redline_sign(old->block) != redline_sign(new->block))
		return false;
	tree_open(t, new->block, flags)->change = change;
	if (put_words(t, &t->words, old, new, change)) {
		t->in = in;
		return true;
	}
	while (in->last != last) /* as if nothing had been done */
		drop_last(in);
	t->in = in;
	return false;
}

/* A cell can't be there twice: what it holds is. */
static void put_cell(struct rl_tree *t, const struct node *old, uint32_t from,
		     const struct node *new)
{
	struct node *in;

	tree_open(t, new, 0);
	in = t->in;
	tree_open_mark(t, REDLINE_OLD);
	for (const struct node *n = old->first; n; n = n->next)
		tree_put(t, n, REDLINE_OLD, from, 0);
	t->in = in;
	tree_open_mark(t, REDLINE_NEW);
	for (const struct node *n = new->first; n; n = n->next)
		tree_put(t, n, REDLINE_NEW, t->chunk, 0);
	t->in = in;
	tree_close_node(t);
}

void tree_put_changed(struct rl_tree *t, const struct node *old,
		      uint32_t from, const struct node *new, unsigned flags,
		      uint32_t change)
{
	bool moved = flags & NODE_MOVED;

	if (put_inlines(t, &(struct rl_text){ old, 1, from },
			&(struct rl_text){ new, 1, t->chunk }, flags, change))
		return;
	if (new->type == NODE_TABLE_CELL) {
		put_cell(t, old, from, new);
		return;
	}
	if (old->type == new->type &&
	    ((new->type == NODE_TABLE &&
	      tree_put_table(t, old, from, new, flags, change)) ||
	     (new->type == NODE_CODE_BLOCK &&
	      tree_put_code(t, old, new, flags, change)) ||
	     (new->type == NODE_FIGURE &&
	      tree_put_figure(t, old, from, new, flags, change))))
		return;
	if (!moved) /* else it is at the other place */
		tree_put(t, old, REDLINE_OLD, from, NODE_CUT)->change = change;
	tree_put(t, new, REDLINE_NEW, t->chunk, flags | NODE_ADDED)->change =
		change;
}

static void put_all(struct rl_tree *t, enum redline_side side,
		    const struct rl_text *text, uint32_t change)
{
	const struct node *n = text->block;

	for (size_t i = 0; i < text->count; i++) {
		n = i ? next_block(n) : n;
		tree_put(t, n, side, text->chunk, side == REDLINE_OLD ?
			 NODE_CUT : NODE_ADDED)->change = change;
	}
}

void tree_put_run(struct rl_tree *t, const struct rl_text *old,
		  const struct rl_text *new, uint32_t change)
{
	if (put_inlines(t, old, new, 0, change))
		return;
	put_all(t, REDLINE_OLD, old, change);
	put_all(t, REDLINE_NEW, new, change);
}
