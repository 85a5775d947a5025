/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drift.h"
#include "prose_index.h"
#include "prose_place.h"
#include "strbuf.h"
#include "vocabulary.h"

#ifdef __SANITIZE_ADDRESS__
#define KEPT_CASES 40	/* it takes ten times as long */
#else
#define KEPT_CASES 400
#endif

#define FOG "The fog came in from the harbour at four and nobody saw it.\n"
#define MIST "The mist came in from the harbour at four and nobody saw it.\n"
#define BELL "One bell rang, then two of them, and the boats went out.\n"
#define RAIN "Rain fell on the quay all day long and on the old stairs.\n"
#define LAMP "A lamp stood in each window of the street above the market.\n"

struct book {
	struct vocabulary vocabulary;
	struct prose_index *index;
	struct prose_changes changes;
};

static void open_book(struct book *b, const char *const *texts)
{
	*b = (struct book){ VOCABULARY_INIT, NULL, PROSE_CHANGES_INIT };
	b->index = prose_index_new(&b->vocabulary);
	for (; *texts; texts++)
		prose_index_add(b->index, slice_of(*texts));
}

static void close_book(struct book *b)
{
	prose_changes_release(&b->changes);
	prose_index_free(b->index);
	vocabulary_release(&b->vocabulary);
}

static const struct prose_change *place(struct book *b, size_t own,
					const char *base, const char *theirs)
{
	prose_changes_release(&b->changes);
	prose_place(&b->changes, b->index, own, slice_of(base),
		    slice_of(theirs));
	assert_int_equal(1, b->changes.count);
	return b->changes.items;
}

static void assert_placed(const struct book *b, size_t text,
			  const char *expected)
{
	const struct prose_change *c = b->changes.items;
	struct slice ours = prose_index_text(b->index, text);
	struct strbuf out = STRBUF_INIT;

	assert_int_equal(PROSE_PLACED, c->outcome);
	assert_int_equal(text, c->text);
	strbuf_add(&out, ours.ptr, c->ours.start);
	strbuf_add_slice(&out, c->words);
	strbuf_add_slice(&out, slice_sub(ours, c->ours.end, ours.len));
	assert_string_equal(expected, out.buf);
	strbuf_release(&out);
}

static void a_paragraph_that_went_to_another_text_is_found(void **state)
{
	const char *texts[] = { BELL "\n" RAIN, LAMP "\n" FOG, NULL };
	struct book b;

	open_book(&b, texts);
	place(&b, 0, BELL "\n" FOG "\n" RAIN, BELL "\n" MIST "\n" RAIN);
	assert_placed(&b, 1, LAMP "\n" MIST);
	close_book(&b);
}

static void a_text_that_was_parted_takes_changes_in_both(void **state)
{
	const char *texts[] = { BELL "\n" FOG, RAIN "\n" LAMP, NULL };
	const char *base = BELL "\n" FOG "\n" RAIN "\n" LAMP;
	struct book b;

	open_book(&b, texts);
	place(&b, 0, base, BELL "\n" MIST "\n" RAIN "\n" LAMP);
	assert_placed(&b, 0, BELL "\n" MIST);
	place(&b, 0, base, BELL "\n" FOG "\n" RAIN "\n"
	      "A candle stood in each window of the street above the "
	      "market.\n");
	assert_placed(&b, 1, RAIN "\n" "A candle stood in each window of the "
		      "street above the market.\n");
	close_book(&b);
}

static void a_text_of_another_name_is_found_by_its_words(void **state)
{
	const char *texts[] = { RAIN "\n" LAMP, BELL "\n" FOG, NULL };
	struct book b;

	open_book(&b, texts);
	place(&b, PROSE_NO_TEXT, BELL "\n" FOG, BELL "\n" MIST);
	assert_placed(&b, 1, BELL "\n" MIST);
	close_book(&b);
}

