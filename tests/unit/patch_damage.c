/* SPDX-License-Identifier: MIT */
/*
 * The law: a patch that went through any mail program, or through two, gives
 * the text that its writer had, or is refused by the damage's name; never
 * another text. Patches are made by git from texts with all that prose has,
 * and put through every damage and every pair of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "diff_read.h"
#include "error.h"
#include "patch_damages.h"
#include "strbuf.h"

static uint32_t seed = 1;

static uint32_t dice(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define PICK(array) (array)[dice(COUNT(array))]

/* --- texts --------------------------------------------------------------- */

static const char *const words[] = {
	"the", "fog", "came", "in", "at", "four", "and", "a", "bell", "rang",
	"over", "harbour", "well-known", "don't", "keeper's", "of", "it",
	"light", "caf\u00E9", "*never*", "**all**", "slowly", "ship", "ships",
	"some", "something", "thing", "not", "with", "out", "without", "where",
	"(perhaps)", "a.m.", "twenty-one", "night", "fall", "nightfall", "I",
	"stone", "wind", "nobody", "every", "morning", "water", "[^1]",
	"\u041C\u043E\u0441\u043A\u0432\u0430", "\u0440\u0435\u043A\u0430"
};

static const char *const beginnings[] = {
	"Then ", "He said ", "Rain. ", "- "
};
static const char *const lone_lines[] = { "* * *", "## Fog", "- - -", "---" };

struct style {
	bool curly;		/* quotes and dashes typed as printed */
	bool wrapped;		/* at 72 */
	bool crlf;
	bool wide;		/* two spaces after a full stop */
};

static void add_mark(struct strbuf *out, const struct style *style,
		     const char *ascii, const char *typographic)
{
	strbuf_adds(out, style->curly ? typographic : ascii);
}

static void add_words(struct strbuf *out, const struct style *style,
		      size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *word = PICK(words);

		if (i)
			strbuf_adds(out, dice(9) ? " " : ", ");
		if (style->curly && strchr(word, '\''))
			word = "ship\u2019s";
		strbuf_adds(out, word);
		if (dice(60) == 0)
			add_mark(out, style, " -- so", "\u2014so");
		if (dice(80) == 0)
			add_mark(out, style, " ...", "\u2026");
		if (dice(200) == 0)
			strbuf_adds(out, " by ada@example.org");
		if (dice(200) == 0)
			strbuf_adds(out, " at <https://example.org/a_b?c=d>");
	}
}

static void add_sentence(struct strbuf *out, const struct style *style)
{
	strbuf_adds(out, PICK(beginnings));
	if (dice(4) == 0) {
		add_mark(out, style, "\"", "\u201C");
		add_words(out, style, 2 + dice(6));
		add_mark(out, style, ",\" said Ada", ",\u201D said Ada");
	}
	add_words(out, style, 3 + dice(12));
	strbuf_adds(out, ".");
}

/* Spaces become line ends so that no line is longer than 72. */
static void wrap(struct strbuf *out, size_t from)
{
	size_t start = from, space = 0;

	for (size_t i = from; i < out->len; i++) {
		if (out->buf[i] == '\n')
			start = i + 1;
		else if (out->buf[i] == ' ' && i > start &&
			 (i + 1 == out->len || out->buf[i + 1] != ' '))
			space = i;
		if (i - start > 72 && space > start) {
			out->buf[space] = '\n';
			start = space + 1;
		}
	}
}

static void add_paragraph(struct strbuf *out, const struct style *style)
{
	size_t from = out->len, count;

	switch (dice(8)) {
	case 0: /* verse: hard breaks */
		for (count = 2 + dice(4); count; count--) {
			add_words(out, style, 3 + dice(4));
			strbuf_adds(out, count > 1 ? "  \n" : "\n");
		}
		break;
	case 1: /* a list, some of it indented by a tab */
		for (count = 2 + dice(3); count; count--) {
			strbuf_adds(out, dice(3) ? "- " : "\t- ");
			add_words(out, style, 3 + dice(9));
			strbuf_addch(out, '\n');
		}
		break;
	case 2:
		strbuf_adds(out, PICK(lone_lines));
		strbuf_addch(out, '\n');
		break;
	default:
		for (count = 1 + dice(5); count; count--) {
			add_sentence(out, style);
			strbuf_adds(out, count == 1 ? "\n" :
				      style->wide ? "  " : " ");
		}
		if (style->wrapped)
			wrap(out, from);
	}
	strbuf_addch(out, '\n');
}

