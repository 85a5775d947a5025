/* SPDX-License-Identifier: MIT */
/*
 * Two places that a passage may belong to: which of them does what stands
 * around tell for? For prose_doubt.c alone.
 */
#ifndef PROSE_EVIDENCE_H
#define PROSE_EVIDENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

struct placer;

/** A passage in its text, and a place in another that it may be at. */
struct view {
	struct slice text, other;
	size_t at, there;	/* bytes of them where the same word is */
};

/**
 * Do the words around the passage, on both sides, tell for `place` and not
 * for `rival`? Both are views of the same passage.
 *
 * Words that stand around one of the two alone tell for it. Where the very
 * same words of the other text stand around both, they tell for the one that
 * is nearer to them. Copies of them around both tell nothing.
 */
bool evidence_outweighs(struct placer *p, const struct view *place,
			const struct view *rival);

#endif
