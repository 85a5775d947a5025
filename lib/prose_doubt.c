/* SPDX-License-Identifier: MIT */
/*
 * Does a change belong where it fits, or has its paragraph been copied or
 * moved, or does it stand more than once?
 */
#include <stdlib.h>

#include "alloc.h"
#include "prose_index.h"
#include "prose_placer.h"

#define EVIDENCE 8		/* words that tell two places apart */
#define AFTERWARDS 24		/* words that show whether a place goes on */
#define SLACK 8			/* words that may be put in, taken out */
#define FIRST_REACH 300		/* bytes around a place that are compared */
#define LAST_REACH (FIRST_REACH * 64)

/* The first token that starts at byte `at` of its list, or after it. */
static size_t token_at(const struct token_list *t, size_t at)
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
	size_t i = token_at(&r->base, preferred - r->base_at);

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

/* Two places that are compared: what stands around each of them. */
struct view {
	struct slice text, other;
	size_t at, there;	/* bytes of them where the same word is */
};

/* One side of a view: which words of the text stand at the other place too. */
struct side {
	bool *with;		/* of token n, counted from the place */
	size_t count;
	bool ends;		/* it reaches the end of its text */
	bool other_ends;	/* the other ends there as well */
};

/* `reach` bytes of a text before or after `at`, up to whole characters. */
static struct text_part part_beside(struct slice text, size_t at,
				    size_t reach, bool left)
{
	size_t from = at, to = at;

	if (left)
		from = at > reach ? at - reach : 0;
	else
		to = text.len - at > reach ? at + reach : text.len;
	while (from && ((unsigned char)text.ptr[from] & 0xC0) == 0x80)
		from--;
	while (to < text.len && ((unsigned char)text.ptr[to] & 0xC0) == 0x80)
		to++;
	return (struct text_part){ text, { from, to } };
}

/* It stands about as far from the place, not beyond something else. */
static bool is_near(size_t here, size_t there)
{
	size_t apart = here > there ? here - there : there - here;

	return apart <= SLACK + here / 4;
}

static void read_side(struct side *s, struct placer *p, const struct view *v,
		      size_t reach, bool left)
{
	struct region *w = &p->window;
	struct text_part here = part_beside(v->text, v->at, reach, left);
	struct text_part there = part_beside(v->other, v->there,
					     reach + reach / 4, left);
	size_t end, other;

	p->budget -= p->budget < 4 * reach ? p->budget : 4 * reach;
	region_read(w, p->vocabulary, here, here, there);
	end = w->base.count - 1;
	other = w->ours.tokens.count - 1;
	s->count = w->base.count;
	s->with = xreallocarray(s->with, s->count, sizeof(*s->with));
	for (size_t n = 0; n < s->count; n++) {
		size_t i = left ? end - n : n;
		size_t at = w->ours.map[i];

		s->with[n] = w->ours.kept[i + 1] > w->ours.kept[i] &&
			     is_near(n, left ? other - at : at);
	}
	s->ends = left ? !here.span.start : here.span.end == v->text.len;
	s->other_ends = is_near(end, other) &&
			(left ? !there.span.start :
			 there.span.end == v->other.len);
}

/* The counted words of a side, outwards. */
struct walk {
	const struct region *words;
	const struct side *a, *b;
	bool left;
	size_t n;		/* the next token; those beyond are the end */
	bool goes_on_a, goes_on_b; /* the last words stood there */
};

/* Takes the next word: does it stand at the first place, at the second? */
static bool next_word(struct walk *w, bool *a, bool *b)
{
	size_t count = w->a->count;

	for (; w->n < count; w->n++) {
		size_t i = w->left ? count - 1 - w->n : w->n;

		if (!(w->words->base.items[i].flags & TOKEN_COUNTED))
			continue;
		*a = w->a->with[w->n];
		*b = w->b->with[w->n++];
		return true;
	}
	/* after the end of the text is nothing, at either place or at both */
	if (!w->a->ends || w->n++ > count + AFTERWARDS + EVIDENCE)
		return false;
	*a = w->a->other_ends && w->goes_on_a;
	*b = w->b->other_ends && w->goes_on_b;
	return true;
}

