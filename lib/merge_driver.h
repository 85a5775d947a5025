/* SPDX-License-Identifier: MIT */
/*
 * The prose merge as git's own, for a repository: the files that it is for, in
 * .gitattributes, and the command that git runs, in the repository's config
 * (gitattributes(5), "Defining a custom merge driver").
 */
#ifndef MERGE_DRIVER_H
#define MERGE_DRIVER_H

#include <stdbool.h>

#include "slice.h"

struct error;
struct repository;
struct strbuf;

/**
 * Add .gitattributes to `out`: `old`, and a line for "*.md". False, and
 * nothing is added, if `old` says already how "*.md" is merged.
 */
bool merge_driver_attributes(struct strbuf *out, struct slice old);

/** Has git's config, any of it, a merge driver named "galley"? */
bool merge_driver_is_set(struct repository *repo);

/** Set it in the config of the repository alone. */
int merge_driver_set(struct repository *repo, struct error *err);

#endif
