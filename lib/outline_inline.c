/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "outline_inline.h"
#include "strbuf.h"
#include "utf8.h"

/* A longer run of backticks opens no code, as in cmark: so the searches for
 * runs that close others cost no more than a line's length, times this. */
#define LONGEST_TICKS 80

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t skip_blanks(struct slice text, size_t at)
{
	while (at < text.len && is_blank(text.ptr[at]))
		at++;
	return at;
}

/* Past the escape, code span or tag at `i`, or just the byte. */
static size_t skip_opaque(struct slice text, size_t i)
{
	size_t run = 0, end;

	if (text.ptr[i] == '\\' && i + 1 < text.len)
		return i + 2;
	if (text.ptr[i] != '`')
		return i + 1;
	while (i + run < text.len && text.ptr[i + run] == '`')
		run++;
	if (run > LONGEST_TICKS)
		return i + run;
	for (end = i + run; end < text.len;) {
		size_t n = 0;

		while (end + n < text.len && text.ptr[end + n] == '`')
			n++;
		if (n == run)
			return end + n;
		end += n ? n : 1;
	}
	return i + run;
}

/*
 * The target after "](": true with its bytes, and `end` after the ')'. Blanks
 * in it are forgiven, as long as what follows is no title.
 */
static bool scan_target(struct slice text, size_t at, struct slice *url,
			size_t *end)
{
	size_t start, depth = 0;
	bool angle;

	at = skip_blanks(text, at);
	angle = at < text.len && text.ptr[at] == '<';
	start = at += angle;
	for (; at < text.len; at++) {
		char c = text.ptr[at];

		if (c == '\\' && at + 1 < text.len) {
			at++;
		} else if (angle) {
			if (c == '>')
				break;
		} else if (c == '(') {
			depth++;
		} else if (c == ')' && !depth--) {
			break;
		} else if ((c == '"' || c == '\'') && at > start &&
			   is_blank(text.ptr[at - 1])) {
			break;
		}
	}
	if (at >= text.len)
		return false;
	*url = slice_trim(slice_sub(text, start, at));
	if (angle)
		at = skip_blanks(text, at + 1);
	if (at < text.len && (text.ptr[at] == '"' || text.ptr[at] == '\'')) {
		char quote = text.ptr[at++];

		while (at < text.len && text.ptr[at] != quote)
			at += text.ptr[at] == '\\' ? 2 : 1;
		at = skip_blanks(text, at < text.len ? at + 1 : text.len);
	}
	*end = at + 1;
	return at < text.len && text.ptr[at] == ')';
}

/*
 * Brackets are matched from the left with a stack, so that hostile lines cost
 * no more than their length; the first link that is whole wins. A bracket
 * pair inside a link's words closes first but is none when no '(' follows.
 */
bool outline_find_link(struct outline_link *out, struct slice text)
{
	size_t *open = NULL, count = 0, capacity = 0, end;
	size_t barren = 0;	/* no target starts before it that ends */
	bool found = false;

	for (size_t i = 0; i < text.len && !found;) {
		char c = text.ptr[i];

		if (c == '[') {
			GROW(open, count, capacity);
			open[count++] = i++;
		} else if (c == ']' && count) {
			size_t start = open[--count];

			i++;
			if (i >= text.len || text.ptr[i] != '(' || barren)
				continue;
			/* ![alt](image) is no entry */
			if (start && text.ptr[start - 1] == '!')
				continue;
			found = scan_target(text, i + 1, &out->url, &end);
			if (!found) {
				barren = i;
				continue;
			}
			out->title = slice_sub(text, start + 1, i - 1);
			out->span = (struct span){ start, end };
		} else {
			i = skip_opaque(text, i);
		}
	}
	free(open);
	return found;
}

static bool is_punctuation(char c)
{
	return c > ' ' && c < 0x7F && !isalnum((unsigned char)c);
}

