/* SPDX-License-Identifier: MIT */
/*
 * What repository.c, tree.c and change.c share, and nobody else sees: libgit2
 * and git's own files.
 */
#ifndef REPOSITORY_GIT_H
#define REPOSITORY_GIT_H

#include <sys/stat.h>

#include <git2.h>

#include "object_list.h"
#include "repository.h"
#include "sha1.h"

struct error;
struct strbuf;

struct repository {
	git_repository *git;
	char *name;
	struct object_list *written;	/* see repository_remember() */
};

/**
 * Append the bytes of an object, whether it was written a moment ago or is on
 * the disk. Returns what git_odb_read() does.
 */
int repository_object(struct strbuf *out, git_object_t *type,
		      struct repository *repo, const git_oid *id);

/**
 * Keep objects that are written, to be read from memory: who makes thousands
 * of comments wants them next. Takes the list, and drops the one before.
 */
void repository_remember(struct repository *repo, struct object_list *objects);

/** ERROR_GIT with ": " and what libgit2 said after the message. */
int error_set_git(struct error *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * True for a path that stays in its tree and out of git's own folder:
 * relative, no empty, "." or ".." part, no ".git" in any spelling.
 */
bool path_is_safe(const char *path);

/** Fill `out` from the id. */
void commit_info_set(struct commit_info *out, git_commit *commit);

/** What `rev` names; errors as repository_resolve() has them. */
int repository_commit(git_commit **out, struct repository *repo,
		      const char *rev, struct error *err);

/** The commit HEAD is at; ERROR_NOT_FOUND before the first. */
int repository_head(git_commit **out, struct repository *repo,
		    struct error *err);

/**
 * What a tree of git has in it, as the index lists it: sorted by path, as
 * bytes. A file is all that git knows of one: stat data, mode, id, flags.
 */
struct file_list {
	git_index_entry *items;	/* paths are borrowed */
	size_t count, capacity;
};

#define FILE_LIST_INIT { NULL, 0, 0 }

void file_list_release(struct file_list *list);

/** The files of the index, which must outlive the list. */
void file_list_read_index(struct file_list *list, git_index *index);

/**
 * Find the id of the tree that the files make, without the ones that are not
 * there yet (git add -N). Every tree on the way is given to `visit` (which
 * may be NULL) after those below it; it stops when that returns not 0.
 */
typedef int tree_visit(void *data, const git_oid *id, struct slice bytes);
int file_list_tree_id(git_oid *out, const struct file_list *list,
		      tree_visit *visit, void *data);

/**
 * Write the files as an index of git, version 2 (or 3 when a flag needs it),
 * into `out`.
 */
void file_list_write_index(struct strbuf *out, const struct file_list *list);

/** The entry of `path`, or NULL. */
const git_index_entry *file_list_find(const struct file_list *list,
				      const char *path);

/*
 * Files on their way into the work tree. They are written in a folder of
 * their own inside git's, where the author does not see them, and renamed to
 * where they belong; what they replace is kept beside them until all is done.
 * A journal says what goes where, so that a change that failed or was killed
 * is undone: at once, or when the repository is opened next.
 */
struct staging;

/** Take the lock of the index and make the folder. ERROR_BUSY. */
int staging_open(struct staging **out, struct repository *repo,
		 struct error *err);

/**
 * Write a file to be put at `path`, or have what is there taken away. `is_new`
 * when nothing is there.
 */
int staging_write(struct staging *staging, const char *path,
		  struct slice bytes, uint32_t mode, bool is_new,
		  struct error *err);
void staging_remove(struct staging *staging, const char *path);

/** Write a first version of the index, so that there is room for it. */
int staging_write_index(struct staging *staging, struct slice bytes,
			struct error *err);

/** Put the files in their places. `commit` is what HEAD will be. */
int staging_place(struct staging *staging, const git_oid *commit,
		  struct error *err);

/** The file at `path`, as it is after staging_place(). */
int staging_stat(struct staging *staging, const char *path, struct stat *st,
		 struct error *err);

/** Put the index in its place, in its last version, of the same length. */
int staging_place_index(struct staging *staging, struct slice bytes,
			struct error *err);

/** All is well: what was there before can go. */
void staging_done(struct staging *staging);

/** Undo what was not done, give up the lock, free. */
void staging_close(struct staging *staging);

/** Undo what others were killed at. */
void staging_recover(struct repository *repo);

#endif
