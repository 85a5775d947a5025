/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "document.h"
#include "error.h"
#include "html_escape.h"
#include "html_write.h"
#include "strbuf.h"
#include "typography.h"

/* ---- trees by hand ---------------------------------------------------- */

static struct document doc = DOCUMENT_INIT;

/* A node and its children, up to NULL. */
static struct node *n(enum node_type type, ...)
{
	struct node *node = node_new(&doc, type, 0, 0), *child;
	va_list args;

	va_start(args, type);
	while ((child = va_arg(args, struct node *)))
		node_append(node, child);
	va_end(args);
	return node;
}

static struct node *leaf(enum node_type type, const char *text)
{
	struct node *node = n(type, NULL);

	node->text = slice_of(text);
	return node;
}

static struct node *t(const char *text)
{
	return leaf(NODE_TEXT, text);
}

static struct node *p(const char *text)
{
	return n(NODE_PARAGRAPH, t(text), NULL);
}

static struct node *raw(const char *html)
{
	return leaf(NODE_HTML_INLINE, html);
}

static struct node *attributes(struct node *node, const char *class,
			       const char *key, const char *value)
{
	struct attributes *a = arena_calloc(&doc.arena, sizeof(*a));

	a->classes = arena_calloc(&doc.arena, sizeof(*a->classes));
	a->pairs = arena_calloc(&doc.arena, sizeof(*a->pairs));
	if (class) {
		a->classes[0] = slice_of(class);
		a->class_count = 1;
	}
	if (key) {
		a->pairs[0].key = slice_of(key);
		a->pairs[0].value = slice_of(value);
		a->pair_count = 1;
	}
	node->attributes = a;
	return node;
}

static struct node *numbered(struct node *node, const char *id,
			     unsigned number)
{
	node->id = id;
	node->number = number;
	return node;
}

static struct node *link_to(enum node_type type, const char *url,
			    const char *words)
{
	struct node *node = n(type, t(words), NULL);

	node->link.url = slice_of(url);
	return node;
}

/* ---- what they become ------------------------------------------------- */

static int address(struct strbuf *out, struct slice url, void *data,
		   struct error *err)
{
	if (slice_eq_str(url, "dead"))
		return 0;
	if (slice_eq_str(url, "broken"))
		return error_set(err, ERROR_NOT_FOUND, "no such thing");
	html_escape_url(out, url);
	return 0;
}

static int note(struct strbuf *out, uint32_t number, void *data,
		struct error *err)
{
	strbuf_addf(out, "#note-%u", (unsigned)number);
	return 0;
}

static struct html_options page = {
	.flavour = HTML_PAGE, .label = "3", .link = address,
	.image = address, .note = note
};
static struct html_options epub = {
	.flavour = HTML_EPUB, .label = "3", .pages = 7, .link = address,
	.image = address, .note = note
};

static void expect(const struct html_options *options, struct node *node,
		   const char *html)
{
	struct strbuf out = STRBUF_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(0, html_write(&out, node, options, &err));
	assert_string_equal(html, out.buf);
	strbuf_release(&out);
	document_reset(&doc);
}

static void a_paragraph_has_id_and_label(void **state)
{
	expect(&page, numbered(p("So & <so>"), "pabc", 14),
	       "<p id=\"pabc\"><a class=\"label\" href=\"#pabc\" "
	       "data-label=\"3.14\" aria-hidden=\"true\" tabindex=\"-1\"></a>"
	       "So &amp; &lt;so&gt;</p>\n");
	expect(&epub, numbered(p("So"), "pabc", 14),
	       "<p id=\"pabc\"><span id=\"l-3-14\" class=\"label\" "
	       "epub:type=\"pagebreak\" role=\"doc-pagebreak\" "
	       "aria-label=\"3.14\" data-label=\"3.14\"></span>So</p>\n");
	expect(&epub, p("So"), "<p>So</p>\n");
}

static void a_label_that_is_no_page_is_still_shown(void **state)
{
	expect(&epub, numbered(p("So"), "pabc", 15),
	       "<p id=\"pabc\"><span class=\"label\" data-label=\"3.15\">"
	       "</span>So</p>\n");
}

static void headings_shift(void **state)
{
	struct html_options shifted = page;
	struct node *h = n(NODE_HEADING, t("Fog"), NULL);

	h->level = 2;
	shifted.shift = 1;
	expect(&shifted, numbered(h, "c-fog", 0),
	       "<h3 id=\"c-fog\">Fog</h3>\n");
}

