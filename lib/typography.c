/* SPDX-License-Identifier: MIT */
/*
 * Which marks a language has is from the Unicode CLDR and from the habits of
 * its book printers where the two differ; which way a mark turns is decided
 * by what stands at either side of it, and where that says both or nothing,
 * by what is open.
 */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "strbuf.h"
#include "typography.h"
#include "utf8.h"

#define NARROW_NO_BREAK_SPACE "\u202F"
#define APOSTROPHE "\u2019"
#define EN_DASH "\u2013"
#define EM_DASH "\u2014"
#define ELLIPSIS "\u2026"
#define PRIME "\u2032"
#define DOUBLE_PRIME "\u2033"
#define GERESH "\u05F3"
#define GERSHAYIM "\u05F4"

enum manner {
	FRENCH = 1,	/* narrow spaces within quotes, before ; : ! ? */
	HEBREW = 2	/* marks between letters are part of the word */
};

struct typography_rules {
	const char *language;
	const char *outer[2], *inner[2]; /* for " and for ': open, close */
	unsigned manner;
	const char *elided;	/* " words " that may start with an
				 * apostrophe, and with nothing else */
	const char *perhaps;	/* " words " that may do so, or stand at the
				 * front of a quote */
};

#define ENGLISH_ELIDED                                                     \
	" tis twas twere twill twould twasn tisn twouldn twon em til n "    \
	"nuff nother bout neath gainst cept scuse pon fraid kay im ello "   \
	"ome ouse erself imself eard undred coz cuz tain tude "
#define ENGLISH_PERHAPS " cause round till "
#define GERMAN_ELIDED " s n ne nen nem ner nes "
#define DUTCH_ELIDED " s t n k m r ns d "

#define GUILLEMETS { "«", "»" }
#define GUILLEMETS_SINGLE { "‹", "›" }
#define GUILLEMETS_INWARD { "»", "«" }
#define HIGH { "“", "”" }
#define HIGH_SINGLE { "‘", "’" }
#define LOW_HIGH { "„", "“" }
#define LOW_HIGH_SINGLE { "‚", "‘" }
#define LOW_RIGHT { "„", "”" }
#define LOW_RIGHT_SINGLE { "‚", "’" }
#define RIGHT { "”", "”" }
#define RIGHT_SINGLE { "’", "’" }
#define CORNERS { "「", "」" }
#define CORNERS_WHITE { "『", "』" }

