/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "prose_merge.h"
#include "strbuf.h"

static size_t merge(struct strbuf *out, const char *ours, const char *base,
		    const char *theirs)
{
	strbuf_truncate(out, 0);
	return prose_merge(out, slice_of(ours), slice_of(base),
			   slice_of(theirs), NULL);
}

static void assert_merges(const char *ours, const char *base,
			  const char *theirs, const char *expected)
{
	struct strbuf out = STRBUF_INIT;

	assert_int_equal(0, merge(&out, ours, base, theirs));
	strbuf_addch(&out, '\0');
	assert_string_equal(expected, out.buf);
	strbuf_release(&out);
}

static void assert_conflicts(const char *ours, const char *base,
			     const char *theirs)
{
	struct strbuf out = STRBUF_INIT;

	assert_int_equal(1, merge(&out, ours, base, theirs));
	strbuf_release(&out);
}

static void a_paragraph_added_at_the_end_goes_in(void **state)
{
	assert_merges("One loud bell rang twice.\n", "One bell rang twice.\n",
		      "One bell rang twice.\n\nA ship came.\n",
		      "One loud bell rang twice.\n\nA ship came.\n");
	assert_merges("One bell rang twice.\n\nA ship came.\n",
		      "One bell rang twice.\n",
		      "One loud bell rang twice.\n",
		      "One loud bell rang twice.\n\nA ship came.\n");
}

static void a_paragraph_taken_from_the_end_goes(void **state)
{
	assert_merges("One loud bell rang twice.\n\nA ship came.\n",
		      "One bell rang twice.\n\nA ship came.\n",
		      "One bell rang twice.\n",
		      "One loud bell rang twice.\n");
}

static void a_paragraph_added_at_the_start_goes_in(void **state)
{
	assert_merges("One loud bell rang twice.\n", "One bell rang twice.\n",
		      "A ship came.\n\nOne bell rang twice.\n",
		      "A ship came.\n\nOne loud bell rang twice.\n");
}

static void words_that_do_not_touch_both_go_in(void **state)
{
	assert_merges("The thick fog came in at four.\n",
		      "The fog came in at four.\n",
		      "The fog came in at five.\n",
		      "The thick fog came in at five.\n");
}

static void words_side_by_side_conflict(void **state)
{
	assert_conflicts("The fog rolled in at four.\n",
			 "The fog came in at four.\n",
			 "The fog came on at four.\n");
}

static void a_sentence_rewritten_or_cut_takes_no_correction(void **state)
{
	assert_conflicts("Rain all day. Not a soul was there to watch.\n",
			 "Rain all day. Nobody saw how the fog came in.\n",
			 "Rain all day. Nobody saw how the mist came in.\n");
	assert_conflicts("Rain all day.\n",
			 "Rain all day. Nobody saw how the fog came in.\n",
			 "Rain all day. Nobody saw how the mist came in.\n");
}

/* --- what holds for all texts ------------------------------------------- */

static uint32_t seed = 1;

