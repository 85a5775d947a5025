/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "prose_diff.h"

#define SMALL 256	/* tokens of both sides that need no anchors */
#define MAX_COST SMALL	/* steps of Myers' algorithm before it settles */
#define MAX_DEPTH 24	/* of anchors between anchors */
#define LARGE 8192	/* tokens that are compared by whole chunks first */
#define CHUNK 32	/* words of a chunk, about */
#define BY_CHUNKS 0	/* a width of runs */

struct differ {
	const struct token *a, *b;
	struct prose_hunks *hunks;
	int *trace;		/* Myers: the furthest points of each step */
	int *furthest;
};

void prose_hunks_release(struct prose_hunks *hunks)
{
	free(hunks->items);
	*hunks = (struct prose_hunks)PROSE_HUNKS_INIT;
}

/* What differs; one hunk with the one before if nothing stands between. */
static void emit(struct differ *d, size_t a0, size_t a1, size_t b0, size_t b1)
{
	struct prose_hunks *h = d->hunks;
	struct prose_hunk *last = h->count ? &h->items[h->count - 1] : NULL;

	if (a0 == a1 && b0 == b1)
		return;
	if (last && last->a1 == a0 && last->b1 == b0) {
		last->a1 = a1;
		last->b1 = b1;
		return;
	}
	GROW(h->items, h->count, h->capacity);
	h->items[h->count++] = (struct prose_hunk){ a0, a1, b0, b1, a0, a1,
						    false, false };
}

#define DIAGONALS (2 * MAX_COST + 3)

/*
 * One step to diagonal `k`: how far it gets with one token put in (from
 * k + 1) or taken out (from k - 1); -1 if it cannot be reached.
 */
static int step_to(const int *furthest, int k, int n, int m, bool *in)
{
	int x_in = furthest[k + 1], x_out = furthest[k - 1];

	if (x_in >= 0 && x_in - k > m)
		x_in = -1;
	x_out = x_out >= 0 && x_out < n ? x_out + 1 : -1;
	*in = x_in >= x_out;
	return *in ? x_in : x_out;
}

/* Emit the way that `cost` steps took to diagonal `k`. */
static void emit_way(struct differ *d, size_t a0, size_t b0, int n, int m,
		     int cost, int k)
{
	struct { int x, y; bool in; } way[MAX_COST];
	int count = 0;

	for (; cost > 0; cost--) {
		const int *furthest = d->trace + cost * DIAGONALS +
				      MAX_COST + 1;
		bool in;

		step_to(furthest, k, n, m, &in);
		k += in ? 1 : -1;
		way[count].x = furthest[k];
		way[count].y = furthest[k] - k;
		way[count++].in = in;
	}
	while (count--) {
		size_t i = a0 + (size_t)way[count].x;
		size_t j = b0 + (size_t)way[count].y;

		emit(d, i, i + !way[count].in, j, j + way[count].in);
	}
}

/*
 * Myers, forward: `furthest` and each row of the trace are indexed by
 * diagonal + MAX_COST + 1. Emits the way to the end; or, when that takes more
 * than MAX_COST steps, to the point that got furthest. Moves `pa` and `pb`
 * there.
 */
static void myers(struct differ *d, size_t *pa, size_t a1, size_t *pb,
		  size_t b1)
{
	const struct token *a = d->a + *pa, *b = d->b + *pb;
	int n = a1 - *pa > INT32_MAX / 4 ? INT32_MAX / 4 : (int)(a1 - *pa);
	int m = b1 - *pb > INT32_MAX / 4 ? INT32_MAX / 4 : (int)(b1 - *pb);
	int *furthest, best = 0, cost, k = 0;

	if (!d->trace) {
		d->trace = xreallocarray(NULL, MAX_COST + 1,
					 DIAGONALS * sizeof(int));
		d->furthest = xreallocarray(NULL, DIAGONALS, sizeof(int));
	}
	furthest = d->furthest + MAX_COST + 1;
	for (int i = -MAX_COST - 1; i <= MAX_COST + 1; i++)
		furthest[i] = -1;
	for (cost = 0; cost <= MAX_COST; cost++) {
		/* the step before, for the way back */
		memcpy(d->trace + cost * DIAGONALS + MAX_COST - cost,
		       furthest - cost - 1,
		       (size_t)(2 * cost + 3) * sizeof(int));
		for (k = -cost; k <= cost; k += 2) {
			bool in;
			int x = cost ? step_to(furthest, k, n, m, &in) : 0;

			if (x >= 0)
				while (x < n && x - k < m &&
				       a[x].word == b[x - k].word)
					x++;
			furthest[k] = x;
			if (x == n && x - k == m)
				goto out;
		}
	}
	cost = MAX_COST;
	k = -cost;
	for (int i = -cost; i <= cost; i += 2)
		if (furthest[i] >= 0 && 2 * furthest[i] - i >= best) {
			best = 2 * furthest[i] - i;
			k = i;
		}
out:
	emit_way(d, *pa, *pb, n, m, cost, k);
	*pa += (size_t)furthest[k];
	*pb += (size_t)(furthest[k] - k);
}

