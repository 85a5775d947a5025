/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "error.h"
#include "html_escape.h"
#include "html_sanitize.h"
#include "strbuf.h"

static int address(struct strbuf *out, struct slice url, void *data,
		   struct error *err)
{
	if (slice_starts_with(url, SLICE("javascript:")))
		return 0;
	html_escape_url(out, url);
	return 0;
}

static void check(bool block, const char *html, const char *expected)
{
	struct html_sanitizer s = HTML_SANITIZER_INIT;
	struct strbuf out = STRBUF_INIT;

	s.link = s.image = address;
	assert_int_equal(0, html_sanitize(&out, &s, slice_of(html), NULL,
					  block, NULL));
	html_sanitize_leave(&out, &s, NULL);
	assert_string_equal(expected, out.buf);
	assert_int_equal(0, s.count);
	strbuf_release(&out);
}

static void harmless_elements_pass(void **state)
{
	check(false, "a <B>b</B> <sub>2</sub><br><wbr>", "a <b>b</b> "
	      "<sub>2</sub><br /><wbr />");
	check(true, "<div class='a b'>x</div>", "<div class=\"a b\">x</div>");
	check(true, "<details open><summary>S</summary>x</details>",
	      "<details open=\"open\"><summary>S</summary>x</details>");
	check(false, "<ruby>漢<rp>(</rp><rt>kan<rp>)</rp></ruby>",
	      "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>");
	check(false, "<i lang=fr dir=rtl title='a \"b\"'>x</i>",
	      "<i lang=\"fr\" dir=\"rtl\" title=\"a &quot;b&quot;\">x</i>");
}

static void other_tags_go_and_words_stay(void **state)
{
	check(false, "<blink>a</blink> <font color=red>b</font>", "a b");
	check(false, "<i onclick='x()' style='y' id=z>a</i>", "<i>a</i>");
	check(false, "<a href='javascript:x'>a</a>", "a");
	check(false, "<a name=x>a</a>", "a");
	check(false, "<a href='x'>a <a href='y'>b</a></a>",
	      "<a href=\"x\">a b</a>");
	check(false, "<a href='x' href='y'>a</a>", "<a href=\"x\">a</a>");
	check(false, "<time>noon</time><time datetime=1851-10-18>x</time>",
	      "noon<time datetime=\"1851-10-18\">x</time>");
	check(false, "<bdo>x</bdo><bdo dir=rtl>y</bdo>",
	      "x<bdo dir=\"rtl\">y</bdo>");
	check(false, "<img alt='a &amp; b'><img src=x>",
	      "a &amp; b<img src=\"x\" alt=\"\" />");
}

static void active_content_goes_whole(void **state)
{
	check(true, "a<script>alert('<b>')</script>b", "ab");
	check(true, "a<SCRIPT\n>x</sCript >b", "ab");
	check(true, "a<style>p{}</style>b<iframe src=x>c</iframe>d", "abd");
	check(true, "a<!-- <b> -->b<?php x ?>c<!DOCTYPE html>d", "abcd");
	check(true, "a<svg><script>x</script></svg>b", "ab");
	check(true, "a<script>no end", "a");
	check(true, "a<!-- no end", "a");
	check(true, "a<form><input>x</form>b", "ab");
	check(true, "a<script/>b", "ab");
}

static void references_become_characters(void **state)
{
	check(false, "&eacute;&#233;&#xe9;&nbsp;&amp;&lt;&bogus;&",
	      "ééé\u00A0&amp;&lt;&amp;bogus;&amp;");
	check(false, "&#0;&#xD800;&#x110000;", "\uFFFD\uFFFD\uFFFD");
	check(false, "<i title='&quot;&#10;'>x</i>",
	      "<i title=\"&quot;\n\">x</i>");
}

static void what_is_open_is_closed(void **state)
{
	check(false, "<b><i>x", "<b><i>x</i></b>");
	check(false, "<b><i>x</b>y</i>", "<b><i>x</i></b>y");
	check(false, "x</b></i></p>", "x");
	check(true, "<p>a<p>b<div>c", "<p>a</p><p>b</p><div>c</div>");
	check(true, "<p><b>a<div>c</b>", "<p><b>a</b></p><div>c</div>");
	check(true, "<ul><li>a<li>b</ul>c",
	      "<ul><li>a</li><li>b</li></ul>c");
}