static uint32_t dice(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

#define MOST_WORDS 60

struct row {
	char *words[MOST_WORDS + 1];	/* all different, or marks */
	size_t count;
};

static void add_row(struct strbuf *out, const struct row *row)
{
	strbuf_truncate(out, 0);
	for (size_t i = 0; i < row->count; i++) {
		strbuf_adds(out, row->words[i]);
		strbuf_adds(out, i + 1 == row->count ? ".\n" :
			      i % 9 == 8 ? ".\n\nThen " :
			      i % 4 == 3 ? "\n" : " ");
	}
	strbuf_addch(out, '\0');
}

static struct slice text_of(const struct strbuf *text)
{
	return slice_of(text->buf);
}

/*
 * One word changed on each side: it is merged with both, or a conflict; and
 * nothing else is ever touched.
 */
static void two_words_are_both_there_or_conflict(void **state)
{
	static char names[MOST_WORDS][8];
	struct row base = { { NULL }, 0 }, ours, theirs, both;
	struct strbuf b = STRBUF_INIT, o = STRBUF_INIT, t = STRBUF_INIT;
	struct strbuf e = STRBUF_INIT, out = STRBUF_INIT;
	size_t merged = 0;

	for (size_t i = 0; i < MOST_WORDS; i++)
		for (size_t k = 0; k < 6; k++)
			names[i][k] = (char)('a' + (i * 7 + k * (i % 5 + 3)) %
						   26);
	for (int round = 0; round < 1000; round++) {
		size_t i, j, conflicts;

		base.count = 2 + dice(MOST_WORDS - 1);
		for (size_t k = 0; k < base.count; k++)
			base.words[k] = names[dice(MOST_WORDS)];
		i = dice((uint32_t)base.count);
		j = dice((uint32_t)base.count);
		ours = theirs = both = base;
		ours.words[i] = both.words[i] = "zebra";
		theirs.words[j] = both.words[j] = "quartz";
		add_row(&b, &base);
		add_row(&o, &ours);
		add_row(&t, &theirs);
		add_row(&e, &both);
		strbuf_truncate(&out, 0);
		conflicts = prose_merge(&out, text_of(&o), text_of(&b),
					text_of(&t), NULL);
		if (i == j)
			assert_int_equal(1, conflicts);
		if (conflicts)
			continue;
		merged++;
		assert_true(slice_eq(strbuf_slice(&out), text_of(&e)));
	}
	assert_true(merged > 500);
	strbuf_release(&b);
	strbuf_release(&o);
	strbuf_release(&t);
	strbuf_release(&e);
	strbuf_release(&out);
}

static void what_one_side_left_alone_is_the_other(void **state)
{
	static const char *texts[] = {
		"", "\n", "\n\n", "One.", "One.\n", "One.\r\n\r\nTwo.\r\n",
		"One.\n\nTwo.\n\n\n", "> One\n> two\n", "- a\n- b\n\xFF",
		"\xE5\x90\xBE\xE8\xBC\xA9\xE3\x80\x82", "One.  \nTwo",
	};
	size_t n = sizeof(texts) / sizeof(*texts);
	struct strbuf out = STRBUF_INIT;

	for (size_t i = 0; i < n * n; i++) {
		const char *a = texts[i / n], *b = texts[i % n];

		assert_int_equal(0, merge(&out, a, b, b));
		assert_true(slice_eq_str(strbuf_slice(&out), a));
		assert_int_equal(0, merge(&out, a, b, a));
		assert_true(slice_eq_str(strbuf_slice(&out), a));
	}
	strbuf_release(&out);
}

static const char log_book[] =
	"The log says nothing of the night before the storm, nor of the man "
	"at the wheel.";

/* Else it would stand twice, or nowhere. */
static void what_a_reader_moved_goes_in_as_a_whole(void **state)
{
	static const struct prose_merge_options keep = { .favor = MERGE_OURS };
	struct strbuf base = STRBUF_INIT, ours = STRBUF_INIT;
	struct strbuf theirs = STRBUF_INIT, out = STRBUF_INIT;

	strbuf_addf(&base, "Fog came in.\n\n%s\n\nGulls cried all night.\n\n"
		    "The bell rang.\n", log_book);
	strbuf_addf(&ours, "Fog came in.\n\n%s\n\nGulls cried all night.\n\n"
		    "The bell rang.\n", "The log has no word of the night when "
		    "the storm came up, and the wheel was lost.");
	strbuf_addf(&theirs, "Fog came in.\n\nGulls cried all night.\n\n"
		    "The bell rang.\n\n%s\n", log_book);
	prose_merge(&out, strbuf_slice(&ours), strbuf_slice(&base),
		    strbuf_slice(&theirs), &keep);
	assert_true(slice_eq(strbuf_slice(&out), strbuf_slice(&ours)));
	strbuf_release(&base);
	strbuf_release(&ours);
	strbuf_release(&theirs);
	strbuf_release(&out);
}

/* The copy is the only place where all of it still stands. */
static void a_copy_of_what_was_rewritten_is_left_alone(void **state)
{
	assert_conflicts(
		"She wept.\n\nThe keeper climbed the stair at fore. He lit the "
		"lamp and wound the clock. Then he sat down to read until the "
		"tide turned.\n\nFog came.\n\nNobody knew where the old man "
		"went. He lit the lamp and wound the clock. Then he sat down "
		"to read until the tide turned.\n\nA ship passed.\n",
		"Fog came.\n\nThe keeper climbed the stair at fore. He lit the "
		"lamp and wound the clock. Then he sat down to read until the "
		"tide turned.\n\nA ship passed.\n",
		"Fog came.\n\nThe keeper climbed the stair at four. He lit the "
		"lamp and wound the clock. Then he sat down to read until the "
		"tide turned.\n\nA ship passed.\n");
}

static void one_of_two_rows_that_are_almost_the_same_is_not_guessed(
	void **state)
{
	assert_conflicts(
		"Fog came.\n\n- And a bell.\n- Rope road of the sea.\n"
		"- Rope in of the sea.\n",
		"Fog came.\n\n- And a bell.\n- Rope in of the sea.\n",
		"Fog came.\n\n- And a bell.\n- Rope in on the sea.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_paragraph_added_at_the_end_goes_in),
		cmocka_unit_test(a_paragraph_taken_from_the_end_goes),
		cmocka_unit_test(a_paragraph_added_at_the_start_goes_in),
		cmocka_unit_test(words_that_do_not_touch_both_go_in),
		cmocka_unit_test(words_side_by_side_conflict),
		cmocka_unit_test(
			a_sentence_rewritten_or_cut_takes_no_correction),
		cmocka_unit_test(two_words_are_both_there_or_conflict),
		cmocka_unit_test(what_one_side_left_alone_is_the_other),
		cmocka_unit_test(what_a_reader_moved_goes_in_as_a_whole),
		cmocka_unit_test(a_copy_of_what_was_rewritten_is_left_alone),
		cmocka_unit_test(
			one_of_two_rows_that_are_almost_the_same_is_not_guessed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
