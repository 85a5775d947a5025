/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <strings.h>

#include "mail_message.h"
#include "strbuf.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/*
 * "-- >8 --", "- - - 8< cut here - - -": at least 8 wide; dashes, scissors
 * and the blanks between them are more than a third of the line, and blanks
 * less than half of that.
 */
static bool is_scissors(struct slice line)
{
	size_t marks = 0, gaps = 0, width, i = 0;
	bool inside = false, scissors = false;

	line = slice_trim(line);
	width = line.len;
	if (width < 8 || width > 1000)
		return false;
	while (i < width) {
		char c = line.ptr[i], next = i + 1 < width ? line.ptr[i + 1]
							   : '\0';

		if (is_space(c)) {
			marks += inside;
			gaps += inside;
		} else if (c == '-') {
			inside = true;
			marks++;
		} else if (((c == '>' || c == '<') && next == '8') ||
			   ((c == '>' || c == '<') && next == '%') ||
			   ((c == '8' || c == '%') && next == '<')) {
			inside = scissors = true;
			marks += 2;
			i++;
		} else {
			inside = false;
		}
		i++;
	}
	return scissors && width < marks * 3 && gaps * 2 < marks;
}

/* Where a patch begins, or the notes between message and patch. */
static bool is_break(struct slice line)
{
	if (slice_starts_with(line, SLICE("diff -")) ||
	    slice_starts_with(line, SLICE("Index: ")))
		return true;
	if (!slice_starts_with(line, SLICE("---")))
		return false;
	if (line.len > 4 && line.ptr[3] == ' ' && !is_space(line.ptr[4]))
		return true;
	return slice_is_blank(slice_sub(line, 3, line.len)) &&
	       slice_ends_with(line, SLICE("\n"));
}

/* The value of the field `name` if the line has it. */
static bool read_field(struct slice *value, struct slice line,
		       const char *name)
{
	size_t n = strlen(name);

	if (line.len <= n || strncasecmp(line.ptr, name, n) ||
	    line.ptr[n] != ':')
		return false;
	*value = slice_trim(slice_sub(line, n + 1, line.len));
	return true;
}

/* A field that is not there yet. */
static bool is_field(struct mail_message *message, struct slice line,
		     struct slice **last)
{
	struct { const char *name; struct slice *slot; } fields[] = {
		{ "From", &message->from }, { "Date", &message->date },
		{ "Subject", &message->subject }
	};

	for (int i = 0; i < 3; i++) {
		if (fields[i].slot->ptr ||
		    !read_field(fields[i].slot, line, fields[i].name))
			continue;
		*last = fields[i].slot;
		return true;
	}
	return false;
}

/* "[PATCH] words" is a subject; ">From 1a2b…" is what an mbox writer made
 * of the line before a patch. */
static bool is_other_top(struct mail_message *message, struct slice line)
{
	if (slice_starts_with(line, SLICE(">From ")) && line.len > 45 &&
	    slice_find_slice(line, SLICE(" Mon Sep 17 00:00:00 2001")) <
	    line.len)
		return true;
	if (!slice_starts_with(line, SLICE("[PATCH] ")))
		return false;
	message->subject = slice_trim(line);
	return true;
}

enum top { TOP_FIELD, TOP_BLANK, TOP_END };

/* What a line at the top is; `last` is the field before it, or NULL. */
static enum top read_top(struct mail_message *message, struct slice line,
			 struct slice **last)
{
	if (slice_is_blank(line))
		return TOP_BLANK;
	if (*last && (*line.ptr == ' ' || *line.ptr == '\t') &&
	    (*last)->len) {
		line = slice_trim_end(line);
		(*last)->len = (size_t)(line.ptr + line.len - (*last)->ptr);
		return TOP_FIELD;
	}
	*last = NULL;
	if (is_other_top(message, line) || is_field(message, line, last))
		return TOP_FIELD;
	return TOP_END;
}

static void trim_blank_lines(struct strbuf *words, size_t start)
{
	struct slice all = slice_sub(strbuf_slice(words), start, words->len);
	struct slice line, rest = all, kept = all;

	while (slice_next_line(&line, &rest) && slice_is_blank(line))
		kept = rest;
	while (kept.len && kept.ptr[kept.len - 1] == '\n')
		kept.len--;
	memmove(words->buf + start, kept.ptr ? kept.ptr : "", kept.len);
	strbuf_truncate(words, start + kept.len);
}

static void read_message(struct mail_message *message, struct strbuf *words,
			 struct slice text, bool scissors)
{
	struct slice line, *last = NULL;
	size_t start = words->len;
	bool top = true, any = false;	/* still at the top; fields seen */

	*message = (struct mail_message){ .from = { NULL, 0 } };
	while (slice_next_line(&line, &text)) {
		enum top what = top ? read_top(message, line, &last) : TOP_END;

		any = any || what == TOP_FIELD;
		if (what == TOP_BLANK && any)
			top = false;
		if (what != TOP_END)
			continue;
		top = false;
		if (scissors && is_scissors(line)) {
			strbuf_truncate(words, start);
			*message = (struct mail_message){
				.from = { NULL, 0 } };
			top = true;
			any = false;
			last = NULL;
			continue;
		}
		if (is_break(line))
			break;
		strbuf_add_slice(words, slice_chomp(line));
		strbuf_addch(words, '\n');
	}
	trim_blank_lines(words, start);
}

void mail_message_read(struct mail_message *message, struct strbuf *words,
		       struct slice text)
{
	size_t start = words->len;

	read_message(message, words, text, true);
	if (!mail_message_is_comment(slice_sub(strbuf_slice(words), start,
					       words->len)))
		return;
	strbuf_truncate(words, start);
	read_message(message, words, text, false);
}

bool mail_message_fields(struct mail_message *message, struct slice *text)
{
	struct slice line, rest = *text, *last = NULL;

	*message = (struct mail_message){ .from = { NULL, 0 } };
	while (slice_next_line(&line, &rest)) {
		enum top what = read_top(message, line, &last);

		if (what == TOP_END)
			return false;
		if (what == TOP_BLANK && message->from.len) {
			*text = rest;
			return true;
		}
	}
	return false;
}

bool mail_message_is_comment(struct slice words)
{
	struct slice line, value, rest = words;
	bool round = false, channel = false;

	while (slice_next_line(&line, &rest)) {
		if (slice_is_blank(line))
			round = channel = false;
		else if (read_field(&value, line, "Round"))
			round = true;
		else if (read_field(&value, line, "Channel"))
			channel = true;
	}
	return round && channel;
}
