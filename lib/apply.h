/* SPDX-License-Identifier: MIT */
/*
 * Applying: what comments ask for goes into the text as it is now, each as a
 * commit by its reader; by the rules of prose_merge.h, all of a comment or
 * nothing, each independent of the others. Commits are made in memory and
 * published together by applier_finish(); until then nothing has changed.
 *
 * The commit's message is the comment's, with the trailers
 *
 *	Suggested-by: Ben Reader <ben@example.org>	who said the same
 *	Comment: <id>			for each of them; or
 *	Comment: <id>.2/3		one passage of three
 *	Comment-Marked: <id>		put in as CriticMarkup
 */
#ifndef APPLY_H
#define APPLY_H

#include <stdbool.h>

#include "manuscript.h"
#include "review.h"

struct applier;
struct change_people;
struct error;

enum apply_result {
	APPLY_DONE,		/* it goes in beyond doubt */
	APPLY_ALREADY,		/* the text says so already */
	APPLY_CONFLICT,		/* it does not fit: `why` */
	APPLY_REMARK,		/* there are no words to put in */
	APPLY_DECIDED		/* it is in, declined or superseded already */
};

struct application {
	enum apply_result result;
	bool marked;
	char commit[COMMIT_ID_LENGTH + 1];	/* APPLY_DONE */
	const char *path;	/* of the chunk that it is about, as it is
				 * called now; "" if none */
	size_t line;		/* there, from 1; 0: not known */
	const char *why;	/* in words; lives as long as the applier */
};

/**
 * Start on HEAD of the manuscript's repository, which has a work tree. Reads
 * the chunks; `review` and `ms` outlive it. `people` as in
 * change_set_people(): the committer.
 */
int applier_open(struct applier **out, const struct manuscript *ms,
		 struct review *review, const struct change_people *people,
		 struct error *err);

/** Drops what is not finished. */
void applier_close(struct applier *applier);

/**
 * Apply comment `at` of the review, or its passage `part` (0: all that is not
 * decided of it), to the texts as those before it have left them. `mark`: put
 * what does not fit, or a remark, into the text as CriticMarkup. Fails only
 * when something cannot be read.
 */
int applier_add(struct application *out, struct applier *applier, size_t at,
		unsigned part, bool mark, struct error *err);

/** The same without doing it: would it fit? */
int applier_try(struct application *out, struct applier *applier, size_t at,
		unsigned part, struct error *err);

/**
 * Publish all commits: the work tree, the index and HEAD change together, or
 * not at all. Fails as change_commit() does.
 */
int applier_finish(struct applier *applier, struct error *err);

#endif
