/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "prose_region.h"

/* With less than this around it, a change needs its neighbours too. */
#define FEW (4 * WORD_POINTS)
#define ENOUGH (10 * WORD_POINTS)

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

			if (inside &&
			    !prose_hunk_is_form(hunk, &r->base,
						&r->ours.tokens))
				return true;
		}
	}
	return false;
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
		if (region_meets(r, &theirs->items[h], &g0, &g1)) {
			while (next < theirs->count &&
			       region_meets(r, &theirs->items[next], &more0,
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
	size_t n = token_list_at(t, at);

	return n < t->count ? n : t->count - 1;
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
