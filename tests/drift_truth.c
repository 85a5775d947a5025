/* SPDX-License-Identifier: MIT */
/* What is right, for drift.h. */
#include <string.h>

#include "drift.h"
#include "drift_text.h"

/* Is item `at` new, or of the block of base whose items are from..to? */
static bool is_within(const struct drift_text *base,
		      const struct drift_item *item, size_t from, size_t to)
{
	return !item->origin || (item->twin >= base->items[from].twin &&
				 item->twin <= base->items[to - 1].twin);
}

/*
 * Do the words that stood before and after the block of word `origin` in base
 * stand before and after item `at` of `t`, with nothing but that block, or
 * what is new, between?
 */
static bool among_neighbours(const struct drift *d, const struct drift_text *t,
			     size_t at, uint32_t origin)
{
	const struct drift_text *base = &d->base_items;
	size_t before = drift_block_start(base, origin - 1);
	size_t after = drift_block_end(base, origin - 1);
	size_t left = at, right = at + 1;

	while (left && is_within(base, &t->items[left - 1], before, after) &&
	       t->items[left].twin != base->items[before].twin)
		left--;
	while (right < t->count &&
	       is_within(base, &t->items[right], before, after) &&
	       t->items[right].twin != base->items[before].twin)
		right++;
	return (before ? left && t->items[left - 1].twin ==
			 base->items[before - 1].twin : !left) &&
	       (after < base->count ?
		right < t->count && t->items[right].twin ==
				    base->items[after].twin :
		right == t->count);
}

/* Does a block of t start at `at` with the words of block `of` of base? */
static bool is_block(const struct drift *d, const struct drift_text *t,
		     size_t at, size_t of)
{
	const struct drift_text *base = &d->base_items;

	return at + 1 < t->count && of + 1 < base->count &&
	       t->items[at].block &&
	       t->items[at + 1].twin == base->items[of + 1].twin;
}

/* Do blocks `at` of t and `of` of base have the same words? */
static bool same_words(const struct drift *d, const struct drift_text *t,
		       size_t at, size_t of)
{
	const struct drift_text *base = &d->base_items;
	size_t count = drift_block_end(base, of) - of, i = 1;

	if (drift_block_end(t, at) - at != count)
		return false;
	while (i < count && !strcmp(t->items[at + i].text,
				    base->items[of + i].text))
		i++;
	return i == count;
}

/* Has item `of` of base a twin in items from..to of t? */
static bool has_twin(const struct drift *d, const struct drift_text *t,
		     size_t from, size_t to, size_t of)
{
	const struct drift_text *base = &d->base_items;

	while (from < to && of < base->count &&
	       t->items[from].twin != base->items[of].twin)
		from++;
	return from < to && of < base->count;
}

/*
 * How many of its old neighbours are still beside the block of item `at`, or
 * joined to it? One that says what it said counts twice.
 */
static int neighbours_beside(const struct drift *d, const struct drift_text *t,
			     size_t at, uint32_t origin)
{
	const struct drift_text *base = &d->base_items;
	size_t first = drift_block_start(base, origin - 1);
	size_t after = drift_block_end(base, origin - 1);
	size_t start = drift_block_start(t, at), end = drift_block_end(t, at);
	int count = 0;

	if (first && start) {
		size_t of = drift_block_start(base, first - 1);
		size_t before = drift_block_start(t, start - 1);

		count += is_block(d, t, before, of) ?
			 1 + same_words(d, t, before, of) :
			 has_twin(d, t, start, at, first - 1);
	}
	if (after < base->count)
		count += is_block(d, t, end, after) ?
			 1 + same_words(d, t, end, after) :
			 has_twin(d, t, at, end, after + 1);
	return count;
}

/* Are at least half of the words of its old block in the block of item `at`? */
static bool is_half(const struct drift *d, const struct drift_text *t,
		    size_t at, uint32_t origin)
{
	const struct drift_text *base = &d->base_items;
	size_t first = drift_block_start(base, origin - 1), count = 0;
	size_t after = drift_block_end(base, origin - 1);

	for (size_t i = drift_block_start(t, at), to = drift_block_end(t, at);
	     i < to; i++)
		count += t->items[i].twin > base->items[first].twin &&
			 t->items[i].twin <= base->items[after - 1].twin;
	return 2 * count >= after - first;
}