static void punctuation_is_smart_across_inlines_but_not_in_code(void **state)
{
	struct html_options smart = page;

	smart.rules = typography_for("en");
	expect(&smart,
	       n(NODE_PARAGRAPH, t("\""), n(NODE_EMPHASIS, t("No"), NULL),
		 t("\" & '"), leaf(NODE_CODE, "\"x\""), t("'"), NULL),
	       "<p>“<em>No</em>” &amp; ‘<code>&quot;x&quot;</code>’</p>\n");
	smart.rules = typography_for("de");
	expect(&smart, n(NODE_PARAGRAPH, t("Er rief \""),
			 n(NODE_STRONG, t("Nein"), NULL), t("\"!"), NULL),
	       "<p>Er rief „<strong>Nein</strong>“!</p>\n");
}

/* Eight bytes are looked at in one step: at each place in them. */
static void smart_text_is_escaped_wherever_it_needs_it(void **state)
{
	static const char marks[] = "&<>\x01";
	static const char *const escaped[] = { "&amp;", "&lt;", "&gt;",
					       "\uFFFD" };
	struct html_options smart = page;
	char text[21], html[64];

	smart.rules = typography_for("en");
	for (size_t m = 0; marks[m]; m++)
		for (size_t at = 0; at < 20; at++) {
			memset(text, 'a', 20);
			text[20] = '\0';
			text[at] = marks[m];
			snprintf(html, sizeof(html), "<p>%.*s%s%s</p>\n",
				 (int)at, text, escaped[m], text + at + 1);
			expect(&smart, p(text), html);
		}
}

static void a_div_with_a_language_quotes_by_it(void **state)
{
	struct html_options smart = epub;

	smart.rules = typography_for("en");
	expect(&smart,
	       n(NODE_DOCUMENT,
		 attributes(n(NODE_DIV, p("\"Ja\""), NULL), NULL, "lang",
			    "de"),
		 p("\"Yes\""), NULL),
	       "<div lang=\"de\" xml:lang=\"de\">\n<p>„Ja“</p>\n</div>\n"
	       "<p>“Yes”</p>\n");
}

static void an_escaped_quote_stays_straight(void **state)
{
	struct html_options smart = page;
	struct node *quote = t("\"");

	quote->flags = NODE_LITERAL;
	smart.rules = typography_for("en");
	expect(&smart, n(NODE_PARAGRAPH, quote, t("a\""), NULL),
	       "<p>&quot;a”</p>\n");
}

static void a_foreign_word_is_one_element(void **state)
{
	expect(&epub,
	       n(NODE_PARAGRAPH,
		 attributes(n(NODE_SPAN,
			      n(NODE_EMPHASIS, t("mot"), NULL), NULL),
			    NULL, "lang", "fr"),
		 n(NODE_EMPHASIS,
		   attributes(n(NODE_SPAN, t("so"), NULL), NULL, "lang",
			      "de"), NULL),
		 attributes(n(NODE_SPAN, t("x"), NULL), NULL, "lang", "???"),
		 attributes(n(NODE_SPAN, t("y"), NULL), NULL, "lang", "de--A"),
		 NULL),
	       "<p><i lang=\"fr\" xml:lang=\"fr\">mot</i>"
	       "<i lang=\"de\" xml:lang=\"de\">so</i><span>x</span>"
	       "<span>y</span></p>\n");
}

static void dead_links_are_words(void **state)
{
	expect(&page,
	       n(NODE_PARAGRAPH, link_to(NODE_LINK, "dead", "one"), t(" "),
		 link_to(NODE_LINK, "a.html?b&c", "two"), t(" "),
		 link_to(NODE_IMAGE, "dead", "a <picture>"), NULL),
	       "<p>one <a href=\"a.html?b&amp;c\">two</a> "
	       "a &lt;picture&gt;</p>\n");
}

static void a_link_in_a_link_is_words(void **state)
{
	struct node *outer = link_to(NODE_LINK, "x", "a");
	struct node *mark = numbered(n(NODE_FOOTNOTE_REFERENCE, NULL),
				     "r1", 1);

	node_append(outer, mark);
	node_append(outer, link_to(NODE_LINK, "inner", "c"));
	expect(&page,
	       n(NODE_PARAGRAPH, outer, raw("<a href='y'>"),
		 link_to(NODE_LINK, "z", "b"), raw("</a>"), NULL),
	       "<p><a href=\"x\">a<span id=\"r1\" class=\"noteref\">1</span>"
	       "c</a><a href=\"y\">b</a></p>\n");
}

