/* SPDX-License-Identifier: MIT */
/* Between mail_reply.c, mail_reply_run.c and mail_reply_say.c alone: a reply
 * that is read. */
#ifndef MAIL_REPLY_SAID_H
#define MAIL_REPLY_SAID_H

#include "feedback.h"
#include "mail_reply_private.h"

struct reply {
	struct feedback_list *list;
	const struct feedback *head;
	struct reply_lines lines;
	char subject_label[REPLY_LABEL_SIZE];
	bool chapters;			/* "3:" is chapter 3 */
	size_t first;			/* of the list's items */
	unsigned part;
	struct strbuf talk;		/* all that is only talk */
	struct strbuf words;		/* of the remark at hand */
	struct reply_about about;
	const char *round, *next_round;	/* said in a line, "r2"; NULL */
	bool closing;			/* a farewell has been said */
	bool contact;			/* and then who that is */
};

/* ---- mail_reply_say.c: what a paragraph says ----------------------------- */

/** Add an item, about what all is about at hand. */
struct feedback *reply_add_item(struct reply *r, enum feedback_kind kind);

/** Make an item of the remark at hand, if there is one. */
void reply_flush_remark(struct reply *r);

/** Corrections, talk, or more of the remark at hand. `last` of its run. */
void reply_say_paragraph(struct reply *r, struct slice paragraph, bool last);

/* ---- mail_reply_run.c --------------------------------------------------- */

/** Say the own lines from `from` to `to`, which are about r->about until a
 * label says otherwise. */
void reply_say_run(struct reply *r, size_t from, size_t to);

#endif
