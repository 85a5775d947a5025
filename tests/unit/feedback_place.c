/* SPDX-License-Identifier: MIT */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "feedback_place.h"
#include "manuscript_fixture.h"
#include "markdown_read.h"
#include "text_map.h"

/* One chapter, one chunk, one thing said. */
struct said {
	const char *text;	/* of the chunk, below its heading */
	const char *label, *quote, *old, *new, *words;
	bool edit, everywhere;
};

static struct placed placed = PLACED_INIT;

static const char *place_in(struct fixture *f, const struct said *s)
{
	struct slice quote = slice_of(s->quote ? s->quote : "");
	struct feedback feedback = {
		.kind = s->edit ? FEEDBACK_EDIT : FEEDBACK_REMARK,
		.label = s->label ? s->label : "",
		.quotes = &quote, .quote_count = s->quote != NULL,
		.old_words = s->old ? s->old : "",
		.new_words = s->new ? s->new : "",
		.words = s->words ? s->words : "",
		.everywhere = s->everywhere
	};
	struct error err = ERROR_INIT;
	struct text_map *map;
	static struct strbuf path = STRBUF_INIT;

	placed_release(&placed);
	if (text_map_open(&map, f->ms, markdown_read, &err) < 0)
		fail_msg("%s", err.message);
	assert_int_equal(0, feedback_place(&placed, map, &feedback, &err));
	strbuf_truncate(&path, 0);
	strbuf_adds(&path, placed.path ? placed.path : "");
	text_map_close(map);
	placed.path = placed.path ? path.buf : NULL;
	if (!placed.changed)
		return "";
	assert_memory_equal("# One\n\n", placed.theirs.buf, 7);
	return placed.theirs.buf + 7;
}

static const char *place(const struct said *s)
{
	struct strbuf text = STRBUF_INIT;
	struct fixture f;
	const char *result;

	strbuf_adds(&text, "# One\n\n");
	strbuf_adds(&text, s->text);
	fixture_open(&f, (struct fixture_file[]){
		{ "SUMMARY.md", "- [One](1.md)\n" },
		{ "1.md", text.buf }, { NULL, NULL } });
	result = place_in(&f, s);
	fixture_close(&f);
	strbuf_release(&text);
	return result;
}

#define EDIT(t, ...) place(&(struct said){ .text = (t), .edit = true, \
					    __VA_ARGS__ })
#define REMARK(t, ...) place(&(struct said){ .text = (t), __VA_ARGS__ })

static void a_word_of_the_label_is_replaced(void **state)
{
	assert_string_equal("A gray day.\n\nA grey cat.\n",
		EDIT("A grey day.\n\nA grey cat.\n", .label = "1.1",
		     .old = "grey", .new = "gray"));
	assert_string_equal("1.1", placed.label);
	assert_string_equal("1.md", placed.path);
	assert_false(placed.is_remark);
}

static void a_word_of_the_quote_is_replaced(void **state)
{
	assert_string_equal("A grey day.\n\nA gray cat.\n",
		EDIT("A grey day.\n\nA grey cat.\n", .quote = "grey cat",
		     .old = "grey", .new = "gray"));
}

static void words_that_stand_once_need_no_place(void **state)
{
	assert_string_equal("A grey day.\n\nA gray cat.\n",
		EDIT("A grey day.\n\nA grey cat.\n", .old = "grey cat",
		     .new = "gray cat"));
}

static void words_that_stand_twice_are_a_remark(void **state)
{
	EDIT("A grey day, a grey cat.\n", .label = "1.1", .old = "grey",
	     .new = "gray");
	assert_true(placed.is_remark);
	assert_string_equal("'grey' stands in 1.1 twice", placed.why.buf);
	assert_string_equal("# One\n\nA grey day, a grey cat."
		"{>>\"grey\" -> \"gray\"<<}\n", placed.theirs.buf);
}

