/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "mail_cut.h"
#include "mail_dump.h"
#include "mail_read.h"

#define FOLDER "tests/mail/"

static void read_file(struct strbuf *out, const char *path)
{
	char buffer[4096];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (!f)
		fail_msg("%s is missing", path);
	while ((n = fread(buffer, 1, sizeof(buffer), f)))
		strbuf_add(out, buffer, n);
	fclose(f);
}

static void dump_mail(struct strbuf *out, const char *name, struct slice mail)
{
	struct feedback_list list = FEEDBACK_LIST_INIT;

	assert_int_equal(0, mail_read(&list, mail, name, NULL));
	dump_feedback_list(out, &list);
	feedback_list_release(&list);
}

static void expect(const char *want, struct slice mail)
{
	struct strbuf have = STRBUF_INIT;

	dump_mail(&have, "mail", mail);
	assert_string_equal(want, have.buf);
	strbuf_release(&have);
}

/* How many things are said in it. */
static size_t count(struct slice mail)
{
	struct feedback_list list = FEEDBACK_LIST_INIT;
	size_t n;

	assert_int_equal(0, mail_read(&list, mail, "mail", NULL));
	n = list.count;
	feedback_list_release(&list);
	return n;
}

/* ---- the mails of the folder ------------------------------------------ */

static void each_case(void (*visit)(const char *name, struct slice mail))
{
	DIR *folder = opendir(FOLDER);
	struct dirent *entry;
	int cases = 0;

	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		struct strbuf path = STRBUF_INIT, mail = STRBUF_INIT;
		struct slice name = slice_of(entry->d_name);

		if (!slice_ends_with(name, SLICE(".eml")) &&
		    !slice_ends_with(name, SLICE(".mbox")))
			continue;
		strbuf_addf(&path, FOLDER "%s", entry->d_name);
		read_file(&mail, path.buf);
		visit(entry->d_name, strbuf_slice(&mail));
		strbuf_release(&mail);
		strbuf_release(&path);
		cases++;
	}
	closedir(folder);
	assert_true(cases > 40);
}

static void check_case(const char *name, struct slice mail)
{
	struct strbuf path = STRBUF_INIT, want = STRBUF_INIT;
	struct strbuf have = STRBUF_INIT;

	strbuf_addf(&path, FOLDER "%s.expect", name);
	read_file(&want, path.buf);
	dump_mail(&have, name, mail);
	if (strcmp(want.buf, have.buf) != 0)
		fail_msg("%s: the mail says\n%s", name, have.buf);
	strbuf_release(&path);
	strbuf_release(&want);
	strbuf_release(&have);
}

static void mails_say_what_is_expected(void **state)
{
	each_case(check_case);
}

/* The copy ends where it ends: whatever is read beyond is seen. */
static void cut_case(const char *name, struct slice mail)
{
	for (size_t n = 0; n < mail.len; n++) {
		struct feedback_list list = FEEDBACK_LIST_INIT;
		char *copy = malloc(n + 1);
		char *end = realloc(memcpy(copy, mail.ptr, n), n ? n : 1);

		assert_int_equal(0, mail_read(&list, (struct slice){ end, n },
					      name, NULL));
		for (size_t i = 0; i < list.count; i++)
			assert_true(list.items[i].part > 0);
		feedback_list_release(&list);
		free(end);
	}
}

static void mails_can_be_cut_anywhere(void **state)
{
	each_case(cut_case);
}

/* As git mailsplit would: the same mail alone, in an mbox, with CRLF. */
static void crlf_case(const char *name, struct slice mail)
{
	struct strbuf crlf = STRBUF_INIT, want = STRBUF_INIT;
	struct strbuf have = STRBUF_INIT;
	struct slice line, rest = mail;

	if (slice_find(mail, '\r') < mail.len)
		return;
	while (slice_next_line(&line, &rest))
		strbuf_addf(&crlf, "%.*s\r\n", SLICE_ARG(slice_chomp(line)));
	if (!strcmp(name, "nul.eml"))
		goto out;	/* not for printf */
	dump_mail(&want, name, mail);
	dump_mail(&have, name, strbuf_slice(&crlf));
	assert_string_equal(want.buf, have.buf);
out:
	strbuf_release(&crlf);
	strbuf_release(&want);
	strbuf_release(&have);
}

