/* SPDX-License-Identifier: MIT */
/* What galley-verify says of a draft, to people and to programs. */
#ifndef VERIFY_PRINT_H
#define VERIFY_PRINT_H

#include <jansson.h>

#include "verify_compare.h"
#include "verify_files.h"

enum verdict {
	VERDICT_SAME,
	VERDICT_PACKED,		/* the same files, the archive differs */
	VERDICT_ALTERED,
	VERDICT_CHANGES,	/* made with changes that are in no commit */
	VERDICT_ELSEWHERE,	/* commit or round are not here: `why` */
	VERDICT_NOT_OURS,
	VERDICT_DAMAGED		/* it can't be read: `why` */
};

struct verified {
	const char *path;
	enum draft_kind kind;
	struct draft_origin origin;
	struct draft_comparison comparison;
	enum verdict verdict;
	const char *why;	/* "" */
};

void verified_print(const struct verified *v);
json_t *verified_json(const struct verified *v);

#endif
