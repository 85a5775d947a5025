/* SPDX-License-Identifier: MIT */
/* What collect and am read: files, folders of mail, standard input. */
#ifndef FEEDBACK_IN_H
#define FEEDBACK_IN_H

#include "collect.h"
#include "feedback.h"
#include "strbuf.h"

struct error;
struct identity;

struct feedback_in {
	struct feedback_list list;
	struct strbuf *files;		/* their bytes, which the list borrows */
	size_t count, capacity;
	size_t again;			/* the first item of the list that was
					 * read before */
	struct person sender;		/* for the caller to set: whose words
					 * a text without a mail's headers is;
					 * name "": nobody's */
};

#define FEEDBACK_IN_INIT { FEEDBACK_LIST_INIT, NULL, 0, 0, 0, { "", "" } }

void feedback_in_release(struct feedback_in *in);

/**
 * Read each path: an mbox, a mail, a patch, a Maildir; "-" is standard input;
 * none at all: standard input, too.
 */
int feedback_in_read(struct feedback_in *in, char **paths, int count,
		     struct error *err);

/**
 * Add the mails that were kept because they could not be placed: what came
 * since may have brought what they lacked.
 */
int feedback_in_again(struct feedback_in *in, const struct manuscript *ms,
		      struct error *err);

#endif
