/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "prose_diff.h"
#include "prose_index.h"
#include "prose_lines.h"
#include "prose_moves.h"
#include "prose_place.h"
#include "prose_placer.h"
#include "prose_region.h"
#include "vocabulary.h"

void prose_changes_release(struct prose_changes *changes)
{
	free(changes->items);
	arena_release(&changes->arena);
	*changes = (struct prose_changes)PROSE_CHANGES_INIT;
}

void prose_changes_add(struct prose_changes *changes,
		       const struct prose_change *change)
{
	GROW(changes->items, changes->count, changes->capacity);
	changes->items[changes->count++] = *change;
}

/* A part of base, and the hunks of both sides in it. */
struct stretch {
	size_t from, to;		/* bytes of base */
	size_t reader0, reader1;	/* hunks */
	size_t author0, author1;
};

static struct text_part part_of(struct slice text,
				const struct lines_hunks *hunks, size_t h0,
				size_t h1, size_t from, size_t to)
{
	return (struct text_part){ text, { lines_shifted(hunks, h0, from),
					   lines_shifted(hunks, h1, to) } };
}

/* Nothing of ours is near: their lines instead of those of base. */
static void place_lines(struct placer *p, const struct stretch *s)
{
	for (size_t i = s->reader0; i < s->reader1; i++) {
		const struct lines_hunk *h = &p->reader.items[i];

		prose_changes_add(p->out, &(struct prose_change){
			PROSE_PLACED, p->own, { h->a0, h->a1 },
			{ h->b0, h->b1 },
			{ lines_shifted(&p->drift->hunks, s->author0, h->a0),
			  lines_shifted(&p->drift->hunks, s->author0, h->a1) },
			placer_keep(p, slice_sub(p->theirs, h->b0, h->b1)) });
	}
}

struct slice placer_keep(struct placer *p, struct slice words)
{
	return arena_slice(&p->out->arena, words);
}

struct span placer_hunk_span(const struct region *r,
			     const struct prose_hunk *h)
{
	size_t start = r->base_at + r->base.items[h->a0].start;

	return (struct span){ start, h->a1 > h->a0 ? r->base_at +
			      r->base.items[h->a1 - 1].end : start };
}

/* --- a stretch that both sides changed --- */

/* What becomes of one change; and the sentences, where it has no place. */
struct result {
	struct prose_change change;
	size_t a0, a1;		/* tokens of base */
	bool refused;
};

struct results {
	struct result *items;
	size_t count, capacity;
};

static bool is_refused(enum prose_outcome outcome)
{
	return outcome != PROSE_PLACED && outcome != PROSE_ALREADY;
}

static void add_result(struct results *list, const struct prose_change *change,
		       size_t a0, size_t a1)
{
	GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = (struct result){
		*change, a0, a1, is_refused(change->outcome)
	};
}

static struct span tokens_span(const struct token_list *t, size_t at,
			       size_t from, size_t to)
{
	size_t start = from < t->count ? t->items[from].start : t->text.len;

	return (struct span){ at + start,
			      at + (to > from ? t->items[to - 1].end :
				    start) };
}

/* Hunk `h` is refused: how its block starts is not settled by itself. */
static void forget_break(struct results *list, const struct region *r,
			 const struct prose_hunk *h)
{
	const struct result *last = list->count ?
				    &list->items[list->count - 1] : NULL;

	if (last && last->a1 == h->a0 && last->a0 + 1 == h->a0 &&
	    token_is_break(&r->base.items[last->a0]) && !last->refused)
		list->count--;
}

static void settle_hunk(struct placer *p, size_t h, bool elsewhere,
			struct results *results)
{
	struct region *r = &p->region;
	const struct prose_hunk *hunk = &r->theirs.hunks.items[h];
	struct prose_change change = { PROSE_TOUCHED, p->own,
		placer_hunk_span(r, hunk),
		tokens_span(&r->theirs.tokens, r->theirs_at, hunk->b0,
			    hunk->b1),
		{ r->ours_at, r->ours_at }, { NULL, 0 } };

