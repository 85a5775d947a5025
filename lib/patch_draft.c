/* SPDX-License-Identifier: MIT */
/*
 * New lines went through the same mail as the old ones that they replace, and
 * of those we know both what they were and what became of them. Words and
 * gaps that the new lines have in common with the old ones, damage and all,
 * are taken from the text. Where a new word or gap may be damage, that is a
 * choice: certain if the rest of the patch says so.
 */
#include <stdlib.h>

#include "alloc.h"
#include "patch_group.h"

void patch_draft_release(struct patch_draft *draft)
{
	arena_release(&draft->arena);
	vocabulary_release(&draft->vocabulary);
	free(draft->pieces);
	free(draft->choices);
	*draft = (struct patch_draft)PATCH_DRAFT_INIT;
}

void patch_draft_add(struct patch_draft *draft, struct slice bytes)
{
	if (!bytes.len)
		return;
	GROW(draft->pieces, draft->count, draft->capacity);
	draft->pieces[draft->count++] = (struct patch_piece){ bytes, NULL };
}

struct patch_choice *patch_draft_choose(struct patch_draft *draft,
					unsigned repair, bool certain,
					size_t line)
{
	struct patch_choice *c = arena_calloc(&draft->arena, sizeof(*c));

	c->repair = repair;
	c->certain = certain;
	c->line = line;
	GROW(draft->pieces, draft->count, draft->capacity);
	draft->pieces[draft->count++].choice = c;
	GROW(draft->choices, draft->choice_count, draft->choice_capacity);
	draft->choices[draft->choice_count++] = c;
	return c;
}

void patch_choice_offer(struct patch_choice *choice, struct slice option)
{
	for (size_t i = 0; i < choice->count; i++)
		if (slice_eq(choice->options[i], option))
			return;
	if (choice->count < PATCH_MOST_OPTIONS)
		choice->options[choice->count++] = option;
}

/* --- line ends ----------------------------------------------------------- */

/* The line end that the text has around. */
static struct slice end_around(const struct patch_draft *draft, size_t line)
{
	struct slice s;

	if (!draft->text->count)
		return SLICE("\n");
	if (line >= draft->text->count)
		line = draft->text->count - 1;
	s = patch_text_line(draft->text, line);
	if (line && !slice_ends_with(s, SLICE("\n")))
		s = patch_text_line(draft->text, line - 1);
	return slice_ends_with(s, SLICE("\r\n")) ? SLICE("\r\n") : SLICE("\n");
}

static void add_line_end(struct patch_draft *draft, const struct patch_op *op)
{
	const struct patch_evidence *e = draft->evidence;
	struct slice own = op->cr ? SLICE("\r\n") : SLICE("\n");
	struct slice around = end_around(draft, op->line);
	bool damaged = e->cr_added || e->cr_lost || !e->old_lines;
	struct patch_choice *c;

	if (op->bare)
		return;
	if (!damaged || slice_eq(own, around)) {
		patch_draft_add(draft, own);
		return;
	}
	c = patch_draft_choose(draft, REPAIR_CRLF,
			       !e->crs || e->crs == e->lines, op->at);
	patch_choice_offer(c, around);
	patch_choice_offer(c, own);
}

/* A rewritten link that could not be undone never gets into the book. */
static void doubt_links(struct patch_draft *draft, const struct patch_op *op)
{
	struct slice whole = patch_put_together(draft, op->words);

	if (patch_is_rewritten(whole) && !patch_is_rewritten(draft->text->text))
		patch_choice_offer(patch_draft_choose(draft, REPAIR_LINKS,
						      false, op->at),
				   SLICE(""));
}

/* Of "..." all but the first: they may have been an ellipsis. */
static bool goes_on_in_dots(const struct patch_group *g, size_t k)
{
	const struct patch_word *w = &g->new.items[k];

	return k && !w->gap.len && w->class == CLASS_DOTS &&
	       (w - 1)->class == CLASS_DOTS;
}

void patch_draft_group(struct patch_draft *draft, const struct patch_op *ops,
		       size_t count)
{
	struct patch_group g = { .draft = draft, .folded = STRBUF_INIT };

	patch_group_read(&g, ops, count);
	for (size_t i = 0; i < count; i++)
		if (ops[i].kind == '+')
			doubt_links(draft, &ops[i]);
	for (size_t k = 0; k < g.new.count; k++) {
		const struct patch_word *w = &g.new.items[k];

		patch_add_gap(&g, k);
		if (w->ends_line)
			add_line_end(draft, w->op);
		else
			patch_add_word(&g, k);
		draft->doubtful = draft->doubtful || patch_is_mark(w) ||
				  w->gap.len > 1 || goes_on_in_dots(&g, k);
	}
	patch_group_release(&g);
}
