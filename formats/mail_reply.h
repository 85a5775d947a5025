/* SPDX-License-Identifier: MIT */
/*
 * Plain replies: quoted lines and what a reader wrote under them; labels,
 * explicit corrections and CriticMarkup in a mail.
 */
#ifndef MAIL_REPLY_H
#define MAIL_REPLY_H

#include <stdbool.h>

#include "feedback.h"
#include "slice.h"

/**
 * Add an item for each thing that is said in `body`, the plain text of a
 * mail (decoded, LF line ends; quotes as "> " of any depth, format=flowed
 * lines already joined). Each is a copy of `head`, which has all that the
 * mail's headers say, with kind, part, words, label, quotes, old_words and
 * new_words of its own. A mail that only
 * quotes is lost (FEEDBACK_LOST); one without any words adds nothing.
 */
void mail_reply_read(struct feedback_list *list, const struct feedback *head,
		     struct slice body);

/** A mail that is passed on in the text of another: parts of that. */
struct reply_forward {
	struct slice above;	/* what its sender says to it */
	struct slice sender;	/* who wrote it, as its headers say there */
	struct slice words;	/* below those */
};

/** Find the first one; false: there is none. */
bool mail_reply_forward(struct reply_forward *forward, struct slice body);

#endif
