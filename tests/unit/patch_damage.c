/* SPDX-License-Identifier: MIT */
/*
 * The law: a patch that went through any mail program, or through two, gives
 * the text that its writer had, or is refused by the damage's name; never
 * another text. Patches are made by git from texts with all that prose has,
 * and put through every damage and every pair of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "diff_read.h"
#include "error.h"
#include "patch_damages.h"
#include "patch_samples.h"
#include "strbuf.h"
#ifdef __SANITIZE_ADDRESS__
#define SEEDS 1			/* from this one on */
#else
#define SEEDS 4
#endif
#define CASES 13		/* of each */
#define SAMPLES (SEEDS * CASES)

static uint32_t seed = 8;
static struct patch_sample samples[SAMPLES];

static int make_samples(void **state)
{
	for (uint32_t i = 0; i < SEEDS; i++)
		patch_samples_make(samples + i * CASES, CASES, seed + i);
	return 0;
}

static int free_samples(void **state)
{
	patch_samples_release(samples, SAMPLES);
	return 0;
}

/* --- what becomes of them ------------------------------------------------ */

static int apply_to(struct strbuf *out, const struct strbuf *base,
		    const struct strbuf *diff, struct patch_report *report,
		    struct error *err)
{
	struct patch patch = PATCH_INIT;
	size_t start;
	int rc = diff_read(&patch, &start, strbuf_slice(diff), err);

	strbuf_truncate(out, 0);
	*report = (struct patch_report){ 0 };
	if (!rc)
		rc = patch_apply(out, &patch.files[0], strbuf_slice(base),
				 report, err);
	patch_release(&patch);
	return rc;
}

static void patches_of_git_give_their_text(void **state)
{
	struct strbuf out = STRBUF_INIT;
	struct patch_report report;
	struct error err = ERROR_INIT;

	for (size_t i = 0; i < SAMPLES; i++) {
		struct patch_sample *s = &samples[i];

		assert_int_equal(0, apply_to(&out, &s->base, &s->diff, &report,
					     &err));
		assert_int_equal(s->after.len, out.len);
		assert_memory_equal(s->after.buf, out.buf, out.len);
		assert_int_equal(0, report.repairs);
	}
	strbuf_release(&out);
}

struct tally {
	size_t right, refused, unnamed, wrong;
};

/* A patch and what was done to it. */
struct trial {
	const struct patch_sample *sample;
	bool named;		/* with names of blobs */
	const struct damage *first, *second; /* second: or NULL */
};

static const struct strbuf *clean_diff(const struct trial *t)
{
	return t->named ? &t->sample->diff : &t->sample->nameless;
}

/* Where the results part. */
static void show_trial(const struct trial *t, struct slice wanted,
		       struct slice made)
{
	size_t i = (size_t)(t->sample - samples), at = 0, from;

	while (at < made.len && at < wanted.len &&
	       made.ptr[at] == wanted.ptr[at])
		at++;
	from = at < 40 ? 0 : at - 40;
	made = slice_sub(made, from, at + 240);
	wanted = slice_sub(wanted, from, at + 40);
	print_message("# seed %u, sample %zu: %s, %s%s: wanted\n%.*s\n"
		      "# made\n%.*s\n", (unsigned)(seed + i / CASES),
		      i % CASES, t->first->name, t->second ? t->second->name : "",
		      t->named ? "" : " (nameless)", (int)wanted.len,
		      wanted.ptr, (int)made.len, made.ptr);
}

/* The reason must be one that is true, in words. */
static bool says_why(const struct trial *t, const struct patch_report *report,
		     const struct error *err)
{
	unsigned rows = t->first->row | (t->second ? t->second->row : 0);

	return report->suspected & rows &&
	       strstr(err->message, "a mail program seems to have ");
}

static void try_out(struct tally *tally, const struct trial *t,
		    const struct strbuf *diff)
{
	static struct strbuf out = STRBUF_INIT;
	struct patch_report report;
	struct error err = ERROR_INIT, clean_err = ERROR_INIT;
	int rc = apply_to(&out, &t->sample->base, diff, &report, &err);
	struct slice made = strbuf_slice(&out);
	struct slice wanted = strbuf_slice(&t->sample->after);

	if (!rc && slice_eq(made, wanted)) {
		tally->right++;
	} else if (!rc) {
		tally->wrong++;
		show_trial(t, wanted, made);
	} else {
		tally->refused++;
		if (says_why(t, &report, &err))
			return;
		/* what is refused undamaged has its own reason */
		if (apply_to(&out, &t->sample->base, clean_diff(t), &report,
			     &clean_err) < 0)
			return;
		tally->unnamed++;
		show_trial(t, wanted, slice_of(err.message));
	}
}

/* Does the damage change a line that base has, too, so that it shows? */
static bool leaves_trace(const struct damage *d, const struct trial *t)
{
	struct strbuf damaged = STRBUF_INIT;
	struct slice rest = strbuf_slice(clean_diff(t)), line;
	bool trace = false;

	while (!trace && slice_next_line(&line, &rest)) {
		if (*line.ptr != ' ' && (*line.ptr != '-' ||
		    slice_starts_with(line, SLICE("--"))))
			continue;
		strbuf_truncate(&damaged, 0);
		d->damage(&damaged, line);
		trace = !slice_eq(line, strbuf_slice(&damaged));
	}
	strbuf_release(&damaged);
	return trace;
}

