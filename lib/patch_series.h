/* SPDX-License-Identifier: MIT */
/*
 * Mailed patches put in order: series "3/7" that arrive in any order, with
 * gaps, sent again as "v2". It only says what is so; nothing is dropped.
 */
#ifndef PATCH_SERIES_H
#define PATCH_SERIES_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "feedback.h"

/** Where an item of the list belongs. */
struct patch_place {
	size_t item;		/* its index in the list */
	size_t series;		/* the same for all of one version of one
				 * series; an item that is in none has its
				 * own */
	bool superseded;	/* a newer version is there */
	size_t by;		/* if so: the index of the item that took its
				 * place, or of the first of the series that
				 * did */
	bool late;		/* dated a day or more after the first of its
				 * series */
	const char *missing;	/* what its series lacks, in words: "2/7" or
				 * "2/7 and 4/7"; "" if nothing. In the
				 * arena, or static */
};

struct patch_series {
	struct arena arena;
	struct patch_place *places; /* one for each item of the list, in the
				 * order in which they should be taken */
	size_t count;
};

#define PATCH_SERIES_INIT { ARENA_INIT, NULL, 0 }

void patch_series_release(struct patch_series *series);

/**
 * Order the items of `list` into `out`, which is a fresh one; nothing of the
 * list is kept or changed.
 *
 * Patches are of one series if author, version and total are the same and
 * they hang under the same mail, or if no more is known of where they hang
 * and they are dated within a day; a number that comes again with another
 * subject and for other lines begins another series. In it they stand by
 * their numbers, at the place of the one that came first; versions of one
 * series stand in order.
 *
 * A version replaces the older ones by the same author in the same thread, or
 * of the same subject: all of them if it is complete, else those with the
 * same numbers, and what it lacks is then not missing. Of two patches with
 * the same number in one version the later replaces the earlier; so does an
 * answer to one's own patch with the same subject that changes the same
 * lines. The same mail twice replaces nothing.
 */
void patch_series_order(struct patch_series *out,
			const struct feedback_list *list);

#endif
