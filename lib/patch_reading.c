/* SPDX-License-Identifier: MIT */
/*
 * What the lines of a hunk are. The old side is known: the lines of the text
 * where the hunk stands. A line of context or one taken out is as many lines
 * of the mail as it needs to be that line of the text, folded. A line put in
 * goes on with all that has no prefix; what has one may be the next line or
 * its rest, so both are tried. The counts must come out. States from which
 * they did not are remembered, and the work is bounded.
 */
#include <stdlib.h>

#include "alloc.h"
#include "patch_reader.h"

/* Of lines that look like others, a line put in gets no more than these. */
#define MOST_SWALLOWED 4

/* --- the search ---------------------------------------------------------- */

static uint64_t hash_of(const struct state *s)
{
	uint64_t h = s->raw * UINT64_C(0x9E3779B97F4A7C15);

	h = (h ^ h >> 29 ^ s->line) * UINT64_C(0xBF58476D1CE4E5B9);
	h = (h ^ h >> 32 ^ (s->fresh * 8 + s->adding)) *
	    UINT64_C(0x94D049BB133111EB);
	return (h ^ h >> 31) | 1;
}

static size_t failed_place(const struct patch_reader *r, uint64_t hash)
{
	size_t at = (hash >> 1) & (r->failed_size - 1);

	while (r->failed[at] && r->failed[at] != hash)
		at = (at + 1) & (r->failed_size - 1);
	return at;
}

static bool has_failed(const struct patch_reader *r, const struct state *s)
{
	uint64_t hash = hash_of(s);

	return r->failed_size && r->failed[failed_place(r, hash)] == hash;
}

static void set_failed(struct patch_reader *r, const struct state *s)
{
	uint64_t *old = r->failed, hash = hash_of(s);
	size_t size = r->failed_size, at;

	if (r->failed_count * 2 >= size) {
		r->failed_size = size ? size * 2 : 64;
		r->failed = xcalloc(r->failed_size, sizeof(*r->failed));
		for (size_t i = 0; i < size; i++)
			if (old[i])
				r->failed[failed_place(r, old[i])] = old[i];
		free(old);
	}
	at = failed_place(r, hash);
	r->failed_count += !r->failed[at];
	r->failed[at] = hash;
}

static bool is_done(const struct patch_reader *r, const struct state *s)
{
	return s->line - r->start == r->hunk->old_count &&
	       s->fresh == r->hunk->new_count;
}

/* What follows the last line, an added one, may belong to it. */
static bool may_go_on(const struct patch_reader *r, const struct state *s)
{
	return s->adding && s->adding < MOST_SWALLOWED && s->raw < r->count &&
	       patch_may_go_on(r->raws[s->raw - 1].sent, r->raws[s->raw].sent);
}

/* True if nothing but the rest of an added line can stand there. */
static bool must_go_on(const struct patch_reader *r, const struct state *s)
{
	if (!s->adding)
		return false;
	for (size_t i = s->raw; i < r->count && !r->raws[i].blank; i++)
		if (i == r->signature || r->raws[i].kind == '\\')
			return i > s->raw;
	return false;
}

/* The line may be the rest of one above: an added one, or of "@@". */
static bool may_be_more(const struct patch_reader *r, const struct state *s)
{
	if (s->adding)
		return s->adding < MOST_SWALLOWED;
	return !s->raw && r->hunk->headed;
}

/* The first way on, by which the line of the mail is what it looks like. */
static bool go_on(struct patch_reader *r, struct step *step)
{
	const struct state *s = &step->state;
	const struct patch_raw *raw;
	size_t old_left = r->hunk->old_count - (s->line - r->start);
	size_t new_left = r->hunk->new_count - s->fresh;

	step->last = true;
	if (is_done(r, s) && must_go_on(r, s)) {
		step->kind = 'c';
		step->end = s->raw + 1;
		return true;
	}
	if (is_done(r, s)) {
		step->kind = 'e';
		step->end = s->raw;
		step->last = !may_go_on(r, s);
		if (s->raw < r->count && r->raws[s->raw].kind == '\\')
			step->kind = '\\';
		else
			return true;
	}
	if (s->raw == r->count)
		return false;
	raw = &r->raws[s->raw];
	step->kind = raw->kind;
	step->end = s->raw + 1;
	switch (raw->kind) {
	case '\\':
		return r->step_count > 0;
	case '+':
		step->last = !may_be_more(r, s);
		return new_left;
	case ' ':
	case '-':
		step->last = raw->blank || !may_be_more(r, s);
		if (!old_left || (raw->kind == ' ' && !new_left))
			return false;
		step->end = patch_raw_match(r, s->raw, s->line);
		return step->end;
	}
	/* without a prefix: the rest of the line above, or of "@@" */
	step->kind = s->adding ? 'c' : 's';
	return s->adding || s->fresh + s->line == r->start;
}

