/* SPDX-License-Identifier: MIT */
/* A reader's paragraphs, freed of what their mail program did to the lines. */
#include <string.h>

#include "mail_reply_private.h"

static bool is_list_item(struct slice line)
{
	size_t digits = 0;

	if (line.len < 2)
		return false;
	if (strchr("-*+", *line.ptr) && line.ptr[1] == ' ')
		return true;
	while (digits < line.len && line.ptr[digits] >= '0' &&
	       line.ptr[digits] <= '9')
		digits++;
	return digits && digits + 1 < line.len &&
	       strchr(".)", line.ptr[digits]) && line.ptr[digits + 1] == ' ';
}

/* Was the line ended because the next word had no room? */
static bool is_wrapped(struct slice line, struct slice next, size_t widest)
{
	size_t room = widest < 60 ? 60 : widest;

	return !is_list_item(next) &&
	       line.len + 1 + slice_find(next, ' ') > room;
}

static size_t widest_line(struct slice paragraph)
{
	struct slice rest = paragraph, line;
	size_t widest = 0;

	while (slice_next_line(&line, &rest)) {
		line = slice_chomp(line);
		if (line.len > widest)
			widest = line.len;
	}
	return widest;
}

void reply_add_words(struct strbuf *out, struct slice paragraph)
{
	struct slice rest = slice_trim(paragraph), line, next;
	size_t widest = widest_line(rest);

	if (!slice_next_line(&line, &rest))
		return;
	line = slice_trim_end(line);
	strbuf_add_slice(out, line);
	while (slice_next_line(&next, &rest)) {
		next = slice_trim_end(next);
		strbuf_addch(out, is_wrapped(line, next, widest) ? ' ' : '\n');
		strbuf_add_slice(out, next);
		line = next;
	}
}

/* Without the brackets around all of it, or what joins it to the words. */
static struct slice plain_reason(struct slice s)
{
	s = slice_trim(s);
	while (s.len && strchr(",;.:-", *s.ptr))
		s = slice_trim(slice_sub(s, 1, s.len));
	while (s.len && strchr(",;:-(", s.ptr[s.len - 1]))
		s = slice_trim(slice_sub(s, 0, s.len - 1));
	if (s.len > 2 && *s.ptr == '(' &&
	    slice_find(s, ')') == s.len - 1)
		s = slice_trim(slice_sub(s, 1, s.len - 1));
	return s;
}

/* "x" -> "y" and "a" -> "b" */
static bool is_joint(struct slice s)
{
	static const char *const joints[] = { "and", "und", "et", "y", "e",
					      "also", "then", NULL };

	for (int i = 0; joints[i]; i++)
		if (slice_eq_str(s, joints[i]))
			return true;
	return false;
}

void reply_add_reason(struct strbuf *out, struct slice s)
{
	s = plain_reason(s);
	if (!s.len || is_joint(s))
		return;
	if (out->len)
		strbuf_addch(out, '\n');
	reply_add_words(out, s);
}
