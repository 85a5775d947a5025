/* SPDX-License-Identifier: MIT */
/*
 * What has been committed: reading commits and refs, one after the other.
 */
#ifndef HISTORY_H
#define HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "person.h"
#include "repository.h"
#include "slice.h"

struct error;

/** A commit, or an annotated tag, as it is written. Borrowed strings. */
struct history_entry {
	char id[COMMIT_ID_LENGTH + 1];
	char tree[COMMIT_ID_LENGTH + 1];	/* a tag: what it points at */
	char parent[COMMIT_ID_LENGTH + 1];	/* the first; "" if none */
	size_t parents;
	struct person author, committer;	/* a tag: the tagger is both */
	struct moment authored, committed;
	struct slice message;			/* as it is stored */
};

typedef int history_visit(const struct history_entry *entry, void *data);

/** Read one commit or tag by its full id. ERROR_NOT_FOUND. */
int history_read(struct repository *repo, const char *id,
		 history_visit *visit, void *data, struct error *err);

/**
 * Call `visit` for every commit that `from` (any revision) can reach and none
 * of the `stop_count` commits at `stops` (full ids; those that are not there
 * stop nothing) can, parents before children. Stops at the first that does
 * not return 0, and returns that. `from` NULL: HEAD, and no commits at all if
 * there are none yet.
 */
int history_walk(struct repository *repo, const char *from,
		 const char *const *stops, size_t stop_count,
		 history_visit *visit, void *data, struct error *err);

/**
 * Call `visit` for each ref whose name starts with `prefix`
 * ("refs/comments/"), sorted by name; `id` is what it points at (a tag object
 * is not followed). Fast for tens of thousands of packed ones.
 */
int refs_each(struct repository *repo, const char *prefix,
	      int (*visit)(const char *name, const char *id, void *data),
	      void *data, struct error *err);

/** Where ref `name` points. ERROR_NOT_FOUND. */
int ref_read(char id[COMMIT_ID_LENGTH + 1], struct repository *repo,
	     const char *name, struct error *err);

/** Is commit `ancestor` the commit `id` or reachable from it? 1, 0, error. */
int history_contains(struct repository *repo, const char *id,
		     const char *ancestor, struct error *err);

/**
 * Append the blob with that id, which may be abbreviated. ERROR_NOT_FOUND,
 * ERROR_AMBIGUOUS.
 */
int blob_read(struct strbuf *out, char full_id[COMMIT_ID_LENGTH + 1],
	      struct repository *repo, const char *id, struct error *err);

/** A place where a blob stands in the history: a question and its answer. */
struct blob_place {
	const char *path;	/* of the file; NULL: any */
	const char *blob;	/* its id, may be abbreviated (4 digits up) */
	char commit[COMMIT_ID_LENGTH + 1]; /* answer: the oldest commit that
					    * HEAD can reach whose tree has the
					    * blob there; "" if none */
	const char *found_path;	/* answer, with path NULL: where; the
				 * caller frees it */
};

/**
 * Answer all questions in one walk of the history of HEAD, which stops when
 * all are answered.
 */
int history_find_blobs(struct blob_place *places, size_t count,
		       struct repository *repo, struct error *err);

/**
 * Make the annotated tag refs/tags/<name> on a commit. ERROR_EXISTS. Its id
 * is written to `id`.
 */
int tag_create(char id[COMMIT_ID_LENGTH + 1], struct repository *repo,
	       const char *name, const char *commit,
	       const struct person *tagger, const struct moment *when,
	       const char *message, struct error *err);

#endif
