/* SPDX-License-Identifier: MIT */
/* What the files of the diff reader share: headers' lines and their paths. */
#ifndef DIFF_PRIVATE_H
#define DIFF_PRIVATE_H

#include <stdbool.h>

#include "diff_read.h"

/**
 * True if `line` begins with `keyword`, be its hyphens dashes or its spaces
 * no-break spaces by now; `rest` is what follows.
 */
bool diff_keyword(struct slice *rest, struct slice line, const char *keyword);

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
