/* SPDX-License-Identifier: MIT */
/*
 * What mail programs do to a patch, one small function each; for tests of
 * patches, which include it. A damage appends what it makes of the text.
 */
#ifndef PATCH_DAMAGES_H
#define PATCH_DAMAGES_H

#include <stdbool.h>
#include <string.h>

#include "patch.h"
#include "slice.h"
#include "strbuf.h"

static bool damage_at(struct slice s, const char *bytes)
{
	return slice_starts_with(s, slice_of(bytes));
}

static struct slice damage_rest(struct slice s, size_t i)
{
	return slice_sub(s, i, s.len);
}

/* --- line ends and spaces ------------------------------------------------ */

static void damage_crlf(struct strbuf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\n' && (!i || text.ptr[i - 1] != '\r'))
			strbuf_addch(out, '\r');
		strbuf_addch(out, text.ptr[i]);
	}
}

/* What decoding a text part can do. */
static void damage_no_cr(struct strbuf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != '\r')
			strbuf_addch(out, text.ptr[i]);
}

static void damage_stuffed(struct strbuf *out, struct slice text)
{
	struct slice line;

	while (slice_next_line(&line, &text)) {
		if (*line.ptr == ' ' || *line.ptr == '>' ||
		    damage_at(line, "From "))
			strbuf_addch(out, ' ');
		strbuf_add_slice(out, line);
	}
}

static void damage_stripped(struct strbuf *out, struct slice text)
{
	struct slice line;

	while (slice_next_line(&line, &text)) {
		struct slice words = slice_trim_end(line);
		struct slice end = slice_chomp(line);

		strbuf_add_slice(out, words);
		strbuf_add(out, end.ptr + end.len, line.len - end.len);
	}
}

/* Only lines that are nothing but their prefix. */
static void damage_blank(struct strbuf *out, struct slice text)
{
	struct slice line;

	while (slice_next_line(&line, &text)) {
		if (slice_eq(slice_chomp(line), SLICE(" ")))
			line = damage_rest(line, 1);
		strbuf_add_slice(out, line);
	}
}

#define NBSP "\u00A0"

/* HTML cannot say two spaces, nor one at the front of a line. */
static void damage_nbsp(struct strbuf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		bool front = !i || text.ptr[i - 1] == '\n';
		bool pair = damage_at(damage_rest(text, i), "  ");

		if (text.ptr[i] == ' ' && (front || pair))
			strbuf_adds(out, NBSP);
		else
			strbuf_addch(out, text.ptr[i]);
	}
}

static void damage_all_nbsp(struct strbuf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == ' ')
			strbuf_adds(out, NBSP);
		else
			strbuf_addch(out, text.ptr[i]);
	}
}

static void damage_tabs(struct strbuf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\t')
			strbuf_adds(out, "    ");
		else
			strbuf_addch(out, text.ptr[i]);
	}
}

/* --- lines broken -------------------------------------------------------- */

enum damage_break { BREAK_EATEN, BREAK_KEPT, BREAK_HYPHEN };

static bool damage_breaks(struct slice line, size_t i, enum damage_break how)
{
	return line.ptr[i] == ' ' || (how == BREAK_HYPHEN && i + 1 < line.len &&
				      line.ptr[i] == '-' && i > 2);
}

/* Characters up to byte `i` of the line. */
static bool damage_is_start(struct slice line, size_t i)
{
	return ((unsigned char)line.ptr[i] & 0xC0) != 0x80;
}

static void damage_wrap(struct strbuf *out, struct slice text, size_t most,
			enum damage_break how)
{
	struct slice line;

	while (slice_next_line(&line, &text)) {
		struct slice rest = slice_chomp(line);
		struct slice end = damage_rest(line, rest.len);

		for (;;) {
			size_t width = 0, at = 0, i;
			size_t words = slice_trim_end(rest).len;

			for (i = 0; i < rest.len && width <= most; i++) {
				if (i > 1 && i < words &&
				    damage_breaks(rest, i, how))
					at = i;
				width += damage_is_start(rest, i);
			}
			if (width <= most || !at || at + 1 >= words)
				break;
			strbuf_add(out, rest.ptr, at + (rest.ptr[at] == '-' ||
							how == BREAK_KEPT));
			strbuf_add_slice(out, end);
			rest = damage_rest(rest, at + 1);
		}
		strbuf_add_slice(out, rest);
		strbuf_add_slice(out, end);
	}
}

