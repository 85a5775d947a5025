/* SPDX-License-Identifier: MIT */
/*
 * Smart punctuation: straight quotes, apostrophes, runs of hyphens and dots
 * become what a book prints, by the language of the text. Characters that
 * the author typed as they should be printed stay.
 *
 * Works on the texts of one block as they follow each other, since a quote
 * may open in one inline and close in another.
 */
#ifndef TYPOGRAPHY_H
#define TYPOGRAPHY_H

#include <stdbool.h>

#include "slice.h"

struct strbuf;

/** How one language quotes and spaces; static, never freed. */
struct typography_rules;

/**
 * Rules for a BCP 47 tag ("de-CH", "fr", "en-GB"): the longest match, else
 * English. NULL or an empty tag: English.
 */
const struct typography_rules *typography_for(const char *language);

struct typography {
	const struct typography_rules *rules;
	unsigned before;	/* the character before; 0: start of block */
	unsigned char open;	/* how many quotes are open, and which: bit n
				 * is set when level n is a double one */
	unsigned char depth;
};

/** Start a block. */
void typography_start(struct typography *t, const struct typography_rules *r);

/**
 * Append `text` with its punctuation made smart. `after` is the first
 * character of what follows in the block, or 0 when that is not known.
 */
void typography_add(struct strbuf *out, struct typography *t,
		    struct slice text, unsigned after);

/** Tell of a character that is printed as it is: code, an escape, a break. */
void typography_skip(struct typography *t, unsigned codepoint);

#endif
