/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "calendar.h"
#include "error.h"
#include "person.h"

enum { DAY = 86400, MOST_DAYS = 3660 };

/*
 * Days since 1970-01-01 in the Gregorian calendar and back. Years begin in
 * March, so that the leap day is the last, and count in eras of 400 years.
 */
#define DAYS_OF_ERA 146097
#define EPOCH 719468 /* days from 0000-03-01 to 1970-01-01 */

int64_t calendar_days(struct calendar_date d)
{
	int64_t year = d.year - (d.month < 3);
	int64_t month = d.month < 3 ? d.month + 9 : d.month - 3;

	return year * 365 + year / 4 - year / 100 + year / 400 +
	       (153 * month + 2) / 5 + d.day - 1 - EPOCH;
}

struct calendar_date calendar_date(int64_t days)
{
	int64_t era, in_era, year, in_year, month;

	days += EPOCH;
	era = days / DAYS_OF_ERA;
	in_era = days % DAYS_OF_ERA;
	year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) /
	       365;
	in_year = in_era - (365 * year + year / 4 - year / 100);
	month = (5 * in_year + 2) / 153;
	return (struct calendar_date){
		era * 400 + year + (month > 9),
		month > 9 ? month - 9 : month + 3,
		in_year - (153 * month + 2) / 5 + 1
	};
}

int64_t calendar_clamp(int64_t seconds)
{
	const int64_t first = INT64_C(-62135596800); /* 0001-01-01 */
	const int64_t last = INT64_C(253402300799); /* 9999-12-31 23:59:59 */

	return seconds < first ? first : seconds > last ? last : seconds;
}

int64_t calendar_days_in(int64_t seconds)
{
	return (seconds + (int64_t)EPOCH * DAY) / DAY - EPOCH;
}

static int64_t local_day(const struct moment *moment)
{
	return calendar_days_in(calendar_clamp(calendar_clamp(moment->seconds) +
			     (int64_t)moment->offset * 60));
}

static void write_day(char out[CALENDAR_DAY_SIZE], struct calendar_date d)
{
	char text[64];

	snprintf(text, sizeof(text), "%04d-%02d-%02d", (int)d.year,
		 (int)d.month, (int)d.day);
	memcpy(out, text, CALENDAR_DAY_SIZE - 1);
	out[CALENDAR_DAY_SIZE - 1] = '\0';
}

void calendar_day(char out[CALENDAR_DAY_SIZE], const struct moment *moment)
{
	write_day(out, calendar_date(local_day(moment)));
}

void calendar_time(char out[CALENDAR_TIME_SIZE], const struct moment *moment)
{
	int64_t seconds = calendar_clamp(moment->seconds);
	int64_t days = calendar_days_in(seconds);
	unsigned of_day = (unsigned)(seconds - days * DAY) % DAY;
	char text[64];

	write_day(out, calendar_date(days));
	snprintf(text, sizeof(text), "T%02u:%02u:%02uZ", of_day / 3600,
		 of_day / 60 % 60, of_day % 60);
	memcpy(out + CALENDAR_DAY_SIZE - 1, text,
	       CALENDAR_TIME_SIZE - CALENDAR_DAY_SIZE + 1);
}

static int digits(const char *at, int count)
{
	int n = 0;

	while (count--)
		n = n * 10 + (*at++ - '0');
	return n;
}

static bool read_date(int64_t *days, const char *text)
{
	static const char form[] = "0000-00-00";
	struct calendar_date d, back;

	for (size_t i = 0; i < sizeof(form); i++)
		if (form[i] == '0' ? !isdigit((unsigned char)text[i])
				   : text[i] != form[i])
			return false;
	d = (struct calendar_date){ digits(text, 4), digits(text + 5, 2),
			  digits(text + 8, 2) };
	if (d.year < 1 || d.month < 1 || d.month > 12)
		return false;
	*days = calendar_days(d);
	back = calendar_date(*days); /* another one, if that month is shorter */
	return back.month == d.month && back.day == d.day;
}

/* "+14d", "14d", "2w" */
static bool read_distance(int64_t *days, const char *text)
{
	int64_t n = 0;

	text += *text == '+';
	if (!isdigit((unsigned char)*text))
		return false;
	for (; isdigit((unsigned char)*text) && n <= MOST_DAYS; text++)
		n = n * 10 + (*text - '0');
	if (*text != 'd' && *text != 'w')
		return false;
	*days = *text == 'w' ? n * 7 : n;
	return !text[1] && *days <= MOST_DAYS;
}

int calendar_day_parse(char out[CALENDAR_DAY_SIZE], const char *text,
		   const struct moment *now, struct error *err)
{
	int64_t days, from = local_day(now);

	if (read_distance(&days, text))
		days += from;
	else if (!read_date(&days, text))
		return error_set(err, ERROR_MALFORMED, "cannot read the date "
				 "'%s'; write 2026-12-24, or +14d, or 2w",
				 text);
	if (calendar_date(days).year > 9999)
		return error_set(err, ERROR_INVALID,
				 "the date '%s' is too far away", text);
	if (days < from)
		return error_set(err, ERROR_INVALID,
				 "the date '%s' is over", text);
	write_day(out, calendar_date(days));
	return 0;
}