/*
 * Runs of words that stand once in each text: `once` is their table, found by
 * a hash of the words. They are `width` words from each word on; or chunks,
 * one after the other, which end where the words say so and not their number,
 * so that both texts are cut alike: their table is small.
 */
struct once {
	uint64_t hash;
	uint32_t a, b;		/* where, plus one; 0: not yet */
	uint32_t count_a, count_b;
};

struct pair {
	size_t a, b, width;
};

struct pairs {
	struct pair *items;
	size_t count, capacity;
};

/* The length of the run at `i`; 0: the range ends before. */
static size_t run_at(const struct token *t, size_t i, size_t end, size_t width)
{
	size_t n = i;

	if (width != BY_CHUNKS)
		return i + width <= end ? width : 0;
	while (n < end && (uint32_t)(t[n].word * UINT32_C(0x9E3779B1)) >=
			  UINT32_MAX / CHUNK)
		n++;
	return (n < end ? n + 1 : end) - i;
}

static uint64_t hash_run(const struct token *t, size_t width)
{
	uint64_t h = UINT64_C(0x9E3779B97F4A7C15);

	for (size_t i = 0; i < width; i++) {
		h = (h ^ t[i].word) * UINT64_C(0xBF58476D1CE4E5B9);
		h ^= h >> 31;
	}
	return h | 1;
}

static struct once *once_find(struct once *table, size_t size, uint64_t hash)
{
	size_t at = (hash >> 1) & (size - 1);

	while (table[at].hash && table[at].hash != hash)
		at = (at + 1) & (size - 1);
	return &table[at];
}

static bool same_run(const struct token *a, const struct token *b,
		     size_t width)
{
	for (size_t i = 0; i < width; i++)
		if (a[i].word != b[i].word)
			return false;
	return true;
}

/* A break tells nothing, nor does a run with nothing but marks in it. */
static bool tells(const struct token *t, size_t width)
{
	for (size_t i = 0; i < width; i++)
		if (t[i].flags & TOKEN_COUNTED)
			return true;
	return false;
}

static void find_pairs(struct pairs *pairs, const struct differ *d, size_t a0,
		       size_t a1, size_t b0, size_t b1, size_t width)
{
	size_t step = width == BY_CHUNKS ? 0 : 1, size = 64, runs = 0;
	struct once *table, *o;

	for (size_t i = a0, n; (n = run_at(d->a, i, a1, width));
	     i += step ? step : n)
		runs++;
	while (size < 2 * runs)
		size *= 2;
	table = xcalloc(size, sizeof(*table));
	for (size_t i = a0, n; (n = run_at(d->a, i, a1, width));
	     i += step ? step : n) {
		uint64_t hash = hash_run(d->a + i, n);

		o = once_find(table, size, hash);
		o->hash = hash;
		o->a = (uint32_t)(i - a0) + 1;
		o->count_a++;
	}
	for (size_t i = b0, n; (n = run_at(d->b, i, b1, width));
	     i += step ? step : n) {
		o = once_find(table, size, hash_run(d->b + i, n));
		if (!o->hash)
			continue;
		o->b = (uint32_t)(i - b0) + 1;
		o->count_b++;
	}
	for (size_t i = a0, n; (n = run_at(d->a, i, a1, width));
	     i += step ? step : n) {
		size_t j;

		o = once_find(table, size, hash_run(d->a + i, n));
		if (o->count_a != 1 || o->count_b != 1)
			continue;
		j = b0 + o->b - 1;
		if (!tells(d->a + i, n) || j + n > b1 ||
		    !same_run(d->a + i, d->b + j, n))
			continue;
		GROW(pairs->items, pairs->count, pairs->capacity);
		pairs->items[pairs->count++] = (struct pair){ i, j, n };
	}
	free(table);
}