static void line_ends_do_not_matter(void **state)
{
	each_case(crlf_case);
}

/* ---- one thing at a time ---------------------------------------------- */

#define HEAD "From: Zoe <zoe@example.org>\nMessage-ID: <m@x>\n" \
	"Date: Thu, 1 Jan 1970 00:00:01 +0000\n"
#define FILE_DUMP "  file: a.md -1,1 +1,1\n" \
	"  lines:\n    |-gray\n    |+grey\n"
#define DIFF "--- a/a.md\n+++ b/a.md\n@@ -1 +1 @@\n-gray\n+grey\n"

static void empty_mails_and_cover_letters_say_nothing(void **state)
{
	assert_int_equal(0, count(SLICE(HEAD "Subject: [PATCH 0/2] x\n\n"
					"*** BLURB HERE ***\n")));
	assert_int_equal(0, count(SLICE(HEAD "Subject: [PATCH 0/2] x\n\n"
					"Ann (2):\n  a\n  b\n")));
	assert_int_equal(1, count(SLICE(HEAD "Subject: [PATCH 0/2] x\n\n"
					"Words.\n")));
	assert_int_equal(0, count(SLICE(HEAD "Subject: x\n\n \n")));
	assert_int_equal(0, count(SLICE("")));
	assert_int_equal(1, count(SLICE(HEAD "Subject: [PATCH 1/2] x\n\n"
					DIFF)));
}

static void a_mail_without_an_id_gets_one_from_its_bytes(void **state)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;

	dump_mail(&a, "a", SLICE("From: z@x\n\n" DIFF));
	dump_mail(&b, "b", SLICE("From: z@x\r\n\r\n--- a/a.md\r\n+++ b/a.md"
				 "\r\n@@ -1 +1 @@\r\n-gray\r\n+grey\r\n\r\n"));
	assert_memory_equal(a.buf, b.buf, strcspn(a.buf, "\n"));
	assert_int_equal(40, strspn(a.buf + strlen("patch 1 of <"),
				    "0123456789abcdef"));
	strbuf_release(&a);
	strbuf_release(&b);
}

static void fields_of_the_body_win(void **state)
{
	expect("patch 1 of <m@x>\n  who: Bob <bob@x>\n  when: 2 +0\n"
	       "  channel: patch\n  subject: two words\n  words: Why.\n"
	       FILE_DUMP,
	       SLICE(HEAD "Subject: [PATCH] x\n\n\n\nFrom: Bob <bob@x>\n"
		     "Subject: [PATCH] two\n words\n"
		     "Date: Thu, 1 Jan 1970 00:00:02 +0000\n\nWhy.\n---\n"
		     DIFF));
}

static void a_message_ends_where_git_ends_it(void **state)
{
	expect("patch 1 of <m@x>\n  who: Zoe <zoe@example.org>\n"
	       "  when: 1 +0\n  channel: patch\n  subject: x\n"
	       "  words:\n    |one\n    |---not an end\n    |  two  \n"
	       FILE_DUMP,
	       SLICE(HEAD "Subject: x\n\n\none\n---not an end\n  two  \n\n"
		     "--- \nnotes\n" DIFF));
}

static void fields_of_the_body_end_with_a_blank_line(void **state)
{
	expect("patch 1 of <m@x>\n  who: Bob <bob@x>\n  when: 1 +0\n"
	       "  channel: patch\n  subject: x\n"
	       "  words: Date: that is what he asks for.\n" FILE_DUMP,
	       SLICE(HEAD "Subject: x\n\nFrom: Bob <bob@x>\n\n"
		     "Date: that is what he asks for.\n---\n" DIFF));
}

static void a_line_of_blanks_ends_the_header(void **state)
{
	expect("patch 1 of <m@x>\n  who: Zoe <zoe@example.org>\n"
	       "  when: 1 +0\n  channel: patch\n  subject: x\n"
	       "  words: Note: words\n" FILE_DUMP,
	       SLICE(HEAD "Subject: x\n \t\nNote: words\n---\n" DIFF));
}

