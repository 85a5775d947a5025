/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "duration.h"
#include "error.h"

static int64_t parsed(const char *text)
{
	struct error err = ERROR_INIT;
	int64_t seconds = -2;
	int rc = duration_parse(&seconds, text, &err);

	if (rc) {
		assert_int_equal(ERROR_MALFORMED, rc);
		assert_int_equal(-2, seconds);
		return -1;
	}
	return seconds;
}

static void spans_are_read(void **state)
{
	assert_int_equal(90 * 60, parsed("90m"));
	assert_int_equal(12 * 3600, parsed("12h"));
	assert_int_equal(2 * 86400, parsed("2d"));
	assert_int_equal(21 * 86400, parsed("3w"));
	assert_int_equal(0, parsed("0d"));
	assert_int_equal(3660 * INT64_C(86400), parsed("3660d"));
}

static void what_is_no_span_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "d", "2", "2 d", "2days", "-2d", "+2d", "2.5d", "2x",
		"3661d", "523w", "99999999999999999999999d", "2D"
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(-1, parsed(bad[i]));
}

static const char *words(int64_t seconds)
{
	static char out[DURATION_SIZE];

	duration_words(out, seconds);
	return out;
}

static void spans_are_said_as_people_do(void **state)
{
	assert_string_equal("less than a minute", words(INT64_MIN));
	assert_string_equal("less than a minute", words(59));
	assert_string_equal("1 minute", words(60));
	assert_string_equal("59 minutes", words(3599));
	assert_string_equal("1 hour", words(3600));
	assert_string_equal("47 hours", words(2 * 86400 - 1));
	assert_string_equal("2 days", words(2 * 86400));
	assert_string_equal("106751991167300 days", words(INT64_MAX));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spans_are_read),
		cmocka_unit_test(what_is_no_span_is_refused),
		cmocka_unit_test(spans_are_said_as_people_do),
	};

	return cmocka_run_group_tests_name("duration", tests, NULL, NULL);
}
