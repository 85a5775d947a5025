/* SPDX-License-Identifier: MIT */
/* What became of a passage: as it stands in the text today. */
#ifndef READS_NOW_H
#define READS_NOW_H

#include <stdbool.h>

#include "slice.h"

struct error;
struct repository;
struct strbuf;
struct tree;

/**
 * Append the sentences that a commit changed, as `head`, the text of today,
 * has them: lines run on, and " […] " stands between those that are apart.
 * Nothing, where they have been rewritten since, or their file is gone. Cut
 * after some 600 bytes. `reworded` (may be NULL): the commit's message says
 * that the author put in other words than the reader's.
 */
int reads_now(struct strbuf *out, bool *reworded, struct repository *repo,
	      struct tree *head, const char *commit, struct error *err);

/**
 * Append text as a person reads it: line ends within paragraphs are spaces,
 * and between them one line end; cut at a word after some `longest` bytes,
 * with " […]" behind it.
 */
void text_run_on(struct strbuf *out, struct slice text, size_t longest);

#endif