static void the_plain_alternative_is_read_wherever_it_stands(void **state)
{
	expect("patch 1 of <m@x>\n  who: Zoe <zoe@example.org>\n"
	       "  when: 1 +0\n  channel: patch\n  words: Plain.\n" FILE_DUMP,
	       SLICE(HEAD "Content-Type: multipart/alternative; boundary=b\n"
		     "\n--b\nContent-Type: text/html\n\n<p>Rich.</p>\n"
		     "--b\n\nPlain.\n---\n" DIFF "--b\nContent-Type: "
		     "text/html\n\n<p>Richer.</p>\n--b--\n"));
}

static void names_of_files_bring_in_no_lines_and_controls(void **state)
{
	expect("lost 1 of <m@x>\n  who: Zoe <zoe@example.org>\n"
	       "  when: 1 +0\n  channel: mail\n  trouble: there are no words "
	       "in the mail: the attached file 'a\xC3\xA9 [0m.bin' was not "
	       "read\n", SLICE(HEAD "Content-Type: application/x; "
		     "name=\"a\xE9\x1B[0m.bin\"\n\n\1\0\n"));
}

static void ids_are_utf_8_like_all_else(void **state)
{
	expect("patch 1 of <m\xC2\xAF@x>\n  who: Zoe <>\n"
	       "  when: 0 +0 undated\n  channel: patch\n"
	       "  in reply to: \xC3\xA9@x\n  thread: \xC3\xA9@x\n" FILE_DUMP,
	       SLICE("From: Zoe\nMessage-ID: <m\xAF@x>\n"
		     "In-Reply-To: <\xE9@x>\n\n" DIFF));
}

/* The reader's own words may have anything in them. */
static void a_comment_keeps_its_scissors(void **state)
{
	expect("patch 1 of <m@x>\n  who: Zoe <zoe@example.org>\n"
	       "  when: 1 +0\n  channel: patch\n  subject: x\n"
	       "  words:\n    |one\n    |-- >8 --\n    |two\n    |\n"
	       "    |Round: 2\n    |Channel: mail\n"
	       FILE_DUMP,
	       SLICE(HEAD "Subject: [PATCH] x\n\none\n-- >8 --\ntwo\n\n"
		     "Round: 2\nChannel: mail\n---\n" DIFF));
}

static void names_are_found_in_any_form(void **state)
{
	static const char *const cases[] = {
		"Zoe <z@x>", "Zoe <z@x>", "\"Zoe\" <z@x>", "Zoe <z@x>",
		"z@x (Zoe)", "Zoe <z@x>", "z@x", " <z@x>", "<z@x>", " <z@x>",
		"Zoe", "Zoe <>", "Reader, Zoe <z@x>", "Reader, Zoe <z@x>",
		"=?utf-8?q?Zo=C3=AB?= <z@x>", "Zo\xC3\xAB <z@x>",
		"Zo\xEB <z@x>", "Zo\xC3\xAB <z@x>",
		"z at x (Zoe)", "Zoe <z@x>", "readers: Zoe <z@x>, b@x;",
		"Zoe <z@x>", "", " <>"
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i += 2) {
		struct strbuf mail = STRBUF_INIT, want = STRBUF_INIT;

		strbuf_addf(&mail, "From: %s\nSubject: s\nMessage-ID: <m@x>"
			    "\n\n" DIFF, cases[i]);
		strbuf_addf(&want, "patch 1 of <m@x>\n  who: %s\n"
			    "  when: 0 +0 undated\n  channel: patch\n"
			    "  subject: s\n" FILE_DUMP, cases[i + 1]);
		expect(want.buf, strbuf_slice(&mail));
		strbuf_release(&mail);
		strbuf_release(&want);
	}
}

static void a_list_address_is_nobodys(void **state)
{
	expect("patch 1 of <m@x>\n  who: Bob <>\n  when: 0 +0 undated\n"
	       "  channel: patch\n" FILE_DUMP,
	       SLICE("From: Bob via l <l@x>\nReply-To: l@x\n"
		     "Message-ID: <m@x>\n\n" DIFF));
}

