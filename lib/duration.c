/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "duration.h"
#include "error.h"

#define MINUTE INT64_C(60)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define LONGEST (3660 * DAY)

static int64_t unit_of(char letter)
{
	switch (letter) {
	case 'm':
		return MINUTE;
	case 'h':
		return HOUR;
	case 'd':
		return DAY;
	case 'w':
		return 7 * DAY;
	}
	return 0;
}

int duration_parse(int64_t *seconds, const char *text, struct error *err)
{
	size_t digits = strspn(text, "0123456789");
	int64_t unit = unit_of(text[digits]), n = 0;

	if (!digits || !unit || text[digits + 1])
		return error_set(err, ERROR_MALFORMED, "'%s' is no span of "
				 "time; such are 90m, 12h, 2d and 3w", text);
	for (size_t i = 0; i < digits && n <= LONGEST; i++)
		n = n * 10 + (text[i] - '0');
	if (n > LONGEST / unit)
		return error_set(err, ERROR_MALFORMED, "'%s' is longer than "
				 "ten years", text);
	*seconds = n * unit;
	return 0;
}

static void say(char out[DURATION_SIZE], int64_t n, const char *unit)
{
	snprintf(out, DURATION_SIZE, "%" PRId64 " %s%s", n, unit,
		 n == 1 ? "" : "s");
}

void duration_words(char out[DURATION_SIZE], int64_t seconds)
{
	if (seconds < MINUTE)
		snprintf(out, DURATION_SIZE, "less than a minute");
	else if (seconds < HOUR)
		say(out, seconds / MINUTE, "minute");
	else if (seconds < 2 * DAY)
		say(out, seconds / HOUR, "hour");
	else
		say(out, seconds / DAY, "day");
}
