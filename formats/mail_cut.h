/* SPDX-License-Identifier: MIT */
/*
 * Mails that are too large to be read: of each only the beginning is kept,
 * while its file is read, so that it costs no memory. A field in front of it
 * says so, and the mail is never read for what it says.
 */
#ifndef MAIL_CUT_H
#define MAIL_CUT_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"
#include "strbuf.h"

/** A mail with more bytes is not read. */
#define MAIL_SIZE_LIMIT ((size_t)64 << 20)

#define MAIL_CUT_FIELD "X-Galley-Cut"

struct mail_cut {
	size_t start;		/* of the mail at hand, with its "From " line */
	size_t at;		/* lines before it were looked at */
	size_t kept;		/* where what is kept of a cut mail ends; 0:
				 * the mail at hand is none */
	bool in_line;		/* a long line goes on at `at` */
};

#define MAIL_CUT_INIT { 0, 0, 0, false }

/**
 * Bytes were added to `file`, the front of a mail or an mbox: cut mails that
 * are larger. True: nothing more has to be read, since it is one mail alone.
 */
bool mail_cut_more(struct mail_cut *cut, struct strbuf *file);

/** Append the beginning of a mail that is too large, as it is kept. */
void mail_cut_add(struct strbuf *out, struct slice mail);

#endif