static void headers_bring_in_no_lines_and_controls(void **state)
{
	expect("patch 1 of <m@x>\n  who: a  b <z@x>\n  when: 0 +0 undated\n"
	       "  channel: patch\n  subject: x Bcc: y  [0m\n"
	       FILE_DUMP,
	       SLICE("From: =?utf-8?q?a=0D=0Ab?= <z@x>\nMessage-ID: <m@x>\n"
		     "Subject: =?utf-8?q?x=0ABcc:_y_=1B[0m?=\n\n" DIFF));
}

/* ---- limits ----------------------------------------------------------- */

/* Reads it; it takes less than `seconds`. */
static void expect_quick(struct slice mail, double seconds)
{
	clock_t start = clock();

	count(mail);
	if ((double)(clock() - start) / CLOCKS_PER_SEC > seconds)
		fail_msg("%.2f seconds for %.60s…",
			 (double)(clock() - start) / CLOCKS_PER_SEC,
			 mail.ptr);
}

static void repeat(struct strbuf *out, const char *what, size_t times)
{
	for (size_t i = 0; i < times; i++)
		strbuf_adds(out, what);
}

static void many_parts_are_too_many(void **state)
{
	struct feedback_list list = FEEDBACK_LIST_INIT;
	struct strbuf mail = STRBUF_INIT;
	const struct feedback *last;

	strbuf_adds(&mail, "From a@b Tue Nov 24 15:04:05 2026\n" HEAD
		    "Content-Type: multipart/mixed; boundary=b\n\n");
	repeat(&mail, "--b\n\n" DIFF, 100000);
	strbuf_adds(&mail, "\nFrom a@b Tue Nov 24 15:04:05 2026\n" HEAD "\n"
		    DIFF);
	mail_read(&list, strbuf_slice(&mail), "mail", NULL);
	assert_int_equal(999 + 1 + 1, list.count);
	assert_int_equal(FEEDBACK_LOST, list.items[999].kind);
	assert_string_equal("not all of the mail was read: "
			    "it has more than 1,000 parts",
			    list.items[999].trouble);
	last = &list.items[list.count - 1];
	assert_int_equal(FEEDBACK_PATCH, last->kind); /* the rest goes on */
	assert_string_equal("mail:2", last->source);
	feedback_list_release(&list);
	strbuf_release(&mail);
}

static void deep_parts_are_too_deep(void **state)
{
	struct strbuf mail = STRBUF_INIT;

	strbuf_adds(&mail, HEAD);
	for (int i = 0; i < 100000; i++)
		strbuf_addf(&mail, "Content-Type: multipart/mixed; "
			    "boundary=b%d\n\n--b%d\n", i, i);
	expect("lost 1 of <m@x>\n  who: Zoe <zoe@example.org>\n"
	       "  when: 1 +0\n  channel: mail\n  trouble: not all of the mail "
	       "was read: its parts are nested too deep\n",
	       strbuf_slice(&mail));
	strbuf_release(&mail);
}

static void mails_in_mails_end_somewhere(void **state)
{
	struct strbuf mail = STRBUF_INIT;

	repeat(&mail, HEAD "Content-Type: message/rfc822\n\n", 100000);
	expect_quick(strbuf_slice(&mail), 5);
	assert_int_equal(1, count(strbuf_slice(&mail)));
	strbuf_release(&mail);
}

static void words_without_end_are_lost(void **state)
{
	struct strbuf mail = STRBUF_INIT;

	strbuf_adds(&mail, HEAD "\n");
	repeat(&mail, "word ", 500000);
	expect("lost 1 of <m@x>\n  who: Zoe <zoe@example.org>\n"
	       "  when: 1 +0\n  channel: mail\n  trouble: the mail has more "
	       "than 2 MiB of words\n", strbuf_slice(&mail));
	strbuf_release(&mail);
}

