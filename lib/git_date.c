/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "calendar.h"
#include "error.h"
#include "git_date.h"

/* `count` digits; or as many as there are, up to 15, when it is 0. */
static bool read_number(int64_t *out, const char **at, int count)
{
	int n = 0;

	*out = 0;
	while (isdigit((unsigned char)**at) && n < (count ? count : 15)) {
		*out = *out * 10 + (*(*at)++ - '0');
		n++;
	}
	return count ? n == count : n > 0;
}

static bool skip(const char **at, const char *set)
{
	if (!**at || !strchr(set, **at))
		return false;
	++*at;
	return true;
}

/* "", "Z", "+0100", "+01:00", a blank before it */
static bool read_zone(int *offset, const char **at)
{
	bool west;
	int64_t hours, minutes;

	*offset = 0;
	skip(at, " ");
	if (!**at || skip(at, "Zz"))
		return true;
	west = **at == '-';
	if (!skip(at, "+-") || !read_number(&hours, at, 2))
		return false;
	skip(at, ":");
	if (!read_number(&minutes, at, 2) || hours > 14 || minutes > 59)
		return false;
	*offset = (int)(hours * 60 + minutes);
	if (west)
		*offset = -*offset;
	return true;
}

/* The zone of this machine at that day and hour, as git takes it; where the
 * clock is put forward or back, as the C library has it. */
static int local_offset(int64_t utc, const struct tm *read)
{
	struct tm tm = *read;
	time_t local;

	tm.tm_isdst = -1;
	local = mktime(&tm);
	return local == (time_t)-1 ? 0 : (int)((utc - local) / 60);
}

static bool read_calendar(int64_t *seconds, int *offset, const char **at)
{
	int64_t hour, minute, second = 0;
	struct calendar_date d;

	if (!read_number(&d.year, at, 4) || !skip(at, "-") ||
	    !read_number(&d.month, at, 2) || !skip(at, "-") ||
	    !read_number(&d.day, at, 2) || !skip(at, "T ") ||
	    !read_number(&hour, at, 2) || !skip(at, ":") ||
	    !read_number(&minute, at, 2))
		return false;
	if (skip(at, ":") && !read_number(&second, at, 2))
		return false;
	if (d.year < 1970 || d.month < 1 || d.month > 12 || d.day < 1 ||
	    d.day > 31 || hour > 23 || minute > 59 || second > 60)
		return false;
	*seconds = calendar_days(d) * 86400 + hour * 3600 + minute * 60 +
		   second;
	if (!**at)
		*offset = local_offset(*seconds, &(struct tm){
			.tm_year = (int)d.year - 1900,
			.tm_mon = (int)d.month - 1, .tm_mday = (int)d.day,
			.tm_hour = (int)hour, .tm_min = (int)minute,
			.tm_sec = (int)second });
	else if (!read_zone(offset, at))
		return false;
	*seconds -= *offset * 60;
	return true;
}

int git_date_parse(int64_t *seconds, int *offset, const char *text,
		   struct error *err)
{
	const char *at = text;
	bool ok;

	if (strlen(text) > 4 && text[4] == '-') {
		ok = read_calendar(seconds, offset, &at);
	} else {
		skip(&at, "@");
		ok = read_number(seconds, &at, 0) && read_zone(offset, &at);
	}
	if (ok && !*at)
		return 0;
	return error_set(err, ERROR_MALFORMED, "cannot read the date '%s'",
			 text);
}
