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

#include "history.h"
#include "place.h"
#include "strbuf.h"

/* Subjects of the commits visited: "one two ". */
static int add_subject(const struct history_entry *entry, void *data)
{
	struct strbuf *out = data;
	struct slice rest = entry->message, line;

	if (slice_next_line(&line, &rest))
		strbuf_add_slice(out, slice_chomp(line));
	strbuf_addch(out, ' ');
	return 0;
}

static void resolve(char id[41], struct place *p, const char *rev)
{
	struct commit_info info;

	assert_int_equal(0, repository_resolve(&info, p->repo, rev, &p->err));
	strcpy(id, info.id);
}

#define COMMIT(name) "echo " name " >>f && git add f && git commit -qm " name

static void a_walk_shows_parents_before_children(void **state)
{
	struct place *p = *state;
	struct strbuf out = STRBUF_INIT;
	char two[41];
	const char *stops[2] = {
		"1234567890123456789012345678901234567890", two
	};

	assert_int_equal(0, history_walk(p->repo, NULL, NULL, 0, add_subject,
					 &out, &p->err));
	assert_string_equal("", out.buf);
	assert_int_equal(ERROR_NOT_FOUND, history_walk(p->repo, "main", NULL,
		0, add_subject, &out, &p->err));
	/* dates that go backwards */
	assert_run(p, COMMIT("one") " && " COMMIT("two") " && "
		   "GIT_COMMITTER_DATE='1000000000 +0000' " "git commit "
		   "--allow-empty -qm three && git checkout -qb side HEAD^ && "
		   "git commit --allow-empty -qm side && git checkout -q main "
		   "&& git merge -q --no-ff -m merge side");
	resolve(two, p, "main~2");
	assert_int_equal(0, history_walk(p->repo, "main", NULL, 0,
					 add_subject, &out, &p->err));
	if (strcmp(out.buf, "one two three side merge "))
		assert_string_equal("one two side three merge ", out.buf);
	strbuf_truncate(&out, 0);
	assert_int_equal(0, history_walk(p->repo, NULL, stops, 2, add_subject,
					 &out, &p->err));
	if (strcmp(out.buf, "three side merge "))
		assert_string_equal("side three merge ", out.buf);
	strbuf_release(&out);
}

static int check_entry(const struct history_entry *e, void *data)
{
	assert_string_equal("Ann Other", e->author.name);
	assert_string_equal("ann@example.org", e->author.email);
	assert_int_equal(1767323045, e->authored.seconds);
	assert_int_equal(-90, e->authored.offset);
	assert_string_equal("A. Writer", e->committer.name);
	assert_true(slice_eq_str(e->message, "subject\n\nbody\n"));
	assert_int_equal(1, e->parents);
	assert_int_equal(40, strlen(e->parent));
	assert_int_equal(40, strlen(e->tree));
	++*(int *)data;
	return 0;
}

static void an_entry_is_what_the_commit_says(void **state)
{
	struct place *p = *state;
	int seen = 0;
	char id[41];

	assert_run(p, COMMIT("one") " && git commit --allow-empty -q "
		   "--author='Ann Other <ann@example.org>' "
		   "--date='1767323045 -0130' -m subject -m body");
	resolve(id, p, "HEAD");
	assert_int_equal(0, history_read(p->repo, id, check_entry, &seen,
					 &p->err));
	assert_int_equal(1, seen);
	assert_int_equal(ERROR_NOT_FOUND, history_read(p->repo, "1234",
		check_entry, &seen, &p->err));
}

static int keep_message(const struct history_entry *e, void *data)
{
	strbuf_addf(data, "%s %s %.*s", e->author.name, e->tree,
		    SLICE_ARG(e->message));
	return 0;
}

