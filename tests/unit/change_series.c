/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "person.h"
#include "place.h"
#include "strbuf.h"

static const struct person ada = { "Ada Reader", "ada@example.org" };
static const struct moment when = { 1767323045, 60 };

static struct change *begin(struct place *p)
{
	struct change *change = NULL;

	assert_int_equal(0, change_begin(&change, p->repo, &p->err));
	return change;
}

static int put(struct change *change, struct place *p, const char *path,
	       const char *text)
{
	return change_write(change, path, slice_of(text), &p->err);
}

static void a_series_is_one_commit_after_the_other(void **state)
{
	struct place *p = *state;
	struct change *c = begin(p);
	struct commit_info info;
	char one[41], two[41];

	assert_int_equal(0, put(c, p, "a.md", "1"));
	assert_int_equal(0, change_next(one, c, &ada, &when, "one", &p->err));
	assert_int_equal(0, put(c, p, "a.md", "2"));
	assert_int_equal(0, put(c, p, "part/b.md", "b"));
	assert_int_equal(0, change_next(two, c, NULL, NULL, "two", &p->err));
	assert_int_equal(0, change_remove(c, "part/b.md", &p->err));
	assert_int_equal(0, put(c, p, "part", "a file now"));
	assert_run(p, "! git rev-parse -q --verify HEAD && test ! -e a.md");
	assert_int_equal(0, change_commit(&info, c, "three", &p->err));
	change_end(c);
	assert_clean(p);
	assert_run(p, "test \"$(git log --format='%s %an %cn' | tr '\\n' ,)\" "
		   "= 'three A. Writer A. Writer,two A. Writer A. Writer,"
		   "one Ada Reader A. Writer,' && test $(cat a.md) = 2 && "
		   "test $(git show HEAD~2:a.md) = 1 && "
		   "test \"$(git log -1 --format=%ai HEAD~2)\" = "
		   "'2026-01-02 04:04:05 +0100' && "
		   "test $(git show HEAD^:part/b.md) = b && test -f part");
	assert_string_not_equal(one, two);
	assert_string_not_equal(two, info.id);
}

static void a_series_may_end_without_a_further_commit(void **state)
{
	struct place *p = *state;
	struct change *c = begin(p);
	char one[41];
	struct commit_info info;

	assert_int_equal(ERROR_INVALID, change_commit(NULL, c, NULL,
						      &p->err));
	assert_int_equal(0, put(c, p, "a.md", "1"));
	assert_int_equal(ERROR_INVALID, change_commit(NULL, c, NULL,
						      &p->err));
	assert_int_equal(0, change_next(one, c, &ada, &when, "one", &p->err));
	assert_int_equal(0, change_commit(&info, c, NULL, &p->err));
	assert_string_equal(one, info.id);
	change_end(c);
	assert_clean(p);
	assert_run(p, "test $(git log --format=%s) = one && test $(cat a.md) "
		   "= 1");
}

static void a_commit_that_cannot_be_is_left_out(void **state)
{
	struct place *p = *state;
	struct change *c = begin(p);

	assert_int_equal(0, put(c, p, "a", "1"));
	assert_int_equal(0, change_next(NULL, c, &ada, &when, "a", &p->err));
	assert_int_equal(0, put(c, p, "b", "lost"));
	assert_int_equal(0, put(c, p, "a/b", "lost"));
	assert_int_equal(ERROR_EXISTS, change_next(NULL, c, &ada, &when, "x",
						   &p->err));
	assert_int_equal(0, put(c, p, "c", "3"));
	assert_int_equal(0, change_next(NULL, c, &ada, &when, "c", &p->err));
	assert_int_equal(0, change_commit(NULL, c, NULL, &p->err));
	change_end(c);
	assert_clean(p);
	assert_run(p, "test \"$(git log --format=%s | tr '\\n' ,)\" = c,a, && "
		   "test \"$(git ls-files | tr '\\n' ,)\" = a,c,");
}

static void uncommitted_work_stops_all_and_is_known_before(void **state)
{
	struct place *p = *state;
	struct change *c;

	assert_run(p, "echo a >a.md && echo b >b.md && git add . && "
		   "git commit -qm first && echo more >>b.md && "
		   "echo mine >new.md && ln -s a.md link");
	c = begin(p);
	assert_int_equal(0, change_check(c, "a.md", &p->err));
	assert_int_equal(0, change_check(c, "else.md", &p->err));
	assert_int_equal(ERROR_EXISTS, change_check(c, "b.md", &p->err));
	assert_non_null(strstr(p->err.message, "'b.md' has changes that are "
			       "not committed"));
	assert_int_equal(ERROR_EXISTS, change_check(c, "new.md", &p->err));
	assert_int_equal(ERROR_EXISTS, change_check(c, "link", &p->err));
	assert_int_equal(ERROR_EXISTS, change_check(c, "a.md/x", &p->err));
	assert_int_equal(ERROR_INVALID, change_check(c, "../x", &p->err));
	assert_int_equal(0, put(c, p, "a.md", "A\n"));
	assert_int_equal(0, change_next(NULL, c, &ada, &when, "a", &p->err));
	assert_int_equal(0, put(c, p, "b.md", "B\n"));
	assert_int_equal(0, change_next(NULL, c, &ada, &when, "b", &p->err));
	assert_int_equal(ERROR_EXISTS, change_commit(NULL, c, NULL, &p->err));
	change_end(c);
	assert_run(p, "test $(git log --format=%s) = first && "
		   "test $(cat a.md) = a && git diff --quiet a.md");
}

