/* SPDX-License-Identifier: MIT */
/*
 * Runs of words that two texts have once each, by which they are compared. For
 * prose_diff.c alone.
 */
#ifndef PROSE_ANCHORS_H
#define PROSE_ANCHORS_H

#include <stddef.h>

struct token;

/** Equal tokens: from `a` on in one text, from `b` on in the other. */
struct anchor {
	size_t a, b, width;
};

struct anchors {
	struct anchor *items;
	size_t count, capacity;
};

#define BY_CHUNKS 0		/* a width of runs: see prose_anchors.c */

/**
 * Add the runs of `width` words that tokens a0..a1 and b0..b1 have once each,
 * as many as are in order in both; they may overlap. The caller frees them.
 */
void anchors_find(struct anchors *anchors, const struct token *a, size_t a0,
		  size_t a1, const struct token *b, size_t b0, size_t b1,
		  size_t width);

#endif