static void add_text(struct strbuf *out, const struct style *style)
{
	for (uint32_t count = 4 + dice(8); count; count--)
		add_paragraph(out, style);
	if (out->len && dice(4))
		strbuf_truncate(out, out->len - 1);
	if (dice(12) == 0)
		strbuf_truncate(out, out->len - 1);
}

/* --- edits --------------------------------------------------------------- */

static void splice(struct strbuf *text, size_t from, size_t to,
		   const char *bytes)
{
	struct strbuf out = STRBUF_INIT;

	strbuf_add(&out, text->buf, from);
	strbuf_adds(&out, bytes);
	strbuf_add(&out, text->buf + to, text->len - to);
	strbuf_release(text);
	*text = out;
}

/* The n-th or a later occurrence of `needle`; or len. */
static size_t find_any(const struct strbuf *text, const char *needle)
{
	size_t from = dice((uint32_t)text->len);
	struct slice rest = slice_sub(strbuf_slice(text), from, text->len);

	return from + slice_find_slice(rest, slice_of(needle));
}

static void replace_any(struct strbuf *text, const char *old, const char *new)
{
	size_t at = find_any(text, old);

	if (at < text->len)
		splice(text, at, at + strlen(old), new);
}

static void put_in(struct strbuf *text, const struct style *style)
{
	struct strbuf more = STRBUF_INIT;
	bool paragraph = dice(2);
	size_t at = find_any(text, paragraph ? "\n\n" : " ");

	strbuf_addch(&more, '\n');
	if (paragraph) {
		strbuf_addch(&more, '\n');
		add_paragraph(&more, style);
		strbuf_truncate(&more, more.len - 2);
	} else {
		strbuf_truncate(&more, 0);
		strbuf_addch(&more, ' ');
		add_words(&more, style, 1 + dice(5));
	}
	if (at < text->len)
		splice(text, at, at, more.buf);
	strbuf_release(&more);
}

static void edit(struct strbuf *text, const struct style *style,
		 bool *retouched)
{
	size_t at, end;
	uint32_t what = dice(14);

	if (text->len < 40)
		return;
	*retouched = *retouched || what == 9 || what == 10;
	switch (what) {
	case 0:
		replace_any(text, " the ", " that very ");
		break;
	case 1:
		replace_any(text, " fog", " mist");
		break;
	case 2:
		put_in(text, style);
		break;
	case 3: /* a few words out */
		at = find_any(text, " ");
		end = at + slice_find(slice_sub(strbuf_slice(text), at + 5,
						text->len), ' ') + 5;
		if (end < text->len)
			splice(text, at, end, "");
		break;
	case 4: /* a paragraph out */
		at = find_any(text, "\n\n");
		end = at + 2 + slice_find_slice(slice_sub(strbuf_slice(text),
					at + 2, text->len), SLICE("\n\n"));
		if (end < text->len)
			splice(text, at, end, "");
		break;
	case 5:
		replace_any(text, "\n\n", "  \n");
		break;
	case 6:
		replace_any(text, "  \n", "\n");
		break;
	case 7:
		replace_any(text, ".", style->curly ? "\u2026" : "...");
		break;
	case 8:
		replace_any(text, ", ", style->curly ? "\u2014" : " -- ");
		break;
	case 9:
		replace_any(text, " -- ", "\u2014");
		break;
	case 10:
		replace_any(text, "\"", "\u201C");
		break;
	case 11:
		replace_any(text, " some t", " some\u00A0t");
		break;
	case 12:
		replace_any(text, "- ", "\t- ");
		break;
	case 13:
		replace_any(text, " bell", style->curly ?
			    " \u201Cbell\u201D" : " \"bell\"");
		break;
	}
}

/* --- patches ------------------------------------------------------------- */

#define CASES 40

struct sample {
	struct strbuf base, after;
	struct strbuf diff;	/* of git, with a signature after it */
	struct strbuf nameless;	/* the same without names of blobs */
	struct strbuf clean;	/* what `nameless` makes, undamaged */
	bool retouched;		/* marks were made others of the same kind */
};

static struct sample samples[CASES];

static void write_file(const char *folder, const char *side, size_t i,
		       const struct strbuf *text)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s/%03zu.md", folder, side, i);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(text->len, fwrite(text->buf, 1, text->len, f));
	fclose(f);
}

static void to_crlf(struct strbuf *text)
{
	struct strbuf out = STRBUF_INIT;

	for (size_t i = 0; i < text->len; i++) {
		if (text->buf[i] == '\n')
			strbuf_addch(&out, '\r');
		strbuf_addch(&out, text->buf[i]);
	}
	strbuf_release(text);
	*text = out;
}

