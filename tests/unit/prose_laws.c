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

/*
 * Every change goes where the paragraph is that it was made in, or is refused
 * and reported; never elsewhere, never silently lost. Paragraphs are copied
 * next to themselves, moved, and edited afterwards in nearly every case, so
 * that nobody knows any more what belongs where in many of them.
 */
static void changes_go_to_their_place_or_nowhere(void **state)
{
	struct strbuf out = STRBUF_INIT, rest = STRBUF_INIT;
	size_t whole = 0, wrong = 0;

	for (uint64_t seed = 1; seed <= CASES; seed++) {
		struct drift d;
		const struct strbuf *theirs = &d.readers[0].theirs;
		bool right;

		drift_make(&d, seed);
		if (!merge(&out, &d.ours, &d.base, theirs, MERGE_MARK)) {
			right = drift_is_merged(&d, 0, strbuf_slice(&out));
			whole += right;
		} else {
			merge(&rest, &d.ours, &d.base, theirs, MERGE_OURS);
			right = drift_is_part(&d, 0, strbuf_slice(&rest));
		}
		if (!right)
			printf("# wrong: %llu\n", (unsigned long long)seed);
		wrong += !right;
		drift_release(&d);
	}
	assert_int_equal(0, wrong);
	assert_true(20 * whole >= 11 * CASES);
	strbuf_release(&out);
	strbuf_release(&rest);
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

static void readers_may_come_in_any_order(void **state)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT, ab = STRBUF_INIT;
	struct strbuf ba = STRBUF_INIT;
	size_t both = 0, wrong = 0;

	for (uint64_t seed = 1; seed <= CASES; seed++) {
		struct drift d;
		size_t conflicts;

		drift_make(&d, seed);
		conflicts = merge(&a, &d.ours, &d.base, &d.readers[0].theirs,
				  MERGE_MARK) +
			    merge(&b, &d.ours, &d.base, &d.readers[1].theirs,
				  MERGE_MARK);
		if (!conflicts)
			conflicts = merge(&ab, &a, &d.base,
					  &d.readers[1].theirs, MERGE_MARK) +
				    merge(&ba, &b, &d.base,
					  &d.readers[0].theirs, MERGE_MARK);
		if (!conflicts) {
			both++;
			wrong += !drift_same(strbuf_slice(&ab),
					     strbuf_slice(&ba));
		}
		drift_release(&d);
	}
	assert_true(4 * both > CASES);
	assert_int_equal(0, wrong);
	strbuf_release(&a);
	strbuf_release(&b);
	strbuf_release(&ab);
	strbuf_release(&ba);
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
		cmocka_unit_test(what_one_side_left_alone_is_the_other),
		cmocka_unit_test(readers_may_come_in_any_order),
		cmocka_unit_test(passages_one_by_one_are_theirs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
