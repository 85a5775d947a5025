/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "mbox.h"
#include "strbuf.h"

static const struct slice from = { "From ", 5 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * "From ann@example.org Tue Nov 24 15:04:05 2026", "From 1a2b… Mon Sep 17
 * 00:00:00 2001", "From - Tue Nov 24 15:04:05 2026 +0100": a time of day, and
 * a year after it.
 */
static bool is_from_line(struct slice line)
{
	if (!slice_starts_with(line, from) || line.len > 1000)
		return false;
	for (size_t i = line.len; i-- > 7;) {
		const char *p = line.ptr + i;

		if (*p != ':' || line.len - i < 8 || !is_digit(p[-1]) ||
		    !is_digit(p[1]) || !is_digit(p[2]))
			continue;
		for (size_t k = i + 3; k + 4 <= line.len; k++)
			if ((line.ptr[k] == '1' || line.ptr[k] == '2') &&
			    line.ptr[k - 1] == ' ' &&
			    is_digit(line.ptr[k + 1]) &&
			    is_digit(line.ptr[k + 2]) &&
			    is_digit(line.ptr[k + 3]))
				return true;
		return false;
	}
	return false;
}

/* "Subject: x", and what else may stand in the first line of a message */
static bool is_field_line(struct slice line)
{
	size_t n = 0;

	if (slice_starts_with(line, SLICE(">From ")) ||
	    slice_starts_with(line, from))
		return true;
	while (n < line.len && line.ptr[n] > ' ' && line.ptr[n] < 127 &&
	       line.ptr[n] != ':')
		n++;
	return n && n < line.len && line.ptr[n] == ':';
}

bool mbox_starts(struct slice text)
{
	struct slice line, next;

	if (!slice_starts_with(text, from) || !slice_next_line(&line, &text) ||
	    !is_from_line(line))
		return false;
	return !slice_next_line(&next, &text) || is_field_line(next);
}

/* "From " and an address, without a date: only where a file begins. */
static bool is_bare_start(struct slice text)
{
	struct slice line, next;

	return slice_starts_with(text, from) &&
	       slice_next_line(&line, &text) &&
	       slice_next_line(&next, &text) && is_field_line(next);
}

/* "From <40 hexadecimal digits> Mon Sep 17 00:00:00 2001" */
static bool is_from_git(struct slice line)
{
	size_t n = from.len;

	while (n < line.len && isxdigit((unsigned char)line.ptr[n]))
		n++;
	return n >= from.len + 40 &&
	       slice_starts_with(slice_sub(line, n, line.len),
				 SLICE(" Mon Sep 17 00:00:00 2001"));
}

void mbox_init(struct mbox *mbox, struct slice bytes)
{
	struct slice line, rest;

	if (slice_starts_with(bytes, SLICE("\xEF\xBB\xBF")))
		bytes = slice_sub(bytes, 3, bytes.len);
	rest = bytes;
	while (slice_next_line(&line, &rest) && slice_is_blank(line))
		bytes = rest;
	mbox->rest = bytes;
	mbox->is_mbox = mbox_starts(bytes) || is_bare_start(bytes);
}

/* Where the message at the front of `text` ends. */
static size_t message_end(struct slice text)
{
	size_t at = 0;

	while (at < text.len) {
		struct slice rest = slice_sub(text, at, text.len);

		if (at && mbox_starts(rest))
			return at;
		at += slice_find(rest, '\n') + 1;
	}
	return text.len;
}

bool mbox_next(struct mbox_message *message, struct mbox *mbox)
{
	struct slice line, bytes;
	size_t end;

	if (!mbox->rest.len)
		return false;
	message->from_git = false;
	if (!mbox->is_mbox) {
		message->bytes = mbox->rest;
		mbox->rest.len = 0;
		return true;
	}
	slice_next_line(&line, &mbox->rest);
	message->from_git = is_from_git(line);
	end = mbox_starts(mbox->rest) ? 0 : message_end(mbox->rest);
	bytes = slice_sub(mbox->rest, 0, end);
	mbox->rest = slice_sub(mbox->rest, end, mbox->rest.len);
	if (slice_ends_with(bytes, SLICE("\r\n\r\n")))
		bytes.len -= 2;
	else if (slice_ends_with(bytes, SLICE("\n\n")))
		bytes.len--;
	message->bytes = bytes;
	return true;
}

/* How many '>' the line begins with. */
static size_t depth_of(struct slice line)
{
	size_t n = 0;

	while (n < line.len && line.ptr[n] == '>')
		n++;
	return n;
}

static bool is_quoted_from(struct slice line, size_t depth)
{
	return depth && slice_starts_with(slice_sub(line, depth, line.len),
					  from);
}

bool mbox_unquote(struct strbuf *out, struct slice text)
{
	struct slice line, rest = text;
	size_t before = 0;

	if (!slice_starts_with(text, SLICE(">")) &&
	    slice_find_slice(text, SLICE("\n>")) == text.len)
		return false;
	if (slice_find_slice(text, SLICE(">From ")) == text.len)
		return false;
	while (slice_next_line(&line, &rest)) {
		size_t depth = depth_of(line), after = 0;

		if (is_quoted_from(line, depth)) {
			after = depth_of(rest);
			if (before < depth && after < depth)
				line = slice_sub(line, 1, line.len);
		}
		before = depth;
		strbuf_add_slice(out, line);
	}
	return true;
}
