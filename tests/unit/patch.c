/* SPDX-License-Identifier: MIT */
#include <dirent.h>
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

static void hunks_that_moved_are_found_if_they_are_alone(void **state)
{
	assert_makes("zero\n" FIVE, "@@ -1,3 +1,3 @@\n one\n-two\n+2\n three\n",
		     "zero\none\n2\nthree\nfour\nfive\n");
	assert_int_equal(REPAIR_OFFSET, report.repairs);
	assert_makes(FIVE, "@@\n one\n-two\n+2\n three\n",
		     "one\n2\nthree\nfour\nfive\n");
	/* both stand there, but one at the line that is named */
	assert_makes("a\nb\na\nb\n", "@@ -3,2 +3,2 @@\n a\n-b\n+c\n",
		     "a\nb\na\nc\n");
	assert_refused("a\nb\na\nb\n", "@@ -2,2 +2,2 @@\n a\n-b\n+c\n",
		       ERROR_AMBIGUOUS);
}

static void missing_lines_are_malformed(void **state)
{
	assert_refused(FIVE, "@@ -1,4 +1,4 @@\n one\n-two\n+2\n",
		       ERROR_MALFORMED);
	assert_refused(FIVE, "@@ -1,2 +1,2 @@\n one\n-two\n+2",
		       ERROR_MALFORMED);
}

static void the_damage_is_named(void **state)
{
	assert_refused(FIVE, "@@ -1,2 +1,2 @@\r\n one\r\n-twa\r\n+2\r\n",
		       ERROR_NOT_FOUND);
	assert_int_equal(REPAIR_CRLF, report.suspected);
	assert_non_null(strstr(err.message, "line ends"));
	assert_makes(FIVE, "@@ -1,2 +1,2 @@\r\n one\r\n-two\r\n+2\r\n",
		     "one\n2\nthree\nfour\nfive\n");
	assert_int_equal(REPAIR_CRLF, report.repairs);
}

static void marks_that_are_new_are_believed_in_files_alone(void **state)
{
	struct patch patch = PATCH_INIT;
	size_t start;

	assert_int_equal(0, diff_read(&patch, &start, SLICE(
		"--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n one\n-two\n"
		"+\u201Ctwo\u201D\n"), &err));
	strbuf_truncate(&out, 0);
	assert_int_equal(ERROR_AMBIGUOUS, patch_apply(
		&out, &patch.files[0], SLICE(FIVE), &report, &err));
	assert_int_equal(REPAIR_TYPOGRAPHY, report.suspected);
	patch.files[0].from_html = true;
	patch_apply(&out, &patch.files[0], SLICE(FIVE), &report, &err);
	assert_non_null(strstr(err.message, " and sent it as HTML"));
	patch.files[0].attached = true;
	assert_int_equal(0, patch_apply(&out, &patch.files[0], SLICE(FIVE),
					&report, &err));
	patch_release(&patch);
}

/* --- cases that are data -------------------------------------------------- */

/* False if there is no such file. */
static bool read_file(struct strbuf *text, const char *name, const char *end)
{
	char path[512], buffer[4096];
	FILE *f;
	size_t n;

	snprintf(path, sizeof(path), "tests/patch/%s.%s", name, end);
	strbuf_truncate(text, 0);
	f = fopen(path, "rb");
	if (!f)
		return false;
	while ((n = fread(buffer, 1, sizeof(buffer), f)))
		strbuf_add(text, buffer, n);
	fclose(f);
	return true;
}

static void check_case(const char *name)
{
	struct strbuf base = STRBUF_INIT, diff = STRBUF_INIT;
	struct strbuf expected = STRBUF_INIT;
	int rc;

	assert_true(read_file(&base, name, "base"));
	assert_true(read_file(&diff, name, "patch"));
	rc = apply_to(strbuf_slice(&base), strbuf_slice(&diff));
	if (!read_file(&expected, name, "expect")) {
		assert_true(rc < 0 && err.message[0]);
	} else if (rc < 0 || !slice_eq(strbuf_slice(&out),
				       strbuf_slice(&expected))) {
		fail_msg("%s: %s\n%s", name, err.message, out.buf);
	}
	strbuf_release(&base);
	strbuf_release(&diff);
	strbuf_release(&expected);
}

/* Those without an .expect are refused. */
static void cases_in_the_folder_hold(void **state)
{
	DIR *folder = opendir("tests/patch");
	struct dirent *entry;
	size_t count = 0;

	assert_non_null(folder);
	while ((entry = readdir(folder))) {
		struct slice name = slice_of(entry->d_name);
		char bare[256];

		if (!slice_ends_with(name, SLICE(".base")))
			continue;
		snprintf(bare, sizeof(bare), "%.*s", (int)name.len - 5,
			 name.ptr);
		check_case(bare);
		count++;
	}
	closedir(folder);
	assert_true(count > 15);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_put_in_and_taken_out),
		cmocka_unit_test(line_ends_of_the_text_stay),
		cmocka_unit_test(what_stands_after_a_hunk_is_not_its),
		cmocka_unit_test(other_lines_are_refused),
		cmocka_unit_test(hunks_that_moved_are_found_if_they_are_alone),
		cmocka_unit_test(missing_lines_are_malformed),
		cmocka_unit_test(the_damage_is_named),
		cmocka_unit_test(
			marks_that_are_new_are_believed_in_files_alone),
		cmocka_unit_test(cases_in_the_folder_hold),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