/*
 * To a reader, the one block that still stands beside a neighbour of old is
 * the block, when no other does, or not as well, whichever the author calls
 * the copy.
 */
static bool alone_beside_neighbours(const struct drift *d,
				    const struct drift_text *t, size_t at,
				    uint32_t origin)
{
	int count = neighbours_beside(d, t, at, origin);

	for (size_t i = 0; i < t->count && count; i++)
		if (i != at && t->items[i].twin == t->items[at].twin &&
		    is_half(d, t, i, origin) &&
		    neighbours_beside(d, t, i, origin) >= count)
			count = 0;
	return count;
}

/* --- as many twins as in base, in order --- */

/* The base item that is the twin `twin` and has `before` twins before it. */
static uint32_t nth_twin(const struct drift_text *base, uint32_t twin,
			 size_t before)
{
	for (size_t i = 0; i < base->count; i++)
		if (base->items[i].twin == twin && !before--)
			return base->items[i].origin;
	return 0;
}

/* Twins in t, and those before item `at`. */
static size_t count_twins(const struct drift_text *t, uint32_t twin, size_t at,
			  size_t *before)
{
	size_t count = 0;

	*before = 0;
	for (size_t i = 0; i < t->count; i++) {
		count += t->items[i].twin == twin;
		*before += i < at && t->items[i].twin == twin;
	}
	return count;
}

/* Which item of base is it, if there are as many of its twins as there? */
static uint32_t ranked(const struct drift *d, size_t at)
{
	const struct drift_text *base = &d->base_items, *t = &d->ours_items;
	uint32_t twin = t->items[at].twin;
	size_t before, unused;

	if (!twin || count_twins(t, twin, at, &before) !=
		     count_twins(base, twin, 0, &unused))
		return 0;
	return nth_twin(base, twin, before);
}

void drift_number(struct drift *d)
{
	struct drift_text *t = &d->ours_items;
	uint32_t block = 0, twin = 0;

	for (size_t i = 0; i < t->count; i++) {
		struct drift_item *item = &t->items[i];

		item->place = (uint32_t)i + 1;
		item->ranked = ranked(d, i);
		if (item->block) {
			block = item->ranked;
			twin = item->twin;
		} else if (block && item->twin > twin && !item->ranked &&
			   item->twin < twin + drift_block_end(
				&d->base_items, block - 1) - block + 1) {
			item->ranked = block + item->twin - twin;
		}
	}
}

/*
 * May a change go to this copy of the word? It may if it is the word itself,
 * or if the word itself is gone and there is one copy, or if it stands among
 * its old neighbours: who would say then which is the copy? It is judged by
 * ours as it is, without what other changes make of it.
 */
static bool is_right_copy(const struct drift *d,
			  const struct drift_item *item, uint32_t origin)
{
	const struct drift_text *t = &d->ours_items;
	size_t copies = 0, at = item->place - 1;

	if (item->ranked == origin || among_neighbours(d, t, at, origin) ||
	    alone_beside_neighbours(d, t, at, origin))
		return true;
	if (item->origin != origin)
		return false;
	if (!item->copy)
		return true;
	for (size_t i = 0; i < t->count; i++) {
		if (t->items[i].origin != origin)
			continue;
		if (!t->items[i].copy)
			return false;
		copies++;
	}
	return copies == 1;
}

#define MOST_PLACES 8

/* Is item `at` that word of base, or its twin, in that copy? */
static bool is_item(const struct drift *d, const struct drift_text *t,
		    size_t at, uint32_t origin, int copy)
{
	return at < t->count && t->items[at].place &&
	       origin - 1 < d->base_items.count &&
	       t->items[at].twin == d->base_items.items[origin - 1].twin &&
	       t->items[at].copy == copy;
}

/* Are both in base, and the same words? */
static bool is_double(const struct drift *d, uint32_t a, uint32_t b)
{
	const struct drift_text *base = &d->base_items;

	return a && b && a <= base->count && b <= base->count &&
	       !base->items[a - 1].block &&
	       !strcmp(base->items[a - 1].text, base->items[b - 1].text);
}

