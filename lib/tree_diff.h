/* SPDX-License-Identifier: MIT */
/*
 * Which files differ between two trees of git: what is the same in both is
 * passed over, by folders and by bytes, so that a commit that changes one file
 * of a thousand costs little more than reading its folders.
 */
#ifndef TREE_DIFF_H
#define TREE_DIFF_H

#include "repository.h"

struct error;

/** A file that differs. Ids are "" where it is not there. */
struct tree_difference {
	const char *path;
	char old_blob[COMMIT_ID_LENGTH + 1], new_blob[COMMIT_ID_LENGTH + 1];
	unsigned old_mode, new_mode;	/* as git has them: 0100644; 0: none */
};

/**
 * Call `visit` for each file that differs, in order of paths; stops at the
 * first that does not return 0, and returns that. `old_tree` may be "": no
 * files.
 */
int tree_diff(struct repository *repo, const char *old_tree,
	      const char *new_tree,
	      int (*visit)(const struct tree_difference *difference,
			   void *data),
	      void *data, struct error *err);

#endif
