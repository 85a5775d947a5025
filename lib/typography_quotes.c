/* SPDX-License-Identifier: MIT */
/*
 * Which way a straight quote turns: decided by what stands at either side of
 * it, and where that says both or nothing, by what is open. Some are no quotes
 * but apostrophes, primes, or part of a Hebrew word.
 */
#include <stdbool.h>
#include <string.h>

#include "strbuf.h"
#include "typography_private.h"
#include "utf8.h"

#define APOSTROPHE "\u2019"
#define PRIME "\u2032"
#define DOUBLE_PRIME "\u2033"
#define GERESH "\u05F3"
#define GERSHAYIM "\u05F4"

static enum neighbour neighbour_ascii(unsigned c)
{
	if (c <= ' ')
		return SPACE;
	switch (c) {
	case '(': case '[': case '{': case '<': case '/': case '=':
		return OPENING;
	case '.': case ',': case ';': case ':': case '!': case '?':
	case ')': case ']': case '}': case '>':
		return CLOSING;
	case '-':
		return DASH;
	case '"': case '\'':
		return QUOTE;
	default:
		return WORD;
	}
}

enum neighbour typography_neighbour(const struct typography *t, unsigned c)
{
	unsigned close = 0;

	if (c < 0x80)
		return neighbour_ascii(c);
	utf8_decode(&close, slice_of(t->rules->outer[1]));
	if (c == close)
		return CLOSING;
	switch (c) {
	case 0xA0: case 0x202F: case 0x2009: case 0x3000: case 0x2003:
	case 0x2002: case 0x200A: case 0x2028:
		return SPACE;
	case QUOTE_OPENED: case 0x201C: case 0x2018: case 0xAB: case 0x201E:
	case 0x201A: case 0x2039: case 0xBF: case 0xA1: case 0x300C:
	case 0x300E: case 0x3008: case 0x300A: case 0xFF08:
		return OPENING;
	case QUOTE_CLOSED: case 0x201D: case 0x2019: case 0xBB: case 0x203A:
	case 0x2026: case 0x300D: case 0x300F: case 0x3001: case 0x3002:
	case 0xFF09: case 0xFF01: case 0xFF1F: case 0xFF0C: case 0x60C:
	case 0x61F: case 0x61B:
		return CLOSING;
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014:
	case 0x2015: case 0x2212:
		return DASH;
	default:
		return WORD;
	}
}

static bool is_digit(unsigned c)
{
	return c >= '0' && c <= '9';
}

static bool is_hebrew(unsigned c)
{
	return c >= 0x5D0 && c <= 0x5EA;
}

