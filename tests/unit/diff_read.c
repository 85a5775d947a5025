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

static struct patch patch = PATCH_INIT;
static size_t start;

static int read_diff(const char *text)
{
	patch_release(&patch);
	start = SIZE_MAX;
	return diff_read(&patch, &start, slice_of(text), NULL);
}

static int forget(void **state)
{
	patch_release(&patch);
	return 0;
}

static void assert_paths(size_t i, const char *before, const char *after)
{
	const struct patch_file *f = &patch.files[i];

	assert_true(i < patch.file_count);
	if (before)
		assert_string_equal(before, f->old_path);
	else
		assert_null(f->old_path);
	if (after)
		assert_string_equal(after, f->new_path);
	else
		assert_null(f->new_path);
}

static void assert_hunk(size_t file, size_t i, const char *lines)
{
	const struct patch_file *f = &patch.files[file];

	assert_true(i < f->hunk_count);
	assert_int_equal(strlen(lines), f->hunks[i].lines.len);
	assert_memory_equal(lines, f->hunks[i].lines.ptr, strlen(lines));
}

#define HUNK "@@ -1 +1 @@\n-old\n+new\n"

static void a_mail_of_format_patch_is_read(void **state)
{
	const char *text =
		"A word was missing.\n"
		"---\n"
		" 03-fog.md | 2 +-\n"
		" 1 file changed, 1 insertion(+), 1 deletion(-)\n\n"
		"diff --git a/03-fog.md b/03-fog.md\n"
		"index 156c0f05f..b3cbcac74 100644\n"
		"--- a/03-fog.md\n"
		"+++ b/03-fog.md\n"
		"@@ -103,7 +103,8 @@ the heading above\n"
		" one\n-two\n+three\n"
		"-- \n2.39.5\n\n"
		"base-commit: 0123456789ABCDEF0123456789abcdef01234567\n";

	assert_int_equal(0, read_diff(text));
	assert_int_equal(1, patch.file_count);
	assert_paths(0, "03-fog.md", "03-fog.md");
	assert_string_equal("156c0f05f", patch.files[0].old_blob);
	assert_string_equal("b3cbcac74", patch.files[0].new_blob);
	assert_int_equal(0, patch.files[0].traits);
	assert_int_equal(103, patch.files[0].hunks[0].old_start);
	assert_int_equal(7, patch.files[0].hunks[0].old_count);
	assert_int_equal(8, patch.files[0].hunks[0].new_count);
	assert_int_equal(10, patch.files[0].hunks[0].line);
	assert_string_equal("0123456789abcdef0123456789abcdef01234567",
			    patch.base_commit);
	assert_int_equal(strlen("A word was missing.\n"), start);
}

static void names_are_unquoted_and_bare(void **state)
{
	assert_int_equal(0, read_diff(
		"diff --git \"a/caf\\303\\251 \\\"x\\\".md\" "
		"\"b/caf\\303\\251 \\\"x\\\".md\"\n"
		"--- \"a/caf\\303\\251 \\\"x\\\".md\"\n"
		"+++ \"b/caf\\303\\251 \\\"x\\\".md\"\n" HUNK));
	assert_paths(0, "caf\303\251 \"x\".md", "caf\303\251 \"x\".md");
	assert_int_equal(0, read_diff(
		"--- a/one two.md\t\n+++ b/one two.md\t\n" HUNK));
	assert_paths(0, "one two.md", "one two.md");
	assert_int_equal(0, read_diff(
		"--- old.md\t2024-11-18 14:42:22.000000000 +0100\n"
		"+++ new.md      2024-11-18 14:42:23.000000000 +0100\n" HUNK));
	assert_paths(0, "old.md", "new.md");
}

static void folders_named_a_and_b_are_kept(void **state)
{
	assert_int_equal(0, read_diff("diff --git a/x.md a/x.md\n"
		"--- a/x.md\n+++ a/x.md\n" HUNK));
	assert_paths(0, "a/x.md", "a/x.md");
	assert_int_equal(0, read_diff("diff --git b/x.md b/x.md\n"
		"new file mode 100644\nindex 0000000..1234567\n"
		"--- /dev/null\n+++ b/x.md\n@@ -0,0 +1 @@\n+x\n"));
	assert_paths(0, NULL, "b/x.md");
	assert_null(patch.files[0].old_blob);
	assert_int_equal(0, read_diff("diff --git a/b/x.md b/b/x.md\n"
		"deleted file mode 100644\nindex 1234567..0000000\n"
		"--- a/b/x.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"));
	assert_paths(0, "b/x.md", NULL);
	assert_int_equal(PATCH_DELETED, patch.files[0].traits);
}

