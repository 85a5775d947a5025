/* SPDX-License-Identifier: MIT */
/* Rounds on stdout, for people or as JSON. */
#ifndef ROUND_PRINT_H
#define ROUND_PRINT_H

#include <stdbool.h>

#include "slice.h"

struct error;
struct repository;
struct review_round;
struct review_round_list;

/** A line each, the oldest first; or an array of objects. */
int round_print_list(const struct review_round_list *list,
		     struct repository *repo, bool json, struct error *err);

/** All about one. `drafts` are the names of its drafts, a line each. */
int round_print(const struct review_round *round, struct repository *repo,
		struct slice drafts, bool json, struct error *err);

#endif
