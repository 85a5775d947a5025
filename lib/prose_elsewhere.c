/* SPDX-License-Identifier: MIT */
/* A passage that is gone from its place, looked for elsewhere. */
#include "alloc.h"
#include "prose_index.h"
#include "prose_placer.h"

#define FEW (4 * WORD_POINTS)
#define WINDOW (24 * WORD_POINTS) /* around the sentence, to find it by */

/*
 * The sentences of hunk `h` of the region, and words worth `points` on each
 * side; what theirs made of them: they cut no hunk of theirs.
 */
static struct region_hull window_around(const struct region *r, size_t h,
					size_t points)
{
	const struct prose_hunk *hunk = &r->theirs.hunks.items[h];
	const struct prose_hunk *hunks = r->theirs.hunks.items;
	size_t from = hunk->a0, to = hunk->a1, n, last;
	struct region_hull w = { 0, 0, 0, 0, 0, 0 };

	last = to > from ? to - 1 : to;
	from = r->sentence_start[r->sentence[from ? from - 1 : 0]];
	to = r->sentence_start[r->sentence[last] + 1];
	for (n = 0; from && n < points; from--)
		n += token_points(&r->base.items[from - 1]);
	for (n = 0; to < r->base.count && n < points; to++)
		n += token_points(&r->base.items[to]);
	for (n = h; n && hunks[n - 1].a1 >= from; n--)
		if (hunks[n - 1].a0 < from)
			from = hunks[n - 1].a0;
	for (last = h + 1; last < r->theirs.hunks.count &&
	     hunks[last].a0 <= to; last++)
		if (hunks[last].a1 > to)
			to = hunks[last].a1;
	w.base0 = from;
	w.base1 = to;
	w.theirs0 = n ? from - hunks[n - 1].a1 + hunks[n - 1].b1 : from;
	w.theirs1 = to - hunks[last - 1].a1 + hunks[last - 1].b1;
	return w;
}

static struct text_part token_part(struct slice text, size_t at,
				   const struct token_list *t, size_t from,
				   size_t to)
{
	size_t start = from < t->count ? t->items[from].start : t->text.len;
	size_t end = to > from ? t->items[to - 1].end : start;

	return (struct text_part){ text, { at + start, at + end } };
}

/* Is the place in what stands in ours where it stood in base? */
static bool is_taken(const struct placer *p, size_t text, struct span span)
{
	if (text != p->own)
		return false;
	for (size_t low = 0, high = p->drift->hunks.count; low < high;) {
		size_t middle = (low + high) / 2;
		const struct lines_hunk *h = &p->drift->hunks.items[middle];

		if (h->b1 < span.end)
			low = middle + 1;
		else if (h->b0 > span.start)
			high = middle;
		else
			return false;
	}
	return true;
}

/* The hunk of the window that starts at byte `at` of base. */
size_t placer_same_hunk(const struct region *r, const struct span *base)
{
	for (size_t h = 0; h < r->theirs.hunks.count; h++) {
		const struct prose_hunk *hunk = &r->theirs.hunks.items[h];
		size_t start = r->base_at + r->base.items[hunk->a0].start;
		size_t end = hunk->a1 > hunk->a0 ?
			     r->base_at + r->base.items[hunk->a1 - 1].end :
			     start;

		if (start == base->start && end == base->end)
			return h;
	}
	return r->theirs.hunks.count;
}

/* The sentences with the rest of their paragraphs, as far as `wide` goes. */
static struct region_hull blocks_around(const struct region *r,
					struct region_hull hull,
					const struct region_hull *wide)
{
	while (hull.base0 > wide->base0 &&
	       !token_is_break(&r->base.items[hull.base0]))
		hull.base0--;
	while (hull.base1 < wide->base1 &&
	       !token_is_break(&r->base.items[hull.base1]))
		hull.base1++;
	return hull;
}

struct passage placer_passage(const struct placer *p, size_t h)
{
	const struct region *r = &p->region;
	struct region_hull wide = window_around(r, h, WINDOW);
	struct region_hull narrow = window_around(r, h, 0);