/* Does one of the places, which had none of the last words, have the next? */
static int resumes(struct walk ahead, bool first)
{
	size_t with = 0;
	bool a, b;

	for (size_t n = 0; n < AFTERWARDS; n++) {
		if (!next_word(&ahead, &a, &b))
			return ahead.a->ends ? 2 * with > n : -1;
		with += first ? a : b;
		ahead.goes_on_a = with && first;
		ahead.goes_on_b = with && !first;
	}
	return 2 * with > AFTERWARDS;
}

/*
 * Going outwards, what stands at both places says nothing, nor does a sentence
 * that was changed at one of them. Where one of the two ends for good and the
 * other goes on, that one is right. Returns 1 if it is the first, 0 if not,
 * -1 if more has to be seen.
 */
static int judge_side(const struct region *words, const struct side *a,
		      const struct side *b, bool left)
{
	struct walk w = { words, a, b, left, 0, true, true };
	bool seen_a[EVIDENCE] = { false }, seen_b[EVIDENCE] = { false };
	size_t with_a = 0, with_b = 0;

	for (size_t n = 0;; n++) {
		size_t at = n % EVIDENCE;
		int resumed;

		with_a -= seen_a[at];
		with_b -= seen_b[at];
		if (!next_word(&w, &seen_a[at], &seen_b[at]))
			return a->ends ? 0 : -1;
		with_a += seen_a[at];
		with_b += seen_b[at];
		if (w.n <= a->count) {
			w.goes_on_a = with_a;
			w.goes_on_b = with_b;
		}
		if (n + 1 < EVIDENCE)
			continue;
		if (!with_b && 4 * with_a >= 3 * EVIDENCE) {
			resumed = resumes(w, false);
			if (resumed <= 0)
				return resumed ? -1 : 1;
		} else if (!with_a && 4 * with_b >= 3 * EVIDENCE) {
			resumed = resumes(w, true);
			if (resumed <= 0)
				return resumed ? -1 : 0;
		}
	}
}

/*
 * A place and its rival differ, if at all, in what stands around them, not
 * too far away. The place has to win on both sides.
 */
static bool outweighs(struct placer *p, const struct view *place,
		      const struct view *rival)
{
	struct side a = { 0 }, b = { 0 };
	int verdict = 1;

	for (int left = 0; left < 2 && verdict == 1; left++) {
		verdict = -1;
		for (size_t reach = FIRST_REACH; reach <= LAST_REACH &&
		     p->budget && verdict < 0; reach *= 4) {
			read_side(&a, p, place, reach, left);
			read_side(&b, p, rival, reach, left);
			verdict = judge_side(&p->window, &a, &b, left);
		}
	}
	free(a.with);
	free(b.with);
	return verdict == 1;
}

/*
 * Is it clear that the change belongs at its place, and not at a rival:
 * another place of ours that is like it; or that what stands there is not
 * another passage of base?
 */
static bool is_clear(struct placer *p, const struct known *place,
		     const struct known *rival, bool in_base)
{
	struct view a = { p->base, place->text, place->pair.base,
			  place->pair.there };
	struct view b = { p->base, rival->text, place->pair.base,
			  rival->pair.there };

	if (!in_base)
		return outweighs(p, &a, &b);
	a = (struct view){ place->text, p->base, place->pair.there,
			   place->pair.base };
	b = (struct view){ place->text, p->base, place->pair.there,
			   rival->pair.there };
	return outweighs(p, &a, &b);
}

/* Where rivals are looked for. */
struct source {
	struct prose_index *index;
	const struct moved_piece *pieces; /* NULL: whole texts, of ours */
	bool in_base;			/* or the whole base */
};