/* Is it that word; or, where one of two equal words is gone, either of them? */
static bool is_either(const struct drift *d, const struct drift_text *t,
		      size_t at, uint32_t origin, int copy)
{
	return is_item(d, t, at, origin, copy) ||
	       (is_double(d, origin, origin - 1) &&
		is_item(d, t, at, origin - 1, copy)) ||
	       (is_double(d, origin, origin + 1) &&
		is_item(d, t, at, origin + 1, copy));
}

/*
 * Item `at` of t stands after word `from` - 1 of base, or before the word
 * `from`: does a block beside it say what the block beside that one did?
 */
static bool looks_the_same(const struct drift *d, const struct drift_text *t,
			   size_t at, uint32_t from, bool left)
{
	const struct drift_text *base = &d->base_items;
	size_t of = from - 1, next = at;

	if (left)
		next = drift_block_end(t, at);
	if (left ? next >= t->count : !at)
		return false;
	return left ? same_words(d, t, next, of) :
	       same_words(d, t, drift_block_start(t, at - 1),
			  drift_block_start(base, of - 1));
}

/*
 * Has the author, too, put something in between the words `from` - 1 and
 * `from` of base, one of which is at `at`? Nobody knows what comes first; but
 * a block comes after a sentence.
 */
static bool is_contested(const struct drift *d, const struct drift_text *t,
			 size_t at, uint32_t from, bool left, bool block)
{
	size_t i = at, same = 0;

	if (block && looks_the_same(d, t, at, from, left))
		return false;
	while (left ? ++i < t->count && !t->items[i].origin :
	       i && !t->items[--i].origin)
		same += block ? t->items[i].block :
			left ? !t->items[at + 1].block : t->items[at].block;
	if (left)
		return same && i < t->count && t->items[i].origin == from;
	return same && t->items[i].origin == from - 1;
}

/*
 * Where a change may go in `t`. What it takes out has to stand there as a
 * whole, and in a sentence that is still the same; what it puts in goes
 * between the same words, or beside one of them where whole sentences are put
 * in.
 */
static size_t read_places(const struct drift *d, const struct drift_text *t,
			  const struct drift_change *c, size_t out[MOST_PLACES])
{
	uint32_t from = (uint32_t)c->from + 1, to = (uint32_t)c->to + 1;
	bool block = c->words.count && c->words.items[0].block;
	size_t count = 0;

	for (size_t at = 0; at < t->count && count < MOST_PLACES; at++) {
		int copy = t->items[at].copy;
		uint32_t i = from;

		if (from < to) {
			if (!is_item(d, t, at, from, copy) ||
			    !is_right_copy(d, &t->items[at], from))
				continue;
			while (i < to &&
			       is_item(d, t, at + i - from, i, copy) &&
			       !t->items[at + i - from].rewritten)
				i++;
			if (i == to)
				out[count++] = at;
		} else if (is_either(d, t, at, from - 1, copy)) {
			bool follows = is_either(d, t, at + 1, from, copy);

			if (!t->items[at].rewritten &&
			    is_right_copy(d, &t->items[at], from - 1) &&
			    (follows || (c->whole &&
					 !is_contested(d, t, at, from,
						       true, block)))) {
				out[count] = at + 1;
				while (block && out[count] < t->count &&
				       !t->items[out[count]].block)
					out[count]++;
				count++;
			}
		} else if (c->whole && is_item(d, t, at, from, copy) &&
			   !is_contested(d, t, at, from, false, block) &&
			   is_right_copy(d, &t->items[at], from)) {
			out[count++] = at;
		}
	}
	return count;
}

/* The same change, read one word to the left or right; false: it is not. */
static bool slide(struct drift_change *c, const struct drift_text *base,
		  bool left)
{
	const struct drift_text *words = &c->words;
	size_t next = left ? c->from - 1 : c->to;
	const char *text, *other;

	if (c->to - c->from + words->count != 1 || (left && !c->from) ||
	    next >= base->count || base->items[next].block)
		return false;
	text = words->count ? words->items[0].text :
	       base->items[c->from].text;
	other = base->items[next].text;
	c->from = left ? c->from - 1 : c->from + 1;
	c->to = left ? c->to - 1 : c->to + 1;
	return !strcmp(text, other);
}

/* Before one of equal words, or after it: the spaces go with the latter. */
static size_t slide_back(const struct drift_text *t, size_t at,
			 const struct drift_change *c, size_t by)
{
	size_t to = at;

	if (c->from != c->to)
		return at;
	while (by-- && to < t->count &&
	       !strcmp(t->items[to].text, c->words.items[0].text))
		to++;
	return to;
}