	return (struct passage){
		placer_hunk_span(r, &r->theirs.hunks.items[h]), wide, narrow,
		blocks_around(r, narrow, &wide),
		token_part(p->base, r->base_at, &r->base, wide.base0,
			   wide.base1),
		token_part(p->theirs, r->theirs_at, &r->theirs.tokens,
			   wide.theirs0, wide.theirs1),
		token_part(p->base, r->base_at, &r->base, narrow.base0,
			   narrow.base1),
		token_part(p->theirs, r->theirs_at, &r->theirs.tokens,
			   narrow.theirs0, narrow.theirs1)
	};
}

/* What is put in at an end of the window could be put in anywhere beyond. */
static bool is_at_edge(const struct region *w, size_t h)
{
	const struct prose_hunk *hunk = &w->theirs.hunks.items[h];

	return hunk->a0 == hunk->a1 &&
	       (hunk->a0 <= 1 || hunk->a0 + 1 >= w->base.count);
}

/* What would become of the change, were the passage here? */
static struct place look_at(struct placer *p, struct text_part base,
			    struct text_part theirs, struct text_part here,
			    const struct span *hunk)
{
	struct region *w = p->window;
	struct place place = { FATE_GONE, 0, { 0, 0 } };
	size_t h;

	region_read(w, p->vocabulary, base, theirs, here);
	h = placer_same_hunk(w, hunk);
	if (h == w->theirs.hunks.count)
		return place;
	if (is_at_edge(w, h))
		return place;
	place.score = w->ours.kept[w->base.count];
	place.fate = w->fates[h];
	if (place.fate == FATE_ALREADY && !region_sentence_stands(w, h))
		place.fate = FATE_GONE;
	if (place.fate == FATE_PLACE && !region_place(w, h, &place.span))
		place.fate = FATE_TOUCHED;
	if (place.fate == FATE_ALREADY)
		place.span = here.span;
	return place;
}

/* Most of what is tried is not there: a quick look shows it. */
static struct place try_window(struct placer *p, struct region *window,
			       struct text_part base, struct text_part theirs,
			       struct text_part here, const struct span *hunk,
			       bool quick)
{
	struct place place;

	p->window = window;
	window->quick = true;
	place = look_at(p, base, theirs, here, hunk);
	if (quick || place.fate == FATE_GONE)
		return place;
	window->quick = false;
	return look_at(p, base, theirs, here, hunk);
}

struct place placer_try(struct placer *p, const struct passage *passage,
			struct text_part here, bool quick)
{
	struct place wide, narrow;

	wide = try_window(p, &p->wide, passage->base, passage->theirs, here,
			  &passage->hunk, quick);
	if (wide.fate != FATE_GONE)
		return wide;
	/* their order may have changed */
	narrow = try_window(p, &p->narrow, passage->narrow_base,
			    passage->narrow_theirs, here, &passage->hunk,
			    quick);
	narrow.score += wide.score;
	return narrow;
}

size_t placer_find(struct placer *p, struct prose_index *index,
		   const struct region_hull *passage, bool close,
		   struct prose_found *found)
{
	const struct token *t = p->region.base.items;

	p->word_count = 0;
	for (size_t i = passage->base0; i < passage->base1; i++) {
		if (!(t[i].flags & TOKEN_COUNTED))
			continue;
		GROW(p->words, p->word_count, p->word_capacity);
		p->words[p->word_count++] = t[i].word;
	}
	return prose_index_find(index, p->words, p->word_count, close,
				found, MOST_PLACES);
}

static struct prose_index *base_index(struct placer *p)
{
	if (!p->base_index) {
		p->base_index = prose_index_new(p->vocabulary);
		prose_index_add(p->base_index, p->base);
	}
	return p->base_index;
}

size_t placer_words(const struct region *r, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += !!(r->base.items[i].flags & TOKEN_COUNTED);
	return n;
}