/* Scripts that set no spaces, so that a mark between letters is a quote. */
static bool is_unspaced(unsigned c)
{
	return (c >= 0x3040 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
	       (c >= 0x20000 && c <= 0x3FFFF);
}

/* Is a quote of the kind open; close the innermost of it and all in it. */
static bool is_open(const struct typography *t, bool is_double)
{
	for (unsigned i = t->depth; i-- > 0;)
		if (((t->open >> i) & 1) == is_double)
			return true;
	return false;
}

static void close_quote(struct typography *t, bool is_double)
{
	unsigned i = t->depth;

	while (i-- > 0)
		if (((t->open >> i) & 1) == is_double) {
			t->depth = (unsigned char)i;
			return;
		}
}

static void open_quote(struct typography *t, bool is_double)
{
	if (t->depth == 8)
		return;
	t->open = (unsigned char)((t->open & ~(1u << t->depth)) |
				  (unsigned)is_double << t->depth);
	t->depth++;
}

static const char *print_opening(struct pass *pass, const char *p,
				 bool is_double)
{
	const struct typography_rules *r = pass->t->rules;
	const char *mark = is_double ? r->outer[0] : r->inner[0];
	const char *next = p + 1;
	bool spaced = r->manner & FRENCH && strcmp(mark, "«") == 0;

	open_quote(pass->t, is_double);
	if (spaced && next < pass->end && *next == ' ')
		next++;
	pass_replace(pass, p, next, mark, QUOTE_OPENED);
	if (spaced)
		strbuf_adds(pass->out, NARROW_NO_BREAK_SPACE);
	return next;
}

static const char *print_closing(struct pass *pass, const char *p,
				 bool is_double)
{
	const struct typography_rules *r = pass->t->rules;
	const char *mark = is_double ? r->outer[1] : r->inner[1];

	close_quote(pass->t, is_double);
	if (!(r->manner & FRENCH) || strcmp(mark, "»"))
		return pass_replace(pass, p, p + 1, mark, QUOTE_CLOSED);
	pass_flush(pass, p > pass->run && p[-1] == ' ' ? p - 1 : p);
	pass->run = p;
	strbuf_adds(pass->out, NARROW_NO_BREAK_SPACE);
	return pass_replace(pass, p, p + 1, mark, QUOTE_CLOSED);
}

/* Six feet two: 6' 2". At `p`, the mark of the inches. */
static bool feet_before(const struct pass *pass, const char *p)
{
	while (p > pass->start && is_digit((unsigned char)p[-1]))
		p--;
	while (p > pass->start && p[-1] == ' ')
		p--;
	return p - pass->start >= 2 && p[-1] == '\'' &&
	       is_digit((unsigned char)p[-2]);
}

/* Which way a quote turns: 1 opens, -1 closes, 0: its neighbours don't say. */
static int direction(const struct pass *pass, unsigned before, unsigned after,
		     const char *next)
{
	enum neighbour left = typography_neighbour(pass->t, before);
	enum neighbour right = typography_neighbour(pass->t, after);
	bool opens = left == SPACE || left == OPENING;
	bool closes = right == SPACE || right == CLOSING;

	/* at the end of a text of which we don't know how it goes on */
	if (next == pass->end && !pass->after && left != SPACE &&
	    left != OPENING)
		return -1;
	/* "...and so on" */
	if (opens && right == CLOSING &&
	    (after == 0x2026 ||
	     (after == '.' && pass->end - next > 1 && next[1] == '.')))
		return 1;
	return opens == closes ? 0 : opens ? 1 : -1;
}

const char *typography_double_quote(struct pass *pass, const char *p)
{
	unsigned before = pass_character_before(pass, p);
	unsigned after = pass_character_at(pass, p + 1);
	bool open = is_open(pass->t, true);
	int turn;

	if (pass->t->rules->manner & HEBREW && is_hebrew(before) &&
	    is_hebrew(after))
		return pass_replace(pass, p, p + 1, GERSHAYIM, 0x5F4);
	if (is_digit(before) && !is_digit(after) &&
	    typography_neighbour(pass->t, after) != WORD &&
	    (!open || after == '"' || feet_before(pass, p)))
		return pass_replace(pass, p, p + 1, DOUBLE_PRIME, 0x2033);
	turn = direction(pass, before, after, p + 1);
	if (turn > 0 || (turn == 0 && !open))
		return print_opening(pass, p, true);
	return print_closing(pass, p, true);
}

/* The letters at `p` as one of " the words ". */
static bool in_words(const struct pass *pass, const char *p, const char *words)
{
	char key[16] = " ";
	size_t n = 1;

	if (!words)
		return false;
	for (; p < pass->end && n < sizeof(key) - 2 &&
	       (neighbour_ascii((unsigned char)*p) == WORD ||
		(unsigned char)*p >= 0x80); p++) {
		/* a curly apostrophe or dash ends the word */
		if (*p == '\xE2')
			break;
		key[n++] = typography_lower(*p);
	}
	if (n == 1 || n == sizeof(key) - 2)
		return false;
	key[n] = ' ';
	key[n + 1] = '\0';
	return strstr(words, key) != NULL;
}

/* Does a single quote that may close one follow soon? */
static bool closes_later(const struct pass *pass, const char *p)
{
	const char *limit = pass->end - p > 400 ? p + 400 : pass->end;

	for (p++; p < limit; p++)
		if (*p == '\'' &&
		    neighbour_ascii((unsigned char)p[-1]) != SPACE &&
		    (p + 1 == pass->end ||
		     neighbour_ascii((unsigned char)p[1]) == SPACE ||
		     neighbour_ascii((unsigned char)p[1]) == CLOSING ||
		     neighbour_ascii((unsigned char)p[1]) == QUOTE))
			return true;
	return false;
}

/* 'tis, '90s, 'n': an apostrophe at the front of a word. */
static bool elision_at(const struct pass *pass, const char *p)
{
	const struct typography_rules *r = pass->t->rules;

	if (pass->end - p >= 2 && is_digit((unsigned char)p[0]) &&
	    is_digit((unsigned char)p[1]) &&
	    (pass->end - p == 2 ||
	     (!is_digit((unsigned char)p[2]) && p[2] != '\'')))
		return !is_open(pass->t, false) || !closes_later(pass, p);
	if (in_words(pass, p, r->elided))
		return true;
	return in_words(pass, p, r->perhaps) &&
	       (is_open(pass->t, false) || !closes_later(pass, p));
}

const char *typography_single_quote(struct pass *pass, const char *p)
{
	unsigned before = pass_character_before(pass, p);
	unsigned after = pass_character_at(pass, p + 1);
	enum neighbour left = typography_neighbour(pass->t, before);
	enum neighbour right = typography_neighbour(pass->t, after);
	bool open = is_open(pass->t, false);
	int turn;

	if (pass->t->rules->manner & HEBREW && is_hebrew(before) && !open)
		return pass_replace(pass, p, p + 1, GERESH, 0x5F3);
	if (is_digit(before) && !open && right != WORD)
		return pass_replace(pass, p, p + 1, PRIME, 0x2032);
	/* within a word; or what belongs to a quoted one: "Times"'s */
	if (right == WORD && (left == WORD || before == QUOTE_CLOSED) &&
	    !is_unspaced(before) && !is_unspaced(after))
		goto apostrophe;
	turn = direction(pass, before, after, p + 1);
	if (turn > 0 || (turn == 0 && right == WORD && !open) ||
	    (turn == 0 && right == QUOTE && !open && left != WORD)) {
		if (elision_at(pass, p + 1))
			goto apostrophe;
		return print_opening(pass, p, false);
	}
	if (open)
		return print_closing(pass, p, false);
apostrophe:
	return pass_replace(pass, p, p + 1, APOSTROPHE, 0x2019);
}
