/* SPDX-License-Identifier: MIT */
/*
 * Mail in, in every shape it comes: mbox (mboxo, mboxrd), Maildir, single
 * messages, patches; through GMime.
 */
#ifndef MAIL_READ_H
#define MAIL_READ_H

#include "feedback.h"

struct error;

/**
 * Add what is said in the messages of `bytes` (an mbox, one message, or a
 * patch without headers) to `list`. `name` is for messages, "inbox.mbox". A
 * message that nothing can be made of becomes an item FEEDBACK_LOST, and the
 * rest goes on; of one that is too large only its beginning is kept
 * (mail_cut.h). Fails on limits alone.
 */
int mail_read(struct feedback_list *list, struct slice bytes,
	      const char *name, struct error *err);

#endif
