/* SPDX-License-Identifier: MIT */
/*
 * A mail line by line: what is quoted, what is the reader's own, and what is
 * neither. Each step looks at a few lines around, so that the whole is linear.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "mail_reply_private.h"
#include "utf8.h"

void reply_lines_release(struct reply_lines *lines)
{
	free(lines->items);
	*lines = (struct reply_lines){ NULL, 0, 0 };
}

static bool is_blank(const struct reply_line *l)
{
	return !l->text.len;
}

static bool is_own(const struct reply_line *l)
{
	return l->kind == REPLY_OWN;
}

/* ---- marks of quotes ---------------------------------------------------- */

/* "JD> ": initials before the mark. */
static size_t initials(struct slice s)
{
	size_t n = 0;

	while (n < s.len && n < 4 && s.ptr[n] >= 'A' && s.ptr[n] <= 'Z')
		n++;
	return n && n < s.len && s.ptr[n] == '>' ? n : 0;
}

/* Marks at the start of a line, with up to three spaces before each. */
static size_t count_marks(struct slice s, unsigned *depth)
{
	size_t at = 0, end = 0;

	*depth = 0;
	at = initials(s);
	for (;;) {
		size_t spaces = 0;

		while (at + spaces < s.len && spaces < 3 &&
		       s.ptr[at + spaces] == ' ')
			spaces++;
		if (at + spaces >= s.len || s.ptr[at + spaces] != '>')
			return end;
		/* "> " and then ">": the space belonged to the first */
		at += spaces + 1;
		end = at;
		if (++*depth == 100)
			return end;
	}
}

static void add_line(struct reply_lines *lines, struct slice line)
{
	struct reply_line l = { .kind = REPLY_OWN };
	size_t marks;

	line = slice_chomp(line);
	l.width = line.len < 1000 ? utf8_count(line) : line.len;
	marks = count_marks(line, &l.depth);
	if (l.depth) {
		l.kind = REPLY_QUOTE;
		line = slice_sub(line, marks, line.len);
		if (line.len && *line.ptr == ' ')
			line = slice_sub(line, 1, line.len);
	}
	l.text = slice_trim_end(line);
	GROW(lines->items, lines->count, lines->capacity);
	lines->items[lines->count++] = l;
}

/* "| " and ": " are marks in a mail that has no ">", at two lines or more. */
static void find_other_marks(struct reply_lines *lines, char mark)
{
	struct reply_line *l = lines->items;
	size_t i, end;

	for (i = 0; i < lines->count; i++)
		if (l[i].depth)
			return;
	for (i = 0; i < lines->count; i = end + (end == i)) {
		for (end = i; end < lines->count && l[end].text.len &&
			      *l[end].text.ptr == mark &&
			      (l[end].text.len == 1 ||
			       l[end].text.ptr[1] == ' '); end++)
			;
		if (end - i < 2)
			continue;
		/* a table has bars at the ends of its lines, too */
		if (mark == '|' && l[i].text.len > 1 &&
		    slice_ends_with(l[i].text, SLICE("|")))
			continue;
		for (size_t j = i; j < end; j++) {
			l[j].kind = REPLY_QUOTE;
			l[j].depth = 1;
			l[j].text = slice_trim(slice_sub(l[j].text, 1,
							 l[j].text.len));
		}
	}
}

/* ---- what is dropped ---------------------------------------------------- */

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
		       (message ? !is_blank(&l[end]) :
			!slice_starts_with(l[end].text, SLICE(
				"-----END PGP "))))
			end++;
		if (end < lines->count && !message)
			end++;
		drop(lines, i, end);
		i = end - 1;
	}
}

static size_t next_filled(const struct reply_lines *lines, size_t i)
{
	while (i < lines->count && is_blank(&lines->items[i]))
		i++;
	return i;
}

