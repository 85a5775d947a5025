/* SPDX-License-Identifier: MIT */
/* What collect and am say of what was collected. */
#ifndef COLLECT_REPORT_H
#define COLLECT_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "collect.h"

/**
 * A line for each comment and a summary on stdout; `quiet`: only what could
 * not be placed, and no summary. Returns how many could not.
 */
size_t collect_report(const struct collection *collection, bool quiet);

#endif
