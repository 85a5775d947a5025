/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "alloc.h"
#include "credits_private.h"
#include "error.h"
#include "settings.h"
#include "strbuf.h"

static void add(struct credits *credits, const char *name, size_t edits,
		size_t remarks)
{
	GROW(credits->items, credits->count, credits->capacity);
	credits->items[credits->count++] = (struct credit){
		.name = name, .code = "R00000", .edits = edits,
		.remarks = remarks
	};
}

static void assert_sentence(const char *expected,
			    const struct credits *credits,
			    enum credits_part part, const char *language)
{
	struct strbuf out = STRBUF_INIT;

	credits_sentence(&out, credits, part, language);
	assert_string_equal(expected, out.buf);
	strbuf_release(&out);
}

static void names_are_joined_as_the_language_has_it(void **state)
{
	struct credits c = CREDITS_INIT;

	assert_sentence("", &c, CREDITS_NAMES, "en");
	assert_sentence("", &c, CREDITS_WORDS, "en");
	add(&c, "Ann", 1, 0);
	assert_sentence("Ann.", &c, CREDITS_NAMES, "en");
	assert_sentence("Readers whose words are in this book: Ann.", &c,
			CREDITS_WORDS, "en-GB");
	assert_sentence("", &c, CREDITS_REMARKS, "en");
	add(&c, "Isabel", 1, 0);
	assert_sentence("Ann and Isabel.", &c, CREDITS_NAMES, "EN");
	assert_sentence("Ann e Isabel.", &c, CREDITS_NAMES, "es");
	add(&c, "Hiedra", 1, 0);
	assert_sentence("Ann, Isabel and Hiedra.", &c, CREDITS_NAMES, "en");
	assert_sentence("Ann, Isabel und Hiedra.", &c, CREDITS_NAMES,
			"de-CH");
	assert_sentence("Ann, Isabel y Hiedra.", &c, CREDITS_NAMES, "es-MX");
	assert_sentence("Ann、Isabel、Hiedra。", &c, CREDITS_NAMES, "ja");
	assert_sentence("Ann, Isabel, Hiedra", &c, CREDITS_NAMES, "fi");
	assert_sentence("Ann, Isabel, Hiedra", &c, CREDITS_WORDS, "eng");
	assert_sentence("Ann, Isabel, Hiedra", &c, CREDITS_WORDS, "");
	credits_release(&c);
}

static void a_name_is_said_once(void **state)
{
	struct credits c = CREDITS_INIT;

	add(&c, "Ann", 1, 0);
	add(&c, "Ann", 0, 2);
	add(&c, "Ben", 1, 1);
	add(&c, "Cat", 0, 1);
	add(&c, "", 3, 0);
	assert_sentence("Ann, Ben and Cat.", &c, CREDITS_NAMES, "en");
	assert_sentence("Readers whose words are in this book: Ann and Ben.",
			&c, CREDITS_WORDS, "en");
	assert_sentence("Readers whose remarks changed this book: Cat.", &c,
			CREDITS_REMARKS, "en");
	credits_release(&c);
}

static void names_are_sorted_without_case_and_accents(void **state)
{
	static const char *const sorted[] = {
		"ann", "Ánn B", "Ben", "Bèn", "éva", "Zoë", "夏目漱石", ""
	};
	static const size_t mixed[] = { 7, 5, 2, 0, 4, 1, 6, 3 };
	struct credits c = CREDITS_INIT;

	for (size_t i = 0; i < 8; i++)
		add(&c, sorted[mixed[i]], 1, 0);
	credits_sort(&c);
	for (size_t i = 0; i < 8; i++)
		assert_string_equal(sorted[i], c.items[i].name);
	credits_release(&c);
}

static int check(const char *text)
{
	struct settings settings = SETTINGS_INIT;
	struct error err = ERROR_INIT;
	int rc;

	assert_int_equal(0, settings_parse(&settings, slice_of(text),
					   "galley.conf", &err));
	rc = credits_check_settings(&settings, &err);
	settings_release(&settings);
	return rc;
}

static void a_setting_that_names_nobody_is_an_error(void **state)
{
	assert_int_equal(0, check("[credits]\nomit = R7K3QX\n"
				  "name = R7K3QX The Ferryman\n"));
	assert_int_equal(0, check("[credits]\nother = 1\n"));
	assert_int_equal(ERROR_MALFORMED, check("[credits]\nomit = Ann\n"));
	assert_int_equal(ERROR_MALFORMED, check("[credits]\nomit\n"));
	assert_int_equal(ERROR_MALFORMED, check("[credits]\nomit = r7k3qx\n"));
	assert_int_equal(ERROR_MALFORMED, check("[credits]\nomit = R7K3Q\n"));
	assert_int_equal(ERROR_MALFORMED,
			 check("[credits]\nomit = R7K3QX R2M9ZA\n"));
	assert_int_equal(ERROR_MALFORMED, check("[credits]\nname = R7K3QX\n"));
	assert_int_equal(ERROR_MALFORMED, check("[credits]\nname = Ann\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_joined_as_the_language_has_it),
		cmocka_unit_test(a_name_is_said_once),
		cmocka_unit_test(names_are_sorted_without_case_and_accents),
		cmocka_unit_test(a_setting_that_names_nobody_is_an_error),
	};

	return cmocka_run_group_tests_name("credits", tests, NULL, NULL);
}
