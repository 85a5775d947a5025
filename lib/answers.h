/* SPDX-License-Identifier: MIT */
/* Which readers wait to hear what became of what they said. */
#ifndef ANSWERS_H
#define ANSWERS_H

#include <stddef.h>

#include "review.h"

struct mailmap;

/** A reader, and the comments that were decided since the last answer. */
struct answer_reader {
	struct person who;	/* as in the latest of them, or as the map has
				 * it; borrowed */
	const size_t *comments;	/* indexes in the review, in its order */
	size_t count;
};

/** In the order of what they sent first. */
struct answer_list {
	struct answer_reader *items;
	size_t count;
	size_t *comments;
};

#define ANSWER_LIST_INIT { NULL, 0, NULL }

void answer_list_release(struct answer_list *list);

/**
 * Sort the comments that want an answer (review_wants_answer()) by who said
 * them, which is to say by the address that the map has for theirs. The review
 * and the map outlive the list.
 */
void answer_list_make(struct answer_list *list, const struct review *review,
		      const struct mailmap *map);

#endif
