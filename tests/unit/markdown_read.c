/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "error.h"
#include "markdown_check.h"
#include "markdown_dump.h"

#define FOLDER "tests/markdown/"

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

static void dump_source(struct strbuf *out, struct slice source,
			const struct definitions *elsewhere)
{
	struct document doc = DOCUMENT_INIT;

	assert_int_equal(0, markdown_read(&doc, source, elsewhere, NULL));
	check_tree(&doc, doc.root);
	check_tree(&doc, doc.footnotes);
	dump_document(out, &doc);
	document_release(&doc);
}

static void expect(const char *want, const char *source,
		   const struct definitions *elsewhere)
{
	struct strbuf out = STRBUF_INIT;

	dump_source(&out, slice_of(source), elsewhere);
	assert_string_equal(want, out.buf);
	strbuf_release(&out);
}

static void check_case(const char *name, size_t len)
{
	struct strbuf path = STRBUF_INIT, source = STRBUF_INIT;
	struct strbuf want = STRBUF_INIT, have = STRBUF_INIT;

	strbuf_addf(&path, FOLDER "%s", name);
	read_file(&source, path.buf);
	strbuf_truncate(&path, 0);
	strbuf_addf(&path, FOLDER "%.*s.expect", (int)len, name);
	read_file(&want, path.buf);
	dump_source(&have, strbuf_slice(&source), NULL);
	if (strcmp(want.buf, have.buf) != 0)
		fail_msg("%s: the tree is\n%s", path.buf, have.buf);
	strbuf_release(&path);
	strbuf_release(&source);
	strbuf_release(&want);
	strbuf_release(&have);
}

static void the_trees_of_the_cases_are_as_expected(void **state)
{
	DIR *folder = opendir(FOLDER);
	struct dirent *entry;
	int count = 0;

	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		const char *end = strstr(entry->d_name, ".md");

		if (!end || end[3])
			continue;
		check_case(entry->d_name, (size_t)(end - entry->d_name));
		count++;
	}
	closedir(folder);
	assert_true(count > 15);
}

static void definitions_of_other_chunks_are_seen(void **state)
{
	struct definitions defs = DEFINITIONS_INIT;
	struct span nowhere = { 0, 0 };

	definitions_add(&defs, false, SLICE("Far Away"),
			SLICE("[far away]: /there 'T'"), 0, nowhere);
	definitions_add(&defs, true, SLICE("n"), SLICE("[^n]: x"), 0, nowhere);
	expect("  paragraph 0-24\n"
	       "    link 0-10 </there> 'T'\n"
	       "      text 1-9 \"FAR Away\"\n"
	       "    text 10-12 \", \"\n"
	       "    footnote-reference 12-16 \"n\"\n"
	       "    text 16-24 \" [other]\"\n",
	       "[FAR Away], [^n] [other]", &defs);
	definitions_release(&defs);
}

/* A lazy line has its blanks, also where a definition made it the first. */
static void lazy_words_may_come_before_a_table(void **state)
{
	expect("  block-quote 0-16\n"
	       "    paragraph 10-11\n"
	       "      text 10-11 \"w\"\n"
	       "    table 12-16\n"
	       "      row 12-13 header\n"
	       "        cell 12-13 header\n"
	       "          text 12-13 \"x\"\n", "> [a]: b\n w\nx\n-|\n", NULL);
}

static void own_definitions_win(void **state)
{
	struct definitions defs = DEFINITIONS_INIT;
	struct span nowhere = { 0, 0 };

	definitions_add(&defs, false, SLICE("a"), SLICE("[a]: /far"), 0,
			nowhere);
	expect("  paragraph 0-3\n"
	       "    link 0-3 </own>\n"
	       "      text 1-2 \"a\"\n", "[a]\n\n[A]: /own\n", &defs);
	definitions_release(&defs);
}

static void definitions_are_seen_behind_an_open_fence(void **state)
{
	struct definitions defs = DEFINITIONS_INIT;
	struct span nowhere = { 0, 0 };
	static const char *const open[] = { "```", "~~~~~", "<!--", "<?php",
					    "<script>", "<![CDATA[", "<!X",
					    "> ```", "- <!--" };

	definitions_add(&defs, false, SLICE("a"), SLICE("[a]: /far"), 0,
			nowhere);
	for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++) {
		struct document doc = DOCUMENT_INIT;
		struct strbuf text = STRBUF_INIT;

		strbuf_addf(&text, "[a]\n\n%s\nwords", open[i]);
		markdown_read(&doc, strbuf_slice(&text), &defs, NULL);
		check_tree(&doc, doc.root);
		assert_int_equal(NODE_LINK, doc.root->first->first->type);
		/* nothing of what cmark was given after it shows */
		assert_true(doc.root->last->end <= text.len);
		for (const struct node *n = doc.root; n;
		     n = node_next(n, doc.root))
			assert_true(slice_find_slice(n->text, SLICE("script>-"))
				    == n->text.len);
		document_release(&doc);
		strbuf_release(&text);
	}
	definitions_release(&defs);
}

