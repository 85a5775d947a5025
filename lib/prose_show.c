/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>

#include "alloc.h"
#include "prose_diff.h"
#include "prose_lines.h"
#include "prose_parts.h"
#include "prose_show.h"
#include "strbuf.h"
#include "tokens.h"
#include "vocabulary.h"

/* Sentences that change together: tokens, and changes of the stretch. */
struct group {
	size_t a0, a1;		/* of base; the same where all are put in */
	size_t c0, c1;		/* from the first to the last that is visible */
	size_t passage;		/* its number, once it has one */
};

#define NO_PASSAGE SIZE_MAX

/* A stretch of both texts: paragraphs that differ. */
struct stretch {
	struct prose_passages *out;
	struct vocabulary vocabulary;
	size_t base_at, theirs_at;
	struct token_list base, theirs;
	struct prose_hunks hunks;
	uint32_t *block;	/* number of the block of token i */
	size_t block_capacity;
	struct word_change *changes;
	size_t change_count, change_capacity;
	struct group *groups;
	size_t group_count, group_capacity;
};

void prose_passages_release(struct prose_passages *passages)
{
	free(passages->items);
	free(passages->edits);
	arena_release(&passages->arena);
	*passages = (struct prose_passages)PROSE_PASSAGES_INIT;
}

static void stretch_release(struct stretch *s)
{
	vocabulary_release(&s->vocabulary);
	token_list_release(&s->base);
	token_list_release(&s->theirs);
	prose_hunks_release(&s->hunks);
	free(s->block);
	free(s->changes);
	free(s->groups);
}

static struct span bytes_between(const struct token_list *t, size_t at,
				 size_t from, size_t to)
{
	size_t start = from ? t->items[from - 1].end : 0;
	size_t end = to < t->count ? t->items[to].start : t->text.len;

	return (struct span){ at + start, at + end };
}

static struct span bytes_of(const struct token_list *t, size_t at, size_t from,
			    size_t to)
{
	size_t start = from < t->count ? t->items[from].start : t->text.len;

	return (struct span){ at + start,
			      at + (to > from ? t->items[to - 1].end :
				    start) };
}

static struct slice slice_at(struct slice text, struct span span)
{
	return slice_sub(text, span.start, span.end);
}

/* --- what changes --- */

static void add_change(struct stretch *s, const struct word_change *change)
{
	GROW(s->changes, s->change_count, s->change_capacity);
	s->changes[s->change_count++] = *change;
}

static bool has_words(const struct token_list *t, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (!token_is_break(&t->items[i]))
			return true;
	return false;
}

static void add_hunk(struct stretch *s, const struct prose_hunk *h)
{
	bool words = has_words(&s->base, h->a0, h->a1) ||
		     has_words(&s->theirs, h->b0, h->b1);

	/* the same bytes may be parted otherwise */
	bool visible = !slice_eq(
		slice_at(s->base.text, bytes_between(&s->base, 0, h->a0,
						     h->a1)),
		slice_at(s->theirs.text, bytes_between(&s->theirs, 0, h->b0,
						       h->b1)));

	add_change(s, &(struct word_change){
		h->a0, h->a1, h->b0, h->b1, visible,
		words, words && h->starts && h->ends &&
			(h->a0 == h->a1 || h->b0 == h->b1),
		h->starts, h->ends });
}

/* White space around tokens `i` and `j`, which are the same. */
static void add_space(struct stretch *s, size_t i, size_t j, bool after_hunk)
{
	bool is_break = token_is_break(&s->base.items[i]);
	struct slice old, new;

	if (!is_break && after_hunk)
		return; /* it is the hunk's */
	old = is_break ? token_bytes(&s->base, i) : token_gap(&s->base, i);
	new = is_break ? token_bytes(&s->theirs, j) : token_gap(&s->theirs, j);
	if (!slice_eq(old, new))
		add_change(s, &(struct word_change){
			i, i + is_break, j, j + is_break,
			is_break ? parts_break_differs(old, new) :
			parts_gap_differs(old, new),
			false, false, false, false });
}