	if (elsewhere || r->fates[h] == FATE_GONE) {
		change.outcome = place_elsewhere(p, h, &change);
	} else if (r->fates[h] == FATE_ALREADY) {
		change.outcome = place_is_doubtful(p, h) ?
				 PROSE_AMBIGUOUS : PROSE_ALREADY;
	} else if (r->fates[h] == FATE_PLACE &&
		   region_place(r, h, &change.ours)) {
		change.words = placer_keep(p, strbuf_slice(&r->bytes));
		change.outcome = place_is_doubtful(p, h) ?
				 PROSE_AMBIGUOUS : PROSE_PLACED;
	}
	if (is_refused(change.outcome))
		forget_break(results, r, hunk);
	add_result(results, &change, hunk->a0, hunk->a1);
}

static void settle_gap(struct placer *p, size_t i, struct results *results)
{
	struct region *r = &p->region;
	struct prose_change change = { PROSE_PLACED, p->own, { 0, 0 },
				       { 0, 0 }, { 0, 0 }, { NULL, 0 } };
	int rc = region_place_gap(r, i, &change.ours, &change.words);

	if (!rc)
		return;
	change.base = tokens_span(&r->base, r->base_at, i, i);
	change.theirs = tokens_span(&r->theirs.tokens, r->theirs_at,
				    r->theirs.map[i], r->theirs.map[i]);
	change.words = placer_keep(p, change.words);
	if (rc < 0)
		change.outcome = PROSE_TOUCHED;
	add_result(results, &change, i, i + 1);
}

/* One change for each sentence or more that cannot be merged; the rest. */
static void report(struct placer *p, struct results *results, bool elsewhere)
{
	const struct region *r = &p->region;
	struct result *items = results->items;

	for (size_t i = 0, j; i < results->count; i = j) {
		size_t a0 = items[i].a0, a1 = items[i].a1, refused, first;
		struct region_hull hull;
		bool grown = true;

		/* the sentences of the next refusal may start before here */
		for (refused = i; refused < results->count &&
		     !items[refused].refused; refused++)
			;
		if (refused == results->count) {
			for (j = i; j < results->count; j++)
				prose_changes_add(p->out, &items[j].change);
			return;
		}
		a0 = items[refused].a0;
		a1 = items[refused].a1;
		j = refused + 1;
		first = refused;
		while (grown) {
			grown = false;
			hull = region_hull(r, a0, a1);
			while (first > i && items[first - 1].a1 >=
				       hull.base0 &&
			       items[first - 1].a0 >= hull.base0)
				first--;
			while (j < results->count &&
			       items[j].a0 <= hull.base1 &&
			       items[j].a1 <= hull.base1)
				j++;
			/* a refusal right behind that shares the sentence */
			if (j < results->count && items[j].refused) {
				struct region_hull next = region_hull(
					r, items[j].a0, items[j].a1);

				if (next.base0 < hull.base1) {
					a0 = hull.base0 < next.base0 ?
					     hull.base0 : next.base0;
					a1 = next.base1;
					j++;
					grown = true;
				}
			}
		}
		for (; i < first; i++)
			prose_changes_add(p->out, &items[i].change);
		items[refused].change.base = tokens_span(
			&r->base, r->base_at, hull.base0, hull.base1);
		items[refused].change.theirs = tokens_span(
			&r->theirs.tokens, r->theirs_at, hull.theirs0,
			hull.theirs1);
		if (!elsewhere)
			items[refused].change.ours = tokens_span(
				&r->ours.tokens, r->ours_at, hull.ours0,
				hull.ours1);
		items[refused].change.text = p->own;
		items[refused].change.words = SLICE("");
		prose_changes_add(p->out, &items[refused].change);
	}
}

