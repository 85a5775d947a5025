/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "mail_changeset.h"
#include "mail_header.h"
#include "strbuf.h"

static bool after(struct slice *value, struct slice line, const char *name)
{
	if (!slice_starts_with(line, slice_of(name)))
		return false;
	*value = slice_trim(slice_sub(line, strlen(name), line.len));
	return true;
}

/* "1732460645 -3600": Mercurial counts the seconds west of Greenwich. */
static bool read_hg_date(struct moment *out, struct slice value)
{
	char text[40], *end;
	size_t n = value.len < sizeof(text) ? value.len : sizeof(text) - 1;
	long long seconds;
	long west;

	memcpy(text, value.ptr, n);
	text[n] = '\0';
	seconds = strtoll(text, &end, 10);
	if (end == text || seconds < 0)
		return false;
	west = strtol(end, NULL, 10);
	if (west < -14 * 3600 || west > 14 * 3600)
		west = 0;
	*out = (struct moment){ seconds, (int)(-west / 60) };
	return true;
}

/*
 * # HG changeset patch
 * # User Zoe Reader <zoe@example.org>
 * # Date 1732460645 -3600
 */
static void read_hg(struct mail_changeset *out, struct strbuf *message,
		    struct slice text)
{
	struct slice line, value;

	while (slice_next_line(&line, &text)) {
		if (after(&value, line, "# User "))
			out->author = value;
		else if (after(&value, line, "# Date "))
			out->dated = read_hg_date(&out->when, value);
		else if (!slice_starts_with(line, SLICE("#")))
			strbuf_add_slice(message, line);
	}
}

/*
 * commit 0123456789012345678901234567890123456789
 * Author: Zoe Reader <zoe@example.org>
 * Date:   Tue Nov 24 15:04:05 2026 +0100
 *
 *     The message, four to the right.
 */
static void read_git(struct mail_changeset *out, struct strbuf *message,
		     struct slice text)
{
	struct slice line, value;

	while (slice_next_line(&line, &text) && !slice_is_blank(line)) {
		if (after(&value, line, "Author:"))
			out->author = value;
		else if (after(&value, line, "Date:"))
			out->dated = mail_date(&out->when, value);
	}
	while (slice_next_line(&line, &text)) {
		if (slice_starts_with(line, SLICE("    ")))
			line = slice_sub(line, 4, line.len);
		strbuf_add_slice(message, line);
	}
}

static bool is_git(struct slice text)
{
	struct slice line;
	size_t n = 7;

	if (!slice_starts_with(text, SLICE("commit ")) ||
	    !slice_next_line(&line, &text))
		return false;
	while (n < line.len && strchr("0123456789abcdef", line.ptr[n]))
		n++;
	return n >= 7 + 40 && slice_next_line(&line, &text) &&
	       (slice_starts_with(line, SLICE("Author:")) ||
		slice_starts_with(line, SLICE("Merge:")));
}

bool mail_changeset_read(struct mail_changeset *out, struct strbuf *message,
			 struct slice above)
{
	*out = (struct mail_changeset){ .dated = false };
	above = slice_trim(above);
	if (slice_starts_with(above, SLICE("# HG changeset patch")))
		read_hg(out, message, above);
	else if (is_git(above))
		read_git(out, message, above);
	else
		return false;
	return true;
}
