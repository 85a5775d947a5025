/* SPDX-License-Identifier: MIT */
/*
 * Texts that drift apart: a generated text, what an author made of it, what a
 * reader changed in it, and what may come of merging the two. Every word knows
 * which word of the first text it is, so the right answers are known without
 * comparing texts.
 */
#ifndef DRIFT_H
#define DRIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"
#include "strbuf.h"

/* A word, a mark, or the start of a block. */
struct drift_item {
	const char *text;	/* of a block: what parts it from the last */
	uint32_t origin;	/* its number in base, from 1; 0: new */
	uint32_t twin;		/* that of the first block of the same words */
	uint32_t place;		/* in ours, from 1; 0: it is new */
	uint32_t ranked;	/* its number in base, were blocks of the same
				 * words not moved past each other; or 0 */
	uint16_t copy;		/* 0: the word itself; else its nth copy */
	uint8_t gap;		/* enum drift_gap: before it */
	bool block;		/* a block starts: `text` is "\n\n", "\n- " */
	bool sentence;		/* the first of a sentence */
	bool rewritten;		/* its sentence is not the same any more */
	uint8_t width;		/* of a block: lines are wrapped; 0: not */
};

enum drift_gap { DRIFT_NONE, DRIFT_SPACE, DRIFT_LINE, DRIFT_HARD };

struct drift_text {
	struct drift_item *items;
	size_t count, capacity;
};

/* Items from..to of base became others. */
struct drift_change {
	size_t from, to;
	struct drift_text words;
	bool whole;		/* sentences or blocks are put in */
};

#define DRIFT_MOST_CHANGES 5
#define DRIFT_READERS 2

struct drift_reader {
	struct drift_change changes[DRIFT_MOST_CHANGES];
	size_t count;
	struct strbuf theirs;
};

struct drift {
	uint64_t seed;
	struct drift_text base_items, ours_items;
	struct strbuf base, ours;	/* as bytes */
	struct drift_reader readers[DRIFT_READERS];
	bool crlf;
	const struct drift_language *language;
};

/** Make the case of that number; the same number makes the same. */
void drift_make(struct drift *drift, uint64_t seed);
void drift_release(struct drift *drift);

/** Number the items of ours, for what follows. */
void drift_number(struct drift *drift);

/** Is `result` our text with all changes of reader `r`, each in its place? */
bool drift_is_merged(const struct drift *drift, size_t r, struct slice result);

/** Is it our text with some of them, each in its place? */
bool drift_is_part(const struct drift *drift, size_t r, struct slice result);

/** The same but for where lines are wrapped? */
bool drift_same(struct slice a, struct slice b);

#endif
