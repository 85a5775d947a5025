/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "prose_region.h"

/* With less than this around it, a change needs its neighbours too. */
#define FEW (4 * WORD_POINTS)
#define ENOUGH (10 * WORD_POINTS)

/* Hunks that may have less than a few words between them and another. */
#define AROUND 4

/* A run of words that stand in both texts, and not by chance. */
#define COMPANY (2 * WORD_POINTS)
#define COMPANY_BYTES 8

static void side_release(struct region_side *side)
{
	token_list_release(&side->tokens);
	prose_hunks_release(&side->hunks);
	free(side->map);
	free(side->kept);
	free(side->depth);
}

void region_release(struct region *r)
{
	token_list_release(&r->base);
	side_release(&r->theirs);
	side_release(&r->ours);
	free(r->points);
	free(r->sentence);
	free(r->sentence_start);
	free(r->fates);
	strbuf_release(&r->bytes);
}

/* Quote marks after the last line end of `gap`; `depth` if it has none. */
static uint8_t depth_after(struct slice gap, uint8_t depth)
{
	size_t i = gap.len;
	uint8_t marks = 0;

	while (i && gap.ptr[i - 1] != '\n')
		marks += gap.ptr[--i] == '>' && marks < UINT8_MAX;
	return i ? marks : depth;
}

/* Quote marks at the start of the line that `at` is in. */
static uint8_t depth_at(struct slice text, size_t at)
{
	size_t line = at;
	uint8_t marks = 0;

	while (line && text.ptr[line - 1] != '\n')
		line--;
	while (line < text.len && marks < UINT8_MAX &&
	       (text.ptr[line] == ' ' || text.ptr[line] == '\t' ||
		text.ptr[line] == '>'))
		marks += text.ptr[line++] == '>';
	return marks;
}

/*
 * Tokens from..to of base stand at `at`. A word counts as kept in company
 * alone: any two texts have some words in common here and there.
 */
static void read_run(struct region_side *side, const struct token_list *base,
		     size_t from, size_t to, size_t at)
{
	size_t points = 0, bytes = 0;
	bool company;

	for (size_t i = from; i < to; i++) {
		points += token_points(&base->items[i]);
		if (base->items[i].flags & TOKEN_COUNTED)
			bytes += token_bytes(base, i).len;
	}
	company = points >= COMPANY && bytes >= COMPANY_BYTES;
	for (size_t i = from; i < to; i++) {
		side->map[i] = (uint32_t)at++;
		side->kept[i + 1] = side->kept[i] +
			(company ? token_points(&base->items[i]) : 0);
	}
}

static void side_read(struct region_side *side, const struct token_list *base,
		      struct text_part part, bool quick)
{
	const struct token_list *t = &side->tokens;
	size_t i = 0, j = 0, h = 0;
	uint8_t depth = depth_at(part.text, part.span.start +
					    t->items[0].end);

	(quick ? prose_diff : prose_diff_sure)(&side->hunks, base, t);
	side->map = xreallocarray(side->map, base->count, sizeof(uint32_t));
	side->kept = xreallocarray(side->kept, base->count + 1,
				   sizeof(uint32_t));
	side->depth = xreallocarray(side->depth, t->count, 1);
	side->kept[0] = 0;
	for (;;) {
		bool last = h == side->hunks.count;
		const struct prose_hunk *hunk = last ? NULL :
						&side->hunks.items[h++];
		size_t end = last ? base->count : hunk->a0;

		read_run(side, base, i, end, j);
		if (last)
			break;
		for (i = end; i < hunk->a1; i++) {
			side->map[i] = NOWHERE;
			side->kept[i + 1] = side->kept[i];
		}
		j = hunk->b1;
	}
	for (i = 0; i < t->count; i++) {
		if (i)
			depth = depth_after(token_is_break(&t->items[i]) ?
					    token_bytes(t, i) :
					    token_gap(t, i), depth);
		side->depth[i] = depth;
	}
}

static void find_sentences(struct region *r)
{
	size_t n = r->base.count;

	r->points = xreallocarray(r->points, n + 1, sizeof(uint32_t));
	r->sentence = xreallocarray(r->sentence, n, sizeof(uint32_t));
	r->sentence_start = xreallocarray(r->sentence_start, n + 1,
					  sizeof(uint32_t));
	r->sentences = 0;
	r->points[0] = 0;
	for (size_t i = 0; i < n; i++) {
		const struct token *t = &r->base.items[i];

		if (t->flags & TOKEN_SENTENCE)
			r->sentence_start[r->sentences++] = (uint32_t)i;
		r->sentence[i] = (uint32_t)r->sentences - 1;
		r->points[i + 1] = r->points[i] + token_points(t);
	}
	r->sentence_start[r->sentences] = (uint32_t)n;
}

