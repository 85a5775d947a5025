/* SPDX-License-Identifier: MIT */
/* A part of a mail as text. */
#ifndef MAIL_TEXT_H
#define MAIL_TEXT_H

#include <stdbool.h>

#include "mail_parts.h"
#include "strbuf.h"

enum { MAIL_TEXT_STEPS = 8 };

struct mail_text {
	struct slice text;	/* UTF-8 without NULs; LF line ends where the
				 * file had CRLF everywhere, else as they
				 * came. Bytes of the message itself if
				 * nothing had to be done, else below */
	const char *trouble;	/* in words, static, or NULL */
	struct strbuf steps[MAIL_TEXT_STEPS];
};

void mail_text_init(struct mail_text *text);
void mail_text_release(struct mail_text *text);

/** How the file that holds the message was written. */
struct mail_container {
	bool crlf;		/* its line ends */
	bool quoted;		/* "From " was quoted: mbox_unquote() */
};

/** The bytes of a part without its transfer encoding. */
void mail_text_bytes(struct mail_text *text, const struct mail_part *part,
		     const struct mail_container *container);

/**
 * All of it: transfer encoding, charset, HTML, format=flowed. Good until the
 * next call.
 */
void mail_text_read(struct mail_text *text, const struct mail_part *part,
		    const struct mail_container *container);

#endif
