/* SPDX-License-Identifier: MIT */
/*
 * Does a change belong where it fits, or has its paragraph been copied or
 * moved, or does it stand more than once?
 */
#include <stdlib.h>

#include "alloc.h"
#include "prose_index.h"
#include "prose_placer.h"

#define FIRST_REACH 300		/* bytes around a place that are compared */
#define LAST_REACH (FIRST_REACH * 64)

void moved_release(struct moved *moved)
{
	prose_index_free(moved->index);
	free(moved->pieces);
	*moved = (struct moved){ NULL, NULL, 0, 0, 0 };
}

static void add_piece(struct moved *m, struct slice text, size_t from,
		      size_t to, bool is_ours)
{
	if (from == to)
		return;
	GROW(m->pieces, m->count, m->capacity);
	m->pieces[m->count++] = (struct moved_piece){ from, is_ours };
	prose_index_add(m->index, slice_sub(text, from, to));
}

static void read_moved(struct placer *p)
{
	struct moved *m = &p->moved;

	m->index = prose_index_new(p->vocabulary);
	for (size_t i = 0; i < p->author.count; i++) {
		const struct lines_hunk *h = &p->author.items[i];

		add_piece(m, p->base, h->a0, h->a1, false);
		add_piece(m, p->ours, h->b0, h->b1, true);
	}
	m->budget = 16 * (p->base.len + p->ours.len) + (1 << 22);
}

/* The token of base next to the hunk that stands in ours; NOWHERE. */
static uint32_t standing_token(const struct region *r,
			       const struct prose_hunk *h)
{
	for (size_t left = h->a0, right = h->a1;
	     left || right < r->base.count; right++) {
		if (left && r->ours.map[--left] != NOWHERE &&
		    r->base.items[left].flags & TOKEN_COUNTED)
			return (uint32_t)left;
		if (right < r->base.count && r->ours.map[right] != NOWHERE &&
		    r->base.items[right].flags & TOKEN_COUNTED)
			return (uint32_t)right;
	}
	return NOWHERE;
}

/* Two bytes, of base and of ours or base, where the same word is. */
struct pairing {
	size_t base, there;
};

static bool pair_of(struct pairing *out, const struct region *r,
		    const struct prose_hunk *h)
{
	uint32_t i = standing_token(r, h);

	if (i == NOWHERE)
		return false;
	out->base = r->base_at + r->base.items[i].start;
	out->there = r->ours_at + r->ours.tokens.items[r->ours.map[i]].start;
	return true;
}

/* Where the word at byte `at` of base stands by the region. */
static bool stands_at(const struct region *r, size_t at, size_t there)
{
	size_t low = 0, high = r->base.count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (r->base_at + r->base.items[middle].start < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low < r->base.count && r->ours.map[low] != NOWHERE &&
	       r->ours_at + r->ours.tokens.items[r->ours.map[low]].start ==
		       there;
}

/* `reach` bytes on each side, up to the start of a character. */
static struct text_part around(struct slice text, size_t at, size_t reach)
{
	size_t from = at > reach ? at - reach : 0;
	size_t to = text.len - at > reach ? at + reach : text.len;

	while (from && ((unsigned char)text.ptr[from] & 0xC0) == 0x80)
		from--;
	while (to < text.len && ((unsigned char)text.ptr[to] & 0xC0) == 0x80)
		to++;
	return (struct text_part){ text, { from, to } };
}

/* How many words around `at` stand around `there`. */
static size_t likeness(struct placer *p, size_t at, struct slice text,
		       size_t there, size_t reach)
{
	struct text_part base = around(p->base, at, reach);
	struct text_part other = around(text, there, reach + reach / 4);

	p->moved.budget -= p->moved.budget < 4 * reach ? p->moved.budget :
			   4 * reach;
	region_read(&p->window, p->vocabulary, base, base, other);
	return p->window.ours.kept[p->window.base.count];
}

/*
 * The place of the change, and a rival: another place of ours where it could
 * go, or another passage of base that may be what stands at the place. Is it
 * clear, the further one looks, that they belong together? What stands around
 * the place must be less than three quarters as much like the rival's.
 */
static bool outweighs(struct placer *p, const struct pairing *place,
		      const struct pairing *rival, bool is_ours)
{
	for (size_t reach = FIRST_REACH; reach <= LAST_REACH; reach *= 4) {
		size_t own, other;

		if (!p->moved.budget)
			return false;
		own = likeness(p, place->base, p->ours, place->there, reach);
		other = is_ours ?
			likeness(p, rival->base, p->ours, rival->there,
				 reach) :
			likeness(p, rival->there, p->ours, place->there,
				 reach);
		if (4 * other < 3 * own)
			return true;
		if (4 * own < 3 * other)
			return false;
	}
	return false;
}

bool place_is_doubtful(struct placer *p, size_t h, struct span at)
{
	const struct region *r = &p->region;
	struct prose_found found[MOST_PLACES];
	struct passage passage;
	struct pairing place, rival;
	size_t count;

	if (!p->author.count)
		return false;
	if (!p->moved.index)
		read_moved(p);
	passage = placer_passage(p, h);
	count = placer_find(p, p->moved.index, &passage, found);
	if (!count || !pair_of(&place, r, &r->theirs.hunks.items[h]))
		return count > 0;
	for (size_t i = 0; i < count; i++) {
		const struct moved_piece *piece =
			&p->moved.pieces[found[i].text];
		struct slice text = piece->is_ours ? p->ours : p->base;
		struct text_part here = { text, found[i].span };
		size_t n;

		here.span.start += piece->at;
		here.span.end += piece->at;
		if (placer_try(p, &passage, here).fate == FATE_GONE)
			continue;
		n = placer_same_hunk(&p->window, &passage.hunk);
		if (!pair_of(&rival, &p->window,
			     &p->window.theirs.hunks.items[n]))
			continue;
		if (piece->is_ours ? stands_at(r, rival.base, rival.there) :
		    rival.base == rival.there)
			continue; /* itself */
		if (!outweighs(p, &place, &rival, piece->is_ours))
			return true;
	}
	return false;
}
