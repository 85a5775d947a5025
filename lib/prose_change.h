/* SPDX-License-Identifier: MIT */
/*
 * What becomes of a reader's changes: where each of them goes in the text as
 * it is now, or why it does not go anywhere.
 */
#ifndef PROSE_CHANGE_H
#define PROSE_CHANGE_H

#include <stddef.h>

#include "arena.h"
#include "slice.h"

enum prose_outcome {
	PROSE_PLACED,		/* put `words` at `ours` */
	PROSE_ALREADY,		/* `ours` says the same already */
	PROSE_TOUCHED,		/* ours has other words at the very place */
	PROSE_REWRITTEN,	/* its sentence was rewritten or cut, and
				 * stands nowhere else */
	PROSE_AMBIGUOUS		/* it fits at more than one place */
};

struct prose_change {
	enum prose_outcome outcome;
	size_t text;		/* which of the texts of ours; 0 if one */
	struct span base;	/* bytes: the words changed; where it has no
				 * place, the sentences that they are in */
	struct span theirs;	/* what they became */
	struct span ours;	/* PLACED: what is replaced; else what stands
				 * there now, and may be empty */
	struct slice words;	/* PLACED: instead of it */
};

struct prose_changes {
	struct prose_change *items;	/* in the order of base */
	size_t count, capacity;
	struct arena arena;		/* holds the words */
};

#define PROSE_CHANGES_INIT { NULL, 0, 0, ARENA_INIT }

void prose_changes_release(struct prose_changes *changes);

/** Add a copy of `change`, with a copy of its words if `words` is true. */
void prose_changes_add(struct prose_changes *changes,
		       const struct prose_change *change);

#endif