/* Keep the longest chain of pairs that is in order in both texts. */
static void keep_chain(struct pairs *pairs)
{
	size_t n = pairs->count, length = 0, at;
	size_t *tails, *before;

	if (n < 2)
		return;
	tails = xreallocarray(NULL, n, sizeof(*tails));
	before = xreallocarray(NULL, n, sizeof(*before));
	for (size_t i = 0; i < n; i++) {
		size_t low = 0, high = length;

		while (low < high) {
			size_t middle = (low + high) / 2;

			if (pairs->items[tails[middle]].b < pairs->items[i].b)
				low = middle + 1;
			else
				high = middle;
		}
		before[i] = low ? tails[low - 1] : n;
		tails[low] = i;
		if (low == length)
			length++;
	}
	/* the chain, from its end, to the end of the array, then down */
	at = tails[length - 1];
	for (size_t i = length; i--; at = before[at])
		tails[i] = at;
	for (size_t i = 0; i < length; i++)
		pairs->items[i] = pairs->items[tails[i]];
	pairs->count = length;
	free(tails);
	free(before);
}

static void diff_range(struct differ *d, size_t a0, size_t a1, size_t b0,
		       size_t b1, int depth);

/* Compare what lies between the anchors. False: there are none. */
static bool diff_by_anchors(struct differ *d, size_t a0, size_t a1, size_t b0,
			    size_t b1, size_t width, int depth)
{
	struct pairs pairs = { NULL, 0, 0 };
	size_t count;

	find_pairs(&pairs, d, a0, a1, b0, b1, width);
	keep_chain(&pairs);
	count = pairs.count;
	for (size_t n = 0; n < count; n++) {
		size_t i = pairs.items[n].a, j = pairs.items[n].b;

		if (i < a0 || j < b0)
			continue; /* overlaps the anchor before */
		diff_range(d, a0, i, b0, j, depth + 1);
		a0 = i + pairs.items[n].width;
		b0 = j + pairs.items[n].width;
	}
	if (count)
		diff_range(d, a0, a1, b0, b1, depth + 1);
	free(pairs.items);
	return count > 0;
}

static void diff_range(struct differ *d, size_t a0, size_t a1, size_t b0,
		       size_t b1, int depth)
{
	size_t tail_a = a1, tail_b = b1;

	while (a0 < a1 && b0 < b1 && d->a[a0].word == d->b[b0].word)
		a0++, b0++;
	while (a0 < tail_a && b0 < tail_b &&
	       d->a[tail_a - 1].word == d->b[tail_b - 1].word)
		tail_a--, tail_b--;
	a1 = tail_a;
	b1 = tail_b;
	if (a0 == a1 || b0 == b1) {
		emit(d, a0, a1, b0, b1);
		return;
	}
	if (a1 - a0 + b1 - b0 > LARGE && depth < MAX_DEPTH &&
	    diff_by_anchors(d, a0, a1, b0, b1, BY_CHUNKS, depth))
		return;
	if (a1 - a0 + b1 - b0 > SMALL && depth < MAX_DEPTH &&
	    (diff_by_anchors(d, a0, a1, b0, b1, 3, depth) ||
	     diff_by_anchors(d, a0, a1, b0, b1, 1, depth)))
		return;
	while (a0 < a1 && b0 < b1)
		myers(d, &a0, a1, &b0, b1);
	emit(d, a0, a1, b0, b1);
}

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

void prose_diff(struct prose_hunks *hunks, const struct token_list *a,
		const struct token_list *b)
{
	struct differ d = { a->items, b->items, hunks, NULL, NULL };

	hunks->count = 0;
	/* the last breaks are a pair, whatever comes before */
	diff_range(&d, 0, a->count - 1, 0, b->count - 1, 0);
	slide_all(hunks, a, b);
	join_neighbours(hunks);
	free(d.trace);
	free(d.furthest);
}