static void damage_wrapped(struct strbuf *out, struct slice text)
{
	damage_wrap(out, text, 74, BREAK_EATEN);
}

static void damage_wrapped_kept(struct strbuf *out, struct slice text)
{
	damage_wrap(out, text, 72, BREAK_KEPT);
}

static void damage_wrapped_hyphen(struct strbuf *out, struct slice text)
{
	damage_wrap(out, text, 78, BREAK_HYPHEN);
}

static void damage_chopped(struct strbuf *out, struct slice text)
{
	struct slice line;

	while (slice_next_line(&line, &text)) {
		struct slice rest = slice_chomp(line);
		struct slice end = damage_rest(line, rest.len);
		size_t width = 0;

		for (size_t i = 0; i < rest.len; i++) {
			if (damage_is_start(rest, i) && width++ == 76) {
				strbuf_add_slice(out, end);
				width = 1;
			}
			strbuf_addch(out, rest.ptr[i]);
		}
		strbuf_add_slice(out, end);
	}
}

/* --- marks --------------------------------------------------------------- */

static void damage_quotes(struct strbuf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		bool front = !i || strchr(" \n(+-", text.ptr[i - 1]);

		if (text.ptr[i] == '"')
			strbuf_adds(out, front ? "\u201C" : "\u201D");
		else if (text.ptr[i] == '\'')
			strbuf_adds(out, front ? "\u2018" : "\u2019");
		else
			strbuf_addch(out, text.ptr[i]);
	}
}

static void damage_dashes(struct strbuf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (damage_at(damage_rest(text, i), "--")) {
			strbuf_adds(out, "\u2014");
			i++;
		} else {
			strbuf_addch(out, text.ptr[i]);
		}
	}
}

static void damage_en_dashes(struct strbuf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (damage_at(damage_rest(text, i), " -- ")) {
			strbuf_adds(out, " \u2013 ");
			i += 3;
		} else if (damage_at(damage_rest(text, i), " - ")) {
			strbuf_adds(out, " \u2013 ");
			i += 2;
		} else {
			strbuf_addch(out, text.ptr[i]);
		}
	}
}

static void damage_dots(struct strbuf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (damage_at(damage_rest(text, i), "...")) {
			strbuf_adds(out, "\u2026");
			i += 2;
		} else {
			strbuf_addch(out, text.ptr[i]);
		}
	}
}

/* Curly ones become straight: a client that knows ASCII only. */
static void damage_straight(struct strbuf *out, struct slice text)
{
	static const char *const marks[][2] = {
		{ "\u201C", "\"" }, { "\u201D", "\"" }, { "\u2018", "'" },
		{ "\u2019", "'" }, { "\u2014", "--" }, { "\u2026", "..." }
	};

	for (size_t i = 0; i < text.len; i++) {
		size_t k = 0;

		while (k < 6 && !damage_at(damage_rest(text, i), marks[k][0]))
			k++;
		if (k < 6) {
			strbuf_adds(out, marks[k][1]);
			i += 2;
		} else {
			strbuf_addch(out, text.ptr[i]);
		}
	}
}

/* --- links --------------------------------------------------------------- */

static void damage_mailto(struct strbuf *out, struct slice text)
{
	static const char address[] = "ada@example.org";

	for (size_t i = 0; i < text.len; i++) {
		if (damage_at(damage_rest(text, i), address)) {
			strbuf_addf(out, "%s<mailto:%s>", address, address);
			i += strlen(address) - 1;
		} else {
			strbuf_addch(out, text.ptr[i]);
		}
	}
}

static void damage_url(struct strbuf *out, struct slice text, const char *as)
{
	static const char url[] = "https://example.org/a_b?c=d";

	for (size_t i = 0; i < text.len; i++) {
		if (damage_at(damage_rest(text, i), url)) {
			strbuf_adds(out, as);
			i += strlen(url) - 1;
		} else {
			strbuf_addch(out, text.ptr[i]);
		}
	}
}

