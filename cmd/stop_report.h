/* SPDX-License-Identifier: MIT */
/* Readers who want no more mails, as their mails say. */
#ifndef STOP_REPORT_H
#define STOP_REPORT_H

struct error;
struct feedback_list;
struct manuscript;

/**
 * Say on stdout who wants no more mails, and which line of the list of readers
 * to change for that: the list is the author's. Who is marked there already
 * is not told of. A list that cannot be read is none.
 */
void stop_report(const struct feedback_list *list,
		 const struct manuscript *ms);

#endif
