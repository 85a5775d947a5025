/* SPDX-License-Identifier: MIT */
/* What differs between a draft and what its commit makes. */
#ifndef VERIFY_COMPARE_H
#define VERIFY_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

struct draft_files;
struct error;

enum file_change { FILE_ADDED, FILE_REMOVED, FILE_CHANGED };

#define SHOWN_PASSAGES 3

/** A file; of a changed one with words, some of the sentences that differ. */
struct file_difference {
	enum file_change change;
	const char *name;		/* "" for a page */
	const char *passages[SHOWN_PASSAGES]; /* "It was [-grey-]{+gray+}" */
	size_t shown, passage_count;	/* of them; of all */
	bool words;			/* it has some to compare */
};

struct draft_comparison {
	struct arena arena;
	struct file_difference *items;	/* by name */
	size_t count, capacity;
};

#define DRAFT_COMPARISON_INIT { ARENA_INIT, NULL, 0, 0 }

void draft_comparison_release(struct draft_comparison *comparison);

/** What was done to `made`, the draft of the commit, to make it `given`. */
int draft_compare(struct draft_comparison *out, const struct draft_files *made,
		  const struct draft_files *given, struct error *err);

#endif
