/* SPDX-License-Identifier: MIT */
/*
 * Dates as git takes them from GIT_AUTHOR_DATE (git-commit(1), DATE FORMATS):
 * git's own, "1767323045 +0100" or "@1767323045", and ISO 8601,
 * "2026-01-02T03:04:05+01:00" or "2026-01-02 03:04", which is local time.
 */
#ifndef GIT_DATE_H
#define GIT_DATE_H

#include <stdint.h>

struct error;

/**
 * Read `text` into seconds since 1970 UTC and the zone's minutes east of
 * Greenwich. ERROR_MALFORMED.
 */
int git_date_parse(int64_t *seconds, int *offset, const char *text,
		   struct error *err);

#endif
