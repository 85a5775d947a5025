/* SPDX-License-Identifier: MIT */
/*
 * Words and marks of new lines: those of an old line that the same damage was
 * done to are taken from the text; a mark that is new may be damage.
 */
#include "patch_group.h"

bool patch_text_has(struct patch_draft *draft, struct slice bytes)
{
	struct slice text = draft->text->text;
	size_t i = 0;

	while (i < draft->asked_count && !slice_eq(draft->asked[i], bytes))
		i++;
	if (i == PATCH_MOST_QUESTIONS)
		return false;
	if (i == draft->asked_count) {
		draft->asked[i] = arena_slice(&draft->arena, bytes);
		draft->answers[i] = slice_find_slice(text, bytes) < text.len;
		draft->asked_count++;
	}
	return draft->answers[i];
}

/* What a typographic mark may have been. */
static void offer_ascii(struct patch_choice *c, const struct patch_word *w)
{
	switch (w->class) {
	case CLASS_SINGLE:
		patch_choice_offer(c, SLICE("'"));
		break;
	case CLASS_DOUBLE:
		patch_choice_offer(c, SLICE("\""));
		break;
	case CLASS_DOTS:
		patch_choice_offer(c, SLICE("..."));
		break;
	case CLASS_DASH:
		patch_choice_offer(c, SLICE("--"));
		patch_choice_offer(c, SLICE("---"));
		patch_choice_offer(c, SLICE("-"));
		break;
	}
}

static void offer_typographic(struct patch_choice *c,
			      const struct patch_word *w)
{
	static const char *const marks[CLASS_COUNT][2] = {
		[CLASS_SINGLE] = { "\u2019", "\u2018" },
		[CLASS_DOUBLE] = { "\u201C", "\u201D" },
		[CLASS_DASH] = { "\u2013", "\u2014" },
		[CLASS_DOTS] = { "\u2026", "\u2026" }
	};

	for (int i = 0; i < 2; i++)
		if (marks[w->class][i])
			patch_choice_offer(c, slice_of(marks[w->class][i]));
}

/* A mark that no old line has there: did its writer type it so? */
static void add_mark(struct patch_group *g, const struct patch_word *w)
{
	const struct patch_evidence *e = g->draft->evidence;
	bool damaged = w->ascii ? e->straightened[w->class] :
				  e->curled[w->class];
	bool certain = !damaged &&
		       (w->ascii || e->kept[w->class] || e->native[w->class] ||
			patch_text_has(g->draft, w->bytes));
	struct patch_choice *c = patch_draft_choose(
		g->draft, REPAIR_TYPOGRAPHY, certain, w->at);

	if (!damaged)
		patch_choice_offer(c, w->bytes);
	if (w->ascii)
		offer_typographic(c, w);
	else
		offer_ascii(c, w);
	patch_choice_offer(c, w->bytes);
}

bool patch_is_mark(const struct patch_word *w)
{
	return w->class > CLASS_MARK && !(w->class == CLASS_DOTS && w->ascii);
}

/* A word that was put together of pieces and is new: one, or two? */
static void add_joined(struct patch_group *g, const struct patch_word *w)
{
	const struct patch_evidence *e = g->draft->evidence;
	struct patch_choice *c = patch_draft_choose(
		g->draft, REPAIR_WRAPPED, e->ends_kept && !e->stripped, w->at);
	char *copy = arena_copy(&g->draft->arena, w->raw);

	patch_choice_offer(c, w->bytes);
	for (char *p = copy; *p; p++)
		if (*p == '\n')
			*p = ' ';
	patch_choice_offer(c, (struct slice){ copy, w->raw.len });
}

/* A mark that stands between other gaps than it did may be another mark. */
static bool gaps_stayed(const struct patch_group *g, size_t k)
{
	size_t match = g->match[k];

	if (!slice_eq(g->new.items[k].gap, g->old.items[match - 1].raw_gap))
		return false;
	return slice_eq(g->new.items[k + 1].gap, g->old.items[match].raw_gap);
}

void patch_add_word(struct patch_group *g, size_t k)
{
	const struct patch_word *w = &g->new.items[k], *old;
	struct patch_choice *c;

	if (!g->match[k]) {
		if (w->seam)
			add_joined(g, w);
		else if (patch_is_mark(w))
			add_mark(g, w);
		else
			patch_draft_add(g->draft, w->bytes);
		return;
	}
	old = &g->old.items[g->match[k] - 1];
	if (slice_eq(w->bytes, old->bytes) ||
	    (slice_eq(old->raw, old->bytes) &&
	     (w->ascii || !g->draft->evidence->curled[w->class]))) {
		patch_draft_add(g->draft, w->bytes);
		return;
	}
	c = patch_draft_choose(g->draft, REPAIR_TYPOGRAPHY,
			       w->seam || (slice_eq(w->bytes, old->raw) &&
					   gaps_stayed(g, k)), w->at);
	patch_choice_offer(c, old->bytes);
	patch_choice_offer(c, w->bytes);
	offer_ascii(c, w);
}