static void a_tag_is_as_git_makes_it(void **state)
{
	struct place *p = *state;
	struct strbuf out = STRBUF_INIT, wanted = STRBUF_INIT;
	const struct person who = { "Ada", "ada@example.org" };
	const struct moment when = { 1767323045, 60 };
	char commit[41], id[41], ref[41];

	assert_run(p, COMMIT("one"));
	resolve(commit, p, "HEAD");
	assert_int_equal(0, tag_create(id, p->repo, "round/1", commit, &who,
				       &when, "Round 1", &p->err));
	assert_int_equal(ERROR_EXISTS, tag_create(ref, p->repo, "round/1",
		commit, &who, &when, "Round 1", &p->err));
	assert_int_equal(ERROR_EXISTS, tag_create(ref, p->repo, "round/1/a",
		commit, &who, &when, "Round 1", &p->err));
	assert_int_equal(ERROR_INVALID, tag_create(ref, p->repo, "round/..",
		commit, &who, &when, "Round 1", &p->err));
	assert_int_equal(0, ref_read(ref, p->repo, "refs/tags/round/1",
				     &p->err));
	assert_string_equal(id, ref);
	assert_int_equal(ERROR_NOT_FOUND, ref_read(ref, p->repo,
		"refs/tags/round/2", &p->err));
	assert_run(p, "git fsck --strict && test $(git rev-parse round/1^{}) "
		   "= $(git rev-parse HEAD) && test \"$(git tag -l "
		   "--format='%(taggername) %(contents:subject)')\" = "
		   "'Ada Round 1'");
	assert_int_equal(0, history_read(p->repo, id, keep_message, &out,
					 &p->err));
	strbuf_addf(&wanted, "Ada %s Round 1\n", commit);
	assert_string_equal(wanted.buf, out.buf);
	strbuf_release(&out);
	strbuf_release(&wanted);
}

static int add_ref(const char *name, const char *id, void *data)
{
	strbuf_addf(data, "%.7s %s\n", id, name);
	return 0;
}

static void refs_come_by_name_from_files_and_lines(void **state)
{
	struct place *p = *state;
	struct strbuf out = STRBUF_INIT;
	char file[80], wanted[1024] = "";
	FILE *in;

	assert_int_equal(0, refs_each(p->repo, "refs/", add_ref, &out,
				      &p->err));
	assert_string_equal("", out.buf);
	assert_run(p, COMMIT("one") " && for i in a a-b a/b ab b1 c/d; do "
		   "git update-ref refs/x/$i HEAD 2>/dev/null || :; done && "
		   "git tag -am t v1 && git pack-refs --all && "
		   COMMIT("two") " && git update-ref refs/x/b1 HEAD && "
		   "git update-ref refs/x/b0 HEAD && mkdir -p .git/refs/x/z && "
		   "git symbolic-ref refs/x/sym refs/heads/main && "
		   "touch .git/refs/x/broken .git/refs/x/q.lock && "
		   "git for-each-ref --format='%(objectname:short=7) "
		   "%(refname)' refs/x >../refs");
	assert_int_equal(0, refs_each(p->repo, "refs/x/", add_ref, &out,
				      &p->err));
	snprintf(file, sizeof(file), "%s/../refs", p->path);
	assert_non_null(in = fopen(file, "r"));
	wanted[fread(wanted, 1, sizeof(wanted) - 1, in)] = '\0';
	fclose(in);
	assert_true(strlen(wanted) > 100);
	assert_string_equal(wanted, out.buf);
	strbuf_truncate(&out, 0);
	assert_int_equal(0, refs_each(p->repo, "refs/x/b", add_ref, &out,
				      &p->err));
	assert_non_null(strstr(out.buf, "refs/x/b0\n"));
	assert_non_null(strstr(out.buf, "refs/x/b1\n"));
	assert_null(strstr(out.buf, "refs/x/a"));
	strbuf_release(&out);
}

static void one_commit_contains_another(void **state)
{
	struct place *p = *state;
	char one[41], two[41];

	assert_run(p, COMMIT("one") " && " COMMIT("two"));
	resolve(one, p, "HEAD^");
	resolve(two, p, "HEAD");
	assert_int_equal(1, history_contains(p->repo, two, one, &p->err));
	assert_int_equal(1, history_contains(p->repo, two, two, &p->err));
	assert_int_equal(0, history_contains(p->repo, one, two, &p->err));
	assert_int_equal(0, history_contains(p->repo, one,
		"1234567890123456789012345678901234567890", &p->err));
}