/* Only breaks: paragraphs were parted or joined, no word changed. */
static bool is_form(const struct prose_hunk *h, const struct token_list *a,
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
static bool puts_sentence(const struct prose_hunk *h, const struct token_list *a,
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
	/* both put paragraphs in, or part them: a word may be there by chance */
	if (prose_hunk_puts_break(h, &r->base, &r->theirs.tokens) &&
	    (token_list_has_break(ours, g->b0, g->b1) ||
	     (token_list_has_break(&r->base, g->a0, g->a1) && !g_whole) ||
	     is_form(g, &r->base, ours)))
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
		 is_form(g, &r->base, ours));
}

size_t region_first_hunk(const struct prose_hunks *hunks, size_t at)
{
	size_t low = 0, high = hunks->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (hunks->items[middle].hi < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t region_moved(const struct prose_hunks *hunks, size_t n, size_t at)
{
	if (!n)
		return at;
	return at + hunks->items[n - 1].b1 - hunks->items[n - 1].a1;
}

/* The same words, and spaces between and around them? */
static bool same_words(const struct token_list *a, size_t a0, size_t a1,
		       const struct token_list *b, size_t b0, size_t b1)
{
	if (a1 - a0 != b1 - b0)
		return false;
	for (size_t i = 0; i <= a1 - a0; i++) {
		const struct token *x = &a->items[a0 + i];
		const struct token *y = &b->items[b0 + i];

		if ((i < a1 - a0 && x->word != y->word) ||
		    (x->gap == GAP_NONE) != (y->gap == GAP_NONE))
			return false;
	}
	return true;
}

/* Do hunks h0..h1 of theirs and g0..g1 of ours come to the same words? */
static bool is_same_change(const struct region *r, size_t h0, size_t h1,
			   size_t g0, size_t g1)
{
	const struct prose_hunk *h = r->theirs.hunks.items;
	const struct prose_hunk *g = r->ours.hunks.items;
	size_t from = h[h0].a0 < g[g0].a0 ? h[h0].a0 : g[g0].a0;
	size_t to = h[h1 - 1].a1 > g[g1 - 1].a1 ? h[h1 - 1].a1 :
		    g[g1 - 1].a1;

	return same_words(&r->theirs.tokens,
			  region_moved(&r->theirs.hunks, h0, from),
			  region_moved(&r->theirs.hunks, h1, to),
			  &r->ours.tokens,
			  region_moved(&r->ours.hunks, g0, from),
			  region_moved(&r->ours.hunks, g1, to));
}

/* Words of sentence `s` outside of the hunk, and how many of them stand. */
static void count_around(const struct region *r, size_t s,
			 const struct prose_hunk *h, size_t *all, size_t *kept)
{
	size_t from = r->sentence_start[s], to = r->sentence_start[s + 1];
	size_t a0 = h->a0 < from ? from : h->a0 > to ? to : h->a0;
	size_t a1 = h->a1 < a0 ? a0 : h->a1 > to ? to : h->a1;

	*all += r->points[to] - r->points[from] -
		(r->points[a1] - r->points[a0]);
	*kept += r->ours.kept[to] - r->ours.kept[from] -
		 (r->ours.kept[a1] - r->ours.kept[a0]);
}

/* The sentences that a hunk is in, or between. */
static void sentences_of(const struct region *r, const struct prose_hunk *h,
			 size_t *first, size_t *last)
{
	*first = *last = r->sentence[h->a0];
	if (h->a1 > h->a0) {
		*last = r->sentence[h->a1 - 1];
	} else if (h->a0 && !(h->starts && !h->ends)) {
		*first = r->sentence[h->a0 - 1];
		if (h->ends && !h->starts)
			*last = *first;
	}
}

/* Does at least half of the sentence stand in ours? */
bool region_sentence_stands(const struct region *r, size_t n)
{
	const struct prose_hunk *h = &r->theirs.hunks.items[n];
	size_t first, last, all = 0, kept = 0;

	sentences_of(r, h, &first, &last);
	for (size_t s = first; s <= last; s++) {
		size_t in = 0, stand = 0;

		count_around(r, s, h, &in, &stand);
		if (in >= FEW && 2 * stand < in)
			return false;
		all += in;
		kept += stand;
	}
	if (all >= FEW ||
	    all + r->ours.kept[h->a1] - r->ours.kept[h->a0] >= FEW)
		return 2 * kept >= all;
	/* few words say little: those of the sentences around, too */
	while (all < ENOUGH && (first || last + 1 < r->sentences)) {
		if (first)
			count_around(r, --first, h, &all, &kept);
		if (last + 1 < r->sentences)
			count_around(r, ++last, h, &all, &kept);
	}
	return 2 * kept >= all;
}

/* Is the sentence gone, with what the hunk takes out of it? */
static bool is_gone(const struct region *r, size_t n)
{
	const struct prose_hunk *h = &r->theirs.hunks.items[n];
	size_t first, last, from, to, all, kept;

	sentences_of(r, h, &first, &last);
	from = r->sentence_start[first];
	to = r->sentence_start[last + 1];
	all = r->points[to] - r->points[from];
	kept = r->ours.kept[to] - r->ours.kept[from];
	if (all >= FEW)
		return 2 * kept < all;
	return !region_sentence_stands(r, n);
}

/* Has the reader rewritten a sentence of the hunk that ours changed too? */
static bool both_rewrote(const struct region *r, const struct prose_hunk *h)
{
	const struct prose_hunks *ours = &r->ours.hunks;
	size_t first, last;

	sentences_of(r, h, &first, &last);
	for (size_t s = first; s <= last; s++) {
		size_t from = r->sentence_start[s];
		size_t to = r->sentence_start[s + 1];
		size_t all = r->points[to] - r->points[from];
		size_t kept = r->theirs.kept[to] - r->theirs.kept[from];

		if (2 * kept >= all)
			continue;
		for (size_t g = region_first_hunk(ours, from); g < ours->count &&
		     ours->items[g].a0 < to; g++) {
			const struct prose_hunk *hunk = &ours->items[g];
			bool inside = hunk->a0 < hunk->a1 ? hunk->a1 > from :
				      hunk->a0 > from;

			if (inside && !is_form(hunk, &r->base,
					       &r->ours.tokens))
				return true;
		}
	}
	return false;
}

/* The hunks of ours that a hunk of theirs meets: from *g0 up to *g1. */
static bool find_met(const struct region *r, const struct prose_hunk *h,
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

/*
 * Decide for all hunks of theirs: those that meet the same hunks of ours are
 * one group.
 */
static void decide(struct region *r)
{
	const struct prose_hunks *theirs = &r->theirs.hunks;

	r->fates = xreallocarray(r->fates, theirs->count + 1,
				 sizeof(*r->fates));
	for (size_t h = 0, next; h < theirs->count; h = next) {
		enum hunk_fate fate = FATE_PLACE;
		size_t g0, g1, more0, more1;

		next = h + 1;
		if (find_met(r, &theirs->items[h], &g0, &g1)) {
			while (next < theirs->count &&
			       find_met(r, &theirs->items[next], &more0,
					&more1) && more0 < g1) {
				g1 = more1;
				next++;
			}
			fate = is_same_change(r, h, next, g0, g1) ?
			       FATE_ALREADY : FATE_TOUCHED;
		}
		for (size_t i = h; i < next; i++) {
			const struct prose_hunk *t = &theirs->items[i];

			r->fates[i] = fate;
			if (fate == FATE_ALREADY)
				continue;
			if (fate == FATE_TOUCHED ? is_gone(r, i) :
			    !region_sentence_stands(r, i))
				r->fates[i] = FATE_GONE;
			else if (fate == FATE_PLACE && both_rewrote(r, t))
				r->fates[i] = FATE_TOUCHED;
		}
	}
}

size_t region_token(const struct token_list *t, size_t at)
{
	size_t low = 0, high = t->count - 1;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (t->items[middle].start < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct slice part_bytes(struct text_part part)
{
	return slice_sub(part.text, part.span.start, part.span.end);
}

static bool same_part(struct text_part a, struct text_part b)
{
	return a.text.ptr == b.text.ptr && a.span.start == b.span.start &&
	       a.span.end == b.span.end;
}

/* What the reader did; the same for all places where it may have been. */
static void read_change(struct region *r, struct vocabulary *vocabulary,
			struct text_part base, struct text_part theirs)
{
	if (r->base.count && same_part(r->read_base, base) &&
	    same_part(r->read_theirs, theirs))
		return;
	r->read_base = base;
	r->read_theirs = theirs;
	r->base_at = base.span.start;
	r->theirs_at = theirs.span.start;
	token_list_read(&r->base, vocabulary, part_bytes(base));
	token_list_read_like(&r->theirs.tokens, vocabulary, part_bytes(theirs),
			     &r->base);
	find_sentences(r);
	side_read(&r->theirs, &r->base, theirs, false);
}

void region_read(struct region *r, struct vocabulary *vocabulary,
		 struct text_part base, struct text_part theirs,
		 struct text_part ours)
{
	read_change(r, vocabulary, base, theirs);
	r->ours_at = ours.span.start;
	token_list_read_like(&r->ours.tokens, vocabulary, part_bytes(ours),
			     &r->base);
	side_read(&r->ours, &r->base, ours, r->quick);
	decide(r);
}
