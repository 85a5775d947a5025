/* SPDX-License-Identifier: MIT */
/*
 * What became of a text since base, by lines, kept while comments are put into
 * it; prose_place.h has what callers need. This is for prose_place.c and its
 * like alone.
 */
#ifndef PROSE_DRIFT_H
#define PROSE_DRIFT_H

#include <stdbool.h>
#include <stddef.h>

#include "prose_lines.h"
#include "prose_place.h"
#include "slice.h"

struct prose_index;
struct vocabulary;

/*
 * Paragraphs of base that are gone from where they stood, and paragraphs of
 * ours that did not stand there, with those around them: what was copied or
 * moved is among them.
 */
struct moved {
	struct prose_index *index;	/* NULL: not built yet */
	struct moved_piece {
		size_t at, len;		/* bytes of ours, or of base */
		bool is_ours;
	} *pieces;			/* by the number in the index */
	size_t count, capacity;
};

struct prose_drift {
	struct prose_index *index;	/* NULL: ours stands alone */
	size_t own;			/* the number of ours in it */
	struct prose_drift *next;	/* of the same text */
	struct slice base, ours;
	struct lines_hunks hunks;	/* from base to ours */
	bool known;			/* the hunks are */
	struct moved moved;
};

/** Compare the texts, which are borrowed. */
void prose_drift_init(struct prose_drift *drift, struct slice base,
		struct slice ours);
void prose_drift_release(struct prose_drift *drift);

/** Compare them now, if it has not been done. */
void prose_drift_know(struct prose_drift *drift);

/** The text is another one, of which nothing is known. */
void prose_drift_reset(struct prose_drift *drift, struct slice ours);

/** Parts of the text were replaced: see prose_index_replace(). */
void prose_drift_splice(struct prose_drift *drift, struct slice ours,
		  const struct prose_splice *splices, size_t count);

/**
 * Byte `at` of base (or of ours) is in a line that stayed as it was: where is
 * it in the other text? False: the line was changed.
 */
bool prose_drift_stayed(size_t *there, const struct prose_drift *drift,
			size_t at, bool in_base);

/** Build the index of what moved if it is not there; NULL: nothing moved. */
const struct moved *prose_drift_moved(struct prose_drift *drift,
				struct vocabulary *vocabulary);

#endif