static void what_a_header_asks_for_is_told(void **state)
{
	assert_int_equal(0, read_diff(
		"diff --git a/x b/y\nsimilarity index 100%\n"
		"rename from x\nrename to y\n"
		"diff --git a/p b/p\nold mode 100644\nnew mode 100755\n"
		"diff --git a/cover.png b/cover.png\nindex 1234567..89abcde\n"
		"Binary files a/cover.png and b/cover.png differ\n"
		"diff --git a/new b/new\nnew file mode 100644\n"
		"diff --git a/link b/link\nnew file mode 120000\n"
		"diff --git a/gone b/gone\ndeleted file mode 100644\n"));
	assert_int_equal(6, patch.file_count);
	assert_paths(0, "x", "y");
	assert_int_equal(PATCH_RENAMED, patch.files[0].traits);
	assert_paths(1, "p", "p");
	assert_int_equal(PATCH_MODE, patch.files[1].traits);
	assert_int_equal(PATCH_BINARY, patch.files[2].traits);
	assert_paths(3, NULL, "new");
	assert_int_equal(PATCH_NEW, patch.files[3].traits);
	assert_int_equal(PATCH_NEW | PATCH_MODE, patch.files[4].traits);
	assert_paths(5, "gone", NULL);
}

static void diffs_of_others_are_read(void **state)
{
	assert_int_equal(0, read_diff(
		"# HG changeset patch\n# User Ada <ada@example.org>\n"
		"# Date 1731935462 0\nA word\n\n"
		"diff -r 0123456789ab -r ba9876543210 ch/x.md\n"
		"--- a/ch/x.md\tThu Jan 01 00:00:00 1970 +0000\n"
		"+++ b/ch/x.md\tMon Nov 18 14:42:22 2024 +0000\n" HUNK));
	assert_paths(0, "ch/x.md", "ch/x.md");
	assert_int_equal(0, read_diff(
		"Look:\nIndex: x.md\n====================\n"
		"--- x.md\t(revision 4)\n+++ x.md\t(working copy)\n" HUNK));
	assert_paths(0, "x.md", "x.md");
	assert_int_equal(strlen("Look:\n"), start);
	assert_int_equal(0, read_diff("--- x.md.orig\n+++ x.md\n" HUNK));
	assert_paths(0, "x.md.orig", "x.md");
}

static void counts_say_where_a_hunk_ends(void **state)
{
	assert_int_equal(0, read_diff(
		"--- a/x\n+++ b/x\n"
		"@@ -1,4 +1,3 @@\n one\n--- two\n-++ three\n+++ four\n"
		"@@ -9 +8 @@\n--- a\n+++ b\n"
		"@@ -19 +18 @@\n-a\n+b\n"
		"--- a/y\n+++ b/y\n" HUNK "-- \n2.39.5\n"));
	assert_int_equal(2, patch.file_count);
	assert_int_equal(3, patch.files[0].hunk_count);
	assert_hunk(0, 0, " one\n--- two\n-++ three\n+++ four\n");
	assert_hunk(0, 1, "--- a\n+++ b\n");
	assert_hunk(0, 2, "-a\n+b\n");
	assert_hunk(1, 0, "-old\n+new\n-- \n2.39.5\n");
}

static void a_hunk_cut_off_leaves_the_next_file_alone(void **state)
{
	assert_int_equal(0, read_diff(
		"--- a/x\n+++ b/x\n@@ -1,7 +1,7 @@\n one\n-two\n+three\n"
		"--- a/y\n+++ b/y\n" HUNK));
	assert_int_equal(2, patch.file_count);
	assert_paths(1, "y", "y");
	assert_hunk(0, 0, " one\n-two\n+three\n");
}