static void what_is_staged_is_uncommitted(void **state)
{
	struct place *p = *state;
	struct change *c;

	assert_run(p, "echo a >a.md && git add . && git commit -qm first && "
		   "echo b >a.md && git add a.md && echo a >a.md");
	c = begin(p);
	assert_int_equal(ERROR_EXISTS, change_check(c, "a.md", &p->err));
	change_end(c);
}

static void modes_stay_as_they_are_committed(void **state)
{
	struct place *p = *state;
	struct change *c;

	assert_run(p, "echo a >run && chmod +x run && echo b >b && git add . "
		   "&& git commit -qm first");
	c = begin(p);
	assert_int_equal(0, put(c, p, "run", "A\n"));
	assert_int_equal(0, put(c, p, "b", "B\n"));
	assert_int_equal(0, put(c, p, "c", "C\n"));
	assert_int_equal(0, change_commit(NULL, c, "second", &p->err));
	change_end(c);
	assert_clean(p);
	assert_run(p, "test -x run && ! test -x b && ! test -x c");
}

static void a_detached_head_moves_alone(void **state)
{
	struct place *p = *state;
	struct change *c;

	assert_run(p, "echo a >a.md && git add . && git commit -qm first && "
		   "git checkout -q --detach");
	c = begin(p);
	assert_int_equal(0, put(c, p, "a.md", "A\n"));
	assert_int_equal(0, change_commit(NULL, c, "second", &p->err));
	change_end(c);
	assert_clean(p);
	assert_run(p, "test $(git log --format=%s main) = first && "
		   "test $(git log -1 --format=%s HEAD) = second && "
		   "! git symbolic-ref -q HEAD");
}

static struct repository *open_bare(struct place *p)
{
	struct repository *repo;
	char path[96];

	snprintf(path, sizeof(path), "%s/../bare.git", p->path);
	assert_int_equal(0, repository_open(&repo, path, &p->err));
	return repo;
}

static void a_bare_repository_gets_the_commits(void **state)
{
	struct place *p = *state;
	struct repository *bare;
	struct change *c;

	assert_run(p, "git init -q --bare ../bare.git");
	bare = open_bare(p);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(0, change_begin(&c, bare, &p->err));
		assert_int_equal(0, change_check(c, "a.md", &p->err));
		assert_int_equal(0, put(c, p, "a.md", i ? "3" : "1"));
		assert_int_equal(0, change_next(NULL, c, &ada, &when, "one",
						&p->err));
		assert_int_equal(0, put(c, p, "b.md", i ? "4" : "2"));
		assert_int_equal(0, change_commit(NULL, c, "two", &p->err));
		change_end(c);
		if (!i)
			assert_run(p, "git -C ../bare.git pack-refs --all");
	}
	repository_close(bare);
	assert_run(p, "cd ../bare.git && git fsck --strict && "
		   "test $(git log --format=%s main | wc -l) = 4 && "
		   "test $(git show HEAD:a.md) = 3 && ! ls | grep galley");
}

/* More than go loose: a pack of deltas that git can read. */
static void a_long_series_is_packed(void **state)
{
	struct place *p = *state;
	struct strbuf text = STRBUF_INIT;
	struct change *c;
	char path[32];

	for (int i = 0; i < 400; i++)
		strbuf_addf(&text, "line %d\n", i);
	c = begin(p);
	for (int i = 0; i < 60; i++) {
		snprintf(path, sizeof(path), "part/%d.md", i);
		assert_int_equal(0, put(c, p, path, text.buf));
	}
	assert_int_equal(0, change_next(NULL, c, &ada, &when, "start",
					&p->err));
	for (int i = 0; i < 500; i++) {
		text.buf[(unsigned)(i * 7919) % text.len] = '#';
		snprintf(path, sizeof(path), "part/%d.md", i * 7 % 70);
		assert_int_equal(0, put(c, p, path, text.buf));
		assert_int_equal(0, change_next(NULL, c, &ada, &when, "next",
						&p->err));
	}
	assert_int_equal(0, change_commit(NULL, c, NULL, &p->err));
	change_end(c);
	strbuf_release(&text);
	assert_clean(p);
	assert_run(p, "git verify-pack .git/objects/pack/*.idx && "
		   "test $(git log --format=%s | wc -l) = 501 && "
		   "test $(git count-objects | cut -d' ' -f1) = 0 && "
		   "git log -p >/dev/null && git gc -q && git fsck --strict");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_series_is_one_commit_after_the_other),
		TEST(a_series_may_end_without_a_further_commit),
		TEST(a_commit_that_cannot_be_is_left_out),
		TEST(uncommitted_work_stops_all_and_is_known_before),
		TEST(what_is_staged_is_uncommitted),
		TEST(modes_stay_as_they_are_committed),
		TEST(a_detached_head_moves_alone),
		TEST(a_bare_repository_gets_the_commits),
		TEST(a_long_series_is_packed)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
