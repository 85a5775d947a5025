/* SPDX-License-Identifier: MIT */
/* What apply, am and review do with comments, and say of it. */
#ifndef APPLY_REPORT_H
#define APPLY_REPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "apply.h"
#include "identity.h"
#include "manuscript.h"
#include "review.h"

struct apply_run {
	struct manuscript *ms;
	struct review *review;
	const struct identity *me;
	bool dry_run;
	enum apply_marks marks;
	bool quiet;		/* only say what is left */
	size_t applied, already, left; /* counted here */
};

/**
 * Apply comments order[0], order[1] …, of each the passage parts[n] (`parts`
 * NULL: the whole), publish them together, note what the text said already,
 * and print a line for each.
 */
int apply_run(struct apply_run *run, const size_t *order,
	      const unsigned *parts, size_t count, struct error *err);

#endif
