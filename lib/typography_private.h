/* SPDX-License-Identifier: MIT */
/* What the files of typography share; nobody else includes it. */
#ifndef TYPOGRAPHY_PRIVATE_H
#define TYPOGRAPHY_PRIVATE_H

#include "slice.h"
#include "typography.h"

struct strbuf;

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

/** Small letters of ASCII; '_', as in the names of locales, is '-'. */
char typography_lower(char c);

/* Stand for `before` where the character alone does not say enough: U+201C
 * opens in English and closes in German. */
#define QUOTE_OPENED 0x110000u
#define QUOTE_CLOSED 0x110001u

#define NARROW_NO_BREAK_SPACE "\u202F"

/** One call of typography_add(). */
struct pass {
	struct strbuf *out;
	struct typography *t;
	const char *start, *end;	/* the text */
	const char *run;		/* what is not yet copied */
	const char *known;		/* t->before stands before this byte */
	unsigned after;
};

/** Copy what stands before `p` and is not yet copied. */
void pass_flush(struct pass *pass, const char *p);

/** Print `mark` for the bytes from `p` to `next`; `as` stands before `next`,
 * which is returned. */
const char *pass_replace(struct pass *pass, const char *p, const char *next,
			 const char *mark, unsigned as);

/** The characters at either side of `p`; at the end of the text, `after`. */
unsigned pass_character_before(const struct pass *pass, const char *p);
unsigned pass_character_at(const struct pass *pass, const char *p);

/* typography_quotes.c */

/** What a neighbour says about a mark beside it. */
enum neighbour { SPACE, OPENING, CLOSING, DASH, QUOTE, WORD };

enum neighbour typography_neighbour(const struct typography *t, unsigned c);

/** A straight quote at `p`: print what it is; returns what follows it. */
const char *typography_double_quote(struct pass *pass, const char *p);
const char *typography_single_quote(struct pass *pass, const char *p);

#endif
