/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "error.h"
#include "git_date.h"

static void dates_are_read_as_git_reads_them(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds;
		int offset;
	} cases[] = {
		{ "@1767323045 +0000", 1767323045, 0 },
		{ "1767323045 -0330", 1767323045, -210 },
		{ "@0", 0, 0 },
		{ "2026-01-02T03:04:05Z", 1767323045, 0 },
		{ "2026-01-02 04:04:05 +0100", 1767323045, 60 },
		{ "2026-01-02T04:04:05+01:00", 1767323045, 60 },
		{ "2024-02-29T00:00", 1709164800, 0 },
		{ "1970-01-01 00:00:00", 0, 0 },
		{ "2000-12-31T23:59:59Z", 978307199, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct error err = ERROR_INIT;
		int64_t seconds;
		int offset;

		assert_int_equal(0, git_date_parse(&seconds, &offset,
						   cases[i].text, &err));
		assert_int_equal(cases[i].seconds, seconds);
		assert_int_equal(cases[i].offset, offset);
	}
}

static void without_a_zone_it_is_the_time_here(void **state)
{
	static const struct {
		const char *text;
		int64_t seconds;
		int offset;
	} cases[] = {
		{ "2026-03-29T01:59:59", 1774745999, 60 },
		{ "2026-03-29T03:00:00", 1774746000, 120 },
		{ "2026-07-01 12:00", 1782900000, 120 },
		{ "2026-03-29T03:00:00Z", 1774753200, 0 },
	};

	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	tzset();
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t seconds;
		int offset;

		assert_int_equal(0, git_date_parse(&seconds, &offset,
						   cases[i].text, NULL));
		assert_int_equal(cases[i].seconds, seconds);
		assert_int_equal(cases[i].offset, offset);
	}
	setenv("TZ", "UTC", 1);
	tzset();
}

static void other_words_are_no_date(void **state)
{
	static const char *const cases[] = {
		"", "@", "tomorrow", "2026-13-01T00:00", "2026-01-02",
		"@12 +01", "@12 +0100x", "2026-01-02T03:04:0", "@12 +9900"
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct error err = ERROR_INIT;
		int64_t seconds;
		int offset;

		assert_int_equal(ERROR_MALFORMED, git_date_parse(
			&seconds, &offset, cases[i], &err));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_zone_it_is_the_time_here),
		cmocka_unit_test(dates_are_read_as_git_reads_them),
		cmocka_unit_test(other_words_are_no_date),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
