/* SPDX-License-Identifier: MIT */
/*
 * A reader's edit, base to theirs, placed in the manuscript as it is now: by
 * the rules of prose_merge.h, in the text that base has become, and where the
 * passage is gone from there, wherever else it stands.
 */
#ifndef PROSE_PLACE_H
#define PROSE_PLACE_H

#include <stddef.h>

#include "prose_change.h"
#include "prose_index.h"
#include "slice.h"

/** For `own`: no text of the index is known to be what base has become. */
#define PROSE_NO_TEXT ((size_t)-1)

/**
 * Find out what becomes of each change from `base` to `theirs`. They are
 * added to `changes`, in the order of base; a change that is not placed says
 * why. Text `own` of the index is what base has become; the others are looked
 * through only for what is gone from there. Changes to the text `own` do not
 * overlap, others may. `base` and `theirs` have LF line ends if the text has
 * CRLF throughout, or the same line ends.
 */
void prose_place(struct prose_changes *changes, struct prose_index *index,
		 size_t own, struct slice base, struct slice theirs);

/*
 * Many comments on the same base: what became of base in a text of an index
 * is found out once, and kept up to date by prose_index_replace(). For each
 * comment: prose_place_on(), put the words in where they belong, tell the
 * index. A text that other changes went to must be replaced, too.
 */
struct prose_drift;

/**
 * From `base` to text `own` of the index. The base is borrowed; the index
 * outlives the drift. Nothing is compared yet.
 */
struct prose_drift *prose_drift_new(struct prose_index *index, size_t own,
				    struct slice base);
void prose_drift_free(struct prose_drift *drift);

/** prose_place() with the index, the text and the base of the drift. */
void prose_place_on(struct prose_changes *changes, struct prose_drift *drift,
		    struct slice theirs);

/** The same for one text alone, which needs no index. */
void prose_place_in(struct prose_changes *changes, struct slice base,
		    struct slice theirs, struct slice ours);

#endif