/* English is the first; after it, longer tags need not come first. */
static const struct typography_rules table[] = {
	{ "en", HIGH, HIGH_SINGLE, 0, ENGLISH_ELIDED, ENGLISH_PERHAPS },
	{ "ar", GUILLEMETS, GUILLEMETS_SINGLE, 0, NULL, NULL },
	{ "be", GUILLEMETS, LOW_HIGH, 0, NULL, NULL },
	{ "bg", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "bs", LOW_RIGHT, LOW_RIGHT_SINGLE, 0, NULL, NULL },
	{ "ca", GUILLEMETS, HIGH, 0, NULL, NULL },
	{ "cs", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "da", GUILLEMETS_INWARD, { "›", "‹" }, 0, NULL, NULL },
	{ "de", LOW_HIGH, LOW_HIGH_SINGLE, 0, GERMAN_ELIDED, NULL },
	{ "de-CH", GUILLEMETS, GUILLEMETS_SINGLE, 0, GERMAN_ELIDED, NULL },
	{ "de-LI", GUILLEMETS, GUILLEMETS_SINGLE, 0, GERMAN_ELIDED, NULL },
	{ "el", GUILLEMETS, HIGH, 0, NULL, NULL },
	{ "es", GUILLEMETS, HIGH, 0, NULL, NULL },
	{ "es-419", HIGH, HIGH_SINGLE, 0, NULL, NULL },
	{ "es-MX", HIGH, HIGH_SINGLE, 0, NULL, NULL },
	{ "es-US", HIGH, HIGH_SINGLE, 0, NULL, NULL },
	{ "et", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "fa", GUILLEMETS, GUILLEMETS_SINGLE, 0, NULL, NULL },
	{ "fi", RIGHT, RIGHT_SINGLE, 0, NULL, NULL },
	{ "fr", GUILLEMETS, HIGH, FRENCH, NULL, NULL },
	{ "fr-CH", GUILLEMETS, GUILLEMETS_SINGLE, FRENCH, NULL, NULL },
	{ "gl", GUILLEMETS, HIGH, 0, NULL, NULL },
	{ "he", RIGHT, RIGHT_SINGLE, HEBREW, NULL, NULL },
	{ "hr", LOW_RIGHT, LOW_RIGHT_SINGLE, 0, NULL, NULL },
	{ "hu", LOW_RIGHT, GUILLEMETS_INWARD, 0, NULL, NULL },
	{ "is", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "it", GUILLEMETS, HIGH, 0, " ndrangheta ", NULL },
	{ "it-CH", GUILLEMETS, GUILLEMETS_SINGLE, 0, NULL, NULL },
	{ "ja", CORNERS, CORNERS_WHITE, 0, NULL, NULL },
	{ "ka", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "lt", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "mk", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "nb", GUILLEMETS, HIGH_SINGLE, 0, NULL, NULL },
	{ "nl", HIGH, HIGH_SINGLE, 0, DUTCH_ELIDED, NULL },
	{ "nn", GUILLEMETS, HIGH_SINGLE, 0, NULL, NULL },
	{ "no", GUILLEMETS, HIGH_SINGLE, 0, NULL, NULL },
	{ "pl", LOW_RIGHT, GUILLEMETS, 0, NULL, NULL },
	{ "pt-PT", GUILLEMETS, HIGH, 0, NULL, NULL },
	{ "ro", LOW_RIGHT, GUILLEMETS, 0, NULL, NULL },
	{ "ru", GUILLEMETS, LOW_HIGH, 0, NULL, NULL },
	{ "sk", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "sl", LOW_HIGH, LOW_HIGH_SINGLE, 0, NULL, NULL },
	{ "sr", LOW_RIGHT, LOW_RIGHT_SINGLE, 0, NULL, NULL },
	{ "sv", RIGHT, RIGHT_SINGLE, 0, NULL, NULL },
	{ "uk", GUILLEMETS, LOW_HIGH, 0, NULL, NULL },
	{ "ur", { "”", "“" }, { "’", "‘" }, 0, NULL, NULL },
	{ "zh-Hant", CORNERS, CORNERS_WHITE, 0, NULL, NULL },
	{ "zh-HK", CORNERS, CORNERS_WHITE, 0, NULL, NULL },
	{ "zh-TW", CORNERS, CORNERS_WHITE, 0, NULL, NULL },
};

/* Stand for `before` where the character alone does not say enough: U+201C
 * opens in English and closes in German. */
#define QUOTE_OPENED 0x110000u
#define QUOTE_CLOSED 0x110001u

static char ascii_lower(char c)
{
	if (c == '_') /* as in the names of locales */
		return '-';
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* True when `tag` is `prefix` or goes on with a subtag of its own. */
static bool tag_starts_with(const char *tag, const char *prefix)
{
	while (*prefix && ascii_lower(*tag) == ascii_lower(*prefix)) {
		tag++;
		prefix++;
	}
	return !*prefix && (!*tag || ascii_lower(*tag) == '-');
}

const struct typography_rules *typography_for(const char *language)
{
	const struct typography_rules *best = &table[0];
	size_t length = 0;

	if (!language)
		return best;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		size_t n = strlen(table[i].language);

		if (n > length &&
		    tag_starts_with(language, table[i].language)) {
			best = &table[i];
			length = n;
		}
	}
	return best;
}

void typography_start(struct typography *t, const struct typography_rules *r)
{
	*t = (struct typography){ .rules = r };
}

void typography_skip(struct typography *t, unsigned codepoint)
{
	t->before = codepoint;
}

/* What a neighbour says about a quote beside it. */
enum neighbour { SPACE, OPENING, CLOSING, DASH, QUOTE, WORD };

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

static enum neighbour neighbour(const struct typography *t, unsigned c)
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

