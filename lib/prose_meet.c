/* SPDX-License-Identifier: MIT */
/* Do changes of both sides touch the same place? See prose_merge.h. */
#include "prose_region.h"

#define FEW (4 * WORD_POINTS)

/* Hunks that may have less than a few words between them and another. */
#define AROUND 4

bool prose_hunk_is_form(const struct prose_hunk *h,
			const struct token_list *a,
			const struct token_list *b)
{
	for (size_t i = h->a0; i < h->a1; i++)
		if (!token_is_break(&a->items[i]))
			return false;
	for (size_t i = h->b0; i < h->b1; i++)
		if (!token_is_break(&b->items[i]))
			return false;
	return true;
}

/* True if the hunk clearly belongs to the words before it, or after it. */
static bool belongs_left(const struct prose_hunk *h)
{
	return h->a0 < h->a1 || (h->ends && !h->starts);
}

static bool belongs_right(const struct prose_hunk *h)
{
	return h->a0 < h->a1 || (h->starts && !h->ends);
}

static bool has_sentence(const struct token_list *t, size_t from, size_t to)
{
	while (from < to && !(t->items[from].flags & TOKEN_SENTENCE))
		from++;
	return from < to;
}

/*
 * Is the hunk more than words of one sentence, and yet not whole sentences?
 * Then nobody knows which of them are beside it.
 */
static bool is_rewrite(const struct region *r, const struct prose_hunk *h,
		       const struct token_list *t)
{
	return !(h->starts && h->ends) &&
	       (has_sentence(&r->base, h->a0 + 1, h->a1) ||
		has_sentence(t, h->b0 + 1, h->b1));
}

/* Does the hunk put in a sentence, or part one? */
static bool puts_sentence(const struct prose_hunk *h,
			  const struct token_list *a,
			  const struct token_list *b)
{
	return (h->a0 == h->a1 && h->starts && h->ends) ||
	       (has_sentence(b, h->b0 + 1, h->b1) &&
		!has_sentence(a, h->a0 + 1, h->a1));
}

/*
 * Do tokens from..to of base part what is on both sides of them? A mark does,
 * or a word, or as many letters as are worth one. If `least` is not 0, marks
 * and breaks do not, which any two texts have, and words worth as much do.
 */
static bool part(const struct region *r, size_t from, size_t to, size_t least)
{
	size_t points = 0, enough = least ? least : WORD_POINTS;

	for (; from < to && points < enough; from++) {
		const struct token *t = &r->base.items[from];

		points += least || t->flags & TOKEN_LETTER ? token_points(t) :
			  WORD_POINTS;
	}
	return points >= enough;
}

/* Where a hunk of theirs may start, to touch none of the hunks of ours. */
struct reading {
	size_t first, last;
};

/*
 * Do a hunk of theirs and one of ours touch the same place? They do if there
 * is no word that stands on both sides between them; but whole sentences or
 * paragraphs may come and go right beside a change. If not, the reading is
 * what is left of it; nothing may be left, after several hunks.
 */
static bool meet(const struct region *r, const struct prose_hunk *h,
		 const struct prose_hunk *g, struct reading *reading)
{
	bool h_whole = h->starts && h->ends, g_whole = g->starts && g->ends;
	size_t h_len = h->a1 - h->a0, g_len = g->a1 - g->a0;
	const struct token_list *ours = &r->ours.tokens;
	size_t words = 0;

	if (!h_len && is_rewrite(r, g, ours))
		words = WORD_POINTS;
	/* both put sentences in, and marks are alike: which comes first? */
	if (!(h_whole && g_whole) &&
	    puts_sentence(h, &r->base, &r->theirs.tokens) &&
	    puts_sentence(g, &r->base, ours))
		words = WORD_POINTS;
	/* both put paragraphs in, or part them: a word may be chance */
	if (prose_hunk_puts_break(h, &r->base, &r->theirs.tokens) &&
	    (token_list_has_break(ours, g->b0, g->b1) ||
	     (token_list_has_break(&r->base, g->a0, g->a1) && !g_whole) ||
	     prose_hunk_is_form(g, &r->base, ours)))
		words = FEW;

	/* whose words come first, where both put some in? */
	if (h->a0 == h->a1 && g->a0 == g->a1 && h->lo <= g->hi &&
	    g->lo <= h->hi)
		return true;
	/* the reading of each that is the furthest from the other */
	if (g->hi <= h->lo && part(r, g->lo + g_len, h->hi - h_len,
					words)) {
		size_t first = g->lo + g_len + 1;

		while (!part(r, g->lo + g_len, first, words))
			first++;
		if (reading->first < first)
			reading->first = first;
		return false;
	}
	if (h->hi <= g->lo && part(r, h->lo + h_len, g->hi - g_len,
					words)) {
		size_t last = g->hi - g_len - 1;

		while (!part(r, last, g->hi - g_len, words))
			last--;
		if (reading->last > last - h_len)
			reading->last = last - h_len;
		return false;
	}
	if (g->hi == h->lo && !words &&
	    ((g_whole && !h_whole && belongs_right(h)) ||
	     (h_whole && !g_whole && belongs_left(g))))
		return false;
	if (g->lo == h->hi && !words &&
	    ((g_whole && !h_whole && belongs_left(h)) ||
	     (h_whole && !g_whole && belongs_right(g))))
		return false;
	/* what was parted or joined is taken out with the words around */
	return !(h->a0 < g->lo && g->hi < h->a1 && h->b0 == h->b1 &&
		 prose_hunk_is_form(g, &r->base, ours));
}

bool region_meets(const struct region *r, const struct prose_hunk *h,
		  size_t *g0, size_t *g1)
{
	const struct prose_hunks *ours = &r->ours.hunks;
	struct reading reading = { h->lo, h->hi - (h->a1 - h->a0) };
	size_t first = region_first_hunk(ours, h->lo), g;
	size_t beyond = 0;
	bool met = false;

	first = first > AROUND ? first - AROUND : 0;
	for (g = first; g < ours->count && beyond < AROUND; g++) {
		beyond += ours->items[g].lo > h->hi;
		if (!meet(r, h, &ours->items[g], &reading))
			continue;
		if (!met)
			*g0 = g;
		*g1 = g + 1;
		met = true;
	}
	if (met || reading.first <= reading.last)
		return met;
	*g0 = first;
	*g1 = g;
	return true;
}
