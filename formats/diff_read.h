/* SPDX-License-Identifier: MIT */
/*
 * Unified diffs in: as git, diff and Mercurial write them, and as they look
 * after a mail program had them. Only what is sure is decided here: which
 * files, which hunks, and where they stand in the text (see patch.h).
 */
#ifndef DIFF_READ_H
#define DIFF_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "patch.h"

/**
 * Read the diffs of `text`, the body of a mail or a .patch file, into
 * `patch`; `*start` is set to where the first of them begins (the words
 * before it, without a diffstat, are the message; "---" and all after it
 * belong to the diff). `text` is borrowed and outlives the patch.
 *
 * ERROR_NOT_FOUND: there is no diff with hunks in it (a diffstat, a cover
 * letter, a quoted patch), nor a file that is made, removed, renamed or
 * binary. ERROR_LIMIT: more than 10,000 files or 1,000,000 hunks.
 */
int diff_read(struct patch *patch, size_t *start, struct slice text,
	      struct error *err);

/**
 * The numbers of "@@ -1,3 +1,4 @@ …". "@@" with anything else is a hunk
 * without counts: some are written so, others were damaged.
 */
bool diff_hunk_header(struct patch_hunk *hunk, struct slice line);

#endif
