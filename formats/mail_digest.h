/* SPDX-License-Identifier: MIT */
/* Mails of a list, many in one: RFC 1153, as Mailman sends them. */
#ifndef MAIL_DIGEST_H
#define MAIL_DIGEST_H

#include <stdbool.h>

#include "mail_header.h"
#include "slice.h"

/**
 * Take the next mail out of `rest`, at first a digest's text: its header and
 * words, which are borrowed. False: there is no other one, and if this was
 * the first call, it is no digest.
 */
bool mail_digest_next(struct mail_header *mail, struct slice *rest);

#endif
