/* SPDX-License-Identifier: MIT */
/* The base of lib: slices, strings, UTF-8, arenas, errors, slugs. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "definitions.h"
#include "error.h"
#include "slice.h"
#include "slug.h"
#include "strbuf.h"
#include "utf8.h"

static void lines_end_in_lf_crlf_or_a_lone_cr(void **state)
{
	struct slice rest = SLICE("a\nb\r\nc\rd"), line;
	const char *expect[] = { "a\n", "b\r\n", "c\r", "d" };

	for (size_t i = 0; i < 4; i++) {
		assert_true(slice_next_line(&line, &rest));
		assert_true(slice_eq_str(line, expect[i]));
		assert_int_equal(1, slice_chomp(line).len);
	}
	assert_false(slice_next_line(&line, &rest));
}

static void a_part_of_a_slice_never_leaves_it(void **state)
{
	struct slice s = SLICE("fog");

	assert_true(slice_eq_str(slice_sub(s, 1, 99), "og"));
	assert_int_equal(0, slice_sub(s, 7, 9).len);
	assert_int_equal(0, slice_sub((struct slice){ NULL, 0 }, 0, 1).len);
	assert_true(slice_is_blank(SLICE(" \t\r\n")));
	assert_true(slice_eq_str(slice_trim(SLICE(" a b \n")), "a b"));
}

static void utf8_takes_no_surrogate_overlong_or_cut_form(void **state)
{
	const char *bad[] = { "\xED\xA0\x80", "\xC0\x80", "\xE0\x80\xAF",
			      "\xF4\x90\x80\x80", "\xE2\x82", "\x80",
			      "\xF8\x88\x80\x80\x80" };
	unsigned c = 7;

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(0, utf8_decode(&c, slice_of(bad[i])));
	assert_int_equal(7, c);
	assert_int_equal(3, utf8_decode(&c, SLICE("\u20AC")));
	assert_int_equal(0x20AC, c);
	assert_int_equal(12, utf8_valid_prefix(SLICE("twelve bytes\xFFxxxx")));
	assert_int_equal(3, utf8_count(SLICE("\u20AC\xFF!")));
}

static void every_character_comes_back_from_utf8(void **state)
{
	for (unsigned c = 0; c <= 0x110000; c++) {
		char bytes[4];
		size_t n = utf8_encode(bytes, c);
		unsigned back = 0;

		if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
			assert_int_equal(0, n);
			continue;
		}
		assert_int_equal(n, utf8_decode(&back, (struct slice){
							 bytes, n }));
		assert_int_equal(c, back);
	}
}

static void a_strbuf_grows_and_ends_in_nul(void **state)
{
	struct strbuf sb = STRBUF_INIT;

	assert_string_equal("", sb.buf);
	for (int i = 0; i < 1000; i++)
		strbuf_addf(&sb, "%d,", i);
	assert_int_equal(3890, sb.len);
	assert_int_equal('\0', sb.buf[sb.len]);
	strbuf_truncate(&sb, 3);
	assert_string_equal("0,1", sb.buf);
	strbuf_release(&sb);
	assert_string_equal("", sb.buf);
}

static void formatted_text_has_the_room_it_needs(void **state)
{
	for (int have = 0; have < 40; have++) {
		struct strbuf sb = STRBUF_INIT, number = STRBUF_INIT;

		for (int i = 0; i < have; i++)
			strbuf_addch(&sb, 'x');
		strbuf_addf(&sb, "%020d", have);
		strbuf_add_number(&number, (size_t)have);
		assert_int_equal(have + 20, sb.len);
		assert_int_equal('\0', sb.buf[sb.len]);
		assert_string_equal(number.buf,
				    sb.buf + sb.len - number.len);
		strbuf_release(&sb);
		strbuf_release(&number);
	}
}

static void the_largest_number_is_written_whole(void **state)
{
	struct strbuf sb = STRBUF_INIT;
	char expected[40];

	snprintf(expected, sizeof(expected), "%zu", SIZE_MAX);
	strbuf_add_number(&sb, SIZE_MAX);
	assert_string_equal(expected, sb.buf);
	strbuf_release(&sb);
}

static void an_arena_that_is_reset_gives_the_same_memory_again(void **state)
{
	struct arena arena = ARENA_INIT;
	void *first;

	for (int i = 0; i < 2000; i++)
		memset(arena_alloc(&arena, 1000), i, 1000);
	arena_reset(&arena);
	first = arena_alloc(&arena, 1000);
	arena_reset(&arena);
	assert_ptr_equal(first, arena_alloc(&arena, 10));
	assert_int_equal(0, (uintptr_t)arena_alloc(&arena, 1) % 16);
	assert_string_equal("fog", arena_copy(&arena, SLICE("fog")));
	arena_release(&arena);
}

static void an_error_keeps_its_words_and_cuts_at_a_character(void **state)
{
	struct error err = ERROR_INIT;
	char many[600];

	assert_int_equal(ERROR_LIMIT,
			 error_set(&err, ERROR_LIMIT, "no '%s'", "x"));
	assert_string_equal("no 'x'", err.message);
	error_set(&err, ERROR_IO, "in it: %s", err.message);
	assert_string_equal("in it: no 'x'", err.message);
	for (size_t i = 0; i + 1 < sizeof(many); i += 2)
		memcpy(many + i, "\u00E4", 2);
	many[598] = '\0';
	error_set(&err, ERROR_IO, "x%s", many);
	assert_int_equal(strlen(err.message),
			 utf8_valid_prefix(slice_of(err.message)));
	errno = ENOSPC;
	assert_int_equal(ERROR_IO, error_set_errno(NULL, "x"));
}

static void a_slug_is_ascii_words_between_hyphens(void **state)
{
	const char *cases[][2] = {
		{ "The Harbour", "the-harbour" },
		{ "  \u201COne\u201D \u2014 o\u2019clock!", "one-oclock" },
		{ "\u00C9l\u00E8ve \u00C6ther Stra\u00DFe \u0141\u00F3d\u017A",
		  "eleve-aether-strasse-lodz" },
		{ "\u6F6E\u6C50", "" },
		{ "../../etc", "etc" },
		{ "a\xFFz", "a" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct strbuf out = STRBUF_INIT;

		slug_add(&out, slice_of(cases[i][0]), 60);
		assert_string_equal(cases[i][1], out.buf);
		strbuf_release(&out);
	}
}

static void a_long_slug_is_cut_between_words(void **state)
{
	struct strbuf out = STRBUF_INIT;

	slug_add(&out, SLICE("one two three"), 9);
	assert_string_equal("one-two", out.buf);
	strbuf_truncate(&out, 0);
	slug_add(&out, SLICE("onetwothree"), 6);
	assert_string_equal("onetwo", out.buf);
	strbuf_release(&out);
}

static void the_first_definition_wins_whatever_its_case(void **state)
{
	struct definitions defs = DEFINITIONS_INIT;
	const struct span none = { 0, 0 };

	assert_true(definitions_add(&defs, false, SLICE("Stra\u00DFe  a"),
				    SLICE("1"), 0, none));
	assert_false(definitions_add(&defs, false, SLICE(" STRASSE A"),
				     SLICE("2"), 0, none));
	assert_true(definitions_add(&defs, true, SLICE("strasse a"),
				    SLICE("3"), 0, none));
	assert_true(slice_eq_str(definitions_find(&defs, false,
						  SLICE("strasse a"))->source,
				 "1"));
	assert_null(definitions_find(&defs, false, SLICE("x")));
	assert_null(definitions_find(NULL, false, SLICE("x")));
	definitions_release(&defs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_in_lf_crlf_or_a_lone_cr),
		cmocka_unit_test(a_part_of_a_slice_never_leaves_it),
		cmocka_unit_test(utf8_takes_no_surrogate_overlong_or_cut_form),
		cmocka_unit_test(every_character_comes_back_from_utf8),
		cmocka_unit_test(a_strbuf_grows_and_ends_in_nul),
		cmocka_unit_test(formatted_text_has_the_room_it_needs),
		cmocka_unit_test(the_largest_number_is_written_whole),
		cmocka_unit_test(
			an_arena_that_is_reset_gives_the_same_memory_again),
		cmocka_unit_test(
			an_error_keeps_its_words_and_cuts_at_a_character),
		cmocka_unit_test(a_slug_is_ascii_words_between_hyphens),
		cmocka_unit_test(a_long_slug_is_cut_between_words),
		cmocka_unit_test(the_first_definition_wins_whatever_its_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
