/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* after those four */
#include <cmocka.h>

#include <cmark.h>

#include "block_scan.h"
#include "strbuf.h"

/* The blocks' types, a letter each, with the lines that they start on. */
static const char letters[] = {
	[BLOCK_BLANK] = '_', [BLOCK_METADATA] = 'M', [BLOCK_HEADING] = 'H',
	[BLOCK_SCENE_BREAK] = 'S', [BLOCK_PARAGRAPH] = 'P',
	[BLOCK_CODE] = 'C', [BLOCK_HTML] = 'X', [BLOCK_QUOTE] = 'Q',
	[BLOCK_LIST] = 'L', [BLOCK_DIV] = 'D', [BLOCK_FOOTNOTE] = 'F',
	[BLOCK_LINK_DEFINITION] = 'R'
};

static void expect(const char *expected, const char *text)
{
	struct block_scanner scanner;
	struct strbuf found = STRBUF_INIT;
	struct block block;
	size_t end = 0;

	block_scanner_init(&scanner, slice_of(text));
	while (block_scanner_next(&scanner, &block)) {
		assert_int_equal(end, block.span.start);
		assert_true(block.span.end > end);
		end = block.span.end;
		strbuf_addf(&found, "%s%c%zu", found.len ? " " : "",
			    letters[block.type], block.line);
		if (block.type == BLOCK_HEADING)
			strbuf_addf(&found, "h%d", block.level);
		if (block.unclosed)
			strbuf_adds(&found, "!");
	}
	assert_int_equal(strlen(text), end);
	assert_string_equal(expected, found.buf);
	strbuf_release(&found);
}

static void blocks_are_found(void **state)
{
	expect("", "");
	expect("_1", "\n \n");
	expect("_1 P3", "\n\na\n\n");
	expect("P1 P3", "a\r\n\r\nb");
	expect("P1 P3", "a\r\rb\r");
	expect("H1h1 P2", "# a\nb\n");
	expect("H1h2 P4", "a\nb\n---\nc\n");
	expect("H1h1 P3", "\xEF\xBB\xBF" "a\n===\nc\n");
	expect("H1h1", "\xEF\xBB\xBF# a\n");
	expect("P1", "a\n    b\n2. c\n+\n<i>\n");
	expect("P1 L2", "a\n- b\n");
	expect("P1 L2", "a\n1) b\n");
	expect("L1 L2 L3", "- a\n+ b\n1. c\n");
	expect("L1 P8", "- a\n\n- b\n\n  c\nd\n\ne\n");
}

static void fences_hold(void **state)
{
	expect("C1 P4", "```\n# a\n```\nb");
	expect("C1!", "~~~ x\n# a\n```\n\n# b\n");
	expect("C1 P7", "````\n```\n\n# a\n\n`````\nb\n");
	expect("P1", "``` a`b\nc\n");
	expect("C1 H4h1", "   ```\n    ```\n```  \n# a\n");
}

static void html_blocks_end_by_their_kind(void **state)
{
	expect("X1 P5", "<pre>\n\n# a\n</PRE> b\nc\n");
	expect("X1 P4", "<!-- a\n\n# b --> c\nd\n");
	expect("X1!", "<?a\n\n# b\n");
	expect("X1 P4", "<![CDATA[\n\n]]>\na\n");
	expect("X1 H4h1", "<div>\n# a\n\n# b\n");
	expect("X1 P3", "<my-tag a=\"b>\" c>\n\na\n");
	expect("P1", "<my-tag> a\nb\n<i>\n");
}

static void quotes_and_lists_go_on_lazily(void **state)
{
	expect("Q1 P4", "> a\nb\n\nc\n");
	expect("Q1 Q3", "> a\n\n> b\n");
	expect("Q1 S2", "> a\n---\n");
	expect("Q1", "> a\n===\n");
	expect("Q1 P3", "> ```\n> a\nb\n");
	expect("L1", "1. a\nb\n\n   c\nd\n");
}

static void metadata_is_only_at_the_front(void **state)
{
	expect("M1 P5", "---\na: b\n---\n\nc\n");
	expect("M1 H4h1", "\xEF\xBB\xBF---\na: b\n...\n# c\n");
	expect("S1 P3", "---\n\na\n");
	expect("S1 P2", "---\na\n");
	expect("P1 H3h2", "a\n\nb: c\n---\n");
	expect("M1 P5", "% a\n% b\n  c\n\nd\n");
	expect("M1 P4", "% a\n%\n% c\n% d\n");
	expect("P1", "%a\n");
	expect("M1 P3", "\xEF\xBB\xBF% a\n\nb\n");
}

