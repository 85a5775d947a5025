/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "prose_anchors.h"
#include "prose_diff.h"
#include "prose_differ.h"

#define SMALL 256	/* tokens of both sides that need no anchors */
#define MAX_COST SMALL	/* steps of Myers' algorithm before it settles */
#define MAX_DEPTH 24	/* of anchors between anchors */
#define LARGE 8192	/* tokens that are compared by whole chunks first */
#define ALIKE (16 * MAX_COST) /* with so many tokens in MAX_COST steps */

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

bool prose_hunk_puts_break(const struct prose_hunk *h,
			   const struct token_list *a,
			   const struct token_list *b)
{
	return token_list_has_break(b, h->b0, h->b1) &&
	       !token_list_has_break(a, h->a0, h->a1);
}

bool prose_hunk_takes_break(const struct prose_hunk *h,
			    const struct token_list *a,
			    const struct token_list *b)
{
	return token_list_has_break(a, h->a0, h->a1) &&
	       !token_list_has_break(b, h->b0, h->b1);
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
 * than MAX_COST steps, to the point that got furthest, unless that is less
 * than `least` tokens of both texts away. Moves `pa` and `pb` there.
 */
static bool myers(struct differ *d, size_t *pa, size_t a1, size_t *pb,
		  size_t b1, int least)
{
	const struct token *a = d->a + *pa, *b = d->b + *pb;
	int n = a1 - *pa > INT32_MAX / 4 ? INT32_MAX / 4 : (int)(a1 - *pa);
	int m = b1 - *pb > INT32_MAX / 4 ? INT32_MAX / 4 : (int)(b1 - *pb);
	int *furthest, best = 0, cost, k = 0, last;

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
		/* beyond these diagonals there is nothing */
		last = cost > n ? n - ((cost - n) & 1) : cost;
		for (k = cost > m ? -m + ((cost - m) & 1) : -cost; k <= last;
		     k += 2) {
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
	if (best < least)
		return false;
out:
	emit_way(d, *pa, *pb, n, m, cost, k);
	*pa += (size_t)furthest[k];
	*pb += (size_t)(furthest[k] - k);
	return true;
}

static void diff_range(struct differ *d, size_t a0, size_t a1, size_t b0,
		       size_t b1, int depth);

/* Tokens of two texts, and how many equal ones stand on each side of them. */
struct range {
	size_t a0, a1, b0, b1, before, after;
};

static size_t range_size(const struct range *r)
{
	return r->a1 - r->a0 + r->b1 - r->b0;
}

/*
 * Compare what lies between the anchors. False: there are none. What reaches
 * out of the range by an end may stand there once more.
 */
static bool diff_by_anchors(struct differ *d, struct range r, size_t width,
			    int depth)
{
	struct anchors pairs = { NULL, 0, 0 };
	size_t most = width == BY_CHUNKS ? 0 : width - 1;
	size_t before = r.before < most ? r.before : most;
	size_t after = r.after < most ? r.after : most;
	bool found = false;

	anchors_find(&pairs, d->a, r.a0 - before, r.a1 + after, d->b,
		     r.b0 - before, r.b1 + after, width);
	for (size_t n = 0; n < pairs.count; n++) {
		struct anchor pair = pairs.items[n];

		if (pair.a < r.a0 || pair.b < r.b0 ||
		    pair.a + pair.width > r.a1 || pair.b + pair.width > r.b1)
			continue; /* or it overlaps the anchor before */
		diff_range(d, r.a0, pair.a, r.b0, pair.b, depth + 1);
		r.a0 = pair.a + pair.width;
		r.b0 = pair.b + pair.width;
		found = true;
	}
	if (found)
		diff_range(d, r.a0, r.a1, r.b0, r.b1, depth + 1);
	free(pairs.items);
	return found;
}

/*
 * Chunks told nothing, since they stand more than once. Where the texts go on
 * alike nevertheless, a table of all their words would tell no more.
 */
static void skip_alike(struct differ *d, struct range *r)
{
	while (r->a0 < r->a1 && r->b0 < r->b1 &&
	       myers(d, &r->a0, r->a1, &r->b0, r->b1, ALIKE))
		r->before = 0;
}

static void diff_range(struct differ *d, size_t a0, size_t a1, size_t b0,
		       size_t b1, int depth)
{
	struct range r = { a0, a1, b0, b1, 0, 0 };

	while (r.a0 < r.a1 && r.b0 < r.b1 &&
	       d->a[r.a0].word == d->b[r.b0].word)
		r.a0++, r.b0++;
	while (r.a0 < r.a1 && r.b0 < r.b1 &&
	       d->a[r.a1 - 1].word == d->b[r.b1 - 1].word)
		r.a1--, r.b1--;
	if (r.a0 == r.a1 || r.b0 == r.b1) {
		emit(d, r.a0, r.a1, r.b0, r.b1);
		return;
	}
	r.before = r.a0 - a0;
	r.after = a1 - r.a1;
	if (range_size(&r) > LARGE && depth < MAX_DEPTH) {
		if (diff_by_anchors(d, r, BY_CHUNKS, depth))
			return;
		skip_alike(d, &r);
	}
	if (range_size(&r) > SMALL && depth < MAX_DEPTH &&
	    (diff_by_anchors(d, r, 3, depth) ||
	     diff_by_anchors(d, r, 1, depth)))
		return;
	while (r.a0 < r.a1 && r.b0 < r.b1)
		myers(d, &r.a0, r.a1, &r.b0, r.b1, 0);
	emit(d, r.a0, r.a1, r.b0, r.b1);
}

void hunks_find(struct prose_hunks *hunks, const struct token *a,
		size_t a_count, const struct token *b, size_t b_count)
{
	struct differ d = { a, b, hunks, NULL, NULL };

	hunks->count = 0;
	diff_range(&d, 0, a_count, 0, b_count, 0);
	free(d.trace);
	free(d.furthest);
}

void prose_diff(struct prose_hunks *hunks, const struct token_list *a,
		const struct token_list *b)
{
	/* the last breaks are a pair, whatever comes before */
	hunks_find(hunks, a->items, a->count - 1, b->items, b->count - 1);
	hunks_slide(hunks, a, b);
}

size_t prose_match(size_t *match, const struct token_list *a,
		   const struct token_list *b)
{
	struct prose_hunks hunks = PROSE_HUNKS_INIT;
	size_t i = 0, k = 0, count = 0;

	prose_diff(&hunks, a, b);
	for (size_t h = 0; h <= hunks.count; h++) {
		bool last = h == hunks.count;
		size_t end = last ? b->count - 1 : hunks.items[h].b0;

		for (; k < end; i++, k++) {
			if (!k)
				continue;
			match[k - 1] = i;
			count++;
		}
		if (!last) {
			i = hunks.items[h].a1;
			k = hunks.items[h].b1;
		}
	}
	prose_hunks_release(&hunks);
	return count;
}