/* At least three lines of headers, at line `i`. Returns where they end. */
static size_t header_block(const struct reply_lines *lines, size_t i)
{
	size_t count = 0, end = i;

	for (; end < lines->count && end < i + 12; end++) {
		const struct reply_line *l = &lines->items[end];

		if (is_blank(l) || !is_own(l))
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

/* Outlook: headers, and below them the mail that is answered, without marks. */
static void drop_headers(struct reply_lines *lines)
{
	size_t last = last_mark(lines);

	for (size_t i = 0; i < lines->count; i++) {
		const struct reply_line *l = &lines->items[i];
		bool ruler = is_own(l) && reply_is_ruler(l->text);
		size_t from = ruler ? next_filled(lines, i + 1) : i, end;

		if (!ruler && (!is_own(l) || !reply_is_header(l->text)))
			continue;
		end = from < lines->count ? header_block(lines, from) : 0;
		if (!end)
			continue;
		if (!has_marks_below(last, end)) {
			drop(lines, i, lines->count);
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

		if (is_blank(l) || l->kind == REPLY_DROPPED ||
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

static void drop_attributions(struct reply_lines *lines)
{
	for (size_t i = 1; i < lines->count; i++) {
		size_t end = i;

		if (lines->items[i].depth <= lines->items[i - 1].depth ||
		    lines->items[i].kind != REPLY_QUOTE)
			continue;
		while (end && i - end < 2 && is_blank(&lines->items[end - 1]))
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

		if (!is_own(&lines->items[i]) || is_blank(&lines->items[i]) ||
		    has_marks_below(last, i))
			continue;
		n = attribution_before(lines, i + 1, true);
		if (n) {
			drop(lines, i + 1 - n, lines->count);
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
	return is_own(l) && (slice_eq_str(l->text, "--") ||
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
			while (last > i && is_blank(&lines->items[last - 1]))
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
	next = next_filled(lines, i + 1);
	if (next >= lines->count || next > i + 2)
		return false;
	l = &lines->items[next];
	return reply_has(l->text, "mailing list") ||
	       reply_has(l->text, "http") || reply_is_footer(l->text) ||
	       reply_has(l->text, "unsubscribe");
}

static void drop_footers(struct reply_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		const struct reply_line *l = &lines->items[i];
		bool starts = !i || is_blank(l - 1) || !is_own(l - 1);
		size_t end;

		if (!is_own(l) || is_blank(l))
			continue;
		if (reply_is_device(l->text) && starts) {
			drop(lines, i, i + 1);
		} else if (starts && is_footer_at(lines, i)) {
			end = own_end(lines, i);
			drop(lines, i, end);
			i = end - 1;
		}
	}
}

/* ---- tails and gaps ------------------------------------------------------ */

static const char *const gaps[] = {
	"[...]", "[…]", "[snip]", "[. . .]", "[..]", "[....]", "[cut]",
	"[Snip]", "[SNIP]", "<snip>", "(snip)", "(...)", "(…)", "<...>",
	"[gekürzt]", "[coupé]", NULL
};

size_t reply_gap_length(struct slice s)
{
	for (size_t i = 0; gaps[i]; i++)
		if (slice_starts_with(s, slice_of(gaps[i])))
			return strlen(gaps[i]);
	return 0;
}

bool reply_is_gap(struct slice line)
{
	line = slice_trim(line);
	return slice_eq_str(line, "...") || slice_eq_str(line, "…") ||
	       (line.len && reply_gap_length(line) == line.len);
}

static bool is_small(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* A quoted line was too long for someone, and its last words are left over:
 * between lines that go on from one to the other. */
static bool is_tail(const struct reply_line *l)
{
	const struct reply_line *before = l - 1, *after = l + 1;
	struct slice text = slice_trim(l->text);
	char last;

	if (before->kind != REPLY_QUOTE || after->kind != REPLY_QUOTE ||
	    before->depth != after->depth || is_blank(before) ||
	    before->width < 62 || text.len > 40 || text.len < 1 ||
	    l->text.ptr != text.ptr || reply_count_words(text) > 3)
		return false;
	last = before->text.ptr[before->text.len - 1];
	if (is_small(*text.ptr))
		return last != '.' && last != '!' && last != '?';
	return before->width >= 70 && !is_blank(after) &&
	       is_small(*after->text.ptr) && !strchr(".!?:", last) &&
	       !strchr(".!?", text.ptr[text.len - 1]);
}

static void join_tails(struct reply_lines *lines)
{
	for (size_t i = 1; i + 1 < lines->count; i++) {
		struct reply_line *l = &lines->items[i];

		if (!is_own(l) || is_blank(l) || !is_tail(l))
			continue;
		l->kind = REPLY_QUOTE;
		l->depth = l[-1].depth;
	}
}

/* "[...]" that the reader set between two quoted lines. */
static void join_gaps(struct reply_lines *lines)
{
	unsigned depth = 0;

	for (size_t i = 0; i < lines->count; i++) {
		struct reply_line *l = &lines->items[i];
		size_t next;

		if (l->kind == REPLY_QUOTE) {
			depth = l->depth;
		} else if (is_own(l) && !is_blank(l)) {
			next = next_filled(lines, i + 1);
			if (depth && reply_is_gap(l->text) &&
			    next < lines->count &&
			    lines->items[next].kind == REPLY_QUOTE) {
				l->kind = REPLY_QUOTE;
				l->depth = depth;
			} else {
				depth = 0;
			}
		}
	}
}

void reply_lines_read(struct reply_lines *lines, struct slice body)
{
	struct slice rest = body, line;

	lines->count = 0;
	while (slice_next_line(&line, &rest))
		add_line(lines, line);
	find_other_marks(lines, '|');
	find_other_marks(lines, ':');
	drop_pgp(lines);
	drop_headers(lines);
	drop_attributions(lines);
	drop_unmarked_quote(lines);
	drop_signatures(lines, body);
	drop_footers(lines);
	join_tails(lines);
	join_gaps(lines);
}