static void notes_go_on_when_indented(void **state)
{
	expect("F1 P5", "[^a]: b\n\n    d\n\nf\n");
	expect("F1 P7", "[^a]: b\nc\n\n    d\ne\n\nf\n");
	expect("F1 F2 P4", "[^a]: b\n[^c]: d\n\nf\n");
	expect("P1 F2", "a\n[^b]: c\n");
	expect("F1 H4h1", "[^a]:\n    b\n\n# c\n");
	expect("R1", "[^a b]: c\n");
}

static void divisions_end_at_their_colons(void **state)
{
	expect("D1 P8", "::: a\n\n# b\n\n:::\n\n\nc\n");
	expect("D1 P6", "::::: {.a}\n::: b\n:::\nc\n:::\nd\n");
	expect("D1!", "::: a\n\n# b\n\nc\n");
	expect("D1 P5", "::: a\n- b\n> c\n:::\nd\n");
	expect("D1 P6", "::: a\n```\n:::\n```\n:::\nd\n");
	expect("P1", ":::\na\n");
	expect("P1 D2 P5", "a\n::: b\nc\n:::::\nd\n");
	expect("P1", "::: two words\na\n");
}

static void definitions_are_blocks(void **state)
{
	expect("R1 R2 P3", "[a]: b\n[c]: <d> 'e'\nf\n");
	expect("R1 P4", "[a]: b\n\"c\n d\"\ne\n");
	expect("R1 P2", "[a]: b\n\"c\" d\n");
	expect("P1", "[a]: b c\n");
	expect("P1 R3", "a\n\n[b]:\nc\n");
	expect("P1", "a\n[b]: c\n");
	expect("P1", "[a]: b\n---\n");
	expect("R1 H2h1", "[a]: b\nc\n===\n");
}

static void scene_breaks_are_found(void **state)
{
	expect("P1 S3 P5", "a\n\n* * *\n\nb\n");
	expect("P1 S3 P5", "a\n\n\xE2\x81\x82\n\nb\n");
	expect("P1 S3 P5", "a\n\n#\n\nb\n");
	expect("P1 P3", "a\n\n\xE2\x81\x82\nb\n");
	expect("P1 H3h2", "a\n\n##\n");
}

static void expect_heading(const char *title, const char *attributes,
			   const char *text)
{
	struct block_scanner scanner;
	struct block block;

	block_scanner_init(&scanner, slice_of(text));
	assert_true(block_scanner_next(&scanner, &block));
	assert_int_equal(BLOCK_HEADING, block.type);
	if (!slice_eq_str(block.title, title) ||
	    !slice_eq_str(block.attributes, attributes))
		print_error("'%.*s' {%.*s} in %s\n", SLICE_ARG(block.title),
			    SLICE_ARG(block.attributes), text);
	assert_true(slice_eq_str(block.title, title));
	assert_true(slice_eq_str(block.attributes, attributes));
}

static void headings_have_words_and_attributes(void **state)
{
	expect_heading("The Fog", "", "# The Fog\n");
	expect_heading("The *Fog*", "", "  ###\tThe *Fog*  ##  \r\n");
	expect_heading("C#", "", "# C#\n");
	expect_heading("Fog", "#f .prologue", "# Fog {#f .prologue}\n");
	expect_heading("Fog", "lang=\"a b\"", "# Fog # {lang=\"a b\"}\n");
	expect_heading("Fog {sic}", "", "# Fog {sic}\n");
	expect_heading("Fog \\{#a}", "", "# Fog \\{#a}\n");
	expect_heading("Fog", "-", "Fog {-}\n===\n");
	expect_heading("a\n  b", "", "a\n  b\n---\n");
	expect_heading("", "", "## ##\n");
}

static void runs_into(const char *last, const char *next, bool runs)
{
	assert_int_equal(!runs, block_boundary_between(slice_of(last),
						       slice_of(next)));
}

