/* SPDX-License-Identifier: MIT */
/*
 * The words of a mail that brings a patch, as the message of a commit: what
 * `git mailinfo` makes of them.
 */
#ifndef MAIL_MESSAGE_H
#define MAIL_MESSAGE_H

#include <stdbool.h>

#include "slice.h"

struct strbuf;

/**
 * Fields at the top of a body that stand for those of the mail: who passes
 * a patch on names its author so. Slices of the text; empty: not there.
 */
struct mail_message {
	struct slice from, date, subject;
};

/**
 * Append to `words` the message in `text`, which ends where its diff begins
 * (or anywhere): without the fields at its top, what stands above a scissors
 * line ("-- >8 --"), "---" and all after it, CRs, and blank lines at both
 * ends. All else stays byte for byte. A comment that galley made has no
 * scissors: they are its reader's words.
 */
void mail_message_read(struct mail_message *message, struct strbuf *words,
		       struct slice text);

/**
 * Take such fields off the front of the plain words in `text`, if From is
 * among them and a blank line follows. False: there are none.
 */
bool mail_message_fields(struct mail_message *message, struct slice *text);

/**
 * Is this the message of a comment that galley made, sent back by git
 * format-patch? Its last paragraph has Round and Channel.
 */
bool mail_message_is_comment(struct slice words);

#endif
