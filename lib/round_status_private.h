/* SPDX-License-Identifier: MIT */
/* What the files of the status share; nobody else includes it. */
#ifndef ROUND_STATUS_PRIVATE_H
#define ROUND_STATUS_PRIVATE_H

#include <stdint.h>

#include "round_status.h"

#define STATUS_NOTHING (struct status_count){ .since = INT64_MAX }

/** Is the comment one of the round, and waited for by its reader? */
bool status_counts(const struct review_comment *comment, const char *round);

void status_count_comment(struct status_count *count,
			  const struct review_comment *comment, bool by_mail);

/** Fill the readers of the round that was chosen. */
int status_read_readers(struct round_status *status,
			const struct status_sources *from, struct error *err);

#endif