static void the_case_of_the_first_letter_is_the_texts(void **state)
{
	/* as a telephone writes a line */
	assert_string_equal("A gray day.\n",
		EDIT("A grey day.\n", .label = "1.1", .old = "Grey",
		     .new = "gray"));
	assert_string_equal("An \xC3\xA9" "den.\n",
		EDIT("An \xC3\xA8" "den.\n", .old = "\xC3\x88" "den",
		     .new = "\xC3\xA9" "den"));
	/* of the start of a sentence */
	assert_string_equal("It was. Gray it was.\n",
		EDIT("It was. Grey it was.\n", .label = "1.1",
		     .old = "grey it", .new = "gray it"));
	assert_string_equal("Gray it was.\n",
		EDIT("Grey it was.\n", .old = "grey it", .new = "Gray it"));
	/* as it is written goes before any other case */
	assert_string_equal("A grey day. Gray.\n",
		EDIT("A grey day. Grey.\n", .label = "1.1", .old = "Grey",
		     .new = "Gray"));
}

static void a_case_that_may_be_meant_is_a_remark(void **state)
{
	/* a name for "he" */
	EDIT("There he is.\n", .label = "1.1", .old = "He", .new = "John");
	assert_true(placed.is_remark);
	assert_string_equal("'He' does not stand in 1.1", placed.why.buf);
	/* a name, and no start of a sentence */
	EDIT("So Grey said.\n", .label = "1.1", .old = "grey",
	     .new = "gray");
	assert_true(placed.is_remark);
	/* two places */
	EDIT("A grey day, a grey cat.\n", .label = "1.1", .old = "Grey",
	     .new = "gray");
	assert_true(placed.is_remark);
	/* more than the first letter */
	EDIT("A grey day.\n", .label = "1.1", .old = "GREY", .new = "gray");
	assert_true(placed.is_remark);
	EDIT("A grey day.\n", .label = "1.1", .old = "Grey Day",
	     .new = "gray day");
	assert_true(placed.is_remark);
	/* nothing would be left of the capital */
	EDIT("Grey it was.\n", .label = "1.1", .old = "grey", .new = "");
	assert_true(placed.is_remark);
}

static void everywhere_is_each_place_of_the_paragraph(void **state)
{
	assert_string_equal("A gray day, a gray cat.\n\nA grey hat.\n",
		EDIT("A grey day, a grey cat.\n\nA grey hat.\n",
		     .label = "1.1", .old = "grey", .new = "gray",
		     .everywhere = true));
}

static void markup_around_words_that_stay_stays(void **state)
{
	assert_string_equal("An *old* grey\ncat sat **here**.\n",
		EDIT("An *old* gray\ncat sat **here**.\n",
		     .old = "An old gray cat sat here",
		     .new = "An old grey cat sat here"));
	assert_string_equal("An *old* and wise cat.\n",
		EDIT("An *old* cat.\n", .old = "old cat",
		     .new = "old and wise cat"));
	assert_string_equal("It was *never* so.\n",
		EDIT("It was *always* so.\n", .old = "always",
		     .new = "never"));
}

static void words_across_markup_are_a_remark(void **state)
{
	EDIT("An *old* gray cat.\n", .old = "old gray cat", .new = "tom");
	assert_true(placed.is_remark);
	assert_string_equal("it would cut the author's markup",
			    placed.why.buf);
	assert_true(placed.changed);
}

static void words_that_go_leave_one_space(void **state)
{
	assert_string_equal("A cat.\n",
		EDIT("A very cat.\n", .label = "1.1", .old = "very"));
	assert_string_equal("A cat, sat.\n",
		EDIT("A cat indeed, sat.\n", .label = "1.1", .old = "indeed"));
	assert_string_equal("A cat.\n",
		EDIT("A cat,\n  well.\n", .label = "1.1", .old = ", well"));
	assert_string_equal("A cat sat.\n",
		EDIT("A cat quite\nsat.\n", .old = "cat quite sat",
		     .new = "cat sat"));
}

