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

#include "commit_batch.h"
#include "history.h"
#include "place.h"
#include "strbuf.h"

#define ADA { "Ada Reader", "ada@example.org" }
#define WHEN { 1767323045, 60 }

/* A first commit: forty chapters of one folder and a file beside it. */
static void start(struct place *p, char id[COMMIT_ID_LENGTH + 1])
{
	struct commit_info info;

	assert_run(p, "mkdir part && for i in $(seq 10 49); do "
		   "seq -f \"$i line %g\" 300 >part/$i.md; done && "
		   "echo hello >README.md && git add . && "
		   "git commit -qm first");
	assert_int_equal(0, repository_resolve(&info, p->repo, "HEAD",
					       &p->err));
	strcpy(id, info.id);
}

static void read_chapter(struct strbuf *out, struct place *p, int n)
{
	struct tree *tree;
	char path[32];

	strbuf_truncate(out, 0);
	snprintf(path, sizeof(path), "part/%d.md", n);
	assert_int_equal(0, tree_open_revision(&tree, p->repo, "HEAD",
					       &p->err));
	assert_int_equal(0, tree_read(out, tree, path, &p->err));
	tree_close(tree);
}

static int add(char id[COMMIT_ID_LENGTH + 1], struct commit_batch *batch,
	       const char *parent, const char *path, const char *text,
	       const char *message, struct error *err)
{
	const struct commit_file file = { path, slice_of(text), NULL };
	const struct commit_draft draft = {
		parent, &file, path ? 1 : 0, ADA, ADA, WHEN, WHEN, message
	};

	return commit_batch_add(id, batch, &draft, err);
}

static void a_comment_is_a_commit_under_a_ref(void **state)
{
	struct place *p = *state;
	struct commit_batch *batch;
	char base[41], one[41], two[41], again[41];
	bool known = true;

	start(p, base);
	assert_int_equal(0, commit_batch_new(&batch, p->repo, &p->err));
	{
		const struct commit_file file = { "README.md", SLICE("bye\n"),
						   NULL };
		const struct commit_draft draft = {
			base, &file, 1, ADA, ADA, WHEN, WHEN, "Say bye"
		};

		assert_int_equal(0, commit_batch_probe(again, &known, batch,
						       &draft, &p->err));
		assert_false(known);
	}
	assert_int_equal(0, add(one, batch, base, "README.md", "bye\n",
				"Say bye", &p->err));
	assert_string_equal(one, again);
	assert_int_equal(0, add(again, batch, base, "README.md", "bye\n",
				"Say bye", &p->err));
	assert_string_equal(one, again);
	assert_int_equal(0, add(two, batch, one, NULL, "", "Nothing",
				&p->err));
	commit_batch_ref(batch, "refs/comments/1/one", one, "");
	commit_batch_ref(batch, "refs/comments/1/two", two, "");
	assert_int_equal(0, commit_batch_write(batch, &p->err));
	commit_batch_free(batch);
	assert_clean(p);
	assert_run(p, "test \"$(git log -1 --format='%an %ae %ai %cn %s' "
		   "refs/comments/1/one)\" = 'Ada Reader ada@example.org "
		   "2026-01-02 04:04:05 +0100 Ada Reader Say bye' && "
		   "test $(git show refs/comments/1/two:README.md) = bye && "
		   "test $(git rev-parse refs/comments/1/two^) = "
		   "$(git rev-parse refs/comments/1/one) && "
		   "git diff --exit-code HEAD refs/comments/1/two -- part");
}

static void the_same_draft_is_known_the_next_time(void **state)
{
	struct place *p = *state;
	struct commit_batch *batch;
	char base[41], one[41], again[41];
	const struct commit_file file = { "new.md", SLICE("x"), NULL };
	struct commit_draft draft = {
		base, &file, 1, ADA, ADA, WHEN, WHEN, "New"
	};
	bool known = false;

	start(p, base);
	assert_int_equal(0, commit_batch_new(&batch, p->repo, &p->err));
	assert_int_equal(0, commit_batch_add(one, batch, &draft, &p->err));
	assert_int_equal(0, commit_batch_write(batch, &p->err));
	commit_batch_free(batch);
	assert_int_equal(0, commit_batch_new(&batch, p->repo, &p->err));
	assert_int_equal(0, commit_batch_probe(again, &known, batch, &draft,
					       &p->err));
	assert_true(known);
	assert_string_equal(one, again);
	draft.message = "Other";
	assert_int_equal(0, commit_batch_probe(again, &known, batch, &draft,
					       &p->err));
	assert_false(known);
	commit_batch_free(batch);
}

static int add_subject(const struct history_entry *entry, void *data)
{
	strbuf_add_slice(data, slice_chomp(entry->message));
	return 0;
}

