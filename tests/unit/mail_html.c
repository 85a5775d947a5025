/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "error.h"
#include "mail_html.h"
#include "strbuf.h"

static void expect(const char *want, const char *html)
{
	struct strbuf have = STRBUF_INIT;

	assert_int_equal(0, mail_html_text(&have, slice_of(html), NULL));
	assert_string_equal(want, have.buf);
	strbuf_release(&have);
}

static void blocks_are_lines(void **state)
{
	expect("a\nb\nc\n", "<div>a</div><div>b<br></div>c");
	expect("a\n\nb\n", "<div>a</div><div><br></div><div>b</div>");
	expect("a\nb\n", "a<br>b<br/>");
	expect("a\n\nb\n", "a<br><br>b");
	expect("a b\nc\n", "<table><tr><td>a</td><td>b</td></tr>"
			   "<tr><td>c</table>");
	expect("- a\n- b\n", "<ul><li>a<li>b</ul>");
}

static void paragraphs_have_a_blank_line_between_them(void **state)
{
	expect("a\n\nb\n", "<p>a</p><p>b</p>");
	expect("a\n\nb\n", "<p>a<p>b");
	expect("a\n\nb\n", "<h1>a</h1>b");
}

static void outlook_makes_paragraphs_of_lines(void **state)
{
	expect("a\nb\n\nc\n", "<p class=MsoNormal>a</p>"
	       "<p class='x MsoNormal'>b</p>"
	       "<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
	       "<p style='margin:0cm 0 0'>c</p>");
}

static void blanks_are_one(void **state)
{
	expect("a b c\n", " a \n b<b> c</b> \t");
	expect("a  b\n", "a&nbsp;&#160;b");
	expect("  a\n b\n", "<pre>  a\n b</pre>");
	expect(" a b\n", "<div>&nbsp;a b</div>");
	expect("a\n  b\n", "<div style='white-space: pre-wrap'>a\n  b</div>");
}

static void references_are_characters(void **state)
{
	expect("\xC3\xA9 < & \xE2\x80\x93 &nosuch; A\n",
	       "&eacute; &lt; &amp; &ndash; &nosuch; &#x41;");
}

static void what_is_not_seen_is_not_there(void **state)
{
	expect("a\n", "<head><title>t</title><style>p{}</style></head>a");
	expect("a\n", "<script>if (a<b) x='<p>'</SCRIPT>a<!-- c -->");
	expect("a\n", "<span style='display: none'>hidden</span>a");
	expect("", "");
	expect("a\n", "<style>p{}</style><body>a</body>");
	expect("a\n", "<head><meta x><p>a");	/* head is not ended */
}

static void quotes_are_marked(void **state)
{
	expect("a:\n> b\n> c\n>> d\n\ne\n", "<div>a:</div><blockquote>b<br>c"
	       "<blockquote type=cite>d</blockquote></blockquote>e");
	expect("> a\n>\n> b\n", "<blockquote><p>a</p><p>b</p></blockquote>");
	expect("> a\n>\n> b\n", "<blockquote>a<br><br>b</blockquote>");
}

static void gmail_indents_with_quotes(void **state)
{
	expect("a\n", "<blockquote style=\"margin: 0 0 0 40px; border: none; "
		      "padding: 0px\">a</blockquote>");
}

static void outlook_quotes_all_that_follows(void **state)
{
	expect("a\n> From: Ada\n> b\n> c\n", "<div>a<div style='border:none;"
	       "border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm'><b>From:"
	       "</b> Ada</div></div><div>b</div><div>c</div>");
	expect("a\n> From: Ada\n> b\n", "a<hr><div id=\"divRplyFwdMsg\">From: "
	       "Ada</div><div>b</div>");
	/* in a quote, to its end */
	expect("> a\n>> From: Ada\n>> b\n\nc\n", "<blockquote>a<div "
	       "id=divRplyFwdMsg>From: Ada</div>b</blockquote>c");
}

static void yahoo_quotes_in_boxes(void **state)
{
	expect("a\n> On Monday\n> b\n\nc\n", "a<div id='yahoo_quoted_1' "
	       "class='yahoo_quoted'><div>On Monday</div>b</div>c");
}

static void unbalanced_tags_do_no_harm(void **state)
{
	expect("a\nb\n", "</div></p><div>a</blockquote></span></div>b");
	expect("> a\n\nb\n", "<blockquote><div><p>a</blockquote>b");
	expect("a < b <c\n", "a < b <c");
	expect("a\n", "<div>a</td></tr>");
}

static void too_much_is_cut(void **state)
{
	struct strbuf html = STRBUF_INIT, out = STRBUF_INIT;
	struct error err = ERROR_INIT;

	for (int i = 0; i < 1000; i++)
		strbuf_adds(&html, "<div>a");
	assert_int_equal(ERROR_LIMIT, mail_html_text(&out,
						     strbuf_slice(&html),
						     &err));
	assert_string_equal("the HTML of a mail is nested too deep",
			    err.message);
	assert_true(out.len >= 256 * 2);
	strbuf_truncate(&html, 0);
	while (html.len <= 8 << 20)
		strbuf_adds(&html, "word ");
	assert_int_equal(ERROR_LIMIT, mail_html_text(&out,
						     strbuf_slice(&html),
						     &err));
	strbuf_release(&html);
	strbuf_release(&out);
}

static void hostile_html_takes_linear_time(void **state)
{
	static const char *const parts[] = { "<a ", "<a x=\"", "<", "<!--",
		"<style>", "</div>", "<p>", "<br>", "&", "&amp", "<td>", "<li>",
		"<blockquote></p>", "<div id=divRplyFwdMsg></div>",
		"<p style='white-space:pre'>\n</p>", "\xC2\xA0<br>" };
	clock_t start = clock();

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;

		while (text.len < 1 << 20)
			strbuf_adds(&text, parts[i]);
		mail_html_text(&out, strbuf_slice(&text), NULL);
		assert_true(out.len < 40u << 20);
		strbuf_release(&text);
		strbuf_release(&out);
	}
	assert_true(clock() - start < 20 * CLOCKS_PER_SEC);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_are_lines),
		cmocka_unit_test(paragraphs_have_a_blank_line_between_them),
		cmocka_unit_test(outlook_makes_paragraphs_of_lines),
		cmocka_unit_test(blanks_are_one),
		cmocka_unit_test(references_are_characters),
		cmocka_unit_test(what_is_not_seen_is_not_there),
		cmocka_unit_test(quotes_are_marked),
		cmocka_unit_test(gmail_indents_with_quotes),
		cmocka_unit_test(outlook_quotes_all_that_follows),
		cmocka_unit_test(yahoo_quotes_in_boxes),
		cmocka_unit_test(unbalanced_tags_do_no_harm),
		cmocka_unit_test(too_much_is_cut),
		cmocka_unit_test(hostile_html_takes_linear_time),
	};

	return cmocka_run_group_tests_name("mail_html", tests, NULL, NULL);
}