static uint32_t next_random(uint32_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

static const char *const pieces[] = {
	"*", "**", "_", "__", "`", "``", "[", "]", "](/u)", "![", "<b>", "<",
	"<http://a.b>", "\\", "&amp;", "&", "\n", "\n\n", "  \n", "\\\n",
	"> ", "- ", "1. ", "    ", "\t", " ", "a", "word", "\xC3\xA9", "# ",
	"===\n", "---\n", "```\n", "[a]: /u\n", "[a]", "[b][a]", "\r\n", "\r",
	"<!-- ", "-->", "<div>\n", "\xFF", "\xE2\x80\x94", "\"t\"", ":",
	/* from here on: extensions */
	"{", "}", "{.c}", "^[", "[^n]", "[^n]: ", "::: x\n", ":::\n", "~~",
	"{++", "++}", "{~~", "~>", "~~}", "{>>", "<<}", "|", "| ",
	"|--|--|\n", "\xE2\x81\x82", ": c", "::: verse\n"
};
#define PLAIN_PIECES 45
#define ALL_PIECES (sizeof(pieces) / sizeof(pieces[0]))

static void check_random(uint32_t seed, size_t kinds)
{
	struct strbuf text = STRBUF_INIT;
	uint32_t few[12];

	for (int i = 0; i < 12; i++)
		few[i] = next_random(&seed) % (uint32_t)kinds;
	for (uint32_t n = next_random(&seed) % 60; n; n--)
		strbuf_adds(&text, pieces[few[next_random(&seed) % 12]]);
	check_markdown(strbuf_slice(&text), NULL);
	strbuf_release(&text);
}

static void without_extensions_the_tree_is_that_of_cmark(void **state)
{
	for (uint32_t seed = 1; seed <= 5000; seed++)
		check_random(seed * 2654435761u, PLAIN_PIECES);
}

static void every_tree_fits_its_source(void **state)
{
	for (uint32_t seed = 1; seed <= 5000; seed++)
		check_random(seed * 2246822519u, ALL_PIECES);
}

static void a_text_cut_short_anywhere_is_read(void **state)
{
	struct strbuf text = STRBUF_INIT;

	read_file(&text, FOLDER "notes.md");
	read_file(&text, FOLDER "divs.md");
	read_file(&text, FOLDER "tables.md");
	for (size_t n = 0; n <= text.len; n++)
		check_markdown((struct slice){ text.buf, n }, NULL);
	strbuf_release(&text);
}

/* Processor time, the best of three: a busy machine makes some of them slow. */
static double seconds_for(const char *front, const char *piece, size_t count)
{
	struct strbuf text = STRBUF_INIT;
	struct document doc = DOCUMENT_INIT;
	double best = 1e9;

	strbuf_adds(&text, front);
	for (size_t i = 0; i < count; i++)
		strbuf_adds(&text, piece);
	for (int i = 0; i < 3; i++) {
		clock_t start = clock();
		double time;

		document_reset(&doc);
		markdown_read(&doc, strbuf_slice(&text), NULL, NULL);
		time = (double)(clock() - start) / CLOCKS_PER_SEC;
		if (time < best)
			best = time;
	}
	document_release(&doc);
	strbuf_release(&text);
	return best;
}

/*
 * Seconds that count as nothing. Under gcc's address sanitizer the larger text
 * of some cases takes 0.2 s, 20 times the smaller; why is not known.
 */
#ifdef __SANITIZE_ADDRESS__
#define SLACK 0.4
#else
#define SLACK 0.1
#endif

static void hostile_texts_take_linear_time(void **state)
{
	static const char *const hostile[][2] = {
		{ "", "[" }, { "", "![a" }, { "", "^[" }, { "", "^[a]" },
		{ "", "[^x]" }, { "[^x]: y\n\n", "[^x]" }, { "", "{++" },
		{ "", "{++a++}" }, { "", "{~~a~>" }, { "", "~~a " },
		{ "", "> " }, { "", "- " }, { "", "*a **b " }, { "", "*a_ " },
		{ "|a|\n|-|\n", "b\n" }, { "", "|-|\n" }, { "", "a|b\n" },
		{ "", "[a](b \"" }, { "", "[a]{" }, { "", "[a]{.b}" },
		{ "", "::: a\n" }, { "", "[^1]: ```\n" }, { "", "&copy;" },
		{ "", "| a\n" }, { "::: verse\n", "*a\n" }, { "", "a\n==\n" },
		{ "", "`a``b" }, { "", "<a " }, { "", "{" }, { "", "\xFF" },
	};

	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		double once = seconds_for(hostile[i][0], hostile[i][1], 25000);
		double four = seconds_for(hostile[i][0], hostile[i][1], 100000);

		/* quadratic would be 16 times; sanitizers are slow */
		if (four > 10 * once + SLACK)
			fail_msg("'%s' takes %.0f ms, 4 times as much %.0f ms",
				 hostile[i][1], once * 1e3, four * 1e3);
	}
}

