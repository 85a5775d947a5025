/* SPDX-License-Identifier: MIT */
/* What would trip a reader of a manuscript, or an export of it. */
#ifndef CHECK_H
#define CHECK_H

#include <stddef.h>

#include "document.h"
#include "manuscript.h"

struct error;

struct check_finding {
	const char *path;	/* of the file, from the root */
	size_t line;		/* from 1; 0: the file as a whole */
	size_t column;		/* in characters, from 1; 0: the line */
	const char *message;	/* may hold bytes of the text: unsafe to print
				 * as they are */
};

/**
 * Look through the whole manuscript and tell of each finding: those of the
 * outline first, then chunk by chunk in reading order, by place. Returns how
 * many, or an error.
 */
int check_manuscript(const struct manuscript *ms, document_reader *reader,
		     void (*found)(const struct check_finding *, void *data),
		     void *data, struct error *err);

#endif
