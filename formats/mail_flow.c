/* SPDX-License-Identifier: MIT */
/* Long lines broken as format=flowed has it: see mail_flowed.h. */
#include <string.h>

#include "display_width.h"
#include "mail_flowed.h"
#include "strbuf.h"
#include "utf8.h"

#define WIDTH 72

/* Closing marks do not begin a line of Chinese or Japanese. */
static bool may_begin(struct slice s)
{
	static const char *const never[] = {
		"。", "、", "，", "．", "」", "』", "）", "】",
		"》", "〉", "？", "！", "：", "；", "ー", "…",
		"ゃ", "ゅ", "ょ", "っ", "ャ", "ュ", "ョ", "ッ", NULL
	};

	for (const char *const *n = never; *n; n++)
		if (slice_starts_with(s, slice_of(*n)))
			return false;
	return true;
}

static bool is_signature(struct slice line)
{
	return slice_eq(line, SLICE("-- "));
}

/* Such lines would not go on in the next. */
static bool may_end(struct slice s)
{
	return !is_signature(s) && !slice_is_blank(s);
}

/*
 * How much of `s` goes into a line of `width`: to the last space that fits
 * (with it), or, if `between`, to the last place between wide characters.
 * What cannot be broken is as long as it is.
 */
static size_t line_length(struct slice s, size_t width, bool between)
{
	size_t columns = 0, best = 0, n;
	bool wide_before = false;

	for (size_t i = 0; i < s.len; i += n) {
		unsigned c;
		size_t w;

		n = utf8_decode(&c, slice_sub(s, i, s.len));
		w = n ? display_width(c) : 1;
		n = n ? n : 1;
		if (between && i && wide_before && w == 2 && columns <= width &&
		    may_begin(slice_sub(s, i, s.len)))
			best = i;
		if (columns > width && best)
			return best;
		columns += w;
		wide_before = w == 2;
		if (s.ptr[i] != ' ')
			continue;
		/* several spaces stay together; the last one is the break */
		if (i + 1 < s.len && s.ptr[i + 1] != ' ' &&
		    (columns <= width + 1 || !best) &&
		    may_end(slice_sub(s, 0, i + 1)))
			best = i + 1;
	}
	return columns > width && best ? best : s.len;
}

static size_t marks_of(struct slice line)
{
	size_t n = 0;

	while (n < line.len && line.ptr[n] == '>')
		n++;
	return n < line.len && line.ptr[n] != ' ' ? 0 : n;
}

static void add_line(struct strbuf *out, struct slice s, size_t depth)
{
	for (size_t i = 0; i < depth; i++)
		strbuf_addch(out, '>');
	if (depth ? s.len : slice_starts_with(s, SLICE(" ")) ||
			    slice_starts_with(s, SLICE(">")) ||
			    slice_starts_with(s, SLICE("From ")))
		strbuf_addch(out, ' ');
	strbuf_add_slice(out, s);
}

static void flow_line(struct strbuf *out, struct slice line, bool delsp)
{
	size_t depth = marks_of(line), n;

	if (is_signature(line)) {
		strbuf_adds(out, "-- \n");
		return;
	}
	line = slice_trim_end(slice_sub(line, depth, line.len));
	if (depth && line.len)
		line = slice_sub(line, 1, line.len);
	do {
		size_t width = WIDTH - (depth ? depth + 1 : 0);

		n = line_length(line, width, delsp);
		add_line(out, slice_sub(line, 0, n), depth);
		if (n < line.len && delsp)
			strbuf_addch(out, ' ');
		strbuf_addch(out, '\n');
		line = slice_sub(line, n, line.len);
	} while (line.len);
}

/* Is there a run of wide characters that no space breaks in time? */
static bool has_wide_run(struct slice text)
{
	size_t columns = 0, n;
	bool wide = false;

	for (; text.len; text = slice_sub(text, n, text.len)) {
		unsigned c;

		n = utf8_decode(&c, text);
		if (!n || c == ' ' || c == '\n') {
			columns = 0;
			wide = false;
		} else {
			columns += display_width(c);
			wide = wide || display_width(c) == 2;
		}
		n = n ? n : 1;
		if (wide && columns > WIDTH / 2)
			return true;
	}
	return false;
}

bool mail_flow(struct strbuf *out, struct slice text)
{
	bool delsp = has_wide_run(text);
	struct slice line;

	while (slice_next_line(&line, &text))
		flow_line(out, slice_chomp(line), delsp);
	return delsp;
}
