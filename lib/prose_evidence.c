/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "alloc.h"
#include "prose_evidence.h"
#include "prose_placer.h"

#define UNIT 1024		/* a point, right beside the place */
#define HALFWAY (24 * WORD_POINTS) /* so far away it is half as much */
#define ENOUGH (8 * WORD_POINTS * UNIT) /* tells two places apart */
#define TIMES 4			/* as much as what tells the contrary */
#define SHARED (3 * HALFWAY)	/* shared words tell only as near as this */
#define NEAR 8
#define SLACK 8			/* words that may be put in, taken out */
#define FIRST_REACH 300		/* bytes around a place that are compared */
#define LAST_REACH (FIRST_REACH * 64)

/* What stands on one side of the passage; where it does at a place. */
struct side {
	size_t *at;		/* bytes, by token, outwards; or NO_BYTE */
	size_t count;
	bool ends;		/* it reaches the end of its text */
	bool other_ends;	/* the other ends there as well */
	bool other_near;	/* and is as long, to there */
};

#define NO_BYTE SIZE_MAX

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

static bool is_near(size_t here, size_t there)
{
	size_t apart = here > there ? here - there : there - here;

	return apart <= SLACK + here / 4;
}

static void read_side(struct side *s, struct placer *p, const struct view *v,
		      size_t reach, bool left)
{
	struct region *w = &p->wide;
	struct text_part here = part_beside(v->text, v->at, reach, left);
	size_t size = here.span.end - here.span.start;
	/* beyond the end of the text, nothing stands beside the passage */
	struct text_part there = part_beside(v->other, v->there, size +
					     size / 4 + FIRST_REACH / 4, left);
	const struct token_list *t = &w->ours.tokens;

	p->budget -= p->budget < 4 * reach ? p->budget : 4 * reach;
	p->window = w;
	w->quick = true;
	region_read(w, p->vocabulary, here, here, there);
	s->count = w->base.count;
	s->at = xreallocarray(s->at, s->count, sizeof(*s->at));
	for (size_t n = 0; n < s->count; n++) {
		size_t i = left ? s->count - 1 - n : n;
		bool stands = w->ours.kept[i + 1] > w->ours.kept[i];

		s->at[n] = !stands ? NO_BYTE : there.span.start +
			   t->items[w->ours.map[i]].start;
	}
	s->ends = left ? !here.span.start : here.span.end == v->text.len;
	s->other_ends = left ? !there.span.start :
			there.span.end == v->other.len;
	s->other_near = is_near(w->base.count, t->count);
}

static size_t apart(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* How much tells for each of two places. */
struct tally {
	size_t place, rival;
};

/*
 * The same words of the other text stand around both places. They tell for
 * the one that they are nearer to, if they are also about as far from it as
 * from the passage; else one may be as right as the other: something was put
 * in there, or taken out.
 */
static void count_shared(struct tally *tally, size_t weight, size_t base,
			 size_t place, size_t rival)
{
	if (place < rival && apart(place, base) < apart(rival, base) &&
	    apart(place, base) <= NEAR)
		tally->place += weight;
	if (rival < place && apart(rival, base) < apart(place, base))
		tally->rival += weight;
}

static size_t to_end(struct slice text, size_t at, bool left)
{
	return left ? at : text.len - at;
}

/* The passage is near the end of its text, which is like a paragraph. */
static void count_ends(struct tally *tally, const struct side *a,
		       const struct side *b, const struct view *place,
		       const struct view *rival, bool left)
{
	struct tally ends = { 0, 0 };

	if (place->other.ptr == rival->other.ptr)
		count_shared(&ends, ENOUGH,
			     to_end(place->text, place->at, left),
			     to_end(place->other, place->there, left),
			     to_end(rival->other, rival->there, left));
	else if (a->other_ends != b->other_ends)
		*(a->other_ends ? &ends.place : &ends.rival) = ENOUGH;
	if (a->other_ends && a->other_near)
		tally->place += ends.place;
	if (b->other_ends)
		tally->rival += ends.rival;
}

/* p->window has the words. */
static struct tally count_side(const struct placer *p, const struct side *a,
			       const struct side *b, const struct view *place,
			       const struct view *rival, bool left)
{
	const struct region *w = p->window;
	struct tally tally = { 0, 0 };
	size_t before = 0;

	for (size_t n = 0; n < a->count; n++) {
		const struct token *t =
			&w->base.items[left ? a->count - 1 - n : n];
		size_t points = token_points(t);
		size_t weight = points * UNIT * HALFWAY / (HALFWAY + before);
		size_t at = a->at[n], other = b->at[n];

		before += points;
		if (at == other && at != NO_BYTE &&
		    place->other.ptr == rival->other.ptr &&
		    before <= SHARED)
			count_shared(&tally, weight,
				     apart(w->base_at + t->start, place->at),
				     apart(at, place->there),
				     apart(at, rival->there));
		else if (at != NO_BYTE && other == NO_BYTE &&
			 apart(apart(w->base_at + t->start, place->at),
			       apart(at, place->there)) <= NEAR)
			tally.place += weight;
		else if (at == NO_BYTE && other != NO_BYTE)
			tally.rival += weight;
	}
	if (a->ends)
		count_ends(&tally, a, b, place, rival, left);
	return tally;
}

static bool wins(const struct tally *t)
{
	return t->place >= ENOUGH && t->place >= TIMES * t->rival;
}

/*
 * The nearest words may have been copied along, so those further away have to
 * tell the same.
 */
static bool side_outweighs(struct placer *p, const struct view *place,
			   const struct view *rival, bool left)
{
	struct side a = { 0 }, b = { 0 };
	bool won = false, again = false;

	for (size_t reach = FIRST_REACH; reach <= LAST_REACH && p->budget &&
	     !(won && again); reach *= 4) {
		struct tally tally;

		read_side(&a, p, place, reach, left);
		read_side(&b, p, rival, reach, left);
		tally = count_side(p, &a, &b, place, rival, left);
		again = won;
		won = wins(&tally);
		if (a.ends && reach > FIRST_REACH)
			break;
	}
	free(a.at);
	free(b.at);
	return won;
}

bool evidence_outweighs(struct placer *p, const struct view *place,
			const struct view *rival)
{
	return side_outweighs(p, place, rival, false) &&
	       side_outweighs(p, place, rival, true);
}
