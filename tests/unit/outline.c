/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "error.h"
#include "outline.h"
#include "strbuf.h"

/* "kind depth title -> path" a line, as an outline is seen here. */
static void show(struct strbuf *out, const struct outline *o)
{
	static const char *const kinds[] = { "part", "prefix", "chapter",
					     "suffix", "separator" };

	for (size_t i = 0; i < o->count; i++)
		strbuf_addf(out, "%s %u %s -> %s\n", kinds[o->items[i].kind],
			    o->items[i].depth, o->items[i].title,
			    o->items[i].path ? o->items[i].path : "-");
}

static void check_outline(const char *text, const char *folder,
			  const char *wanted)
{
	struct outline o = OUTLINE_INIT;
	struct strbuf got = STRBUF_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(0, outline_parse(&o, slice_of(text), folder, "S",
					  &err));
	show(&got, &o);
	assert_string_equal(wanted, got.buf);
	strbuf_release(&got);
	outline_release(&o);
}

static void mdbook_outlines_are_read(void **state)
{
	check_outline(
		"# Summary\n\n"
		"Some words before.\n\n"
		"[Foreword](foreword.md)\n"
		"[Introduction](./intro/README.md)\n\n"
		"# Part *One*\n\n"
		"- [The Harbour](one/01.md)\n"
		"    - [Fog](one/01-1.md)\n"
		"        - [Deep](one/01-1-1.md)\n"
		"    - [Rain](one/../one/01-2.md)\n"
		"- [Not written yet]()\n\n"
		"---\n"
		"# [Part Two](two.md)\n"
		"1. [Numbered](two/1.md)\n"
		"   1. [Below](two/2.md)\n"
		"2) [Other](two/3.md)\n"
		"***\n"
		"[Afterword](after.md)\n", "",
		"prefix 0 Foreword -> foreword.md\n"
		"prefix 0 Introduction -> intro/README.md\n"
		"part 0 Part One -> -\n"
		"chapter 0 The Harbour -> one/01.md\n"
		"chapter 1 Fog -> one/01-1.md\n"
		"chapter 2 Deep -> one/01-1-1.md\n"
		"chapter 1 Rain -> one/01-2.md\n"
		"chapter 0 Not written yet -> -\n"
		"separator 0  -> -\n"
		"part 0 Part Two -> two.md\n"
		"chapter 0 Numbered -> two/1.md\n"
		"chapter 1 Below -> two/2.md\n"
		"chapter 0 Other -> two/3.md\n"
		"separator 0  -> -\n"
		"suffix 0 Afterword -> after.md\n");
}

static void gitbook_outlines_are_read(void **state)
{
	check_outline(
		"\xEF\xBB\xBF# Table of contents\r\n\r\n"
		"* [Introduction](README.md)\r\n"
		"\r\n"
		"## Getting Started\r\n"
		"\r\n"
		"* [Install](install.md)\r\n"
		"\t* [Linux](install.md#linux)\r\n"
		"\t\t* [Debian](debian.md)\r\n"
		"* [Elsewhere](https://example.org/)\r\n"
		"* Only words\r\n"
		"  + [With a title](a%20b.md \"Title\")\r\n"
		"  + [Angles](<c d.md>)\r\n"
		"  + [Blanks](e f (1).md)\r\n", "src/",
		"chapter 0 Introduction -> src/README.md\n"
		"part 0 Getting Started -> -\n"
		"chapter 0 Install -> src/install.md\n"
		"chapter 1 Debian -> src/debian.md\n"
		"chapter 0 Only words -> -\n"
		"chapter 1 With a title -> src/a b.md\n"
		"chapter 1 Angles -> src/c d.md\n"
		"chapter 1 Blanks -> src/e f (1).md\n");
}

