/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "error.h"
#include "place.h"
#include "repository.h"
#include "strbuf.h"

static int write_files(struct place *place, const char *const *files,
		       const char *message)
{
	struct change *change = NULL;
	int rc = change_begin(&change, place->repo, &place->err);

	for (; !rc && *files; files += 2)
		rc = files[1] ? change_write(change, files[0],
					     slice_of(files[1]), &place->err)
			      : change_remove(change, files[0], &place->err);
	if (!rc)
		rc = change_commit(NULL, change, message, &place->err);
	change_end(change);
	return rc;
}

#define FILES(...) (const char *const[]){ __VA_ARGS__, NULL }
static void a_change_becomes_the_first_commit(void **state)
{
	struct place *p = *state;

	assert_int_equal(0, write_files(p, FILES("SUMMARY.md", "# Summary\n",
		"part/a.md", "A\r\n", "a-b.md", "x", "a/b.md", "y"),
		"one: two"));
	assert_clean(p);
	assert_int_equal(0, run(p, "test \"$(git log --format=%an:%s)\" = "
				"'A. Writer:one: two' && "
				"test \"$(git symbolic-ref HEAD)\" = "
				"refs/heads/main && "
				"printf 'A\\r\\n' | cmp - part/a.md && "
				"git reflog | grep 'commit (initial): one'"));
}

static void what_others_staged_stays_staged(void **state)
{
	struct place *p = *state;

	assert_int_equal(0, write_files(p, FILES("a.md", "a", "b.md", "b"),
					"first"));
	assert_int_equal(0, run(p, "echo new >c.md && git add c.md && "
				"echo more >>b.md"));
	assert_int_equal(0, write_files(p, FILES("a.md", "A"), "second"));
	assert_int_equal(0, run(p, "git status --porcelain >st; "
				"printf ' M b.md\\nA  c.md\\n?? st\\n' | "
				"cmp - st && git show --stat --format=%s | "
				"grep '1 file changed' && git fsck --strict"));
}

static void uncommitted_work_is_never_overwritten(void **state)
{
	struct place *p = *state;

	assert_int_equal(0, write_files(p, FILES("a.md", "a", "b.md", "b"),
					"first"));
	assert_int_equal(0, run(p, "echo mine >a.md && echo x >new.md"));
	assert_int_equal(ERROR_EXISTS, write_files(p, FILES("b.md", "B",
		"a.md", "theirs"), "second"));
	assert_non_null(strstr(p->err.message, "'a.md' has changes"));
	assert_int_equal(ERROR_EXISTS, write_files(p, FILES("b.md", "B",
		"new.md", "theirs"), "second"));
	assert_non_null(strstr(p->err.message, "'new.md'"));
	assert_int_equal(ERROR_EXISTS, write_files(p, FILES("a.md", NULL),
						   "second"));
	assert_int_equal(0, run(p, "git status --porcelain >../st; "
		"printf ' M a.md\\n?? new.md\\n' | cmp - ../st && "
		"test b = \"$(cat b.md)\" && test ! -e .git/index.lock && "
		"! ls -d .git/galley-* && "
		"test 1 = \"$(git rev-list --count HEAD)\""));
}

static void removing_takes_the_file_away(void **state)
{
	struct place *p = *state;

	assert_int_equal(0, write_files(p, FILES("part/a.md", "a",
						 "b.md", "b"), "first"));
	assert_int_equal(ERROR_NOT_FOUND, write_files(p, FILES("x.md", NULL),
						      "no"));
	assert_string_equal("no file 'x.md'", p->err.message);
	assert_int_equal(0, write_files(p, FILES("part/a.md", NULL,
		"part/b.md", "c"), "second"));
	assert_clean(p);
	assert_int_equal(0, run(p, "test ! -e part/a.md"));
}

static void a_locked_index_is_busy(void **state)
{
	struct place *p = *state;

	assert_int_equal(0, run(p, ": >.git/index.lock"));
	assert_int_equal(ERROR_BUSY, write_files(p, FILES("a.md", "a"), "x"));
	assert_non_null(strstr(p->err.message, "index.lock'"));
	assert_int_equal(0, run(p, "test -e .git/index.lock && ! test -e a.md"));
}

