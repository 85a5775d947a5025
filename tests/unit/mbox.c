/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "mbox.h"
#include "strbuf.h"

#define FROM "From ann@example.org Tue Nov 24 15:04:05 2026\n"
#define FROM_GIT "From 0123456789012345678901234567890123456789 " \
	"Mon Sep 17 00:00:00 2001\n"

/* The messages, each in brackets. */
static void expect(const char *want, struct slice text)
{
	struct strbuf have = STRBUF_INIT;
	struct mbox_message m;
	struct mbox mbox;

	mbox_init(&mbox, text);
	while (mbox_next(&m, &mbox))
		strbuf_addf(&have, "[%.*s]%s", SLICE_ARG(m.bytes),
			    m.from_git ? "git" : "");
	assert_string_equal(want, have.buf);
	strbuf_release(&have);
}

static void messages_begin_at_from_lines(void **state)
{
	expect("[A: 1\n\nx\n][B: 2\n\ny\n]", SLICE(
		FROM "A: 1\n\nx\n\n" FROM "B: 2\n\ny\n"));
	expect("[A: 1\n\nx\n]git[B: 2\n\ny\n]git", SLICE(
		FROM_GIT "A: 1\n\nx\n\n" FROM_GIT "B: 2\n\ny\n\n"));
	expect("[A: 1\n\nx\n][B: 2\n]", SLICE(	/* no blank line between */
		"From - Tue Nov 24 15:04:05 2026 +0100\nA: 1\n\nx\n"
		"From MAILER-DAEMON Fri Jul  8 12:08:34 2011\nB: 2\n"));
}

static void line_ends_may_be_crlf(void **state)
{
	expect("[A: 1\r\n\r\nx\r\n][B: 2\r\n]", SLICE(
		"From a@b Tue Nov 24 15:04:05 2026\r\nA: 1\r\n\r\nx\r\n\r\n"
		"From a@b Tue Nov 24 15:04:05 2026\r\nB: 2\r\n"));
}

static void blank_lines_may_come_first(void **state)
{
	expect("[A: 1\n]", SLICE("\n \r\n\n" FROM "A: 1\n"));
	expect("[A: 1\n]", SLICE("\xEF\xBB\xBF\n" FROM "A: 1\n"));
	expect("[A: 1\n]", SLICE("\n\nA: 1\n"));
}

static void prose_may_begin_with_from(void **state)
{
	expect("[A: 1\n\nFrom here on: x\nFrom 10:00 to 12:00 2026\nwords\n]",
	       SLICE(FROM "A: 1\n\nFrom here on: x\n"
		     "From 10:00 to 12:00 2026\nwords\n"));
}

static void one_message_is_one(void **state)
{
	expect("[A: 1\n\nx\n" FROM "B: 2\n]",
	       SLICE("A: 1\n\nx\n" FROM "B: 2\n"));
	expect("", SLICE(""));
	expect("", SLICE("\n\n"));
}

static void the_first_line_needs_no_date(void **state)
{
	expect("[A: 1\n]", SLICE("From nobody\nA: 1\n"));
	expect("[From nobody\n]", SLICE("From nobody\n"));
}

static void unquote(const char *want, struct slice text)
{
	struct strbuf out = STRBUF_INIT;

	if (mbox_unquote(&out, text))
		assert_string_equal(want, out.buf);
	else
		assert_null(want);
	strbuf_release(&out);
}

static void from_is_unquoted_once(void **state)
{
	unquote("a\nFrom b\nc\n", SLICE("a\n>From b\nc\n"));
	unquote("From b\n", SLICE(">From b\n"));
	unquote("a\n>From b\n", SLICE("a\n>>From b\n"));
	unquote(NULL, SLICE("a\nFrom b\n> From c\n>Front\n"));
}

static void a_quote_keeps_its_marks(void **state)
{
	unquote(">The fog\n>From b\n>c\n", SLICE(">The fog\n>From b\n>c\n"));
	unquote(">The fog\n>From b\n>c\n", SLICE(">The fog\n>>From b\n>c\n"));
	unquote(">From b\n>c\n", SLICE(">From b\n>c\n"));
}

static void hostile_files_take_linear_time(void **state)
{
	static const char *const parts[] = { "\nFrom ", "From 1:23:45 2000\n",
		FROM, "\n>From ", "\n", "\r", "From \r" };
	clock_t start = clock();

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
		struct mbox_message m;
		struct mbox mbox;

		strbuf_adds(&text, FROM "A: 1\n\n");
		while (text.len < 4 << 20)
			strbuf_adds(&text, parts[i]);
		mbox_init(&mbox, strbuf_slice(&text));
		while (mbox_next(&m, &mbox))
			;
		mbox_unquote(&out, strbuf_slice(&text));
		strbuf_release(&text);
		strbuf_release(&out);
	}
	assert_true(clock() - start < 10 * CLOCKS_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(messages_begin_at_from_lines),
		cmocka_unit_test(line_ends_may_be_crlf),
		cmocka_unit_test(blank_lines_may_come_first),
		cmocka_unit_test(prose_may_begin_with_from),
		cmocka_unit_test(one_message_is_one),
		cmocka_unit_test(the_first_line_needs_no_date),
		cmocka_unit_test(from_is_unquoted_once),
		cmocka_unit_test(a_quote_keeps_its_marks),
		cmocka_unit_test(hostile_files_take_linear_time),
	};

	return cmocka_run_group_tests_name("mbox", tests, NULL, NULL);
}