static void a_passage_in_two_texts_is_ambiguous(void **state)
{
	const char *texts[] = { RAIN, LAMP "\n" FOG, BELL "\n" FOG, NULL };
	struct book b;

	open_book(&b, texts);
	assert_int_equal(PROSE_AMBIGUOUS,
			 place(&b, 0, RAIN "\n" FOG, RAIN "\n" MIST)->outcome);
	assert_int_equal(PROSE_AMBIGUOUS,
			 place(&b, PROSE_NO_TEXT, FOG, MIST)->outcome);
	/* where it stood it stays, whatever other texts have */
	place(&b, 1, LAMP "\n" FOG, LAMP "\n" MIST);
	assert_placed(&b, 1, LAMP "\n" MIST);
	close_book(&b);
}

static void a_passage_that_is_nowhere_is_rewritten(void **state)
{
	const char *texts[] = { RAIN, LAMP, NULL };
	struct book b;

	open_book(&b, texts);
	assert_int_equal(PROSE_REWRITTEN,
			 place(&b, 0, RAIN "\n" FOG, RAIN "\n" MIST)->outcome);
	assert_int_equal(PROSE_REWRITTEN,
			 place(&b, PROSE_NO_TEXT, FOG, MIST)->outcome);
	close_book(&b);
}

static void a_text_that_was_replaced_is_found_as_it_is_now(void **state)
{
	const char *texts[] = { RAIN, LAMP "\n" FOG, BELL, NULL };
	const char *base = RAIN "\n" FOG, *theirs = RAIN "\n" MIST;
	struct book b;

	open_book(&b, texts);
	place(&b, 0, base, theirs);
	assert_placed(&b, 1, LAMP "\n" MIST);
	prose_index_replace(b.index, 1, slice_of(LAMP), NULL, 0);
	assert_int_equal(PROSE_REWRITTEN, place(&b, 0, base, theirs)->outcome);
	prose_index_replace(b.index, 2, slice_of(FOG "\n" BELL), NULL, 0);
	place(&b, 0, base, theirs);
	assert_placed(&b, 2, MIST "\n" BELL);
	close_book(&b);
}

/* --- copies and twins --- */

static enum prose_outcome outcome(const char *ours, const char *base,
				  const char *theirs)
{
	struct prose_changes changes = PROSE_CHANGES_INIT;
	enum prose_outcome result;

	prose_place_in(&changes, slice_of(base), slice_of(theirs),
		       slice_of(ours));
	result = changes.items[0].outcome;
	prose_changes_release(&changes);
	return result;
}

static void a_copy_elsewhere_leaves_the_paragraph_its_place(void **state)
{
	assert_int_equal(PROSE_PLACED, outcome(
		BELL "\n" FOG "\n" RAIN "\n" LAMP "\n" FOG,
		BELL "\n" FOG "\n" RAIN "\n" LAMP,
		BELL "\n" MIST "\n" RAIN "\n" LAMP));
}

static void an_exact_copy_takes_nothing_from_the_edited_paragraph(void **state)
{
	const char *base = BELL "\n" FOG "\n" RAIN "\n" LAMP;
	const char *ours = BELL "\n" "The cold fog came in from the harbour "
			   "at four and nobody saw it.\n" "\n" RAIN "\n"
			   LAMP "\n" FOG;
	const char *theirs = BELL "\n" "The fog came in from the harbour at "
			     "five and nobody saw it.\n" "\n" RAIN "\n"
			     LAMP;
	struct prose_changes changes = PROSE_CHANGES_INIT;

	prose_place_in(&changes, slice_of(base), slice_of(theirs),
		       slice_of(ours));
	assert_true(changes.items[0].outcome != PROSE_PLACED ||
		    changes.items[0].ours.start <
			    slice_find_slice(slice_of(ours), SLICE(RAIN)));
	prose_changes_release(&changes);
}

static void of_two_copies_side_by_side_nobody_knows_which(void **state)
{
	assert_int_not_equal(PROSE_PLACED, outcome(
		BELL "\n" FOG "\n" FOG "\n" RAIN, BELL "\n" FOG "\n" RAIN,
		BELL "\n" MIST "\n" RAIN));
	assert_int_not_equal(PROSE_PLACED, outcome(
		BELL "\n" FOG "\n" RAIN, BELL "\n" FOG "\n" FOG "\n" RAIN,
		BELL "\n" MIST "\n" FOG "\n" RAIN));
}

