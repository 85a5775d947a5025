/* SPDX-License-Identifier: MIT */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "critic.h"

static void marks_are_rejected_and_accepted(void **state)
{
	struct critic_text c = CRITIC_TEXT_INIT;

	assert_int_equal(5, critic_read(&c, SLICE(
		"A {~~grey~>gray~~} {++old ++}{--big --}cat {==sat==}"
		"{>>really?<<} here.")));
	assert_string_equal("A grey big cat sat here.", c.old_words.buf);
	assert_string_equal("A gray old cat sat here.", c.new_words.buf);
	assert_string_equal("really?", c.remarks.buf);
	assert_string_equal("sat", c.marked.buf);
	assert_int_equal(2, c.marks.start);
	assert_true(c.edits);
	critic_text_release(&c);
}

static void what_is_no_mark_is_words(void **state)
{
	struct critic_text c = CRITIC_TEXT_INIT;

	assert_int_equal(0, critic_read(&c, SLICE(
		"{++a {--b--> c {x} ++ } {")));
	assert_string_equal("{++a {--b--> c {x} ++ } {", c.old_words.buf);
	assert_string_equal("{++a {--b--> c {x} ++ } {", c.new_words.buf);
	assert_false(c.edits);
	critic_text_release(&c);
}

static bool is_remark(const char *base, const char *theirs)
{
	return critic_is_remark(slice_of(base), slice_of(theirs), NULL, NULL);
}

static void a_remark_is_told_from_an_edit(void **state)
{
	struct strbuf words = STRBUF_INIT;
	struct span passage;

	assert_true(critic_is_remark(SLICE("A grey cat."),
		SLICE("A {==grey==}{>>or not?<<} cat."), &passage, &words));
	assert_int_equal(2, passage.start);
	assert_int_equal(6, passage.end);
	assert_string_equal("or not?", words.buf);
	assert_true(is_remark("A cat.", "A cat.{>>slow<<}"));
	assert_true(is_remark("A cat.", "{>>slow<<}A cat."));
	assert_false(is_remark("A cat.", "A cat."));
	assert_false(is_remark("A cat.", "A bat.{>>slow<<}"));
	assert_false(is_remark("A cat.", "A {==dog==}{>>slow<<}."));
	assert_false(is_remark("A cat.", "A cat.{>>slow"));
	assert_false(is_remark("A cat.{>>slow<<}", "A cat."));
	strbuf_release(&words);
}

static void marks_that_were_there_do_not_confuse(void **state)
{
	assert_true(is_remark("A {==b==}{>>c<<} d.",
			      "A {==b==}{>>c<<}{>>e<<} d."));
	assert_true(is_remark("A {>>c<<} d.", "A {>>x<<}{>>c<<} d."));
	assert_true(is_remark("a {== b", "a {=={== b==}{>>x<<}"));
}

static void two_remarks_are_both_read(void **state)
{
	struct strbuf words = STRBUF_INIT;
	struct span passage;

	assert_true(critic_is_remark(SLICE("A cat. A dog."),
		SLICE("A {==cat==}{>>x<<}. A dog.{>>y<<}"), &passage, &words));
	assert_string_equal("x\n\ny", words.buf);
	assert_int_equal(5, passage.end);
	strbuf_release(&words);
}

/* Whatever a reader writes is read back, white space aside. */
static void words_come_back_as_they_were(void **state)
{
	static const char *const all[] = {
		"plain", "a <<} b", "{>>a<<}", "x \\* y", "\\", "a <", "<<",
		"{++a++} {--b--} ==} ~~}", "`code` *b* [c](d)", "\\}", "\\\\{",
		"\u00FCber \u970B"
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		for (int guard = 0; guard < 2; guard++) {
			struct strbuf out = STRBUF_INIT, words = STRBUF_INIT;

			strbuf_adds(&out, "A.");
			critic_add_remark(&out, slice_of(all[i]), guard);
			assert_true(critic_is_remark(SLICE("A."),
						     strbuf_slice(&out), NULL,
						     &words));
			assert_string_equal(all[i], words.buf);
			strbuf_release(&out);
			strbuf_release(&words);
		}
}

static void a_remark_is_one_line_with_nothing_hidden(void **state)
{
	struct strbuf out = STRBUF_INIT;

	critic_add_remark(&out, SLICE(" a\n\n b\x1B[31m\u202E c\t"), false);
	assert_string_equal("{>>a b [31m c<<}", out.buf);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_rejected_and_accepted),
		cmocka_unit_test(what_is_no_mark_is_words),
		cmocka_unit_test(a_remark_is_told_from_an_edit),
		cmocka_unit_test(marks_that_were_there_do_not_confuse),
		cmocka_unit_test(two_remarks_are_both_read),
		cmocka_unit_test(words_come_back_as_they_were),
		cmocka_unit_test(a_remark_is_one_line_with_nothing_hidden),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
