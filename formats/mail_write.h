/* SPDX-License-Identifier: MIT */
/*
 * Mails out, through GMime. The same mail is the same bytes, and but for its
 * date the same Message-ID: who gets it twice can tell.
 */
#ifndef MAIL_WRITE_H
#define MAIL_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "person.h"
#include "slice.h"

struct error;
struct strbuf;

struct mail_attachment {
	const char *name;	/* of the file; what is no letter, digit, '.',
				 * '-' or '_' of ASCII becomes '-' */
	const char *type;	/* "application/epub+zip" */
	struct slice bytes;
};

/**
 * What a mail says. Strings are UTF-8 and may come from anyone: controls in
 * them are spaces, so that no header can follow from them. "" for nothing,
 * never NULL.
 */
struct mail_draft {
	struct person from, to;
	struct moment when;
	const char *subject;
	const char *body;	/* each line is a paragraph, or a quote with
				 * "> " before it */
	const char *language;	/* BCP 47, of the body */
	const char *id;		/* how the Message-ID starts: mail_id.h */
	const char *reply_to;	/* an address */
	const char *in_reply_to; /* without <>; what is no id is left out */
	const char *const *references; /* ids, the oldest first */
	size_t reference_count;
	const char *unsubscribe; /* URL: List-Unsubscribe (RFC 2369) */
	const char *auto_submitted; /* "auto-generated" (RFC 3834) */
	const struct mail_attachment *attachments;
	size_t attachment_count;
};

/**
 * Append the mail with LF line ends, and its Message-ID, without <>, to `id`.
 * ERROR_INVALID: an address is none (see mail_address_is_valid()).
 */
int mail_write(struct strbuf *out, struct strbuf *id,
	       const struct mail_draft *draft, struct error *err);

#endif
