/* SPDX-License-Identifier: MIT */
/*
 * All texts of a manuscript, to find passages in: built when a passage is
 * looked for, and asked for each one that does not stand where it stood. A
 * passage is found by the runs of three words (or some letters, in scripts
 * without spaces) that it has in common with a text; runs that the manuscript
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
 * Add a text, which is borrowed. Returns its number: 0, 1, 2 … It is looked
 * at when something is to be found.
 */
size_t prose_index_add(struct prose_index *index, struct slice text);

/** Bytes of a text that were replaced by `len` others. */
struct prose_splice {
	struct span old;
	size_t len;
};

/**
 * Text `number` has become `text`, which is borrowed instead of the one
 * before. What was replaced, in order and without overlaps, makes it cheap
 * for the drifts of the text (prose_place.h); `splices` NULL: not known.
 */
void prose_index_replace(struct prose_index *index, size_t number,
			 struct slice text, const struct prose_splice *splices,
			 size_t count);

/* For prose_drift.c: a drift is told when its text is replaced. */
struct prose_drift;
void prose_index_attach(struct prose_index *index, size_t number,
			struct prose_drift *drift);
void prose_index_detach(struct prose_index *index, size_t number,
			struct prose_drift *drift);

struct slice prose_index_text(const struct prose_index *index, size_t number);
struct vocabulary *prose_index_vocabulary(const struct prose_index *index);

/** A place that has words in common with a passage. */
struct prose_found {
	size_t text;
	struct span span;	/* bytes, from word to word, with room around */
	size_t votes;		/* runs of words in common */
	size_t first;		/* where the passage would start: for
				 * prose_index_byte() */
	size_t word;		/* of the passage, which does stand there */
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

/**
 * The byte of the text where word `n` of the passage is, if all its words
 * stand at the place that was found; false if that is not in the text.
 */
bool prose_index_byte(size_t *at, const struct prose_index *index,
		      const struct prose_found *found, size_t n);

#endif
