/* SPDX-License-Identifier: MIT */
/* Dates as mails and events write them; no zone of this machine in it. */
#include <stdio.h>
#include <string.h>

#include "error.h"
#include "moment.h"
#include "strbuf.h"

static const char days[7][4] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue",
				 "Wed" }; /* 1 January 1970 was a Thursday */
static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
				    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

#define DAY INT64_C(86400)

struct civil {
	int64_t year;
	unsigned month, day;	/* from 1 */
	unsigned hour, minute, second;
	unsigned weekday;	/* index in `days` */
};

/* The Gregorian calendar by eras of 400 years, each starting in March. */
static struct civil civil_of(int64_t seconds)
{
	int64_t n = seconds / DAY, left = seconds % DAY, era, year;
	unsigned of_era, year_of_era, of_year, month;

	if (left < 0) {
		left += DAY;
		n--;
	}
	seconds = n;
	n += 719468;
	era = (n >= 0 ? n : n - 146096) / 146097;
	of_era = (unsigned)(n - era * 146097);
	year_of_era = (of_era - of_era / 1460 + of_era / 36524 -
		       of_era / 146096) / 365;
	of_year = of_era - (365 * year_of_era + year_of_era / 4 -
			    year_of_era / 100);
	month = (5 * of_year + 2) / 153;
	year = (int64_t)year_of_era + era * 400 + (month >= 10);
	return (struct civil){
		year, month < 10 ? month + 3 : month - 9,
		of_year - (153 * month + 2) / 5 + 1,
		(unsigned)(left / 3600), (unsigned)(left / 60 % 60),
		(unsigned)(left % 60), (unsigned)((seconds % 7 + 7) % 7)
	};
}

static int64_t days_of(int64_t year, unsigned month, unsigned day)
{
	int64_t era;
	unsigned year_of_era, of_year;

	year -= month <= 2;
	era = (year >= 0 ? year : year - 399) / 400;
	year_of_era = (unsigned)(year - era * 400);
	of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day -
		  1;
	return era * 146097 + (int64_t)(year_of_era * 365 + year_of_era / 4 -
					year_of_era / 100 + of_year) - 719468;
}

void moment_add_mail(struct strbuf *out, const struct moment *when)
{
	struct civil c = civil_of(when->seconds + when->offset * 60);
	int minutes = when->offset < 0 ? -when->offset : when->offset;

	strbuf_addf(out, "%s, %u %s %lld %02u:%02u:%02u %c%02d%02d",
		    days[c.weekday], c.day, months[c.month - 1],
		    (long long)c.year, c.hour, c.minute, c.second,
		    when->offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

void moment_add_utc(struct strbuf *out, int64_t seconds)
{
	struct civil c = civil_of(seconds);

	strbuf_addf(out, "%04lld-%02u-%02uT%02u:%02u:%02uZ",
		    (long long)c.year, c.month, c.day, c.hour, c.minute,
		    c.second);
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
	when->seconds = days_of(year, m + 1, day) * DAY + hour * 3600 +
			minute * 60 + second - when->offset * 60;
	return 0;
}