static void typographic_characters_become_the_authors_own(void **state)
{
	assert_string_equal("\"Yes,\" he said --- \"it's late...\"\n",
		EDIT("\"No,\" he said --- \"it's late...\"\n",
		     .label = "1.1",
		     .old = "\u201CNo,\u201D he said \u2014 \u201Cit\u2019s",
		     .new = "\u201CYes,\u201D he said \u2014 \u201Cit\u2019s"));
	assert_string_equal("He didn't go.\n",
		EDIT("He did go.\n", .label = "1.1", .old = "did",
		     .new = "didn\u2019t"));
	assert_string_equal("\u201CNo,\u201D he didn\u2019t say.\n",
		EDIT("\u201CNo,\u201D he did say.\n", .label = "1.1",
		     .old = "did", .new = "didn\u2019t"));
}

static void a_dash_for_a_hyphen_is_an_edit(void **state)
{
	assert_string_equal("The fog --- thick --- came.\n",
		EDIT("The fog - thick --- came.\n", .label = "1.1",
		     .old = "fog - thick", .new = "fog \u2014 thick"));
}

static void new_words_start_no_block(void **state)
{
	EDIT("A cat\nsat.\n\nB.\n", .label = "1.1", .old = "sat",
	     .new = "- sat\n\n# Ha");
	assert_true(placed.is_remark);
	EDIT("A cat\nsat.\n", .label = "1.1", .old = "sat",
	     .new = "<script>");
	assert_true(placed.is_remark);
	assert_string_equal("A cat\nsat *down*.\n",
		EDIT("A cat\nsat.\n", .label = "1.1", .old = "sat",
		     .new = "sat *down*"));
}

static void a_part_of_one_word_is_replaced(void **state)
{
	assert_string_equal("He received it.\n",
		EDIT("He recieved it.\n", .label = "1.1", .old = "recieve",
		     .new = "receive"));
}

static void a_whole_paragraph_may_read_otherwise(void **state)
{
	assert_string_equal("The *fog* rolled in at five. It stayed.\n",
		EDIT("The *fog* came in at five. It stayed.\n",
		     .label = "1.1",
		     .new = "The fog rolled in at five. It stayed."));
	assert_string_equal("The *fog* came in at five. It stayed for long. "
			    "\"Oh,\" she said.\n",
		EDIT("The *fog* came in at five. It stayed long. "
		     "\"Oh,\" she said.\n", .label = "1.1",
		     .new = "It stayed for long."));
	EDIT("The *fog* came in at five. It stayed.\n", .label = "1.1",
	     .new = "I do not like this.");
	assert_true(placed.is_remark);
}

static void words_of_two_paragraphs_may_change_in_one(void **state)
{
	assert_string_equal("A cat sat.\n\nThe *big* dog ran.\n",
		EDIT("A cat sat.\n\nThe *big* dog went.\n",
		     .old = "cat sat. The big dog went",
		     .new = "cat sat. The big dog ran"));
	assert_string_equal("A cat lay.\n\nThe dog went.\n",
		EDIT("A cat sat.\n\nThe dog went.\n",
		     .old = "cat sat. The dog", .new = "cat lay. The dog"));
	assert_string_equal("A cat sat.\n\nThen the dog went.\n",
		EDIT("A cat sat.\n\nThe dog went.\n",
		     .old = "cat sat. The dog",
		     .new = "cat sat. Then the dog"));
	EDIT("A cat sat.\n\nThe dog went.\n", .old = "sat. The",
	     .new = "sat. No. The");
	assert_true(placed.is_remark);
}

static void a_remark_stands_at_what_is_quoted(void **state)
{
	assert_string_equal("A {==grey *cat*==}{>>really?<<} sat.\n",
		REMARK("A grey *cat* sat.\n", .quote = "grey cat",
		       .words = "really?"));
}

