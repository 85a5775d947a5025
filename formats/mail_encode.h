/* SPDX-License-Identifier: MIT */
/*
 * Words of all scripts as a header can have them (RFC 2047): in encoded words
 * of 75 letters or less, of whole characters; GMime's are as long as a text
 * without spaces is.
 */
#ifndef MAIL_ENCODE_H
#define MAIL_ENCODE_H

#include "slice.h"

struct strbuf;

/**
 * Append a field's value, folded into lines of 76 columns where it can be;
 * the first of them begins after `column` columns (at most 30). `text` is
 * UTF-8 without controls.
 */
void mail_encode_text(struct strbuf *out, struct slice text, size_t column);

/** Append "Name <address>": a mailbox (RFC 5322, 3.4); the name may be "". */
void mail_encode_mailbox(struct strbuf *out, const char *name,
			 const char *address, size_t column);

#endif
