/* SPDX-License-Identifier: MIT */
/* Text signed in place (RFC 9580, 7: the Cleartext Signature Framework). */
#ifndef MAIL_SIGNED_H
#define MAIL_SIGNED_H

#include "slice.h"

struct strbuf;

/**
 * The text without the lines that OpenPGP puts around what is signed and
 * without the dashes before its lines: `text` itself if there is nothing of
 * that, else in `scratch`. No signature is checked.
 */
struct slice mail_without_armour(struct strbuf *scratch, struct slice text);

#endif