static void damage_safelinks(struct strbuf *out, struct slice text)
{
	damage_url(out, text, "https://nam02.safelinks.protection.outlook.com/"
		   "?url=https%3A%2F%2Fexample.org%2Fa_b%3Fc%3Dd&data=04%7C01"
		   "%7C&sdata=abc%3D&reserved=0");
}

static void damage_urldefense2(struct strbuf *out, struct slice text)
{
	damage_url(out, text, "https://urldefense.proofpoint.com/v2/url?u="
		   "https-3A__example.org_a-5Fb-3Fc-3Dd&d=DwIF-g&c=x&r=y");
}

static void damage_urldefense3(struct strbuf *out, struct slice text)
{
	damage_url(out, text, "https://urldefense.com/v3/__https://example.org/"
		   "a_b*c=d__;Pw!!abc!def$");
}

/* --- what follows, and what is missing ----------------------------------- */

/* What is added begins a line. */
static void damage_end_line(struct strbuf *out)
{
	if (out->len && out->buf[out->len - 1] != '\n')
		strbuf_addch(out, '\n');
}

static void damage_footer(struct strbuf *out, struct slice text)
{
	strbuf_add_slice(out, text);
	damage_end_line(out);
	strbuf_adds(out, "_______________________________________________\n"
		    "Readers mailing list\nreaders@example.org\n");
}

/* The signature is gone, and the list's words follow at once. */
static void damage_bare_footer(struct strbuf *out, struct slice text)
{
	size_t n = slice_find_slice(text, SLICE("\n-- \n"));

	strbuf_add_slice(out, slice_sub(text, 0, n + (n < text.len)));
	damage_end_line(out);
	strbuf_adds(out, "Sent from my telephone, please forgive mistakes\n");
}

static void damage_cut(struct strbuf *out, struct slice text)
{
	strbuf_add_slice(out, slice_sub(text, 0, text.len * 3 / 4));
}

#define MOST_DAMAGES 32

static const struct damage {
	const char *name;
	void (*damage)(struct strbuf *out, struct slice text);
	unsigned row;		/* enum patch_repair */
} damages[] = {
	{ "line ends", damage_crlf,
	  REPAIR_CRLF },
	{ "carriage returns lost", damage_no_cr,
	  REPAIR_CRLF },
	{ "stuffed", damage_stuffed,
	  REPAIR_STUFFED },
	{ "spaces stripped", damage_stripped,
	  REPAIR_BLANK },
	{ "blank lines stripped", damage_blank,
	  REPAIR_BLANK },
	{ "no-break spaces", damage_nbsp,
	  REPAIR_NBSP },
	{ "only no-break spaces", damage_all_nbsp,
	  REPAIR_NBSP },
	{ "tabs", damage_tabs,
	  REPAIR_TABS },
	{ "wrapped", damage_wrapped,
	  REPAIR_WRAPPED },
	{ "wrapped, spaces kept", damage_wrapped_kept,
	  REPAIR_WRAPPED },
	{ "wrapped at hyphens", damage_wrapped_hyphen,
	  REPAIR_WRAPPED },
	{ "chopped", damage_chopped,
	  REPAIR_WRAPPED },
	{ "curly quotes", damage_quotes,
	  REPAIR_TYPOGRAPHY },
	{ "em dashes", damage_dashes,
	  REPAIR_TYPOGRAPHY },
	{ "en dashes", damage_en_dashes,
	  REPAIR_TYPOGRAPHY },
	{ "ellipses", damage_dots,
	  REPAIR_TYPOGRAPHY },
	{ "straightened", damage_straight,
	  REPAIR_TYPOGRAPHY },
	{ "mailto", damage_mailto,
	  REPAIR_LINKS },
	{ "safelinks", damage_safelinks,
	  REPAIR_LINKS },
	{ "urldefense 2", damage_urldefense2,
	  REPAIR_LINKS },
	{ "urldefense 3", damage_urldefense3,
	  REPAIR_LINKS },
	{ "footer", damage_footer,
	  REPAIR_FOOTER },
	{ "footer without signature", damage_bare_footer,
	  REPAIR_FOOTER },
	{ "cut off", damage_cut,
	  REPAIR_CUT }
};
static const size_t damage_count = sizeof(damages) / sizeof(*damages);

#endif
