/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "prose_merge.h"
#include "prose_show.h"
#include "strbuf.h"

/* "The [-grey-]{+gray+} fog." and so on, one passage a line, "~" for "\n". */
static void print(struct strbuf *out, const struct prose_passages *p)
{
	static const char *const open[] = { "", "[-", "{+" };
	static const char *const close[] = { "", "-]", "+}" };

	for (size_t i = 0; i < p->count; i++) {
		const struct prose_passage *passage = &p->items[i];

		if (passage->layout)
			strbuf_adds(out, "(layout)");
		for (size_t k = 0; k < passage->part_count; k++) {
			const struct prose_part *part = &passage->parts[k];

			strbuf_adds(out, open[part->kind]);
			for (size_t c = 0; c < part->words.len; c++)
				strbuf_addch(out, part->words.ptr[c] == '\n' ?
					     '~' : part->words.ptr[c]);
			strbuf_adds(out, close[part->kind]);
		}
		strbuf_addch(out, '\n');
	}
}

/* One by one, and all of them, against what they should be. */
static void check_restricted(const struct prose_passages *p)
{
	struct strbuf one = STRBUF_INIT, all = STRBUF_INIT;
	bool *chosen = calloc(p->count + 1, sizeof(*chosen));

	for (size_t i = 0; i < p->count; i++) {
		strbuf_truncate(&one, 0);
		prose_restrict(&one, p, i);
		assert_false(slice_eq(strbuf_slice(&one), p->base));
		chosen[i] = true;
	}
	prose_restrict_to(&all, p, chosen);
	assert_true(slice_eq(strbuf_slice(&all), p->theirs));
	free(chosen);
	strbuf_release(&one);
	strbuf_release(&all);
}

static void assert_shows(const char *base, const char *theirs,
			 const char *expected)
{
	struct prose_passages passages = PROSE_PASSAGES_INIT;
	struct strbuf out = STRBUF_INIT;

	prose_show(&passages, slice_of(base), slice_of(theirs));
	print(&out, &passages);
	assert_string_equal(expected, out.buf);
	check_restricted(&passages);
	strbuf_release(&out);
	prose_passages_release(&passages);
}

static void a_word_is_shown_in_its_sentence(void **state)
{
	assert_shows("It rained. The gray fog came in. We slept.\n",
		     "It rained. The grey fog came in. We slept.\n",
		     "The [-gray-]{+grey+} fog came in.\n");
}

static void marks_go_with_their_words(void **state)
{
	assert_shows("The fog came in, we slept.\n",
		     "The fog came in; we slept.\n",
		     "The fog came [-in,-]{+in;+} we slept.\n");
	assert_shows("The *fog* came in.\n", "The *mist* came in.\n",
		     "The [-*fog*-]{+*mist*+} came in.\n");
	assert_shows("He said \"no\" to it all.\n",
		     "He said \xE2\x80\x9Cno\xE2\x80\x9D to it all.\n",
		     "He said [-\"no\"-]{+\xE2\x80\x9Cno\xE2\x80\x9D+} "
		     "to it all.\n");
	assert_shows("The fog came in at four\n", "The fog came in at four.\n",
		     "The fog came in at [-four-]{+four.+}\n");
	assert_shows("The fog came in ( at four.\n",
		     "The fog came in (at four.\n",
		     "The fog came in [-( at-]{+(at+} four.\n");
}

static void words_put_in_and_taken_out_leave_one_space(void **state)
{
	assert_shows("The fog came in at four.\n",
		     "The thick fog came in.\n",
		     "The {+thick +}fog came [-in at four.-]{+in.+}\n");
	assert_shows("The thick fog came in at four.\n",
		     "The fog came in at four.\n",
		     "The [-thick -]fog came in at four.\n");
}

static void changes_in_one_sentence_are_one_passage(void **state)
{
	assert_shows("The gray fog came in before we had our tea. So it was.\n",
		     "The grey fog came in before we had no tea. So it is.\n",
		     "The [-gray-]{+grey+} fog came in before we had "
		     "[-our-]{+no+} tea.\n"
		     "So it [-was.-]{+is.+}\n");
}

