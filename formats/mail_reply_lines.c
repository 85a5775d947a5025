/* SPDX-License-Identifier: MIT */
/*
 * A mail line by line: what is quoted, what is the reader's own, and what is
 * neither. Each step looks at a few lines around, so that the whole is linear.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "mail_reply_private.h"
#include "utf8.h"

void reply_lines_release(struct reply_lines *lines)
{
	free(lines->items);
	*lines = (struct reply_lines){ NULL, 0, 0, false };
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
	struct reply_line l = { .kind = REPLY_OWN, .side = REPLY_WORDS };
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
	    before->depth != after->depth || reply_is_blank(before) ||
	    before->width < 62 || text.len > 40 || text.len < 1 ||
	    l->text.ptr != text.ptr || reply_count_words(text) > 3)
		return false;
	last = before->text.ptr[before->text.len - 1];
	if (is_small(*text.ptr))
		return last != '.' && last != '!' && last != '?';
	return before->width >= 70 && !reply_is_blank(after) &&
	       is_small(*after->text.ptr) && !strchr(".!?:", last) &&
	       !strchr(".!?", text.ptr[text.len - 1]);
}

static void join_tails(struct reply_lines *lines)
{
	for (size_t i = 1; i + 1 < lines->count; i++) {
		struct reply_line *l = &lines->items[i];

		if (!reply_is_own(l) || reply_is_blank(l) || !is_tail(l))
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
		} else if (reply_is_own(l) && !reply_is_blank(l)) {
			next = reply_next_filled(lines, i + 1);
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
	lines->unmarked = false;
	while (slice_next_line(&line, &rest))
		add_line(lines, line);
	find_other_marks(lines, '|');
	find_other_marks(lines, ':');
	reply_lines_drop(lines, body);
	join_tails(lines);
	join_gaps(lines);
	reply_lines_hunks(lines);
}
