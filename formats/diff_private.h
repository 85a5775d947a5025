/* SPDX-License-Identifier: MIT */
/* What the files of the diff reader share: headers' lines and their paths. */
#ifndef DIFF_PRIVATE_H
#define DIFF_PRIVATE_H

#include <stdbool.h>

#include "patch.h"

/**
 * True if `line` begins with `keyword`, be its hyphens dashes or its spaces
 * no-break spaces by now; `rest` is what follows.
 */
bool diff_keyword(struct slice *rest, struct slice line, const char *keyword);

/**
 * The numbers of "@@ -1,3 +1,4 @@ …". "@@" with anything else is a hunk
 * without counts: some are written so, others were damaged.
 */
bool diff_hunk_header(struct patch_hunk *hunk, struct slice line);

/**
 * Set the paths of "--- <before>" and "+++ <after>": unquoted, without what
 * follows a tab or looks like a date, without a/ and b/ if both have them.
 */
void diff_set_paths(struct patch *patch, struct patch_file *file,
		    struct slice before, struct slice after);

/** Set them from what follows "diff --git ", where it can be told. */
void diff_set_git_paths(struct patch *patch, struct patch_file *file,
			struct slice names);

/** The path of "rename from", which has no prefix. */
const char *diff_path(struct patch *patch, struct slice name);

#endif
