/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "error.h"
#include "manuscript.h"
#include "place.h"
#include "reader_list.h"
#include "strbuf.h"

static void a_line_is_a_reader(void **state)
{
	struct reader_list list = READER_LIST_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(0, reader_list_parse(&list, SLICE(
		"\xEF\xBB\xBF# who gets the drafts\r\n"
		"\r\n"
		"Ann Reader <Ann@Example.org>\r\n"
		"  Jo\xC3\xA3o Sampaio  < joao@example.org >\tlang=pt-BR  "
		"format=page\n"
		"\"Moss, Hester\" <hester@example.org> stop\n"
		"<only@example.org>\n"
		"bare@example.org lang=ja stop"), "readers", &err));
	assert_int_equal(5, list.count);
	assert_string_equal("readers", list.path);
	assert_string_equal("Ann Reader", list.items[0].name);
	assert_string_equal("Ann@Example.org", list.items[0].address);
	assert_string_equal("", list.items[0].language);
	assert_string_equal("", list.items[0].format);
	assert_false(list.items[0].stop);
	assert_int_equal(3, list.items[0].line);
	assert_string_equal("Jo\xC3\xA3o Sampaio", list.items[1].name);
	assert_string_equal("joao@example.org", list.items[1].address);
	assert_string_equal("pt-BR", list.items[1].language);
	assert_string_equal("page", list.items[1].format);
	assert_string_equal("Moss, Hester", list.items[2].name);
	assert_true(list.items[2].stop);
	assert_string_equal("only@example.org", list.items[3].name);
	assert_string_equal("bare@example.org", list.items[4].address);
	assert_string_equal("ja", list.items[4].language);
	assert_true(list.items[4].stop);
	reader_list_release(&list);
}

