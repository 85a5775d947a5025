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

static bool is_spaced(const struct patch_group *g, size_t k)
{
	return g->new.items[k].gap.len && g->new.items[k + 1].gap.len;
}

static bool has_break(struct slice gap)
{
	return slice_find(gap, '\n') < gap.len;
}

/*
 * Did this mail leave alone what it could have made this mark of? Dashes may
 * be changed only where there are spaces around them, or only where not.
 */
static bool stays_ascii(const struct patch_group *g, size_t k)
{
	const struct patch_evidence *e = g->draft->evidence;
	const struct patch_word *w = &g->new.items[k];

	if (w->class != CLASS_DASH)
		return e->kept[w->class];
	if (has_break(w->gap) || has_break(g->new.items[k + 1].gap))
		return e->kept_dashes[0] && e->kept_dashes[1];
	return e->kept_dashes[is_spaced(g, k)];
}

/* The text has this very mark, and none in ASCII that it may have been. */
static bool is_always_printed(const struct patch_group *g, size_t k)
{
	const struct patch_habits *h = &g->draft->habits;
	const struct patch_word *w = &g->new.items[k];

	if (w->class == CLASS_DASH ? h->dashes[is_spaced(g, k)] :
				     h->ascii[w->class])
		return false;
	return patch_text_has(g->draft, w->bytes);
}

/*
 * May the mail have made this ASCII mark of another? It did so to marks of its
 * class; or to others, where none of its class shows that it stays, and the
 * text has it in print.
 */
static bool may_be_straightened(const struct patch_group *g, unsigned class)
{
	const struct patch_evidence *e = g->draft->evidence;
	const struct patch_habits *h = &g->draft->habits;

	if (e->straightened[class])
		return true;
	if (e->native[class] || (h->ascii[class] && !h->printed[class]))
		return false;
	for (size_t i = 0; i < CLASS_COUNT; i++)
		if (e->straightened[i])
			return true;
	return false;
}

/*
 * Did its writer type the mark so? What the mail did to other marks says it;
 * where nothing was seen, the text, if it has them all in one manner.
 */
static bool is_as_typed(const struct patch_group *g, size_t k)
{
	const struct patch_evidence *e = g->draft->evidence;
	const struct patch_word *w = &g->new.items[k];

	if (w->ascii)
		return !may_be_straightened(g, w->class);
	return !e->curled[w->class] &&
	       (stays_ascii(g, k) || is_always_printed(g, k));
}

/* A mark that no old line has there. */
static void add_mark(struct patch_group *g, size_t k)
{
	const struct patch_word *w = &g->new.items[k];
	const struct patch_evidence *e = g->draft->evidence;
	bool damaged = w->ascii ? e->straightened[w->class] :
				  e->curled[w->class];
	struct patch_choice *c = patch_draft_choose(
		g->draft, REPAIR_TYPOGRAPHY, is_as_typed(g, k), w->at);

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

/* As in "well-known". */
static bool is_hyphen(const struct patch_group *g, size_t k)
{
	return slice_eq(g->new.items[k].bytes, SLICE("-")) && !is_spaced(g, k);
}

/* True for the last of three dots: they may have been an ellipsis. */
static bool ends_dots(const struct patch_group *g, size_t k)
{
	const struct patch_word *w = &g->new.items[k];

	for (size_t i = 0; i < 3; i++)
		if (k < i || (w - i)->class != CLASS_DOTS || !(w - i)->ascii ||
		    (i < 2 && (w - i)->gap.len))
			return false;
	return true;
}

static void add_dot(struct patch_group *g, const struct patch_word *w)
{
	patch_choice_offer(patch_draft_choose(g->draft, REPAIR_TYPOGRAPHY,
					      false, w->at), w->bytes);
}

/* True if the mail made the same mark of different ones. */
static bool is_of_several(const struct patch_group *g,
			  const struct patch_word *w)
{
	return g->draft->evidence->blurred[w->class];
}

void patch_add_word(struct patch_group *g, size_t k)
{
	const struct patch_word *w = &g->new.items[k], *old;
	struct patch_choice *c;

	if (!g->match[k]) {
		if (w->seam)
			add_joined(g, w);
		else if (patch_is_mark(w) && !is_hyphen(g, k))
			add_mark(g, k);
		else if (ends_dots(g, k) && !is_as_typed(g, k))
			add_dot(g, w);
		else
			patch_draft_add(g->draft, w->bytes);
		return;
	}
	old = &g->old.items[g->match[k] - 1];
	if (slice_eq(w->bytes, old->bytes) ||
	    (slice_eq(old->raw, old->bytes) &&
	     (!patch_is_mark(w) || is_as_typed(g, k)))) {
		patch_draft_add(g->draft, w->bytes);
		return;
	}
	c = patch_draft_choose(g->draft, REPAIR_TYPOGRAPHY,
			       w->seam || (slice_eq(w->bytes, old->raw) &&
					   !is_of_several(g, w) &&
					   gaps_stayed(g, k)), w->at);
	patch_choice_offer(c, old->bytes);
	patch_choice_offer(c, w->bytes);
	offer_ascii(c, w);
}

