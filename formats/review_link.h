/* SPDX-License-Identifier: MIT */
/*
 * The one link at a chapter's end. The setting review.link says where it
 * leads: "mailto" (also when it is not set), to a mail whose subject names
 * the round and the chapter, or an address such as
 *
 *	https://example.org/tide/{round}/{chapter}.html?reader={code}
 *
 * with these in it, each as often as wanted, percent-encoded:
 *
 *	{book}		the title, "the-tide-table"
 *	{round}		"2"
 *	{chapter}	the chapter's name, as galley's sites call its file
 *	{label}		the chapter's label, "3"
 *	{code}		the reader's, "R7K3QX"; empty in copies for all
 */
#ifndef REVIEW_LINK_H
#define REVIEW_LINK_H

#include <stdbool.h>

struct book;
struct book_entry;
struct strbuf;

/**
 * Append the address for a chapter, or with `entry` NULL for the whole book,
 * as a URL that is not escaped for HTML. False, and nothing appended, when
 * there is none: nothing is set, or what is set is no such address. One that
 * cannot do without a round (a chapter) is for rounds (chapters) only; the
 * rest is led to the mail.
 */
bool review_link(struct strbuf *url, const struct book *book,
		 const struct book_entry *entry);

/** Tell book_warn() when the setting is neither of both. */
void review_link_warn(const struct book *book);

#endif
