/* SPDX-License-Identifier: MIT */
/*
 * Nearly the same words. The rare words of the quote say where it may stand:
 * each votes for a start. At the starts with most votes, words are compared
 * as letters are in an edit distance.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "quote_private.h"

#define LAST_WORDS 64	/* of a long quote: a remark is about its end */
#define FEWEST_WORDS 4
#define FEWEST_LETTERS 16
#define SEEDS 12	/* rare words that vote */
#define PLACES 64	/* each for so many places at most */
#define TRIES 6
#define SLACK 8		/* words more or less */
#define WINDOW (LAST_WORDS + 4 * SLACK)

struct near {
	const struct text_map *map;
	const struct text_word *words;
	size_t count;
	size_t letters;
};

struct near_place {
	struct span span;
	size_t cost;
};

static int compare_numbers(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

/* Indices of the rarest words, the rarest first. */
static size_t choose_seeds(const struct near *n, size_t out[SEEDS])
{
	size_t count = 0;

	for (size_t i = 0; i < n->count; i++) {
		size_t often = text_map_count(n->map, n->words[i].word), at;

		if (!often || often > PLACES * 16)
			continue;
		for (at = count; at > 0; at--) {
			size_t other = n->words[out[at - 1]].word;

			if (text_map_count(n->map, (uint32_t)other) <= often)
				break;
			if (at < SEEDS)
				out[at] = out[at - 1];
		}
		if (at < SEEDS)
			out[at] = i;
		count += count < SEEDS;
	}
	return count;
}

/* Where the quote would start if a seed were where it stands, sorted. */
static size_t cast_votes(const struct near *n, size_t *votes)
{
	size_t seeds[SEEDS], seed_count = choose_seeds(n, seeds), count = 0;

	for (size_t s = 0; s < seed_count; s++) {
		uint32_t word = n->words[seeds[s]].word;
		uint32_t from = n->map->first[word];
		uint32_t to = n->map->first[word + 1];

		for (uint32_t i = from; i < to && i - from < PLACES; i++) {
			size_t at = n->map->positions[i];

			votes[count++] = at > seeds[s] ? at - seeds[s] : 0;
		}
	}
	qsort(votes, count, sizeof(*votes), compare_numbers);
	return count;
}

/* The next best start: the most votes within a few words. They are used up:
 * the caller asks again for the next. */
static bool take_start(size_t *votes, size_t *count, size_t *start)
{
	size_t best = 0, best_at = 0, from = 0;

	for (size_t i = 0; i < *count; i++) {
		while (votes[i] - votes[from] > SLACK)
			from++;
		if (i - from + 1 > best) {
			best = i - from + 1;
			best_at = from;
		}
	}
	if (!best)
		return false;
	*start = votes[best_at];
	memmove(votes + best_at, votes + best_at + best,
		(*count - best_at - best) * sizeof(*votes));
	*count -= best;
	return true;
}

/* What it costs that one word stands for another: the letters between what
 * they have in common at both ends. */
static size_t cost_of(const struct near *n, uint32_t a, uint32_t b)
{
	struct slice x = quote_word(n->map, a), y = quote_word(n->map, b);
	size_t shorter = x.len < y.len ? x.len : y.len;
	size_t longer = x.len < y.len ? y.len : x.len, same = 0, end = 0;

	if (a == b)
		return 0;
	while (same < shorter && x.ptr[same] == y.ptr[same])
		same++;
	while (end < shorter - same &&
	       x.ptr[x.len - 1 - end] == y.ptr[y.len - 1 - end])
		end++;
	return longer - same - end;
}

struct row {
	size_t cost[WINDOW + 1];
	size_t start[WINDOW + 1];
};

static size_t letters_of(const struct near *n, uint32_t word)
{
	return quote_word(n->map, word).len;
}

static void next_row(const struct near *n, const struct row *above,
		     struct row *row, uint32_t word, const struct span *window)
{
	const struct text_word *text = n->map->words.items + window->start;
	size_t own = letters_of(n, word), count = window->end - window->start;

	row->cost[0] = above->cost[0] + own;
	row->start[0] = above->start[0];
	for (size_t j = 1; j <= count; j++) {
		uint32_t other = text[j - 1].word;
		size_t both = above->cost[j - 1] + cost_of(n, word, other);
		size_t mine = above->cost[j] + own;
		size_t theirs = row->cost[j - 1] + letters_of(n, other);

		if (both <= mine && both <= theirs) {
			row->cost[j] = both;
			row->start[j] = above->start[j - 1];
		} else if (mine <= theirs) {
			row->cost[j] = mine;
			row->start[j] = above->start[j];
		} else {
			row->cost[j] = theirs;
			row->start[j] = row->start[j - 1];
		}
	}
}

/* The part of the window that costs least; it may start and end anywhere. */
static struct near_place compare(const struct near *n, struct span window)
{
	static const size_t far = SIZE_MAX / 2;
	struct row rows[2], *row = &rows[0], *above = &rows[1], *swap;
	struct near_place best = { { 0, 0 }, far };
	size_t count = window.end - window.start;

	for (size_t j = 0; j <= count; j++) {
		row->cost[j] = 0;
		row->start[j] = j;
	}
	for (size_t i = 0; i < n->count; i++) {
		swap = row;
		row = above;
		above = swap;
		next_row(n, above, row, n->words[i].word, &window);
	}
	for (size_t j = 0; j <= count; j++) {
		if (row->cost[j] >= best.cost)
			continue;
		best.cost = row->cost[j];
		best.span.start = window.start + row->start[j];
		best.span.end = window.start + j;
	}
	return best;
}

static struct span window_at(const struct near *n, size_t start)
{
	size_t from = start > SLACK ? start - SLACK : 0;
	size_t to = start + n->count + 2 * SLACK;

	if (to > n->map->words.count)
		to = n->map->words.count;
	return (struct span){ from < to ? from : to, to };
}

static bool overlaps(const struct near_place *places, size_t count,
		     struct span span)
{
	for (size_t i = 0; i < count; i++)
		if (span.start < places[i].span.end &&
		    places[i].span.start < span.end)
			return true;
	return false;
}

static int compare_places(const void *a, const void *b)
{
	const struct near_place *x = a, *y = b;

	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	return (x->span.start > y->span.start) -
	       (x->span.start < y->span.start);
}

void quote_match_near(struct spans *out, const struct text_map *map,
		      const struct text_word *words, size_t count)
{
	size_t skip = count > LAST_WORDS ? count - LAST_WORDS : 0;
	struct near n = { map, words + skip, count - skip, 0 };
	size_t votes[SEEDS * PLACES], vote_count, start, found = 0;
	struct near_place places[TRIES];

	out->count = 0;
	for (size_t i = 0; i < n.count; i++)
		n.letters += letters_of(&n, n.words[i].word);
	if (n.count < FEWEST_WORDS || n.letters < FEWEST_LETTERS)
		return;
	vote_count = cast_votes(&n, votes);
	for (int i = 0; i < TRIES && take_start(votes, &vote_count, &start);
	     i++) {
		struct near_place p = compare(&n, window_at(&n, start));

		if (p.cost * 100 <= n.letters * 15 &&
		    p.span.end > p.span.start &&
		    !overlaps(places, found, p.span))
			places[found++] = p;
	}
	qsort(places, found, sizeof(*places), compare_places);
	for (size_t i = 0; i < found; i++) {
		GROW(out->items, out->count, out->capacity);
		out->items[out->count++] = places[i].span;
	}
}
