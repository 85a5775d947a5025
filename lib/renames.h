/* SPDX-License-Identifier: MIT */
/* Under which names files of an earlier commit go on, as git sees it. */
#ifndef RENAMES_H
#define RENAMES_H

struct error;
struct repository;

/**
 * Call `visit` for each file that has another name in commit `new` than in
 * commit `old` (full ids): the same bytes, or most of them (git's measure).
 */
int renames_each(struct repository *repo, const char *old, const char *new,
		 void (*visit)(const char *from, const char *to, void *data),
		 void *data, struct error *err);

#endif
