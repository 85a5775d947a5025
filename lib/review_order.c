/* SPDX-License-Identifier: MIT */
/* Comments in reading order; which go on from others, which say the same. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "review_private.h"

/* The number of the paragraph: 14 of "3.14"; none comes first. */
static unsigned long paragraph_of(struct slice label)
{
	size_t dot = slice_find(label, '.');
	unsigned long n = 0;

	for (size_t i = dot + 1; i < label.len && label.ptr[i] >= '0' &&
	     label.ptr[i] <= '9' && n < 100000000; i++)
		n = n * 10 + (unsigned long)(label.ptr[i] - '0');
	return n;
}

static int by_reading(const void *a, const void *b)
{
	const struct review_comment *x = a, *y = b;
	unsigned long p, q;
	int order;

	if (x->chunk != y->chunk)
		return x->chunk < y->chunk ? -1 : 1;
	order = strcmp(x->path, y->path);
	if (order)
		return order;
	p = paragraph_of(x->comment.label);
	q = paragraph_of(y->comment.label);
	if (p != q)
		return p < q ? -1 : 1;
	if (x->comment.when.seconds != y->comment.when.seconds)
		return x->comment.when.seconds < y->comment.when.seconds ? -1
									 : 1;
	if (x->comment.part != y->comment.part) /* of one mail */
		return x->comment.part < y->comment.part ? -1 : 1;
	return strcmp(x->comment.id, y->comment.id);
}

void review_sort(struct review *review)
{
	if (review->count)
		qsort(review->items, review->count, sizeof(*review->items),
		      by_reading);
}

void review_find_depths(struct review *review, const struct id_map *ids)
{
	size_t *chain = xreallocarray(NULL, review->count + 1,
				      sizeof(*chain));

	for (size_t i = 0; i < review->count; i++) {
		size_t count = 0, at = i;

		do
			chain[count++] = at;
		while (!review->items[at].depth && count < review->count &&
		       id_map_find(&at, ids, review->items[at].comment.parent));
		while (--count)
			review->items[chain[count - 1]].depth =
				review->items[chain[count]].depth + 1;
	}
	free(chain);
}

/* By what they change; the first of each is the earliest. */
static int by_change(const void *a, const void *b)
{
	const struct comment *x = &(*(struct review_comment *const *)a)->comment;
	const struct comment *y = &(*(struct review_comment *const *)b)->comment;
	int order = strcmp(x->parent, y->parent);

	if (!order)
		order = strcmp(x->tree, y->tree);
	if (!order && x->is_remark != y->is_remark)
		order = x->is_remark ? 1 : -1;
	if (!order && x->when.seconds != y->when.seconds)
		order = x->when.seconds < y->when.seconds ? -1 : 1;
	return order ? order : strcmp(x->id, y->id);
}

static bool same_change(const struct review_comment *a,
			const struct review_comment *b)
{
	return a->changes && b->changes &&
	       a->comment.is_remark == b->comment.is_remark &&
	       !strcmp(a->comment.parent, b->comment.parent) &&
	       !strcmp(a->comment.tree, b->comment.tree);
}

void review_find_same(struct review *review)
{
	struct review_comment **order =
		xreallocarray(NULL, review->count + 1, sizeof(*order));
	size_t first = 0;

	for (size_t i = 0; i < review->count; i++)
		order[i] = &review->items[i];
	qsort(order, review->count, sizeof(*order), by_change);
	for (size_t i = 0; i < review->count; i++) {
		if (!same_change(order[first], order[i]))
			first = i;
		else if (i > first)
			order[i - 1]->next_same =
				(size_t)(order[i] - review->items);
		order[i]->same = (size_t)(order[first] - review->items);
	}
	free(order);
}
