/* SPDX-License-Identifier: MIT */
/* Two trees as lists, their mates, and the one list that has both. */
#include <assert.h>

#include "alloc.h"
#include "redline_private.h"

struct rl_item *items_add(struct rl_items *list, const struct node *node,
			  uint32_t parent)
{
	struct rl_item *item;

	GROW(list->items, list->count, list->capacity);
	item = &list->items[list->count++];
	*item = (struct rl_item){ .node = node, .parent = parent,
				  .end = (uint32_t)list->count,
				  .mate = NO_ITEM, .leaf = NO_ITEM };
	return item;
}

bool items_can_mate(const struct rl_items *a, uint32_t i,
		    const struct rl_items *b, uint32_t j)
{
	for (;;) {
		const struct rl_item *x, *y;

		i = a->items[i].parent;
		j = b->items[j].parent;
		if (i == NO_ITEM || j == NO_ITEM)
			return i == j;
		x = &a->items[i];
		y = &b->items[j];
		if (x->mate == j)
			return true; /* and so are those around them */
		if (x->mate != NO_ITEM || y->mate != NO_ITEM ||
		    x->sign != y->sign)
			return false;
	}
}

void items_mate(struct rl_items *a, uint32_t i, struct rl_items *b,
		uint32_t j)
{
	while (i != NO_ITEM && a->items[i].mate != j) {
		a->items[i].mate = j;
		b->items[j].mate = i;
		i = a->items[i].parent;
		j = b->items[j].parent;
	}
}

void items_merge(const struct rl_merge *m, uint32_t old_from, uint32_t old_to,
		 uint32_t new_from, uint32_t new_to)
{
	const struct rl_item *old = m->old->items, *new = m->new->items;
	uint32_t i = old_from, j = new_from, i_end = old_to, j_end = new_to;
	uint32_t in_old = NO_ITEM, in_new = NO_ITEM, depth = 0;

	for (;;) {
		while (i < i_end && old[i].mate == NO_ITEM) {
			m->alone(m->data, REDLINE_OLD, i);
			i = old[i].end;
		}
		while (j < j_end && new[j].mate == NO_ITEM) {
			m->alone(m->data, REDLINE_NEW, j);
			j = new[j].end;
		}
		assert((i < i_end) == (j < j_end));
		if (i == i_end) {
			if (!depth--)
				return;
			m->leave(m->data);
			in_old = old[in_old].parent;
			in_new = new[in_new].parent;
			i_end = depth ? old[in_old].end : old_to;
			j_end = depth ? new[in_new].end : new_to;
			continue;
		}
		assert(old[i].mate == j);
		if (old[i].end == i + 1 && new[j].end == j + 1) {
			m->both(m->data, i++, j++);
			continue;
		}
		m->enter(m->data, i, j);
		depth++;
		in_old = i;
		in_new = j;
		i_end = old[i++].end;
		j_end = new[j++].end;
	}
}
