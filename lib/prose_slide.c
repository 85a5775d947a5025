/* SPDX-License-Identifier: MIT */
#include "prose_diff.h"
#include "prose_differ.h"

/* How good a place `i` is for whole things to start or end. */
static int boundary(const struct token *t, size_t i)
{
	if (i && token_is_break(&t[i - 1]))
		return 3;	/* after a break: whole blocks */
	if (token_is_break(&t[i]))
		return 2;
	return t[i].flags & TOKEN_SENTENCE ? 1 : 0;
}

/*
 * How well tokens from `start` up to `end` are a whole. At the end of the text,
 * a block with the break before it is as good as one with the break after it
 * elsewhere.
 */
static int wholeness(const struct token *t, size_t start, size_t end,
		     size_t last)
{
	int a = boundary(t, start), b = boundary(t, end);

	if (end == last && a == 2 && b == 2)
		a = b = 3;
	return a < b ? 4 * a + b : 4 * b + a;
}

/*
 * Slide a hunk of tokens s..e between `from` and `to`, to the best place.
 * Every text ends in a break that never differs, so token e is there.
 */
static void slide(struct prose_hunk *h, const struct token_list *list,
		  size_t s, size_t e, size_t from, size_t to)
{
	const struct token *t = list->items;
	size_t low = s, high = s, len = e - s, first, last;
	int best = -1;

	while (low > from && t[low - 1].word == t[low - 1 + len].word)
		low--;
	while (high + len < to && t[high].word == t[high + len].word)
		high++;
	first = last = low;
	for (size_t i = low; i <= high; i++) {
		int good = wholeness(t, i, i + len, list->count - 1);

		if (good > best) {
			best = good;
			first = i;
		}
		if (good == best)
			last = i;
	}
	h->lo = h->a0 - s + first;
	h->hi = h->a1 + last - s;
	h->starts = boundary(t, last) > 0;
	h->ends = boundary(t, last + len) > 0;
	h->a0 += last - s;
	h->a1 += last - s;
	h->b0 += last - s;
	h->b1 += last - s;
}

static void slide_all(struct prose_hunks *hunks, const struct token_list *a,
		      const struct token_list *b)
{
	for (size_t i = 0; i < hunks->count; i++) {
		struct prose_hunk *h = &hunks->items[i];
		bool more = i + 1 < hunks->count;

		if (h->a0 == h->a1)
			slide(h, b, h->b0, h->b1, i ? h[-1].b1 : 0,
			      more ? h[1].b0 : b->count - 1);
		else if (h->b0 == h->b1)
			slide(h, a, h->a0, h->a1, i ? h[-1].a1 : 0,
			      more ? h[1].a0 : a->count - 1);
		else
			h->lo = h->a0, h->hi = h->a1;
	}
}

/* Hunks that slid together are one. */
static void join_neighbours(struct prose_hunks *hunks)
{
	size_t n = 0;

	for (size_t i = 0; i < hunks->count; i++) {
		struct prose_hunk *h = &hunks->items[i];
		struct prose_hunk *last = n ? &hunks->items[n - 1] : NULL;

		if (last && last->a1 == h->a0 && last->b1 == h->b0) {
			last->a1 = h->a1;
			last->b1 = h->b1;
			last->hi = h->hi;
			last->starts = last->ends = false;
		} else {
			hunks->items[n++] = *h;
		}
	}
	hunks->count = n;
}

void hunks_slide(struct prose_hunks *hunks, const struct token_list *a,
		 const struct token_list *b)
{
	slide_all(hunks, a, b);
	join_neighbours(hunks);
}
