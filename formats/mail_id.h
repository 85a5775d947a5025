/* SPDX-License-Identifier: MIT */
/*
 * Message-IDs of the mails that we send to readers, so that an answer says
 * what it is an answer to (RFC 5322, 3.6.4):
 *
 *	galley.r2.R7K3QX.0123456789abcdef@example.org	round 2
 *	galley.t.R7K3QX.0123456789abcdef@example.org	an answer to what the
 *							reader said
 */
#ifndef MAIL_ID_H
#define MAIL_ID_H

#include <stdbool.h>

#include "slice.h"

struct strbuf;

/** Append what comes before the hash: "galley.r2.R7K3QX". `round` NULL: an
 * answer. */
void mail_id_start(struct strbuf *out, const char *round, const char *code);

/**
 * Is the id (without <>) one of these? Then the name of its round is appended
 * to `round` (nothing for an answer), and `code` is a part of the id.
 */
bool mail_id_read(struct strbuf *round, struct slice *code, struct slice id);

/** Can this stand in a header as an id, without <>? */
bool mail_id_is_valid(struct slice id);

#endif
