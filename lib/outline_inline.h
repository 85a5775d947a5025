/* SPDX-License-Identifier: MIT */
/*
 * What stands in a line of an outline or in a heading, as Markdown: links and
 * words. CommonMark 0.30, chapter 6, as far as titles need it; linear in the
 * line's length.
 */
#ifndef OUTLINE_INLINE_H
#define OUTLINE_INLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

struct strbuf;

struct outline_link {
	struct slice title, url;	/* as written */
	struct span span;		/* of the text it was found in */
};

/** The first link of the text. */
bool outline_find_link(struct outline_link *out, struct slice text);

/** Append with U+FFFD for each byte that is not UTF-8. */
void outline_add_clean(struct strbuf *out, struct slice text);

/** Append with backslash escapes resolved. */
void outline_unescape(struct strbuf *out, struct slice text);

/** Append the words of Markdown inlines: no emphasis, code marks, tags. */
void outline_plain_title(struct strbuf *out, struct slice text);

/**
 * From `start` on, make one blank of many, and of control characters; leave
 * none at the ends.
 */
void outline_fold_blanks(struct strbuf *out, size_t start);

#endif