/* A change that fails half way: the files cannot grow to what they should. */
static void a_change_that_fails_leaves_all_as_it_was(void **state)
{
	struct place *p = *state;
	struct rlimit old, small;
	char *large = malloc(100001);

	assert_int_equal(0, write_files(p, FILES("a.md", "a", "b.md", "b"),
					"first"));
	memset(large, 'x', 100000);
	large[100000] = '\0';
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(0, getrlimit(RLIMIT_FSIZE, &old));
	small = old;
	small.rlim_cur = 50000;
	assert_int_equal(0, setrlimit(RLIMIT_FSIZE, &small));
	assert_int_equal(ERROR_IO, write_files(p, FILES("a.md", "A",
		"large.md", large, "b.md", NULL), "second"));
	assert_int_equal(0, setrlimit(RLIMIT_FSIZE, &old));
	assert_string_equal("cannot write 'large.md': File too large",
			    p->err.message);
	assert_clean(p);
	assert_int_equal(0, run(p, "test a = \"$(cat a.md)\" && "
		"test b = \"$(cat b.md)\" && ! ls -d .git/galley-* "
		".git/index.lock && "
		"test 1 = \"$(git rev-list --count HEAD)\""));
	free(large);
}

/* HEAD comes last; when it cannot move, the files go back. */
static void a_locked_branch_leaves_all_as_it_was(void **state)
{
	struct place *p = *state;

	assert_int_equal(0, write_files(p, FILES("a.md", "a", "b.md", "b"),
					"first"));
	assert_int_equal(0, run(p, "echo y >.git/refs/heads/main.lock"));
	assert_int_equal(ERROR_BUSY, write_files(p, FILES("a.md", "A",
		"new/x.md", "x", "b.md", NULL), "second"));
	assert_int_equal(0, run(p, "rm .git/refs/heads/main.lock"));
	assert_clean(p);
	assert_int_equal(0, run(p, "test a = \"$(cat a.md)\" && "
		"test b = \"$(cat b.md)\" && test ! -e new && "
		"! ls -d .git/galley-* .git/index.lock"));
}

/* What a killed process leaves: its folder, unlocked, and the index's lock. */
static void what_was_killed_is_undone_when_opened_next(void **state)
{
	struct place *p = *state;
	struct repository *again = NULL;

	assert_int_equal(0, write_files(p, FILES("a.md", "old"), "first"));
	assert_int_equal(0, run(p,
		"mkdir .git/galley-x && cd .git/galley-x && : >lock && "
		": >index && ln index ../index.lock && ln ../../a.md old-0 && "
		"echo new >../../x && mv ../../x ../../a.md && "
		"printf 'i %s %040d\\0w %s a.md\\0' $(stat -c %i index) 7 "
		"$(stat -c %i ../../a.md) >journal"));
	assert_int_equal(0, repository_open(&again, p->path, &p->err));
	repository_close(again);
	assert_clean(p);
	assert_int_equal(0, run(p, "test old = \"$(cat a.md)\" && "
		"! ls -d .git/galley-* .git/index.lock"));
}

static void many_files_go_into_one_pack(void **state)
{
	struct place *p = *state;
	struct change *change = NULL;

	assert_int_equal(0, change_begin(&change, p->repo, &p->err));
	for (int i = 0; i < 300; i++) {
		char path[32], text[32];

		snprintf(path, sizeof(path), "part-%d/%d.md", i / 100, i);
		snprintf(text, sizeof(text), "words %d\n", i / 2);
		assert_int_equal(0, change_write(change, path, slice_of(text),
						 &p->err));
	}
	assert_int_equal(0, change_commit(NULL, change, "many", &p->err));
	change_end(change);
	assert_clean(p);
	assert_int_equal(0, run(p, "ls .git/objects/pack/*.idx && "
		"git verify-pack .git/objects/pack/*.idx && "
		"test 0 = \"$(git count-objects | cut -d' ' -f1)\" && "
		"git gc -q && git fsck --strict && "
		"test 'words 149' = \"$(cat part-2/299.md)\""));
	assert_int_equal(0, write_files(p, FILES("part-0/1.md", "new"), "2"));
	assert_clean(p);
}

static void a_detached_head_moves_alone(void **state)
{
	struct place *p = *state;

	assert_int_equal(0, write_files(p, FILES("a.md", "a"), "first"));
	assert_int_equal(0, run(p, "git checkout -q --detach"));
	assert_int_equal(0, write_files(p, FILES("a.md", "b"), "second"));
	assert_clean(p);
	assert_int_equal(0, run(p, "test 2 = \"$(git rev-list --count HEAD)\" "
		"&& test 1 = \"$(git rev-list --count main)\""));
}