void outline_unescape(struct strbuf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\\' && i + 1 < text.len &&
		    is_punctuation(text.ptr[i + 1]))
			i++;
		strbuf_addch(out, text.ptr[i]);
	}
}

/* A run of * or _ in a title: how many of its marks are emphasis. */
struct run {
	size_t at, length, used;
	char mark;
};

struct title {
	struct slice text;
	struct run *runs;
	size_t count, capacity;
};

static bool is_space_at(struct slice text, size_t i)
{
	return i >= text.len || isspace((unsigned char)text.ptr[i]);
}

static bool is_word_at(struct slice text, size_t i)
{
	return i < text.len && (isalnum((unsigned char)text.ptr[i]) ||
				(unsigned char)text.ptr[i] >= 0x80);
}

/*
 * Pair the run with those before it that are open. A run opens when no space
 * follows, and closes when none stands before; '_' does neither in a word.
 */
static void pair_run(struct title *t, size_t *open, size_t *open_count,
		     struct run run)
{
	size_t after = run.at + run.length, left = run.length;
	bool opens = !is_space_at(t->text, after);
	bool closes = run.at && !is_space_at(t->text, run.at - 1);
	bool inside = run.at && is_word_at(t->text, run.at - 1) &&
		      is_word_at(t->text, after);

	if (run.mark == '_' && inside)
		return;
	while (closes && left && *open_count) {
		struct run *last = &t->runs[open[*open_count - 1]];
		size_t n = last->length - last->used;

		if (n > left)
			n = left;
		last->used += n;
		run.used += n;
		left -= n;
		if (last->used == last->length)
			--*open_count;
	}
	GROW(t->runs, t->count, t->capacity);
	t->runs[t->count] = run;
	if (opens && left)
		open[(*open_count)++] = t->count;
	t->count++;
}

static void find_runs(struct title *t)
{
	size_t *open[2] = { xreallocarray(NULL, t->text.len + 1,
					  sizeof(size_t)),
			    xreallocarray(NULL, t->text.len + 1,
					  sizeof(size_t)) };
	size_t count[2] = { 0, 0 };

	for (size_t i = 0; i < t->text.len;) {
		struct run run = { .at = i, .mark = t->text.ptr[i] };
		int which = run.mark == '_';

		if (run.mark != '*' && run.mark != '_') {
			i = skip_opaque(t->text, i);
			continue;
		}
		while (i < t->text.len && t->text.ptr[i] == run.mark)
			i++;
		run.length = i - run.at;
		pair_run(t, open[which], &count[which], run);
	}
	free(open[0]);
	free(open[1]);
}

/* The words of a code span that ends at `end`. */
static void add_code(struct strbuf *out, struct slice text, size_t i,
		     size_t end)
{
	size_t run = 0;
	struct slice code;

	while (i + run < end && text.ptr[i + run] == '`')
		run++;
	if (i + 2 * run > end || text.ptr[end - 1] != '`') {
		strbuf_add(out, text.ptr + i, end - i);
		return;
	}
	code = slice_sub(text, i + run, end - run);
	if (code.len > 2 && code.ptr[0] == ' ' &&
	    code.ptr[code.len - 1] == ' ' && !slice_is_blank(code))
		code = slice_sub(code, 1, code.len - 1);
	outline_add_clean(out, code);
}

/* Length of an HTML tag at the front, or 0. */
static size_t tag_length(struct slice text)
{
	size_t i = 1, n;

	if (i < text.len && text.ptr[i] == '/')
		i++;
	if (i >= text.len || !isalpha((unsigned char)text.ptr[i]))
		return 0;
	/* a tag of a title is short; <https://x> is a link, shown as it is */
	text = slice_sub(text, 0, 64);
	n = slice_find(text, '>');
	if (n == text.len || slice_find(slice_sub(text, 0, n), ':') < n)
		return 0;
	return n + 1;
}

