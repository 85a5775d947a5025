/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "comment.h"
#include "moment.h"
#include "strbuf.h"
#include "trailers.h"

#define TRAILERS "\nRound: 2\nChunk: 1.md\nKind: edit\nChannel: patch\n" \
		 "Message-Id: a@b\nDate: Fri, 2 Jan 2026 04:04:05 +0100\n"

static const struct comment_words words = {
	.subject = "", .body = "", .round = "2", .chunk = "1.md",
	.label = "", .channel = "patch", .message_id = "a@b",
	.unplaced = "", .part = 1, .when = { 1767323045, 60 }
};

static void make(struct strbuf *out, const char *subject, const char *body)
{
	struct comment_words w = words;

	w.subject = subject;
	w.body = body;
	comment_message(out, &w);
}

static void a_message_has_one_form(void **state)
{
	static const struct {
		const char *subject, *body, *message;
	} cases[] = {
		{ "Grey", "", "Grey\n" TRAILERS },
		{ "", "", "(no words)\n" TRAILERS },
		{ "  Re: [PATCH v2 1/2]\n Grey \t fog", "It  is.\r\n\n\n\nSo.  ",
		  "Grey fog\n\nIt  is.\n\nSo.\n" TRAILERS },
		{ "", "Grey.\n\nMore.", "Grey.\n\nMore.\n" TRAILERS },
		/* what means something to git is moved to the right */
		{ "A", "---\ndiff --git a/b b/b\nFrom x\nThis reverts commit x",
		  "A\n\n ---\n diff --git a/b b/b\n From x\n "
		  "This reverts commit x\n" TRAILERS },
		{ "A", "From: b@c\n\nSubject: d", "A\n\n From: b@c\n\n"
		  "Subject: d" TRAILERS },
		/* and nothing says more of itself than it may */
		{ "A", "Comment: 1\ncomment-marked: 2",
		  "A\n\n Comment: 1\n comment-marked: 2\n" TRAILERS },
		{ "a\033b", "\x01", "a\xEF\xBF\xBD" "b\n\n"
		  "\xEF\xBF\xBD\n" TRAILERS },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct strbuf out = STRBUF_INIT;

		make(&out, cases[i].subject, cases[i].body);
		assert_string_equal(cases[i].message, out.buf);
		assert_true(comment_message_is_own(strbuf_slice(&out)));
		strbuf_release(&out);
	}
}

static void a_message_of_a_message_is_itself(void **state)
{
	static const char *const bodies[] = {
		"", "Words.", "---\n\n-- \n\nComment: 1", "From: a\n\n>8 8<",
		"Signed-off-by: A <a@b>", "Channel: patch\nDate: yesterday"
	};

	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		struct strbuf once = STRBUF_INIT, twice = STRBUF_INIT;

		make(&once, "Subject", bodies[i]);
		make(&twice, "Subject", strchr(once.buf, '\n') + 1);
		assert_string_equal(once.buf, twice.buf);
		strbuf_release(&once);
		strbuf_release(&twice);
	}
}

static void the_last_paragraph_is_trailers_or_is_not(void **state)
{
	static const struct {
		const char *message, *key, *value;
	} cases[] = {
		{ "A\n\nKey: v\n", "key", "v" },
		{ "A\n\nKey: v\n and more\nB: c\n", "b", "c" },
		{ "A\n\nKey: v\nwords\n", "Key", "" },
		{ "Key: v\n", "Key", "" },
		{ "A\n\nKey: v\n\nKey: w\n", "Key", "w" },
		{ "A\n\nhttps://x\n", "https", "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct slice value = trailers_get(trailers_of(
			slice_of(cases[i].message)), cases[i].key);

		assert_true(slice_eq_str(value, cases[i].value));
	}
}

static void a_date_is_read_as_it_was_written(void **state)
{
	static const struct moment cases[] = {
		{ 0, 0 }, { 1767323045, 60 }, { 951782400, -210 },
		{ 4102444799, 840 }, { -1, 0 }, { 253402300799, 0 }
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct strbuf text = STRBUF_INIT;
		struct moment when = { 1, 1 };

		moment_add_mail(&text, &cases[i]);
		assert_int_equal(0, moment_parse_mail(&when,
						      strbuf_slice(&text)));
		assert_true(when.seconds == cases[i].seconds);
		assert_int_equal(cases[i].offset, when.offset);
		strbuf_release(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_has_one_form),
		cmocka_unit_test(a_message_of_a_message_is_itself),
		cmocka_unit_test(the_last_paragraph_is_trailers_or_is_not),
		cmocka_unit_test(a_date_is_read_as_it_was_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
