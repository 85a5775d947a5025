/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "alloc.h"
#include "longest_chain.h"
#include "prose_anchors.h"
#include "tokens.h"

#define CHUNK 32	/* words of a chunk, about */

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

static void find_pairs(struct anchors *pairs, const struct token *a, size_t a0,
		       size_t a1, const struct token *b, size_t b0, size_t b1,
		       size_t width)
{
	size_t step = width == BY_CHUNKS ? 0 : 1, size = 64, runs = 0;
	struct once *table, *o;

	for (size_t i = a0, n; (n = run_at(a, i, a1, width));
	     i += step ? step : n)
		runs++;
	while (size < 2 * runs)
		size *= 2;
	table = xcalloc(size, sizeof(*table));
	for (size_t i = a0, n; (n = run_at(a, i, a1, width));
	     i += step ? step : n) {
		uint64_t hash = hash_run(a + i, n);

		o = once_find(table, size, hash);
		o->hash = hash;
		o->a = (uint32_t)(i - a0) + 1;
		o->count_a++;
	}
	for (size_t i = b0, n; (n = run_at(b, i, b1, width));
	     i += step ? step : n) {
		o = once_find(table, size, hash_run(b + i, n));
		if (!o->hash)
			continue;
		o->b = (uint32_t)(i - b0) + 1;
		o->count_b++;
	}
	for (size_t i = a0, n; (n = run_at(a, i, a1, width));
	     i += step ? step : n) {
		size_t j;

		o = once_find(table, size, hash_run(a + i, n));
		if (o->count_a != 1 || o->count_b != 1)
			continue;
		j = b0 + o->b - 1;
		if (!tells(a + i, n) || j + n > b1 ||
		    !same_run(a + i, b + j, n))
			continue;
		GROW(pairs->items, pairs->count, pairs->capacity);
		pairs->items[pairs->count++] = (struct anchor){ i, j, n };
	}
	free(table);
}

/* Keep the longest chain of pairs that is in order in both texts. */
static void keep_chain(struct anchors *pairs)
{
	size_t n = pairs->count, *chain, *places;

	if (n < 2)
		return;
	places = xreallocarray(NULL, n, sizeof(*places));
	chain = xreallocarray(NULL, n, sizeof(*chain));
	for (size_t i = 0; i < n; i++)
		places[i] = pairs->items[i].b;
	pairs->count = longest_chain(chain, places, n);
	for (size_t i = 0; i < pairs->count; i++)
		pairs->items[i] = pairs->items[chain[i]];
	free(chain);
	free(places);
}

void anchors_find(struct anchors *anchors, const struct token *a, size_t a0,
		  size_t a1, const struct token *b, size_t b0, size_t b1,
		  size_t width)
{
	find_pairs(anchors, a, a0, a1, b, b0, b1, width);
	keep_chain(anchors);
}