static void a_large_mail_is_lost_and_the_rest_goes_on(void **state)
{
	struct feedback_list list = FEEDBACK_LIST_INIT;
	struct strbuf mail = STRBUF_INIT;

	strbuf_adds(&mail, "From a@b Tue Nov 24 15:04:05 2026\n" HEAD "\n");
	strbuf_grow(&mail, (size_t)65 << 20);
	memset(mail.buf + mail.len, 'x', (size_t)65 << 20);
	mail.len += (size_t)65 << 20;
	strbuf_adds(&mail, "\n\nFrom a@b Tue Nov 24 15:04:05 2026\n" HEAD "\n"
		    DIFF);
	mail_read(&list, strbuf_slice(&mail), "mail", NULL);
	assert_int_equal(2, list.count);
	assert_int_equal(FEEDBACK_LOST, list.items[0].kind);
	assert_string_equal("the mail is larger than 64 MiB; only its "
			    "beginning was kept", list.items[0].trouble);
	assert_in_range(list.items[0].mail.len, (size_t)1 << 20,
			((size_t)1 << 20) + 100);
	assert_int_equal(FEEDBACK_PATCH, list.items[1].kind);
	/* nor is what was kept of it read for what it says */
	expect("lost 0 of <m@x>\n  who: Zoe <zoe@example.org>\n  when: 1 +0\n"
	       "  channel: mail\n  trouble: the mail is larger than 64 MiB; only "
	       "its beginning was kept\n", list.items[0].mail);
	feedback_list_release(&list);
	strbuf_release(&mail);
}

/* The file as it is kept, read in pieces of that size. */
static void cut_in_pieces(struct strbuf *out, struct slice file, size_t size)
{
	struct mail_cut cut = MAIL_CUT_INIT;

	for (size_t at = 0; at < file.len; at += size) {
		strbuf_add_slice(out, slice_sub(file, at, at + size));
		assert_in_range(out->len, 0, MAIL_SIZE_LIMIT + size);
		if (mail_cut_more(&cut, out))
			break;
	}
}

static void what_is_too_large_is_cut_while_it_is_read(void **state)
{
	static const char start[] = "From a@b Tue Nov 24 15:04:05 2026\n";
	static const size_t sizes[] = { 1 << 20, 9999991, 41 };
	struct strbuf mail = STRBUF_INIT, whole = STRBUF_INIT;
	struct strbuf have = STRBUF_INIT;

	strbuf_addf(&mail, "%s" HEAD "\nFirst.\n\n%s" HEAD "\n", start, start);
	for (int i = 0; i < 65; i++) {
		strbuf_grow(&mail, 1 << 20);
		memset(mail.buf + mail.len, 'x', 1 << 20);
		mail.len += 1 << 20;
		strbuf_adds(&mail, "\nFrom here, x\n");
	}
	strbuf_addf(&mail, "\n\n%s" HEAD "\nLast.\n", start);
	for (size_t i = 0; i < 3; i++) {
		/* the smallest pieces: around the end of the large one */
		struct slice all = strbuf_slice(&mail);
		struct mail_cut cut = MAIL_CUT_INIT;

		strbuf_truncate(&have, 0);
		if (sizes[i] > 100) {
			cut_in_pieces(&have, all, sizes[i]);
		} else {
			size_t most = all.len - 4000;

			strbuf_add_slice(&have, slice_sub(all, 0, most));
			for (; most < all.len; most += sizes[i]) {
				mail_cut_more(&cut, &have);
				strbuf_add_slice(&have, slice_sub(all, most,
							most + sizes[i]));
			}
			mail_cut_more(&cut, &have);
		}
		if (!i)
			strbuf_add_slice(&whole, strbuf_slice(&have));
		assert_int_equal(whole.len, have.len);
		assert_memory_equal(whole.buf, have.buf, have.len);
	}
	assert_in_range(whole.len, 1 << 20, (1 << 20) + 1000);
	strbuf_truncate(&mail, 0);
	dump_mail(&mail, "mail", strbuf_slice(&whole));
	assert_non_null(strstr(mail.buf, "words: First."));
	assert_non_null(strstr(mail.buf, "larger than 64 MiB"));
	assert_non_null(strstr(mail.buf, "words: Last."));
	strbuf_release(&mail);
	strbuf_release(&whole);
	strbuf_release(&have);
}

