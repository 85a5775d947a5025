/* SPDX-License-Identifier: MIT */
/*
 * What the chunks of a manuscript define for all the others: the targets of
 * reference links, and footnotes. The first definition of a label wins, and a
 * chunk's own wins over those of other chunks.
 */
#ifndef DEFINITIONS_H
#define DEFINITIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "slice.h"

struct definition {
	struct slice label;	/* normalized */
	struct slice source;	/* LINK: the definition as it is written, ready
				 * to be read again; FOOTNOTE: likewise */
	size_t chunk;		/* whose: an index the caller gave */
	struct span span;	/* where, in that chunk */
	bool footnote;
	struct definition *next; /* of the same hash */
};

struct definitions {
	struct arena arena;	/* owns labels and sources */
	struct definition **buckets;
	size_t bucket_count, count;
};

#define DEFINITIONS_INIT { ARENA_INIT, NULL, 0, 0 }

void definitions_release(struct definitions *defs);

/**
 * Add a definition; copies what it is given. Returns false, and adds nothing,
 * when the label is taken. `label` is as written, without brackets and '^'.
 */
bool definitions_add(struct definitions *defs, bool footnote,
		     struct slice label, struct slice source, size_t chunk,
		     struct span span);

/** The definition of `label` as written, or NULL. `defs` may be NULL. */
const struct definition *definitions_find(const struct definitions *defs,
					  bool footnote, struct slice label);

#endif
