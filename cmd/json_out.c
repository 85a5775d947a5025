/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "calendar.h"
#include "json_out.h"

json_t *json_text(const char *text)
{
	json_t *string = json_string(text);

	return string ? string : json_string("\xEF\xBF\xBD");
}

json_t *json_time(const struct moment *moment)
{
	char time[CALENDAR_TIME_SIZE];

	calendar_time(time, moment);
	return json_string(time);
}

void json_set_number(json_t *object, const char *key, size_t number)
{
	json_object_set_new(object, key, json_integer((json_int_t)number));
}

void json_print(json_t *json)
{
	json_dumpf(json, stdout, JSON_INDENT(2));
	putchar('\n');
	json_decref(json);
}
