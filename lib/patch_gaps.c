/* SPDX-License-Identifier: MIT */
/*
 * White space of new lines: what an old line has in the same place, with the
 * same damage, is taken from the text; a line end of the mail was a space, or
 * nothing, as the mail breaks its lines.
 */
#include <string.h>

#include "patch_group.h"
#include "utf8.h"

static bool has(struct slice gap, char c)
{
	return slice_find(gap, c) < gap.len;
}

/* The gap with plain spaces for what are no-break ones, of any width. */
static struct slice plain_spaces(struct patch_draft *draft, struct slice gap)
{
	struct strbuf plain = STRBUF_INIT;
	struct slice result;

	for (size_t at = 0; at < gap.len;) {
		unsigned c = 0;
		size_t n = utf8_decode(&c, slice_sub(gap, at, gap.len));

		n = n ? n : 1;
		if (c >= 0x80 && c != 0xAD && c != 0x200B && c != 0xFEFF)
			strbuf_addch(&plain, ' ');
		else if (c < 0x80)
			strbuf_add(&plain, gap.ptr + at, n);
		at += n;
	}
	result = arena_slice(&draft->arena, strbuf_slice(&plain));
	strbuf_release(&plain);
	return result;
}

/* White space between a gap's line ends; one for format=flowed is none. */
static struct slice spaces_left(struct patch_draft *draft, struct slice gap)
{
	bool stuffed = draft->evidence->stuffed;
	char *copy = arena_copy(&draft->arena, gap);
	size_t n = 0;

	for (size_t i = 0; i < gap.len; i++) {
		if (gap.ptr[i] == '\n')
			i += stuffed && i + 1 < gap.len &&
			     gap.ptr[i + 1] == ' ';
		else
			copy[n++] = gap.ptr[i];
	}
	return (struct slice){ copy, n };
}

static unsigned last_character(struct slice s)
{
	size_t at = s.len;
	unsigned c = 0;

	while (at && at + 4 > s.len) {
		at--;
		if (utf8_decode(&c, slice_sub(s, at, s.len)) == s.len - at)
			return c;
	}
	return 0;
}

static unsigned first_character(struct slice s)
{
	unsigned c = 0;

	if (s.len)
		utf8_decode(&c, s);
	return c;
}

/* Lines are broken there without a space, too: UAX #14. */
static bool breaks_bare(unsigned before, unsigned after)
{
	return before == '-' || before == '/' || before >= 0x2E80 ||
	       after >= 0x2E80 || (before >= 0x2010 && before <= 0x2015) ||
	       after == 0x2014 || after == 0x2026 ||
	       (after < 0x80 && after && strchr(".,;:!?)]", (int)after));
}

/* "word,|word" would be odd. */
static bool needs_space(unsigned before, unsigned after)
{
	bool capital = after >= 'A' && after <= 'Z';

	if (after >= '0' && after <= '9')
		return false;
	return before == ',' || before == ';' || before == '!' ||
	       before == '?' || (before == '.' && capital);
}

static bool is_spaces(struct slice s)
{
	size_t n = 0;

	while (n < s.len && s.ptr[n] == ' ')
		n++;
	return n && n == s.len;
}

/* So many spaces may have been a tab. */
static bool may_be_tab(const struct patch_group *g, struct slice gap)
{
	return !has(gap, '\t') && gap.len > (g->draft->has_tabs ? 1 : 2);
}

/*
 * Spaces are still there at a line end of the mail: all of them, unless this
 * mail's line ends took one; and one more may be for format=flowed.
 */
