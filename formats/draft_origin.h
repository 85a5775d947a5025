/* SPDX-License-Identifier: MIT */
/*
 * What a draft says of itself in its metadata: what it takes to make it again.
 * When it is read, it is from outside: nothing is true because it says so.
 */
#ifndef DRAFT_ORIGIN_H
#define DRAFT_ORIGIN_H

#include <stdbool.h>

#include "arena.h"
#include "slice.h"

struct book;

/**
 * Tell each name and value that a draft of this book says, in order; they are
 * written as <meta name="galley:commit" content="…"/>, in pages
 * "galley-commit". The generator is not among them.
 */
void draft_origin_tell(const struct book *book,
		       void (*tell)(void *data, const char *name,
				    const char *value), void *data);

/** Strings are "" where nothing is said. */
struct draft_origin {
	struct arena arena;
	const char *generator;	/* "galley 0.1"; what is not galley's: "" */
	const char *commit;	/* a full id of hexadecimal digits, or "" */
	const char *round;	/* a name that is one, or "" */
	const char *reader, *code;
	const char *since;	/* of a redline: the old draft's commit, or "" */
	const char *since_round;
	bool changed_only;	/* a redline without chapters that did not */
	bool changes;		/* the work tree differed from the commit */
	bool single;		/* a page that is all of the draft */
};

#define DRAFT_ORIGIN_INIT { ARENA_INIT, "", "", "", "", "", "", "", false, \
			    false, false }

/**
 * Read what is said in a package document, or a page: the first MiB is looked
 * at. True when it says that galley made it.
 */
bool draft_origin_read(struct draft_origin *out, struct slice text);

void draft_origin_release(struct draft_origin *origin);

#endif