/*
 * Where a change may go. "very" put in before "very" is "very" put in after
 * it: nobody can tell, and the text is the same.
 */
static size_t places(const struct drift *d, const struct drift_text *t,
		     const struct drift_change *c, size_t out[MOST_PLACES])
{
	size_t count = read_places(d, t, c, out);

	for (int left = 0; left < 2 && !count; left++) {
		struct drift_change slid = *c;

		while (!count && slide(&slid, &d->base_items, left))
			count = read_places(d, t, &slid, out);
		for (size_t i = 0; i < count && left; i++)
			out[i] = slide_back(t, out[i], c, c->from - slid.from);
	}
	return count;
}

/* Has the author put the same words there? */
static bool is_put_in(const struct drift_text *t, const struct drift_change *c)
{
	for (size_t i = 1; i + c->words.count < t->count; i++) {
		size_t n = 0;

		if (t->items[i - 1].origin != c->from ||
		    t->items[i + c->words.count].origin != c->to + 1)
			continue;
		while (n < c->words.count && !strcmp(t->items[i + n].text,
						     c->words.items[n].text))
			n++;
		if (n == c->words.count)
			return true;
	}
	return false;
}

/*
 * Has the author made the same change? Where twins are counted, in order, the
 * words may be gone though they are there, and the other way round: that is
 * one way to see it.
 */
enum done { NOT_DONE, MAYBE_DONE, DONE };

static enum done is_gone(const struct drift *d, const struct drift_change *c)
{
	const struct drift_text *t = &d->ours_items;
	bool done = true, ordered = true;

	for (size_t i = 0; i < t->count; i++) {
		const struct drift_item *item = &t->items[i];
		uint32_t origin = item->ranked ? item->ranked : item->origin;

		done = done && !(item->origin > c->from &&
				 item->origin <= c->to);
		ordered = ordered && !(origin > c->from && origin <= c->to);
	}
	return done && ordered ? DONE :
	       done || ordered ? MAYBE_DONE : NOT_DONE;
}

static enum done is_done(const struct drift *d, const struct drift_change *c)
{
	enum done done;

	if (c->words.count)
		return is_put_in(&d->ours_items, c) ? DONE : NOT_DONE;
	done = is_gone(d, c);
	for (int left = 0; left < 2 && done == NOT_DONE; left++) {
		struct drift_change slid = *c;

		while (done == NOT_DONE && slide(&slid, &d->base_items, left))
			done = is_gone(d, &slid) == NOT_DONE ? NOT_DONE :
			       MAYBE_DONE;
	}
	return done;
}

/* Every way to apply changes n.. of the reader, or some of them. */
static bool try_ways(const struct drift *d, const struct drift_reader *r,
		     const struct drift_text *t, size_t n, bool all,
		     struct slice result)
{
	size_t at[MOST_PLACES], count;
	enum done done;
	bool found = false;

	if (n == r->count) {
		struct strbuf text = STRBUF_INIT;

		drift_render(&text, t, d->crlf);
		found = drift_same(strbuf_slice(&text), result);
		strbuf_release(&text);
		return found;
	}
	done = is_done(d, &r->changes[n]);
	if ((!all || done != NOT_DONE) &&
	    try_ways(d, r, t, n + 1, all, result))
		return true;
	if (all && done == DONE)
		return false;
	count = places(d, t, &r->changes[n], at);
	for (size_t i = 0; i < count && !found; i++) {
		struct drift_text made = { NULL, 0, 0 };
		const struct drift_change *c = &r->changes[n];

		for (size_t k = 0; k < t->count; k++)
			drift_add(&made, &t->items[k]);
		drift_splice_items(&made, at[i], c->to - c->from,
				   c->words.items,
		       c->words.count);
		found = try_ways(d, r, &made, n + 1, all, result);
		drift_text_release(&made);
	}
	return found;
}

bool drift_is_merged(const struct drift *d, size_t r, struct slice result)
{
	return try_ways(d, &d->readers[r], &d->ours_items, 0, true, result);
}

bool drift_is_part(const struct drift *d, size_t r, struct slice result)
{
	return try_ways(d, &d->readers[r], &d->ours_items, 0, false, result);
}