static void make_texts(const char *folder)
{
	for (size_t i = 0; i < CASES; i++) {
		struct style style = { dice(4) == 0, dice(2), dice(10) == 0,
				       dice(5) == 0 };
		struct sample *s = &samples[i];

		s->base = s->after = s->diff = s->nameless = s->clean =
			(struct strbuf)STRBUF_INIT;
		add_text(&s->base, &style);
		strbuf_add(&s->after, s->base.buf, s->base.len);
		do
			for (uint32_t n = 1 + dice(3); n; n--)
				edit(&s->after, &style, &s->retouched);
		while (slice_eq(strbuf_slice(&s->base),
				strbuf_slice(&s->after)));
		if (style.crlf) {
			to_crlf(&s->base);
			to_crlf(&s->after);
		}
		write_file(folder, "a", i, &s->base);
		write_file(folder, "b", i, &s->after);
	}
}

static void read_all(struct strbuf *out, const char *path)
{
	char buffer[1 << 16];
	FILE *f = fopen(path, "rb");
	size_t n;

	assert_non_null(f);
	while ((n = fread(buffer, 1, sizeof(buffer), f)))
		strbuf_add(out, buffer, n);
	fclose(f);
}

static const char signature[] = "-- \n2.39.5\n";

static void add_diff(struct slice diff)
{
	size_t name = slice_find_slice(diff, SLICE(".md")), i = 0, at;
	struct sample *s;

	for (size_t k = name - 3; k < name; k++)
		i = i * 10 + (size_t)(diff.ptr[k] - '0');
	s = &samples[i];
	strbuf_add_slice(&s->diff, diff);
	strbuf_adds(&s->diff, signature);
	at = slice_find_slice(strbuf_slice(&s->diff), SLICE("\nindex "));
	strbuf_add(&s->nameless, s->diff.buf, at);
	at += 1 + slice_find(slice_sub(strbuf_slice(&s->diff), at + 1,
				       s->diff.len), '\n');
	strbuf_adds(&s->nameless, s->diff.buf + at);
}

static void make_diffs(const char *folder)
{
	static const char start[] = "diff --git ";
	struct strbuf all = STRBUF_INIT;
	char command[512];
	size_t at = 0;

	snprintf(command, sizeof(command), "cd %s && git diff --no-index "
		 "--no-color --no-ext-diff a b >diff; test $? = 1", folder);
	assert_int_equal(0, system(command));
	snprintf(command, sizeof(command), "%s/diff", folder);
	read_all(&all, command);
	while (at < all.len) {
		struct slice rest = slice_sub(strbuf_slice(&all), at, all.len);
		size_t n = slice_find_slice(slice_sub(rest, 1, rest.len),
					    SLICE("\ndiff --git "));

		assert_true(slice_starts_with(rest, slice_of(start)));
		n = n + 1 < rest.len ? n + 2 : rest.len;
		add_diff(slice_sub(rest, 0, n));
		at += n;
	}
	strbuf_release(&all);
}

