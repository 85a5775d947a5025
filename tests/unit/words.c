/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <uniwbrk.h>

#include "words.h"

static void words_are_counted_as_unicode_parts_them(void **state)
{
	static const struct {
		const char *text;
		size_t words;
	} cases[] = {
		{ "", 0 }, { " \n\t", 0 }, { "-- ... !", 0 }, { "fog", 1 },
		{ "the fog, then fog", 4 }, { "don't", 1 }, { "'tis", 1 },
		{ "3.14 1,000", 2 }, { "a.b", 1 }, { "a,b", 2 }, { "a..b", 2 },
		{ "x_y __ _z", 2 }, { "well-known", 2 },
		{ "don\xE2\x80\x99t \xE2\x80\x9C" "Stay\xE2\x80\x9D", 2 },
		{ "\xC3\xA9t\xC3\xA9", 1 },
		{ "\xE6\xB8\xAF\xE3\x81\xAE\xE9\x9C\xA7", 3 },
		{ "one\xE2\x80\x94two", 2 }, { "bad\xFFword", 1 },
		{ "\xE2\x82", 1 }, { "e\xCC\x81t\xC3\xA9", 1 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		print_message("%s\n", cases[i].text);
		assert_int_equal(cases[i].words,
				 words_count(slice_of(cases[i].text)));
	}
}

/* The whole text at once, by the library alone. */
static size_t count_slowly(const char *text, size_t len)
{
	char *breaks = malloc(len + 1);
	size_t words = 0;
	bool counted = false;

	u8_wordbreaks((const uint8_t *)text, len, breaks);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];
		bool letter = (c >= '0' && c <= '9') ||
			      (c >= 'A' && c <= 'Z') ||
			      (c >= 'a' && c <= 'z') || c == 0xC3;

		counted = counted && !breaks[i];
		if (letter && !counted) {
			counted = true;
			words++;
		}
	}
	free(breaks);
	return words;
}

static void the_fast_way_counts_the_same(void **state)
{
	static const char *const pieces[] = {
		"a", "Z", "0", "9", "_", ":", ",", ";", ".", "'", " ", "\n",
		"-", "\r\n", "\"", "!", "\t", "\xC3\xA9", "\xE2\x80\x99",
		"\xCC\x81", "\xE2\x80\x8D", "\xC2\xAD"
	};

	srand(3);
	for (int i = 0; i < 200000; i++) {
		size_t kinds = i % 4 ? 17 : sizeof(pieces) / sizeof(*pieces);
		char text[64] = "";
		int n = rand() % 14;

		while (n--)
			strcat(text, pieces[(size_t)rand() % kinds]);
		if (count_slowly(text, strlen(text)) !=
		    words_count(slice_of(text))) {
			print_message("'%s'\n", text);
			fail();
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_counted_as_unicode_parts_them),
		cmocka_unit_test(the_fast_way_counts_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
