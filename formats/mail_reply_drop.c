/* SPDX-License-Identifier: MIT */
/*
 * Lines that are neither quoted nor what the reader has to say: signed
 * wrappings, who wrote when, Outlook's headers and all that is below them,
 * signatures, footers.
 */
#include <stdint.h>
#include <string.h>

#include "mail_reply_private.h"

static void drop(struct reply_lines *lines, size_t from, size_t to)
{
	for (; from < to; from++)
		lines->items[from].kind = REPLY_DROPPED;
}

/* "-----BEGIN PGP …": headers to a blank line; signatures to their end. */
static void drop_pgp(struct reply_lines *lines)
{
	struct reply_line *l = lines->items;

	for (size_t i = 0; i < lines->count; i++) {
		bool message = slice_starts_with(l[i].text, SLICE(
			"-----BEGIN PGP SIGNED MESSAGE"));
		size_t end = i;

		if (!message && !slice_starts_with(l[i].text, SLICE(
			"-----BEGIN PGP ")))
			continue;
		while (end < lines->count &&
		       (message ? !reply_is_blank(&l[end]) :
			!slice_starts_with(l[end].text, SLICE(
				"-----END PGP "))))
			end++;
		if (end < lines->count && !message)
			end++;
		drop(lines, i, end);
		i = end - 1;
	}
}

/* At least three lines of headers, at line `i`. Returns where they end. */
static size_t header_block(const struct reply_lines *lines, size_t i)
{
	size_t count = 0, end = i;

	for (; end < lines->count && end < i + 12; end++) {
		const struct reply_line *l = &lines->items[end];

		if (reply_is_blank(l) || !reply_is_own(l))
			break;
		/* names and addresses may take more than one line */
		if (reply_is_header(l->text))
			count++;
		else if (end == i)
			return 0;
	}
	return count >= 3 ? end : 0;
}

/* Are there lines with marks below? `last`: the last one, or SIZE_MAX. */
static bool has_marks_below(size_t last, size_t i)
{
	return last != SIZE_MAX && last > i;
}

static size_t last_mark(const struct reply_lines *lines)
{
	for (size_t i = lines->count; i-- > 0;)
		if (lines->items[i].depth)
			return i;
	return SIZE_MAX;
}

/* From line `from` on: the mail that is answered, from `quote` on. */
static void drop_all_below(struct reply_lines *lines, size_t from,
			   size_t quote)
{
	lines->unmarked = reply_next_filled(lines, quote) < lines->count;
	drop(lines, from, lines->count);
}

/* Outlook: headers, and below them the mail that is answered, without marks. */
static void drop_headers(struct reply_lines *lines)
{
	size_t last = last_mark(lines);

	for (size_t i = 0; i < lines->count; i++) {
		const struct reply_line *l = &lines->items[i];
		bool ruler = reply_is_own(l) && reply_is_ruler(l->text);
		size_t from = ruler ? reply_next_filled(lines, i + 1) : i, end;

		if (!ruler && (!reply_is_own(l) || !reply_is_header(l->text)))
			continue;
		end = from < lines->count ? header_block(lines, from) : 0;
		if (!end)
			continue;
		if (!has_marks_below(last, end)) {
			drop_all_below(lines, i, end);
			return;
		}
		drop(lines, i, end);
		i = end - 1;
	}
}

static size_t join(char *buf, size_t size, const struct reply_line *first,
		   size_t count)
{
	size_t len = 0;

	for (size_t i = 0; i < count; i++) {
		struct slice s = slice_trim(first[i].text);

		if (len + s.len + 1 >= size)
			return 0;
		if (len)
			buf[len++] = ' ';
		memcpy(buf + len, s.ptr, s.len);
		len += s.len;
	}
	return len;
}

/* The lines up to `end` that say who wrote what follows: how many. */
static size_t attribution_before(const struct reply_lines *lines, size_t end,
				 bool sure)
{
	char buf[512];
	size_t most = 0, found = 0;

	while (most < 3 && most < end) {
		const struct reply_line *l = &lines->items[end - 1 - most];

		if (reply_is_blank(l) || l->kind == REPLY_DROPPED ||
		    l->depth != lines->items[end - 1].depth)
			break;
		most++;
	}
	for (size_t n = 1; n <= most; n++) {
		const struct reply_line *l = &lines->items[end - n];
		struct slice all = { buf, join(buf, sizeof(buf), l, n) };

		if (reply_is_attribution(all, sure) &&
		    (n == 1 || reply_starts_attribution(l->text)))
			found = n;
	}
	return found;
}