static void what_a_callback_says_ends_it(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(ERROR_NOT_FOUND,
			 html_write(&out, n(NODE_PARAGRAPH,
					    link_to(NODE_LINK, "broken", "a"),
					    NULL), &page, &err));
	assert_string_equal("no such thing", err.message);
	strbuf_release(&out);
	document_reset(&doc);
}

static void notes_have_marks_and_ways_back(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct node *content;

	expect(&epub,
	       n(NODE_PARAGRAPH, t("Fog"),
		 numbered(n(NODE_FOOTNOTE_REFERENCE, NULL), "n1-ref", 7),
		 NULL),
	       "<p>Fog<a id=\"n1-ref\" class=\"noteref\" "
	       "epub:type=\"noteref\" role=\"doc-noteref\" "
	       "href=\"#note-7\">7</a></p>\n");
	content = n(NODE_FOOTNOTE, p("One."), p("Two."), NULL);
	html_write_note(&out, content, "<a>back</a>", &epub, NULL);
	assert_string_equal("<p>One.</p>\n<p>Two. <a>back</a></p>\n",
			    out.buf);
	strbuf_truncate(&out, 0);
	html_write_note(&out, n(NODE_INLINE_NOTE, t("One."), NULL),
			"<a>back</a>", &epub, NULL);
	assert_string_equal("<p>One. <a>back</a></p>\n", out.buf);
	strbuf_truncate(&out, 0);
	html_write_note(&out, n(NODE_FOOTNOTE, n(NODE_BLOCK_QUOTE, p("a"),
						 NULL), NULL),
			"<a>back</a>", &epub, NULL);
	assert_string_equal("<blockquote>\n<p>a</p>\n</blockquote>\n"
			    "<p><a>back</a></p>\n", out.buf);
	strbuf_release(&out);
	document_reset(&doc);
}

static void lists_are_tight_or_loose(void **state)
{
	struct node *list = n(NODE_LIST,
			      n(NODE_ITEM, numbered(p("a"), "pa", 1), NULL),
			      n(NODE_ITEM, p("b"),
				n(NODE_LIST, n(NODE_ITEM, p("c"), NULL), NULL),
				NULL), NULL);

	list->flags = NODE_ORDERED | NODE_TIGHT;
	list->start_number = 5;
	expect(&page, list,
	       "<ol start=\"5\">\n<li id=\"pa\"><a class=\"label\" "
	       "href=\"#pa\" data-label=\"3.1\" aria-hidden=\"true\" "
	       "tabindex=\"-1\"></a>a</li>\n<li>b<ul>\n<li><p>c</p>\n</li>\n"
	       "</ul>\n</li>\n</ol>\n");
}

static void verse_has_lines(void **state)
{
	struct node *second = n(NODE_LINE, t("and so"), NULL);

	second->indent = 4;
	expect(&epub,
	       n(NODE_DOCUMENT,
		 n(NODE_LINE_BLOCK, n(NODE_LINE, t("The sea"), NULL), second,
		   NULL),
		 n(NODE_LINE_BLOCK, n(NODE_LINE, t("again"), NULL), NULL),
		 attributes(n(NODE_DIV,
			      n(NODE_PARAGRAPH, t("a"),
				n(NODE_SOFT_BREAK, NULL), t("b"), NULL),
			      NULL), "verse", NULL, NULL), NULL),
	       "<div class=\"verse\">\n<p class=\"stanza\">"
	       "<span class=\"line\">The sea</span><br />\n"
	       "<span class=\"line indent-2\">and so</span></p>\n"
	       "<p class=\"stanza\"><span class=\"line\">again</span></p>\n"
	       "</div>\n<div class=\"verse\">\n<p class=\"stanza\">"
	       "<span class=\"line\">a</span><br />\n<span class=\"line\">b"
	       "</span></p>\n</div>\n");
}

static void known_divs_have_roles(void **state)
{
	expect(&epub,
	       attributes(n(NODE_DIV, p("a"), NULL), "epigraph", NULL, NULL),
	       "<blockquote class=\"epigraph\" epub:type=\"epigraph\" "
	       "role=\"doc-epigraph\">\n<p>a</p>\n</blockquote>\n");
	expect(&page,
	       attributes(n(NODE_DIV, p("a"), NULL), "letter", NULL, NULL),
	       "<blockquote class=\"letter\">\n<p>a</p>\n</blockquote>\n");
}

