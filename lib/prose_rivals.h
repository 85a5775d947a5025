/* SPDX-License-Identifier: MIT */
/*
 * Places that a change could belong to as well as to the one where it fits:
 * other places of ours that are like its passage, and other passages of base
 * that are like the place. For prose_doubt.c alone.
 */
#ifndef PROSE_RIVALS_H
#define PROSE_RIVALS_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

struct known;
struct moved_piece;
struct passage;
struct placer;
struct prose_index;

struct rival {
	struct slice text;	/* that it is in */
	size_t number;		/* of the text */
	bool in_base;
	size_t at;		/* the byte by which the place is known */
	bool is_another;	/* it has always been another passage: it
				 * stands where that one stood */
};

#define MOST_RIVALS 48

struct rivals {
	struct rival items[MOST_RIVALS];
	size_t count;
};

/* Where they are looked for. */
struct rival_source {
	struct prose_index *index;
	const struct moved_piece *pieces; /* NULL: whole texts, of ours */
	bool in_base;			/* or the whole base */
};

/** Add the rivals of the place that the source has. */
void rivals_find(struct rivals *rivals, struct placer *p,
		 const struct passage *passage, const struct known *place,
		 const struct rival_source *source);

#endif
