/* SPDX-License-Identifier: MIT */
/* What the files of the credits share; nobody else includes it. */
#ifndef CREDITS_PRIVATE_H
#define CREDITS_PRIVATE_H

#include <stdbool.h>

#include "credits.h"
#include "id_map.h"
#include "person.h"

struct mailmap;
struct settings;

/** Somebody who has to do with the book. */
struct contributor {
	struct credit credit;
	const char *email;	/* as .mailmap has it */
	bool writes;		/* the book: not to be thanked */
	bool omitted;		/* does not want to be named */
};

/** All of them, found by the addresses that commits have. */
struct contributors {
	struct arena *arena;
	const struct settings *settings;
	struct mailmap *map;
	struct id_map by_address, by_email;
	struct contributor *items;
	size_t count, capacity;
};

void contributors_release(struct contributors *people);

/** The number of the one who wrote as `who`. */
size_t contributor_find(struct contributors *people, const struct person *who);

/** Are the settings as they must be? ERROR_MALFORMED. */
int credits_check_settings(const struct settings *settings, struct error *err);

/** Sort by names. */
void credits_sort(struct credits *credits);

#endif