static void a_remark_widens_to_whole_nodes(void **state)
{
	assert_string_equal("A {==*grey cat* sat==}{>>x<<}.\n",
		REMARK("A *grey cat* sat.\n", .quote = "cat sat",
		       .words = "x"));
	assert_string_equal("A {==`code here`==}{>>x<<}.\n",
		REMARK("A `code here`.\n", .quote = "code", .words = "x"));
	assert_string_equal("A [{==link==}{>>x<<}](u.md).\n",
		REMARK("A [link](u.md).\n", .quote = "link", .words = "x"));
}

static void a_remark_on_a_label_stands_at_the_end(void **state)
{
	assert_string_equal("A cat.{>>slow<<}\n\nB.\n",
		REMARK("A cat.\n\nB.\n", .label = "1.1", .words = "slow"));
	assert_string_equal("| a | b |\n|---|---|\n| c | d{>>x ¦ y<<} |\n",
		REMARK("| a | b |\n|---|---|\n| c | d |\n", .label = "1.1",
		       .words = "x | y"));
}

static void a_remark_is_about_the_last_sentence(void **state)
{
	assert_string_equal("One two three four five six seven eight nine ten. "
		"Eleven twelve thirteen fourteen fifteen sixteen seventeen. "
		"{==Eighteen nineteen twenty one two three four.==}{>>x<<} "
		"End.\n",
		REMARK("One two three four five six seven eight nine ten. "
		"Eleven twelve thirteen fourteen fifteen sixteen seventeen. "
		"Eighteen nineteen twenty one two three four. End.\n",
		.quote = "One two three four five six seven eight nine ten. "
		"Eleven twelve thirteen fourteen fifteen sixteen seventeen. "
		"Eighteen nineteen twenty one two three four.",
		.words = "x"));
}

static void a_remark_cannot_end_early_nor_be_markup(void **state)
{
	assert_string_equal("A {==cat==}{>>a <<\\} b \\{>> c<<}.\n",
		REMARK("A cat.\n", .quote = "cat",
		       .words = "a <<} b\n\n{>> c"));
	assert_string_equal("A {==cat==}{>>one \\` too<<} had a ` tick.\n",
		REMARK("A cat had a ` tick.\n", .quote = "cat",
		       .words = "one ` too"));
}

static void code_blocks_and_pictures_have_no_place(void **state)
{
	REMARK("```\ncode\n```\n", .quote = "code", .words = "x");
	assert_false(placed.changed);
	assert_false(placed.misplaced);
	assert_string_equal("1.md", placed.path);
	assert_string_equal("1.1", placed.label);
	REMARK("![alt](x.png)\n", .label = "1.1", .words = "x");
	assert_false(placed.changed);
	assert_false(placed.misplaced);
	assert_string_equal("1.1", placed.label);
}

static void what_is_not_there_is_misplaced(void **state)
{
	REMARK("A cat.\n", .quote = "A dog", .words = "x");
	assert_true(placed.misplaced);
	assert_null(placed.path);
	assert_string_equal("what is quoted is not in the text",
			    placed.why.buf);
	REMARK("A cat.\n", .label = "1.2", .words = "x");
	assert_true(placed.misplaced);
	assert_string_equal("there is no paragraph 1.2", placed.why.buf);
	REMARK("A cat.\n\nA cat.\n", .quote = "A cat", .words = "x");
	assert_true(placed.misplaced);
	assert_string_equal("'A cat' stands in 1.1 and in 1.2",
			    placed.why.buf);
	EDIT("A cat.\n", .old = "dog", .new = "cow");
	assert_true(placed.misplaced);
}

static void words_twice_in_one_paragraph_are_about_it(void **state)
{
	assert_string_equal("A cat and a cat.{>>x<<}\n\nB.\n",
		REMARK("A cat and a cat.\n\nB.\n", .quote = "cat",
		       .words = "x"));
	assert_false(placed.misplaced);
	assert_string_equal("what is quoted stands there more than once",
			    placed.why.buf);
	EDIT("A cat and a cat.\n\nB.\n", .quote = "cat", .old = "cat",
	     .new = "dog");
	assert_true(placed.is_remark);
}

