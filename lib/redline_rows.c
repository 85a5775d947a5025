/* SPDX-License-Identifier: MIT */
/* Blocks that are not of words alone: tables, code, pictures. */
#include <stdlib.h>

#include "alloc.h"
#include "redline_private.h"

/* --- rows and lines --- */

/* A word for each node from `n` on. */
static void read_rows(struct token_list *out, struct redline *r,
		      const struct node *n)
{
	const struct canon all = { 0, NULL, NULL };

	for (;; n = n->next) {
		GROW(out->items, out->count, out->capacity);
		out->items[out->count] = (struct token){
			.flags = TOKEN_COUNTED
		};
		if (!n) {
			out->count++;
			return;
		}
		strbuf_truncate(&r->scratch, 0);
		if (n->type == NODE_TEXT) /* of code: spaces count */
			strbuf_add_slice(&r->scratch, n->text);
		else
			redline_canon(&r->scratch, n, &all);
		out->items[out->count++].word = vocabulary_add(
			&r->vocabulary, strbuf_slice(&r->scratch));
	}
}

/* Cell by cell; they are as many. */
static void put_row(struct rl_tree *t, const struct node *old, uint32_t from,
		    const struct node *new)
{
	const struct node *a = old->first, *b = new->first;

	tree_open(t, new, 0);
	for (; a && b; a = a->next, b = b->next)
		tree_put_changed(t, a, from, b, 0, 0);
	tree_close_node(t);
}

/* Rows between two that are the same: by cells if they are as many. */
static void put_rows(struct rl_tree *t, const struct node **old, size_t a,
		     uint32_t from, const struct node **new, size_t b)
{
	bool pairs = a == b;

	for (; pairs && a; a--, b--, *old = (*old)->next, *new = (*new)->next)
		put_row(t, *old, from, *new);
	for (; a; a--, *old = (*old)->next)
		tree_put(t, *old, REDLINE_OLD, from, NODE_CUT);
	for (; b; b--, *new = (*new)->next)
		tree_put(t, *new, REDLINE_NEW, t->chunk, NODE_ADDED);
}

static void put_body(struct rl_tree *t, const struct node *a, uint32_t from,
		     const struct node *b)
{
	struct token_list rows[2] = { TOKEN_LIST_INIT, TOKEN_LIST_INIT };
	struct prose_hunks hunks = PROSE_HUNKS_INIT;
	size_t i = 0;

	read_rows(&rows[0], t->redline, a);
	read_rows(&rows[1], t->redline, b);
	prose_diff(&hunks, &rows[0], &rows[1]);
	for (size_t h = 0; h < hunks.count; h++) {
		const struct prose_hunk *k = &hunks.items[h];

		for (; i < k->a0; i++, a = a->next, b = b->next)
			put_row(t, a, from, b);
		put_rows(t, &a, k->a1 - k->a0, from, &b, k->b1 - k->b0);
		i = k->a1;
	}
	for (; a && b; a = a->next, b = b->next)
		put_row(t, a, from, b);
	token_list_release(&rows[0]);
	token_list_release(&rows[1]);
	prose_hunks_release(&hunks);
}

/* Are the header's columns, and the caption, the same in kind? */
static bool same_columns(const struct node *a, const struct node *b)
{
	bool caption = a->type == NODE_CAPTION;

	if (a->type != b->type || redline_sign(a) != redline_sign(b))
		return false;
	if (caption)
		return a->next && b->next &&
		       same_columns(a->next, b->next);
	for (a = a->first, b = b->first; a && b; a = a->next, b = b->next)
		if (redline_sign(a) != redline_sign(b))
			return false;
	return !a && !b;
}

bool tree_put_table(struct rl_tree *t, const struct node *old, uint32_t from,
		    const struct node *new, unsigned flags, uint32_t change)
{
	const struct node *a = old->first, *b = new->first;

	if (!a || !b || redline_sign(old) != redline_sign(new) ||
	    !same_columns(a, b))
		return false;
	tree_open(t, new, flags)->change = change;
	if (a->type == NODE_CAPTION) {
		tree_put_changed(t, a, from, b, 0, 0);
		a = a->next;
		b = b->next;
	}
	put_row(t, a, from, b);
	put_body(t, a->next, from, b->next);
	tree_close_node(t);
	return true;
}

/* --- code --- */

static void add_lines(struct node *code, struct document *doc,
		      struct slice text)
{
	struct slice line;

	while (slice_next_line(&line, &text)) {
		struct node *n = node_new(doc, NODE_TEXT, 0, 0);

		n->text = line;
		n->flags = NODE_LITERAL;
		node_append(code, n);
	}
}

static void put_line(struct rl_tree *t, const struct node *line, int side)
{
	struct node *in = t->in;

	if (side >= 0)
		tree_open_mark(t, (enum redline_side)side);
	tree_put_text(t, line, line->text);
	t->in = in;
}

/* Line by line: the node holds them instead of its text. */
bool tree_put_code(struct rl_tree *t, const struct node *old,
		   const struct node *new, unsigned flags, uint32_t change)
{
	struct token_list rows[2] = { TOKEN_LIST_INIT, TOKEN_LIST_INIT };
	struct prose_hunks hunks = PROSE_HUNKS_INIT;
	struct document lines = DOCUMENT_INIT;
	struct node *a, *b;
	const struct node *x, *y;
	size_t i = 0;

	if (redline_sign(old) != redline_sign(new))
		return false;
	a = node_new(&lines, NODE_CODE_BLOCK, 0, 0);
	b = node_new(&lines, NODE_CODE_BLOCK, 0, 0);
	add_lines(a, &lines, old->text);
	add_lines(b, &lines, new->text);
	read_rows(&rows[0], t->redline, x = a->first);
	read_rows(&rows[1], t->redline, y = b->first);
	prose_diff(&hunks, &rows[0], &rows[1]);
	b = tree_open(t, new, flags);
	b->text = (struct slice){ NULL, 0 };
	b->change = change;
	for (size_t h = 0; h <= hunks.count; h++) {
		bool last = h == hunks.count;
		struct prose_hunk k = last ? (struct prose_hunk){
			.a0 = SIZE_MAX } : hunks.items[h];

		for (; x && i < k.a0; i++, x = x->next, y = y->next)
			put_line(t, y, -1);
		for (; !last && i < k.a1; i++, x = x->next)
			put_line(t, x, REDLINE_OLD);
		for (size_t j = k.b0; !last && j < k.b1; j++, y = y->next)
			put_line(t, y, REDLINE_NEW);
	}
	tree_close_node(t);
	document_release(&lines);
	token_list_release(&rows[0]);
	token_list_release(&rows[1]);
	prose_hunks_release(&hunks);
	return true;
}

/* --- pictures --- */

/* The same picture, with other words below it. */
bool tree_put_figure(struct rl_tree *t, const struct node *old, uint32_t from,
		     const struct node *new, unsigned flags, uint32_t change)
{
	const struct node *a = old->first, *b = new->first;

	if (!a || !b || !a->next || !b->next || !redline_same(a, b) ||
	    redline_sign(old) != redline_sign(new))
		return false;
	tree_open(t, new, flags)->change = change;
	tree_put(t, b, REDLINE_NEW, t->chunk, 0);
	tree_put_changed(t, a->next, from, b->next, 0, 0);
	tree_close_node(t);
	return true;
}
