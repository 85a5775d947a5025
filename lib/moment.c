/* SPDX-License-Identifier: MIT */
/* Dates as mails write them; no zone of this machine in it. */
#include <stdio.h>
#include <string.h>

#include "calendar.h"
#include "error.h"
#include "moment.h"
#include "strbuf.h"

static const char days_of_week[7][4] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue",
				 "Wed" }; /* 1 January 1970 was a Thursday */
static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
				    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

#define DAY 86400

void moment_add_mail(struct strbuf *out, const struct moment *when)
{
	int64_t local = calendar_clamp(calendar_clamp(when->seconds) +
				       (int64_t)when->offset * 60);
	int64_t days = calendar_days_in(local);
	struct calendar_date date = calendar_date(days);
	unsigned second = (unsigned)(local - days * DAY);
	int minutes = when->offset < 0 ? -when->offset : when->offset;

	strbuf_addf(out, "%s, %d %s %d %02u:%02u:%02u %c%02d%02d",
		    days_of_week[(days % 7 + 7) % 7], (int)date.day,
		    months[date.month - 1], (int)date.year, second / 3600,
		    second / 60 % 60, second % 60,
		    when->offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

int moment_parse_mail(struct moment *when, struct slice text)
{
	char line[64], month[4], sign;
	unsigned day, hour, minute, second, zone, m;
	long long year;

	if (text.len >= sizeof(line))
		return ERROR_MALFORMED;
	memcpy(line, text.ptr ? text.ptr : "", text.len);
	line[text.len] = '\0';
	if (sscanf(line, "%*3[A-Za-z], %2u %3[A-Za-z] %6lld %2u:%2u:%2u "
		   "%c%4u", &day, month, &year, &hour, &minute, &second,
		   &sign, &zone) != 8 || (sign != '+' && sign != '-'))
		return ERROR_MALFORMED;
	for (m = 0; m < 12 && strcmp(month, months[m]); m++)
		;
	if (m == 12 || day < 1 || day > 31 || hour > 23 || minute > 59 ||
	    second > 60 || zone % 100 > 59 || zone > 1559)
		return ERROR_MALFORMED;
	when->offset = (int)(zone / 100 * 60 + zone % 100);
	if (sign == '-')
		when->offset = -when->offset;
	when->seconds = calendar_days((struct calendar_date){ year, m + 1,
							      day }) *
			DAY + hour * 3600 +
			minute * 60 + second - when->offset * 60;
	return 0;
}