static void hostile_headers_take_linear_time(void **state)
{
	static const char *const fields[] = { "X-Field: x\n", "From: a@b\n",
		"Content-Type: multipart/mixed; boundary=b\n",
		">From here\n", "X:\n \n" };
	static const char *const values[] = { "From: ", " a@b,", "References: ",
		"<a@b> ", "Subject: ", "=?utf-8?q?a?= ", "From: ", "((((",
		"Content-Type: text/plain", "; a=b", "References: ", "<<<<",
		"From: ", "\"\\\"", "From: ", "a:", "Subject: ", "[1/2] Re: ",
		"Content-Type: text/plain; ", "charset*0=a; ", "Date: ", "1 ",
		"Message-Id: ", "<a>" };

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		struct strbuf mail = STRBUF_INIT;

		repeat(&mail, fields[i], 100000);
		strbuf_adds(&mail, "\nwords\n");
		expect_quick(strbuf_slice(&mail), 5);
		strbuf_release(&mail);
	}
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i += 2) {
		struct strbuf mail = STRBUF_INIT;

		strbuf_adds(&mail, values[i]);
		repeat(&mail, values[i + 1], 1000000);
		strbuf_adds(&mail, "\n\nwords\n");
		expect_quick(strbuf_slice(&mail), 5);
		strbuf_release(&mail);
	}
}

static void hostile_bodies_take_linear_time(void **state)
{
	static const char *const heads[] = { "Subject: x\n\n",
		"Content-Type: text/plain; format=flowed\n\n",
		"Content-Type: text/html\n\n",
		"Content-Transfer-Encoding: base64\n\n",
		"Content-Transfer-Encoding: quoted-printable\n\n",
		"Content-Type: multipart/mixed; boundary=b\n\n--b\n\n",
		"Content-Type: multipart/alternative; boundary=b\n\n" };
	static const char *const parts[] = { "x", "x ", ">", "> x \n", "\n",
		"\r", "--b", "\n--b", "\n--b\n", "--\n", "=\n", "\xC3", "@@ ",
		"\n@@ -1 +1 @@\n", "\n-- >8 --\n", "<div>", "From: x\n",
		"\n---\n", "\ndiff --git a/a b/a\n", "\n>From x\n",
		"-----BEGIN PGP SIGNED MESSAGE-----\n" };

	for (size_t h = 0; h < sizeof(heads) / sizeof(heads[0]); h++)
		for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
			struct strbuf mail = STRBUF_INIT;

			strbuf_addf(&mail, "From: Zoe <z@x>\n%s", heads[h]);
			while (mail.len < 1 << 17)
				strbuf_adds(&mail, parts[i]);
			expect_quick(strbuf_slice(&mail), 3);
			strbuf_release(&mail);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mails_say_what_is_expected),
		cmocka_unit_test(mails_can_be_cut_anywhere),
		cmocka_unit_test(line_ends_do_not_matter),
		cmocka_unit_test(empty_mails_and_cover_letters_say_nothing),
		cmocka_unit_test(a_mail_without_an_id_gets_one_from_its_bytes),
		cmocka_unit_test(fields_of_the_body_win),
		cmocka_unit_test(a_message_ends_where_git_ends_it),
		cmocka_unit_test(fields_of_the_body_end_with_a_blank_line),
		cmocka_unit_test(a_line_of_blanks_ends_the_header),
		cmocka_unit_test(
			the_plain_alternative_is_read_wherever_it_stands),
		cmocka_unit_test(
			names_of_files_bring_in_no_lines_and_controls),
		cmocka_unit_test(ids_are_utf_8_like_all_else),
		cmocka_unit_test(a_comment_keeps_its_scissors),
		cmocka_unit_test(names_are_found_in_any_form),
		cmocka_unit_test(a_list_address_is_nobodys),
		cmocka_unit_test(headers_bring_in_no_lines_and_controls),
		cmocka_unit_test(many_parts_are_too_many),
		cmocka_unit_test(deep_parts_are_too_deep),
		cmocka_unit_test(mails_in_mails_end_somewhere),
		cmocka_unit_test(words_without_end_are_lost),
		cmocka_unit_test(a_large_mail_is_lost_and_the_rest_goes_on),
		cmocka_unit_test(what_is_too_large_is_cut_while_it_is_read),
		cmocka_unit_test(hostile_headers_take_linear_time),
		cmocka_unit_test(hostile_bodies_take_linear_time),
	};

	return cmocka_run_group_tests_name("mail_read", tests, NULL, NULL);
}
