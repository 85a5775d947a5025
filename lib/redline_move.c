/* SPDX-License-Identifier: MIT */
/* Blocks that stand elsewhere in the book now. */
#include <stdlib.h>

#include "alloc.h"
#include "prose_index.h"
#include "redline_private.h"

#define MOVED_WORDS 5		/* in a block, so that it is known again */

static struct slice plain(struct redline *r, const struct node *node)
{
	strbuf_truncate(&r->scratch, 0);
	node_plain_text(&r->scratch, node);
	return arena_slice(&r->arena, strbuf_slice(&r->scratch));
}

static bool may_move(const struct redline *r, enum redline_side side, size_t i)
{
	return r->sides[side].leaves[i].counted >= MOVED_WORDS &&
	       leaf_node(r, side, i) && !leaf_has_mate(r, side, i);
}

/* A place in `index` for leaf `j`, which has `texts` of leaves. */
static void find_move(struct redline *r, struct prose_index *index,
		      const uint32_t *texts, size_t j)
{
	struct rl_side *old = &r->sides[REDLINE_OLD];
	struct rl_side *new = &r->sides[REDLINE_NEW];
	struct prose_found found[8];
	size_t count = prose_index_find(index, new->words + new->leaves[j].word,
					new->leaves[j].count, false, found, 8);

	for (size_t f = 0; f < count; f++) {
		uint32_t i = texts[found[f].text];
		size_t a = old->leaves[i].counted, b = new->leaves[j].counted;

		if (old->leaves[i].moved != NO_ITEM ||
		    !leaf_same_type(r, i, j) ||
		    10 * found[f].votes < 3 * (a < b ? b : a))
			continue;
		old->leaves[i].moved = (uint32_t)j;
		new->leaves[j].moved = i;
		return;
	}
}

void redline_find_moves(struct redline *r)
{
	struct rl_side *old = &r->sides[REDLINE_OLD];
	struct prose_index *index = prose_index_new(&r->vocabulary);
	uint32_t *texts = xreallocarray(NULL, old->leaf_count + 1,
					sizeof(*texts));
	size_t count = 0;

	for (size_t i = 0; i < old->leaf_count; i++)
		if (may_move(r, REDLINE_OLD, i)) {
			texts[count++] = (uint32_t)i;
			prose_index_add(index,
					plain(r, leaf_node(r, REDLINE_OLD, i)));
		}
	for (size_t j = 0; count && j < r->sides[REDLINE_NEW].leaf_count; j++)
		if (may_move(r, REDLINE_NEW, j))
			find_move(r, index, texts, j);
	prose_index_free(index);
	free(texts);
}