static void a_blob_is_read_by_the_start_of_its_id(void **state)
{
	struct place *p = *state;
	struct strbuf out = STRBUF_INIT;
	char id[41], full[41];

	assert_run(p, COMMIT("one"));
	blob_id(id, SLICE("one\n"));
	full[0] = '\0';
	assert_int_equal(0, blob_read(&out, full, p->repo, "5626abf", &p->err));
	assert_string_equal(id, full);
	assert_string_equal("one\n", out.buf);
	assert_int_equal(ERROR_NOT_FOUND, blob_read(&out, full, p->repo,
						    "562", &p->err));
	assert_int_equal(ERROR_NOT_FOUND, blob_read(&out, full, p->repo,
						    "0000000", &p->err));
	assert_int_equal(ERROR_NOT_FOUND, blob_read(&out, full, p->repo,
						    "../etc/passwd", &p->err));
	resolve(id, p, "HEAD");
	assert_int_equal(ERROR_NOT_FOUND, blob_read(&out, full, p->repo, id,
						    &p->err));
	strbuf_release(&out);
}

static void of_objects_with_one_start_the_text_is_meant(void **state)
{
	struct place *p = *state;
	struct strbuf out = STRBUF_INIT;
	char full[41];

	/* a tree and a blob of id 5626..., two blobs of 6bb2... */
	assert_run(p, "echo one >f8493 && git add f8493 && git commit -qm 1 "
		   "&& git rev-parse HEAD^{tree} | grep ^5626 && "
		   "echo 195 | git hash-object -w --stdin && "
		   "echo 389 | git hash-object -w --stdin");
	assert_int_equal(0, blob_read(&out, full, p->repo, "5626", &p->err));
	assert_string_equal("one\n", out.buf);
	assert_int_equal(ERROR_AMBIGUOUS, blob_read(&out, full, p->repo,
						    "6bb2", &p->err));
	strbuf_release(&out);
}

static void blobs_are_found_where_they_stood_first(void **state)
{
	struct place *p = *state;
	char one[41], two[41], moved[41], side[41];
	struct blob_place places[] = {
		{ .path = "a/f.md", .blob = "5626abf" },
		{ .path = NULL, .blob = "5626abf0f72e58d7a153368ba57db4c67"
				       "3c0e171" },
		{ .path = "g.md", .blob = "5626" },
		{ .path = NULL, .blob = "f719efd" },	/* two */
		{ .path = "other", .blob = "f719efd" },
		{ .path = NULL, .blob = "2b8e5b8" },
		{ .path = NULL, .blob = "zz" },
		{ .path = NULL, .blob = "" },
		{ .path = "side", .blob = "5fe2b8d" }
	};

	assert_int_equal(0, history_find_blobs(places, 8, p->repo, &p->err));
	assert_string_equal("", places[0].commit);
	assert_run(p, "mkdir a && echo one >a/f.md && git add . && "
		   "git commit -qm one && echo two >a/f.md && "
		   "git commit -qam two && echo one >g.md && git add . && "
		   "git commit -qm moved && git checkout -qb s HEAD^ && "
		   "echo three >side && git add . && git commit -qm side && "
		   "git checkout -q main && git merge -q -m merge s && "
		   "git rm -q side && git commit -qm gone && git hash-object "
		   "-t blob --stdin </dev/null && echo three | "
		   "git hash-object --stdin");
	resolve(one, p, "HEAD~4");
	resolve(two, p, "HEAD~3");
	resolve(moved, p, "HEAD~2");
	resolve(side, p, "s");
	{
		static char id[41];

		blob_id(id, SLICE("three\n"));
		places[8].blob = id;
	}
	assert_int_equal(0, history_find_blobs(places, 9, p->repo, &p->err));
	assert_string_equal(one, places[0].commit);
	assert_string_equal(one, places[1].commit);
	assert_string_equal("a/f.md", places[1].found_path);
	assert_string_equal(moved, places[2].commit);
	assert_string_equal(two, places[3].commit);
	for (size_t i = 4; i < 8; i++)
		assert_string_equal("", places[i].commit);
	assert_string_equal(side, places[8].commit);
	for (size_t i = 0; i < 9; i++)
		if (!places[i].path)
			free((char *)places[i].found_path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_walk_shows_parents_before_children),
		TEST(an_entry_is_what_the_commit_says),
		TEST(a_tag_is_as_git_makes_it),
		TEST(refs_come_by_name_from_files_and_lines),
		TEST(one_commit_contains_another),
		TEST(a_blob_is_read_by_the_start_of_its_id),
		TEST(of_objects_with_one_start_the_text_is_meant),
		TEST(blobs_are_found_where_they_stood_first)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
