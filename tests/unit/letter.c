/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "error.h"
#include "letter.h"
#include "strbuf.h"

static void places_are_filled_in(void **state)
{
	static const struct letter_value values[] = {
		{ "name", "Ann" }, { "why", "it is {name}'s\n" },
		{ "now", "" }, { "who", NULL }
	};
	struct letter *letter = NULL;
	struct strbuf out = STRBUF_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(0, letter_parse(&letter, SLICE(
		"\xEF\xBB\xBF# a comment\r\n\r\n"
		"[declined]\r\n"
		"\r\n"
		"{name}, {{no}:\r\n"
		"{now}\r\n"
		"\r\n"
		"by {who}\r\n"
		"\r\n"
		"[no heading here]\r\n"
		"end\r\n"
		"\r\n"
		"[declined-why]\r\n"
		"so: {why}"), "x", &letter_thanks, "de", &err));
	letter_fill(&out, letter, "declined", values, 4);
	assert_string_equal("Ann, {no}:\n\n[no heading here]\nend\n",
			    out.buf);
	strbuf_truncate(&out, 0);
	letter_fill(&out, letter, "declined-why", values, 4);
	assert_string_equal("so: it is {name}'s\n", out.buf);
	/* what it does not have is our own, in its language */
	strbuf_truncate(&out, 0);
	letter_fill(&out, letter, "noted", values, 4);
	assert_string_equal("Das wurde gelesen und beherzigt.\n", out.buf);
	strbuf_release(&out);
	letter_free(letter);
}

static void bad_syntax_is_told_with_its_line(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "[letter]\nDear {nmae},\n{answers}\n",
		  "x:2: nothing is called '{nmae}' in [letter]; there is "
		  "{name} {title} {author} {round} {answers}" },
		{ "[letter]\nDear {name,\n", "x:2: '}' is missing after "
		  "'name,'" },
		{ "[letter]\nDear {name},\n\n[noted]\n",
		  "x:4: [letter] needs a line '{answers}'" },
		{ "[letter]\nDear {name},",
		  "x:2: [letter] needs a line '{answers}'" },
		{ "[subject]\n\n[noted]\n", "x:3: nothing stands in "
		  "[subject]" },
		{ "[leter]\n", "x:1: no section is called 'leter'" },
		{ "[noted]\na\n[noted]\nb\n", "x:3: a second section "
		  "'noted'" },
		{ "Dear {name}\n", "x:1: before the first [section]: 'Dear "
		  "{name}'" },
		{ "[noted]\n\xFF\n", "x: no text in UTF-8" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct letter *letter = NULL;
		struct error err = ERROR_INIT;

		assert_int_equal(ERROR_MALFORMED, letter_parse(
			&letter, slice_of(cases[i].text), "x", &letter_thanks,
			"en", &err));
		assert_string_equal(cases[i].message, err.message);
	}
}

/* Each language has all sections, and each says all that ours says. */
static void our_own_letters_are_whole(void **state)
{
	static const char *const languages[] = { "en", "de", "fr", "es", "it",
						 "pt", "ja" };
	const struct letter_kind *const kinds[] = { &letter_thanks,
						    &letter_send };
	static const char *const places[] = { "name", "title", "author",
		"round", "answers", "now", "why", "who", "tag", "words",
		"changes", "file", "link", "due", "since", "list", "chapter",
		"count", "redline", "redline-link" };
	struct letter_value values[20], nothing[20];

	for (size_t i = 0; i < 20; i++) {
		values[i] = (struct letter_value){ places[i], "\xE2\x98\x85" };
		nothing[i] = (struct letter_value){ places[i], "" };
	}
	for (size_t k = 0; k < 2; k++)
		for (const struct letter_section *s = kinds[k]->sections;
		     s->name; s++) {
			size_t stars = 0;

			for (size_t l = 0; l < 7; l++) {
				struct letter *letter = letter_own(
					kinds[k], languages[l]);
				struct strbuf out = STRBUF_INIT;
				size_t found = 0;

				assert_string_equal(languages[l],
						    letter_language(letter));
				letter_fill(&out, letter, s->name, values,
					    20);
				assert_true(out.len > 0);
				for (char *p = out.buf;
				     (p = strstr(p, "\xE2\x98\x85")); p++)
					found++;
				if (l && found != stars)
					print_error("%s %s\n", languages[l],
						    s->name);
				assert_true(!l || found == stars);
				stars = found;
				letter_fill(&out, letter, s->name, nothing,
					    20);
				strbuf_release(&out);
				letter_free(letter);
			}
		}
}

static void other_languages_are_written_to_in_english(void **state)
{
	struct letter *letter = letter_own(&letter_send, "nl");

	assert_string_equal("en", letter_language(letter));
	letter_free(letter);
	letter = letter_own(&letter_send, "pt-BR");
	assert_string_equal("pt", letter_language(letter));
	letter_free(letter);
	letter = letter_own(&letter_send, "");
	assert_string_equal("en", letter_language(letter));
	letter_free(letter);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_filled_in),
		cmocka_unit_test(bad_syntax_is_told_with_its_line),
		cmocka_unit_test(our_own_letters_are_whole),
		cmocka_unit_test(other_languages_are_written_to_in_english),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
