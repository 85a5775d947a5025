/* SPDX-License-Identifier: MIT */
/*
 * A file that is whole or as it was before: written beside its place, then
 * renamed.
 */
#ifndef BESIDE_H
#define BESIDE_H

#include <stdio.h>

#include "slice.h"
#include "strbuf.h"

struct error;

struct beside {
	const char *path;	/* the caller's, as in messages */
	struct strbuf name;	/* where it is written; "" when not open */
	FILE *file;
};

#define BESIDE_INIT { NULL, STRBUF_INIT, NULL }

/** Start to write `path`, which outlives it. */
int beside_open(struct beside *beside, const char *path, struct error *err);

int beside_write(struct beside *beside, struct slice bytes,
		 struct error *err);

/** Put it in its place; the name is only taken when all bytes are there. */
int beside_close(struct beside *beside, struct error *err);

/** Drop what is not closed; takes a fresh and a closed one too. */
void beside_release(struct beside *beside);

#endif