static void add_spaced_break(struct patch_group *g, const struct patch_word *w,
			     const struct patch_word *old, struct slice left)
{
	const struct patch_evidence *e = g->draft->evidence;
	bool certain = (!patch_has_nbsp(left) || e->nbsp) && !e->eaten &&
		       (e->spaced || !patch_text_has(g->draft, SLICE(".  "))) &&
		       (!e->stuffed || left.len + 1 == w->gap.len) &&
		       (!may_be_tab(g, left) || e->tabs_kept);
	bool as_old = old && is_spaces(old->gap) &&
		      left.len <= old->gap.len &&
		      is_spaces(plain_spaces(g->draft, left));
	struct patch_choice *c = patch_draft_choose(
		g->draft, REPAIR_WRAPPED, certain || as_old, w->at);

	if (as_old)
		patch_choice_offer(c, old->gap);
	if (e->nbsp)
		patch_choice_offer(c, plain_spaces(g->draft, left));
	patch_choice_offer(c, left);
	patch_choice_offer(c, SLICE(" "));
	patch_choice_offer(c, SLICE("  "));
}

/* A line end of the mail within a new line: was it a space? */
static void add_break(struct patch_group *g, size_t k,
		      const struct patch_word *old)
{
	const struct patch_evidence *e = g->draft->evidence;
	const struct patch_word *w = &g->new.items[k];
	enum patch_breaking breaking = patch_breaking(e);
	unsigned before = k ? last_character(g->new.items[k - 1].bytes) : 0;
	unsigned after = first_character(w->bytes);
	struct slice left = spaces_left(g->draft, w->gap);
	struct patch_choice *c;
	bool certain;

	if (left.len || w->gap.len > 1) {
		add_spaced_break(g, w, old, left);
		return;
	}
	if (old && old->gap.len)
		certain = breaking != BREAKING_COLUMN || e->stripped;
	else if (old)
		certain = breaking != BREAKING_WORDS ||
			  breaks_bare(before, after);
	else if (breaking == BREAKING_COLUMN)
		certain = e->ends_kept && !e->stripped;
	else
		certain = !e->wide && !breaks_bare(before, after) &&
			  (breaking == BREAKING_WORDS ||
			   needs_space(before, after));
	c = patch_draft_choose(g->draft, REPAIR_WRAPPED, certain, w->at);
	if (old)
		patch_choice_offer(c, old->gap);
	else if (breaking == BREAKING_COLUMN)
		patch_choice_offer(c, SLICE(""));
	patch_choice_offer(c, SLICE(" "));
	patch_choice_offer(c, SLICE(""));
	patch_choice_offer(c, SLICE("  "));
}

/* A no-break space alone, between words: as writers set them. */
static bool is_lone_nbsp(const struct patch_group *g, size_t k)
{
	const struct patch_word *w = &g->new.items[k];

	return k && !w->ends_line && !g->new.items[k - 1].ends_line &&
	       utf8_count(w->gap) == 1;
}

static void add_nbsp(struct patch_group *g, size_t k)
{
	const struct patch_evidence *e = g->draft->evidence;
	const struct patch_word *w = &g->new.items[k];
	struct slice plain = plain_spaces(g->draft, w->gap);
	bool lone = is_lone_nbsp(g, k);
	bool damaged = lone ? e->nbsp_lone : e->nbsp;
	struct patch_choice *c = patch_draft_choose(
		g->draft, REPAIR_NBSP,
		damaged ? !e->nbsp_native && plain.len < 3 && !w->ends_line &&
			  !patch_text_has(g->draft, w->gap) :
		lone && (e->plain || e->nbsp_native), w->at);

	if (damaged)
		patch_choice_offer(c, plain);
	patch_choice_offer(c, w->gap);
	patch_choice_offer(c, plain);
	if (plain.len > 2)
		patch_choice_offer(c, SLICE("\t"));
}

/* Spaces that may have been a tab; as many elsewhere say they are not. */
static void add_spaces(struct patch_group *g, const struct patch_word *w)
{
	const struct patch_evidence *e = g->draft->evidence;
	struct strbuf indent = STRBUF_INIT;
	struct patch_choice *c;
	bool usual;

	strbuf_addch(&indent, '\n');
	strbuf_add_slice(&indent, w->gap);
	usual = !g->draft->has_tabs &&
		patch_text_has(g->draft, strbuf_slice(&indent));
	strbuf_release(&indent);
	c = patch_draft_choose(g->draft, REPAIR_TABS,
			       !e->tabs && (e->tabs_kept || usual), w->at);
	if (e->tabs)
		patch_choice_offer(c, SLICE("\t"));
	patch_choice_offer(c, w->gap);
	patch_choice_offer(c, SLICE("\t"));
}