static void read_changes(struct stretch *s)
{
	size_t i = 0, j = 0, h = 0;
	bool after_hunk = false;

	s->change_count = 0;
	while (i < s->base.count || h < s->hunks.count) {
		if (h < s->hunks.count && s->hunks.items[h].a0 == i) {
			add_hunk(s, &s->hunks.items[h]);
			i = s->hunks.items[h].a1;
			j = s->hunks.items[h++].b1;
			after_hunk = true;
			continue;
		}
		add_space(s, i++, j++, after_hunk);
		after_hunk = false;
	}
}

/* --- sentences that change together --- */

static void number_blocks(struct stretch *s)
{
	uint32_t n = 0;

	if (s->block_capacity < s->base.count) {
		s->block_capacity = s->base.count;
		s->block = xreallocarray(s->block, s->block_capacity,
					 sizeof(*s->block));
	}
	for (size_t i = 0; i < s->base.count; i++) {
		n += token_is_break(&s->base.items[i]);
		s->block[i] = n;
	}
}

static size_t sentence_start(const struct stretch *s, size_t i, size_t floor)
{
	while (i > floor && !(s->base.items[i].flags & TOKEN_SENTENCE))
		i--;
	return i;
}

static size_t sentence_end(const struct stretch *s, size_t i)
{
	do
		i++;
	while (i < s->base.count &&
	       !(s->base.items[i].flags & TOKEN_SENTENCE));
	return i;
}

static bool is_break_at(const struct token_list *t, size_t i)
{
	return token_is_break(&t->items[i]);
}

/* A break on both sides: the marks of the block after it change. */
static bool is_marks(const struct stretch *s, const struct word_change *c)
{
	return c->a1 == c->a0 + 1 && c->b1 == c->b0 + 1 &&
	       is_break_at(&s->base, c->a0) && is_break_at(&s->theirs, c->b0);
}

/* The tokens of base whose sentences a change concerns, one at least. */
static void reach_of(const struct stretch *s, const struct word_change *c,
		     size_t *from, size_t *to)
{
	bool in = c->b0 < c->b1;

	*from = c->a0;
	*to = c->a1;
	if (c->a0 == c->a1) {
		if (*from && !(c->starts && !c->ends))
			--*from;
		if (!(c->ends && !c->starts) || *from == c->a0)
			++*to;
		return;
	}
	/* blocks parted or joined: what stands on both sides */
	if (*from && (is_break_at(&s->base, c->a0) ||
		      (in && is_break_at(&s->theirs, c->b0))) &&
	    !is_marks(s, c))
		--*from;
	if (*to < s->base.count &&
	    (is_break_at(&s->base, c->a1 - 1) ||
	     (in && is_break_at(&s->theirs, c->b1 - 1))))
		++*to;
}

/* Where a sentence need not be followed further back: in a group. */
static size_t floor_of(const struct stretch *s)
{
	size_t n = s->group_count;

	while (n && s->groups[n - 1].a0 == s->groups[n - 1].a1)
		n--;
	return n ? s->groups[n - 1].a1 : 0;
}

static void add_to_groups(struct stretch *s, size_t c)
{
	const struct word_change *change = &s->changes[c];
	struct group *last = s->group_count ? &s->groups[s->group_count - 1] :
			     NULL;
	struct group g = { change->a0, change->a1, c, c + 1, NO_PASSAGE };
	size_t from, to;

	if (!change->whole) {
		reach_of(s, change, &from, &to);
		g.a0 = sentence_start(s, from, floor_of(s));
		g.a1 = last && to <= last->a1 ? last->a1 :
		       sentence_end(s, to - 1);
	}
	while (last && g.a0 < last->a1) {
		g.a0 = last->a0 < g.a0 ? last->a0 : g.a0;
		g.a1 = last->a1 > g.a1 ? last->a1 : g.a1;
		g.c0 = last->c0;
		s->group_count--;
		last = s->group_count ? last - 1 : NULL;
	}
	GROW(s->groups, s->group_count, s->group_capacity);
	s->groups[s->group_count++] = g;
}

