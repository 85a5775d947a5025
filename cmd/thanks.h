/* SPDX-License-Identifier: MIT */
/* What the files of galley-thanks share. */
#ifndef THANKS_H
#define THANKS_H

#include <stdbool.h>
#include <stddef.h>

#include "answers.h"
#include "identity.h"
#include "letters.h"
#include "manuscript.h"
#include "reader_list.h"
#include "strbuf.h"

struct error;
struct mailmap;
struct mail_out;
struct repository;

/** What is said about one comment. */
struct thanks_block {
	size_t at;		/* in the review */
	struct strbuf text;
	bool dropped;		/* by the author: it stays unanswered */
};

struct thanks_mail {
	const struct answer_reader *to;
	const char *name;	/* of the reader; borrowed */
	const struct letter *letter;
	struct strbuf subject, head, tail;
	struct thanks_block *blocks;
	size_t count;
};

struct thanks {
	struct manuscript *ms;
	struct tree *head;		/* the text as it is now */
	struct review review;
	struct mailmap *map;
	struct answer_list answers;
	struct reader_list readers;	/* may be empty */
	struct letters *letters;
	struct identity me;
	struct mail_out *out;
	struct person from;		/* whom mails are from */
	const char *reply_to;
	const char *round;		/* the newest; "" */
	struct thanks_mail *mails;
	size_t count, capacity;
};

/* thanks_block.c */
/** Write what became of a comment, under the reader's own words. */
int thanks_block(struct strbuf *out, const struct thanks *thanks,
		 const struct thanks_mail *mail, size_t at,
		 struct error *err);

/* thanks_said.c */
struct comment_view;
/**
 * Append what a reader said, as quoted lines; of an edit only passage `part`
 * if that is not 0.
 */
void thanks_said(struct strbuf *out, const struct comment_view *view,
		 const struct comment *comment, unsigned part);

/* thanks_mail.c */
/** Write subject, head, blocks and tail of the mail to a reader. */
int thanks_compose(struct thanks_mail *mail, const struct thanks *thanks,
		   struct error *err);
void thanks_mail_release(struct thanks_mail *mail);

/** All of it as the bytes of a mail, and its Message-ID. */
int thanks_write(struct strbuf *out, struct strbuf *id,
		 const struct thanks_mail *mail, const struct thanks *thanks,
		 struct error *err);

/* thanks_edit.c */
/**
 * Let the author edit all mails in one text, and drop what is not there any
 * more. ERROR_MALFORMED: it cannot be told which mail a part belongs to.
 */
int thanks_edit(struct thanks *thanks, struct error *err);

#endif
