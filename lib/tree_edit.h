/* SPDX-License-Identifier: MIT */
/*
 * A tree of git that is changed file by file. Folders are read when they are
 * first entered, and only those that changed are hashed again, each kept as
 * what it has of its own beside the one that it was.
 */
#ifndef TREE_EDIT_H
#define TREE_EDIT_H

#include <stdbool.h>
#include <stdint.h>

#include <git2.h>

struct error;
struct object_list;
struct tree_edit;

/** Start from a tree, or from none (NULL). The list outlives the edit. */
struct tree_edit *tree_edit_new(struct object_list *objects,
				const git_oid *root);
void tree_edit_free(struct tree_edit *edit);

/** A file of the tree; `mode` may be NULL. ERROR_NOT_FOUND. */
int tree_edit_find(git_oid *id, uint32_t *mode, struct tree_edit *edit,
		   const char *path, struct error *err);

/**
 * Have the file be that blob; its mode stays, and is plain for a new one.
 * ERROR_EXISTS when there is a folder at the path or a file on the way to it,
 * ERROR_INVALID when what is there is a symbolic link or a submodule, or the
 * path leaves the tree.
 */
int tree_edit_set(struct tree_edit *edit, const char *path,
		  const git_oid *blob, struct error *err);

/** Take the file away, and the folders that it leaves empty. */
int tree_edit_remove(struct tree_edit *edit, const char *path,
		     struct error *err);

/** The id of the whole tree; those that are new are put into the list. */
void tree_edit_write(git_oid *root, struct tree_edit *edit);

/**
 * From here on remember what the tree was when it was written last;
 * tree_edit_rewind() goes back to that. tree_edit_probe() finds the id without
 * putting anything into the list, and goes back too.
 */
void tree_edit_mark(struct tree_edit *edit);
void tree_edit_rewind(struct tree_edit *edit);
void tree_edit_probe(git_oid *root, struct tree_edit *edit);

#endif