/* Many: a pack with deltas, and packed-refs. */
static void many_commits_make_one_pack(void **state)
{
	struct place *p = *state;
	struct commit_batch *batch;
	struct strbuf text = STRBUF_INIT;
	char base[41], last[41], id[41], path[32], ref[64];

	start(p, base);
	assert_run(p, "git update-ref refs/comments/1/c100 HEAD && "
		   "git tag -a -m tag v1 && git pack-refs --all && "
		   "git update-ref refs/notes/comments HEAD");
	assert_int_equal(0, commit_batch_new(&batch, p->repo, &p->err));
	strcpy(last, base);
	for (int i = 0; i < 600; i++) {
		int n = 10 + i * 7 % 40;

		read_chapter(&text, p, n);
		text.buf[text.len * (unsigned)i / 600] = '#';
		snprintf(path, sizeof(path), "part/%d.md", n);
		/* a third on top of each other: deep chains */
		assert_int_equal(0, add(id, batch, i % 3 ? base : last, path,
					text.buf, "Change", &p->err));
		if (!(i % 3))
			strcpy(last, id);
		snprintf(ref, sizeof(ref), "refs/comments/1/c%d", i + 101);
		commit_batch_ref(batch, ref, id, "");
	}
	commit_batch_ref(batch, "refs/notes/comments", id, base);
	assert_int_equal(0, commit_batch_write(batch, &p->err));
	commit_batch_free(batch);
	strbuf_release(&text);
	assert_clean(p);
	assert_run(p, "git verify-pack .git/objects/pack/*.idx && "
		   "test $(ls .git/objects/pack/*.pack | wc -l) = 1 && "
		   "git verify-pack -v .git/objects/pack/*.idx | "
		   "grep -q 'chain length = 40:' && "
		   "! git verify-pack -v .git/objects/pack/*.idx | "
		   "grep -q 'chain length = 41:'");
	assert_run(p, "test $(git for-each-ref refs/comments | wc -l) = 601 && "
		   "git show-ref -d v1 | grep -q '\\^{}$' && "
		   "test -z \"$(ls .git | grep -E 'galley|lock')\" && "
		   "git pack-refs --all && test $(git for-each-ref "
		   "refs/comments/1/c* | wc -l) = 601 && "
		   "git rev-parse refs/notes/comments | grep -qv $(git "
		   "rev-parse HEAD) && git update-ref -d refs/comments/1/c150 "
		   "&& git gc -q && git fsck --strict");
}

static void what_was_just_written_is_read_from_memory(void **state)
{
	struct place *p = *state;
	struct commit_batch *batch;
	struct strbuf text = STRBUF_INIT, subject = STRBUF_INIT;
	struct strbuf made = STRBUF_INIT;
	char base[41], id[41], blob[41];

	start(p, base);
	read_chapter(&text, p, 12);
	assert_int_equal(0, commit_batch_new(&batch, p->repo, &p->err));
	for (int i = 0; i < 200; i++) {
		text.buf[i] = '#';
		assert_int_equal(0, add(id, batch, base, "part/12.md",
					text.buf, "Change", &p->err));
	}
	assert_int_equal(0, commit_batch_write(batch, &p->err));
	commit_batch_free(batch);
	blob_id(blob, strbuf_slice(&text));
	assert_run(p, "rm .git/objects/pack/*");
	assert_int_equal(0, history_read(p->repo, id, add_subject, &subject,
					 &p->err));
	assert_string_equal("Change", subject.buf);
	assert_int_equal(0, blob_read(&made, NULL, p->repo, blob, &p->err));
	assert_string_equal(text.buf, made.buf);
	strbuf_release(&text);
	strbuf_release(&subject);
	strbuf_release(&made);
}

static void a_ref_that_moved_stops_all(void **state)
{
	struct place *p = *state;
	char base[41], id[41];
	struct commit_batch *batch;

	start(p, base);
	assert_run(p, "git commit -qm second --allow-empty && "
		   "git update-ref refs/notes/x HEAD");
	for (int packed = 0; packed < 2; packed++) {
		assert_int_equal(0, commit_batch_new(&batch, p->repo,
						     &p->err));
		assert_int_equal(0, add(id, batch, base, "new.md", "x", "New",
					&p->err));
		commit_batch_ref(batch, "refs/notes/x", id, base);
		commit_batch_ref(batch, "refs/comments/1/a", id, "");
		commit_batch_ref(batch, "refs/comments/1/b", id, "");
		assert_int_equal(ERROR_BUSY, commit_batch_write(batch,
								&p->err));
		commit_batch_free(batch);
		assert_run(p, "! git for-each-ref refs/comments | grep . && "
			   "test $(git rev-parse HEAD refs/notes/x | uniq | "
			   "wc -l) = 1 && ! ls .git | grep -E 'galley|lock' "
			   "&& git pack-refs --all --prune");
	}
}

static int write_ref(struct place *p, const char *name, const char *id,
		     const char *other)
{
	struct commit_batch *batch;
	int rc;

	assert_int_equal(0, commit_batch_new(&batch, p->repo, &p->err));
	commit_batch_ref(batch, name, id, NULL);
	if (other)
		commit_batch_ref(batch, other, id, NULL);
	rc = commit_batch_write(batch, &p->err);
	commit_batch_free(batch);
	return rc;
}

