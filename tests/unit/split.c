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

#include "block_scan.h"
#include "error.h"
#include "front_matter.h"
#include "heading_words.h"
#include "join.h"
#include "language_guess.h"
#include "novel.h"
#include "split.h"
#include "strbuf.h"

static const char *const levels[] = {
	"part", "chapter", "section", "scene", "words:1", "words:40"
};
#define LEVELS (sizeof(levels) / sizeof(levels[0]))

static void plan_text(struct split_plan *plan, struct slice text,
		      const char *at, const char *name)
{
	struct split_options options = { .name = name };
	struct error err = ERROR_INIT;

	assert_int_equal(0, split_options_parse(&options, at, &err));
	assert_int_equal(0, split_plan_make(plan, text, &options, &err));
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool is_good_name(const char *path)
{
	for (const char *p = path; *p; p++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789-./", *p))
			return false;
	return strlen(base_name(path)) <= 60 && *base_name(path);
}

/* A chunk read alone has the blocks that it has in the whole text. */
static void assert_same_blocks(struct block_scanner *whole, struct slice text,
			       struct span span)
{
	struct block_scanner scanner;
	struct block alone, block;

	block_scanner_init(&scanner, slice_sub(text, span.start, span.end));
	while (block_scanner_next(&scanner, &alone)) {
		assert_true(block_scanner_next(whole, &block));
		if (alone.type != block.type ||
		    alone.span.end + span.start != block.span.end)
			print_error("cut at %zu: <<<%.*s>>>\n", span.start,
				    SLICE_ARG(text));
		assert_int_equal(alone.type, block.type);
		assert_int_equal(alone.span.start + span.start,
				 block.span.start);
		assert_int_equal(alone.span.end + span.start, block.span.end);
	}
}

/* The law: pieces cover the text, join gives it back, names are in order. */
static void assert_law(struct slice text, const char *at, const char *name)
{
	struct split_plan plan = SPLIT_PLAN_INIT;
	struct strbuf joined = STRBUF_INIT;
	struct block_scanner scanner;
	struct joiner joiner;
	size_t end = 0;

	plan_text(&plan, text, at, name);
	block_scanner_init(&scanner, text);
	joiner_init(&joiner, &joined);
	assert_true(plan.count > 0);
	for (size_t i = 0; i < plan.count; i++) {
		const struct split_piece *p = &plan.items[i];

		assert_int_equal(end, p->span.start);
		assert_true(p->span.end > end || plan.count == 1);
		end = p->span.end;
		assert_true(is_good_name(p->path));
		assert_same_blocks(&scanner, text, p->span);
		if (i)
			assert_true(strcmp(p[-1].path, p->path) < 0);
		joiner_add(&joiner, slice_sub(text, p->span.start,
					      p->span.end));
	}
	assert_int_equal(end, text.len);
	if (!slice_eq(text, strbuf_slice(&joined)))
		print_error("at %s: <<<%.*s>>>\n", at, SLICE_ARG(text));
	assert_true(slice_eq(text, strbuf_slice(&joined)));
	assert_int_equal(0, joiner.blank_lines);
	strbuf_release(&joined);
	split_plan_release(&plan);
}

static void assert_law_everywhere(struct slice text)
{
	for (size_t i = 0; i < LEVELS; i++) {
		assert_law(text, levels[i], "a.md");
		assert_law(text, levels[i], "a.txt");
	}
}

static const char *const fragments[] = {
	"# Part One\n", "## Chapter 1\n", "# a\n", "## b\n", "### c\n",
	"Chapter\n===\n", "b\n---\n", "* * *\n", "***\n", "---\n", "#\n",
	"\xE2\x81\x82\n", "\n", "\n\n", "\n", "\n\n", "CHAPTER IV.\n",
	"Chapter the First\n", "PART TWO\n", "IV.\n", "V\n", "EPILOGUE\n",
	"The Fog\n", "words and more words\n", "words\n", "- a\n", "  b\n",
	"1. c\n", "> d\n", "```\n", "~~~\n", "    e\n", "<div>\n", "<!--\n",
	"-->\n", "[^1]: f\n", "[a]: b\n", "\"title\"\n", "::: g\n", ":::\n",
	"--- \n", "...\n", "title: x\n", "% h\n", "%\n", "\xEF\xBB\xBF",
	"\xFF", "a\r\n", "\r", "\r\n\r\n", "end", "| a | b |\n", "|--|--|\n",
	"\\* \\* \\*\n", "![a](b.png)\n", "    CHAPTER X\n", "4.\n", "12\n",
	"# \xCE\x9A\xCE\xB1\xCE\xB9\n", "## 2024 {#x .y}\n"
};
#define FRAGMENTS (sizeof(fragments) / sizeof(fragments[0]))

static uint64_t seed;

static size_t any(size_t n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (size_t)(seed >> 33) % n;
}

static void what_is_split_comes_together(void **state)
{
	struct strbuf text = STRBUF_INIT;

	for (uint64_t i = 0; i < 8000; i++) {
		size_t n;

		seed = i;
		strbuf_truncate(&text, 0);
		for (n = any(40); n; n--) {
			strbuf_adds(&text, fragments[any(FRAGMENTS)]);
			if (any(2))
				strbuf_adds(&text, "\n");
		}
		assert_law_everywhere(strbuf_slice(&text));
	}
	strbuf_release(&text);
}

static void odd_texts_come_together(void **state)
{
	struct strbuf text = STRBUF_INIT;

	assert_law_everywhere(SLICE(""));
	assert_law_everywhere(SLICE("\xEF\xBB\xBF"));
	assert_law_everywhere(SLICE("\n"));
	assert_law_everywhere(SLICE("\r"));
	assert_law_everywhere(SLICE("a"));
	assert_law_everywhere(SLICE("# a"));
	assert_law_everywhere(SLICE("\xFF\xFE# a\n# b\n"));
	assert_law_everywhere(SLICE("# a\r\n\r\nb\r\n# c\r\n"));
	assert_law_everywhere(SLICE("# a\rb\r# c\r"));
	novel_write(&text, 400000, 7);
	assert_law_everywhere(strbuf_slice(&text));
	strbuf_truncate(&text, 0);
	while (text.len < 10000000)
		strbuf_adds(&text, "one line without an end ");
	assert_law(strbuf_slice(&text), "scene", "a.md");
	strbuf_truncate(&text, 0);
	for (int i = 0; i < 10000; i++)
		strbuf_adds(&text, "# a\n\n");
	assert_law(strbuf_slice(&text), "chapter", "a.md");
	strbuf_release(&text);
}

static void a_text_with_nul_is_none(void **state)
{
	struct split_plan plan = SPLIT_PLAN_INIT;
	struct split_options options = { .at = SPLIT_CHAPTER };
	struct error err = ERROR_INIT;

	assert_int_equal(ERROR_MALFORMED,
			 split_plan_make(&plan, SLICE("a\0b"), &options, &err));
	split_plan_release(&plan);
}

/* "P Part One|C The Fog|": a letter for the level, and the title. */
static void expect_at(const char *expected, const char *text, const char *at,
		      const char *name)
{
	struct split_plan plan = SPLIT_PLAN_INIT;
	struct strbuf found = STRBUF_INIT;

	plan_text(&plan, slice_of(text), at, name);
	for (size_t i = 0; i < plan.count; i++)
		strbuf_addf(&found, "%c %s|", "FPCSX"[plan.items[i].level],
			    plan.items[i].title);
	assert_string_equal(expected, found.buf);
	strbuf_release(&found);
	split_plan_release(&plan);
}

static void expect(const char *expected, const char *text)
{
	expect_at(expected, text, "chapter", "book.md");
}

static void levels_are_read_as_an_editor_would(void **state)
{
	expect("C Book|", "words\n");
	expect("C A|C B|", "# A\n\na\n\n# B\n\nb\n");
	expect("F T|C A|C B|", "# T\n\nby me\n\n## A\n\na\n\n## B\n\nb\n");
	expect("C A|", "# A\n\n## B\n\n### C\n");
	expect("P Part One|C A|C B|P Part Two|C C|",
	       "# Part One\n## A\n## B\n# Part Two\n## C\n");
	expect("F T|P Erster Teil|C A|P Zweiter Teil|C B|",
	       "# T\n## Erster Teil\n### A\n## Zweiter Teil\n### B\n");
	expect("P The Sea|C Chapter 1|C Chapter 2|P The Land|C Chapter 3|",
	       "# The Sea\n## Chapter 1\n## Chapter 2\n# The Land\n"
	       "## Chapter 3\n");
	expect("C Prologue|P Book I|C A|P Book II|C B|C Epilogue|",
	       "# Prologue\na\n# Book I\n## A\n# Book II\n## B\n"
	       "# Epilogue\n");
	expect("F T|P Part 1|C A|P Part 2|C B|",
	       "# T\n# Part 1\n## A\n# Part 2\n## B\n");
	expect("C A *|C [B]|", "# A \\*\n# \\[B\\]\n");
	expect("C A b c|C d_e|", "# A *b* [c](d)[^1]\n# d_e\n");
}

static void pieces_are_cut_as_deep_as_asked(void **state)
{
	const char *text = "# A\n\na\n\n## B\n\nb\n\n* * *\n\nc\n\n# D\n\nd\n\n"
			   "\xE2\x81\x82\n\ne\n";

	expect_at("C A|C D|", text, "chapter", "book.md");
	expect_at("C A|S B|C D|", text, "section", "book.md");
	expect_at("C A|S B|X B, 2|C D|X D, 2|", text, "scene", "book.md");
	expect_at("C Book|", text, "part", "book.md");
	expect_at("C A|X A, 2|X A, 3|C D|X D, 2|",
		  text, "words:1", "book.md");
}

static void plain_text_has_headings_too(void **state)
{
	expect("F Book|C CHAPTER I.|C CHAPTER II.|",
	       "a\n\nCHAPTER I.\n\nb b b.\n\nCHAPTER II.\n\nc.\n");
	expect("C CHAPTER IV. The Fog|C Chapter the Fifth|",
	       "CHAPTER IV.\n\nThe Fog\n\nb b b.\n\nChapter the Fifth\n\nc.\n");
	expect("P PART ONE|C Kapitel 1: Nebel|C Kapitel 2: See|",
	       "PART ONE\n\nKapitel 1: Nebel\n\na.\n\nKapitel 2: See\n\nb.\n");
	expect("C PROLOGUE|C I.|C II.|C EPILOGUE|",
	       "PROLOGUE\n\na.\n\nI.\n\na.\n\nII.\n\nb.\n\nEPILOGUE\n\nc.\n");
	expect("C Chapitre premier|C Chapitre deuxi\xC3\xA8me|",
	       "Chapitre premier\n\na.\n\nChapitre deuxi\xC3\xA8me\n\nb.\n");
	expect("C Book|", "Part of it was gone.\n\nChapter one of his life "
			  "was over.\n");
	expect("F T|C Chapter 1|C Chapter 2|",
	       "# T\n\nChapter 1\n\na.\n\nChapter 2\n\nb.\n");
}

static void a_table_of_contents_is_no_book(void **state)
{
	expect("F Book|C CHAPTER I|C CHAPTER II|C CHAPTER III|",
	       "CONTENTS\n\nCHAPTER I\n\nCHAPTER II\n\nCHAPTER III\n\n\n"
	       "Preface words.\n\nCHAPTER I\n\na.\n\nCHAPTER II\n\nb.\n\n"
	       "CHAPTER III\n\nc.\n");
	expect("F Book|C CHAPTER I|C CHAPTER II|",
	       "CHAPTER I\n\nCHAPTER II\n\nCHAPTER I\n\na.\n\nCHAPTER II\n\n"
	       "b.\n");
}

static void kinds(enum heading_kind kind, bool alone, const char *line)
{
	if (heading_kind_of(slice_of(line), alone) != kind)
		print_error("%s\n", line);
	assert_int_equal(kind, heading_kind_of(slice_of(line), alone));
}

static void headings_say_what_they_are(void **state)
{
	kinds(HEADING_CHAPTER, true, "CHAPTER IV.");
	kinds(HEADING_CHAPTER, true, "Chapter the First");
	kinds(HEADING_CHAPTER, true, "Chapter 12: The Fog");
	kinds(HEADING_CHAPTER, true, "CHAPTER TWENTY-ONE");
	kinds(HEADING_CHAPTER, true, "Chapter 3 The Quay");
	kinds(HEADING_CHAPTER, true, "Kapitel 3");
	kinds(HEADING_CHAPTER, true, "Erstes Kapitel");
	kinds(HEADING_CHAPTER, true, "Cap\xC3\xADtulo primero");
	kinds(HEADING_CHAPTER, true, "CAPITOLO III");
	kinds(HEADING_CHAPTER, true, "**Chapter 2**");
	kinds(HEADING_PART, true, "PART TWO");
	kinds(HEADING_PART, true, "Book II");
	kinds(HEADING_PART, true, "F\xC3\xBCnfter Teil");
	kinds(HEADING_PART, true, "Premi\xC3\xA8re partie");
	kinds(HEADING_PART, true, "Primeira parte");
	kinds(HEADING_PART, true, "Livre premier");
	kinds(HEADING_PART, true, "Zweites Buch: Die See");
	kinds(HEADING_MATTER, true, "PROLOGUE");
	kinds(HEADING_MATTER, true, "\xC3\x89pilogue");
	kinds(HEADING_MATTER, true, "Nachwort");
	kinds(HEADING_MATTER, true, "Avant-propos");
	kinds(HEADING_NUMBER, true, "IV.");
	kinds(HEADING_NUMBER, true, "12");
	kinds(HEADING_WORDS, true, "Part of the ship");
	kinds(HEADING_WORDS, true, "chapter 3");
	kinds(HEADING_WORDS, true, "Chapter one of her life ended.");
	kinds(HEADING_WORDS, true, "I!");
	kinds(HEADING_WORDS, true, "Introduction was not needed.");
	kinds(HEADING_WORDS, true, "The Fog");
	kinds(HEADING_PART, false, "Part One and what came of it");
	kinds(HEADING_WORDS, false, "");
}

static void expect_settings(const char *expected, const char *metadata)
{
	struct settings settings = SETTINGS_INIT;
	struct strbuf found = STRBUF_INIT;

	front_matter_read(&settings, slice_of(metadata));
	for (size_t i = 0; i < settings.count; i++)
		strbuf_addf(&found, "%s=%s|", settings.items[i].key + 5,
			    settings.items[i].value);
	assert_string_equal(expected, found.buf);
	settings_release(&settings);
	strbuf_release(&found);
}

static void front_matter_is_read(void **state)
{
	expect_settings("title=A: b|author=C|language=de|",
			"---\ntitle: A: b\nauthor: C # who\nlang: de\n---\n");
	expect_settings("title=A \"b\"|subtitle=it's|",
			"---\ntitle: \"A \\\"b\\\"\"\nsubtitle: 'it''s'\n...");
	expect_settings("author=A|author=B, C|",
			"---\nauthor: [A, \"B, C\"]\n---\n");
	expect_settings("author=A|author=B|date=2020|",
			"---\r\nauthors:\r\n- A\r\n- name: B\r\n  at: x\r\n"
			"date: 2020\r\n---\r\n");
	expect_settings("author=A|author=B|",
			"---\ncreator:\n  - role: author\n    text: A\n"
			"  - {name: B, x: y}\n---\n");
	expect_settings("description=a b|cover=c.jpg|",
			"---\nabstract: |\n  a\n  b\nx:\n  y: z\n"
			"cover-image: c.jpg\n---\n");
	expect_settings("title=A b|author=C|author=D|date=2020|",
			"% A\n  b\n% C; D\n% 2020\n");
	expect_settings("author=C|", "%\n% C\n");
	expect_settings("", "---\ntitle:\n---\n");
}

static void languages_are_guessed(void **state)
{
	struct strbuf text = STRBUF_INIT;

	novel_write(&text, 5000, 1);
	assert_string_equal("en", language_guess(strbuf_slice(&text)));
	assert_string_equal("de", language_guess(SLICE("Der Hund und die "
		"Katze waren nicht da, und sie sah das Haus mit dem Dach.")));
	assert_string_equal("fr", language_guess(SLICE("Il ne savait pas "
		"que les enfants et le chien dans la maison pour le soir.")));
	assert_string_equal("ru", language_guess(SLICE("\xD0\xB4\xD0\xB0")));
	assert_string_equal("ja", language_guess(SLICE(
		"\xE3\x81\x93\xE3\x82\x8C\xE6\xB0\xB4")));
	assert_null(language_guess(SLICE("x y z")));
	strbuf_release(&text);
}

static bool nothing_taken(const char *path, void *data)
{
	return !strcmp(path, "a/03-fog-2-the-quay.md");
}

static void a_chunk_is_cut_beside_itself(void **state)
{
	struct split_plan plan = SPLIT_PLAN_INIT;
	const struct outline_entry entry = {
		.kind = OUTLINE_CHAPTER, .depth = 1, .title = "Fog",
		.path = "a/03-fog.md"
	};

	plan_text(&plan, SLICE("# Fog\n\na\n\n## The Quay\n\nb\n\n***\n\nc\n\n"
			       "## D\n\nd\n"), "scene", "03-fog.md");
	split_plan_in_place(&plan, &entry, nothing_taken, NULL);
	assert_int_equal(4, plan.count);
	assert_string_equal("a/03-fog.md", plan.items[0].path);
	assert_string_equal("Fog", plan.items[0].title);
	assert_int_equal(1, plan.items[0].depth);
	assert_string_equal("a/03-fog-2-the-quay-2.md", plan.items[1].path);
	assert_int_equal(2, plan.items[1].depth);
	assert_string_equal("a/03-fog-3.md", plan.items[2].path);
	assert_int_equal(3, plan.items[2].depth);
	assert_string_equal("a/03-fog-4-d.md", plan.items[3].path);
	assert_int_equal(2, plan.items[3].depth);
	split_plan_release(&plan);
}

static void expect_path(const char *path, const char *text, size_t i)
{
	struct split_plan plan = SPLIT_PLAN_INIT;

	plan_text(&plan, slice_of(text), "chapter", "a.md");
	assert_true(i < plan.count);
	assert_string_equal(path, plan.items[i].path);
	split_plan_release(&plan);
}

static void names_come_from_titles(void **state)
{
	struct strbuf text = STRBUF_INIT;

	expect_path("00-front.md", "a\n# b\n", 0);
	expect_path("01-b.md", "a\n# b\n", 1);
	expect_path("01-ete-a-l-o.md", "# \xC3\x89t\xC3\xA9 \xC3\xA0 l o\n", 0);
	expect_path("02-chapter.md", "# a\n# \xCE\x9A\xCE\xB1\xCE\xB9\n", 1);
	for (int i = 0; i < 20; i++)
		strbuf_adds(&text, "# Part One: Sea\n## A\n## Con\n");
	expect_path("01-part-one-sea/02-a.md", text.buf, 1);
	expect_path("20-part-one-sea/60-con.md", text.buf, 59);
	strbuf_truncate(&text, 0);
	for (int i = 0; i < 120; i++)
		strbuf_adds(&text, "# A\n");
	expect_path("001-050/050-a.md", text.buf, 49);
	expect_path("101-150/120-a.md", text.buf, 119);
	strbuf_release(&text);
}

static void chunks_written_apart_get_a_blank_line(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct joiner joiner;

	joiner_init(&joiner, &text);
	joiner_add(&joiner, SLICE("a"));
	joiner_add(&joiner, SLICE("b\r\n"));
	joiner_add(&joiner, SLICE(""));
	joiner_add(&joiner, SLICE("c\r\n"));
	joiner_add(&joiner, SLICE("# d\r\n"));
	assert_string_equal("a\n\nb\r\n\r\nc\r\n# d\r\n", text.buf);
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_split_comes_together),
		cmocka_unit_test(odd_texts_come_together),
		cmocka_unit_test(a_text_with_nul_is_none),
		cmocka_unit_test(levels_are_read_as_an_editor_would),
		cmocka_unit_test(pieces_are_cut_as_deep_as_asked),
		cmocka_unit_test(plain_text_has_headings_too),
		cmocka_unit_test(a_table_of_contents_is_no_book),
		cmocka_unit_test(headings_say_what_they_are),
		cmocka_unit_test(front_matter_is_read),
		cmocka_unit_test(languages_are_guessed),
		cmocka_unit_test(a_chunk_is_cut_beside_itself),
		cmocka_unit_test(names_come_from_titles),
		cmocka_unit_test(chunks_written_apart_get_a_blank_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
