/* SPDX-License-Identifier: MIT */
/* LF and CRLF: a property of a whole text, kept out of comparing it. */
#ifndef LINE_ENDS_H
#define LINE_ENDS_H

#include "slice.h"

struct strbuf;

enum line_end {
	LINE_END_ANY,		/* it has no line ends */
	LINE_END_LF,		/* at least one */
	LINE_END_CRLF		/* all of them */
};

enum line_end line_end_of(struct slice text);

/** The text with LF line ends: itself, or, if it has CRLF, made in `copy`. */
struct slice line_end_to_lf(struct slice text, struct strbuf *copy);

/** Append a text that has LF line ends with CRLF. */
void line_end_add_crlf(struct strbuf *out, struct slice text);

#endif
