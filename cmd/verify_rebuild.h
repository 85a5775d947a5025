/* SPDX-License-Identifier: MIT */
/* Making a draft again, aside. */
#ifndef VERIFY_REBUILD_H
#define VERIFY_REBUILD_H

#include "verify_files.h"

struct error;

struct rebuilt {
	struct strbuf folder;	/* of its own; "" when there is none */
	struct strbuf path;	/* of the draft, in it */
};

#define REBUILT_INIT { STRBUF_INIT, STRBUF_INIT }

/**
 * Make the draft that `origin` speaks of from the repository around the
 * current folder. ERROR_NOT_FOUND: its commit is not here, or the round is not
 * on that commit.
 */
int rebuild_draft(struct rebuilt *out, const struct draft_origin *origin,
		  enum draft_kind kind, struct error *err);

/** Take it away again; takes a fresh one too. */
void rebuilt_release(struct rebuilt *rebuilt);

#endif