static bool has_ends(const struct strbuf *text)
{
	struct slice s = strbuf_slice(text);

	return slice_find_slice(s, SLICE(" \n")) < s.len ||
	       slice_find_slice(s, SLICE(" \r\n")) < s.len;
}

/* True if it is the first in this text to have spaces at a line end. */
static bool adds_first_ends(const struct patch_sample *s)
{
	return has_ends(&s->after) && !has_ends(&s->base);
}

/*
 * Without names of blobs nothing shows that two marks were different before
 * the mail made them the same; that all were made ASCII, where the text has
 * none around; nor that a line had spaces at its end, in a text that has no
 * such lines, or only before the change: there it is told as mended.
 */
static bool is_visible(const struct damage *d, const struct trial *t)
{
	if (t->named)
		return true;
	if ((d->damage == damage_straight && !leaves_trace(d, t)) ||
	    (d->damage == damage_stripped &&
	     (t->sample->unbroken || adds_first_ends(t->sample))))
		return false;
	return !t->sample->retouched ||
	       (d->row != REPAIR_TYPOGRAPHY && d->row != REPAIR_NBSP);
}

/* One damage undoes what showed of the other: quotes are curly again; and a
 * list's footer stands where the mail was cut, in the middle of a line. */
static bool hides_trace(const struct trial *t)
{
	bool straight = t->first->damage == damage_straight ||
			t->second->damage == damage_straight;

	if (t->named)
		return false;
	return (straight && t->first->row == t->second->row &&
		t->first != t->second) ||
	       (t->first->damage == damage_cut &&
		t->second->row == REPAIR_FOOTER);
}

static size_t count_hunks(const struct strbuf *diff)
{
	struct slice rest = strbuf_slice(diff), line;
	size_t count = 0;

	while (slice_next_line(&line, &rest))
		count += slice_starts_with(line, SLICE("@@"));
	return count;
}

/* Whole hunks are gone: nothing says that there were more. */
static bool lost_hunks(const struct trial *t, const struct strbuf *diff)
{
	return !t->named && count_hunks(diff) < count_hunks(clean_diff(t));
}

/* Two manners of breaking lines, one after the other. */
static bool looks_like_a_third(const struct trial *t)
{
	return !t->named && t->first->row == REPAIR_WRAPPED &&
	       t->second->row == REPAIR_WRAPPED && t->first != t->second;
}

static void try_pairs(struct tally *tally, struct trial t,
		      const struct strbuf *once)
{
	struct strbuf twice = STRBUF_INIT;

	for (size_t i = 0; i < damage_count; i++) {
		t.second = &damages[i];
		if (!is_visible(t.second, &t) || looks_like_a_third(&t) ||
		    hides_trace(&t))
			continue;
		strbuf_truncate(&twice, 0);
		t.second->damage(&twice, strbuf_slice(once));
		if (lost_hunks(&t, &twice))
			continue;
		try_out(tally, &t, &twice);
	}
	strbuf_release(&twice);
}

static void go_through(struct tally *tally, bool named)
{
	struct strbuf once = STRBUF_INIT;

	for (size_t i = 0; i < SAMPLES * damage_count; i++) {
		size_t a = i % damage_count;
		struct trial t = { &samples[i / damage_count], named,
				   &damages[a], NULL };

		if (!is_visible(t.first, &t))
			continue;
		strbuf_truncate(&once, 0);
		t.first->damage(&once, strbuf_slice(clean_diff(&t)));
		if (lost_hunks(&t, &once))
			continue;
		try_out(&tally[a], &t, &once);
		try_pairs(&tally[damage_count], t, &once);
	}
	strbuf_release(&once);
}

static size_t show(const struct tally *tally)
{
	size_t bad = 0;

	for (size_t a = 0; a <= damage_count; a++) {
		bad += tally[a].wrong + tally[a].unnamed;
		print_message("# %-25s right %5zu refused %4zu, without its "
			      "name %zu, wrong %zu\n",
			      a < damage_count ? damages[a].name : "pairs",
			      tally[a].right, tally[a].refused,
			      tally[a].unnamed, tally[a].wrong);
	}
	return bad;
}

static void damaged_patches_give_their_text_or_say_why(void **state)
{
	struct tally tally[MOST_DAMAGES + 1] = { { 0 } };

	go_through(tally, true);
	assert_int_equal(0, show(tally));
}

static void the_same_without_names_of_blobs(void **state)
{
	struct tally tally[MOST_DAMAGES + 1] = { { 0 } };

	go_through(tally, false);
	assert_int_equal(0, show(tally));
}

/* A first and a last seed may be given: to search for more. */
int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patches_of_git_give_their_text),
		cmocka_unit_test(damaged_patches_give_their_text_or_say_why),
		cmocka_unit_test(the_same_without_names_of_blobs),
	};
	uint32_t last;
	int failed = 0;

	if (argc > 1)
		seed = (uint32_t)strtoul(argv[1], NULL, 10);
	last = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : seed;
	for (; seed <= last; seed += SEEDS)
		failed += cmocka_run_group_tests(tests, make_samples,
						 free_samples);
	return failed;
}
