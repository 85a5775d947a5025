/* SPDX-License-Identifier: MIT */
/* Two blocks, word by word. */
#include <stdlib.h>

#include "alloc.h"
#include "prose_parts.h"
#include "redline_private.h"

void words_init(struct rl_words *w)
{
	*w = (struct rl_words){ .hunks = PROSE_HUNKS_INIT };
	for (int side = 0; side < 2; side++)
		w->sides[side] = (struct rl_inlines){
			.tokens = TOKEN_LIST_INIT, .flat = STRBUF_INIT,
			.scratch = STRBUF_INIT
		};
}

void words_release(struct rl_words *w)
{
	inlines_release(&w->sides[REDLINE_OLD]);
	inlines_release(&w->sides[REDLINE_NEW]);
	prose_hunks_release(&w->hunks);
	free(w->changes);
	free(w->parts);
}

/* --- mates --- */

static void forget_mates(struct rl_items *items)
{
	for (size_t i = 0; i < items->count; i++)
		items->items[i].mate = NO_ITEM;
}

/* Make two words mates if their emphasis and links can be. */
static bool mate_tokens(struct rl_words *w, size_t i, size_t j)
{
	struct rl_inlines *a = &w->sides[REDLINE_OLD];
	struct rl_inlines *b = &w->sides[REDLINE_NEW];
	uint32_t x = a->token_items[i], y = b->token_items[j];

	if (!items_can_mate(&a->items, x, &b->items, y))
		return false;
	items_mate(&a->items, x, &b->items, y);
	return true;
}

/* The white space before a word, from the word before on. */
static uint32_t first_gap(const struct rl_inlines *in, size_t token)
{
	uint32_t before = in->token_items[token - 1];

	return before == NO_ITEM ? 0 : before + 1;
}

static uint32_t last_gap(const struct rl_inlines *in, size_t token)
{
	return token + 1 < in->tokens.count ? in->token_items[token] :
	       (uint32_t)in->items.count;
}

/* White space from item `i` on that has no mate. */
static uint32_t next_gap(const struct rl_items *items, uint32_t i,
			 uint32_t end)
{
	while (i < end && (!items->items[i].gap ||
			   items->items[i].mate != NO_ITEM))
		i++;
	return i;
}

/* The white space before two words is the same. True: some of it is. */
static bool mate_gaps(struct rl_words *w, size_t i, size_t j)
{
	struct rl_inlines *a = &w->sides[REDLINE_OLD];
	struct rl_inlines *b = &w->sides[REDLINE_NEW];
	uint32_t x = first_gap(a, i), x_end = last_gap(a, i);
	uint32_t y = first_gap(b, j), y_end = last_gap(b, j);
	bool mated = false;

	for (;;) {
		x = next_gap(&a->items, x, x_end);
		y = next_gap(&b->items, y, y_end);
		if (x >= x_end || y >= y_end)
			return mated;
		if (items_can_mate(&a->items, x, &b->items, y)) {
			items_mate(&a->items, x, &b->items, y);
			mated = true;
		}
		x++;
		y++;
	}
}

/* --- what changes --- */

static void add_change(struct rl_words *w, size_t a0, size_t a1, size_t b0,
		       size_t b1, bool words)
{
	GROW(w->changes, w->change_count, w->change_capacity);
	w->changes[w->change_count++] = (struct word_change){
		a0, a1, b0, b1, true, words, false, false, false
	};
}

/* Words i and j are the same; what is around them may not be. */
static void add_kept(struct rl_words *w, size_t i, size_t j, bool after_hunk)
{
	const struct token *a = &w->sides[REDLINE_OLD].tokens.items[i];
	const struct token *b = &w->sides[REDLINE_NEW].tokens.items[j];

	if (token_is_break(a))
		return;
	if (!mate_tokens(w, i, j))
		add_change(w, i, i + 1, j, j + 1, true);
	else if (!after_hunk && a->gap != b->gap)
		add_change(w, i, i, j, j, false);
}

