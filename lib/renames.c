/* SPDX-License-Identifier: MIT */
#include "error.h"
#include "renames.h"
#include "repository_git.h"

static int tree_of(git_tree **out, struct repository *repo, const char *commit)
{
	git_commit *c = NULL;
	git_oid id;
	int rc = git_oid_fromstr(&id, commit);

	if (!rc)
		rc = git_commit_lookup(&c, repo->git, &id);
	if (!rc)
		rc = git_commit_tree(out, c);
	git_commit_free(c);
	return rc;
}

int renames_each(struct repository *repo, const char *old, const char *new,
		 void (*visit)(const char *from, const char *to, void *data),
		 void *data, struct error *err)
{
	git_diff_find_options how = {
		.version = GIT_DIFF_FIND_OPTIONS_VERSION,
		.flags = GIT_DIFF_FIND_RENAMES, .rename_limit = 1000
	};
	git_tree *trees[2] = { NULL, NULL };
	git_diff *diff = NULL;
	int rc;

	if ((rc = tree_of(&trees[0], repo, old)) < 0 ||
	    (rc = tree_of(&trees[1], repo, new)) < 0 ||
	    (rc = git_diff_tree_to_tree(&diff, repo->git, trees[0], trees[1],
					NULL)) < 0 ||
	    (rc = git_diff_find_similar(diff, &how)) < 0)
		rc = error_set_git(err, "cannot compare two commits");
	for (size_t i = 0; !rc && i < git_diff_num_deltas(diff); i++) {
		const git_diff_delta *d = git_diff_get_delta(diff, i);

		if (d->status == GIT_DELTA_RENAMED)
			visit(d->old_file.path, d->new_file.path, data);
	}
	git_diff_free(diff);
	git_tree_free(trees[0]);
	git_tree_free(trees[1]);
	return rc;
}