/* Apple's program has it within the quote: "> On … wrote:", then "> ". */
static void drop_quoted_attribution(struct reply_lines *lines, size_t i)
{
	for (size_t n = 3; n; n--)
		if (i + n <= lines->count &&
		    lines->items[i + n - 1].depth == lines->items[i].depth &&
		    attribution_before(lines, i + n, true) == n) {
			drop(lines, i, i + n);
			return;
		}
}

static void drop_attributions(struct reply_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		size_t end = i;

		if (lines->items[i].kind != REPLY_QUOTE ||
		    (i && lines->items[i].depth <= lines->items[i - 1].depth))
			continue;
		drop_quoted_attribution(lines, i);
		while (end && i - end < 2 &&
		       reply_is_blank(&lines->items[end - 1]))
			end--;
		drop(lines, end - attribution_before(lines, end, false), end);
	}
}

/* Below it all is quoted, though nothing marks it. */
static void drop_unmarked_quote(struct reply_lines *lines)
{
	size_t last = last_mark(lines);

	for (size_t i = 0; i < lines->count; i++) {
		size_t n;

		if (!reply_is_own(&lines->items[i]) ||
		    reply_is_blank(&lines->items[i]) ||
		    has_marks_below(last, i))
			continue;
		n = attribution_before(lines, i + 1, true);
		if (n) {
			drop_all_below(lines, i + 1 - n, i + 1);
			return;
		}
	}
}

/* ---- signatures and footers --------------------------------------------- */

#define SIGNATURE 8	/* lines that may follow a mark that lost its space */

static size_t own_end(const struct reply_lines *lines, size_t i)
{
	while (i < lines->count && !lines->items[i].depth)
		i++;
	return i;
}

static bool is_signature(const struct reply_line *l)
{
	return reply_is_own(l) && (slice_eq_str(l->text, "--") ||
			     slice_eq_str(l->text, "—"));
}

static bool keeps_space(const struct reply_line *l, struct slice body)
{
	return l->text.ptr + 3 <= body.ptr + body.len &&
	       l->text.ptr[0] == '-' && l->text.ptr[2] == ' ';
}

static void drop_signatures(struct reply_lines *lines, struct slice body)
{
	size_t end = 0, last = 0;	/* of the run of own lines at hand */

	for (size_t i = 0; i < lines->count; i++) {
		const struct reply_line *l = &lines->items[i];

		if (!is_signature(l))
			continue;
		if (i >= end) {
			last = end = own_end(lines, i);
			while (last > i &&
			       reply_is_blank(&lines->items[last - 1]))
				last--;
		}
		if (last > i + SIGNATURE + 1 && !keeps_space(l, body))
			continue;
		drop(lines, i, end);
		i = end - 1;
	}
}

/* "____" and what a list says below; or such words by themselves. */
static bool is_footer_at(const struct reply_lines *lines, size_t i)
{
	const struct reply_line *l = &lines->items[i];
	size_t next;

	if (reply_is_footer(l->text))
		return true;
	if (!reply_is_ruler(l->text))
		return false;
	next = reply_next_filled(lines, i + 1);
	if (next >= lines->count || next > i + 2)
		return false;
	l = &lines->items[next];
	return reply_has(l->text, "mailing list") ||
	       reply_has(l->text, "http") || reply_is_footer(l->text) ||
	       reply_has(l->text, "unsubscribe");
}

static bool is_last_of_run(const struct reply_lines *lines, size_t i)
{
	i = reply_next_filled(lines, i + 1);
	return i >= lines->count || !reply_is_own(&lines->items[i]);
}

static void drop_footers(struct reply_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		const struct reply_line *l = &lines->items[i];
		bool starts = !i || reply_is_blank(l - 1) ||
			      !reply_is_own(l - 1);
		size_t end;

		if (!reply_is_own(l) || reply_is_blank(l))
			continue;
		if (reply_is_device(l->text) &&
		    (starts || is_last_of_run(lines, i))) {
			drop(lines, i, i + 1);
		} else if (starts && is_footer_at(lines, i)) {
			end = own_end(lines, i);
			drop(lines, i, end);
			i = end - 1;
		}
	}
}

void reply_lines_drop(struct reply_lines *lines, struct slice body)
{
	drop_pgp(lines);
	drop_headers(lines);
	drop_attributions(lines);
	drop_unmarked_quote(lines);
	drop_signatures(lines, body);
	drop_footers(lines);
}
