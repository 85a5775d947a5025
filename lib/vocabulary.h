/* SPDX-License-Identifier: MIT */
/*
 * Words as numbers: the same bytes are the same number, so that texts are
 * compared without looking at letters again. One vocabulary serves all texts
 * that are to be compared.
 */
#ifndef VOCABULARY_H
#define VOCABULARY_H

#include <stdint.h>

#include "arena.h"
#include "slice.h"

/** The number of no word: a block break (tokens.h). */
#define WORD_BREAK 0

/** What a word is for sentences, `flags` of struct vocabulary_word. */
enum word_flags {
	WORD_COUNTED = 1,	/* has a letter, an ideograph or a digit */
	WORD_LOWER = 2,		/* starts with a small letter */
	WORD_STOP = 4,		/* . ! ? … : may end a sentence before a gap */
	WORD_FULL_STOP = 8,	/* 。 ！ ？ : ends a sentence, gap or not */
	WORD_CLOSER = 16,	/* quotes, brackets, markers after a stop */
	WORD_INITIAL = 32,	/* one letter: a full stop after it ends no
				 * sentence */
	WORD_LETTER = 64	/* a letter or two of a script that parts no
				 * words: less than a word */
};

struct vocabulary_word {
	struct slice bytes;	/* lives as long as the vocabulary */
	uint32_t hash;
	uint32_t flags;
};

struct vocabulary {
	struct arena arena;
	struct vocabulary_word *words; /* by number; 0 is WORD_BREAK */
	size_t count, capacity;
	uint32_t *table;	/* open addressing; 0: free */
	size_t table_size;	/* a power of two */
};

#define VOCABULARY_INIT { ARENA_INIT, NULL, 0, 0, NULL, 0 }

void vocabulary_release(struct vocabulary *vocabulary);

/** The number of `word`, which is not empty; a new word is copied. */
uint32_t vocabulary_add(struct vocabulary *vocabulary, struct slice word);

/** A hash of bytes, for tables; not for security. */
uint64_t vocabulary_hash(struct slice bytes);

#endif