static void a_chunk_may_run_into_the_next(void **state)
{
	runs_into("a\n", "# b\n", false);
	runs_into("a", "# b\n", true);
	runs_into("a\n", "b\n", true);
	runs_into("a\n\n", "b\n", false);
	runs_into("a\n", "\nb\n", false);
	runs_into("a\n", "===\n", true);
	runs_into("- a\n\n", "- b\n", true);
	runs_into("- a\n\n", "b\n", false);
	runs_into("```\n", "# b\n", true);
	runs_into("# a\n\nb\n\n> c\n", "d\n", true);
	runs_into("[a]: b\n", "'c\nd'\n", true);
	runs_into("[a]: b\n", "c\n", false);
	runs_into("---\na: b\n---\n", "c\n", false);
	runs_into("", "c\n", false);
	runs_into("a", "", false);
}

/* What would take hours if it were not linear. */
static void hostile_texts_take_no_longer(void **state)
{
	static const char *const repeated[] = {
		"> ", "- ", "* ", "[", "[a]: b\n", "[a]: b\n\"", "::: a\n",
		"\r", "\n", "<", "<a ", "1. ", "#", "`", "~~~\n", "- a\n",
		"[a]: b 'c\n", "[^a]: ", "> - ", " ", "\t", "---\n", "- \n",
		"a\r", "[a]: b\n'c\n", "::: a\n- ", "\n> a\n\n", "<!--\n"
	};
	struct strbuf text = STRBUF_INIT;
	struct block_scanner scanner;
	struct block block;

	for (size_t i = 0; i < sizeof(repeated) / sizeof(*repeated); i++) {
		strbuf_truncate(&text, 0);
		while (text.len < 1000000)
			strbuf_adds(&text, repeated[i]);
		for (int half = 0; half < 2; half++) {
			block_scanner_init(&scanner, strbuf_slice(&text));
			while (block_scanner_next(&scanner, &block))
				;
			strbuf_adds(&text, "\n");
			while (text.len < 2000000)
				strbuf_adds(&text, "\n\na\n");
		}
	}
	strbuf_release(&text);
}

/*
 * cmark is the judge: where it has a block of the top level start, and only
 * there, one must start here; and the two sides of a boundary mean the same
 * apart as together.
 */
static const char *const fragments[] = {
	"a", "b c", "text", "- ", "-", "* ", "+", "+ x", "1. ", "1)", "2. ",
	"01. x", "10. y", "> ", ">", ">> ", "```", "````", "~~~", "``` x",
	"`` `", "# ", "#", "## h", "#x", "===", "---", "--", "-  -  -", "***",
	"* * *", "_ _ _", "=", "<div>", "</div>", "<pre>", "</pre>", "<!--",
	"-->", "<?", "?>", "<!A", "<!b", "<![CDATA[", "]]>", "<i>", "<i a=b>",
	"</i >", "<i a='b'c>", "<script", "</script>", "<p/>", "<p/ ", "\t",
	"    ", "   ", "  ", " ", "\t ", " \t", "\\", "1234567890. ", "*",
	"999999999) ", "%", "|", "&amp;", "\"", "'", "(", ")", "\xFF", "\f",
	"<a href=\"x\" b", "/>", "<textarea>", "</style>", "<style\t"
};

static const char *const bracket_fragments[] = {
	"[a]: b", "[c]:", "[", "]", "[a", "]:", "]: x", "/url", "<u v>",
	"\"t\"", "'t", "t'", "(t)", "(t", "\"t\" x", "[a]: b \"t",
	"[a]: b 't'", "[a]: b (t) x", "\\]", "[ ]: a", "[a]: <>", "[a]: (((",
	"[a]: )", "\"", "[a]:b", "[a] : b"
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static uint64_t seed;

static size_t any(size_t n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (size_t)(seed >> 33) % n;
}

static void make_text(struct strbuf *out, bool brackets)
{
	size_t lines = 1 + any(12);
	const char *end = (const char *[]){ "\n", "\r\n", "\n", "\r" }[any(4)];

	strbuf_truncate(out, 0);
	strbuf_adds(out, "\n"); /* no metadata */
	while (lines--) {
		size_t pieces = any(5);

		while (pieces--) {
			if (brackets && !any(3))
				strbuf_adds(out, bracket_fragments[
					any(COUNT(bracket_fragments))]);
			else
				strbuf_adds(out,
					    fragments[any(COUNT(fragments))]);
		}
		if (lines || any(4))
			strbuf_adds(out, any(12) ? end : "\n\n");
	}
}

/* The tree of blocks, without what is in them. */
static void add_blocks(struct strbuf *out, struct slice text)
{
	cmark_node *doc = cmark_parse_document(text.ptr, text.len,
						CMARK_OPT_VALIDATE_UTF8);
	cmark_iter *iter = cmark_iter_new(doc);
	cmark_event_type event;

	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);

		if (type == CMARK_NODE_DOCUMENT || type > CMARK_NODE_LAST_BLOCK)
			continue;
		strbuf_adds(out, event == CMARK_EVENT_ENTER ? "<" : ">");
		strbuf_adds(out, cmark_node_get_type_string(node));
		if (type == CMARK_NODE_CODE_BLOCK ||
		    type == CMARK_NODE_HTML_BLOCK)
			strbuf_adds(out, cmark_node_get_literal(node));
	}
	cmark_iter_free(iter);
	cmark_node_free(doc);
}

