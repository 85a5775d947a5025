/* SPDX-License-Identifier: MIT */
/* The drafts that the readers of a round get. */
#ifndef ROUND_DRAFTS_H
#define ROUND_DRAFTS_H

#include <stdbool.h>

struct error;
struct review_round;
struct strbuf;

/**
 * Make the drafts of the round of the manuscript around the current folder,
 * an e-book and a site, in `folder` (NULL: the current one), and append their
 * paths, a line each. Those that are there are made again, the same. Warnings
 * go to stderr. `dry_run`: only find the paths, and warn of nothing.
 */
int round_drafts(struct strbuf *paths, const struct review_round *round,
		 const char *folder, bool dry_run, struct error *err);

#endif
