/* SPDX-License-Identifier: MIT */
/* What a page says about where its words come from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "document.h"
#include "error.h"
#include "html_trace.h"
#include "html_write.h"
#include "markdown_read.h"
#include "strbuf.h"
#include "typography.h"

/* All data-at of a page with the source, "|" between, "-" for an empty one. */
static void told(struct strbuf *out, const char *language, const char *source,
		 bool is_known)
{
	struct document doc = DOCUMENT_INIT;
	struct error err = ERROR_INIT;
	struct html_trace trace = HTML_TRACE_INIT;
	struct strbuf html = STRBUF_INIT;
	struct html_options options = {
		.flavour = HTML_PAGE, .trace = &trace,
		.rules = typography_for(language)
	};
	static const char name[] = "data-at=\"";
	const char *p;

	assert_int_equal(0, markdown_read(&doc, slice_of(source), NULL, &err));
	html_trace_chunk(&trace, 7, is_known ? doc.source : SLICE(""));
	assert_int_equal(0, html_write(&html, doc.root, &options, &err));
	for (p = html.buf; (p = strstr(p, name));) {
		size_t n;

		p += sizeof(name) - 1;
		n = strcspn(p, "\"");
		if (out->len)
			strbuf_addch(out, '|');
		strbuf_add(out, n ? p : "-", n ? n : 1);
	}
	strbuf_release(&html);
	html_trace_release(&trace);
	document_release(&doc);
}

static void check(const char *language, const char *source, const char *wanted)
{
	struct strbuf out = STRBUF_INIT;

	told(&out, language, source, true);
	assert_string_equal(wanted, out.buf);
	strbuf_release(&out);
}

static void words_are_where_they_stand(void **state)
{
	check("en", "The fog\ncame.\n\nAnd went.\n", "7 0 13|7 15 9");
	check("en", "# The fog\n", "7 2 7");
}

static void lengths_are_utf_16(void **state)
{
	check("en", "\xF0\x9F\x8C\x8A caf\xC3\xA9\n\nb\n", "7 0 7|7 9 1");
}

static void markup_shows_nothing(void **state)
{
	check("en", "a *b* c\n", "7 0 2 0:1 1 0:1 2");
	check("en", "*a **b***\n", "7 0 0:1 2 0:2 1 0:3");
	check("en", "[a](b.md)\n", "7 0 0:1 1 0:7");
	check("en", "a `` b`c `` d\n", "7 0 2 0:3 3 0:3 2");
	check("en", "a^[note] b\n", "7 0 1 0:7 2");
}

static void smart_punctuation_is_tied(void **state)
{
	check("en", "\"a\" --- 'b'...\n", "7 0 4 1:3 4 1:3");
	check("en", "a -- b-c\n", "7 0 2 1:2 4");
	check("en", "a \xE2\x80\x94 b\n", "7 0 5");
	check("fr", "\"Oui\" ! \xC2\xABnon\xC2\xBB\n",
	      "7 0 1 1:0 3 1:0 5 1:0 3 1:0 1");
}

static void escapes_and_entities_go_whole(void **state)
{
	check("en", "a \\* b &amp; c\n", "7 0 2 1:2 3 1:5 2");
}

static void what_words_cannot_change_is_said(void **state)
{
	check("en", "at <https://a.org/> now\n", "7 0 3 0:1 =14:14 0:1 4");
	check("en", "the [log][] and [log][a] [log]\n\n[log]: a.md\n[a]: b.md\n",
	      "7 0 4 0:1 =3:3 0:3 5 0:1 3 0:4 1 0:1 =3:3 0:1");
}

static void breaks_have_what_the_next_line_begins_with(void **state)
{
	check("en", "> a\n> b\n", "7 2 1 1:3 1");
	check("en", "a  \nb\\\nc\n", "7 0 1 1:3 1 1:2 1");
	check("ja", "\xE6\x9D\xB1\n\xE4\xBA\xAC\n", "7 0 1 0:1 1");
}

static void items_cells_and_lines(void **state)
{
	check("en", "- a\n- b\n\n  c\n", "7 2 1|7 6 1|7 11 1");
	check("en", "- a\n- b\n  - c\n", "7 2 1|7 6 1|7 12 1");
	check("en", "| a | b |\n|---|---|\n| *c* | d |\n",
	      "7 2 1|7 6 1|7 22 0:1 1 0:1|7 28 1");
	check("en", "| One\n|   Two\n", "7 2 3|7 10 3");
	check("en", "::: verse\nOne\nTwo\n:::\n", "7 10 3|7 14 3");
}

static void what_cannot_be_told_is_empty(void **state)
{
	struct strbuf out = STRBUF_INIT;

	told(&out, "en", "# A\n\n- b\n\n| C |\n|---|\n", false);
	assert_string_equal("-|-|-", out.buf);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_where_they_stand),
		cmocka_unit_test(lengths_are_utf_16),
		cmocka_unit_test(markup_shows_nothing),
		cmocka_unit_test(smart_punctuation_is_tied),
		cmocka_unit_test(escapes_and_entities_go_whole),
		cmocka_unit_test(what_words_cannot_change_is_said),
		cmocka_unit_test(breaks_have_what_the_next_line_begins_with),
		cmocka_unit_test(items_cells_and_lines),
		cmocka_unit_test(what_cannot_be_told_is_empty)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
