/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "person.h"
#include "strbuf.h"

static void assert_cleaned(const char *wanted, const char *text)
{
	struct strbuf out = STRBUF_INIT;

	person_clean(&out, text);
	assert_string_equal(wanted, out.buf);
	strbuf_release(&out);
}

static void names_are_as_git_keeps_them(void **state)
{
	assert_cleaned("Ada Reader", " \"Ada Reader\", ");
	assert_cleaned("Ada O'Hara Jr", "'Ada O'Hara Jr.'");
	assert_cleaned("ada@example.org", "<ada@example.org>");
	assert_cleaned("a b", "a\n b");
	assert_cleaned("ab", "a<>b");
	assert_cleaned("Zo\u00EB \u732B", "Zo\u00EB \u732B");
	assert_cleaned("", " .,:;<>\"\\' ");
	assert_cleaned("", "");
}

static void controls_are_left_out(void **state)
{
	assert_cleaned("a[31mb", "a\x1B[31mb");
	assert_cleaned("ab", "a\x7F" "b\x01");
	assert_cleaned("ab", "a\xC2\x9B" "b");
	assert_cleaned("a\xC2", "a\xC2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_as_git_keeps_them),
		cmocka_unit_test(controls_are_left_out)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
