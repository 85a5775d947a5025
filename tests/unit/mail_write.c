/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gmime/gmime.h>

#include "error.h"
#include "mail_flowed.h"
#include "mail_id.h"
#include "mail_write.h"
#include "strbuf.h"
#include "utf8.h"

static const struct mail_draft plain = {
	.from = { "Orla Quennell", "orla@example.org" },
	.to = { "Ann Reader", "ann@example.net" },
	.when = { 1767323045, 60 }, .subject = "Round 2", .body = "Hello",
	.language = "en", .id = "galley.r2.R7K3QX", .reply_to = "",
	.in_reply_to = "", .unsubscribe = "", .auto_submitted = ""
};

struct written {
	struct strbuf bytes, id;
	GMimeMessage *message;
};

/* Write it and let GMime read it. */
static void write_mail(struct written *w, const struct mail_draft *draft)
{
	struct error err = ERROR_INIT;
	GMimeStream *stream;
	GMimeParser *parser;

	*w = (struct written){ STRBUF_INIT, STRBUF_INIT, NULL };
	assert_int_equal(0, mail_write(&w->bytes, &w->id, draft, &err));
	stream = g_mime_stream_mem_new_with_buffer(w->bytes.buf,
						   w->bytes.len);
	parser = g_mime_parser_new_with_stream(stream);
	w->message = g_mime_parser_construct_message(parser, NULL);
	assert_non_null(w->message);
	g_object_unref(parser);
	g_object_unref(stream);
}

static void drop(struct written *w)
{
	g_object_unref(w->message);
	strbuf_release(&w->bytes);
	strbuf_release(&w->id);
}

static const char *header(const struct written *w, const char *name)
{
	return g_mime_object_get_header(GMIME_OBJECT(w->message), name);
}

static void assert_text(const struct written *w, const char *expected)
{
	GMimeObject *part = g_mime_message_get_mime_part(w->message);
	char *text;

	if (GMIME_IS_MULTIPART(part))
		part = g_mime_multipart_get_part(GMIME_MULTIPART(part), 0);
	assert_true(GMIME_IS_TEXT_PART(part));
	text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
	assert_string_equal(expected, text);
	g_free(text);
}

static void a_mail_is_what_was_asked_for(void **state)
{
	const char *const references[] = { "one@example.net",
					   "two@example.net" };
	struct mail_attachment book = { "the-fog.epub",
					"application/epub+zip",
					SLICE("PK\3\4\0\xff") };
	struct mail_draft d = plain;
	struct written w;
	GMimeMultipart *parts;
	GMimeObject *part;

	d.body = "Dear Jo\xC3\xA3o,\n\n> quoted\n\n-- \nOrla";
	d.in_reply_to = "two@example.net";
	d.references = references;
	d.reference_count = 2;
	d.reply_to = "orla+book@example.org";
	d.unsubscribe = "mailto:orla@example.org?subject=stop";
	d.auto_submitted = "auto-generated";
	d.attachments = &book;
	d.attachment_count = 1;
	write_mail(&w, &d);
	assert_string_equal("Orla Quennell <orla@example.org>",
			    header(&w, "From"));
	assert_string_equal("Ann Reader <ann@example.net>", header(&w, "To"));
	assert_string_equal("orla+book@example.org", header(&w, "Reply-To"));
	assert_string_equal("Fri, 2 Jan 2026 04:04:05 +0100",
			    header(&w, "Date"));
	assert_string_equal("<two@example.net>", header(&w, "In-Reply-To"));
	assert_string_equal("<one@example.net> <two@example.net>",
			    header(&w, "References"));
	assert_string_equal("<mailto:orla@example.org?subject=stop>",
			    header(&w, "List-Unsubscribe"));
	assert_string_equal("auto-generated", header(&w, "Auto-Submitted"));
	assert_string_equal(w.id.buf, g_mime_message_get_message_id(
		w.message));
	assert_text(&w, "Dear Jo\xC3\xA3o,\n\n> quoted\n\n-- \nOrla\n");
	parts = GMIME_MULTIPART(g_mime_message_get_mime_part(w.message));
	assert_int_equal(2, g_mime_multipart_get_count(parts));
	part = g_mime_multipart_get_part(parts, 1);
	assert_string_equal("the-fog.epub",
			    g_mime_part_get_filename(GMIME_PART(part)));
	drop(&w);
}

