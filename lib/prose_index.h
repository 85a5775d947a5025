/* SPDX-License-Identifier: MIT */
/*
 * All texts of a manuscript, to find passages in: built once, asked for each
 * passage that does not stand where it stood. A passage is found by the runs
 * of three words that it has in common with a text; runs that the manuscript
 * is full of say nothing and cost nothing.
 */
#ifndef PROSE_INDEX_H
#define PROSE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

struct prose_index;
struct vocabulary;

/** An empty index; the vocabulary is borrowed and outlives it. */
struct prose_index *prose_index_new(struct vocabulary *vocabulary);
void prose_index_free(struct prose_index *index);

/**
 * Add a text, which is borrowed; it is read when the index is first asked.
 * Returns its number: 0, 1, 2 …
 */
size_t prose_index_add(struct prose_index *index, struct slice text);

/**
 * Let text `number` be this one from now on, which is borrowed; what it was
 * is not looked at any more. Costs little until the index is asked.
 */
void prose_index_replace(struct prose_index *index, size_t number,
			 struct slice text);

size_t prose_index_count(const struct prose_index *index);
struct slice prose_index_text(const struct prose_index *index, size_t number);
struct vocabulary *prose_index_vocabulary(const struct prose_index *index);

/** A place that has words in common with a passage. */
struct prose_found {
	size_t text;
	struct span span;	/* bytes, from word to word, with room around */
	size_t votes;		/* runs of three words in common */
};

/**
 * The places that have most in common with the passage of `count` words, the
 * best first. A place may have a few dozen words more or less than the
 * passage; if `close` is true a few only, so that two places side by side are
 * two. Returns how many were written to `out`; `max` may mean that there are
 * more.
 */
size_t prose_index_find(struct prose_index *index, const uint32_t *words,
			size_t count, bool close, struct prose_found *out,
			size_t max);

#endif