static void titles_are_plain_text(void **state)
{
	check_outline(
		"- [**Bold** and *fine*](1.md)\n"
		"- [`code_span` of snake_case](2.md)\n"
		"- [a \\[b\\] [c] \\*d](3.md)\n"
		"- [2 * 3 * 4 & 5 &lt; 6 &#x2014;](4.md)\n"
		"- [<em>x</em>  <https://e.org>](5.md)\n"
		"- [_a_ __b__ *c **d***](6.md)\n"
		"- [\xE9t\xC3\xA9](7.md)\n"
		"- [`\xE9t\xC3\xA9`](8.md)\n"
		"- [](folder/untitled.md)\n"
		"- [](folder/%E9t%C3%A9)\n"
		"- []()\n", "",
		"chapter 0 Bold and fine -> 1.md\n"
		"chapter 0 code_span of snake_case -> 2.md\n"
		"chapter 0 a [b] [c] *d -> 3.md\n"
		"chapter 0 2 * 3 * 4 & 5 < 6 \xE2\x80\x94 -> 4.md\n"
		"chapter 0 x <https://e.org> -> 5.md\n"
		"chapter 0 a b c d -> 6.md\n"
		"chapter 0 \xEF\xBF\xBDt\xC3\xA9 -> 7.md\n"
		"chapter 0 \xEF\xBF\xBDt\xC3\xA9 -> 8.md\n"
		"chapter 0 untitled.md -> folder/untitled.md\n"
		"chapter 0 \xEF\xBF\xBDt\xC3\xA9 -> folder/\xE9t\xC3\xA9\n");
}

static void comments_and_code_are_passed_over(void **state)
{
	check_outline(
		"Title\n=====\n"
		"<!-- - [a](a.md)\n- [b](b.md) -->\n"
		"```\n- [c](c.md)\n```\n"
		"- [d](d.md)\n  words of it, with a [link](e.md)\n"
		"- \n  [f](f.md)\n", "",
		"chapter 0 d -> d.md\n"
		"chapter 0 f -> f.md\n");
}

static void only_a_first_heading_is_the_title(void **state)
{
	struct outline o = OUTLINE_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(0, outline_parse(&o, SLICE(
		"# The *Book*\n# Part\n"), "", "S", &err));
	assert_string_equal("The Book", o.title);
	assert_int_equal(1, o.count);
	assert_int_equal(2, o.items[0].line);
	outline_release(&o);
}

static void check_malformed(const char *text, const char *message)
{
	struct outline o = OUTLINE_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(ERROR_MALFORMED, outline_parse(
		&o, slice_of(text), "src/", "src/SUMMARY.md", &err));
	assert_string_equal(message, err.message);
	outline_release(&o);
}

static void links_that_make_no_sense_are_named(void **state)
{
	struct strbuf deep = STRBUF_INIT;

	check_malformed("- [a](x.md)\n- [b](../../y.md)\n",
			"src/SUMMARY.md:2: a link leaves the manuscript: "
			"'../../y.md'");
	check_malformed("- [a](/etc/passwd)\n", "src/SUMMARY.md:1: a link "
			"leaves the manuscript: '/etc/passwd'");
	check_malformed("- [a](%2e%2e/%2e%2E/y.md)\n", "src/SUMMARY.md:1: a "
			"link leaves the manuscript: '%2e%2e/%2e%2E/y.md'");
	check_malformed("- [a](x%00.md)\n", "src/SUMMARY.md:1: a link cannot "
			"lead to 'x%00.md'");
	check_malformed("- [a](x.md)\n- [c](z.md)\n- [b](./x.md)\n",
			"src/SUMMARY.md:3: this chunk is in the outline "
			"already: 'src/x.md'");
	for (int i = 0; i < 40; i++) {
		for (int j = 0; j < i; j++)
			strbuf_addch(&deep, '\t');
		strbuf_addf(&deep, "- [x](%d.md)\n", i);
	}
	check_malformed(deep.buf, "src/SUMMARY.md:33: entries nest deeper "
			"than 32");
	strbuf_release(&deep);
}

/* Any outline with titles and paths of awkward characters. */
static char *random_word(struct outline *o, const char *set)
{
	static const char *const pieces[] = {
		"a", "B", " ", "*", "_", "`", "\\", "[", "]", "<b>", "&amp;",
		"#", "(", ")", "!", "\xC3\xA9", "~", "-", "1.", "&", "<", "%20",
		"?", ":", "\"", "'"
	};
	struct strbuf word = STRBUF_INIT;
	char *copy;
	int n = rand() % 8;

	strbuf_adds(&word, set);
	while (n--)
		strbuf_adds(&word, pieces[(size_t)rand() %
				   (sizeof(pieces) / sizeof(*pieces))]);
	strbuf_adds(&word, "z");
	/* blanks are folded */
	for (size_t i = 1; i < word.len;)
		if (word.buf[i] == ' ' && word.buf[i - 1] == ' ')
			memmove(word.buf + i, word.buf + i + 1, word.len-- - i);
		else
			i++;
	copy = arena_strdup(&o->arena, word.buf + (*word.buf == ' '));
	strbuf_release(&word);
	return copy;
}

