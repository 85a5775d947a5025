/* SPDX-License-Identifier: MIT */
/*
 * Many messages in one file: mbox as mail programs, mailing list archives and
 * git format-patch write it (RFC 4155, and what came before it).
 */
#ifndef MBOX_H
#define MBOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "slice.h"

struct mbox {
	struct slice rest;	/* not read yet */
	bool is_mbox;		/* has "From " lines; else one message */
};

/**
 * Begin to read `bytes`, which are borrowed: blank lines and a byte order
 * mark before the first line do not count.
 */
void mbox_init(struct mbox *mbox, struct slice bytes);

/** A message, as it stands in the file: borrowed. */
struct mbox_message {
	struct slice bytes;	/* without the "From " line before it and the
				 * blank line after it */
	bool from_git;		/* its "From " line is git's own: such files
				 * quote no lines */
};

/**
 * The next message; false at the end. A message ends before a line like
 * "From ann@example.org Tue Nov 24 15:04:05 2026" that a header field
 * follows, as for git mailsplit, so "From " may begin a line of prose.
 */
bool mbox_next(struct mbox_message *message, struct mbox *mbox);

/** Does a message of an mbox begin at `text`, with its line "From "? */
bool mbox_starts(struct slice text);

struct strbuf;

/**
 * Undo what mbox writers do to lines that begin with "From ": true when there
 * were any, and `out` has the text appended without one '>' before each. A
 * line beside one that has as many '>' is left alone, since it is a quote.
 * False, and nothing appended, when there are none.
 */
bool mbox_unquote(struct strbuf *out, struct slice text);

/**
 * Append a mail with LF line ends as a message of an mbox: a "From " line, the
 * mail with its own such lines quoted (mboxrd), a blank line.
 */
void mbox_add(struct strbuf *out, struct slice mail, const char *sender,
	      int64_t when);

#endif
