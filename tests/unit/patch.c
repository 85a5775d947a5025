/* SPDX-License-Identifier: MIT */
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
#include "strbuf.h"

static struct strbuf out = STRBUF_INIT;
static struct patch_report report;
static struct error err;

static int apply_to(struct slice base, struct slice diff)
{
	struct patch patch = PATCH_INIT;
	size_t start;
	int rc;

	strbuf_truncate(&out, 0);
	err = (struct error)ERROR_INIT;
	report = (struct patch_report){ 0 };
	rc = diff_read(&patch, &start, diff, &err);
	if (!rc)
		rc = patch_apply(&out, &patch.files[0], base, &report, &err);
	if (rc)
		assert_int_equal(0, out.len);
	patch_release(&patch);
	return rc;
}

static void assert_makes(const char *base, const char *hunks,
			 const char *expected)
{
	struct strbuf diff = STRBUF_INIT;
	int rc;

	strbuf_addf(&diff, "--- a/x\n+++ b/x\n%s", hunks);
	rc = apply_to(slice_of(base), strbuf_slice(&diff));
	strbuf_release(&diff);
	assert_string_equal("", err.message);
	assert_int_equal(0, rc);
	strbuf_addch(&out, '\0');
	assert_string_equal(expected, out.buf);
}

static void assert_refused(const char *base, const char *hunks, int code)
{
	struct strbuf diff = STRBUF_INIT;
	int rc;

	strbuf_addf(&diff, "--- a/x\n+++ b/x\n%s", hunks);
	rc = apply_to(slice_of(base), strbuf_slice(&diff));
	strbuf_release(&diff);
	assert_int_equal(code, rc);
	assert_string_not_equal("", err.message);
}

static int forget(void **state)
{
	strbuf_release(&out);
	return 0;
}

#define FIVE "one\ntwo\nthree\nfour\nfive\n"

static void lines_are_put_in_and_taken_out(void **state)
{
	assert_makes(FIVE, "@@ -1,4 +1,5 @@\n one\n-two\n+TWO\n+2\n three\n"
		     " four\n", "one\nTWO\n2\nthree\nfour\nfive\n");
	assert_makes(FIVE, "@@ -1,2 +0,0 @@\n-one\n-two\n",
		     "three\nfour\nfive\n");
	assert_makes(FIVE, "@@ -5,0 +6 @@\n+six\n", FIVE "six\n");
	assert_makes(FIVE, "@@ -0,0 +1 @@\n+zero\n", "zero\n" FIVE);
	assert_makes(FIVE, "@@ -1 +1 @@\n-one\n+1\n@@ -5 +5 @@\n-five\n+5\n",
		     "1\ntwo\nthree\nfour\n5\n");
	assert_makes("", "@@ -0,0 +1,2 @@\n+one\n+two\n", "one\ntwo\n");
	assert_makes("one\n", "@@ -1 +0,0 @@\n-one\n", "");
}

static void line_ends_of_the_text_stay(void **state)
{
	assert_makes("a\r\nb\r\n", "@@ -1,2 +1,2 @@\n a\r\n-b\r\n+c\r\n",
		     "a\r\nc\r\n");
	assert_makes("a\nb", "@@ -1,2 +1,2 @@\n a\n-b\n"
		     "\\ No newline at end of file\n+c\n"
		     "\\ No newline at end of file\n", "a\nc");
	assert_makes("a\nb", "@@ -1,2 +1,2 @@\n a\n-b\n"
		     "\\ No newline at end of file\n+b\n", "a\nb\n");
	assert_makes("a\nb\n", "@@ -1,2 +1,2 @@\n a\n-b\n+b\n"
		     "\\ No newline at end of file\n", "a\nb");
}

static void what_stands_after_a_hunk_is_not_its(void **state)
{
	assert_makes(FIVE, "@@ -1,2 +1,2 @@\n one\n-two\n+2\n-- \n2.39.5\n",
		     "one\n2\nthree\nfour\nfive\n");
	assert_makes(FIVE, "@@ -1,2 +1,2 @@\n one\n-two\n+2\n--\n2.39.5\n",
		     "one\n2\nthree\nfour\nfive\n");
}

static void other_lines_are_refused(void **state)
{
	assert_refused(FIVE, "@@ -1,2 +1,2 @@\n one\n-twa\n+2\n",
		       ERROR_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_put_in_and_taken_out),
		cmocka_unit_test(line_ends_of_the_text_stay),
		cmocka_unit_test(what_stands_after_a_hunk_is_not_its),
		cmocka_unit_test(other_lines_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
