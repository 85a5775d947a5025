/* SPDX-License-Identifier: MIT */
/* How status shows a round: to people, and to programs. */
#ifndef STATUS_PRINT_H
#define STATUS_PRINT_H

#include "round_status.h"

void status_print(const struct round_status *status, const struct moment *now);
void status_print_json(const struct round_status *status,
		       const struct moment *now);

#endif