static void things_stand_where_they_may(void **state)
{
	check(false, "a<div>b</div>c<p>d", "abcd");
	check(true, "<li>a</li><td>b</td><summary>c</summary>", "abc");
	check(true, "<ul> a <b>b</b></ul>", "<ul><li> a <b>b</b></li></ul>");
	check(true, "<table><td>a<td>b<tr><th scope=row>c</table>",
	      "<table><tbody><tr><td>a</td><td>b</td></tr>"
	      "<tr><th scope=\"row\">c</th></tr></tbody></table>");
	check(true, "<table>x</table>",
	      "<table><tbody><tr><td>x</td></tr></tbody></table>");
	check(true, "<table><caption>c</caption><thead><tr><th>h</thead>"
		    "<tbody><tr><td colspan=2>d</table>",
	      "<table><caption>c</caption><thead><tr><th>h</th></tr></thead>"
	      "<tbody><tr><td colspan=\"2\">d</td></tr></tbody></table>");
	check(true, "<table><tr><td><div></table>x",
	      "<table><tbody><tr><td><div></div></td></tr></tbody></table>x");
	check(true, "<details>x</details>",
	      "<details><summary>\u2026</summary>x</details>");
	check(true, "<figure><figcaption>a</figcaption><figcaption>b"
		    "</figcaption></figure>",
	      "<figure><figcaption>a</figcaption>b</figure>");
	check(true, "<center>x</center>", "<div class=\"center\">x</div>");
	check(true, "<h1>x</h1>", "<h1>x</h1>");
}

static void what_is_no_tag_is_text(void **state)
{
	check(true, "1 < 2 <3 <> < a> </ b> <!", "1 &lt; 2 &lt;3 &lt;&gt; "
	      "&lt; a&gt; &lt;/ b&gt; &lt;!");
	check(true, "<b", "&lt;b");
	check(true, "<b title=\"", "&lt;b title=&quot;");
	check(true, "", "");
	check(true, "<", "&lt;");
}

static void elements_span_pieces_of_a_container(void **state)
{
	struct html_sanitizer s = HTML_SANITIZER_INIT;
	struct strbuf out = STRBUF_INIT;
	int outer = 0, inner = 0;

	html_sanitize(&out, &s, SLICE("<b>"), &outer, false, NULL);
	strbuf_adds(&out, "<em>");
	html_sanitize(&out, &s, SLICE("</b><u>"), &inner, false, NULL);
	html_sanitize_leave(&out, &s, &inner);
	strbuf_adds(&out, "</em>");
	html_sanitize(&out, &s, SLICE("</b>"), &outer, false, NULL);
	html_sanitize_leave(&out, &s, &outer);
	assert_string_equal("<b><em><u></u></em></b>", out.buf);
	strbuf_release(&out);
}

/* Each of these took time without bound in some sanitizer. */
static void hostile_input_takes_linear_time(void **state)
{
	static const char *const pieces[] = {
		"<", "<a", "<a ", "<a b=\"", "<!--", "<script>", "<b>",
		"</b>", "<i></b>", "<div><p>", "&", "&amp", "<table>", "<![",
		"<li>", "<a b='<c d=\""
	};
	enum { SIZE = 2000000 };
	char *html = malloc(SIZE);

	assert_non_null(html);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		struct html_sanitizer s = HTML_SANITIZER_INIT;
		struct strbuf out = STRBUF_INIT;
		size_t len = strlen(pieces[i]);

		for (size_t at = 0; at < SIZE; at++)
			html[at] = pieces[i][at % len];
		html_sanitize(&out, &s, (struct slice){ html, SIZE }, NULL,
			      true, NULL);
		html_sanitize_leave(&out, &s, NULL);
		strbuf_release(&out);
	}
	free(html);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(harmless_elements_pass),
		cmocka_unit_test(other_tags_go_and_words_stay),
		cmocka_unit_test(active_content_goes_whole),
		cmocka_unit_test(references_become_characters),
		cmocka_unit_test(what_is_open_is_closed),
		cmocka_unit_test(things_stand_where_they_may),
		cmocka_unit_test(what_is_no_tag_is_text),
		cmocka_unit_test(elements_span_pieces_of_a_container),
		cmocka_unit_test(hostile_input_takes_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