static void a_wide_table_does_not_grow_beyond_its_text(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct document doc = DOCUMENT_INIT;
	size_t nodes = 0;

	for (int i = 0; i < 5000; i++)
		strbuf_adds(&text, "|a");
	strbuf_adds(&text, "|\n");
	for (int i = 0; i < 5000; i++)
		strbuf_adds(&text, "|-");
	strbuf_adds(&text, "|\n");
	for (int i = 0; i < 5000; i++)
		strbuf_adds(&text, "b\n");
	markdown_read(&doc, strbuf_slice(&text), NULL, NULL);
	for (const struct node *n = doc.root; n; n = node_next(n, doc.root))
		nodes++;
	assert_true(nodes < 2 * text.len + 20);
	document_release(&doc);
	strbuf_release(&text);
}

static void depth_is_bounded(void **state)
{
	static const char *const deep[] = { "> ", "- ", "1. ", "*a ", "**b",
					    "{++", "^[", "[" };

	for (size_t i = 0; i < sizeof(deep) / sizeof(deep[0]); i++) {
		struct strbuf text = STRBUF_INIT;
		struct document doc = DOCUMENT_INIT;
		int depth, most = 0;

		for (int k = 0; k < 10000; k++)
			strbuf_adds(&text, deep[i]);
		strbuf_adds(&text, "x");
		for (int k = 0; k < 10000; k++)
			strbuf_adds(&text, i == 3 ? " b*" : i == 4 ? "**" :
				    i == 5 ? "++}" : "]");
		markdown_read(&doc, strbuf_slice(&text), NULL, NULL);
		check_tree(&doc, doc.root);
		for (const struct node *n = doc.root; n;
		     n = node_next(n, doc.root)) {
			depth = 0;
			for (const struct node *p = n; p; p = p->parent)
				depth++;
			most = depth > most ? depth : most;
		}
		assert_true(most < BLOCK_DEPTH + INLINE_DEPTH +
				   EXTENSION_DEPTH);
		document_release(&doc);
		strbuf_release(&text);
	}
}

static void labels_ignore_case_and_blanks(void **state)
{
	struct definitions defs = DEFINITIONS_INIT;
	struct span nowhere = { 3, 9 };
	const struct definition *d;

	assert_true(definitions_add(&defs, false,
				    SLICE(" Stra\xC3\x9F" "e \n x"),
				    SLICE("src"), 7, nowhere));
	assert_false(definitions_add(&defs, false, SLICE("STRASSE X"),
				     SLICE("other"), 8, nowhere));
	assert_true(definitions_add(&defs, true, SLICE("strasse x"),
				    SLICE("note"), 8, nowhere));
	d = definitions_find(&defs, false, SLICE("strasse\tX"));
	assert_non_null(d);
	assert_true(slice_eq_str(d->source, "src"));
	assert_int_equal(7, d->chunk);
	assert_int_equal(9, d->span.end);
	assert_null(definitions_find(&defs, false, SLICE("strassex")));
	assert_null(definitions_find(NULL, false, SLICE("x")));
	for (int i = 0; i < 1000; i++) {
		char label[16];

		snprintf(label, sizeof(label), "n%d", i);
		definitions_add(&defs, true, slice_of(label), SLICE(""), 0,
				nowhere);
	}
	assert_int_equal(1002, defs.count);
	assert_non_null(definitions_find(&defs, true, SLICE("N999")));
	definitions_release(&defs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_trees_of_the_cases_are_as_expected),
		cmocka_unit_test(definitions_of_other_chunks_are_seen),
		cmocka_unit_test(lazy_words_may_come_before_a_table),
		cmocka_unit_test(own_definitions_win),
		cmocka_unit_test(definitions_are_seen_behind_an_open_fence),
		cmocka_unit_test(without_extensions_the_tree_is_that_of_cmark),
		cmocka_unit_test(every_tree_fits_its_source),
		cmocka_unit_test(a_text_cut_short_anywhere_is_read),
		cmocka_unit_test(hostile_texts_take_linear_time),
		cmocka_unit_test(a_wide_table_does_not_grow_beyond_its_text),
		cmocka_unit_test(depth_is_bounded),
		cmocka_unit_test(labels_ignore_case_and_blanks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
