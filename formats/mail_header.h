/* SPDX-License-Identifier: MIT */
/*
 * The header fields of a message or of a part of one (RFC 5322, RFC 2045),
 * and what stands in them.
 */
#ifndef MAIL_HEADER_H
#define MAIL_HEADER_H

#include <stdbool.h>

#include "arena.h"
#include "feedback.h"
#include "slice.h"

enum mail_field {		/* those that are of use here */
	MAIL_FROM,
	MAIL_REPLY_TO,
	MAIL_ORIGINAL_FROM,	/* X-Original-From, X-Original-Sender: kept by
				 * lists that put themselves into From */
	MAIL_TO,
	MAIL_CC,
	MAIL_SUBJECT,
	MAIL_DATE,
	MAIL_RECEIVED,		/* the topmost: when it was delivered */
	MAIL_MESSAGE_ID,
	MAIL_IN_REPLY_TO,
	MAIL_REFERENCES,
	MAIL_TYPE,		/* Content-Type */
	MAIL_ENCODING,		/* Content-Transfer-Encoding */
	MAIL_DISPOSITION,	/* Content-Disposition */
	MAIL_CUT,		/* mail_cut.h */
	MAIL_FIELD_COUNT
};

/** The first field of each name, as it stands there, folds included. */
struct mail_header {
	struct slice values[MAIL_FIELD_COUNT]; /* borrowed; len 0: none */
	unsigned known;		/* how many fields of a mail's were there,
				 * those that are not kept too */
	bool crlf;		/* lines end so */
	struct slice body;	/* what comes after the blank line */
};

/** Read the fields at the front of `entity`, which is borrowed. */
void mail_header_read(struct mail_header *header, struct slice entity);

/**
 * A value as text: unfolded, RFC 2047 words decoded, bytes that are not UTF-8
 * taken as Windows-1252, controls as spaces; cut at 64 KiB. A new string in
 * the arena.
 */
const char *mail_header_text(struct arena *arena, struct slice value);

/**
 * Who sent it: From, or whom a list says that it is from. Strings in the
 * arena; "" what is not known.
 */
struct person mail_header_sender(struct arena *arena,
				 const struct mail_header *header);

/** The first address of a value: "Ann <ann@example.org>". */
struct person mail_address(struct arena *arena, struct slice value);

/** A date, "Tue, 24 Nov 2026 15:04:05 +0100". False: there is none. */
bool mail_date(struct moment *out, struct slice value);

/** When it was sent; else when it was delivered, which is not the same. */
void mail_header_date(struct feedback *item, const struct mail_header *header);

/** The first id "<a@b>" of a value, or the last, without <>; else empty. */
struct slice mail_first_id(struct slice value);
struct slice mail_last_id(struct slice value);

#endif
