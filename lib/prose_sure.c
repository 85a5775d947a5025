/* SPDX-License-Identifier: MIT */
/* Words that are the same in two texts, whichever way one reads them. */
#include <stdlib.h>

#include "alloc.h"
#include "prose_diff.h"
#include "prose_differ.h"

#define FEW (2 * WORD_POINTS)
#define PASSED (4 * WORD_POINTS)

/* Whole lists, but for the breaks that end them, or start them. */
static void diff_backwards(struct prose_hunks *hunks,
			   const struct token_list *a,
			   const struct token_list *b)
{
	size_t n = a->count, m = b->count;
	struct token *turned = xreallocarray(NULL, n + m, sizeof(*turned));

	for (size_t i = 0; i < n; i++)
		turned[n - 1 - i] = a->items[i];
	for (size_t i = 0; i < m; i++)
		turned[n + m - 1 - i] = b->items[i];
	hunks_find(hunks, turned + 1, n - 1, turned + n + 1, m - 1);
	for (size_t i = 0, j = hunks->count; i < j--; i++) {
		struct prose_hunk swap = hunks->items[i];

		hunks->items[i] = hunks->items[j];
		hunks->items[j] = swap;
	}
	for (size_t i = 0; i < hunks->count; i++) {
		struct prose_hunk *h = &hunks->items[i];

		*h = (struct prose_hunk){ n - 1 - h->a1, n - 1 - h->a0,
					  m - 1 - h->b1, m - 1 - h->b0,
					  n - 1 - h->a1, n - 1 - h->a0,
					  false, false };
	}
	hunks_slide(hunks, a, b);
	free(turned);
}

/* Equal tokens, of two texts. */
struct run {
	size_t a, b, width;
};

/* Equal tokens before hunk `n`, or after the last. */
static struct run run_before(const struct prose_hunks *hunks, size_t n,
			      size_t end)
{
	struct run run = { 0, 0, n < hunks->count ? hunks->items[n].a0 : end };

	if (n) {
		run.a = hunks->items[n - 1].a1;
		run.b = hunks->items[n - 1].b1;
		run.width -= run.a;
	}
	return run;
}

/*
 * Words beside what is equal for both are so, too, if they are equal. Where
 * all of one text is at both ends of the other, words were put in or taken
 * out, and slide.
 */
static void trim(struct prose_hunk *h, const struct token *a,
		 const struct token *b)
{
	size_t n = h->a1 - h->a0, m = h->b1 - h->b0;
	size_t least = n < m ? n : m, left = 0, right = 0;

	while (left < least &&
	       a[h->a0 + left].word == b[h->b0 + left].word)
		left++;
	while (left + right < least &&
	       a[h->a1 - 1 - right].word == b[h->b1 - 1 - right].word)
		right++;
	h->lo = h->a0 += left;
	h->b0 += left;
	h->hi = h->a1 -= right;
	h->b1 -= right;
}

/* What `one` has between two runs, before its hunk `n`, or another reading. */
static void add_hunk(struct prose_hunks *out, const struct prose_hunks *one,
		     size_t n, struct prose_hunk h, const struct token *a,
		     const struct token *b)
{
	const struct prose_hunk *last = n ? &one->items[n - 1] : NULL;

	if (h.a0 == h.a1 && h.b0 == h.b1)
		return;
	if (last && last->a0 == h.a0 && last->a1 == h.a1 &&
	    last->b0 == h.b0 && last->b1 == h.b1)
		h = *last;
	else
		trim(&h, a, b);
	if (h.a0 == h.a1 && h.b0 == h.b1)
		return;
	GROW(out->items, out->count, out->capacity);
	out->items[out->count++] = h;
}

/* What is in neither: tokens are equal where both say so. */
static void join_readings(struct prose_hunks *out,
			  const struct prose_hunks *one,
			  const struct prose_hunks *other,
			  const struct token_list *a,
			  const struct token_list *b)
{
	size_t i = 0, j = 0, a0 = 0, b0 = 0;

	while (i <= one->count && j <= other->count) {
		struct run x = run_before(one, i, a->count);
		struct run y = run_before(other, j, a->count);
		size_t from = x.a > y.a ? x.a : y.a;
		size_t x_end = x.a + x.width, y_end = y.a + y.width;
		size_t to = x_end < y_end ? x_end : y_end;

		if (from < to && x.b + y.a == y.b + x.a) {
			size_t b1 = x.b + from - x.a;

			add_hunk(out, one, i, (struct prose_hunk){
				a0, from, b0, b1, a0, from, false, false },
				 a->items, b->items);
			a0 = to;
			b0 = x.b + to - x.a;
		}
		if (x_end <= y_end)
			i++;
		if (y_end <= x_end)
			j++;
	}
}

