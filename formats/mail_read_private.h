/* SPDX-License-Identifier: MIT */
/* What the files that read a message share. */
#ifndef MAIL_READ_PRIVATE_H
#define MAIL_READ_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "feedback.h"
#include "mail_header.h"
#include "mail_parts.h"
#include "mail_text.h"
#include "strbuf.h"

/* All messages of a file. */
struct mail_reader {
	struct feedback_list *list;
	struct slice bytes;	/* the caller's: what lies there is not
				 * copied */
	const char *name;
	bool is_mbox;
	size_t number;		/* of the message in it, from 1 */
	size_t inner;		/* mails inside that message */
	struct mail_text text;	/* of the part at hand */
};

/* One message. */
struct mail_state {
	struct feedback head;	/* what its header says; not in the list */
	struct mail_header header;
	struct mail_container container;
	struct mail_parts parts;
	struct strbuf words;	/* its plain text, all parts of it */
	bool words_used;	/* they are a patch's message */
	bool is_series;		/* "n/m": with n 0, a cover letter */
	size_t first;		/* its first item in the list */
	size_t unread;		/* files that are attached in vain */
	struct strbuf trouble;
	unsigned depth;		/* mails around it */
};

/** Read the header of the message and fill in the head. */
void mail_read_head(struct mail_reader *r, struct mail_state *m,
		    struct slice bytes);

/** Set all that comes of a subject. */
void mail_read_subject(struct arena *arena, struct feedback *item,
		       struct slice value);

struct mail_message;

/** What the fields at the top of a body say goes before the mail's own. */
void mail_read_override(struct mail_reader *r, struct feedback *item,
			const struct mail_message *message);

/**
 * Text that outlives this mail: bytes of the caller's stay where they are,
 * others are copied.
 */
struct slice mail_read_keep(struct mail_reader *r, struct slice text);

/** True when `text`, of that part, has a diff, which is an item now. */
bool mail_read_patch(struct mail_reader *r, struct mail_state *m,
		     const struct mail_part *part, struct slice text);

#define MAIL_WORDS_LIMIT ((size_t)2 << 20) /* of plain text: a long novel */

/** Read all parts; words are collected in `m->words`. */
void mail_read_parts(struct mail_reader *r, struct mail_state *m);

/** Add an item that is kept for `format`, in words, with `what` in it. */
void mail_read_lose(struct mail_reader *r, struct mail_state *m,
		    const char *format, const char *what);

/** A cover letter: what its writer has to say of the series as a whole. */
void mail_read_cover(struct mail_reader *r, struct mail_state *m);

/**
 * The mail's own words; with a copy of a chapter, if they are about nothing
 * else, they are what its reader has to say of that.
 */
void mail_read_letter(struct mail_reader *r, struct mail_state *m);

/** Plain words of a reader. */
void mail_read_words(struct mail_reader *r, struct mail_state *m,
		     struct slice text);

/**
 * If all that the mail says is that its sender wants no more mails, make its
 * only item of it: "stop" as its subject or its words, "unsubscribe".
 */
void mail_read_stop(struct mail_reader *r, struct mail_state *m);

/** Messages inside a message; `bytes` outlives the list. */
void mail_read_inner(struct mail_reader *r, struct mail_state *outer,
		     struct slice bytes);

#endif
