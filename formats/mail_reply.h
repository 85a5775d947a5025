/* SPDX-License-Identifier: MIT */
/*
 * Plain replies: quoted lines and what a reader wrote under them; labels,
 * explicit corrections and CriticMarkup in a mail.
 */
#ifndef MAIL_REPLY_H
#define MAIL_REPLY_H

#include "feedback.h"

/**
 * Add an item for each thing that is said in `body`, the plain text of a
 * mail (decoded, LF line ends; quotes as "> " of any depth, format=flowed
 * lines already joined). Each is a copy of `head`, which has all that the
 * mail's headers say, with kind, part, words, label, quotes, old_words and
 * new_words of its own. A mail with no words of its own adds nothing.
 */
void mail_reply_read(struct feedback_list *list, const struct feedback *head,
		     struct slice body);

#endif
