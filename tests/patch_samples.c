/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "patch_samples.h"
#include "slice.h"

static uint32_t seed;

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

static void edit(struct patch_sample *s, const struct style *style)
{
	struct strbuf *text = &s->after;
	size_t at, end;

	if (text->len < 40)
		return;
	switch (dice(14)) {
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

static void write_side(const char *folder, const char *side, size_t number,
		       const struct strbuf *text)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s/%03zu.md", folder, side, number);
	f = fopen(path, "wb");
	if (!f || fwrite(text->buf, 1, text->len, f) != text->len || fclose(f))
		abort();
}

static void write_files(const char *folder, const struct patch_sample *s)
{
	write_side(folder, "a", s->number, &s->base);
	write_side(folder, "b", s->number, &s->after);
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

static void make_texts(struct patch_sample *samples, size_t count,
		       const char *folder)
{
	for (size_t i = 0; i < count; i++) {
		struct style style = { dice(4) == 0, dice(2), dice(10) == 0,
				       dice(5) == 0 };
		struct patch_sample *s = &samples[i];

		*s = (struct patch_sample)PATCH_SAMPLE_INIT;
		s->number = i;
		add_text(&s->base, &style);
		strbuf_add(&s->after, s->base.buf, s->base.len);
		do
			for (uint32_t n = 1 + dice(3); n; n--)
				edit(s, &style);
		while (slice_eq(strbuf_slice(&s->base),
				strbuf_slice(&s->after)));
		if (style.crlf) {
			to_crlf(&s->base);
			to_crlf(&s->after);
		}
		write_files(folder, s);
	}
}

static void read_all(struct strbuf *out, const char *path)
{
	char buffer[1 << 16];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		abort();
	while ((n = fread(buffer, 1, sizeof(buffer), f)))
		strbuf_add(out, buffer, n);
	fclose(f);
}

static const char signature[] = "-- \n2.39.5\n";

static void add_diff(struct patch_sample *samples, struct slice diff)
{
	size_t name = slice_find_slice(diff, SLICE(".md")), number = 0, at;
	struct patch_sample *s;

	for (size_t k = name - 3; k < name; k++)
		number = number * 10 + (size_t)(diff.ptr[k] - '0');
	s = &samples[number - samples->number];
	strbuf_add_slice(&s->diff, diff);
	strbuf_adds(&s->diff, signature);
	at = slice_find_slice(strbuf_slice(&s->diff), SLICE("\nindex "));
	strbuf_add(&s->nameless, s->diff.buf, at);
	at += 1 + slice_find(slice_sub(strbuf_slice(&s->diff), at + 1,
				       s->diff.len), '\n');
	strbuf_adds(&s->nameless, s->diff.buf + at);
}

static void make_diffs(struct patch_sample *samples, const char *folder)
{
	static const char start[] = "diff --git ";
	struct strbuf all = STRBUF_INIT;
	char command[512];
	size_t at = 0;

	snprintf(command, sizeof(command), "cd %s && git diff --no-index "
		 "--no-color --no-ext-diff a b >diff; test $? = 1", folder);
	if (system(command))
		abort();
	snprintf(command, sizeof(command), "%s/diff", folder);
	read_all(&all, command);
	while (at < all.len) {
		struct slice rest = slice_sub(strbuf_slice(&all), at, all.len);
		size_t n = slice_find_slice(slice_sub(rest, 1, rest.len),
					    SLICE("\ndiff --git "));

		assert(slice_starts_with(rest, slice_of(start)));
		n = n + 1 < rest.len ? n + 2 : rest.len;
		add_diff(samples, slice_sub(rest, 0, n));
		at += n;
	}
	strbuf_release(&all);
}

static void make_folder(char *folder)
{
	char command[512];

	if (!mkdtemp(folder))
		abort();
	snprintf(command, sizeof(command), "mkdir %s/a %s/b", folder, folder);
	if (system(command))
		abort();
}

static void remove_folder(const char *folder)
{
	char command[512];

	snprintf(command, sizeof(command), "rm -rf %s", folder);
	if (system(command))
		abort();
}

#define FOLDER "/tmp/galley-patch-XXXXXX"

void patch_samples_make(struct patch_sample *samples, size_t count,
			uint32_t first)
{
	char folder[] = FOLDER;

	seed = first;
	make_folder(folder);
	make_texts(samples, count, folder);
	make_diffs(samples, folder);
	remove_folder(folder);
}

void patch_sample_remake(struct patch_sample *other,
			 const struct patch_sample *sample,
			 struct slice after)
{
	char folder[] = FOLDER;

	*other = (struct patch_sample)PATCH_SAMPLE_INIT;
	other->number = sample->number;
	strbuf_add_slice(&other->base, strbuf_slice(&sample->base));
	strbuf_add_slice(&other->after, after);
	make_folder(folder);
	write_files(folder, other);
	make_diffs(other, folder);
	remove_folder(folder);
}

void patch_samples_release(struct patch_sample *samples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		strbuf_release(&samples[i].base);
		strbuf_release(&samples[i].after);
		strbuf_release(&samples[i].diff);
		strbuf_release(&samples[i].nameless);
	}
}
