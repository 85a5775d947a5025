/* SPDX-License-Identifier: MIT */
/*
 * What a subject says: "Re: [book] [PATCH v2 3/7] grey, not gray";
 * "AW: The Fog, round 2, 3.14".
 */
#ifndef MAIL_SUBJECT_H
#define MAIL_SUBJECT_H

#include <stdbool.h>

#include "slice.h"

/** Slices of the subject. */
struct mail_subject {
	struct slice text;	/* without "Re:", "Fwd:" in any language, and
				 * without tags in brackets before it */
	struct slice round;	/* "2" of "round 2", "[PATCH round/2]" or
				 * "[book r2 R7K3QX]"; or empty */
	struct slice code;	/* "R7K3QX" of that, a reader's; or empty */
	struct slice label;	/* "3.14" at the end of it, after a round; or
				 * empty */
	unsigned number, total;	/* of "[PATCH 3/7]"; 0: none, or a cover
				 * letter if `in_series` */
	unsigned version;	/* of "[PATCH v2]"; 1 if not said */
	bool in_series;		/* it has "n/m" */
	bool is_reply;		/* "Re:" */
};

/** Read a decoded subject on one line. Linear. */
void mail_subject_read(struct mail_subject *out, struct slice subject);

#endif
