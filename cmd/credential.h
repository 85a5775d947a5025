/* SPDX-License-Identifier: MIT */
/*
 * Passwords, from where the author keeps them: git-credential(1), with the
 * helpers that git's config names; it asks at the terminal when none knows.
 */
#ifndef CREDENTIAL_H
#define CREDENTIAL_H

#include "strbuf.h"

struct error;

struct credential {
	struct strbuf all;	/* as git writes it: what a helper is told */
	struct strbuf password;
};

#define CREDENTIAL_INIT { STRBUF_INIT, STRBUF_INIT }

void credential_release(struct credential *credential);

/** Find the password of that user. ERROR_NOT_FOUND: nobody knows it. */
int credential_fill(struct credential *out, const char *protocol,
		    const char *host, const char *user, struct error *err);

/** It was right: helpers may keep it. Or wrong: they should not. */
void credential_approve(const struct credential *credential);
void credential_reject(const struct credential *credential);

#endif
