/* SPDX-License-Identifier: MIT */
/* Blocks that are not of words alone: tables, code, pictures. */
#include <stdlib.h>

#include "alloc.h"
#include "redline_private.h"

/* --- rows and lines --- */

/* A word for each of `count` nodes from `n` on: of all of it, or of its first
 * cell. */
static void read_rows(struct token_list *out, struct redline *r,
		      const struct node *n, size_t count, bool first)
{
	const struct canon all = { 0, NULL, NULL };

	out->count = 0;
	for (;; n = n->next) {
		GROW(out->items, out->count, out->capacity);
		out->items[out->count] = (struct token){
			.flags = TOKEN_COUNTED
		};
		if (!count-- || !n) {
			out->count++;
			return;
		}
		strbuf_truncate(&r->scratch, 0);
		if (n->type == NODE_TEXT) /* of code: spaces count */
			strbuf_add_slice(&r->scratch, n->text);
		else
			redline_canon(&r->scratch, first && n->first ?
				      n->first : n, &all);
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

/* Some rows of one table, and of the other. */
struct rows {
	const struct node *old, *new;	/* the first ones */
	size_t a, b;			/* how many */
	uint32_t from;
};

/* Rows between two that are the same: by cells if they are as many. */
static void put_rows(struct rl_tree *t, const struct rows *rows)
{
	const struct node *old = rows->old, *new = rows->new;
	size_t a = rows->a, b = rows->b;
	bool pairs = a == b;

	for (; pairs && a; a--, b--, old = old->next, new = new->next)
		put_row(t, old, rows->from, new);
	for (; a; a--, old = old->next)
		tree_put(t, old, REDLINE_OLD, rows->from, NODE_CUT);
	for (; b; b--, new = new->next)
		tree_put(t, new, REDLINE_NEW, t->chunk, NODE_ADDED);
}

/* Rows that are the same; between these, those whose first cell is, which
 * names them. */
static void put_body(struct rl_tree *t, struct rows rows, bool first)
{
	struct token_list words[2] = { TOKEN_LIST_INIT, TOKEN_LIST_INIT };
	struct prose_hunks hunks = PROSE_HUNKS_INIT;
	size_t i = 0, h = 0;

	read_rows(&words[0], t->redline, rows.old, rows.a, first);
	read_rows(&words[1], t->redline, rows.new, rows.b, first);
	prose_diff(&hunks, &words[0], &words[1]);
	for (;;) {
		const struct prose_hunk *k = h < hunks.count ?
					     &hunks.items[h++] : NULL;
		struct rows between;

		for (; i < (k ? k->a0 : words[0].count - 1); i++) {
			put_row(t, rows.old, rows.from, rows.new);
			rows.old = rows.old->next;
			rows.new = rows.new->next;
		}
		if (!k)
			break;
		between = rows;
		between.a = k->a1 - k->a0;
		between.b = k->b1 - k->b0;
		if (first || !between.a || !between.b)
			put_rows(t, &between);
		else
			put_body(t, between, true);
		for (; i < k->a1; i++)
			rows.old = rows.old->next;
		for (size_t j = k->b0; j < k->b1; j++)
			rows.new = rows.new->next;
	}
	token_list_release(&words[0]);
	token_list_release(&words[1]);
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
	put_body(t, (struct rows){ a->next, b->next, SIZE_MAX, SIZE_MAX, from },
		 false);
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
	read_rows(&rows[0], t->redline, x = a->first, SIZE_MAX, false);
	read_rows(&rows[1], t->redline, y = b->first, SIZE_MAX, false);
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
