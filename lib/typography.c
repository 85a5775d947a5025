/* SPDX-License-Identifier: MIT */
/*
 * One pass over a text: dashes, ellipses and the spaces of French; which marks
 * a language has is typography_rules.c, which way they turn
 * typography_quotes.c.
 */
#include <stdbool.h>
#include <stdint.h>

#include "strbuf.h"
#include "typography_private.h"
#include "utf8.h"

#define EN_DASH "\u2013"
#define EM_DASH "\u2014"
#define ELLIPSIS "\u2026"

void typography_start(struct typography *t, const struct typography_rules *r)
{
	*t = (struct typography){ .rules = r };
}

void typography_skip(struct typography *t, unsigned codepoint)
{
	t->before = codepoint;
}

void pass_flush(struct pass *pass, const char *p)
{
	strbuf_add(pass->out, pass->run, (size_t)(p - pass->run));
}

const char *pass_replace(struct pass *pass, const char *p, const char *next,
			 const char *mark, unsigned as)
{
	pass_flush(pass, p);
	strbuf_adds(pass->out, mark);
	pass->run = pass->known = next;
	pass->t->before = as;
	return next;
}

static unsigned last_character(const char *start, const char *end)
{
	const char *p = end - 1;
	unsigned c = UTF8_REPLACEMENT;

	while (p > start && end - p < 4 && ((unsigned char)*p & 0xC0) == 0x80)
		p--;
	utf8_decode(&c, (struct slice){ p, (size_t)(end - p) });
	return c;
}

unsigned pass_character_before(const struct pass *pass, const char *p)
{
	return p == pass->known ? pass->t->before :
				  last_character(pass->known, p);
}

unsigned pass_character_at(const struct pass *pass, const char *p)
{
	unsigned c = UTF8_REPLACEMENT;

	if (p == pass->end)
		return pass->after;
	utf8_decode(&c, (struct slice){ p, (size_t)(pass->end - p) });
	return c;
}

/* As cmark does: as few different dashes as the number allows. */
static const char *on_hyphens(struct pass *pass, const char *p)
{
	const char *next = p;
	size_t n, em, en;

	while (next < pass->end && *next == '-')
		next++;
	n = (size_t)(next - p);
	if (n == 1)
		return next;
	em = n % 3 == 0 ? n / 3 : n % 2 == 0 ? 0 : n % 3 == 2 ? (n - 2) / 3 :
								(n - 4) / 3;
	en = (n - em * 3) / 2;
	pass_flush(pass, p);
	while (em--)
		strbuf_adds(pass->out, EM_DASH);
	while (en--)
		strbuf_adds(pass->out, EN_DASH);
	pass->run = next;
	return next;
}

static const char *on_dot(struct pass *pass, const char *p)
{
	if (pass->end - p < 3 || p[1] != '.' || p[2] != '.')
		return p + 1;
	return pass_replace(pass, p, p + 3, ELLIPSIS, 0x2026);
}

/* Where the author set a space, one that no line ends at. */
static const char *on_french_stop(struct pass *pass, const char *p)
{
	if (p > pass->run && p[-1] == ' ') {
		pass_flush(pass, p - 1);
		strbuf_adds(pass->out, NARROW_NO_BREAK_SPACE);
		pass->run = p;
	}
	return p + 1;
}

static bool starts_with_space(const char *p, const char *end)
{
	unsigned c = 0;

	if (p == end ||
	    !utf8_decode(&c, (struct slice){ p, (size_t)(end - p) }))
		return false;
	return c <= ' ' || c == 0xA0 || c == 0x202F || c == 0x2009;
}

/* The author's own guillemets: C2 AB, C2 BB. */
static const char *on_french_guillemet(struct pass *pass, const char *p)
{
	const char *next = p + 2;
	unsigned before;

	if (pass->end - p < 2)
		return p + 1;
	if (p[1] == '\xAB') {
		if (next < pass->end && *next == ' ')
			pass_replace(pass, next, next + 1,
				     NARROW_NO_BREAK_SPACE, QUOTE_OPENED);
		else if (next < pass->end &&
			 !starts_with_space(next, pass->end))
			pass_replace(pass, next, next, NARROW_NO_BREAK_SPACE,
				     QUOTE_OPENED);
		return pass->run > next ? pass->run : next;
	}
	if (p[1] != '\xBB')
		return next;
	before = pass_character_before(pass, p);
	if (before == ' ' && p > pass->run)
		on_french_stop(pass, p);
	else if (typography_neighbour(pass->t, before) != SPACE)
		pass_replace(pass, p, p, NARROW_NO_BREAK_SPACE, 0x202F);
	return next;
}

enum special { PLAIN = 0, EVERYWHERE = 1, IN_FRENCH = 2 };

static const uint8_t special[256] = {
	['"'] = EVERYWHERE, ['\''] = EVERYWHERE, ['-'] = EVERYWHERE,
	['.'] = EVERYWHERE, [';'] = IN_FRENCH, [':'] = IN_FRENCH,
	['!'] = IN_FRENCH, ['?'] = IN_FRENCH, [0xC2] = IN_FRENCH
};

static const char *on_special(struct pass *pass, const char *p)
{
	switch (*p) {
	case '"':
		return typography_double_quote(pass, p);
	case '\'':
		return typography_single_quote(pass, p);
	case '-':
		return on_hyphens(pass, p);
	case '.':
		return on_dot(pass, p);
	case '\xC2':
		return on_french_guillemet(pass, p);
	default:
		return on_french_stop(pass, p);
	}
}

void typography_add(struct strbuf *out, struct typography *t,
		    struct slice text, unsigned after)
{
	const char *start = text.len ? text.ptr : "";
	struct pass pass = { out, t, start, start + text.len, start, start,
			     after };
	unsigned wanted = t->rules->manner & FRENCH ? EVERYWHERE | IN_FRENCH :
						      EVERYWHERE;
	const char *p = start;

	if (!text.len)
		return;
	while (p < pass.end) {
		if (special[(unsigned char)*p] & wanted)
			p = on_special(&pass, p);
		else
			p++;
	}
	pass_flush(&pass, pass.end);
	if (pass.known != pass.end)
		t->before = last_character(pass.known, pass.end);
}
