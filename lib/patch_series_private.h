/* SPDX-License-Identifier: MIT */
/* What the two files of patch_series share. */
#ifndef PATCH_SERIES_PRIVATE_H
#define PATCH_SERIES_PRIVATE_H

#include "patch_series.h"

/* An item of the list. */
struct entry {
	const struct feedback *item;
	size_t index;		/* in the list */
	const char *author;	/* address or name, in small letters */
	const char *root;	/* of its thread; its own id if it begins one */
	size_t series;
	const struct entry *by;	/* what took its place, or NULL */
};

/* One version of a series, or an item that is in none. */
struct group {
	struct entry **members;	/* by number, then by date; borrowed */
	size_t count;
	size_t distinct;	/* numbers from 1 to the total */
	size_t place;		/* the index of the item that came first */
	unsigned version, total;
	const char *missing;
};

struct sorter {
	struct arena *arena;
	struct entry *entries;	/* by index */
	struct entry **sorted;	/* by series, number, date */
	size_t count;
	struct group *groups;
	size_t group_count;
	struct holder *holders;	/* for each number */
};

/* Who has a number. */
struct holder {
	size_t group;		/* and one; 0: nobody */
	const struct entry *entry;
};

/* The largest number that a subject can have, and one. */
#define NUMBER_LIMIT 1000000

/** Number the series. */
void patch_series_group(struct sorter *s);

/** Find out what replaces what, and what is missing. */
void patch_series_supersede(struct sorter *s);

int patch_series_compare_dates(const struct feedback *a,
			       const struct feedback *b);

/* Both may be the same patch, sent again: what two have in common. */
bool patch_series_same_subject(const struct feedback *a,
			       const struct feedback *b);
bool patch_series_same_place(const struct feedback *a,
			     const struct feedback *b);

#endif
