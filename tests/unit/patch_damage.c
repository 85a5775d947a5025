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
		    struct slice diff, struct patch_report *report,
		    struct error *err)
{
	struct patch patch = PATCH_INIT;
	size_t start;
	int rc = diff_read(&patch, &start, diff, err);

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

		assert_int_equal(0, apply_to(&out, &s->base,
					     strbuf_slice(&s->diff), &report,
					     &err));
		assert_int_equal(s->after.len, out.len);
		assert_memory_equal(s->after.buf, out.buf, out.len);
		assert_int_equal(0, report.repairs);
	}
	strbuf_release(&out);
}

struct tally {
	size_t right, refused, told, alike, unnamed, wrong;
};

/* A patch and what was done to it. */
struct trial {
	const struct patch_sample *sample;
	bool named;		/* with names of blobs */
	const struct damage *first, *second; /* second: or NULL */
};

static struct slice clean_diff(const struct trial *t)
{
	return strbuf_slice(t->named ? &t->sample->diff :
			    &t->sample->nameless);
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

static void damage(struct strbuf *out, const struct trial *t,
		   struct slice diff)
{
	struct strbuf once = STRBUF_INIT;

	strbuf_truncate(out, 0);
	t->first->damage(t->second ? &once : out, diff);
	if (t->second)
		t->second->damage(out, strbuf_slice(&once));
	strbuf_release(&once);
}

/* Lines were broken before their marks became as wide as these. */
static bool breaks_elsewhere(const struct trial *t)
{
	return t->second && t->first->row == REPAIR_WRAPPED &&
	       t->second->damage == damage_straight;
}

static void strip_spaces(struct strbuf *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->len; i++)
		if (!strchr(" \r\n", s->buf[i]))
			s->buf[n++] = s->buf[i];
	strbuf_truncate(s, n);
}

static bool same_mail(const struct trial *t, struct slice a, struct slice b)
{
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;
	bool same = slice_eq(a, b);

	if (!same && breaks_elsewhere(t)) {
		strbuf_add_slice(&x, a);
		strbuf_add_slice(&y, b);
		strip_spaces(&x);
		strip_spaces(&y);
		same = slice_eq(strbuf_slice(&x), strbuf_slice(&y));
		strbuf_release(&x);
		strbuf_release(&y);
	}
	return same;
}

/* The patch of a reader who wanted `made`; the last one is kept. */
static struct slice patch_for(const struct trial *t, struct slice made)
{
	static struct patch_sample other = PATCH_SAMPLE_INIT;
	static const struct patch_sample *of;

	if (of != t->sample || !slice_eq(strbuf_slice(&other.after), made)) {
		patch_samples_release(&other, 1);
		patch_sample_remake(&other, t->sample, made);
		of = t->sample;
	}
	return strbuf_slice(&other.nameless);
}

static const struct damage *but_cut(const struct damage *d)
{
	static const struct damage none = { "none", strbuf_add_slice, 0 };

	return d && d->row == REPAIR_CUT ? &none : d;
}

/*
 * Nobody can tell the mail from that of a reader who wanted what was made of
 * it: that reader's patch stands in it byte by byte, before what follows a
 * patch; or would have become the same mail, cut off elsewhere.
 */
static bool reads_alike(const struct trial *t, struct slice mail,
			struct slice made)
{
	struct trial uncut = { t->sample, t->named, but_cut(t->first),
			       but_cut(t->second) };
	struct strbuf damaged = STRBUF_INIT;
	struct slice diff;
	bool alike;

	if (slice_eq(made, strbuf_slice(&t->sample->base)))
		return false;
	diff = patch_for(t, made);
	damage(&damaged, t, diff);
	alike = same_mail(t, strbuf_slice(&damaged), mail);
	diff.len = slice_find_slice(diff, SLICE("\n-- \n"));
	diff = slice_trim_end(diff);
	alike = alike || slice_starts_with(mail, diff);
	damage(&damaged, &uncut, diff);
	alike = alike || slice_starts_with(mail,
				slice_trim_end(strbuf_slice(&damaged)));
	strbuf_release(&damaged);
	return alike;
}

static bool has_ends(const struct strbuf *text)
{
	struct slice s = strbuf_slice(text);

	return slice_find_slice(s, SLICE(" \n")) < s.len ||
	       slice_find_slice(s, SLICE(" \r\n")) < s.len;
}

/*
 * The first line of a text to have spaces at its end lost them: nothing says
 * so, but what is told as mended.
 */
static bool is_told(const struct trial *t, const struct patch_report *report,
		    struct slice made)
{
	struct slice wanted = strbuf_slice(&t->sample->after), x, y;

	while (slice_next_line(&x, &wanted))
		if (!slice_next_line(&y, &made) ||
		    !slice_eq(slice_trim_end(x), slice_trim_end(y)))
			return false;
	return !made.len && report->repairs & REPAIR_BLANK &&
	       !has_ends(&t->sample->base);
}

static void count_refused(struct tally *tally, const struct trial *t,
			  struct patch_report *report, struct error *err)
{
	struct strbuf out = STRBUF_INIT;
	struct error clean_err = ERROR_INIT;

	tally->refused++;
	/* what is refused undamaged has its own reason */
	if (!says_why(t, report, err) &&
	    !apply_to(&out, &t->sample->base, clean_diff(t), report,
		      &clean_err)) {
		tally->unnamed++;
		show_trial(t, strbuf_slice(&t->sample->after),
			   slice_of(err->message));
	}
	strbuf_release(&out);
}

static void try_out(struct tally *tally, const struct trial *t)
{
	static struct strbuf out = STRBUF_INIT, mail = STRBUF_INIT;
	struct patch_report report;
	struct error err = ERROR_INIT;
	struct slice made, wanted = strbuf_slice(&t->sample->after);
	int rc;

	damage(&mail, t, clean_diff(t));
	rc = apply_to(&out, &t->sample->base, strbuf_slice(&mail), &report,
		      &err);
	made = strbuf_slice(&out);
	if (rc < 0) {
		count_refused(tally, t, &report, &err);
	} else if (slice_eq(made, wanted)) {
		tally->right++;
	} else if (!t->named && is_told(t, &report, made)) {
		tally->told++;
	} else if (!t->named && reads_alike(t, strbuf_slice(&mail), made)) {
		tally->alike++;
	} else {
		tally->wrong++;
		show_trial(t, wanted, made);
	}
}

static void go_through(struct tally *tally, bool named)
{
	for (size_t i = 0; i < SAMPLES * damage_count; i++) {
		size_t a = i % damage_count;
		struct trial t = { &samples[i / damage_count], named,
				   &damages[a], NULL };

		try_out(&tally[a], &t);
		for (size_t b = 0; b < damage_count; b++) {
			t.second = &damages[b];
			try_out(&tally[damage_count], &t);
		}
	}
}

static size_t show(const struct tally *tally)
{
	size_t bad = 0;

	for (size_t a = 0; a <= damage_count; a++) {
		bad += tally[a].wrong + tally[a].unnamed;
		print_message("# %-25s right %5zu refused %4zu told %zu alike "
			      "%zu, without its name %zu, wrong %zu\n",
			      a < damage_count ? damages[a].name : "pairs",
			      tally[a].right, tally[a].refused, tally[a].told,
			      tally[a].alike, tally[a].unnamed, tally[a].wrong);
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
