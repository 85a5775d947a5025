/* SPDX-License-Identifier: MIT */
/* The page that tells readers how to comment, in the book's language. */
#ifndef HOW_TO_COMMENT_H
#define HOW_TO_COMMENT_H

#include <stdbool.h>

struct book;
struct strbuf;

struct how_to_comment {
	const char *language;	/* BCP 47 */
	int level;		/* of its headings, below the page's own */
	bool labelled;		/* paragraphs have their numbers */
	bool page;		/* it is a page to mark words in */
};

/**
 * Append the ways that this draft has, as XHTML: by mail, if there is an
 * address; on the web, if review.site has one; in an e-reader; as a patch.
 */
void how_to_comment(struct strbuf *out, const struct book *book,
		    const struct how_to_comment *how);

/** Append how a mail about the draft begins when it is written by hand:
 * "r2 3.14", "r2"; nothing for neither. */
void how_to_begin(struct strbuf *out, const struct book *book,
		  const char *label);

#endif
