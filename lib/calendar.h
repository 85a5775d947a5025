/* SPDX-License-Identifier: MIT */
/* Moments as the calendar has them, and days: when an answer is due. */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <stdint.h>

struct error;
struct moment;

struct calendar_date {
	int64_t year, month, day;	/* Gregorian; month and day from 1 */
};

/** Days since 1970-01-01 of a date of the year 0 or later, and back. */
int64_t calendar_days(struct calendar_date date);
struct calendar_date calendar_date(int64_t days);

/** Days since 1970 of seconds since then, rounded down. */
int64_t calendar_days_in(int64_t seconds);

/** The nearest second of the years 1 to 9999: hostile commits have others. */
int64_t calendar_clamp(int64_t seconds);

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