/* What is beyond the budget is not looked at, and so it is refused. */
static bool spend(struct placer *p, struct span here)
{
	size_t cost = 2 * (here.end - here.start);

	if (p->budget < cost)
		return false;
	p->budget -= cost;
	return true;
}

/*
 * Is the place in p->window one of a copy? It is if a quarter of what stands
 * there around the sentences stands where it stood, too: they did not move,
 * they were rewritten.
 */
static bool is_of_copy(const struct placer *p, const struct passage *passage)
{
	const struct region *r = &p->region, *w = p->window;
	size_t around = 0, twice = 0, n = 0;

	for (size_t i = passage->tokens.base0; i < passage->tokens.base1; i++) {
		const struct token *t = &r->base.items[i];
		unsigned points = token_points(t);

		while (n + 1 < w->base.count &&
		       w->base_at + w->base.items[n].start <
			       r->base_at + t->start)
			n++;
		if (w->base_at + w->base.items[n].start !=
			    r->base_at + t->start ||
		    (i >= passage->sentences.base0 &&
		     i < passage->sentences.base1) ||
		    w->ours.kept[n + 1] == w->ours.kept[n])
			continue;
		around += points;
		if (r->ours.kept[i + 1] > r->ours.kept[i] &&
		    r->ours_at + r->ours.tokens.items[r->ours.map[i]].start !=
		    w->ours_at + w->ours.tokens.items[w->ours.map[n]].start)
			twice += points;
	}
	return twice >= FEW && 4 * twice >= around;
}

enum prose_outcome place_elsewhere(struct placer *p, size_t h,
				   struct prose_change *change)
{
	struct passage passage = placer_passage(p, h);
	struct prose_found found[MOST_PLACES];
	struct known known = { 0 };
	size_t few = placer_words(&p->region, passage.sentences.base0,
				  passage.sentences.base1) / 8;
	size_t count, best = 0, second = 0, touched = 0;
	bool copied = false;

	if (!p->index) {
		p->own_index = p->index = prose_index_new(p->vocabulary);
		prose_index_add(p->index, p->ours);
	}
	count = placer_find(p, p->index, &passage.tokens, false, found);
	for (size_t i = 0; i < count; i++) {
		struct text_part here = {
			prose_index_text(p->index, found[i].text),
			found[i].span
		};
		struct place place;

		/* next to nothing in common, or too much to do */
		if (found[i].votes <= few || !spend(p, here.span))
			continue;
		place = placer_try(p, &passage, here, false);
		if (place.fate == FATE_GONE)
			continue;
		if (place.fate == FATE_TOUCHED) {
			if (place.score > touched)
				touched = place.score;
			continue;
		}
		if (place.score <= best ||
		    (place.fate == FATE_PLACE &&
		     is_taken(p, found[i].text, place.span))) {
			if (place.score > second)
				second = place.score;
			continue;
		}
		second = best > second ? best : second;
		best = place.score;
		copied = p->own != PROSE_NO_TEXT && is_of_copy(p, &passage);
		known.number = found[i].text;
		known.text = here.text;
		if (!placer_pair(&known.pair, p->window,
				 &p->window->theirs.hunks.items[
					 placer_same_hunk(p->window,
							  &passage.hunk)],
				 NO_PREFERENCE))
			return PROSE_AMBIGUOUS;
		change->outcome = place.fate == FATE_PLACE ? PROSE_PLACED :
				  PROSE_ALREADY;
		change->text = found[i].text;
		change->ours = place.span;
		change->words = place.fate != FATE_PLACE ? SLICE("") :
				placer_keep(p, strbuf_slice(&p->window->bytes));
	}
	if (!best)
		return PROSE_REWRITTEN;
	if (4 * second >= 3 * best || touched >= best)
		return touched >= best ? PROSE_TOUCHED : PROSE_AMBIGUOUS;
	if (copied || !placer_is_known(p, &passage, &known, p->index, NULL) ||
	    !placer_is_known(p, &passage, &known, NULL, base_index(p)))
		return PROSE_AMBIGUOUS;
	return change->outcome;
}
