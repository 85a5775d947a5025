/* SPDX-License-Identifier: MIT */
/*
 * Commits made in memory and published together: objects first, in one pack
 * when there are many (trees and texts as deltas to those they come from),
 * then refs, all of them or none. No work tree is touched; a bare repository
 * does.
 */
#ifndef COMMIT_BATCH_H
#define COMMIT_BATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "person.h"
#include "repository.h"
#include "slice.h"

struct commit_batch;

struct commit_file {
	const char *path;	/* ERROR_INVALID when it leaves the tree */
	struct slice bytes;	/* what the file is to be; its mode stays */
	const char *blob;	/* the id of that; NULL: not known yet */
};

struct commit_draft {
	const char *parent;	/* full id: of the repository, or of a commit
				 * of this batch */
	const struct commit_file *files; /* none: the parent's tree again */
	size_t file_count;
	struct person author, committer;
	struct moment authored, committed;
	const char *message;
};

int commit_batch_new(struct commit_batch **out, struct repository *repo,
		     struct error *err);
void commit_batch_free(struct commit_batch *batch);

/**
 * Make a commit; its id is written to `id`. The same draft gives the same id.
 * Everything is copied. Cost: hashing the folders on the way to each file.
 */
int commit_batch_add(char id[COMMIT_ID_LENGTH + 1],
		     struct commit_batch *batch,
		     const struct commit_draft *draft, struct error *err);

/**
 * The same, but only find out the id and whether the repository has it
 * (`*known`), and keep nothing.
 */
int commit_batch_probe(char id[COMMIT_ID_LENGTH + 1], bool *known,
		       struct commit_batch *batch,
		       const struct commit_draft *draft, struct error *err);

/**
 * Have the ref `name` point at `id` when the batch is written. `old` is where
 * it has to point now, "" when it must not be there, NULL when it does not
 * matter.
 */
void commit_batch_ref(struct commit_batch *batch, const char *name,
		      const char *id, const char *old);

/**
 * Write the objects, then the refs; once, nothing can be added after that.
 * ERROR_BUSY when a ref is locked or has moved, ERROR_EXISTS when the name of
 * one would be a folder of another, ERROR_INVALID when git has no such names.
 * Killed anywhere, it leaves objects that nobody names, or all refs; what it
 * has locked then is unlocked when the repository is opened next.
 */
int commit_batch_write(struct commit_batch *batch, struct error *err);

/**
 * Instead of writing it: the repository can read its objects, but not its
 * refs, until it is closed, and writes no others any more.
 */
int commit_batch_hold(struct commit_batch *batch, struct error *err);

#endif