/* The second way: it is the rest of the line above. */
static bool go_on_otherwise(struct step *step)
{
	if (step->last)
		return false;
	step->kind = step->state.adding ? 'c' : 's';
	step->end = step->state.raw + 1;
	step->last = true;
	return true;
}

static struct state state_after(const struct patch_reader *r,
				const struct step *step)
{
	struct state s = step->state;

	s.raw = step->end;
	switch (step->kind) {
	case ' ':
		s.fresh++;
		/* fall through */
	case '-':
		s.line++;
		s.adding = 0;
		break;
	case '+':
		s.fresh++;
		s.adding = 1;
		break;
	case '\\':
		s.adding = 0;
		break;
	case 'c':
		s.adding = r->raws[step->state.raw].kind ? s.adding + 1 : 1;
		break;
	}
	return s;
}

/* --- from steps to lines ------------------------------------------------- */

/* The pieces of a line, joined by line feeds. */
static struct slice join(struct patch_reader *r, struct arena *arena,
			 size_t from, size_t to, size_t prefix)
{
	struct strbuf words = STRBUF_INIT;
	struct slice first = r->raws[from].text, result;

	if (to == from + 1)
		return slice_sub(first, prefix, first.len);
	for (size_t i = from; i < to; i++) {
		if (i > from)
			strbuf_addch(&words, '\n');
		strbuf_add_slice(&words, i > from ? r->raws[i].text :
				 slice_sub(first, prefix, first.len));
	}
	result = arena_slice(arena, strbuf_slice(&words));
	strbuf_release(&words);
	return result;
}

/* A dash at the front that is prefix and more: the line begins with it. */
static size_t prefix_of(struct patch_reader *r, size_t i,
			const struct step *step)
{
	const struct patch_raw *raw = &r->raws[i];
	size_t at = 0;

	if (raw->prefix == 3 && step->kind == '-' &&
	    !patch_raw_match_part(patch_text_folded(r->text, step->state.line),
				  &at, patch_raw_folded(r, raw)))
		return 0;
	return raw->text.len < raw->prefix ? raw->text.len : raw->prefix;
}

static void add_op(struct patch_reader *r, struct arena *arena,
		   struct patch_reading *reading, size_t i)
{
	const struct step *step = &r->steps[i];
	struct patch_op *op = &reading->ops[reading->count];
	size_t from = step->state.raw, to = step->end;

	if (step->kind == '\\' && reading->count)
		reading->ops[reading->count - 1].bare = true;
	if (step->kind != ' ' && step->kind != '-' && step->kind != '+')
		return;
	while (step->kind == '+' && i + 1 < r->step_count &&
	       r->steps[i + 1].kind == 'c')
		to = r->steps[++i].end;
	*op = (struct patch_op){ .kind = step->kind, .cr = true,
				 .naked = !r->raws[from].text.len,
				 .nbsp = r->raws[from].prefix == 2,
				 .cut = !r->raws[to - 1].ended,
				 .line = step->state.line,
				 .at = r->hunk->line + 1 + from };
	for (size_t k = from; k < to; k++)
		op->cr = op->cr && r->raws[k].cr;
	op->words = join(r, arena, from, to, prefix_of(r, from, step));
	reading->count++;
}

static void keep_reading(struct patch_reader *r, struct arena *arena,
			 struct patch_readings *readings)
{
	struct patch_reading *reading = &readings->items[readings->count++];

	reading->count = 0;
	reading->ops = arena_alloc(arena, r->step_count *
					  sizeof(*reading->ops));
	for (size_t i = 0; i < r->step_count; i++)
		add_op(r, arena, reading, i);
}

