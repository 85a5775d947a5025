/* SPDX-License-Identifier: MIT */
/* tests/reply/NAME.txt is a mail's body, after a line "Subject: …" if it has
 * one; NAME.expect is what is said in it. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mail_reply.h"
#include "strbuf.h"

static void read_file(struct strbuf *out, const char *path)
{
	FILE *in = fopen(path, "rb");
	int c;

	if (!in)
		fail_msg("no %s", path);
	while ((c = getc(in)) != EOF)
		strbuf_addch(out, (char)c);
	fclose(in);
}

static void add_quoted(struct strbuf *out, const char *name, struct slice s)
{
	strbuf_addf(out, "  %s ", name);
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\n')
			strbuf_adds(out, "\\n");
		else
			strbuf_addch(out, s.ptr[i]);
	}
	strbuf_addch(out, '\n');
}

static void dump_item(struct strbuf *out, const struct feedback *f)
{
	strbuf_adds(out, f->kind == FEEDBACK_EDIT ? "edit" :
		    f->kind == FEEDBACK_LOST ? "lost" : "remark");
	if (*f->label)
		strbuf_addf(out, " %s", f->label);
	if (*f->round)
		strbuf_addf(out, " of round %s", f->round);
	if (f->everywhere)
		strbuf_adds(out, " everywhere");
	strbuf_addch(out, '\n');
	for (size_t i = 0; i < f->quote_count; i++)
		add_quoted(out, ">", f->quotes[i]);
	if (f->kind == FEEDBACK_EDIT) {
		add_quoted(out, "-", slice_of(f->old_words));
		add_quoted(out, "+", slice_of(f->new_words));
	}
	if (*f->words)
		add_quoted(out, "#", slice_of(f->words));
	if (*f->trouble)
		add_quoted(out, "!", slice_of(f->trouble));
}

static void dump(struct strbuf *out, struct slice mail)
{
	struct feedback_list list = FEEDBACK_LIST_INIT;
	struct feedback head = {
		.who = { "Tom Reader", "tom@example.org" }, .channel = "mail",
		.message_id = "", .in_reply_to = "", .subject = "",
		.round = "", .copy = "", .words = "", .label = "", .old_words = "",
		.new_words = "", .thread = "", .trouble = "", .source = "" };
	char subject[200] = "";

	if (slice_starts_with(mail, SLICE("Subject: "))) {
		size_t end = slice_find(mail, '\n');

		snprintf(subject, sizeof(subject), "%.*s", (int)end - 9,
			 mail.ptr + 9);
		mail = slice_sub(mail, end + 2, mail.len);
	}
	head.subject = subject;
	mail_reply_read(&list, &head, mail);
	for (size_t i = 0; i < list.count; i++) {
		assert_int_equal(i + 1, list.items[i].part);
		assert_string_equal("Tom Reader", list.items[i].who.name);
		dump_item(out, &list.items[i]);
	}
	feedback_list_release(&list);
}

static int is_case(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && !strcmp(dot, ".txt");
}

static void mails_say_what_is_expected(void **state)
{
	struct dirent **entries;
	int n = scandir("tests/reply", &entries, is_case, alphasort), bad = 0;

	assert_true(n > 0);
	for (int i = 0; i < n; i++) {
		struct strbuf mail = STRBUF_INIT, expected = STRBUF_INIT;
		struct strbuf got = STRBUF_INIT;
		char path[300];
		int stem = (int)strlen(entries[i]->d_name) - 4;

		snprintf(path, sizeof(path), "tests/reply/%s",
			 entries[i]->d_name);
		read_file(&mail, path);
		snprintf(path, sizeof(path), "tests/reply/%.*s.expect", stem,
			 entries[i]->d_name);
		read_file(&expected, path);
		dump(&got, strbuf_slice(&mail));
		if (!slice_eq(strbuf_slice(&got), strbuf_slice(&expected))) {
			print_error("%s: got\n%s", path, got.buf);
			bad++;
		}
		strbuf_release(&mail);
		strbuf_release(&expected);
		strbuf_release(&got);
		free(entries[i]);
	}
	free(entries);
	assert_int_equal(0, bad);
}

static void any_part_of_a_mail_is_read_without_harm(void **state)
{
	struct strbuf mail = STRBUF_INIT, out = STRBUF_INIT;

	read_file(&mail, "tests/reply/everything.txt");
	for (size_t n = 0; n <= mail.len; n++) {
		strbuf_truncate(&out, 0);
		dump(&out, slice_sub(strbuf_slice(&mail), 0, n));
		dump(&out, slice_sub(strbuf_slice(&mail), n, mail.len));
	}
	strbuf_release(&mail);
	strbuf_release(&out);
}

/* Linear: each of these took minutes if it were not. */
static void long_mails_take_no_longer_than_they_are_long(void **state)
{
	static const char *const lines[] = {
		"--\n", "> a\nb\n", "From: x\n", "\u201C", "'", "s/a", "\u201E",
		"{++ ", "On 2009 x wrote:\n", "3.14: x\n",
		"________________________\n", "<http", "\"a\" -> ",
		"> <http", "[...]\n> x\n", "- a\n", "x -> ",
		"| a\n", ">", "\n\n"
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct strbuf mail = STRBUF_INIT, out = STRBUF_INIT;

		while (mail.len < 300000)
			strbuf_adds(&mail, lines[i]);
		dump(&out, strbuf_slice(&mail));
		strbuf_release(&mail);
		strbuf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mails_say_what_is_expected),
		cmocka_unit_test(any_part_of_a_mail_is_read_without_harm),
		cmocka_unit_test(long_mails_take_no_longer_than_they_are_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
