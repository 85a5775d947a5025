/* SPDX-License-Identifier: MIT */
/* What the files of galley-send share. */
#ifndef SEND_H
#define SEND_H

#include <stdbool.h>
#include <stddef.h>

#include "identity.h"
#include "letters.h"
#include "manuscript.h"
#include "reader_list.h"
#include "receipts.h"
#include "review_round.h"
#include "strbuf.h"

struct book;
struct changed_since;
struct error;
struct format;
struct mail_out;
struct repository;

struct send {
	struct manuscript *ms;		/* as the round has it */
	struct review_round_list rounds;
	const struct review_round *round;
	size_t round_index;		/* in the list */
	struct book *book;		/* for all; to know it by */
	struct changed_since *changed;	/* NULL: not asked for yet */
	struct reader_list readers;
	struct receipt_list receipts;
	struct letters *letters;
	struct identity me;
	struct person from;
	const char *reply_to, *site;	/* "" if there is none */
	struct mail_out *out;
	bool since_last;		/* with redlines: */
	struct send_redline *redlines;	/* those that were made */
	size_t redline_count, redline_capacity;
};

/** How a reader gets the book: NULL for no file; false if there is no such
 * way, `link` says whether the mail has the link. */
bool send_way(const struct format **format, bool *link,
	      const struct send *send, const struct reader *reader);

/* send_draft.c */
/** The book of the round once more, for the copy of one reader. */
int send_open_book(struct book **out, const struct send *send,
		   const struct reader *reader, struct error *err);

/** Make the reader's own copy, and append it and its name. */
int send_draft(struct strbuf *bytes, struct strbuf *name,
	       const struct send *send, struct book *book,
	       const struct format *format, struct error *err);

/** Take away what a run that was killed has left of a draft. */
void send_sweep(struct repository *repo);

/* send_changes.c */
/**
 * Append what has changed since the round with that name, in the words of the
 * letter, and where that is to be seen: a file and an address, or "".
 */
int send_changes(struct strbuf *out, struct send *send,
		 const struct letter *letter, const char *since,
		 const char *redline, const char *redline_link,
		 struct error *err);

/* send_redline.c */
struct send_redline {
	const struct review_round *since;
	const struct format *format;
	bool any;			/* something changed */
	struct strbuf name, bytes;	/* of the file, if so */
};

/**
 * The chapters that changed since the round of that receipt, with the changes
 * marked; `format` NULL: only whether any did. Each is made once. Good until
 * the next call.
 */
int send_redline(const struct send_redline **out, struct send *send,
		 const struct receipt *had, const struct format *format,
		 struct error *err);

/** Is the setting of its address one? ERROR_INVALID. */
int send_redline_check(const struct send *send, struct error *err);

/** Append its address on the web, if the author has named one and the reader
 * wants more than words. */
void send_redline_link(struct strbuf *out, const struct send *send,
		       const struct reader *reader,
		       const struct receipt *had);

void send_redlines_release(struct send *send);

/* send_mail.c */
/** The mail to a reader, as bytes, and its Message-ID. */
int send_write(struct strbuf *out, struct strbuf *id, struct send *send,
	       const struct reader *reader, struct error *err);

#endif