/* A gap that no old line has there. */
static void add_new_gap(struct patch_group *g, size_t k)
{
	const struct patch_word *w = &g->new.items[k];

	if (patch_has_nbsp(w->gap))
		add_nbsp(g, k);
	else if (!w->ends_line && may_be_tab(g, w->gap))
		add_spaces(g, w);
	else
		patch_draft_add(g->draft, w->gap);
}

/* What ends a new line and may have been taken off: a hard line break. */
static void add_end(struct patch_group *g, size_t k,
		    const struct patch_word *old)
{
	const struct patch_evidence *e = g->draft->evidence;
	const struct patch_word *w = &g->new.items[k];
	bool aligned = old;
	struct patch_choice *c;

	if (w->gap.len || e->ends_kept) {
		add_new_gap(g, k);
		return;
	}
	if (!old && g->match[k])
		old = &g->old.items[g->match[k] - 1];
	if (old && old->gap.len && !old->raw_gap.len) {
		c = patch_draft_choose(g->draft, REPAIR_BLANK, aligned, w->at);
		patch_choice_offer(c, old->gap);
	} else {
		/* clear only where the text never has spaces there */
		c = patch_draft_choose(g->draft, REPAIR_BLANK,
				       !g->draft->has_ends, w->at);
	}
	patch_choice_offer(c, SLICE(""));
	patch_choice_offer(c, SLICE("  "));
}

/* A word that has an old one, byte by byte or with its damage. */
static bool is_unchanged(const struct patch_group *g, size_t k)
{
	const struct patch_word *w = &g->new.items[k];
	const struct patch_word *old = &g->old.items[g->match[k] - 1];

	return slice_eq(w->bytes, old->bytes) || slice_eq(w->bytes, old->raw);
}

/* The old word whose gap stands where this one's does; or NULL. */
static const struct patch_word *old_place(const struct patch_group *g, size_t k)
{
	size_t match = g->match[k], before = k ? g->match[k - 1] : 0;

	if (match && match == before + 1 && (before || !k) &&
	    is_unchanged(g, k) && (!k || is_unchanged(g, k - 1)))
		return &g->old.items[match - 1];
	/* the front of a line whose first word is another */
	if (k && !g->new.items[k - 1].ends_line)
		return NULL;
	if (k && !before)
		return NULL;
	return before < g->old.count && !g->new.items[k].ends_line &&
	       !g->old.items[before].ends_line ?
	       &g->old.items[before] : NULL;
}

void patch_add_gap(struct patch_group *g, size_t k)
{
	const struct patch_word *w = &g->new.items[k], *old = old_place(g, k);
	struct patch_choice *c;

	if (has(w->gap, '\n')) {
		add_break(g, k, old);
		return;
	}
	if (old && !slice_eq(w->gap, old->gap) &&
	    !slice_eq(old->gap, old->raw_gap) &&
	    (slice_eq(w->gap, old->raw_gap) ||
	     (has(old->raw_gap, '\n') && w->gap.len && old->gap.len))) {
		bool same = slice_eq(w->gap, old->raw_gap);

		c = patch_draft_choose(g->draft, w->ends_line ? REPAIR_BLANK :
				       patch_has_nbsp(old->raw_gap) ?
				       REPAIR_NBSP : REPAIR_TABS,
				       same, w->at);
		patch_choice_offer(c, old->gap);
		patch_choice_offer(c, w->gap);
		return;
	}
	if (w->ends_line)
		add_end(g, k, old);
	else if (old && slice_eq(w->gap, old->gap))
		patch_draft_add(g->draft, w->gap);
	else
		add_new_gap(g, k);
}

