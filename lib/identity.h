/* SPDX-License-Identifier: MIT */
/*
 * Who the person at the keyboard is, and what time it is, as git sees it: for
 * what galley writes into a repository in their name.
 */
#ifndef IDENTITY_H
#define IDENTITY_H

#include "arena.h"
#include "person.h"
#include "repository.h"

struct error;

struct identity {
	struct arena arena;	/* has the strings of: */
	struct person person;
	struct moment when;
};

#define IDENTITY_INIT { ARENA_INIT, { "", "" }, { 0, 0 } }

/**
 * Fill `out`: name, address and date as `said` has them (see
 * people_of_environment(); NULL or "" is not said, `said` may be NULL), else
 * as git config and the clock do. ERROR_NOT_FOUND when there is no name or
 * address, with words that say how to set them; ERROR_MALFORMED for a date.
 * `out` is a fresh one.
 */
int identity_read(struct identity *out, struct repository *repo,
		  const struct change_person *said, struct error *err);

/**
 * What time it is: as `said`, a date of git_date.h, has it, or the clock and
 * its zone if that is NULL or "". A repository is open. ERROR_MALFORMED.
 */
int identity_now(struct moment *out, const char *said, struct error *err);

/** Takes a fresh one too, and leaves it fresh. */
void identity_release(struct identity *identity);

#endif
