/* SPDX-License-Identifier: MIT */
/* How rounds are called. What may be one: review_round_check_name(). */
#ifndef ROUND_NAME_H
#define ROUND_NAME_H

/** As strcmp(), but 2 before 10: a total order. */
int round_name_compare(const char *a, const char *b);

/**
 * The number, if the name is one from 1 to 999,999,999 as we write it, up to
 * its end or a '/'; else 0.
 */
unsigned long round_name_number(const char *name);

#endif