static void the_same_mail_is_the_same_bytes(void **state)
{
	struct mail_draft d = plain;
	struct written one, two, later, other;

	write_mail(&one, &plain);
	write_mail(&two, &plain);
	assert_string_equal(one.bytes.buf, two.bytes.buf);
	d.when.seconds++;
	write_mail(&later, &d);
	assert_string_equal(one.id.buf, later.id.buf);
	d.body = "hello";
	write_mail(&other, &d);
	assert_string_not_equal(one.id.buf, other.id.buf);
	drop(&one);
	drop(&two);
	drop(&later);
	drop(&other);
}

static void words_are_utf8_without_controls(void **state)
{
	struct mail_draft d = plain;
	struct written w;

	d.body = "fog\xFF\x1B[2J\r\n\tice\xC2\x85";
	write_mail(&w, &d);
	assert_text(&w, "fog\xEF\xBF\xBD[2J\n\tice\n");
	drop(&w);
}

/* Whatever a name, a subject or a label has in it, the headers are ours. */
static void no_header_follows_from_words(void **state)
{
	static const char *const bad[] = {
		"Ann\r\nBcc: all@example.org", "Ann\nBcc: all@example.org",
		"Ann\rBcc: all@example.org", "Ann\n\nBcc: body",
		"=?utf-8?q?Ann=0ABcc:_x?=", "Ann\xC2\x85" "Bcc: x",
		"Ann\xE2\x80\xA8" "Bcc: x", "Ann, Bcc <x@example.org>",
		"Ann\" <x@example.org>, \"", "../../x", "\xFF\xFE", "(", "\\",
		"\xE2\x80\xAE" "evil", "Ann <x@example.org>\t\v\f",
		"a very long name of more than a line of a header, which goes "
		"on and on until it has to be folded somewhere: Bcc: x"
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct mail_attachment book = { bad[i], "application/zip",
						SLICE("PK") };
		struct mail_draft d = plain;
		struct written w;
		InternetAddressList *to;
		GMimeObject *part;
		const char *name;

		d.to.name = d.from.name = d.subject = bad[i];
		d.unsubscribe = d.auto_submitted = d.language = bad[i];
		d.in_reply_to = bad[i];
		d.references = &bad[i];
		d.reference_count = 1;
		d.attachments = &book;
		d.attachment_count = 1;
		write_mail(&w, &d);
		assert_null(header(&w, "Bcc"));
		assert_null(header(&w, "In-Reply-To"));
		assert_null(header(&w, "References"));
		to = g_mime_message_get_to(w.message);
		assert_int_equal(1, internet_address_list_length(to));
		assert_string_equal("ann@example.net",
			internet_address_mailbox_get_addr(
				INTERNET_ADDRESS_MAILBOX(
				internet_address_list_get_address(to, 0))));
		assert_int_equal(1, internet_address_list_length(
			g_mime_message_get_from(w.message)));
		assert_text(&w, "Hello\n");
		part = g_mime_multipart_get_part(GMIME_MULTIPART(
			g_mime_message_get_mime_part(w.message)), 1);
		name = g_mime_part_get_filename(GMIME_PART(part));
		assert_true(*name != '.' && !strchr(name, '/') &&
			    !strchr(name, '\n'));
		drop(&w);
	}
}