static void read_changes(struct rl_words *w)
{
	size_t i = 0, j = 0, h = 0;
	bool after_hunk = true;

	w->change_count = 0;
	forget_mates(&w->sides[REDLINE_OLD].items);
	forget_mates(&w->sides[REDLINE_NEW].items);
	while (i < w->sides[REDLINE_OLD].tokens.count) {
		const struct prose_hunk *hunk = &w->hunks.items[h];

		if (h < w->hunks.count && hunk->a0 == i && hunk->b0 == j) {
			add_change(w, hunk->a0, hunk->a1, hunk->b0, hunk->b1,
				   true);
			i = hunk->a1;
			j = hunk->b1;
			h++;
			after_hunk = true;
			continue;
		}
		add_kept(w, i++, j++, after_hunk);
		after_hunk = false;
	}
}

/* --- sentences --- */

/* Changes first..last, in tokens that start at a0, b0 and end at a1, b1. */
static void add_sentence(struct rl_words *w, size_t first, size_t last,
			 size_t a0, size_t a1, size_t b0, size_t b1)
{
	struct word_passage passage = {
		&w->sides[REDLINE_OLD].tokens, &w->sides[REDLINE_NEW].tokens,
		a0, a1, b0, b1, w->changes + first, last - first
	};
	bool replaced;

	if (first == last)
		return;
	if (w->part_capacity < w->part_count + passage.count + 1) {
		w->part_capacity = 2 * (w->part_count + passage.count + 1);
		w->parts = xreallocarray(w->parts, w->part_capacity,
					 sizeof(*w->parts));
	}
	w->part_count += parts_hunks(w->parts + w->part_count, &replaced,
				     &passage);
}

static bool both_start(const struct rl_words *w, size_t i, size_t j)
{
	return w->sides[REDLINE_OLD].tokens.items[i].flags & TOKEN_SENTENCE &&
	       w->sides[REDLINE_NEW].tokens.items[j].flags & TOKEN_SENTENCE;
}

/*
 * Part the changes by sentences that start in both texts, and find what is
 * shown of each.
 */
static void read_parts(struct rl_words *w)
{
	size_t end = w->sides[REDLINE_OLD].tokens.count - 1;
	size_t i = 1, j = 1, a0 = 1, b0 = 1, first = 0, c = 0;

	w->part_count = 0;
	while (i <= end) {
		const struct word_change *change = &w->changes[c];

		if (both_start(w, i, j) && (i > a0 || j > b0)) {
			add_sentence(w, first, c, a0, i, b0, j);
			first = c;
			a0 = i;
			b0 = j;
		}
		if (c < w->change_count && change->a0 == i &&
		    change->b0 == j) {
			i = change->a1;
			j = change->b1;
			c++;
			continue;
		}
		i++;
		j++;
	}
	if (first < c)
		add_sentence(w, first, c, a0, end, b0, j - 1);
}

/* --- all of it --- */

static void mate_kept(struct rl_words *w)
{
	size_t end = w->sides[REDLINE_OLD].tokens.count - 1;
	size_t i = 1, j = 1, p = 0;
	bool gap = true; /* the one before has no mate yet */

	forget_mates(&w->sides[REDLINE_OLD].items);
	forget_mates(&w->sides[REDLINE_NEW].items);
	for (;;) {
		const struct part_hunk *part = &w->parts[p];

		if (p < w->part_count && part->a0 == i && part->b0 == j) {
			bool before = gap && mate_gaps(w, i, j);

			i = part->a1;
			j = part->b1;
			gap = false;
			if (!before || (part->a0 < i && part->b0 < j))
				mate_gaps(w, i, j);
			p++;
		} else if (i < end) {
			if (gap)
				mate_gaps(w, i, j);
			mate_tokens(w, i++, j++);
			gap = true;
		} else {
			return;
		}
	}
}

static size_t count_alone(const struct rl_inlines *in)
{
	size_t n = 0;

	for (size_t i = 1; i + 1 < in->tokens.count; i++)
		n += in->tokens.items[i].flags & TOKEN_COUNTED &&
		     in->items.items[in->token_items[i]].mate == NO_ITEM;
	return n;
}

void words_compare(struct rl_words *w)
{
	prose_diff(&w->hunks, &w->sides[REDLINE_OLD].tokens,
		   &w->sides[REDLINE_NEW].tokens);
	read_changes(w);
	read_parts(w);
	mate_kept(w);
	w->cut = count_alone(&w->sides[REDLINE_OLD]);
	w->added = count_alone(&w->sides[REDLINE_NEW]);
}