static void a_sentence_mostly_changed_is_replaced(void **state)
{
	assert_shows("One two three four five six. Seven.\n",
		     "One too three fore five sixty. Seven.\n",
		     "One [-two-]{+too+} three [-four-]{+fore+} five "
		     "[-six.-]{+sixty.+}\n");
	assert_shows("One two three four five six. Seven.\n",
		     "Won too three fore fife sixty. Seven.\n",
		     "[-One two three four five six.-]"
		     "{+Won too three fore fife sixty.+}\n");
}

static void whole_sentences_and_paragraphs_are_passages(void **state)
{
	assert_shows("One came. Two left.\n",
		     "One came. And three stayed. Two left.\n",
		     "{+And three stayed.+}\n");
	assert_shows("One came. And three stayed. Two left.\n",
		     "One came. Two left.\n", "[-And three stayed.-]\n");
	assert_shows("One came.\n\nTwo left.\n",
		     "One came.\n\nAnd three stayed.\n\nTwo left.\n",
		     "{+And three stayed.+}\n");
	assert_shows("One came.\n\nAnd three stayed.\n\nTwo left.\n",
		     "One came.\n\nTwo left.\n", "[-And three stayed.-]\n");
	assert_shows("One came.\n", "One came.\n\nTwo left.\n",
		     "{+Two left.+}\n");
	assert_shows("", "One came.\n\nTwo left.\n",
		     "{+One came.~Two left.+}\n");
}

static void blocks_parted_joined_and_retitled(void **state)
{
	assert_shows("One came. Two left.\n", "One came.\n\nTwo left.\n",
		     "One came.[- -]{+~+}Two left.\n");
	assert_shows("One came.\n\nTwo left.\n", "One came. Two left.\n",
		     "One came.[-~-]{+ +}Two left.\n");
	assert_shows("# The fog\n\nIt came.\n", "## The fog\n\nIt came.\n",
		     "[-#-]{+##+} The fog\n");
	assert_shows("- one\n- two\n", "- one\n- new\n- two\n",
		     "{+new+}\n");
}

static void wrapped_lines_are_no_change_of_words(void **state)
{
	assert_shows("One came. Two\nleft.\n\nThree.\n",
		     "One came.\nTwo left.\n\nThree.\n", "(layout)\n");
	assert_shows("One came. Two\nleft here.\n\nThree.\n",
		     "One ran.\nTwo left here.\n\nThree.\n",
		     "One [-came.-]{+ran.+}\n");
	assert_shows("One came,\nTwo left.\n", "One came,  \nTwo left.\n",
		     "One [-came, -]{+came,~+}Two left.\n");
}

static void scripts_without_spaces_are_shown_by_words(void **state)
{
	assert_shows("吾輩は猫である。名前はまだ無い。\n",
		     "吾輩は犬である。名前はまだ無い。\n",
		     "吾輩は[-猫-]{+犬+}である。\n");
}

/* --- what holds for all texts --- */

static uint32_t seed = 1;

