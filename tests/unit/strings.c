/* SPDX-License-Identifier: MIT */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */
#include <stdbool.h>
#include <string.h>

#include "strbuf.h"
#include "strings.h"

static size_t gaps(const char *words)
{
	size_t count = 0;

	for (; (words = strchr(words, '%')); words += 2) {
		assert_int_equal('s', words[1]);
		count++;
	}
	return count;
}

static void every_string_is_there_in_every_language_with_its_values(void **s)
{
	for (int id = 0; id < STRING_COUNT; id++) {
		const char *english = string_get("en", (enum string_id)id);

		for (size_t i = 0; string_languages[i]; i++) {
			const char *words = string_get(string_languages[i],
						       (enum string_id)id);
			struct slice text = slice_of(words);

			if (!*words || gaps(words) != gaps(english) ||
			    slice_trim(text).len != text.len ||
			    strchr(words, '|') || strchr(words, '\n'))
				fail_msg("%s: '%s'", string_languages[i],
					 words);
		}
	}
}

/* The spaces that a line may not end at, and signs of full width. */
static void signs_are_those_of_the_language(void **s)
{
	for (int id = 0; id < STRING_COUNT; id++) {
		const char *fr = string_get("fr", (enum string_id)id);
		const char *ja = string_get("ja", (enum string_id)id);

		if (strstr(fr, " :") || strstr(fr, " ;") || strstr(fr, " !") ||
		    strstr(fr, " ?") || strstr(fr, " »") || strstr(fr, "« "))
			fail_msg("%s", fr);
		if (strpbrk(ja, ":;()!?,"))
			fail_msg("%s", ja);
	}
}

static void all_but_english_is_translated(void **s)
{
	size_t same = 0, all = 0;

	for (int id = 0; id < STRING_COUNT; id++)
		for (size_t i = 1; string_languages[i]; i++, all++)
			same += !strcmp(string_get("en", (enum string_id)id),
					string_get(string_languages[i],
						   (enum string_id)id));
	assert_true(same * 20 < all); /* "Notes" is French, too */
}

static void tags_are_read_in_any_case_and_with_regions(void **s)
{
	assert_string_equal("Inhalt", string_get("de-AT", STRING_CONTENTS));
	assert_string_equal("Inhalt", string_get("DE_at", STRING_CONTENTS));
	assert_string_equal("Contents", string_get("den", STRING_CONTENTS));
	assert_string_equal("Contents", string_get("", STRING_CONTENTS));
	assert_string_equal("", string_language("pt-BR"));
	assert_string_equal(" lang=\"en\" dir=\"ltr\"", string_language("ar"));
}

static void values_are_escaped_and_percent_signs_in_them_are_theirs(void **s)
{
	struct strbuf out = STRBUF_INIT;

	string_add(&out, "en", STRING_COPY_FOR, "<%s> & Co", NULL);
	assert_string_equal("Copy for &lt;%s&gt; &amp; Co", out.buf);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_string_is_there_in_every_language_with_its_values),
		cmocka_unit_test(signs_are_those_of_the_language),
		cmocka_unit_test(all_but_english_is_translated),
		cmocka_unit_test(tags_are_read_in_any_case_and_with_regions),
		cmocka_unit_test(
			values_are_escaped_and_percent_signs_in_them_are_theirs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