static void names_and_subjects_of_all_scripts_come_back(void **state)
{
	static const char *const words[] = {
		"Jo\xC3\xA3o Sampaio", "\xE6\xBD\xAE\xE3\x81\xAE\xE8\xA1\xA8",
		"Zo\xC3\xAB \"Z\" O'Neil", "Moss, Hester",
		"\xE6\xBD\xAE\xE3\x81\xAE\xE8\xA1\xA8\xE3\x80\x81\xE7\xAC\xAC"
		"\xEF\xBC\x92\xE5\x9B\x9E\xE3\x81\xAE\xE8\xAA\xAD\xE8\x80\x85"
		"\xE3\x81\xAE\xE3\x81\xBF\xE3\x81\xAA\xE3\x81\x95\xE3\x81\xBE"
		"\xE3\x81\xB8\xE3\x81\xAE\xE3\x81\x8A\xE7\xA4\xBC"
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		struct mail_draft d = plain;
		struct written w;

		d.to.name = d.subject = words[i];
		write_mail(&w, &d);
		assert_string_equal(words[i],
				    g_mime_message_get_subject(w.message));
		assert_string_equal(words[i], internet_address_get_name(
			internet_address_list_get_address(
				g_mime_message_get_to(w.message), 0)));
		for (struct slice rest = strbuf_slice(&w.bytes), line;
		     slice_next_line(&line, &rest);)
			if (line.len > 79 || utf8_count(line) != line.len)
				print_error("%.*s\n", SLICE_ARG(line));
		for (struct slice rest = strbuf_slice(&w.bytes), line;
		     slice_next_line(&line, &rest);)
			assert_true(line.len <= 79 && utf8_count(line) ==
				    line.len);
		drop(&w);
	}
}

static void an_address_that_is_none_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "ann", "@b", "a@", "-oX@b", "a b@c", "a@b\nBcc: c@d",
		"a@b,c@d", "a@b>", "a@b@c", "\xC3\xA9@b"
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct strbuf out = STRBUF_INIT, id = STRBUF_INIT;
		struct error err = ERROR_INIT;
		struct mail_draft d = plain;

		d.to.email = bad[i];
		assert_int_equal(ERROR_INVALID, mail_write(&out, &id, &d,
							   &err));
		assert_int_equal(0, out.len);
	}
}

static void an_id_says_round_and_reader(void **state)
{
	static const char *const rounds[] = { "2", "v1.2", "\xC3\xA9t\xC3\xA9",
					      "a%b" };
	struct strbuf id = STRBUF_INIT, round = STRBUF_INIT;
	struct slice code;

	for (size_t i = 0; i < sizeof(rounds) / sizeof(*rounds); i++) {
		strbuf_truncate(&id, 0);
		strbuf_truncate(&round, 0);
		mail_id_start(&id, rounds[i], "R7K3QX");
		strbuf_adds(&id, ".0123456789abcdef@example.org");
		assert_true(mail_id_is_valid(strbuf_slice(&id)));
		assert_true(mail_id_read(&round, &code, strbuf_slice(&id)));
		assert_string_equal(rounds[i], round.buf);
		assert_true(slice_eq_str(code, "R7K3QX"));
	}
	strbuf_truncate(&round, 0);
	assert_true(mail_id_read(&round, &code, SLICE(
		"galley.t.R7K3QX.0123456789abcdef@example.org")));
	assert_int_equal(0, round.len);
	assert_false(mail_id_read(&round, &code, SLICE(
		"galley.r2.R7K3QX.0123456789abcde@example.org")));
	assert_false(mail_id_read(&round, &code, SLICE(
		"galley.r%0.R7K3QX.0123456789abcdef@example.org")));
	assert_false(mail_id_read(&round, &code, SLICE(
		"galley.r%00.R7K3QX.0123456789abcdef@example.org")));
	assert_false(mail_id_read(&round, &code, SLICE(
		"galley.r2.R7K3Q.0123456789abcdef@example.org")));
	assert_false(mail_id_read(&round, &code, SLICE("galley.")));
	assert_int_equal(0, round.len);
	strbuf_release(&id);
	strbuf_release(&round);
}