static void assert_halves_mean_the_same(struct slice text, size_t cut)
{
	struct strbuf whole = STRBUF_INIT, both = STRBUF_INIT;

	add_blocks(&whole, text);
	add_blocks(&both, slice_sub(text, 0, cut));
	add_blocks(&both, slice_sub(text, cut, text.len));
	if (strcmp(whole.buf, both.buf))
		print_error("cut at %zu of:\n%.*s\n", cut, SLICE_ARG(text));
	assert_string_equal(whole.buf, both.buf);
	strbuf_release(&whole);
	strbuf_release(&both);
}

static void assert_as_cmark(struct slice text)
{
	cmark_node *doc = cmark_parse_document(text.ptr, text.len,
						CMARK_OPT_VALIDATE_UTF8);
	cmark_node *node = cmark_node_first_child(doc);
	struct block_scanner scanner;
	struct block block;
	char *html = cmark_render_html(doc, 0);

	block_scanner_init(&scanner, text);
	while (block_scanner_next(&scanner, &block)) {
		if (block.type == BLOCK_BLANK)
			continue;
		if (!node ||
		    (size_t)cmark_node_get_start_line(node) != block.line)
			print_error("line %zu (%c) of:\n%.*s\n%s\n",
				    block.line, letters[block.type],
				    SLICE_ARG(text), html);
		assert_non_null(node);
		assert_int_equal(cmark_node_get_start_line(node), block.line);
		node = cmark_node_next(node);
	}
	if (node)
		print_error("more than found in:\n%.*s\n%s\n", SLICE_ARG(text),
			    html);
	assert_null(node);
	free(html);
	cmark_node_free(doc);
}

static void cuts_mean_the_same(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct block_scanner scanner;
	struct block block;

	for (int i = 0; i < 60000; i++) {
		seed = (uint64_t)i;
		make_text(&text, false);
		assert_as_cmark(strbuf_slice(&text));
		block_scanner_init(&scanner, strbuf_slice(&text));
		while (i % 4 == 0 && block_scanner_next(&scanner, &block))
			if (block.span.start)
				assert_halves_mean_the_same(
					strbuf_slice(&text),
					block.span.start);
	}
	strbuf_release(&text);
}

/* Which of them define something is not asked, only what is left of them. */
static void definitions_do_not_matter(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct block_scanner scanner;
	struct block block;

	for (int i = 0; i < 30000; i++) {
		seed = (uint64_t)i;
		make_text(&text, true);
		block_scanner_init(&scanner, strbuf_slice(&text));
		while (block_scanner_next(&scanner, &block))
			if (block.span.start)
				assert_halves_mean_the_same(
					strbuf_slice(&text),
					block.span.start);
	}
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blocks_are_found),
		cmocka_unit_test(fences_hold),
		cmocka_unit_test(html_blocks_end_by_their_kind),
		cmocka_unit_test(quotes_and_lists_go_on_lazily),
		cmocka_unit_test(metadata_is_only_at_the_front),
		cmocka_unit_test(notes_go_on_when_indented),
		cmocka_unit_test(divisions_end_at_their_colons),
		cmocka_unit_test(definitions_are_blocks),
		cmocka_unit_test(scene_breaks_are_found),
		cmocka_unit_test(headings_have_words_and_attributes),
		cmocka_unit_test(a_chunk_may_run_into_the_next),
		cmocka_unit_test(hostile_texts_take_no_longer),
		cmocka_unit_test(cuts_mean_the_same),
		cmocka_unit_test(definitions_do_not_matter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