static void make_random(struct outline *o)
{
	int n = rand() % 12;
	unsigned depth = 0;
	bool list = false;

	if (rand() % 2)
		o->title = random_word(o, "");
	for (int i = 0; i < n; i++) {
		struct outline_entry e = { 0 };

		e.kind = (enum outline_kind)(rand() % 5);
		if (e.kind == OUTLINE_PREFIX && list)
			e.kind = OUTLINE_SUFFIX;
		if (e.kind == OUTLINE_SUFFIX && !list)
			e.kind = OUTLINE_PREFIX;
		e.title = "";
		if (e.kind != OUTLINE_SEPARATOR)
			e.title = random_word(o, "");
		if (e.kind != OUTLINE_SEPARATOR && rand() % 3) {
			struct strbuf path = STRBUF_INIT;

			strbuf_addf(&path, "%s%d", random_word(o, rand() % 2
				    ? "src/" : "x"), i);
			e.path = arena_strdup(&o->arena, path.buf);
			strbuf_release(&path);
		}
		if (e.kind == OUTLINE_CHAPTER) {
			e.depth = (unsigned)rand() % (depth + 1);
			depth = e.depth + 1 > 30 ? 30 : e.depth + 1;
			list = true;
		} else {
			depth = 0;
		}
		outline_add(o, &e);
	}
}

static void what_is_written_reads_back_the_same(void **state)
{
	srand(7);
	for (int i = 0; i < 20000; i++) {
		struct outline o = OUTLINE_INIT, back = OUTLINE_INIT;
		struct strbuf text = STRBUF_INIT, a = STRBUF_INIT,
			      b = STRBUF_INIT;
		const char *folder = i % 2 ? "src/" : "";
		struct error err = ERROR_INIT;

		make_random(&o);
		outline_write(&text, &o, folder);
		assert_int_equal(0, outline_parse(&back, strbuf_slice(&text),
						  folder, "S", &err));
		show(&a, &o);
		show(&b, &back);
		assert_string_equal(a.buf, b.buf);
		assert_true(!o.title == !back.title);
		if (o.title)
			assert_string_equal(o.title, back.title);
		strbuf_release(&text);
		strbuf_release(&a);
		strbuf_release(&b);
		outline_release(&o);
		outline_release(&back);
	}
}

static void check_same_when_written(const struct outline *o)
{
	struct outline back = OUTLINE_INIT;
	struct strbuf text = STRBUF_INIT, a = STRBUF_INIT, b = STRBUF_INIT;
	struct error err = ERROR_INIT;

	outline_write(&text, o, "");
	assert_int_equal(0, outline_parse(&back, strbuf_slice(&text), "", "S",
					  &err));
	show(&a, o);
	show(&b, &back);
	assert_string_equal(a.buf, b.buf);
	strbuf_release(&text);
	strbuf_release(&a);
	strbuf_release(&b);
	outline_release(&back);
}

/* Escapes make a line up to three times as long as it was. */
static void a_line_may_be_as_long_as_it_is(void **state)
{
	static const char pieces[] = "*\"`_a\xE9";
	struct error err = ERROR_INIT;

	for (const char *piece = pieces; *piece; piece++) {
		struct outline o = OUTLINE_INIT;
		struct strbuf text = STRBUF_INIT;

		for (int half = 0; half < 2; half++) {
			strbuf_adds(&text, half ? " z](y" : "- [y");
			for (int i = 0; i < 100000; i++)
				strbuf_addch(&text, *piece);
		}
		strbuf_adds(&text, "z)\n");
		assert_int_equal(0, outline_parse(&o, strbuf_slice(&text), "",
						  "S", &err));
		assert_int_equal(1, o.count);
		assert_int_equal(100002, strlen(o.items[0].path));
		check_same_when_written(&o);
		strbuf_release(&text);
		outline_release(&o);
	}
}

