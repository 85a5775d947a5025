/* SPDX-License-Identifier: MIT */
/* Moments as the calendar has them, and days: when an answer is due. */
#ifndef CALENDAR_H
#define CALENDAR_H

struct error;
struct moment;

#define CALENDAR_DAY_SIZE 11	/* "2026-12-24" and its NUL */
#define CALENDAR_TIME_SIZE 21	/* "2026-12-24T03:04:05Z" and its NUL */

/**
 * The day of a moment in its own zone, and the moment in UTC. Those before
 * the year 1 or after 9999 come out as the first or last that there is.
 */
void calendar_day(char out[CALENDAR_DAY_SIZE], const struct moment *moment);
void calendar_time(char out[CALENDAR_TIME_SIZE], const struct moment *moment);

/**
 * Read "2026-12-24", or a number of days or weeks from the day of `now`:
 * "+14d", "2w", up to ten years. ERROR_MALFORMED; ERROR_INVALID for a day
 * that is over.
 */
int calendar_day_parse(char out[CALENDAR_DAY_SIZE], const char *text,
		       const struct moment *now, struct error *err);

#endif
