/* SPDX-License-Identifier: MIT */
/* What the files of applying share; nobody else includes it. */
#ifndef APPLY_PRIVATE_H
#define APPLY_PRIVATE_H

#include <pthread.h>

#include "apply.h"
#include "arena.h"
#include "error.h"
#include "id_map.h"
#include "prose_change.h"
#include "prose_show.h"
#include "strbuf.h"
#include "vocabulary.h"

struct change;
struct prose_drift;
struct prose_index;

/** A chunk as it is now, with what was applied so far. */
struct now {
	const char *path;
	struct slice text;		/* LF line ends; borrowed or `own` */
	struct strbuf own;
	bool crlf;
};

/** A chunk as readers saw it, for all comments on it. */
struct seen {
	struct slice text;		/* LF line ends; in the arena */
	struct prose_drift *drift;	/* to what it has become; NULL: not
					 * asked for yet */
	size_t own;			/* number of the text that is */
};

/** A file that a comment changes: what its reader saw and made of it. */
struct edit {
	const char *path;
	size_t seen;			/* index of base in `seen` */
	struct slice base, theirs;	/* LF line ends; in the scratch arena */
	struct prose_changes changes;
};

/** The commits, made in a thread of their own: apply_commits.c. */
struct apply_commits {
	struct change *change;		/* the thread's alone until it has
					 * settled */
	struct commit_job *job;		/* being put together, or NULL */
	pthread_t thread;
	bool started;
	/* what follows is shared */
	struct commit_job *first, **end;
	size_t bytes;
	size_t untold;			/* jobs since the thread was woken */
	bool closed;			/* no more are to come */
	int rc;				/* of the first that failed */
	struct error err;
	pthread_mutex_t mutex;
	pthread_cond_t changed;
};

struct applier {
	const struct manuscript *ms;
	struct review *review;
	struct change *change;
	struct arena arena;		/* texts, words */
	struct arena scratch;		/* of one comment */
	struct now *texts;		/* sorted by path */
	size_t text_count, text_capacity;
	struct vocabulary vocabulary;
	struct prose_index *index;	/* text n is texts[n] */
	struct id_map bases;		/* blob -> index in `seen` */
	struct seen *seen;
	size_t seen_count, seen_capacity;
	struct edit *edits;		/* of one comment */
	size_t edit_count, edit_capacity;
	size_t commits;
	struct apply_commits made;
};

/** Bytes of a chunk that become others. */
struct replacement {
	size_t text;
	struct span span;
	struct slice words;
};

struct replacements {
	struct replacement *items;
	size_t count, capacity;
};

/** The passages of a comment that are to be put in: none, for all of it. */
struct chosen {
	unsigned passages;		/* how many it has */
	unsigned *numbers;		/* those wanted, from 1 */
	size_t count, capacity;
};

/* apply.c */
/**
 * Find out what becomes of a comment, or its passage `part`; its edits and
 * their changes stay in the applier until apply_forget_edits(). The caller
 * frees the numbers of `chosen`.
 */
int apply_look(struct application *out, struct applier *applier, size_t at,
	       unsigned part, struct chosen *chosen, struct error *err);

void apply_forget_edits(struct applier *applier);

/**
 * Replace bytes and commit that, under a message that starts with `words`;
 * by the comment's reader, or, if it is the author's `own`, by the author.
 */
void apply_commit(struct application *out, struct applier *applier, size_t at,
		  const struct replacements *replacements,
		  const struct chosen *chosen, const char *words, bool own);

/* apply_commits.c */
void apply_commits_open(struct apply_commits *commits, struct change *change);

/** Write a file in the next commit. The path outlives it. */
void apply_commits_write(struct apply_commits *commits, const char *path,
			 struct slice bytes);

/**
 * Have that commit made, by somebody else or, NULL, by the author, who with
 * `when` and `id`, where its id goes, outlives it. What fails, fails when all
 * has settled.
 */
void apply_commits_add(struct apply_commits *commits,
		       const struct person *author, const struct moment *when,
		       const char *message, char *id);

/** Wait until all are made. */
int apply_commits_settle(struct apply_commits *commits, struct error *err);

/** Drop those that are not made. */
void apply_commits_close(struct apply_commits *commits);

/* apply_text.c */
int apply_read_texts(struct applier *applier, struct error *err);

/** The chunk at `path`, or NULL. */
struct now *apply_find_text(struct applier *applier, const char *path);

/** Replace bytes, in memory and in the change: sorted, none in another. */
void apply_change_texts(struct applier *applier,
			const struct replacements *r);

/* apply_edit.c */
/**
 * Read what a comment, or its passage `part`, changes into the edits of the
 * applier; `chosen` is filled where it is not all of it.
 */
int apply_read_edits(struct applier *applier, const struct review_comment *c,
		     unsigned part, struct chosen *chosen, struct error *err);

/** Find their places in the texts as they are now. */
void apply_place_edits(struct applier *applier);

/** Sum up what becomes of all changes of the edits. */
void apply_judge(struct application *out, const struct applier *applier);

/** The changes that have a place. */
void apply_list_replacements(struct replacements *out,
			     const struct applier *applier);

/** Put them in order; false if two of them meet. */
bool apply_sort_replacements(struct replacements *r);

/* apply_mark.c */
/**
 * Make the marks for all changes of the edits that do not fit, and the words
 * of those that do; or marks for those, too.
 */
void apply_marks(struct replacements *out, struct applier *applier,
		 const struct comment *comment, bool all);

#endif
