/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "calendar.h"
#include "error.h"
#include "person.h"

#define NOW { 1767323045, 0 } /* 2026-01-02 03:04:05 */

static void a_day_is_that_of_its_zone(void **state)
{
	static const struct {
		struct moment moment;
		const char *day, *time;
	} cases[] = {
		{ NOW, "2026-01-02", "2026-01-02T03:04:05Z" },
		{ { 1767323045, -240 }, "2026-01-01", "2026-01-02T03:04:05Z" },
		{ { 1767311999, 1 }, "2026-01-02", "2026-01-01T23:59:59Z" },
		{ { 0, 0 }, "1970-01-01", "1970-01-01T00:00:00Z" },
		{ { -1, 0 }, "1969-12-31", "1969-12-31T23:59:59Z" },
		{ { 951782400, 0 }, "2000-02-29", "2000-02-29T00:00:00Z" },
		{ { INT64_C(-62135596800), 0 }, "0001-01-01",
		  "0001-01-01T00:00:00Z" },
		{ { INT64_MIN, -600 }, "0001-01-01", "0001-01-01T00:00:00Z" },
		{ { INT64_MAX, 600 }, "9999-12-31", "9999-12-31T23:59:59Z" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char day[CALENDAR_DAY_SIZE], time[CALENDAR_TIME_SIZE];

		calendar_day(day, &cases[i].moment);
		assert_string_equal(cases[i].day, day);
		calendar_time(time, &cases[i].moment);
		assert_string_equal(cases[i].time, time);
	}
}

static void days_are_named_or_counted_from_now(void **state)
{
	static const struct {
		struct moment now;
		const char *text, *day;
	} cases[] = {
		{ NOW, "2026-01-02", "2026-01-02" },
		{ NOW, "2026-12-24", "2026-12-24" },
		{ NOW, "2028-02-29", "2028-02-29" },
		{ NOW, "9999-12-31", "9999-12-31" },
		{ NOW, "+14d", "2026-01-16" },
		{ NOW, "14d", "2026-01-16" },
		{ NOW, "0d", "2026-01-02" },
		{ NOW, "2w", "2026-01-16" },
		{ NOW, "+52w", "2027-01-01" },
		{ { 1767323045, -240 }, "1d", "2026-01-02" },
		{ { 1709078400, 0 }, "1d", "2024-02-29" },
		{ { 1709078400, 0 }, "2d", "2024-03-01" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct error err = ERROR_INIT;
		char day[CALENDAR_DAY_SIZE];

		assert_int_equal(0, calendar_day_parse(
			day, cases[i].text, &cases[i].now, &err));
		assert_string_equal(cases[i].day, day);
	}
}

static void other_words_are_no_day(void **state)
{
	static const char *const cases[] = {
		"", "tomorrow", "2026", "2026-02-30", "2026-13-01",
		"2026-00-10", "2026-1-2", "2026-12-24 ", "0000-01-01", "+d",
		"14", "14days", "-14d", "99999999999999999999d", "3661d",
		"2026-02-29", "2026-12-241", "+ 1d", "+2m", "1w1d"
	};
	const struct moment now = NOW;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct error err = ERROR_INIT;
		char day[CALENDAR_DAY_SIZE];

		assert_int_equal(ERROR_MALFORMED, calendar_day_parse(
			day, cases[i], &now, &err));
	}
}

static void a_day_that_is_over_is_refused(void **state)
{
	const struct moment now = NOW, late = { INT64_MAX, 0 };
	struct error err = ERROR_INIT;
	char day[CALENDAR_DAY_SIZE];

	assert_int_equal(ERROR_INVALID, calendar_day_parse(
		day, "2026-01-01", &now, &err));
	assert_string_equal("the date '2026-01-01' is over", err.message);
	assert_int_equal(ERROR_INVALID, calendar_day_parse(day, "1d", &late,
							   &err));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_is_that_of_its_zone),
		cmocka_unit_test(days_are_named_or_counted_from_now),
		cmocka_unit_test(other_words_are_no_day),
		cmocka_unit_test(a_day_that_is_over_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