static void tables_have_heads(void **state)
{
	struct node *name = n(NODE_TABLE_CELL, t("Name"), NULL);
	struct node *none = n(NODE_TABLE_CELL, NULL);
	struct node *head = n(NODE_TABLE_ROW, none, name, NULL);
	struct node *cell = n(NODE_TABLE_CELL, t("Ann"), NULL);

	head->flags = name->flags = none->flags = NODE_HEADER;
	cell->alignment = ALIGN_RIGHT;
	expect(&page, n(NODE_TABLE, head,
			n(NODE_TABLE_ROW, n(NODE_TABLE_CELL, t("1"), NULL),
			  cell, NULL), NULL),
	       "<div class=\"table\"><div class=\"scroll\" tabindex=\"0\"><table>\n"
	       "<thead>\n<tr><td></td>"
	       "<th scope=\"col\">Name</th></tr>\n</thead>\n<tbody>\n"
	       "<tr><td>1</td><td class=\"right\">Ann</td></tr>\n</tbody>\n"
	       "</table></div></div>\n");
}

static void tables_have_captions(void **state)
{
	struct node *row = n(NODE_TABLE_ROW,
			     n(NODE_TABLE_CELL, t("a"), NULL), NULL);

	row->flags = NODE_HEADER;
	expect(&page, n(NODE_TABLE, n(NODE_CAPTION, t("It is so"), NULL), row,
			n(NODE_TABLE_ROW, n(NODE_TABLE_CELL, NULL), NULL),
			NULL),
	       "<div class=\"table\"><div class=\"scroll\" tabindex=\"0\"><table>\n"
	       "<caption>It is so</caption>\n<thead>\n"
	       "<tr><td>a</td></tr>\n</thead>\n<tbody>\n"
	       "<tr><td></td></tr>\n</tbody>\n</table></div></div>\n");
}

static void figures_have_captions(void **state)
{
	struct node *image = link_to(NODE_IMAGE, "map.svg", "A \"map\"");

	image->link.title = SLICE("The coast");
	expect(&page, n(NODE_FIGURE, image,
			n(NODE_CAPTION, t("The coast"), NULL), NULL),
	       "<figure><img src=\"map.svg\" alt=\"A &quot;map&quot;\" />"
	       "<figcaption>The coast</figcaption></figure>\n");
}

static void code_knows_its_language(void **state)
{
	struct node *code = leaf(NODE_CODE_BLOCK, "a < \"b\"\n");

	code->info = SLICE("rust,ignore");
	expect(&page, code, "<pre><code class=\"language-rust\">"
	       "a &lt; &quot;b&quot;\n</code></pre>\n");
}

static void critic_marks_never_show(void **state)
{
	expect(&page,
	       n(NODE_PARAGRAPH, t("a"), n(NODE_INSERTION, t("b"), NULL),
		 n(NODE_DELETION, t("c"), NULL),
		 n(NODE_HIGHLIGHT, t("d"), NULL), leaf(NODE_COMMENT, "e"),
		 n(NODE_STRIKETHROUGH, t("f"), NULL), NULL),
	       "<p>abd<del>f</del></p>\n");
}

static void raw_tags_end_with_their_container(void **state)
{
	expect(&page,
	       n(NODE_DOCUMENT,
		 n(NODE_PARAGRAPH, raw("<b>"), t("a"),
		   n(NODE_EMPHASIS, t("b"), raw("<i>"), t("c"), raw("</b>"),
		     NULL), t("d"), NULL),
		 p("e"), NULL),
	       "<p><b>a<em>b<i>c</i></em>d</b></p>\n<p>e</p>\n");
}

static void raw_blocks_may_hold_ours(void **state)
{
	expect(&page,
	       n(NODE_DOCUMENT,
		 leaf(NODE_HTML_BLOCK,
		      "<details><summary>More</summary>\n<p>x\n"),
		 p("y"), leaf(NODE_HTML_BLOCK, "</details>\n"), p("z"),
		 leaf(NODE_HTML_BLOCK, "<ul>\n"), p("in a list"), NULL),
	       "<details><summary>More</summary>\n<p>x\n</p><p>y</p>\n"
	       "</details>\n<p>z</p>\n<ul>\n<li><p>in a list</p>\n</li></ul>");
}

