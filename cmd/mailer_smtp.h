/* SPDX-License-Identifier: MIT */
/*
 * An SMTP server, as sendemail.smtpServer and the settings beside it name it
 * for git-send-email(1): msmtp(1), told of it by options. Its password comes
 * through a pipe, so that it stands in no list of processes.
 */
#ifndef MAILER_SMTP_H
#define MAILER_SMTP_H

#include <stddef.h>

#include "slice.h"

struct error;
struct repository;
struct mailer_smtp;

/**
 * Read the settings; ask for the password if there is a user and none is set.
 * `program` is msmtp's path. ERROR_INVALID: a setting has a value that it
 * cannot have; ERROR_NOT_FOUND: no password.
 */
int mailer_smtp_open(struct mailer_smtp **out, struct repository *repo,
		     const char *server, const char *program,
		     struct error *err);
void mailer_smtp_close(struct mailer_smtp *smtp);

/** The program and its options. */
const char *const *mailer_smtp_words(const struct mailer_smtp *smtp,
				     size_t *count);

/** In the process that is to be the program: what it reads the password from.
 */
void mailer_smtp_prepare(const struct mailer_smtp *smtp);

/** What the program said by its exit status: the password may be kept where it
 * is from, or not. */
void mailer_smtp_judge(struct mailer_smtp *smtp, int status);

#endif
