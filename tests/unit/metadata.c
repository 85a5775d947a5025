/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "manuscript.h"
#include "metadata.h"
#include "strbuf.h"

static void titles_are_filed_without_their_article(void **state)
{
	static const char *const cases[][3] = {
		{ "The Harbour", "en-GB", "Harbour, The" },
		{ "the harbour", "en", "harbour, the" },
		{ "A Tide", "en", "Tide, A" },
		{ "Anchors", "en", "Anchors" },
		{ "The", "en", "The" },
		{ "The ", "en", "The " },
		{ "Die Brandung", "de", "Brandung, Die" },
		{ "Die Hard", "en", "Die Hard" },
		{ "L\xe2\x80\x99\xc3\x8ele", "fr-CA",
		  "\xc3\x8ele, L\xe2\x80\x99" },
		{ "L'amour", "fr", "amour, L'" },
		{ "La mer", "fr", "mer, La" },
		{ "El mar", "es", "mar, El" },
		{ "The Sea", "und", "The Sea" },
	};
	struct strbuf out = STRBUF_INIT;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		strbuf_truncate(&out, 0);
		metadata_title_file_as(&out, cases[i][0], cases[i][1]);
		assert_string_equal(cases[i][2], out.buf);
	}
	strbuf_release(&out);
}

static void people_are_filed_by_their_family_name(void **state)
{
	static const char *const cases[][3] = {
		{ "A. Writer", "en", "Writer, A." },
		{ "Ursula K. Le Guin", "en", "Guin, Ursula K. Le" },
		{ "Martin Luther King Jr.", "en", "King, Martin Luther, Jr." },
		{ "King Jr.", "en", "King Jr." },
		{ "Writer, A.", "en", "Writer, A." },
		{ "Homer", "en", "Homer" },
		{ "Ady Endre", "hu", "Ady Endre" },
		{ "\xe5\xb1\xb1\xe7\x94\xb0 \xe8\x8a\xb1\xe5\xad\x90", "ja",
		  "\xe5\xb1\xb1\xe7\x94\xb0 \xe8\x8a\xb1\xe5\xad\x90" },
		{ "", "en", "" },
	};
	struct strbuf out = STRBUF_INIT;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		strbuf_truncate(&out, 0);
		metadata_name_file_as(&out, cases[i][0], cases[i][1]);
		assert_string_equal(cases[i][2], out.buf);
	}
	strbuf_release(&out);
}

static void languages_are_well_formed(void **state)
{
	static const char *const cases[][2] = {
		{ "en", "en" }, { "en_GB", "en-GB" }, { "de-CH-1996",
		"de-CH-1996" }, { "English", "und" }, { "", "und" },
		{ "en-", "und" }, { "en--GB", "und" }, { "e", "und" },
		{ "en GB", "und" }, { "en\"><x", "und" },
		{ "zh-Hant-TW", "zh-Hant-TW" }, { "en-toolongsub", "und" },
	};
	struct strbuf out = STRBUF_INIT;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		strbuf_truncate(&out, 0);
		metadata_language(&out, cases[i][0]);
		assert_string_equal(cases[i][1], out.buf);
	}
	strbuf_release(&out);
}

static bool rtl(const char *language, const char *direction)
{
	struct manuscript ms = { .settings = SETTINGS_INIT };
	bool is_rtl;

	settings_add(&ms.settings, "book.language", language);
	if (direction)
		settings_add(&ms.settings, "book.direction", direction);
	is_rtl = metadata_is_rtl(&ms);
	settings_release(&ms.settings);
	return is_rtl;
}

static void direction_follows_the_script(void **state)
{
	assert_true(rtl("ar", NULL));
	assert_true(rtl("he-IL", NULL));
	assert_true(rtl("az-Arab", NULL));
	assert_false(rtl("ar-Latn", NULL));
	assert_false(rtl("en", NULL));
	assert_false(rtl("arn", NULL));
	assert_true(rtl("en", "rtl"));
	assert_false(rtl("ar", "ltr"));
}

static void dates_are_written(void **state)
{
	struct strbuf out = STRBUF_INIT;

	metadata_date(&out, 1767323045, true);
	assert_string_equal("2026-01-02T03:04:05Z", out.buf);
	strbuf_truncate(&out, 0);
	metadata_date(&out, -1, false);
	assert_string_equal("1969-12-31", out.buf);
	strbuf_truncate(&out, 0);
	metadata_date(&out, INT64_MAX, false);
	assert_string_equal("9999-12-31", out.buf);
	strbuf_truncate(&out, 0);
	metadata_date_in_words(&out, 1767323045, "en-US");
	assert_string_equal("2 January 2026", out.buf);
	strbuf_truncate(&out, 0);
	metadata_date_in_words(&out, 1767323045, "de");
	assert_string_equal("2. Januar 2026", out.buf);
	strbuf_truncate(&out, 0);
	metadata_date_in_words(&out, 1767323045, "es");
	assert_string_equal("2 de enero de 2026", out.buf);
	strbuf_truncate(&out, 0);
	metadata_date_in_words(&out, 1767323045, "ja");
	assert_string_equal("2026年1月2日", out.buf);
	strbuf_truncate(&out, 0);
	metadata_date_in_words(&out, 1767323045, "fi"); /* not one we know */
	assert_string_equal("2 January 2026", out.buf);
	strbuf_truncate(&out, 0);
	metadata_date_in_words(&out, 1767323045 - 86400, "fr");
	assert_string_equal("1er janvier 2026", out.buf);
	strbuf_release(&out);
}

static void dates_are_told_from_other_words(void **state)
{
	assert_true(metadata_is_date("2026"));
	assert_true(metadata_is_date("2026-01"));
	assert_true(metadata_is_date("2026-01-02"));
	assert_false(metadata_is_date("2026-1-2"));
	assert_false(metadata_is_date("2026-01-02T"));
	assert_false(metadata_is_date("January"));
	assert_false(metadata_is_date(""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(titles_are_filed_without_their_article),
		cmocka_unit_test(people_are_filed_by_their_family_name),
		cmocka_unit_test(languages_are_well_formed),
		cmocka_unit_test(direction_follows_the_script),
		cmocka_unit_test(dates_are_written),
		cmocka_unit_test(dates_are_told_from_other_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