static void an_inline_script_goes_with_what_it_holds(void **state)
{
	expect(&page,
	       n(NODE_DOCUMENT,
		 n(NODE_PARAGRAPH, t("a"), raw("<script>"), t("alert(1)"),
		   n(NODE_EMPHASIS, t("x"), NULL), raw("</script>"), t("b"),
		   raw("<style>"), t("c"), NULL),
		 p("d"), NULL),
	       "<p>a<em></em>b</p>\n<p>d</p>\n");
}

static void plain_is_the_reference_output(void **state)
{
	static const struct html_options plain = { .flavour = HTML_PLAIN };
	struct node *list = n(NODE_LIST, n(NODE_ITEM, p("a"),
					   n(NODE_BLOCK_QUOTE, p("q"), NULL),
					   NULL),
			      n(NODE_ITEM, NULL), NULL);

	list->flags = NODE_TIGHT;
	expect(&plain,
	       n(NODE_DOCUMENT, numbered(p("\"a\" --"), "x", 1), list,
		 n(NODE_PARAGRAPH, raw("<script>"),
		   link_to(NODE_IMAGE, "/u \"", "alt"), NULL), NULL),
	       "<p>&quot;a&quot; --</p>\n<ul>\n<li>a\n<blockquote>\n<p>q</p>\n"
	       "</blockquote>\n</li>\n<li></li>\n</ul>\n"
	       "<p><script><img src=\"/u%20%22\" alt=\"alt\" /></p>\n");
}

static void depth_costs_no_stack(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct node *node = p("deep");

	for (int i = 0; i < 200000; i++)
		node = n(i % 2 ? NODE_BLOCK_QUOTE : NODE_DIV, node, NULL);
	assert_int_equal(0, html_write(&out, node, &epub, NULL));
	strbuf_release(&out);
	document_reset(&doc);
}

static void escapes_are_for_xml(void **state)
{
	struct strbuf out = STRBUF_INIT;

	html_escape(&out, SLICE("a\x01\x7F<\"&'>\t\n\xEF\xBF\xBF\xEF\xBB\xBF"));
	assert_string_equal("a\uFFFD\x7F&lt;&quot;&amp;'&gt;\t\n\uFFFD\uFEFF",
			    out.buf);
	strbuf_truncate(&out, 0);
	html_escape_url(&out, SLICE("a b&c\"<ü%20%zz%2>"));
	assert_string_equal("a%20b&amp;c%22%3C%C3%BC%20%25zz%252%3E", out.buf);
	strbuf_truncate(&out, 0);
	html_escape_path(&out, SLICE("a/b c?d#e%"));
	assert_string_equal("a/b%20c%3Fd%23e%25", out.buf);
	strbuf_release(&out);
}

static int finish(void **state)
{
	document_release(&doc);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_paragraph_has_id_and_label),
		cmocka_unit_test(a_label_that_is_no_page_is_still_shown),
		cmocka_unit_test(headings_shift),
		cmocka_unit_test(
			punctuation_is_smart_across_inlines_but_not_in_code),
		cmocka_unit_test(smart_text_is_escaped_wherever_it_needs_it),
		cmocka_unit_test(a_div_with_a_language_quotes_by_it),
		cmocka_unit_test(an_escaped_quote_stays_straight),
		cmocka_unit_test(a_foreign_word_is_one_element),
		cmocka_unit_test(dead_links_are_words),
		cmocka_unit_test(a_link_in_a_link_is_words),
		cmocka_unit_test(what_a_callback_says_ends_it),
		cmocka_unit_test(notes_have_marks_and_ways_back),
		cmocka_unit_test(lists_are_tight_or_loose),
		cmocka_unit_test(verse_has_lines),
		cmocka_unit_test(known_divs_have_roles),
		cmocka_unit_test(tables_have_heads),
		cmocka_unit_test(tables_have_captions),
		cmocka_unit_test(figures_have_captions),
		cmocka_unit_test(code_knows_its_language),
		cmocka_unit_test(critic_marks_never_show),
		cmocka_unit_test(raw_tags_end_with_their_container),
		cmocka_unit_test(raw_blocks_may_hold_ours),
		cmocka_unit_test(an_inline_script_goes_with_what_it_holds),
		cmocka_unit_test(plain_is_the_reference_output),
		cmocka_unit_test(depth_costs_no_stack),
		cmocka_unit_test(escapes_are_for_xml),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