static void a_label_tells_two_places_apart(void **state)
{
	assert_string_equal("A cat.\n\nA {==cat==}{>>x<<}.\n",
		REMARK("A cat.\n\nA cat.\n", .quote = "cat", .label = "1.2",
		       .words = "x"));
}

static void a_chapter_is_its_chunk(void **state)
{
	REMARK("A cat.\n", .label = "1", .words = "slow");
	assert_false(placed.changed);
	assert_false(placed.misplaced);
	assert_string_equal("1.md", placed.path);
	REMARK("A cat.\n", .words = "nice book");
	assert_false(placed.misplaced);
	assert_null(placed.path);
}

static void a_chapter_has_its_headings_and_notes(void **state)
{
	static const char text[] = "A cat.[^a]\n\n## The hour\n\nIt came.\n\n"
				   "[^a]: A dog.\n";

	assert_string_equal("A cat.[^a]\n\n## The day\n\nIt came.\n\n"
			    "[^a]: A dog.\n",
		EDIT(text, .label = "1", .old = "The hour",
		     .new = "The day"));
	assert_string_equal("A cat.[^a]\n\n## The hour\n\nIt came.\n\n"
			    "[^a]: One dog.\n",
		EDIT(text, .label = "1", .old = "A dog", .new = "One dog"));
}

static void notes_are_found_with_and_without_their_marks(void **state)
{
	assert_string_equal("{==The hour.[^a] It==}{>>x<<} came.\n\n[^a]: N.\n",
		REMARK("The hour.[^a] It came.\n\n[^a]: N.\n",
		       .quote = "The hour.1 It", .words = "x"));
	assert_string_equal("{==The hour.[^a] It==}{>>x<<} came.\n\n[^a]: N.\n",
		REMARK("The hour.[^a] It came.\n\n[^a]: N.\n",
		       .quote = "The hour.[1] It", .words = "x"));
	assert_string_equal("{==The hour.[^a] It==}{>>x<<} came.\n\n[^a]: N.\n",
		REMARK("The hour.[^a] It came.\n\n[^a]: N.\n",
		       .quote = "The hour. It", .words = "x"));
	assert_string_equal("The hour.[^a]\n\n[^a]: A {==note==}{>>x<<}.\n",
		REMARK("The hour.[^a]\n\n[^a]: A note.\n",
		       .quote = "note", .words = "x"));
	assert_string_equal("The hour.^[A {==note==}{>>x<<}.]\n",
		REMARK("The hour.^[A note.]\n",
		       .quote = "note", .words = "x"));
}

static void marks_of_notes_are_not_put_into_the_text(void **state)
{
	static const char text[] = "The hour.[^a] It came.\n\n[^a]: N.\n";

	assert_string_equal("The hour.[^a] She came.\n\n[^a]: N.\n",
		EDIT(text, .old = "The hour.1 It", .new = "The hour.1 She"));
	assert_string_equal("The hour.[^a] She came.\n\n[^a]: N.\n",
		EDIT(text, .old = "hour. It", .new = "hour.[1] She"));
	assert_string_equal("The hour.[^a] It went.\n\n[^a]: N.\n",
		EDIT(text, .label = "1.1", .new = "The hour.\u00B9 It went."));
	assert_string_equal("The time.[^a] It came.\n\n[^a]: N.\n",
		EDIT(text, .old = "hour.1", .new = "time."));
}

static const char *place_elsewhere(const struct said *s)
{
	static char *theirs;
	struct fixture f;

	fixture_open(&f, (struct fixture_file[]){
		{ "SUMMARY.md", "- [One](1.md)\n- [Two](2.md)\n" },
		{ "1.md", "# One\n\nA cat.[^far]\n" },
		{ "2.md", "# One\n\nA dog.\n\n[^far]: A *far* note.\n" },
		{ NULL, NULL } });
	free(theirs);
	theirs = strdup(place_in(&f, s));
	fixture_close(&f);
	return theirs;
}

