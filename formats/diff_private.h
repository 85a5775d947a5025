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

static inline bool diff_starts(struct slice line, const char *keyword)
{
	struct slice rest;

	return diff_keyword(&rest, line, keyword);
}

/** How many digits of an id `s` begins with. */
size_t diff_hex_digits(struct slice s);

/** An id in small letters; NULL if it is all zeros: no file. */
const char *diff_id(struct patch *patch, struct slice s);

/**
 * What a line of git's extended header says of `file`, of the patch. False:
 * it is none.
 */
bool diff_read_extended(struct patch *patch, struct patch_file *file,
			struct slice line);

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
