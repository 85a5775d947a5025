/* SPDX-License-Identifier: MIT */
#include "patch_private.h"
#include "utf8.h"

static bool has_break(struct slice gap)
{
	return slice_find(gap, '\n') < gap.len;
}

static bool has(struct slice gap, char c)
{
	return slice_find(gap, c) < gap.len;
}

/* A gap where the mail has a line end: was there anything in the text? */
static void gather_break(struct patch_evidence *e, struct slice mail,
			 struct slice text, bool in_word)
{
	if (mail.len > 1 && text.len < mail.len)
		e->spaced++;
	else if (text.len)
		e->eaten++;
	else if (in_word)
		e->inside++;
	else
		e->seams++;
}

static void gather_gap(struct patch_evidence *e, struct slice mail,
		       struct slice text)
{
	if (slice_eq(mail, text)) {
		e->tabs_kept += has(text, '\t');
		e->plain += text.len && !patch_has_nbsp(text);
		e->nbsp_native += patch_has_nbsp(text);
		return;
	}
	if (patch_has_nbsp(mail) || patch_has_nbsp(text)) {
		e->nbsp++;
		e->nbsp_lone += utf8_count(mail) == 1;
	} else if (has(text, '\t')) {
		e->tabs++;
	} else {
		e->spaces++;
	}
}

/* In front of a line: a space too many is one for format=flowed. */
static void gather_indent(struct patch_evidence *e, struct slice mail,
			  struct slice text, char kind)
{
	if (kind == ' ' && mail.len > text.len && *mail.ptr == ' ' &&
	    slice_ends_with(mail, text)) {
		e->stuffed++;
		return;
	}
	if (kind == ' ')
		e->unstuffed++;
	if (mail.len || text.len)
		gather_gap(e, mail, text);
}

static void gather_end(struct patch_evidence *e, struct slice mail,
		       struct slice text)
{
	if (mail.len && slice_eq(mail, text))
		e->ends_kept++;
	else if (text.len && !mail.len)
		e->stripped++;
	else if (!slice_eq(mail, text))
		gather_gap(e, mail, text);
}

static struct slice bytes_of(struct slice text, struct span span)
{
	return slice_sub(text, span.start, span.end);
}

/* True if nothing follows in this line of the mail. */
static bool ends_piece(struct slice words, size_t at)
{
	while (at < words.len && words.ptr[at] == ' ')
		at++;
	return at == words.len || words.ptr[at] == '\n';
}

/* Can it still be told what a mark of the mail was in the text? */
static void gather_change(struct patch_evidence *e, unsigned class,
			  struct slice mail, struct slice text)
{
	size_t count = e->changed_count[class];

	for (size_t i = 0; i < count; i++) {
		if (!slice_eq(e->changed[class][i].mail, mail))
			continue;
		if (!slice_eq(e->changed[class][i].text, text))
			e->blurred[class] = true;
		return;
	}
	if (count == PATCH_MOST_MARKS) {
		e->blurred[class] = true;
		return;
	}
	e->changed[class][count].mail = mail;
	e->changed[class][count].text = text;
	e->changed_count[class]++;
}

static void gather_mark(struct patch_evidence *e, const struct patch_pair *p,
			struct slice words, struct slice text)
{
	struct slice mail = bytes_of(words, p->a);
	bool ends = ends_piece(words, p->a.end);
	size_t *count = p->ascii_a ? p->ascii_b ? e->kept : e->straightened :
				     p->ascii_b ? e->curled : e->native;

	if (p->class < CLASS_SINGLE)
		return;
	gather_change(e, p->class, mail, text);
	/* one dot is no ellipsis, and hyphens in words always stay */
	if ((p->class == CLASS_DOTS || p->class == CLASS_DASH) &&
	    p->ascii_a && p->ascii_b && text.len < 2)
		return;
	if (p->ascii_a == p->ascii_b && !slice_eq(mail, text))
		count = e->curled;
	/* at a line end it may have stayed for that alone */
	if (count == e->kept && p->class == CLASS_DASH) {
		if (has_break(p->gap_a) || ends)
			return;
		e->kept_dashes[p->gap_a.len &&
			       words.ptr[p->a.end] == ' ']++;
	}
	count[p->class]++;
}

static void gather_ends(struct patch_evidence *e, const struct patch_op *op,
			struct slice line)
{
	bool cr = line.len > 1 && line.ptr[line.len - 2] == '\r';

	e->lines++;
	e->old_lines++;
	e->nbsp += op->nbsp;
	e->crs += op->cr;
	e->cr_added += op->cr && !cr;
	e->cr_lost += cr && !op->cr;
}