static void trouble_names_its_line(void **state)
{
	static const struct {
		const char *text, *message;
	} cases[] = {
		{ "Ann Reader", "x:1: no mail address: 'Ann'" },
		{ "\nAnn <ann>", "x:2: no mail address: 'ann'" },
		{ "Ann <a@b@c>", "x:1: no mail address: 'a@b@c'" },
		{ "Ann <-oX@b>", "x:1: no mail address: '-oX@b'" },
		{ "Ann <a b@c>", "x:1: no mail address: 'a b@c'" },
		{ "Ann <a@b",
		  "x:1: '>' is missing after the address: 'a@b'" },
		{ "Ann <a@b> lnag=de", "x:1: neither 'stop' nor 'lang=' nor "
		  "'format=' with a word after it: 'lnag=de'" },
		{ "Ann <a@b> lang=d/e", "x:1: neither 'stop' nor 'lang=' nor "
		  "'format=' with a word after it: 'lang=d/e'" },
		{ "Ann <a@b>\nBob <c@d>\nAnna <A@B>",
		  "x:3: 'A@B' is in line 1 already" },
		{ "\xFF <a@b>", "x:1: a control character, or no UTF-8" },
		{ "A\x1B[2J <a@b>", "x:1: a control character, or no UTF-8" },
		{ "A\xE2\x80\xAE <a@b>",
		  "x:1: a control character, or no UTF-8" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct reader_list list = READER_LIST_INIT;
		struct error err = ERROR_INIT;

		assert_int_equal(ERROR_MALFORMED, reader_list_parse(
			&list, slice_of(cases[i].text), "x", &err));
		assert_string_equal(cases[i].message, err.message);
		reader_list_release(&list);
	}
}

/* The code's own words: printf ann@example.org | sha1sum, the first 25 bits. */
static void a_code_is_that_of_the_address_in_small_letters(void **state)
{
	char one[READER_CODE_SIZE], two[READER_CODE_SIZE];

	reader_code(one, "ann@example.org");
	reader_code(two, "Ann@EXAMPLE.org");
	assert_string_equal(one, two);
	assert_string_equal("RMH0MV", one);
}

static void readers_are_found_by_code_address_and_name(void **state)
{
	struct reader_list list = READER_LIST_INIT;
	const struct reader *found = NULL;
	struct error err = ERROR_INIT;
	char code[READER_CODE_SIZE];

	assert_int_equal(0, reader_list_parse(&list, SLICE(
		"Ann Reader <ann@example.org>\n"
		"Ann <ann@example.net>\n"
		"Ben Reader <ben@example.org>\n"), "readers", &err));
	reader_code(code, "ben@example.org");
	code[1] |= 0x20;
	assert_int_equal(0, reader_list_find(&found, &list, code, &err));
	assert_string_equal("Ben Reader", found->name);
	assert_int_equal(0, reader_list_find(&found, &list,
					     "ANN@example.net", &err));
	assert_string_equal("Ann", found->name);
	assert_int_equal(0, reader_list_find(&found, &list, "ann", &err));
	assert_string_equal("ann@example.net", found->address);
	assert_int_equal(0, reader_list_find(&found, &list, "en re", &err));
	assert_string_equal("Ben Reader", found->name);
	assert_int_equal(ERROR_AMBIGUOUS, reader_list_find(
		&found, &list, "reader", &err));
	assert_string_equal("'reader' may be Ann Reader <ann@example.org> or "
			    "Ben Reader <ben@example.org>", err.message);
	assert_int_equal(ERROR_NOT_FOUND, reader_list_find(
		&found, &list, "Cid", &err));
	assert_int_equal(ERROR_NOT_FOUND, reader_list_find(
		&found, &list, "", &err));
	assert_ptr_equal(&list.items[2],
			 reader_list_address(&list, "Ben@example.org"));
	assert_null(reader_list_address(&list, "cid@example.org"));
	reader_list_release(&list);
}

static void the_list_is_read_from_the_work_tree(void **state)
{
	struct place *place = *state;
	struct manuscript *ms = NULL;
	struct reader_list list = READER_LIST_INIT;

	assert_run(place, "printf '# One\\n' >1.md && git add . && "
		   "git commit -qm one");
	assert_int_equal(0, manuscript_open(&ms, place->path, "HEAD",
					    &place->err));
	assert_int_equal(ERROR_NOT_FOUND,
			 reader_list_read(&list, ms, &place->err));
	assert_string_equal("no readers: write a file 'readers' with a line "
			    "'Name <address>' for each", place->err.message);
	reader_list_release(&list);
	assert_run(place, "echo 'Ann <ann@example.org>' >readers");
	assert_int_equal(0, reader_list_read(&list, ms, &place->err));
	assert_int_equal(1, list.count);
	reader_list_release(&list);
	manuscript_close(ms);

	assert_run(place, "mkdir people && echo 'Ben <b@c>' >people/beta && "
		   "printf '[review]\\nreaders = people/beta\\n' >galley.conf "
		   "&& git add galley.conf && git commit -qm two");
	assert_int_equal(0, manuscript_open(&ms, place->path, "HEAD",
					    &place->err));
	assert_int_equal(0, reader_list_read(&list, ms, &place->err));
	assert_string_equal("people/beta", list.path);
	assert_string_equal("Ben", list.items[0].name);
	reader_list_release(&list);
	manuscript_close(ms);
}

static void a_list_cannot_be_outside_of_the_tree(void **state)
{
	struct place *place = *state;
	struct manuscript *ms = NULL;
	struct reader_list list = READER_LIST_INIT;

	assert_run(place, "printf '[review]\\nreaders = ../x\\n' >galley.conf "
		   "&& echo 'Ben <b@c>' >../x && git add galley.conf && "
		   "git commit -qm one");
	assert_int_equal(0, manuscript_open(&ms, place->path, NULL,
					    &place->err));
	assert_true(reader_list_read(&list, ms, &place->err) < 0);
	reader_list_release(&list);
	manuscript_close(ms);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_a_reader),
		cmocka_unit_test(trouble_names_its_line),
		cmocka_unit_test(
			a_code_is_that_of_the_address_in_small_letters),
		cmocka_unit_test(readers_are_found_by_code_address_and_name),
		TEST(the_list_is_read_from_the_work_tree),
		TEST(a_list_cannot_be_outside_of_the_tree),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
