/* SPDX-License-Identifier: MIT */
/* What is shown of a conflict; see prose_region.h. */
#include "prose_region.h"

/* What a side made of base tokens from..to, hunks at both ends included. */
static void side_hull(const struct region_side *side, size_t from, size_t to,
		      size_t *start, size_t *end)
{
	size_t h = region_first_hunk(&side->hunks, from);
	const struct prose_hunks *hunks = &side->hunks;

	while (h < hunks->count && hunks->items[h].a0 < from)
		h++;
	*start = region_moved(hunks, h, from);
	while (h < hunks->count && hunks->items[h].a1 <= to &&
	       hunks->items[h].a0 <= to)
		h++;
	*end = region_moved(hunks, h, to);
}

/* Widen from..to to the hunks of a side that it cuts. */
static bool widen(const struct region_side *side, size_t *from, size_t *to)
{
	const struct prose_hunks *hunks = &side->hunks;
	bool changed = false;

	for (size_t h = region_first_hunk(hunks, *from); h < hunks->count &&
	     hunks->items[h].a0 < *to; h++) {
		if (hunks->items[h].a1 <= *from)
			continue;
		if (hunks->items[h].a0 < *from) {
			*from = hunks->items[h].a0;
			changed = true;
		}
		if (hunks->items[h].a1 > *to) {
			*to = hunks->items[h].a1;
			changed = true;
		}
	}
	return changed;
}

static bool starts_with_break(const struct region *r,
			      const struct region_hull *h)
{
	return h->base0 < h->base1 && h->theirs0 < h->theirs1 &&
	       h->ours0 < h->ours1 &&
	       token_is_break(&r->base.items[h->base0]) &&
	       token_is_break(&r->theirs.tokens.items[h->theirs0]) &&
	       token_is_break(&r->ours.tokens.items[h->ours0]);
}

static bool ends_with_break(const struct region *r,
			    const struct region_hull *h)
{
	return h->base0 < h->base1 && h->theirs0 < h->theirs1 &&
	       h->ours0 < h->ours1 &&
	       token_is_break(&r->base.items[h->base1 - 1]) &&
	       token_is_break(&r->theirs.tokens.items[h->theirs1 - 1]) &&
	       token_is_break(&r->ours.tokens.items[h->ours1 - 1]);
}

struct region_hull region_hull(const struct region *r, size_t from, size_t to)
{
	struct region_hull hull = { from, to, 0, 0, 0, 0 };
	bool wider;

	if (from == to) { /* the sentence around what is put in */
		if (from && !(token_is_break(&r->base.items[from - 1]) &&
			      !token_is_break(&r->base.items[from])))
			from--;
		else
			to++;
	}
	do {
		from = r->sentence_start[r->sentence[from]];
		if (to > from)
			to = r->sentence_start[r->sentence[to - 1] + 1];
		wider = widen(&r->theirs, &from, &to);
		wider = widen(&r->ours, &from, &to) || wider;
	} while (wider);
	hull.base0 = from;
	hull.base1 = to;
	side_hull(&r->theirs, from, to, &hull.theirs0, &hull.theirs1);
	side_hull(&r->ours, from, to, &hull.ours0, &hull.ours1);
	while (starts_with_break(r, &hull))
		hull.base0++, hull.theirs0++, hull.ours0++;
	while (ends_with_break(r, &hull))
		hull.base1--, hull.theirs1--, hull.ours1--;
	return hull;
}
