/* SPDX-License-Identifier: MIT */
/*
 * Spans of time, as people say them. A day has 24 hours, also where clocks
 * are put forward or back: what is measured is how long somebody waited.
 */
#ifndef DURATION_H
#define DURATION_H

#include <stdint.h>

struct error;

/**
 * Read "90m", "12h", "2d" or "3w" into seconds: a whole number, up to ten
 * years. ERROR_MALFORMED.
 */
int duration_parse(int64_t *seconds, const char *text, struct error *err);

#define DURATION_SIZE 32

/**
 * "less than a minute", "20 minutes", "1 hour", "47 hours", "2 days": in the
 * largest unit of which there are two, but for one hour and one minute;
 * rounded down. What is below 0 is nothing.
 */
void duration_words(char out[DURATION_SIZE], int64_t seconds);

#endif