/* --- passages --- */

static size_t add_passage(struct prose_passages *out,
			  const struct prose_passage *passage)
{
	GROW(out->items, out->count, out->capacity);
	out->items[out->count] = *passage;
	return out->count++;
}

/* Breaks at the ends that do not change are not shown. */
static void trim_breaks(struct word_passage *p,
			const struct word_change *first,
			const struct word_change *last)
{
	while (p->a0 < first->a0 && is_break_at(p->base, p->a0) &&
	       is_break_at(p->theirs, p->b0))
		p->a0++, p->b0++;
	while (p->a1 > last->a1 && is_break_at(p->base, p->a1 - 1) &&
	       is_break_at(p->theirs, p->b1 - 1))
		p->a1--, p->b1--;
	/* whole blocks come and go with a break before or after them */
	if (p->a0 == p->a1)
		while (p->b1 > p->b0 && is_break_at(p->theirs, p->b1 - 1))
			p->b1--;
	if (p->b0 == p->b1)
		while (p->a1 > p->a0 && is_break_at(p->base, p->a1 - 1))
			p->a1--;
}

/* The tokens of a group, with all changes that are in them. */
static struct word_passage words_of(const struct stretch *s,
				    const struct group *g)
{
	const struct word_change *c = s->changes;
	size_t first = g->c0, last = g->c1 - 1;

	while (first && !c[first - 1].visible && c[first - 1].a0 >= g->a0)
		first--;
	while (last + 1 < s->change_count && !c[last + 1].visible &&
	       c[last + 1].a0 < g->a1)
		last++;
	return (struct word_passage){
		&s->base, &s->theirs, g->a0, g->a1,
		c[first].b0 - (c[first].a0 - g->a0),
		c[last].b1 + (g->a1 - c[last].a1), c + first, last - first + 1
	};
}

static size_t add_group(struct stretch *s, struct group *g)
{
	struct word_passage words = words_of(s, g);
	struct prose_passage passage = { 0 };

	trim_breaks(&words, &s->changes[g->c0], &s->changes[g->c1 - 1]);
	passage.base = bytes_of(&s->base, s->base_at, words.a0, words.a1);
	passage.theirs = bytes_of(&s->theirs, s->theirs_at, words.b0,
				  words.b1);
	parts_make(&passage, &s->out->arena, &words);
	g->passage = add_passage(s->out, &passage);
	return g->passage;
}

/* White space that belongs to no sentence that changes. */
static size_t add_layout(struct prose_passages *out, struct span base,
			 struct span theirs)
{
	struct prose_passage *last = out->count ? &out->items[out->count - 1] :
				     NULL;

	if (last && last->layout) {
		last->base.end = base.end;
		last->theirs.end = theirs.end;
		return out->count - 1;
	}
	return add_passage(out, &(struct prose_passage){
		.base = base, .theirs = theirs, .layout = true });
}

/* The group that a change goes with; NULL: none. `g` is the first after it. */
static struct group *owner_of(struct stretch *s, size_t c, size_t g)
{
	const struct word_change *change = &s->changes[c];
	struct group *next = g < s->group_count ? &s->groups[g] : NULL;
	struct group *before = g ? &s->groups[g - 1] : NULL;

	if (before && (c < before->c1 || change->a0 <= before->a1 ||
		       (before->a1 && s->block[before->a1 - 1] ==
			s->block[change->a0])))
		return before;
	if (next && (change->a1 >= next->a0 ||
		     s->block[next->a0] == s->block[change->a0]))
		return next;
	return NULL;
}

