/* SPDX-License-Identifier: MIT */
/*
 * Collecting: what readers said becomes comments in git. Each is placed in
 * the text that its reader saw, exactly, or kept as a remark on the book with
 * its mail.
 *
 * The text a patch was made from is found in this order: the blobs that its
 * index lines name, in the round that its subject names, the newest round,
 * the others; in the commit that it says it is based on; in another comment
 * (a series goes on from one patch to the next); anywhere in the history.
 * Where no blob is named, or is not here: the first of these texts in which
 * all its lines stand (patch.h). Words under quotes and labels are placed by
 * feedback_place.h in the round that they name, else in the newest that was
 * there when they were written.
 *
 * A file that agrees with one chunk of a round in its name and in most of its
 * words is a copy of it, and what differs is an edit (collect_copy.c).
 *
 * A series of patches is taken in its order; a new version of it, or of a
 * patch, supersedes the old one.
 *
 * The same words of the same reader make the same comment, however often they
 * are collected, and on any machine.
 */
#ifndef COLLECT_H
#define COLLECT_H

#include <stdbool.h>

#include "arena.h"
#include "document.h"
#include "feedback.h"
#include "manuscript.h"

struct error;

enum collected_state {
	COLLECTED_NEW,
	COLLECTED_KNOWN,	/* it was there already */
	COLLECTED_UNPLACED	/* kept as a remark on the book; also when it
				 * was kept before */
};

/** What became of an item of feedback. */
struct collected {
	const struct feedback *feedback;
	enum collected_state state;
	char id[COMMIT_ID_LENGTH + 1];	/* of the comment */
	const char *round;	/* of its ref; COMMENT_NO_ROUND */
	bool superseded;	/* another of them takes its place */
	struct person reader;
	bool is_remark;
	const char *subject, *chunk, *label; /* "" for none */
	const char *why;	/* not placed, or less than what was asked; or
				 * what was repaired; "" for neither */
};

struct collection {
	struct arena arena;
	struct collected *items;	/* patches of a series in their order */
	size_t count, capacity;
};

#define COLLECTION_INIT { ARENA_INIT, NULL, 0, 0 }

void collection_release(struct collection *collection);

struct collect_options {
	const char *round;	/* its name: where all of it belongs; or NULL */
	struct person from;	/* who said all of it; name "": as it says */
	size_t again;		/* items from this one on were kept before,
				 * and are told of only if they have a place
				 * now */
	bool dry_run;		/* write nothing; but what would be written can
				 * be read by `ms->repo`, which writes no
				 * objects any more */
	struct person who;	/* who collects, and when: for git notes */
	struct moment when;
};

/**
 * Make comments of all items of `list` but those that only want no more mails,
 * and publish them together. `reader`
 * reads chunks. `list` outlives `out`. ERROR_NOT_FOUND: no such round.
 */
int collect(struct collection *out, const struct manuscript *ms,
	    document_reader *reader, const struct feedback_list *list,
	    const struct collect_options *options, struct error *err);

#endif
