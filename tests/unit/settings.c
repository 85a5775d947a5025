/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "error.h"
#include "settings.h"
#include "strbuf.h"

static void values_are_read_as_git_reads_them(void **state)
{
	struct settings s = SETTINGS_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(0, settings_parse(&s, SLICE(
		"\xEF\xBB\xBF# a comment\r\n"
		"[Book]\r\n"
		"\tTitle = The  Harbour   ; of fog\r\n"
		"\tauthor = \" A. \\\"Writer\\\" # no \"\\t.\r\n"
		"author=B\\\r\nC\n"
		"	draft\n"
		"empty =\n"
		"[review \"The \\\"First\\\"\"] address = a@b # c\n"
		"[x.Y]z=1"), "galley.conf", &err));
	assert_int_equal(7, s.count);
	assert_string_equal("The  Harbour", settings_get(&s, "book.title"));
	assert_string_equal(" A. \"Writer\" # no \t.",
			    settings_get_nth(&s, "book.author", 0));
	assert_string_equal("BC", settings_get(&s, "book.author"));
	assert_int_equal(4, s.items[1].line);
	assert_string_equal("true", settings_get(&s, "book.draft"));
	assert_string_equal("", settings_get(&s, "book.empty"));
	assert_string_equal("a@b", settings_get(
		&s, "review.The \"First\".address"));
	assert_string_equal("1", settings_get(&s, "x.y.z"));
	assert_null(settings_get(&s, "book.none"));
	assert_null(settings_get_nth(&s, "book.author", 2));
	settings_release(&s);
}

static void trouble_names_its_line(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "[book", "x:1: a section's name is not closed with ']'" },
		{ "\n[]", "x:2: a section has no name" },
		{ "a = b", "x:1: a setting stands before any [section]" },
		{ "[a]\nb = \"c", "x:2: a '\"' is missing" },
		{ "[a]\nb c", "x:2: a setting is written as 'name = value'" },
		{ "[a]\nb = c\nd = \xE9", "x:3: not UTF-8" },
		{ "[a]\n\n= c",
		  "x:3: this is neither a [section] nor 'name = value'" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct settings s = SETTINGS_INIT;
		struct error err = ERROR_INIT;

		assert_int_equal(ERROR_MALFORMED, settings_parse(
			&s, slice_of(cases[i].text), "x", &err));
		assert_string_equal(cases[i].message, err.message);
		settings_release(&s);
	}
}

static void truth_is_as_in_git(void **state)
{
	struct settings s = SETTINGS_INIT;

	settings_add(&s, "a.b", "Yes");
	settings_add(&s, "a.c", "off");
	settings_add(&s, "a.d", "2");
	settings_add(&s, "a.e", "perhaps");
	assert_int_equal(1, settings_get_bool(&s, "a.b", 0));
	assert_int_equal(0, settings_get_bool(&s, "a.c", 1));
	assert_int_equal(1, settings_get_bool(&s, "a.d", 0));
	assert_int_equal(-1, settings_get_bool(&s, "a.e", -1));
	assert_int_equal(-1, settings_get_bool(&s, "a.f", -1));
	settings_release(&s);
}

static void what_is_written_reads_back_the_same(void **state)
{
	static const char *const values[] = {
		"", "plain", " spaces ", "a;b", "#", "\"", "\\", "a\nb", "\t",
		"tab\tin", "\xC3\xBC", "cr\r", "\\\"\n\b"
	};
	struct settings s = SETTINGS_INIT, back = SETTINGS_INIT;
	struct strbuf text = STRBUF_INIT;
	struct error err = ERROR_INIT;
	size_t n = sizeof(values) / sizeof(*values);

	for (size_t i = 0; i < n; i++)
		settings_add(&s, i % 3 ? "book.title" : "x.Some \"Sub\\.k",
			     values[i]);
	settings_write(&text, &s);
	assert_int_equal(0, settings_parse(&back, strbuf_slice(&text), "x",
					   &err));
	assert_int_equal(n, back.count);
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(s.items[i].key, back.items[i].key);
		assert_string_equal(values[i], back.items[i].value);
	}
	settings_release(&s);
	settings_release(&back);
	strbuf_release(&text);
}

static void book_toml_says_title_authors_language(void **state)
{
	struct settings s = SETTINGS_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(0, settings_parse_book_toml(&s, SLICE(
		"top = { a = [1, {b = 2}], 'c' = \"}\" }\r\n"
		"[book]\n"
		"title = \"The \\\"Rust\\\" Book \\u00e9\" # why\n"
		"authors = [\n  'Steve', # one\n  \"Carol\",\n]\n"
		"multilingual = false\n"
		"date = 1979-05-27T07:32:00Z\n"
		"src = 'text'\n"
		"description = \"\"\"\nLong \\\n   one.\"\"\"\n"
		"[output.html]\n"
		"title = \"not this\"\n"
		"[[x.\"y.z\"]]\nbook.title = 'nor this'\n"
		"[book . deep]\ntitle = 'nor that'\n"), "book.toml", &err));
	assert_string_equal("The \"Rust\" Book \xC3\xA9",
			    settings_get(&s, "book.title"));
	assert_string_equal("Steve", settings_get_nth(&s, "book.author", 0));
	assert_string_equal("Carol", settings_get_nth(&s, "book.author", 1));
	assert_string_equal("text", settings_get(&s, "book.source"));
	assert_string_equal("Long one.", settings_get(&s, "book.description"));
	assert_int_equal(5, s.count);
	settings_release(&s);
}

static void bad_toml_names_its_line(void **state)
{
	static const char *const cases[] = {
		"a", "a = ", "[a", "a = 'x", "a = [1", "a = {b = 1", "= 3", "a = \"\\q\"", "a = '''x''",
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct settings s = SETTINGS_INIT;
		struct error err = ERROR_INIT;

		assert_int_equal(ERROR_MALFORMED, settings_parse_book_toml(
			&s, slice_of(cases[i]), "t", &err));
		settings_release(&s);
	}
}

static void deep_values_end(void **state)
{
	struct settings s = SETTINGS_INIT;
	struct strbuf text = STRBUF_INIT;
	struct error err = ERROR_INIT;

	strbuf_adds(&text, "a = ");
	for (int i = 0; i < 100000; i++)
		strbuf_adds(&text, i & 1 ? "[" : "{a=");
	assert_int_equal(ERROR_MALFORMED, settings_parse_book_toml(
		&s, strbuf_slice(&text), "t", &err));
	settings_release(&s);
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_read_as_git_reads_them),
		cmocka_unit_test(trouble_names_its_line),
		cmocka_unit_test(truth_is_as_in_git),
		cmocka_unit_test(what_is_written_reads_back_the_same),
		cmocka_unit_test(book_toml_says_title_authors_language),
		cmocka_unit_test(bad_toml_names_its_line),
		cmocka_unit_test(deep_values_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
