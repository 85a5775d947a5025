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
#include "slice.h"

struct prose_index;

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

/** The same for one text alone, which needs no index. */
void prose_place_in(struct prose_changes *changes, struct slice base,
		    struct slice theirs, struct slice ours);

#endif
