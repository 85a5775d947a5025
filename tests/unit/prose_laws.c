/* SPDX-License-Identifier: MIT */
/* What holds for every merge, tried on generated texts (drift.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "drift.h"
#include "prose_merge.h"
#include "prose_show.h"
#include "strbuf.h"

#ifdef __SANITIZE_ADDRESS__
#define CASES 80	/* it takes ten times as long */
#else
#define CASES 1200
#endif

static size_t merge(struct strbuf *out, const struct strbuf *ours,
		    const struct strbuf *base, const struct strbuf *theirs,
		    enum merge_favor favor)
{
	struct prose_merge_options options = { .favor = favor };

	strbuf_truncate(out, 0);
	return prose_merge(out, strbuf_slice(ours), strbuf_slice(base),
			   strbuf_slice(theirs), &options);
}

/* Merge what a reader did; `whole` counts what goes in whole. */
static bool is_right(const struct drift *d, size_t reader, size_t *whole)
{
	const struct strbuf *theirs = &d->readers[reader].theirs;
	struct strbuf out = STRBUF_INIT;
	bool right;

	if (!merge(&out, &d->ours, &d->base, theirs, MERGE_MARK)) {
		right = drift_is_merged(d, reader, strbuf_slice(&out));
		*whole += right;
	} else {
		merge(&out, &d->ours, &d->base, theirs, MERGE_OURS);
		right = drift_is_part(d, reader, strbuf_slice(&out));
	}
	strbuf_release(&out);
	return right;
}

/*
 * Every change goes where the paragraph is that it was made in, or is refused
 * and reported; never elsewhere, never silently lost. Paragraphs are copied
 * next to themselves, moved, and edited afterwards in nearly every case, so
 * that nobody knows any more what belongs where in many of them.
 */
static void changes_go_to_their_place_or_nowhere(void **state)
{
	size_t whole = 0, wrong = 0;

	for (uint64_t seed = 1; seed <= CASES; seed++) {
		struct drift d;
		bool right;

		drift_make(&d, seed);
		right = is_right(&d, 0, &whole);
		if (!right)
			printf("# wrong: %llu\n", (unsigned long long)seed);
		wrong += !right;
		drift_release(&d);
	}
	assert_int_equal(0, wrong);
	assert_true(20 * whole >= 11 * CASES);
}

/* Found among some 60,000: a few in 10,000 were wrong once. */
static void what_went_wrong_once_is_right(void **state)
{
	static const uint32_t seeds[] = {
		/* both put something in, with a word or less between */
		2006314, 5001211, 6000986, 7003252, 8000527, 11007362,
		/* twins, of which one was cut short by what surrounds it */
		2009126,
		/* sentences taken out and replaced, parted by the author */
		5001213,
		/* a break that passed a word; the break of a block refused */
		2009106, 6008684,
		/* a sentence that stands at both ends of what replaced one */
		6003764, 6006268,
		/* the end of the text, and a copy far from it */
		5002900
	};
	size_t whole = 0;

	for (size_t i = 0; i < sizeof(seeds) / sizeof(*seeds); i++) {
		struct drift d;

		drift_make(&d, seeds[i]);
		for (size_t r = 0; r < DRIFT_READERS; r++)
			if (!is_right(&d, r, &whole))
				fail_msg("seed %u", seeds[i]);
		drift_release(&d);
	}
}

static void what_one_side_left_alone_is_the_other(void **state)
{
	struct strbuf out = STRBUF_INIT;

	for (uint64_t seed = 1; seed <= CASES; seed++) {
		struct drift d;
		const struct strbuf *theirs = &d.readers[0].theirs;

		drift_make(&d, seed);
		assert_int_equal(0, merge(&out, &d.base, &d.base, theirs,
					  MERGE_MARK));
		assert_true(slice_eq(strbuf_slice(&out),
				     strbuf_slice(theirs)));
		assert_int_equal(0, merge(&out, &d.ours, &d.base, &d.base,
					  MERGE_MARK));
		assert_true(slice_eq(strbuf_slice(&out),
				     strbuf_slice(&d.ours)));
		assert_int_equal(0, merge(&out, &d.ours, &d.base, &d.ours,
					  MERGE_MARK));
		assert_true(slice_eq(strbuf_slice(&out),
				     strbuf_slice(&d.ours)));
		drift_release(&d);
	}
	strbuf_release(&out);
}

/* A then B, B then A; `both` counts where neither conflicts. */
static bool orders_agree(uint64_t seed, size_t *both)
{
	struct strbuf first = STRBUF_INIT, out[DRIFT_READERS] = {
		STRBUF_INIT, STRBUF_INIT
	};
	size_t conflicts = 0;
	bool agree;
	struct drift d;

	drift_make(&d, seed);
	for (size_t r = 0; r < DRIFT_READERS && !conflicts; r++) {
		conflicts += merge(&first, &d.ours, &d.base,
				   &d.readers[r].theirs, MERGE_MARK);
		conflicts += merge(&out[r], &first, &d.base,
				   &d.readers[1 - r].theirs, MERGE_MARK);
	}
	agree = conflicts || drift_same(strbuf_slice(&out[0]),
					strbuf_slice(&out[1]));
	*both += !conflicts;
	strbuf_release(&first);
	strbuf_release(&out[0]);
	strbuf_release(&out[1]);
	drift_release(&d);
	return agree;
}

static void readers_may_come_in_any_order(void **state)
{
	size_t both = 0, wrong = 0;

	for (uint64_t seed = 1; seed <= CASES; seed++)
		wrong += !orders_agree(seed, &both);
	assert_true(4 * both > CASES);
	/* spaces beside a comma left alone; a sentence copied, then cut */
	wrong += !orders_agree(1001524, &both);
	wrong += !orders_agree(5004054, &both);
	assert_int_equal(0, wrong);
}

/* One after the other into base, as an author decides them. */
static void passages_one_by_one_are_theirs(void **state)
{
	struct strbuf ours = STRBUF_INIT, one = STRBUF_INIT;
	struct strbuf out = STRBUF_INIT;
	size_t whole = 0;

	for (uint64_t seed = 1; seed <= CASES; seed++) {
		struct prose_passages passages = PROSE_PASSAGES_INIT;
		struct drift d;
		size_t conflicts = 0;

		drift_make(&d, seed);
		prose_show(&passages, strbuf_slice(&d.base),
			   strbuf_slice(&d.readers[0].theirs));
		strbuf_truncate(&ours, 0);
		strbuf_add_slice(&ours, strbuf_slice(&d.base));
		for (size_t i = 0; i < passages.count && !conflicts; i++) {
			struct strbuf swap = ours;

			strbuf_truncate(&one, 0);
			prose_restrict(&one, &passages, i);
			conflicts = merge(&out, &ours, &d.base, &one,
					  MERGE_MARK);
			ours = out;
			out = swap;
		}
		if (!conflicts) {
			whole++;
			assert_true(drift_same(
				strbuf_slice(&ours),
				strbuf_slice(&d.readers[0].theirs)));
		}
		prose_passages_release(&passages);
		drift_release(&d);
	}
	assert_true(20 * whole >= 19 * CASES);
	strbuf_release(&ours);
	strbuf_release(&one);
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(changes_go_to_their_place_or_nowhere),
		cmocka_unit_test(what_went_wrong_once_is_right),
		cmocka_unit_test(what_one_side_left_alone_is_the_other),
		cmocka_unit_test(readers_may_come_in_any_order),
		cmocka_unit_test(passages_one_by_one_are_theirs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