static void add_passages(struct stretch *s)
{
	struct prose_passages *out = s->out;
	size_t g = 0;

	for (size_t c = 0; c < s->change_count; c++) {
		const struct word_change *change = &s->changes[c];
		struct prose_edit edit = {
			bytes_between(&s->base, s->base_at, change->a0,
				      change->a1),
			bytes_between(&s->theirs, s->theirs_at, change->b0,
				      change->b1), 0
		};
		struct group *owner;

		if (slice_eq(slice_at(out->base, edit.base),
			     slice_at(out->theirs, edit.theirs)))
			continue;
		while (g < s->group_count && s->groups[g].c0 <= c)
			g++;
		owner = owner_of(s, c, g);
		if (!owner)
			edit.passage = add_layout(out, edit.base, edit.theirs);
		else if (owner->passage == NO_PASSAGE)
			edit.passage = add_group(s, owner);
		else
			edit.passage = owner->passage;
		GROW(out->edits, out->edit_count, out->edit_capacity);
		out->edits[out->edit_count++] = edit;
	}
}

static void show_stretch(struct stretch *s, struct span base,
			 struct span theirs)
{
	struct slice texts[] = { s->out->base, s->out->theirs };
	struct span spans[] = { base, theirs };

	spans_trim(texts, spans, 2);
	base = spans[0];
	theirs = spans[1];
	s->base_at = base.start;
	s->theirs_at = theirs.start;
	token_list_read(&s->base, &s->vocabulary,
			slice_sub(s->out->base, base.start, base.end));
	token_list_read(&s->theirs, &s->vocabulary,
			slice_sub(s->out->theirs, theirs.start, theirs.end));
	prose_diff(&s->hunks, &s->base, &s->theirs);
	read_changes(s);
	number_blocks(s);
	s->group_count = 0;
	for (size_t c = 0; c < s->change_count; c++)
		if (s->changes[c].visible)
			add_to_groups(s, c);
	add_passages(s);
}

void prose_show(struct prose_passages *passages, struct slice base,
		struct slice theirs)
{
	struct line_runs runs = LINE_RUNS_INIT;
	struct lines_hunks hunks = LINES_HUNKS_INIT;
	struct stretch s = { .out = passages, .vocabulary = VOCABULARY_INIT,
			     .base = TOKEN_LIST_INIT,
			     .theirs = TOKEN_LIST_INIT,
			     .hunks = PROSE_HUNKS_INIT };
	size_t done = 0;

	passages->base = base;
	passages->theirs = theirs;
	prose_diff_lines(&runs, base, theirs);
	lines_hunks_read(&hunks, &runs, base.len, theirs.len);
	for (size_t h = 0, first = 0; h < hunks.count; first = h) {
		size_t from = paragraph_before(base, hunks.items[h].a0);
		size_t to = paragraph_after(base, hunks.items[h].a1);

		from = from < done ? done : from;
		while (++h < hunks.count && hunks.items[h].a0 <= to)
			to = paragraph_after(base, hunks.items[h].a1);
		show_stretch(&s, (struct span){ from, to }, (struct span){
			lines_shifted(&hunks, first, from),
			lines_shifted(&hunks, h, to) });
		done = to;
	}
	line_runs_release(&runs);
	lines_hunks_release(&hunks);
	stretch_release(&s);
}

/* --- one passage alone --- */

static void restrict_to(struct strbuf *out, const struct prose_passages *p,
			size_t n, const bool *chosen)
{
	size_t done = 0;

	for (size_t i = 0; i < p->edit_count; i++) {
		const struct prose_edit *e = &p->edits[i];

		if (chosen ? !chosen[e->passage] : e->passage != n)
			continue;
		strbuf_add_slice(out, slice_sub(p->base, done, e->base.start));
		strbuf_add_slice(out, slice_sub(p->theirs, e->theirs.start,
						e->theirs.end));
		done = e->base.end;
	}
	strbuf_add_slice(out, slice_sub(p->base, done, p->base.len));
}

void prose_restrict(struct strbuf *out, const struct prose_passages *passages,
		    size_t n)
{
	restrict_to(out, passages, n, NULL);
}

void prose_restrict_to(struct strbuf *out,
		       const struct prose_passages *passages,
		       const bool *chosen)
{
	restrict_to(out, passages, 0, chosen);
}
