/* SPDX-License-Identifier: MIT */
/*
 * A passage that a reader quoted, found in the text of their round.
 *
 * In this order: the same words, folded (text_fold.h), that stand there once;
 * of several places the one within the label given; the one with the same
 * dashes and quotes as well; and, only where that is allowed, the one place
 * that differs in less than a sixth of its letters. Copies may have the marks
 * of notes or not, and asterisks where the text is emphasized. Pieces, where
 * the reader cut something out, stand in their order.
 */
#ifndef QUOTE_H
#define QUOTE_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

struct error;
struct text_map;

struct quote {
	const struct slice *pieces;
	size_t count;
	const char *label;	/* where it should be: "3.14", "3", or "" */
};

/** Words of the map, which is to say of the whole book. */
struct quote_place {
	struct span words;	/* all of it, from the first piece on */
	struct span last;	/* the last piece */
	bool exact;		/* the same words: good enough for an edit */
	bool repeated;		/* several times in one paragraph, which is
				 * what `words` and `last` are */
};

/**
 * Find a quote. ERROR_NOT_FOUND; ERROR_AMBIGUOUS when two places fit, with
 * both labels in `err`; ERROR_INVALID when there are no words in it. `near`
 * allows for a place that is not quite the same.
 */
int quote_find(struct quote_place *out, struct text_map *map,
	       const struct quote *quote, bool near, struct error *err);

#endif