static bool is_modified(struct place *p)
{
	struct commit_info info;
	struct tree *tree;
	bool modified;

	assert_int_equal(0, tree_open_work_tree(&tree, p->repo, &p->err));
	assert_int_equal(0, tree_commit(&info, &modified, tree, &p->err));
	tree_close(tree);
	return modified;
}

static void bytes_are_committed_and_placed_as_they_are(void **state)
{
	struct place *p = *state;

	assert_int_equal(0, run(p, "git config core.autocrlf true"));
	assert_int_equal(0, write_files(p, FILES("lf.md", "a\nb\n", "crlf.md",
		"a\r\nb\r\n"), "first"));
	assert_clean(p);
	assert_int_equal(0, run(p, "git show HEAD:crlf.md | cmp - crlf.md && "
		"git show HEAD:lf.md | cmp - lf.md"));
	assert_false(is_modified(p));
	assert_int_equal(0, write_files(p, FILES("lf.md", "a\n"), "second"));
}

static void a_file_is_no_folder(void **state)
{
	struct place *p = *state;

	assert_int_equal(0, write_files(p, FILES("a", "a"), "first"));
	assert_int_equal(ERROR_EXISTS, write_files(p, FILES("a/b.md", "b"),
						   "second"));
	assert_string_equal("'a' is not a folder, so that 'a/b.md' cannot be "
			    "in it", p->err.message);
	assert_int_equal(0, run(p, "mkdir ../else && ln -s ../else link"));
	assert_int_equal(ERROR_EXISTS, write_files(p, FILES("link/b.md", "b"),
						   "second"));
	assert_int_equal(ERROR_INVALID, write_files(p, FILES(".git/hooks/x",
							     "b"), "second"));
	assert_int_equal(0, run(p, "! ls ../else/b.md"));
}

static void trees_read_the_same_from_disk_and_history(void **state)
{
	struct place *p = *state;
	struct tree *trees[2];
	struct strbuf text = STRBUF_INIT;
	char id[COMMIT_ID_LENGTH + 1], same[COMMIT_ID_LENGTH + 1];

	assert_int_equal(0, write_files(p, FILES("part/a.md", "words",
		"b.md", "b"), "first"));
	assert_int_equal(0, run(p, "ln -s part link && ln -s b.md l.md && "
				"git add . && git commit -qm links"));
	assert_int_equal(0, tree_open_work_tree(&trees[0], p->repo, &p->err));
	assert_int_equal(0, tree_open_revision(&trees[1], p->repo, "HEAD",
					       &p->err));
	blob_id(same, SLICE("words"));
	for (int i = 0; i < 2; i++) {
		struct tree *t = trees[i];

		strbuf_truncate(&text, 0);
		assert_int_equal(0, tree_read(&text, t, "part/a.md", &p->err));
		assert_string_equal("words", text.buf);
		assert_int_equal(5, tree_size(t, "part/a.md"));
		assert_true(tree_has(t, "b.md"));
		assert_false(tree_has(t, "part"));
		assert_false(tree_has(t, "link/a.md"));
		assert_false(tree_has(t, "l.md"));
		assert_int_equal(0, tree_blob_id(id, t, "part/a.md", &p->err));
		assert_string_equal(same, id);
		assert_int_equal(ERROR_NOT_FOUND, tree_read(&text, t, "x.md",
							    &p->err));
		assert_string_equal("no file 'x.md'", p->err.message);
		assert_int_equal(ERROR_INVALID, tree_read(&text, t, "l.md",
							  &p->err));
		assert_int_equal(ERROR_INVALID, tree_read(&text, t,
			"../book/b.md", &p->err));
		assert_int_equal(ERROR_INVALID, tree_read(&text, t,
			"/etc/passwd", &p->err));
		assert_int_equal(ERROR_INVALID, tree_read(&text, t,
			".GIT/config", &p->err));
		assert_true(tree_read(&text, t, "link/a.md", &p->err) < 0);
		tree_close(t);
	}
	strbuf_release(&text);
}

static int join_path(const char *path, void *data)
{
	strbuf_addf(data, "%s ", path);
	return 0;
}

