/* SPDX-License-Identifier: MIT */
/*
 * CriticMarkup that is not settled yet: with a remark right behind it, as
 * `galley apply --mark` leaves it, {~~ours~>theirs~~}{>>Ann: why<<}. Until the
 * author has decided, a draft has the author's words: what is to be deleted is
 * shown, and what is to be inserted is not. Without a remark, a mark is the
 * author's own, and drafts have it as if it were done.
 */
#include "book_private.h"

static bool is_mark(const struct node *n)
{
	return n->type == NODE_INSERTION || n->type == NODE_DELETION;
}

/* The last of the marks that stand together from `n` on. */
static struct node *last_of(struct node *n)
{
	while (n->next && is_mark(n->next))
		n = n->next;
	return n;
}

static void turn(struct node *n, const struct node *last)
{
	for (;; n = n->next) {
		n->type = n->type == NODE_INSERTION ? NODE_DELETION :
						      NODE_INSERTION;
		if (n == last)
			return;
	}
}

static void leave_in(struct node *root)
{
	for (struct node *n = root, *last; n; n = node_next(n, root)) {
		if (!is_mark(n))
			continue;
		last = last_of(n);
		if (last->next && last->next->type == NODE_COMMENT)
			turn(n, last);
		n = last;
	}
}

void book_leave_marks(struct document *doc)
{
	struct slice remark = SLICE("}{>>");

	if (slice_find_slice(doc->source, remark) == doc->source.len)
		return;
	leave_in(doc->root);
	leave_in(doc->footnotes);
}
