/* SPDX-License-Identifier: MIT */
/*
 * The author's own way to send mail, as git send-email knows it:
 * sendemail.sendmailCmd, or sendemail.smtpServer: the path of a program, or a
 * host, which msmtp talks to; with sendemail.identity before them; else
 * sendmail, then msmtp. From git's config alone: nothing that is tracked can
 * name a program.
 */
#ifndef MAILER_H
#define MAILER_H

#include <stdbool.h>

#include "slice.h"

struct error;
struct repository;
struct mailer;

/** Find the program. ERROR_NOT_FOUND, with words that say what to do. */
int mailer_open(struct mailer **out, struct repository *repo,
		struct error *err);
void mailer_close(struct mailer *mailer);

/**
 * Hand a mail over; the addresses are the envelope's. ERROR_INVALID: this one
 * is refused for good; ERROR_BUSY: not taken now, another time it may be;
 * ERROR_NOT_FOUND: there is no such program; ERROR_IO: no mail can be sent.
 */
int mailer_send(struct mailer *mailer, struct slice mail, const char *from,
		const char *to, struct error *err);

/** The value of sendemail.<key> for the identity in use; NULL: not set. The
 * caller frees it. */
char *mailer_config(struct repository *repo, const char *key);

/** Is it set, to nothing? */
bool mailer_config_is_empty(struct repository *repo, const char *key);

#endif