static uint32_t dice(uint32_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static const char *const pieces[] = {
	"fog", "Bell", "two", "ship", "\xE6\xB5\xB7", ".", ".", ",", "?", "*",
	"\n", "\n\n", "\n- ", "\n> ", "  \n", "\r\n", "(", "\"", "a", "1."
};
#define PIECES (sizeof(pieces) / sizeof(*pieces))

static void add_pieces(struct strbuf *out, size_t count)
{
	while (count--) {
		strbuf_adds(out, pieces[dice(PIECES)]);
		if (dice(4))
			strbuf_addch(out, ' ');
	}
}

/* A text like `base`, with some bytes cut out and some pieces put in. */
static void change(struct strbuf *out, const struct strbuf *base)
{
	size_t at = 0;

	for (size_t n = dice(5); n; n--) {
		size_t to = at + dice((uint32_t)(base->len - at) + 1);

		strbuf_add(out, base->buf + at, to - at);
		add_pieces(out, dice(3));
		at = to + dice(6);
		at = at > base->len ? base->len : at;
		while (at < base->len && (base->buf[at] & 0xC0) == 0x80)
			at++;
	}
	strbuf_add(out, base->buf + at, base->len - at);
}

/* Where equal bytes stand between two passages, they are outside of both. */
static void check_order(const struct prose_passages *p)
{
	for (size_t i = 1; i < p->edit_count; i++) {
		assert_true(p->edits[i - 1].base.end <=
			    p->edits[i].base.start);
		assert_true(p->edits[i - 1].passage <= p->edits[i].passage);
	}
	for (size_t i = 1; i < p->count; i++)
		assert_true(p->items[i - 1].base.start <=
			    p->items[i].base.start);
}

/* Without what was put in, it reads as base does; else as theirs. */
static void check_parts(const struct prose_passages *p)
{
	struct strbuf shown[2] = { STRBUF_INIT, STRBUF_INIT };

	for (size_t i = 0; i < p->count; i++) {
		const struct prose_passage *passage = &p->items[i];
		struct slice text[2] = {
			slice_sub(p->base, passage->base.start,
				  passage->base.end),
			slice_sub(p->theirs, passage->theirs.start,
				  passage->theirs.end)
		};

		for (size_t k = 0; k < passage->part_count; k++) {
			const struct prose_part *part = &passage->parts[k];

			if (part->kind != PROSE_INSERTED)
				strbuf_add_slice(&shown[0], part->words);
			if (part->kind != PROSE_DELETED)
				strbuf_add_slice(&shown[1], part->words);
		}
		for (size_t side = 0; side < 2 && !passage->layout; side++) {
			struct slice s = strbuf_slice(&shown[side]);
			size_t a = 0, b = 0;

			/* the same letters in the same order */
			for (;; a++, b++) {
				while (a < s.len && strchr(" \n\r>", s.ptr[a]))
					a++;
				while (b < text[side].len &&
				       strchr(" \n\r>", text[side].ptr[b]))
					b++;
				if (a == s.len || b == text[side].len)
					break;
				assert_int_equal(s.ptr[a], text[side].ptr[b]);
			}
			assert_int_equal(a, s.len);
			assert_int_equal(b, text[side].len);
			strbuf_truncate(&shown[side], 0);
		}
	}
	strbuf_release(&shown[0]);
	strbuf_release(&shown[1]);
}

static void all_passages_together_are_theirs(void **state)
{
	struct strbuf base = STRBUF_INIT, theirs = STRBUF_INIT;

	for (int round = 0; round < 5000; round++) {
		struct prose_passages p = PROSE_PASSAGES_INIT;

		strbuf_truncate(&base, 0);
		strbuf_truncate(&theirs, 0);
		add_pieces(&base, dice(60));
		change(&theirs, &base);
		prose_show(&p, strbuf_slice(&base), strbuf_slice(&theirs));
		assert_int_equal(!p.count, slice_eq(p.base, p.theirs));
		check_order(&p);
		check_parts(&p);
		check_restricted(&p);
		prose_passages_release(&p);
	}
	strbuf_release(&base);
	strbuf_release(&theirs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_is_shown_in_its_sentence),
		cmocka_unit_test(marks_go_with_their_words),
		cmocka_unit_test(words_put_in_and_taken_out_leave_one_space),
		cmocka_unit_test(changes_in_one_sentence_are_one_passage),
		cmocka_unit_test(a_sentence_mostly_changed_is_replaced),
		cmocka_unit_test(whole_sentences_and_paragraphs_are_passages),
		cmocka_unit_test(blocks_parted_joined_and_retitled),
		cmocka_unit_test(wrapped_lines_are_no_change_of_words),
		cmocka_unit_test(scripts_without_spaces_are_shown_by_words),
		cmocka_unit_test(all_passages_together_are_theirs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