/* --- many comments on one text --- */

static void splice_text(struct strbuf *text, const struct prose_change *c)
{
	struct strbuf made = STRBUF_INIT;

	strbuf_add(&made, text->buf, c->ours.start);
	strbuf_add_slice(&made, c->words);
	strbuf_add(&made, text->buf + c->ours.end, text->len - c->ours.end);
	strbuf_release(text);
	*text = made;
}

/* All changes that are placed, the last one first; what became of them. */
static size_t apply(struct strbuf *text, const struct prose_changes *changes,
		    struct prose_splice *splices)
{
	size_t count = 0;

	for (size_t i = 0; i < changes->count; i++)
		if (changes->items[i].outcome == PROSE_PLACED)
			splices[count++] = (struct prose_splice){
				changes->items[i].ours,
				changes->items[i].words.len
			};
	for (size_t i = 1; i < count; i++)
		if (splices[i].old.start < splices[i - 1].old.end)
			return 0; /* out of order: not for this test */
	for (size_t i = changes->count; i-- && count;)
		if (changes->items[i].outcome == PROSE_PLACED)
			splice_text(text, &changes->items[i]);
	return count;
}

static void what_is_kept_is_what_would_be_found_anew(void **state)
{
	struct prose_splice splices[64], others[64];
	size_t differ = 0;

	for (uint64_t seed = 1; seed <= KEPT_CASES; seed++) {
		struct vocabulary vocabulary = VOCABULARY_INIT;
		struct prose_index *index = prose_index_new(&vocabulary);
		struct prose_drift *kept;
		struct strbuf ours = STRBUF_INIT;
		struct drift d;

		drift_make(&d, seed);
		strbuf_add_slice(&ours, strbuf_slice(&d.ours));
		prose_index_add(index, strbuf_slice(&ours));
		kept = prose_drift_new(index, 0, strbuf_slice(&d.base));
		for (size_t r = 0; r < DRIFT_READERS; r++) {
			struct slice theirs =
				strbuf_slice(&d.readers[r].theirs);
			struct prose_changes a = PROSE_CHANGES_INIT;
			struct prose_changes b = PROSE_CHANGES_INIT;
			struct strbuf anew = STRBUF_INIT;
			size_t count;

			prose_place_on(&a, kept, theirs);
			prose_place_in(&b, strbuf_slice(&d.base), theirs,
				       strbuf_slice(&ours));
			strbuf_add_slice(&anew, strbuf_slice(&ours));
			count = a.count < 64 && b.count < 64 ?
				apply(&ours, &a, splices) : 0;
			if (count)
				prose_index_replace(index, 0,
						    strbuf_slice(&ours),
						    splices, count);
			if (count && apply(&anew, &b, others) == count &&
			    !drift_same(strbuf_slice(&ours),
					strbuf_slice(&anew)))
				differ++;
			strbuf_release(&anew);
			prose_changes_release(&a);
			prose_changes_release(&b);
		}
		prose_drift_free(kept);
		prose_index_free(index);
		vocabulary_release(&vocabulary);
		strbuf_release(&ours);
		drift_release(&d);
	}
	assert_int_equal(0, differ);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			a_paragraph_that_went_to_another_text_is_found),
		cmocka_unit_test(a_text_that_was_parted_takes_changes_in_both),
		cmocka_unit_test(a_text_of_another_name_is_found_by_its_words),
		cmocka_unit_test(a_passage_in_two_texts_is_ambiguous),
		cmocka_unit_test(a_passage_that_is_nowhere_is_rewritten),
		cmocka_unit_test(
			a_text_that_was_replaced_is_found_as_it_is_now),
		cmocka_unit_test(
			a_copy_elsewhere_leaves_the_paragraph_its_place),
		cmocka_unit_test(
			an_exact_copy_takes_nothing_from_the_edited_paragraph),
		cmocka_unit_test(
			of_two_copies_side_by_side_nobody_knows_which),
		cmocka_unit_test(what_is_kept_is_what_would_be_found_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
