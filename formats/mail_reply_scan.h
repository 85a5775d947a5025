/* SPDX-License-Identifier: MIT */
/* Between mail_reply_edit.c and mail_reply_quoted.c alone: one paragraph that
 * is searched for corrections. */
#ifndef MAIL_REPLY_SCAN_H
#define MAIL_REPLY_SCAN_H

#include "mail_reply_private.h"

#define SCAN_LONGEST 4000	/* bytes of what is put in quotes */
#define SCAN_PAIRS 18

struct scan {
	struct reply_edits *edits;
	struct slice s;
	const struct reply_context *context;
	size_t done;		/* up to here it is part of an edit */
	size_t no_diff;		/* lines before here have been tried */
	size_t barren[SCAN_PAIRS]; /* no such quote closes before here: so
				 * that many that open are not searched
				 * again */
};

static inline char scan_at(struct slice s, size_t i)
{
	return i < s.len ? s.ptr[i] : '\0';
}

static inline bool scan_is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

/** A question, from `end` on, is not beyond doubt. */
bool scan_is_asked(struct slice s, size_t end);

/** Add an edit, unless it is a question or there are no old words. */
bool scan_put(struct scan *x, struct span span, struct slice old_words,
	      struct slice new_words, bool everywhere);

/* ---- mail_reply_quoted.c ------------------------------------------------ */

struct quoted {
	struct span all;	/* with its quotes */
	struct slice words;
};

/** Words in quotes of any kind that open at `i`. */
bool scan_quoted(struct quoted *out, struct slice s, size_t i,
		 size_t barren[SCAN_PAIRS]);

/** The length of an arrow at the front of `s`, or 0. */
size_t scan_arrow(struct slice s);

/** "old" -> "new", replace "old" by "new", "old" should be "new". */
bool scan_take_pair(struct scan *x, const struct quoted *old_words);

/** should read: "new" */
bool scan_take_whole(struct scan *x, const struct quoted *new_words);

#endif
