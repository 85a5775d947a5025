/* SPDX-License-Identifier: MIT */
/*
 * Does a change belong where it fits, or has its paragraph been copied or
 * moved, or does it stand more than once?
 */
#include "prose_evidence.h"
#include "prose_index.h"
#include "prose_placer.h"
#include "prose_rivals.h"

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

bool placer_pair(struct pairing *out, const struct region *r,
		 const struct prose_hunk *h, size_t preferred)
{
	size_t i = region_token(&r->base, preferred - r->base_at);

	if (preferred == NO_PREFERENCE || preferred < r->base_at ||
	    r->ours.map[i] == NOWHERE ||
	    r->base_at + r->base.items[i].start != preferred)
		i = standing_token(r, h);
	if (i == NOWHERE)
		return false;
	out->base = r->base_at + r->base.items[i].start;
	out->there = r->ours_at + r->ours.tokens.items[r->ours.map[i]].start;
	return true;
}

/*
 * Is it clear that the change belongs at its place, and not at a rival:
 * another place of ours that is like it; or that what stands there is not
 * another passage of base?
 */
static bool is_clear(struct placer *p, const struct known *place,
		     const struct rival *rival)
{
	struct view a = { p->base, place->text, place->pair.base,
			  place->pair.there };
	struct view b = { p->base, rival->text, place->pair.base,
			  rival->at };

	if (!rival->in_base)
		return evidence_outweighs(p, &a, &b);
	a = (struct view){ place->text, p->base, place->pair.there,
			   place->pair.base };
	b = (struct view){ place->text, p->base, place->pair.there,
			   rival->at };
	return evidence_outweighs(p, &a, &b);
}


/*
 * A rival that has always been another passage is none, unless one of them
 * was copied, moved or taken out: then nobody knows which, and there are not
 * as many in ours as in base.
 */
static bool are_clear(struct placer *p, const struct known *place,
		      const struct rivals *rivals)
{
	size_t of_base = 0;
	bool settled = true;

	for (size_t i = 0; i < rivals->count; i++) {
		settled = settled && rivals->items[i].is_another;
		of_base += rivals->items[i].in_base;
	}
	settled = settled && 2 * of_base == rivals->count;
	for (size_t i = 0; i < rivals->count && !settled; i++)
		if (!is_clear(p, place, &rivals->items[i]))
			return false;
	return true;
}

bool placer_is_known(struct placer *p, const struct passage *passage,
		     const struct known *place, struct prose_index *ours,
		     struct prose_index *base)
{
	struct rival_source source = { ours ? ours : base, NULL, !ours };
	struct rivals rivals = { .count = 0 };

	rivals_find(&rivals, p, passage, place, &source);
	return are_clear(p, place, &rivals);
}

/*
 * Beside what moved, what was only edited where it stands may be the passage,
 * too: the region's own base and ours.
 */
static struct prose_index *near_index(struct placer *p,
				      struct moved_piece pieces[2])
{
	const struct region *r = &p->region;

	pieces[0] = (struct moved_piece){ r->base_at, r->base.text.len,
					  false };
	pieces[1] = (struct moved_piece){ r->ours_at, r->ours.tokens.text.len,
					  true };
	if (!p->near) {
		p->near = prose_index_new(p->vocabulary);
		prose_index_add(p->near, r->base.text);
		prose_index_add(p->near, r->ours.tokens.text);
	}
	return p->near;
}

bool place_is_doubtful(struct placer *p, size_t h)
{
	const struct region *r = &p->region;
	const struct moved *moved = prose_drift_moved(p->drift, p->vocabulary);
	struct known place = { p->own, p->ours, { 0, 0 } };
	struct rivals rivals = { .count = 0 };
	struct moved_piece pieces[2];
	struct passage passage;
	struct rival_source source;

	if (!moved)
		return false;
	passage = placer_passage(p, h);
	if (!placer_pair(&place.pair, r, &r->theirs.hunks.items[h],
			 NO_PREFERENCE))
		return true;
	if (r->ours.hunks.count) {
		source = (struct rival_source){ near_index(p, pieces), pieces,
						false };
		rivals_find(&rivals, p, &passage, &place, &source);
	}
	source = (struct rival_source){ moved->index, moved->pieces, false };
	rivals_find(&rivals, p, &passage, &place, &source);
	return !are_clear(p, &place, &rivals);
}
