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

/** What goes into the text as CriticMarkup, for the author to settle there. */
enum apply_marks {
	APPLY_MARK_NONE,
	APPLY_MARK_REST,	/* what does not fit, and remarks */
	APPLY_MARK_ALL
};

struct application {
	enum apply_result result;
	bool marked;
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

/** Wait for the commits, which are made meanwhile; fails if one cannot be. */
int applier_settle(struct applier *applier, struct error *err);

/** Drops what is not finished. */
void applier_close(struct applier *applier);

/**
 * Apply comment `at` of the review, or its passage `part` (0: all that is not
 * decided of it), to the texts as those before it have left them. Fails only
 * when something cannot be read.
 */
int applier_add(struct application *out, struct applier *applier, size_t at,
		unsigned part, enum apply_marks marks, struct error *err);

/** The same without doing it: would it fit? */
int applier_try(struct application *out, struct applier *applier, size_t at,
		unsigned part, struct error *err);

/**
 * Would applier_finish() refuse the comment, because the author has changes
 * that are not committed where it would go? ERROR_EXISTS, with words.
 */
int applier_check(struct applier *applier, size_t at, unsigned part,
		  struct error *err);

/**
 * What a comment, or its passage `part`, is about: the whole sentences that it
 * changes, from the first to the last; of a remark, the paragraph. Without
 * white space at the ends; they live as long as the applier.
 */
struct applier_sentence {
	bool has_place;		/* it stands at one place of the text now */
	struct slice now;	/* as it is there; may be empty */
	struct slice then;	/* with what fits of the reader's changes */
	struct slice base;	/* as the reader saw it */
	struct slice theirs;	/* as the reader made it */
};
int applier_sentence(struct applier_sentence *out, struct applier *applier,
		     size_t at, unsigned part, struct error *err);

/**
 * Put the author's words there instead, as the answer to the comment. What a
 * reader changed stays the reader's commit; its message then says "[Ada
 * Author: reworded]" before the trailers. After a remark it is the author's
 * own, with the reader as Suggested-by. `shown` is what applier_sentence()
 * of this or another applier said, `author` a name. ERROR_BUSY: the text says
 * something else by now.
 */
int applier_reword(struct application *out, struct applier *applier,
		   size_t at, unsigned part,
		   const struct applier_sentence *shown, struct slice words,
		   const char *author, struct error *err);

/**
 * Publish all commits: the work tree, the index and HEAD change together, or
 * not at all. Fails as change_commit() does.
 */
int applier_finish(struct applier *applier, struct error *err);

#endif