static void a_name_is_no_folder_of_others(void **state)
{
	struct place *p = *state;
	const char *const others[] = { NULL, "refs/z/z" };
	char base[41];

	start(p, base);
	assert_run(p, "git update-ref refs/a/b HEAD && git pack-refs --all && "
		   "git update-ref refs/c/d HEAD");
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(ERROR_EXISTS, write_ref(p, "refs/a/b/c", base,
							 others[i]));
		assert_int_equal(ERROR_EXISTS, write_ref(p, "refs/a", base,
							 others[i]));
		assert_int_equal(ERROR_EXISTS, write_ref(p, "refs/c/d/e", base,
							 others[i]));
		assert_int_equal(ERROR_EXISTS, write_ref(p, "refs/c", base,
							 others[i]));
		assert_int_equal(ERROR_INVALID, write_ref(p, "refs/a..b", base,
							  others[i]));
		assert_int_equal(ERROR_INVALID, write_ref(p, "../x", base,
							  others[i]));
	}
	assert_int_equal(ERROR_EXISTS, write_ref(p, "refs/q", base,
						 "refs/q/r"));
	assert_run(p, "! ls .git | grep -E 'galley|lock' && "
		   "test $(git for-each-ref | wc -l) = 3");
	assert_int_equal(0, write_ref(p, "refs/a/c", base, NULL));
	assert_int_equal(0, write_ref(p, "refs/a/b", base, "refs/c/d"));
	assert_run(p, "git for-each-ref && test $(git for-each-ref | wc -l) "
		   "= 4 && git fsck --strict");
}

static void a_lock_of_others_is_respected(void **state)
{
	struct place *p = *state;
	char base[41];

	start(p, base);
	assert_run(p, ": >.git/packed-refs.lock && mkdir -p .git/refs/x && "
		   ": >.git/refs/x/y.lock");
	assert_int_equal(ERROR_BUSY, write_ref(p, "refs/x/y", base, NULL));
	assert_int_equal(ERROR_BUSY, write_ref(p, "refs/x/y", base,
					       "refs/x/z"));
	assert_run(p, "test -e .git/packed-refs.lock && "
		   "test -e .git/refs/x/y.lock && "
		   "! ls .git | grep galley && rm .git/packed-refs.lock "
		   ".git/refs/x/y.lock");
	assert_int_equal(0, write_ref(p, "refs/x/y", base, "refs/x/z"));
	assert_run(p, "git rev-parse refs/x/y refs/x/z");
}

static void what_a_reader_is_called_breaks_no_commit(void **state)
{
	struct place *p = *state;
	struct commit_batch *batch;
	char base[41], id[41];
	struct commit_draft draft = {
		base, NULL, 0, { "E\nvil> <x", "<a@b\n>" },
		{ "", "" }, { -5, 60000 }, { 5, -90 }, "Message\n\nbody"
	};

	start(p, base);
	assert_int_equal(0, commit_batch_new(&batch, p->repo, &p->err));
	assert_int_equal(0, commit_batch_add(id, batch, &draft, &p->err));
	commit_batch_ref(batch, "refs/comments/1/a", id, "");
	assert_int_equal(0, commit_batch_write(batch, &p->err));
	commit_batch_free(batch);
	assert_clean(p);
	assert_run(p, "test \"$(git log -1 --format='%an|%ae|%cn|%ci' "
		   "refs/comments/1/a)\" = "
		   "'Evil x|a@b|unknown|1970-01-01 00:00:05 +0000'");
}

static void bad_drafts_are_refused(void **state)
{
	struct place *p = *state;
	struct commit_batch *batch;
	char base[41], id[41];

	start(p, base);
	assert_int_equal(0, commit_batch_new(&batch, p->repo, &p->err));
	assert_int_equal(ERROR_INVALID, add(id, batch, base, "../x", "x", "m",
					    &p->err));
	assert_int_equal(ERROR_EXISTS, add(id, batch, base, "part", "x", "m",
					   &p->err));
	assert_int_equal(ERROR_EXISTS, add(id, batch, base, "README.md/x",
					   "x", "m", &p->err));
	assert_int_equal(ERROR_INVALID, add(id, batch, "main", "x", "x", "m",
					    &p->err));
	assert_int_equal(ERROR_NOT_FOUND, add(id, batch, "12345678901234567890"
		"12345678901234567890", "x", "x", "m", &p->err));
	assert_int_equal(0, add(id, batch, base, "x", "x", "m", &p->err));
	assert_int_equal(0, commit_batch_write(batch, &p->err));
	commit_batch_free(batch);
	assert_run(p, "git fsck --strict");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_comment_is_a_commit_under_a_ref),
		TEST(the_same_draft_is_known_the_next_time),
		TEST(many_commits_make_one_pack),
		TEST(what_was_just_written_is_read_from_memory),
		TEST(a_ref_that_moved_stops_all),
		TEST(a_name_is_no_folder_of_others),
		TEST(a_lock_of_others_is_respected),
		TEST(what_a_reader_is_called_breaks_no_commit),
		TEST(bad_drafts_are_refused)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