static size_t points(const struct token *t, size_t from, size_t to)
{
	size_t n = 0;

	while (from < to)
		n += token_points(&t[from++]);
	return n;
}

static bool all_letters(const struct token *t, size_t from, size_t to)
{
	while (from < to && t[from].flags & TOKEN_LETTER)
		from++;
	return from == to;
}

/* The words of the text that has more of them in the hunk. */
static size_t hunk_points(const struct prose_hunk *h, const struct token *a,
			  const struct token *b)
{
	size_t old = points(a, h->a0, h->a1), new = points(b, h->b0, h->b1);

	return old > new ? old : new;
}

/*
 * Do both texts have by chance what stands between two hunks? Less than a
 * word, or one word with more of them changed on both sides; or few words
 * that a break has passed.
 */
static bool is_chance(const struct prose_hunk *h, const struct prose_hunk *next,
		      const struct token_list *a, const struct token_list *b)
{
	const struct token *x = a->items, *y = b->items;
	size_t between = points(x, h->a1, next->a0);

	if (next->a0 - h->a1 < WORD_POINTS && all_letters(x, h->a1, next->a0))
		return true;
	if (between >= PASSED || token_list_has_break(a, h->a1, next->a0))
		return false;
	return (between < FEW && hunk_points(h, x, y) >= FEW &&
		hunk_points(next, x, y) >= FEW) ||
	       (prose_hunk_takes_break(h, a, b) &&
		prose_hunk_puts_break(next, a, b)) ||
	       (prose_hunk_puts_break(h, a, b) &&
		prose_hunk_takes_break(next, a, b));
}

/* Hunks with nothing but that between them are one. */
static void join_hunks(struct prose_hunks *hunks, const struct token_list *a,
		       const struct token_list *b)
{
	size_t n = 0;

	for (size_t i = 0; i < hunks->count; i++) {
		const struct prose_hunk *h = &hunks->items[i];
		struct prose_hunk *last = n ? &hunks->items[n - 1] : NULL;

		if (last && is_chance(last, h, a, b))
			*last = (struct prose_hunk){
				last->a0, h->a1, last->b0, h->b1,
				last->a0, h->a1, false, false
			};
		else
			hunks->items[n++] = *h;
	}
	hunks->count = n;
}

/*
 * What was replaced may end in the very words that stand before it, or start
 * with those after it: nobody knows which of the two stood there.
 */
static void widen_hunks(struct prose_hunks *hunks, const struct token *a,
			const struct token *b, size_t last)
{
	size_t from = 0;

	for (size_t i = 0; i < hunks->count; i++) {
		struct prose_hunk *h = &hunks->items[i];
		size_t to = i + 1 < hunks->count ? h[1].a0 : last;
		size_t n = h->a0 < h->a1 ? h->b1 - h->b0 : 0;
		size_t left = 0, right = 0;

		while (left < n && h->a0 - left > from &&
		       a[h->a0 - left - 1].word == b[h->b1 - left - 1].word)
			left++;
		while (right < n && h->a1 + right < to &&
		       a[h->a1 + right].word == b[h->b0 + right].word)
			right++;
		if (points(a, h->a0 - left, h->a0) >= WORD_POINTS) {
			h->lo = h->a0 -= left;
			h->b0 -= left;
		}
		if (points(a, h->a1, h->a1 + right) >= WORD_POINTS) {
			h->hi = h->a1 += right;
			h->b1 += right;
		}
		from = h->a1;
	}
}

void prose_diff_sure(struct prose_hunks *hunks, const struct token_list *a,
		     const struct token_list *b)
{
	struct prose_hunks one = PROSE_HUNKS_INIT, other = PROSE_HUNKS_INIT;

	hunks->count = 0;
	prose_diff(&one, a, b);
	if (one.count) {
		diff_backwards(&other, a, b);
		join_readings(hunks, &one, &other, a, b);
		join_hunks(hunks, a, b);
		widen_hunks(hunks, a->items, b->items, a->count - 1);
		hunks_slide(hunks, a, b);
	}
	prose_hunks_release(&one);
	prose_hunks_release(&other);
}
