/* SPDX-License-Identifier: MIT */
/*
 * Prose as words, gaps and breaks: what the diff and the merge compare.
 *
 * A token is a word (a segment between word boundaries of UAX #29 that is not
 * white space: words, and every mark of punctuation by itself; Thai and
 * Japanese come in single letters where the standard parts them), or a block
 * break: everything between the last word of a paragraph, heading, list item,
 * table row or other block and the first word of the next, blank lines, quote
 * marks (">") and list markers included. The text begins and ends with a
 * break, which may be empty. All breaks are the same word, WORD_BREAK.
 *
 * Before a word may be a gap: spaces, or one line end, with the indentation
 * and quote marks of the line it begins. Gaps are no tokens: text that was
 * wrapped anew has the same tokens.
 *
 * A sentence starts after a break; and after a stop (with closing quotes and
 * brackets after it) and a gap, unless a small letter follows, or the stop is
 * the full stop of an initial. After 。！？ no gap is needed.
 */
#ifndef TOKENS_H
#define TOKENS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

struct vocabulary;

enum gap {
	GAP_NONE,	/* no bytes */
	GAP_SOFT,	/* spaces, or a line end that means a space */
	GAP_HARD	/* two spaces and a line end: a line break */
};

enum token_flags {
	TOKEN_COUNTED = 1,	/* has a letter or a digit */
	TOKEN_SENTENCE = 2,	/* starts a sentence; every break does */
	TOKEN_LETTER = 4,	/* less than a word: WORD_LETTER */
	TOKEN_ALONE = 8		/* no word, but takes a word's place: a picture
				 * or the like; of lists made from trees */
};

struct token {
	uint32_t start, end;	/* bytes of the text */
	uint32_t word;		/* its number in the vocabulary */
	uint8_t gap;		/* enum gap: what stands before it */
	uint8_t flags;		/* enum token_flags */
};

struct token_list {
	struct token *items;
	size_t count, capacity;
	struct slice text;	/* borrowed */
};

#define TOKEN_LIST_INIT { NULL, 0, 0, { NULL, 0 } }

void token_list_release(struct token_list *list);

/**
 * Part `text` (under 4 GiB) into `list`, which is emptied first and borrows
 * the text. Linear in the text. A part of a text that starts at the start of
 * a block and ends at the end of one has the tokens that it has in the whole,
 * but for the breaks at its ends.
 */
void token_list_read(struct token_list *list, struct vocabulary *vocabulary,
		     struct slice text);

/**
 * The same, taking from `like`, which was read with the same vocabulary, the
 * paragraphs that both texts have at their starts and ends: cheap where little
 * was changed.
 */
void token_list_read_like(struct token_list *list,
			  struct vocabulary *vocabulary, struct slice text,
			  const struct token_list *like);

/** The first token that starts at byte `at` or later; `count`, if none does. */
size_t token_list_at(const struct token_list *list, size_t at);

/** The bytes before token `i`, after the one before it; may be empty. */
static inline struct slice token_gap(const struct token_list *list, size_t i)
{
	size_t from = i ? list->items[i - 1].end : 0;
	size_t to = i < list->count ? list->items[i].start : list->text.len;

	return slice_sub(list->text, from, to);
}

/** The bytes of token `i`. */
static inline struct slice token_bytes(const struct token_list *list, size_t i)
{
	return slice_sub(list->text, list->items[i].start,
			 list->items[i].end);
}

/**
 * How much a token tells, in any script: a word is three points, a letter of
 * a script that parts no words is one, and a mark or a break is nothing.
 */
#define WORD_POINTS 3
static inline unsigned token_points(const struct token *token)
{
	if (!(token->flags & TOKEN_COUNTED))
		return 0;
	return token->flags & TOKEN_LETTER ? 1 : WORD_POINTS;
}

static inline bool token_is_break(const struct token *token)
{
	return token->word == 0;
}

/** Is a break among tokens from..to? */
static inline bool token_list_has_break(const struct token_list *list,
					size_t from, size_t to)
{
	while (from < to && !token_is_break(&list->items[from]))
		from++;
	return from < to;
}

#endif