static void check_replaced(const char *text, size_t at,
			   const struct outline_entry *with, size_t count,
			   const char *wanted)
{
	struct outline o = OUTLINE_INIT;
	struct strbuf out = STRBUF_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(0, outline_parse(&o, slice_of(text), "src/", "S",
					  &err));
	assert_int_equal(0, outline_replace(&out, slice_of(text), &o, at, with,
					    count, "src/", &err));
	assert_string_equal(wanted, out.buf);
	strbuf_release(&out);
	outline_release(&o);
}

static void replacing_leaves_the_rest_as_it_was(void **state)
{
	const struct outline_entry with[] = {
		{ OUTLINE_CHAPTER, 1, "One", "src/1.md", 0 },
		{ OUTLINE_CHAPTER, 2, "Fog", "src/2.md", 0 },
		{ OUTLINE_CHAPTER, 1, "Two", "src/a b.md", 0 },
	};
	const struct outline_entry part[] = {
		{ OUTLINE_PART, 0, "P", "src/p.md", 0 },
		{ OUTLINE_CHAPTER, 0, "C", "src/c.md", 0 },
	};

	check_replaced("#  Summary\r\n\r\n* [a](a.md)\r\n  *   [x](x.md)\r\n"
		       "* [b](b.md)", 1, with, 3,
		       "#  Summary\r\n\r\n* [a](a.md)\r\n"
		       "  *   [One](1.md)\r\n"
		       "      *   [Fog](2.md)\r\n"
		       "  *   [Two](a%20b.md)\r\n"
		       "* [b](b.md)");
	check_replaced("- [a](a.md)\n\t- [x](x.md)", 1, with, 3,
		       "- [a](a.md)\n\t- [One](1.md)\n\t\t- [Fog](2.md)\n"
		       "\t- [Two](a%20b.md)");
	check_replaced("[a](a.md)\n\n- [x](x.md)\n", 0, with, 3,
		       "[One](1.md)\n[Fog](2.md)\n[Two](a%20b.md)\n\n"
		       "- [x](x.md)\n");
	check_replaced("# S\n## [P](x.md) ##\n- [x](y.md)\n", 0, part, 2,
		       "# S\n## [P](p.md)\n- [C](c.md)\n- [x](y.md)\n");
	check_replaced("1. [x](x.md)\n", 0, with, 2,
		       "1. [One](1.md)\n   1. [Fog](2.md)\n");
}

/* Backticks that open no code, however far one looks. */
static void runs_of_all_lengths(void)
{
	struct outline o = OUTLINE_INIT;
	struct strbuf text = STRBUF_INIT;
	struct error err = ERROR_INIT;
	clock_t start;

	strbuf_adds(&text, "- ");
	for (int run = 1; run < 3000; run++) {
		for (int i = 0; i < run; i++)
			strbuf_addch(&text, '`');
		strbuf_addch(&text, 'a');
	}
	start = clock();
	outline_parse(&o, strbuf_slice(&text), "", "S", &err);
	/* all of them would be 50 times as much */
	assert_true(clock() - start < 8 * CLOCKS_PER_SEC);
	outline_release(&o);
	strbuf_release(&text);
}

static void hostile_lines_take_linear_time(void **state)
{
	static const char *const pieces[] = { "[", "](", "*", "_a", "`", "<",
					      "\\", "- ", "[x](", "&", "(",
					      "- [x](y)\n", "**a " };
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		struct outline o = OUTLINE_INIT;
		struct error err = ERROR_INIT;

		strbuf_truncate(&text, 0);
		while (text.len < 2000000)
			strbuf_adds(&text, pieces[i]);
		outline_parse(&o, strbuf_slice(&text), "", "S", &err);
		outline_release(&o);
		for (size_t j = 16000; j < text.len; j += 16000)
			text.buf[j] = '\n';
		outline_parse(&o, strbuf_slice(&text), "", "S", &err);
		outline_release(&o);
	}
	runs_of_all_lengths();
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mdbook_outlines_are_read),
		cmocka_unit_test(gitbook_outlines_are_read),
		cmocka_unit_test(titles_are_plain_text),
		cmocka_unit_test(comments_and_code_are_passed_over),
		cmocka_unit_test(only_a_first_heading_is_the_title),
		cmocka_unit_test(links_that_make_no_sense_are_named),
		cmocka_unit_test(what_is_written_reads_back_the_same),
		cmocka_unit_test(a_line_may_be_as_long_as_it_is),
		cmocka_unit_test(replacing_leaves_the_rest_as_it_was),
		cmocka_unit_test(hostile_lines_take_linear_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
