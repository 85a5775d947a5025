/* SPDX-License-Identifier: MIT */
/*
 * git, as far as galley needs it: libgit2 as our types. Nothing else includes
 * <git2.h>.
 *
 * A `struct tree` is the files of a work tree or of one revision, read the
 * same way. A `struct change` collects files to write and makes of them one
 * commit; nothing is visible before it is committed.
 */
#ifndef REPOSITORY_H
#define REPOSITORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

struct error;
struct moment;
struct person;
struct strbuf;
struct repository;
struct tree;
struct change;

#define COMMIT_ID_LENGTH 40	/* hexadecimal digits of a full id */

struct commit_info {
	char id[COMMIT_ID_LENGTH + 1];
	char short_id[COMMIT_ID_LENGTH + 1]; /* unique here, 7 or more digits */
	int64_t time;			/* committer's: seconds since 1970 UTC */
};

/**
 * Open the repository that holds `path`, looking upwards as git does; a bare
 * one too. ERROR_NOT_FOUND when there is none.
 */
int repository_open(struct repository **out, const char *path,
		    struct error *err);

/** Make a repository with a work tree at `path`; the folder may exist. */
int repository_init(struct repository **out, const char *path,
		    struct error *err);

void repository_close(struct repository *repo);

/** Absolute path of the work tree, ending in '/', or NULL when bare. */
const char *repository_work_tree(const struct repository *repo);

/** Absolute path of git's own folder, ending in '/'. */
const char *repository_path(const struct repository *repo);

/** Name of the repository: its folder's, without ".git". */
const char *repository_name(const struct repository *repo);

/**
 * A value of the author's own git config ("user.name"), as a new string.
 * ERROR_NOT_FOUND when it is not set.
 */
int repository_config(char **out, struct repository *repo, const char *key,
		      struct error *err);

/** What `rev` names (any revision syntax), as a commit. */
int repository_resolve(struct commit_info *out, struct repository *repo,
		       const char *rev, struct error *err);

/**
 * Name of the annotated tag refs/tags/round/<name> that points at the commit,
 * as a new string; the newest when there are several. ERROR_NOT_FOUND.
 */
int repository_round_at(char **out, struct repository *repo,
			const char *commit_id, struct error *err);

/** The files of a revision. */
int tree_open_revision(struct tree **out, struct repository *repo,
		       const char *rev, struct error *err);

/** The files of the work tree; fails on a bare repository. */
int tree_open_work_tree(struct tree **out, struct repository *repo,
			struct error *err);

/** The work tree, as the author has it now; in a bare repository, HEAD. */
int tree_open_now(struct tree **out, struct repository *repo,
		  struct error *err);

void tree_close(struct tree *tree);

/**
 * The commit the files are of. For a work tree: HEAD, with `*modified` true
 * when a tracked file differs from it. ERROR_NOT_FOUND when there is no
 * commit yet. `modified` may be NULL.
 */
int tree_commit(struct commit_info *out, bool *modified, struct tree *tree,
		struct error *err);

/**
 * Append the file's bytes to `out`. Paths are relative to the root, with '/',
 * and never leave it; symbolic links are not followed. ERROR_NOT_FOUND when
 * it is not there; error words name the path.
 */
int tree_read(struct strbuf *out, struct tree *tree, const char *path,
	      struct error *err);

/** True when `path` is a file of the tree. */
bool tree_has(struct tree *tree, const char *path);

/**
 * Size of the file in bytes without reading it, 0 when it is not there.
 */
uint64_t tree_size(struct tree *tree, const char *path);

/**
 * Call `visit` for every file that is tracked (in a work tree: in the index)
 * in order of their paths; stops at the first that does not return 0, and
 * returns that.
 */
int tree_each(struct tree *tree, int (*visit)(const char *path, void *data),
	      void *data, struct error *err);

/**
 * The git blob id of the file's bytes, in hexadecimal. ERROR_NOT_FOUND.
 */
int tree_blob_id(char out[COMMIT_ID_LENGTH + 1], struct tree *tree,
		 const char *path, struct error *err);

/**
 * Start a change on top of HEAD. ERROR_BUSY when the index is locked. In a
 * bare repository the change makes commits, and moves the branch that HEAD
 * names.
 */
int change_begin(struct change **out, struct repository *repo,
		 struct error *err);

/**
 * Would the change be refused for what the author has at that path: changes
 * that are not committed, or a file that git does not track? ERROR_EXISTS,
 * with words. What holds in the end is what change_commit() finds.
 */
int change_check(struct change *change, const char *path, struct error *err);

/** Write (or replace) a file; the bytes are copied or stored at once. */
int change_write(struct change *change, const char *path, struct slice bytes,
		 struct error *err);

/** Take a file away. ERROR_NOT_FOUND. */
int change_remove(struct change *change, const char *path, struct error *err);

/**
 * Say who makes the commit and when, instead of git config and the clock, as
 * GIT_AUTHOR_NAME and the like do. NULL or "" is not said, `people` may be
 * NULL; dates as in git_date.h, ERROR_MALFORMED. Copies.
 */
struct change_person {
	const char *name, *email, *date;
};
struct change_people {
	struct change_person author, committer;
};
int change_set_people(struct change *change,
		      const struct change_people *people, struct error *err);

/**
 * Make a commit of what was written and removed since the last one, and go on
 * with the next on top of it. Nothing is visible before change_commit(). The
 * committer is as git config or change_set_people() say, and so is the author
 * when it is NULL, and the date when that is. `id` may be NULL.
 *
 * When it fails (ERROR_EXISTS: a file would be in a file), what was written
 * since the last commit is forgotten, and the change can go on.
 */
int change_next(char id[COMMIT_ID_LENGTH + 1], struct change *change,
		const struct person *author, const struct moment *authored,
		const char *message, struct error *err);

/**
 * Make the last commit, as change_next() does; or none, if `message` is NULL
 * and nothing was written since the one before (ERROR_INVALID if something
 * was, or if there is no commit at all). Then publish all of them at once:
 * objects first, then the work tree's files, each in its last version (beside,
 * then renamed), then the index and HEAD.
 *
 * By the author's own name and address from git config (ERROR_NOT_FOUND when
 * it has none, with words that say how to set them) or as change_set_people()
 * says. Refuses, and leaves everything as it was, when a file that it would
 * touch has uncommitted changes or is there untracked with other bytes, naming
 * it. Files that the change does not touch are left alone, staged or not.
 * `out` may be NULL; it is about the last commit.
 */
int change_commit(struct commit_info *out, struct change *change,
		  const char *message, struct error *err);

/** Drop what is not committed; frees. */
void change_end(struct change *change);

/** SHA-1 of "blob <len>\0<bytes>", as git names the bytes. No repository. */
void blob_id(char out[COMMIT_ID_LENGTH + 1], struct slice bytes);

#endif