static void files_come_in_order_of_their_paths(void **state)
{
	struct place *p = *state;
	struct strbuf names = STRBUF_INIT;
	struct tree *tree;

	assert_int_equal(0, write_files(p, FILES("a/b.md", "1", "a.md", "2",
		"a-b.md", "3", "z/y/x.md", "4"), "first"));
	assert_int_equal(0, tree_open_work_tree(&tree, p->repo, &p->err));
	assert_int_equal(0, tree_each(tree, join_path, &names, &p->err));
	tree_close(tree);
	assert_string_equal("a-b.md a.md a/b.md z/y/x.md ", names.buf);
	strbuf_truncate(&names, 0);
	assert_int_equal(0, tree_open_revision(&tree, p->repo, "main",
					       &p->err));
	assert_int_equal(0, tree_each(tree, join_path, &names, &p->err));
	tree_close(tree);
	assert_string_equal("a-b.md a.md a/b.md z/y/x.md ", names.buf);
	strbuf_release(&names);
}

static void modified_means_a_tracked_file_differs(void **state)
{
	struct place *p = *state;

	assert_int_equal(0, write_files(p, FILES("a.md", "a", "b.md", "b"),
					"first"));
	assert_false(is_modified(p));
	assert_int_equal(0, run(p, "echo x >untracked.md"));
	assert_false(is_modified(p));
	assert_int_equal(0, run(p, "printf A >a.md"));
	assert_true(is_modified(p));
	assert_int_equal(0, run(p, "git add a.md"));
	assert_true(is_modified(p));
	assert_int_equal(0, run(p, "printf a >a.md; git add a.md"));
	assert_false(is_modified(p));
	assert_int_equal(0, run(p, "rm b.md"));
	assert_true(is_modified(p));
	assert_int_equal(0, run(p, "git checkout -q b.md && sleep 0.1 && "
				"touch b.md"));
	assert_false(is_modified(p));
}

static void no_commit_yet_is_not_found(void **state)
{
	struct place *p = *state;
	struct commit_info info;
	struct tree *tree;

	assert_int_equal(0, tree_open_work_tree(&tree, p->repo, &p->err));
	assert_int_equal(ERROR_NOT_FOUND, tree_commit(&info, NULL, tree,
						      &p->err));
	assert_string_equal("no commit yet in 'book'", p->err.message);
	tree_close(tree);
}

static void a_round_is_an_annotated_tag_at_the_commit(void **state)
{
	struct place *p = *state;
	struct commit_info info;
	char *name = NULL;

	assert_int_equal(0, write_files(p, FILES("a.md", "a"), "first"));
	assert_int_equal(0, repository_resolve(&info, p->repo, "HEAD",
					       &p->err));
	assert_int_equal(0, run(p, "git tag round/light"));
	assert_int_equal(ERROR_NOT_FOUND, repository_round_at(
		&name, p->repo, info.id, &p->err));
	assert_int_equal(0, run(p,
		"GIT_COMMITTER_DATE='@100 +0000' git tag -am x round/2 && "
		"GIT_COMMITTER_DATE='@50 +0000' git tag -am x round/9"));
	assert_int_equal(0, repository_round_at(&name, p->repo, info.id,
						&p->err));
	assert_string_equal("2", name);
	free(name);
}

static void a_blob_id_is_as_git_has_it(void **state)
{
	char id[COMMIT_ID_LENGTH + 1];

	blob_id(id, SLICE(""));
	assert_string_equal("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", id);
	blob_id(id, SLICE("hello\n"));
	assert_string_equal("ce013625030ba8dba906f756967f9e9ca394464a", id);
}


int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_change_becomes_the_first_commit),
		TEST(what_others_staged_stays_staged),
		TEST(uncommitted_work_is_never_overwritten),
		TEST(removing_takes_the_file_away),
		TEST(a_locked_index_is_busy),
		TEST(a_change_that_fails_leaves_all_as_it_was),
		TEST(a_locked_branch_leaves_all_as_it_was),
		TEST(what_was_killed_is_undone_when_opened_next),
		TEST(many_files_go_into_one_pack),
		TEST(a_detached_head_moves_alone),
		TEST(bytes_are_committed_and_placed_as_they_are),
		TEST(a_file_is_no_folder),
		TEST(trees_read_the_same_from_disk_and_history),
		TEST(files_come_in_order_of_their_paths),
		TEST(modified_means_a_tracked_file_differs),
		TEST(no_commit_yet_is_not_found),
		TEST(a_round_is_an_annotated_tag_at_the_commit),
		cmocka_unit_test(a_blob_id_is_as_git_has_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