static int make_samples(void **state)
{
	char folder[] = "/tmp/galley-patch-XXXXXX", command[512];

	assert_non_null(mkdtemp(folder));
	snprintf(command, sizeof(command), "cd %s && mkdir a b", folder);
	assert_int_equal(0, system(command));
	make_texts(folder);
	make_diffs(folder);
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

static int free_samples(void **state)
{
	for (size_t i = 0; i < CASES; i++) {
		strbuf_release(&samples[i].base);
		strbuf_release(&samples[i].after);
		strbuf_release(&samples[i].diff);
		strbuf_release(&samples[i].nameless);
		strbuf_release(&samples[i].clean);
	}
	return 0;
}

/* --- what becomes of them ------------------------------------------------ */

static int apply_to(struct strbuf *out, const struct strbuf *base,
		    const struct strbuf *diff, struct patch_report *report,
		    struct error *err)
{
	struct patch patch = PATCH_INIT;
	size_t start;
	int rc = diff_read(&patch, &start, strbuf_slice(diff), err);

	strbuf_truncate(out, 0);
	*report = (struct patch_report){ 0 };
	if (!rc)
		rc = patch_apply(out, &patch.files[0], strbuf_slice(base),
				 report, err);
	patch_release(&patch);
	return rc;
}

static void patches_of_git_give_their_text(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct patch_report report;
	struct error err = ERROR_INIT;

	for (size_t i = 0; i < CASES; i++) {
		struct sample *s = &samples[i];

		assert_int_equal(0, apply_to(&out, &s->base, &s->diff, &report,
					     &err));
		assert_int_equal(s->after.len, out.len);
		assert_memory_equal(s->after.buf, out.buf, out.len);
		assert_int_equal(0, report.repairs);
	}
	strbuf_release(&out);
}

struct tally {
	size_t right, refused, nameless, wrong;
};

/* True if nothing but spaces at the ends of lines differs. */
static bool is_same_but_ends(struct slice a, struct slice b)
{
	struct slice line, other;

	while (slice_next_line(&line, &a)) {
		if (!slice_next_line(&other, &b) ||
		    !slice_eq(slice_trim_end(line), slice_trim_end(other)))
			return false;
	}
	return !b.len;
}

/* One case: true if it holds. */
static bool holds(struct tally *tally, const struct sample *s,
		  const struct strbuf *diff, const char *first,
		  const char *second, bool unknowable)
{
	static struct strbuf out = STRBUF_INIT;
	struct patch_report report;
	struct error err = ERROR_INIT;
	int rc = apply_to(&out, &s->base, diff, &report, &err);

	if (rc) {
		tally->refused++;
		tally->nameless += !report.suspected;
		return true;
	}
	if (slice_eq(strbuf_slice(&out), strbuf_slice(&s->after)) ||
	    (unknowable && is_same_but_ends(strbuf_slice(&out),
					    strbuf_slice(&s->after)))) {
		tally->right++;
		return true;
	}
	tally->wrong++;
	print_message("# sample %zu, %s, %s:\n%s# made\n%s", s - samples,
		      first, second, diff->buf, out.buf);
	return false;
}

/*
 * Without names of blobs nothing shows that an added line lost the spaces at
 * its end: that may differ. That marks were made straight, that all ends with
 * a whole line too early, or that two marks were different before they were
 * made the same, cannot be seen either.
 */
static bool is_visible(const struct damage *d, const struct sample *s,
		       bool named)
{
	if (named)
		return true;
	if (d->damage == damage_straight || d->damage == damage_cut)
		return false;
	return !s->retouched || (d->damage != damage_quotes &&
				 d->damage != damage_dashes &&
				 d->damage != damage_en_dashes);
}

static bool breaks_lines(const struct damage *d)
{
	return d->damage == damage_wrapped || d->damage == damage_chopped ||
	       d->damage == damage_wrapped_kept ||
	       d->damage == damage_wrapped_hyphen;
}

static void go_through(struct tally *tally, bool named)
{
	struct strbuf once = STRBUF_INIT, twice = STRBUF_INIT;

	for (size_t i = 0; i < CASES; i++) {
		struct sample *s = &samples[i];
		const struct strbuf *diff = named ? &s->diff : &s->nameless;

		for (size_t a = 0; a < damage_count; a++) {
			const struct damage *d = &damages[a];
			bool strips = !named && d->damage == damage_stripped;

			if (!is_visible(d, s, named))
				continue;
			strbuf_truncate(&once, 0);
			d->damage(&once, strbuf_slice(diff));
			holds(&tally[a], s, &once, d->name, "", strips);
			for (size_t b = 0; b < damage_count; b++) {
				const struct damage *e = &damages[b];

				/* two manners of breaking lines look like
				 * a third one */
				if (!is_visible(e, s, named) ||
				    (!named && e != d && breaks_lines(d) &&
				     breaks_lines(e)))
					continue;
				strbuf_truncate(&twice, 0);
				e->damage(&twice, strbuf_slice(&once));
				holds(&tally[damage_count], s, &twice, d->name,
				      e->name, strips || (!named && e->damage ==
							  damage_stripped));
			}
		}
	}
	strbuf_release(&once);
	strbuf_release(&twice);
}

static size_t show(const struct tally *tally)
{
	size_t wrong = 0;

	for (size_t a = 0; a <= damage_count; a++) {
		wrong += tally[a].wrong;
		print_message("# %-25s right %5zu refused %4zu wrong %zu\n",
			      a < damage_count ? damages[a].name : "pairs",
			      tally[a].right, tally[a].refused,
			      tally[a].wrong);
	}
	return wrong;
}

static void damaged_patches_give_their_text_or_none(void **state)
{
	struct tally tally[MOST_DAMAGES + 1] = { { 0 } };

	go_through(tally, true);
	assert_int_equal(0, show(tally));
}

static void the_same_without_names_of_blobs(void **state)
{
	struct tally tally[MOST_DAMAGES + 1] = { { 0 } };

	go_through(tally, false);
	assert_int_equal(0, show(tally));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patches_of_git_give_their_text),
		cmocka_unit_test(damaged_patches_give_their_text_or_none),
		cmocka_unit_test(the_same_without_names_of_blobs),
	};

	return cmocka_run_group_tests(tests, make_samples, free_samples);
}
