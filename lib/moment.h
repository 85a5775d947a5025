/* SPDX-License-Identifier: MIT */
/* Dates as mails write them (RFC 5322, 3.3). */
#ifndef MOMENT_H
#define MOMENT_H

#include "person.h"
#include "slice.h"

struct strbuf;

/** Append "Fri, 2 Jan 2026 03:04:05 +0100". */
void moment_add_mail(struct strbuf *out, const struct moment *when);

/** Read what moment_add_mail() wrote. ERROR_MALFORMED. */
int moment_parse_mail(struct moment *when, struct slice text);

#endif