/* Back to the last state that has another way on; false: there is none. */
static bool back_up(struct patch_reader *r, size_t *fruitful)
{
	while (r->step_count) {
		struct step *step = &r->steps[r->step_count - 1];

		if (go_on_otherwise(step))
			return true;
		r->step_count--;
		/* states that led to a reading may do so again */
		if (r->step_count < *fruitful)
			*fruitful = r->step_count;
		else
			set_failed(r, &step->state);
	}
	return false;
}

static void search(struct patch_reader *r, struct arena *arena,
		   struct patch_readings *readings)
{
	struct state s = { .line = r->start };
	size_t fruitful = 0;	/* that many steps lead to a reading */

	r->step_count = r->failed_count = 0;
	free(r->failed);
	r->failed = NULL;
	r->failed_size = 0;
	for (;;) {
		struct step step = { .state = s };
		bool dead = has_failed(r, &s);

		if (s.raw > r->furthest)
			r->furthest = s.raw;
		if (++r->work > r->most_work) {
			readings->given_up = true;
			return;
		}
		GROW(r->steps, r->step_count, r->step_capacity);
		if (!dead) {
			bool goes = go_on(r, &step);

			r->steps[r->step_count++] = step;
			if (goes && step.kind == 'e') {
				keep_reading(r, arena, readings);
				if (readings->count == PATCH_MOST_READINGS)
					return;
				fruitful = r->step_count;
				goes = false;
			}
			if (goes) {
				s = state_after(r, &step);
				continue;
			}
		}
		if (!back_up(r, &fruitful))
			return;
		s = state_after(r, &r->steps[r->step_count - 1]);
	}
}

/* --- where --------------------------------------------------------------- */

/* The first line of the mail that is one of the text; count: none. */
static size_t first_old(const struct patch_reader *r)
{
	size_t i = 0;

	while (i < r->count && r->raws[i].kind != ' ' && r->raws[i].kind != '-')
		i++;
	return i;
}

static bool search_at(struct patch_reader *r, struct arena *arena,
		      struct patch_readings *readings, size_t line)
{
	if (line > r->text->count ||
	    r->hunk->old_count > r->text->count - line)
		return false;
	r->start = line;
	search(r, arena, readings);
	return readings->count;
}

/* Everywhere but at the line it names; two places are none. */
static void search_elsewhere(struct patch_reader *r, struct arena *arena,
			     struct patch_readings *readings, size_t from,
			     size_t named)
{
	size_t i = first_old(r);
	struct slice first;
	struct patch_readings found = { .count = 0 };

	if (i == r->count || r->raws[i].blank || !r->hunk->old_count)
		return;
	first = patch_raw_folded(r, &r->raws[i]);
	for (size_t line = from; line < r->text->count; line++) {
		if (++r->work > r->most_work) {
			readings->given_up = true;
			return;
		}
		if (line == named ||
		    !slice_starts_with(patch_text_folded(r->text, line), first))
			continue;
		found.count = 0;
		if (search_at(r, arena, &found, line)) {
			if (readings->count) {
				/* two places: two readings of it */
				readings->items[1] = found.items[0];
				readings->count = 2;
				return;
			}
			*readings = found;
			readings->elsewhere = true;
		}
		if (found.given_up) {
			readings->given_up = true;
			return;
		}
	}
}

void patch_read_hunk(struct patch_readings *readings, struct arena *arena,
		     const struct patch_hunk *hunk, struct patch_text *text,
		     size_t from, size_t *budget, bool unlink)
{
	struct patch_reader r = { .hunk = hunk, .text = text,
			    .folded = STRBUF_INIT };
	size_t named = hunk->old_start - (hunk->old_start && hunk->old_count);

	*readings = (struct patch_readings){ .count = 0 };
	patch_raws_read(&r, arena, unlink);
	patch_raws_sign(&r);
	r.most_work = 10000 + 32 * r.count + r.folded.len;
	if (named < from || !search_at(&r, arena, readings, named)) {
		readings->cut_off = r.furthest == r.count;
		readings->late = r.furthest + 1 >= r.count;
		r.work = 0;
		r.most_work = *budget;
		if (!readings->given_up)
			search_elsewhere(&r, arena, readings, from, named);
		*budget -= r.work < *budget ? r.work : *budget;
	}
	free(r.raws);
	free(r.steps);
	free(r.failed);
	strbuf_release(&r.folded);
}