/* Length of an entity at the front, appended as its character, or 0. */
static size_t add_entity(struct strbuf *out, struct slice text)
{
	static const struct {
		const char *name;
		unsigned code;
	} named[] = {
		{ "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' },
		{ "apos", '\'' }, { "nbsp", 0xA0 }, { "shy", 0xAD },
		{ "ndash", 0x2013 }, { "mdash", 0x2014 }, { "hellip", 0x2026 },
	};
	size_t end = slice_find(slice_sub(text, 0, 12), ';');
	struct slice name = slice_sub(text, 1, end);
	char digits[16], *stop;
	unsigned long code;
	int base = 10;

	if (end >= text.len || end >= 12 || !name.len)
		return 0;
	for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++)
		if (slice_eq_str(name, named[i].name)) {
			strbuf_add_utf8(out, named[i].code);
			return end + 1;
		}
	if (*name.ptr != '#' || name.len < 2)
		return 0;
	name = slice_sub(name, 1, name.len);
	if (*name.ptr == 'x' || *name.ptr == 'X') {
		name = slice_sub(name, 1, name.len);
		base = 16;
	}
	if (!name.len || !isxdigit((unsigned char)*name.ptr))
		return 0;
	memcpy(digits, name.ptr, name.len);
	digits[name.len] = '\0';
	code = strtoul(digits, &stop, base);
	if (*stop || code < ' ' || code > 0x10FFFF ||
	    (code >= 0xD800 && code < 0xE000) || (code >= 0x7F && code < 0xA0))
		return 0;
	strbuf_add_utf8(out, (unsigned)code);
	return end + 1;
}

/* One character's worth of the title; returns where the next one starts. */
static size_t add_plain(struct strbuf *out, struct slice text, size_t i)
{
	struct slice rest = slice_sub(text, i, text.len);
	char c = text.ptr[i];
	size_t n = 0;

	if (c == '`') {
		n = skip_opaque(text, i);
		add_code(out, text, i, n);
		return n;
	}
	if (c == '\\' && rest.len > 1 && is_punctuation(rest.ptr[1])) {
		strbuf_addch(out, rest.ptr[1]);
		return i + 2;
	}
	if (c == '<')
		n = tag_length(rest);
	else if (c == '&')
		n = add_entity(out, rest);
	if (n)
		return i + n;
	if ((unsigned char)c >= 0x80) {
		unsigned codepoint = UTF8_REPLACEMENT;

		n = utf8_decode(&codepoint, rest);
		strbuf_add_utf8(out, codepoint);
		return i + (n ? n : 1);
	}
	strbuf_addch(out, c);
	return i + 1;
}

void outline_add_clean(struct strbuf *out, struct slice text)
{
	while (text.len) {
		unsigned codepoint = UTF8_REPLACEMENT;
		size_t n = utf8_decode(&codepoint, text);

		strbuf_add_utf8(out, codepoint);
		text = slice_sub(text, n ? n : 1, text.len);
	}
}

void outline_fold_blanks(struct strbuf *out, size_t start)
{
	size_t n = start;

	for (size_t i = start; i < out->len; i++) {
		char c = out->buf[i];

		if ((unsigned char)c > ' ' && c != 0x7F)
			out->buf[n++] = c;
		else if (n > start && out->buf[n - 1] != ' ')
			out->buf[n++] = ' ';
	}
	if (n > start && out->buf[n - 1] == ' ')
		n--;
	strbuf_truncate(out, n);
}

void outline_plain_title(struct strbuf *out, struct slice text)
{
	struct title t = { text, NULL, 0, 0 };
	size_t next = 0, start = out->len;

	find_runs(&t);
	for (size_t i = 0; i < text.len;) {
		const struct run *run;

		while (next < t.count && t.runs[next].at < i)
			next++;
		if (next == t.count || t.runs[next].at > i) {
			i = add_plain(out, text, i);
			continue;
		}
		run = &t.runs[next];
		for (size_t n = run->used; n < run->length; n++)
			strbuf_addch(out, run->mark);
		i += run->length;
	}
	outline_fold_blanks(out, start);
	free(t.runs);
}