/* The length of the word at the front, which a hyphen may end. */
static size_t first_word(struct slice words)
{
	size_t n = 0;

	while (n < words.len && words.ptr[n] != ' ' && words.ptr[n] != '\n' &&
	       (!n || words.ptr[n - 1] != '-'))
		n++;
	return utf8_count(slice_sub(words, 0, n));
}

/* The lengths of the pieces of a line but the last. */
static void gather_pieces(struct patch_evidence *e, struct slice words)
{
	for (;;) {
		size_t n = slice_find(words, '\n');
		struct slice piece = slice_trim_end(slice_sub(words, 0, n));
		size_t sizes[2] = { utf8_count(piece), piece.len };

		if (n == words.len)
			return;
		for (int i = 0; i < 2; i++) {
			if (!e->pieces || sizes[i] < e->shortest[i])
				e->shortest[i] = sizes[i];
			if (sizes[i] > e->longest[i])
				e->longest[i] = sizes[i];
		}
		words = slice_sub(words, n + 1, words.len);
		sizes[0] += 1 + first_word(words);
		if (!e->pieces++ || sizes[0] < e->tightest)
			e->tightest = sizes[0];
	}
}

void patch_gather_new(struct patch_evidence *e, const struct patch_op *op)
{
	e->lines++;
	e->crs += op->cr;
	gather_pieces(e, op->words);
}

void patch_gather(struct patch_evidence *e, const struct patch_op *op,
		  const struct patch_text *text)
{
	struct slice line = patch_text_words(text, op->line);
	struct patch_pairs pairs = { op->words, line, 0, 0 };
	struct patch_pair p;
	unsigned char before = CLASS_MARK;
	size_t dots = 0;
	bool stop = false, first = true;

	gather_ends(e, op, patch_text_line(text, op->line));
	gather_pieces(e, op->words);
	while (patch_next_pair(&p, &pairs)) {
		struct slice mark = bytes_of(line, p.b);

		if (has_break(p.gap_a))
			gather_break(e, p.gap_a, p.gap_b,
				     before == CLASS_WORD &&
				     p.class == CLASS_WORD);
		else if (first)
			gather_indent(e, p.gap_a, p.gap_b, op->kind);
		else if (p.gap_a.len || p.gap_b.len)
			gather_gap(e, p.gap_a, p.gap_b);
		e->wide += stop && p.gap_b.len > 1;
		if (!first)
			gather_mark(e, &p, op->words, mark);
		dots = !slice_eq(mark, SLICE(".")) || !p.ascii_a ? 0 :
		       p.gap_a.len || p.gap_b.len ? 1 : dots + 1;
		e->kept[CLASS_DOTS] += dots == 3;
		before = p.class;
		stop = mark.len == 1 && has(SLICE(".!?\"'"), *mark.ptr);
		first = false;
	}
	/* all that a blank line of context has is its prefix */
	if (op->naked)
		e->stripped++;
	else if (first && op->kind == ' ' && !op->nbsp && !p.gap_b.len)
		e->ends_kept++;
	else
		gather_end(e, p.gap_a, p.gap_b);
}

/*
 * Who breaks at columns breaks all lines at the same one, be it of characters
 * or bytes, and eats nothing; who breaks at spaces hits the same column by
 * chance alone, and leaves no room for the next word. Some room is for damage
 * done to the pieces afterwards.
 */
enum patch_breaking patch_breaking(const struct patch_evidence *e)
{
	size_t spread = e->longest[0] - e->shortest[0];

	if (e->longest[1] - e->shortest[1] < spread)
		spread = e->longest[1] - e->shortest[1];
	if (e->tightest <= e->longest[0])
		return BREAKING_UNKNOWN; /* two did it, one after the other */
	if (e->inside)
		return BREAKING_COLUMN;
	if (spread > 8 || (e->eaten && spread > 3))
		return BREAKING_WORDS;
	return BREAKING_UNKNOWN;
}

unsigned patch_seen(const struct patch_evidence *e)
{
	unsigned seen = 0;

	for (int i = CLASS_SINGLE; i < CLASS_COUNT; i++)
		if (e->curled[i] || e->straightened[i])
			seen |= REPAIR_TYPOGRAPHY;
	if (e->pieces)
		seen |= REPAIR_WRAPPED;
	if (e->nbsp)
		seen |= REPAIR_NBSP;
	if (e->tabs || e->spaces)
		seen |= REPAIR_TABS;
	if (e->stripped)
		seen |= REPAIR_BLANK;
	if (e->stuffed)
		seen |= REPAIR_STUFFED;
	if (e->cr_added || e->cr_lost)
		seen |= REPAIR_CRLF;
	return seen;
}
