/* SPDX-License-Identifier: MIT */
/*
 * What stands above a diff that was not made for mail: `git show`, `git log
 * -p` and `hg export`, sent as they are.
 */
#ifndef MAIL_CHANGESET_H
#define MAIL_CHANGESET_H

#include <stdbool.h>

#include "person.h"
#include "slice.h"

struct strbuf;

struct mail_changeset {
	struct slice author;	/* "Zoe Reader <zoe@example.org>"; borrowed */
	bool dated;
	struct moment when;
};

/**
 * Read the lines above a diff into `out` and append its message, subject
 * first, to `message`. False, and nothing appended: it is none of these.
 */
bool mail_changeset_read(struct mail_changeset *out, struct strbuf *message,
			 struct slice above);

#endif
