/* SPDX-License-Identifier: MIT */
/*
 * The chunks as one text again. What split cut comes together byte for byte;
 * between other chunks a line end or a blank line is put only where one would
 * run into the other.
 */
#ifndef JOIN_H
#define JOIN_H

#include <stddef.h>

#include "slice.h"

struct error;
struct manuscript;
struct strbuf;

struct joiner {
	struct strbuf *out;	/* the caller's */
	size_t last;		/* where in it the last chunk starts */
	size_t blank_lines;	/* how often something was put between */
};

void joiner_init(struct joiner *joiner, struct strbuf *out);

/** Append a chunk; `chunk` may not be of `out`. */
void joiner_add(struct joiner *joiner, struct slice chunk);

/** Append all chunks of the manuscript, in the order of the outline. */
int join_manuscript(struct strbuf *out, const struct manuscript *ms,
		    struct error *err);

#endif