static void wrapped_and_curled_headers_are_read(void **state)
{
	assert_int_equal(0, read_diff(
		"diff \xE2\x80\x94git a/a-long-folder-with-a-long-name/"
		"chapter one of the book.md\n"
		"b/a-long-folder-with-a-long-name/chapter one of the book.md\n"
		"index 1234567..89abcde 100644\n"
		"\xE2\x80\x94- "
		"a/a-long-folder-with-a-long-name/chapter one of\n"
		"the book.md\n"
		"+++\xC2\xA0"
		"b/a-long-folder-with-a-long-name/chapter one of\n"
		"the book.md\n"
		"@@ \xE2\x80\x93" "1 +1 @@\n-old\n+new\n"));
	assert_paths(0, "a-long-folder-with-a-long-name/chapter one of the "
			"book.md",
		     "a-long-folder-with-a-long-name/chapter one of the "
		     "book.md");
	assert_string_equal("1234567", patch.files[0].old_blob);
	assert_int_equal(1, patch.files[0].hunk_count);
}

static void line_ends_of_mail_do_not_matter(void **state)
{
	assert_int_equal(0, read_diff(
		"Hello\r\n---\r\n\r\ndiff --git a/x b/x\r\n"
		"index 1234567..89abcde 100644\r\n--- a/x\r\n+++ b/x\r\n"
		"@@ -1 +1 @@\r\n-old\r\n+new\r\n"));
	assert_paths(0, "x", "x");
	assert_hunk(0, 0, "-old\r\n+new\r\n");
	assert_int_equal(7, start);
}

static void talk_is_no_diff(void **state)
{
	static const char *const texts[] = {
		"", "\n", "Hello\n", "---\n", "--- \n+++ \n",
		"A cover letter\n\n x.md | 2 +-\n 1 file changed\n",
		"> diff --git a/x b/x\n> --- a/x\n> +++ b/x\n> " HUNK,
		"diff --git a/x b/x\n",
		"diff --git a/x b/x\nindex 1234567..89abcde 100644\n",
		"--- a/x\n+++ b/x\nno hunk\n", "@@ -1 +1 @@\n-a\n+b\n"
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		assert_int_equal(ERROR_NOT_FOUND, read_diff(texts[i]));
}

static void too_many_files_are_refused(void **state)
{
	struct strbuf text = STRBUF_INIT;
	struct error err = ERROR_INIT;

	for (int i = 0; i < 10001; i++)
		strbuf_adds(&text, "--- a/x\n+++ b/x\n" HUNK);
	patch_release(&patch);
	assert_int_equal(ERROR_LIMIT, diff_read(&patch, &start,
						strbuf_slice(&text), &err));
	strbuf_release(&text);
}

/* Cut short anywhere: never a crash, never more files than were there. */
static void a_diff_cut_anywhere_is_read_or_is_none(void **state)
{
	const char *text =
		"x\n---\n x | 2 +-\n\n"
		"diff --git \"a/\\303\\251\" \"b/\\303\\251\"\n"
		"index 1234567..89abcde 100644\n--- \"a/\\303\\251\"\n"
		"+++ \"b/\\303\\251\"\n@@ -1,2 +1,2 @@ words\n one\n-two\n"
		"\\ No newline at end of file\n+three\n"
		"\\ No newline at end of file\n-- \n2.39\n";
	size_t len = strlen(text);

	for (size_t n = 0; n <= len; n++) {
		char *copy = malloc(n + 1);

		memcpy(copy, text, n);
		patch_release(&patch);
		diff_read(&patch, &start, (struct slice){ copy, n }, NULL);
		assert_true(patch.file_count <= 1);
		free(copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_of_format_patch_is_read),
		cmocka_unit_test(names_are_unquoted_and_bare),
		cmocka_unit_test(folders_named_a_and_b_are_kept),
		cmocka_unit_test(what_a_header_asks_for_is_told),
		cmocka_unit_test(diffs_of_others_are_read),
		cmocka_unit_test(counts_say_where_a_hunk_ends),
		cmocka_unit_test(a_hunk_cut_off_leaves_the_next_file_alone),
		cmocka_unit_test(wrapped_and_curled_headers_are_read),
		cmocka_unit_test(line_ends_of_mail_do_not_matter),
		cmocka_unit_test(talk_is_no_diff),
		cmocka_unit_test(too_many_files_are_refused),
		cmocka_unit_test(a_diff_cut_anywhere_is_read_or_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