/* One call of typography_add(). */
struct pass {
	struct strbuf *out;
	struct typography *t;
	const char *start, *end;	/* the text */
	const char *run;		/* what is not yet copied */
	const char *known;		/* t->before stands before this byte */
	unsigned after;
};

static void flush(struct pass *pass, const char *p)
{
	strbuf_add(pass->out, pass->run, (size_t)(p - pass->run));
}

/* Print `mark` for the bytes from `p` to `next`; `as` stands before `next`. */
static const char *replace(struct pass *pass, const char *p, const char *next,
			   const char *mark, unsigned as)
{
	flush(pass, p);
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

static unsigned character_before(const struct pass *pass, const char *p)
{
	return p == pass->known ? pass->t->before :
				  last_character(pass->known, p);
}

static unsigned character_at(const struct pass *pass, const char *p)
{
	unsigned c = UTF8_REPLACEMENT;

	if (p == pass->end)
		return pass->after;
	utf8_decode(&c, (struct slice){ p, (size_t)(pass->end - p) });
	return c;
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
	replace(pass, p, next, mark, QUOTE_OPENED);
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
		return replace(pass, p, p + 1, mark, QUOTE_CLOSED);
	flush(pass, p > pass->run && p[-1] == ' ' ? p - 1 : p);
	pass->run = p;
	strbuf_adds(pass->out, NARROW_NO_BREAK_SPACE);
	return replace(pass, p, p + 1, mark, QUOTE_CLOSED);
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
	enum neighbour left = neighbour(pass->t, before);
	enum neighbour right = neighbour(pass->t, after);
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

static const char *on_double(struct pass *pass, const char *p)
{
	unsigned before = character_before(pass, p);
	unsigned after = character_at(pass, p + 1);
	bool open = is_open(pass->t, true);
	int turn;

	if (pass->t->rules->manner & HEBREW && is_hebrew(before) &&
	    is_hebrew(after))
		return replace(pass, p, p + 1, GERSHAYIM, 0x5F4);
	if (is_digit(before) && !is_digit(after) &&
	    neighbour(pass->t, after) != WORD &&
	    (!open || after == '"' || feet_before(pass, p)))
		return replace(pass, p, p + 1, DOUBLE_PRIME, 0x2033);
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
		key[n++] = ascii_lower(*p);
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

static const char *on_single(struct pass *pass, const char *p)
{
	unsigned before = character_before(pass, p);
	unsigned after = character_at(pass, p + 1);
	enum neighbour left = neighbour(pass->t, before);
	enum neighbour right = neighbour(pass->t, after);
	bool open = is_open(pass->t, false);
	int turn;

	if (pass->t->rules->manner & HEBREW && is_hebrew(before) && !open)
		return replace(pass, p, p + 1, GERESH, 0x5F3);
	if (is_digit(before) && !open && right != WORD)
		return replace(pass, p, p + 1, PRIME, 0x2032);
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
	return replace(pass, p, p + 1, APOSTROPHE, 0x2019);
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
	flush(pass, p);
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
	return replace(pass, p, p + 3, ELLIPSIS, 0x2026);
}

/* Where the author set a space, one that no line ends at. */
static const char *on_french_stop(struct pass *pass, const char *p)
{
	if (p > pass->run && p[-1] == ' ') {
		flush(pass, p - 1);
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
			replace(pass, next, next + 1, NARROW_NO_BREAK_SPACE,
				QUOTE_OPENED);
		else if (next < pass->end &&
			 !starts_with_space(next, pass->end))
			replace(pass, next, next, NARROW_NO_BREAK_SPACE,
				QUOTE_OPENED);
		return pass->run > next ? pass->run : next;
	}
	if (p[1] != '\xBB')
		return next;
	before = character_before(pass, p);
	if (before == ' ' && p > pass->run)
		on_french_stop(pass, p);
	else if (neighbour(pass->t, before) != SPACE)
		replace(pass, p, p, NARROW_NO_BREAK_SPACE, 0x202F);
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
		return on_double(pass, p);
	case '\'':
		return on_single(pass, p);
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
	flush(&pass, pass.end);
	if (pass.known != pass.end)
		t->before = last_character(pass.known, pass.end);
}