static void parts_trim(struct text_part *parts, size_t count)
{
	struct slice texts[3];
	struct span spans[3];

	for (size_t i = 0; i < count; i++) {
		texts[i] = parts[i].text;
		spans[i] = parts[i].span;
	}
	spans_trim(texts, spans, count);
	for (size_t i = 0; i < count; i++)
		parts[i].span = spans[i];
}

static void settle(struct placer *p, const struct stretch *s, bool elsewhere)
{
	struct region *r = &p->region;
	struct results results = { NULL, 0, 0 };
	struct text_part parts[3] = {
		{ p->base, { s->from, s->to } },
		part_of(p->theirs, &p->reader, s->reader0, s->reader1,
			s->from, s->to),
		{ SLICE(""), { 0, 0 } }
	};
	size_t h = 0;

	if (!elsewhere)
		parts[2] = part_of(p->ours, &p->drift->hunks, s->author0,
				   s->author1, s->from, s->to);
	parts_trim(parts, elsewhere ? 2 : 3);
	region_read(r, p->vocabulary, parts[0], parts[1], parts[2]);
	for (size_t i = 0; i < r->base.count; i++) {
		while (h < r->theirs.hunks.count &&
		       r->theirs.hunks.items[h].a0 <= i)
			settle_hunk(p, h++, elsewhere, &results);
		if (!elsewhere)
			settle_gap(p, i, &results);
	}
	report(p, &results, elsewhere);
	free(results.items);
	prose_index_free(p->near);
	p->near = NULL;
}

/* --- the whole --- */

/* How far back and forth lines put in or taken out could slide. */
static void slides(const struct lines_hunks *hunks, size_t n, struct slice a,
		   struct slice b, size_t *from, size_t *to)
{
	const struct lines_hunk *h = &hunks->items[n];
	bool in = h->a0 == h->a1;
	const char *text = in ? b.ptr : a.ptr;
	size_t start = in ? h->b0 : h->a0, end = in ? h->b1 : h->a1;
	size_t low = n ? (in ? h[-1].b1 : h[-1].a1) : 0;
	size_t high = in ? b.len : a.len, back = 0, forth = 0;

	*from = h->a0;
	*to = h->a1;
	if (!in && h->b0 != h->b1)
		return;
	if (n + 1 < hunks->count)
		high = in ? h[1].b0 : h[1].a0;
	while (start - back > low &&
	       text[start - back - 1] == text[end - back - 1])
		back++;
	while (end + forth < high && text[start + forth] == text[end + forth])
		forth++;
	*from -= back;
	*to += forth;
	/* whole lines */
	*from = *from == h->a0 ? h->a0 : line_after(a, *from - !!*from);
	if (*from > h->a0)
		*from = h->a0;
	if (*to > h->a1)
		*to = line_before(a, *to + 1);
	if (*to < h->a1)
		*to = h->a1;
}

/*
 * Does the stretch reach the reader's next hunk? Where the author changed
 * something, the paragraphs must not meet, either: it may be between them.
 */
static bool is_beside(const struct placer *p, const struct stretch *s,
		      size_t reader)
{
	size_t from = p->reader.items[reader].a0;

	return from <= s->to || (s->author0 < s->author1 &&
				 paragraph_before(p->base, from) < s->to);
}

/* Widen a stretch to all hunks that reach into it. */
static void widen(struct placer *p, struct stretch *s, size_t *next_reader,
		  size_t *next_author)
{
	bool grown = true;

	while (grown) {
		grown = false;
		while (p->drift && *next_author < p->drift->hunks.count) {
			const struct lines_hunk *h =
				&p->drift->hunks.items[*next_author];
			size_t from, to;

			if (h->a1 < s->from && s->author0 == s->author1 &&
			    h->a0 < h->a1 && h->b0 < h->b1) {
				s->author0 = s->author1 = ++*next_author;
				continue; /* a shortcut: it cannot slide */
			}
			slides(&p->drift->hunks, *next_author, p->base, p->ours,
			       &from, &to);
			if (from > s->to)
				break;
			if (to < s->from && s->author0 == s->author1) {
				s->author0 = s->author1 = ++*next_author;
				continue;
			}
			s->author1 = ++*next_author;
			if (from < s->from)
				s->from = from;
			if (to > s->to)
				s->to = to;
			if (h->a0 < s->from)
				s->from = h->a0;
			grown = true;
		}
		while (*next_reader < p->reader.count &&
		       is_beside(p, s, *next_reader)) {
			size_t to = p->reader.items[*next_reader].a1;

			to = paragraph_after(p->base, to);
			if (to > s->to)
				s->to = to;
			s->reader1 = ++*next_reader;
			grown = true;
		}
	}
}