/* Words, blanks, quotes and wide letters at random. */
static void make_text(struct strbuf *out, unsigned seed)
{
	static const char *const pieces[] = {
		"fog ", "a ", "harbour-master ", "> ", "\n", "\n\n", "From ",
		"\xE6\xBD\xAE", "\xE3\x80\x82", "  ", "x", "\xC3\xA9t\xC3\xA9 ",
		"https://example.org/a/very/long/address/that/has/no/blank ",
		"\n> and they said ", "\n>> deeper ", "-- ", "\n-- \n"
	};

	srand(seed);
	for (int i = 0; i < 80; i++)
		strbuf_adds(out, pieces[rand() % 17]);
	strbuf_addch(out, '\n');
}

/* Without the spaces at the ends of lines. */
static void trim_lines(struct strbuf *out, struct slice text)
{
	struct slice line;

	while (slice_next_line(&line, &text))
		strbuf_addf(out, "%.*s\n", SLICE_ARG(slice_trim_end(line)));
}

static void what_is_flowed_is_unflowed_the_same(void **state)
{
	for (unsigned seed = 0; seed < 3000; seed++) {
		struct strbuf text = STRBUF_INIT, flowed = STRBUF_INIT;
		struct strbuf back = STRBUF_INIT, want = STRBUF_INIT;
		struct strbuf got = STRBUF_INIT;
		bool delsp;

		make_text(&text, seed);
		delsp = mail_flow(&flowed, strbuf_slice(&text));
		mail_unflow(&back, strbuf_slice(&flowed), delsp);
		trim_lines(&want, strbuf_slice(&text));
		trim_lines(&got, strbuf_slice(&back));
		if (strcmp(want.buf, got.buf))
			print_error("seed %u\n", seed);
		assert_string_equal(want.buf, got.buf);
		strbuf_release(&text);
		strbuf_release(&flowed);
		strbuf_release(&back);
		strbuf_release(&want);
		strbuf_release(&got);
	}
}

static void lines_are_broken_where_they_may_be(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct slice rest, line;

	assert_false(mail_flow(&out, SLICE(
		"The fog came in at five, and nobody in the harbour saw it "
		"come but the dog.\n"
		"> The fog came in at five, and nobody in the harbour saw it "
		"come but the dog.\n"
		"From here on\n")));
	assert_string_equal(
		"The fog came in at five, and nobody in the harbour saw it "
		"come but the \ndog.\n"
		"> The fog came in at five, and nobody in the harbour saw it "
		"come but the \n> dog.\n"
		" From here on\n", out.buf);
	strbuf_truncate(&out, 0);
	for (int i = 0; i < 30; i++)
		strbuf_adds(&out, "\xE9\x9C\xA7\xE3\x81\x8C\xE3\x80\x82");
	strbuf_addch(&out, '\n');
	rest = strbuf_slice(&out);
	{
		struct strbuf flowed = STRBUF_INIT;

		assert_true(mail_flow(&flowed, rest));
		rest = strbuf_slice(&flowed);
		for (size_t n = 0; slice_next_line(&line, &rest); n++)
			assert_true(utf8_count(line) <= 38 &&
				    !slice_starts_with(line,
					SLICE("\xE3\x80\x82")));
		strbuf_release(&flowed);
	}
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_is_what_was_asked_for),
		cmocka_unit_test(the_same_mail_is_the_same_bytes),
		cmocka_unit_test(words_are_utf8_without_controls),
		cmocka_unit_test(no_header_follows_from_words),
		cmocka_unit_test(names_and_subjects_of_all_scripts_come_back),
		cmocka_unit_test(an_address_that_is_none_is_refused),
		cmocka_unit_test(an_id_says_round_and_reader),
		cmocka_unit_test(what_is_flowed_is_unflowed_the_same),
		cmocka_unit_test(lines_are_broken_where_they_may_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