/* The same place? Its words have moved by as much. */
static bool is_itself(const struct known *place, const struct known *rival,
		      bool in_base)
{
	if (in_base)
		return rival->pair.there == rival->pair.base;
	return rival->number == place->number &&
	       rival->pair.there - place->pair.there ==
		       rival->pair.base - place->pair.base;
}

/* Is the place clear of what was found? */
static bool is_clear_of(struct placer *p, const struct passage *passage,
			const struct known *place, const struct source *source,
			const struct prose_found *found)
{
	const struct moved_piece *piece = source->pieces ?
		&source->pieces[found->text] : NULL;
	bool in_base = piece ? !piece->is_ours : source->in_base;
	struct text_part here = { { NULL, 0 }, found->span };
	struct known rival = { 0 };
	size_t n;

	if (piece) {
		here.text = in_base ? p->base : p->ours;
		here.span.start += piece->at;
		here.span.end += piece->at;
		rival.number = p->own;
	} else {
		here.text = prose_index_text(source->index, found->text);
		rival.number = found->text;
	}
	rival.text = here.text;
	if (placer_try(p, passage, here).fate == FATE_GONE)
		return true;
	n = placer_same_hunk(&p->window, &passage->hunk);
	return !placer_pair(&rival.pair, &p->window,
			    &p->window.theirs.hunks.items[n],
			    place->pair.base) ||
	       is_itself(place, &rival, in_base) ||
	       is_clear(p, place, &rival, in_base);
}

/* Does the word by which the place is known stand there, word for word? */
static bool is_plainly_itself(const struct placer *p,
			      const struct region_hull *words,
			      const struct known *place,
			      const struct source *source,
			      const struct prose_found *found)
{
	const struct region *r = &p->region;
	size_t token = token_at(&r->base, place->pair.base - r->base_at);
	size_t n, at, own;
	bool in_base = source->in_base;

	if (token < words->base0 || token >= words->base1 ||
	    !(r->base.items[token].flags & TOKEN_COUNTED))
		return false;
	n = r->words[token] - r->words[words->base0];
	if (!prose_index_byte(&at, source->index, found, n))
		return false;
	own = p->own;
	if (source->pieces) {
		at += source->pieces[found->text].at;
		in_base = !source->pieces[found->text].is_ours;
	} else {
		own = found->text;
	}
	return in_base ? at == place->pair.base :
	       own == place->number && at == place->pair.there;
}

static bool is_known(struct placer *p, const struct passage *passage,
		     const struct known *place, const struct source *source)
{
	const struct region_hull *words[] = { &passage->tokens,
					      &passage->sentences };
	struct prose_found found[MOST_PLACES];

	for (size_t k = 0; k < 2; k++) {
		size_t count = placer_find(p, source->index, words[k], true,
					   found);

		for (size_t i = 0; i < count; i++)
			if (!is_plainly_itself(p, words[k], place, source,
					       &found[i]) &&
			    !is_clear_of(p, passage, place, source, &found[i]))
				return false;
	}
	return true;
}

bool placer_is_known(struct placer *p, const struct passage *passage,
		     const struct known *place, struct prose_index *ours,
		     struct prose_index *base)
{
	struct source source = { ours ? ours : base, NULL, !ours };

	return is_known(p, passage, place, &source);
}

bool place_is_doubtful(struct placer *p, size_t h)
{
	const struct region *r = &p->region;
	const struct moved *moved = prose_drift_moved(p->drift, p->vocabulary);
	struct known place = { p->own, p->ours, { 0, 0 } };
	struct passage passage;
	struct source source;

	if (!moved)
		return false;
	passage = placer_passage(p, h);
	source = (struct source){ moved->index, moved->pieces, false };
	if (!placer_pair(&place.pair, r, &r->theirs.hunks.items[h],
			 NO_PREFERENCE))
		return true;
	return !is_known(p, &passage, &place, &source);
}