static void place_all(struct placer *p)
{
	bool elsewhere = p->own == PROSE_NO_TEXT;
	size_t reader = 0, author = 0, done = 0;

	while (reader < p->reader.count) {
		struct stretch s = { 0, 0, reader, reader, author, author };
		const struct lines_hunk *h = &p->reader.items[reader];

		s.from = paragraph_before(p->base, h->a0);
		s.to = paragraph_after(p->base, h->a1);
		s.reader1 = ++reader;
		if (s.from < done)
			s.from = done;
		widen(p, &s, &reader, &author);
		if (s.from < done)
			s.from = done;
		done = s.to;
		if (elsewhere || s.author0 < s.author1 ||
		    prose_drift_moved(p->drift, p->vocabulary))
			settle(p, &s, elsewhere);
		else
			place_lines(p, &s);
	}
}

static void place_texts(struct placer *p)
{
	struct line_runs theirs = LINE_RUNS_INIT;
	size_t first = p->out->count;

	if (p->drift)
		prose_drift_know(p->drift);
	p->budget = 32 * (p->base.len + p->ours.len) + (1 << 22);
	prose_diff_lines(&theirs, p->base, p->theirs);
	lines_hunks_read(&p->reader, &theirs, p->base.len, p->theirs.len);
	place_all(p);
	prose_moves_bind(p->out, first, p->vocabulary, p->base, p->theirs);
	line_runs_release(&theirs);
	lines_hunks_release(&p->reader);
	region_release(&p->region);
	region_release(&p->wide);
	region_release(&p->narrow);
	prose_index_free(p->own_index);
	prose_index_free(p->base_index);
	free(p->words);
}

void prose_place_on(struct prose_changes *changes, struct prose_drift *drift,
		    struct slice theirs)
{
	struct placer p = { .out = changes, .index = drift->index,
			    .own = drift->own, .drift = drift,
			    .vocabulary = prose_index_vocabulary(drift->index),
			    .base = drift->base, .theirs = theirs,
			    .ours = drift->ours,
			    PLACER_REGIONS };

	place_texts(&p);
}

void prose_place(struct prose_changes *changes, struct prose_index *index,
		 size_t own, struct slice base, struct slice theirs)
{
	struct prose_drift drift;
	struct placer p = { .out = changes, .index = index, .own = own,
			    .vocabulary = prose_index_vocabulary(index),
			    .base = base, .theirs = theirs,
			    PLACER_REGIONS };

	if (own == PROSE_NO_TEXT) {
		place_texts(&p);
		return;
	}
	p.ours = prose_index_text(index, own);
	p.drift = &drift;
	prose_drift_init(&drift, base, p.ours);
	place_texts(&p);
	prose_drift_release(&drift);
}

void prose_place_in(struct prose_changes *changes, struct slice base,
		    struct slice theirs, struct slice ours)
{
	struct vocabulary vocabulary = VOCABULARY_INIT;
	struct prose_drift drift;
	struct placer p = { .out = changes, .vocabulary = &vocabulary,
			    .base = base, .theirs = theirs, .ours = ours,
			    .drift = &drift,
			    PLACER_REGIONS };

	prose_drift_init(&drift, base, ours);
	place_texts(&p);
	prose_drift_release(&drift);
	vocabulary_release(&vocabulary);
}
