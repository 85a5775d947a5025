/* SPDX-License-Identifier: MIT */
/* Whom the author's mails are from. */
#ifndef MAIL_SENDER_H
#define MAIL_SENDER_H

#include "identity.h"

/**
 * sendemail.from of git's config, "Ada Author <ada@example.org>", else who the
 * author is for git. Strings live as long as `me`.
 */
struct person mail_sender(struct identity *me, struct repository *repo);

#endif