static void a_note_of_another_chunk_is_changed_there(void **state)
{
	assert_string_equal("A dog.\n\n[^far]: A *far* remark.\n",
		place_elsewhere(&(struct said){ .edit = true,
			.old = "far note", .new = "far remark" }));
	assert_string_equal("2.md", placed.path);
	assert_string_equal("A dog.\n\n[^far]: A {==*far* note==}{>>x<<}.\n",
		place_elsewhere(&(struct said){ .quote = "far note",
			.words = "x" }));
	assert_string_equal("2.md", placed.path);
}

static void japanese_and_arabic(void **state)
{
	assert_string_equal("霧が港に\n{==降りて==}{>>x<<}きた。\n",
		REMARK("霧が港に\n降りてきた。\n", .quote = "降りて",
		       .words = "x"));
	assert_string_equal("霧が港へ\n降りてきた。\n",
		EDIT("霧が港に\n降りてきた。\n", .old = "霧が港に降りて",
		     .new = "霧が港へ降りて"));
	assert_string_equal("جاء الضباب {==إلى الميناء==}{>>x<<} ليلا.\n",
		REMARK("جاء الضباب إلى الميناء ليلا.\n",
		       .quote = "إلى الميناء", .words = "x"));
	assert_string_equal("جاء الضباب إلى المرفأ ليلا.\n",
		EDIT("جاء الضباب إلى الميناء ليلا.\n", .old = "الميناء",
		     .new = "المرفأ"));
}

static int release(void **state)
{
	placed_release(&placed);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_of_the_label_is_replaced),
		cmocka_unit_test(a_word_of_the_quote_is_replaced),
		cmocka_unit_test(words_that_stand_once_need_no_place),
		cmocka_unit_test(words_that_stand_twice_are_a_remark),
		cmocka_unit_test(the_case_of_the_first_letter_is_the_texts),
		cmocka_unit_test(a_case_that_may_be_meant_is_a_remark),
		cmocka_unit_test(everywhere_is_each_place_of_the_paragraph),
		cmocka_unit_test(markup_around_words_that_stay_stays),
		cmocka_unit_test(words_across_markup_are_a_remark),
		cmocka_unit_test(words_that_go_leave_one_space),
		cmocka_unit_test(typographic_characters_become_the_authors_own),
		cmocka_unit_test(a_dash_for_a_hyphen_is_an_edit),
		cmocka_unit_test(new_words_start_no_block),
		cmocka_unit_test(a_part_of_one_word_is_replaced),
		cmocka_unit_test(a_whole_paragraph_may_read_otherwise),
		cmocka_unit_test(words_of_two_paragraphs_may_change_in_one),
		cmocka_unit_test(a_remark_stands_at_what_is_quoted),
		cmocka_unit_test(a_remark_widens_to_whole_nodes),
		cmocka_unit_test(a_remark_on_a_label_stands_at_the_end),
		cmocka_unit_test(a_remark_is_about_the_last_sentence),
		cmocka_unit_test(a_remark_cannot_end_early_nor_be_markup),
		cmocka_unit_test(code_blocks_and_pictures_have_no_place),
		cmocka_unit_test(what_is_not_there_is_misplaced),
		cmocka_unit_test(words_twice_in_one_paragraph_are_about_it),
		cmocka_unit_test(a_label_tells_two_places_apart),
		cmocka_unit_test(a_chapter_is_its_chunk),
		cmocka_unit_test(a_chapter_has_its_headings_and_notes),
		cmocka_unit_test(notes_are_found_with_and_without_their_marks),
		cmocka_unit_test(marks_of_notes_are_not_put_into_the_text),
		cmocka_unit_test(a_note_of_another_chunk_is_changed_there),
		cmocka_unit_test(japanese_and_arabic),
	};

	return cmocka_run_group_tests(tests, NULL, release);
}
