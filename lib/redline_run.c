/* SPDX-License-Identifier: MIT */
/*
 * Paragraphs that were split or joined, or whose border is elsewhere now: the
 * neighbours that have become each other are compared as one text, in which
 * the ends of paragraphs are words.
 */
#include "redline_private.h"

#define SENTENCE 8		/* words that are a sentence at least */
#define FEW 6			/* in a paragraph that may be like any other */

/* Leaves that belong together, end inclusive. */
struct run {
	size_t a0, a1, b0, b1;
	size_t votes;
};

struct rl_text leaf_text(const struct redline *r, enum redline_side side,
			 const struct rl_leaf *leaf)
{
	return (struct rl_text){
		r->sides[side].blocks.items[leaf->item].node,
		leaf->run ? leaf->run : 1, leaf->chunk
	};
}

/* Is one of them in the other, for the most part? Or a sentence of it. */
static bool is_part(const struct redline *r, const struct rl_votes *v)
{
	size_t a = r->sides[REDLINE_OLD].leaves[v->a].counted;
	size_t b = r->sides[REDLINE_NEW].leaves[v->b].counted;
	size_t less = a < b ? a : b;

	return v->count >= SENTENCE ||
	       (v->count >= FEW && 2 * v->count >= less) ||
	       (v->count >= 3 && 5 * v->count >= 4 * less);
}

/* Are they paragraphs that can be parts of one? */
static bool are_neighbours(const struct redline *r, enum redline_side side,
			   size_t from, size_t to)
{
	const struct rl_side *s = &r->sides[side];
	const struct rl_leaf *first = &s->leaves[from];

	for (size_t i = from; i <= to; i++) {
		const struct rl_leaf *leaf = &s->leaves[i];
		const struct rl_item *item = &s->blocks.items[leaf->item];

		if (!item->node || item->node->type != NODE_PARAGRAPH ||
		    item->node->attributes || leaf_has_mate(r, side, i) ||
		    leaf->chunk != first->chunk ||
		    item->parent != s->blocks.items[first->item].parent)
			return false;
	}
	return true;
}

static bool goes_on(const struct redline *r, const struct run *run,
		    const struct rl_votes *v)
{
	return run->votes && (v->a == run->a1 || v->b == run->b1) &&
	       are_neighbours(r, REDLINE_OLD, run->a1, v->a) &&
	       are_neighbours(r, REDLINE_NEW, run->b1, v->b);
}

static size_t count_words(const struct rl_side *side, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i <= to; i++)
		n += side->leaves[i].counted;
	return n;
}

static void follow(struct rl_side *side, size_t from, size_t to)
{
	side->leaves[from].run = (uint32_t)(to - from + 1);
	for (size_t i = from + 1; i <= to; i++)
		side->leaves[i].follows = true;
}

static void end_run(struct redline *r, struct run *run)
{
	struct rl_side *old = &r->sides[REDLINE_OLD];
	struct rl_side *new = &r->sides[REDLINE_NEW];
	size_t a = count_words(old, run->a0, run->a1);
	size_t b = count_words(new, run->b0, run->b1);
	bool many = run->a0 < run->a1 || run->b0 < run->b1;

	if (!run->votes || !many || 2 * run->votes < (a > b ? a : b))
		return;
	mate_leaves(r, run->a0, run->b0, true);
	if (!leaf_has_mate(r, REDLINE_OLD, run->a0))
		return;
	follow(old, run->a0, run->a1);
	follow(new, run->b0, run->b1);
}

void redline_find_runs(struct redline *r, const struct rl_votes *votes,
		       size_t count)
{
	struct run run = { 0, 0, 0, 0, 0 };

	for (size_t i = 0; i < count; i++) {
		const struct rl_votes *v = &votes[i];

		if (!is_part(r, v))
			continue;
		if (goes_on(r, &run, v)) {
			run.a1 = v->a;
			run.b1 = v->b;
			run.votes += v->count;
			continue;
		}
		end_run(r, &run);
		run = (struct run){ v->a, v->a, v->b, v->b, v->count };
	}
	end_run(r, &run);
}
