/* SPDX-License-Identifier: MIT */
/* Which comments a command is asked about. */
#ifndef COMMENT_CHOICE_H
#define COMMENT_CHOICE_H

#include <stdbool.h>

#include "review.h"

struct error;

struct comment_choice {
	size_t *order;		/* indexes in the review */
	unsigned *parts;	/* the passage of each, or 0 */
	size_t count, order_capacity, part_capacity;
};

#define COMMENT_CHOICE_INIT { NULL, NULL, 0, 0, 0 }

void comment_choice_release(struct comment_choice *choice);

/** Add one, unless it is there; `part` as in review_find(). */
void comment_choice_add(struct comment_choice *choice, size_t at,
			unsigned part);

/** Which readers and chunks are meant; NULL: all. */
struct comment_filter {
	const char *from;	/* part of the name or address */
	const char *chunk;	/* its path, now or when it was read, or that
				 * of a folder */
};
bool comment_filter_passes(const struct comment_filter *filter,
			   const struct review_comment *comment);

/**
 * Those that are named: "1a2b3c4", "1a2b3c4.2"; and, with `from_stdin`, those
 * that standard input names, as first words of lines. One that goes on from
 * another comes after it.
 */
int comment_choice_read(struct comment_choice *choice,
			const struct review *review, char **names, int count,
			bool from_stdin, struct error *err);

/**
 * All edits that are open, the oldest first, but one that goes on from another
 * after it; of those that say the same, the first.
 */
void comment_choice_open(struct comment_choice *choice,
			 const struct review *review);

#endif
