/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "manuscript.h"
#include "place.h"
#include "review.h"
#include "strbuf.h"

/* ---- a book, and what is said about it --------------------------------- */

static void make_book(struct place *p)
{
	assert_run(p, "printf '# S\\n\\n- [One](1.md)\\n- [Two](2.md)\\n' "
		   ">SUMMARY.md && printf 'A grey day.\\n\\nFog.\\n' >1.md && "
		   "echo Two. >2.md && git add . && git commit -qm 1 && "
		   "git tag -m 'Round 1' round/1");
}

/*
 * A comment with these trailers that makes `text` of 1.md, under the name
 * refs/test/<name>.
 */
static void comment(struct place *p, const char *name, const char *text,
		    const char *trailers, const char *parent)
{
	struct strbuf command = STRBUF_INIT;

	strbuf_addf(&command, "git read-tree %s && echo \"%s\" >x && "
		    "blob=$(git hash-object -w x) && rm x && "
		    "git update-index --cacheinfo 100644,$blob,1.md && "
		    "tree=$(git write-tree) && git read-tree HEAD && "
		    "id=$(printf '%s\\n\\nChunk: 1.md\\n%sChannel: mail\\n"
		    "Date: Fri, 2 Jan 2026 03:04:05 +0000\\n' | "
		    "GIT_AUTHOR_NAME=%s GIT_AUTHOR_EMAIL=%s@example.org "
		    "GIT_AUTHOR_DATE=1770000000 GIT_COMMITTER_DATE=1770000000 "
		    "git commit-tree $tree -p %s) && "
		    "git update-ref refs/test/%s $id && git update-ref "
		    "refs/comments/1/$(echo $id | cut -c1-12) $id",
		    parent, text, name, trailers, name, name, parent, name);
	assert_run(p, command.buf);
	strbuf_release(&command);
}

#define GRAY "A gray day.\n\nFog."
#define MIST "A grey day.\n\nMist."

/* A commit of the author's that does something about the comment. */
static void commit(struct place *p, const char *message, const char *name)
{
	struct strbuf command = STRBUF_INIT;

	strbuf_addf(&command, "id=$(git rev-parse refs/test/%s) && "
		    "GIT_COMMITTER_DATE=1770000100 git commit -q "
		    "--allow-empty -m x -m \"%s\"", name, message);
	assert_run(p, command.buf);
	strbuf_release(&command);
}

static void note(struct place *p, const char *name, const char *line)
{
	struct strbuf command = STRBUF_INIT;

	strbuf_addf(&command, "git notes --ref=comments append -m \"%s\" "
		    "refs/test/%s", line, name);
	assert_run(p, command.buf);
	strbuf_release(&command);
}

/* ---- reading it ---------------------------------------------------------- */

static struct review review = REVIEW_INIT;

static void read_all(struct place *p)
{
	struct manuscript *ms = NULL;

	review_release(&review);
	assert_int_equal(0, manuscript_open(&ms, p->path, NULL, &p->err));
	assert_int_equal(0, review_read(&review, ms, NULL, &p->err));
	manuscript_close(ms);
}

static const struct review_comment *by(const char *name)
{
	for (size_t i = 0; i < review.count; i++)
		if (!strcmp(review.items[i].comment.reader.name, name))
			return &review.items[i];
	fail_msg("nothing by %s", name);
	return NULL;
}

static enum comment_state state_of(struct place *p, const char *name)
{
	read_all(p);
	return by(name)->state.state;
}

#define assert_state(p, expected, name) \
	assert_int_equal((expected), state_of((p), (name)))

/* ---- history ------------------------------------------------------------- */

static void what_a_commit_names_is_applied_until_it_is_reverted(void **state)
{
	struct place *p = *state;

	make_book(p);
	comment(p, "Ann", GRAY, "", "round/1^0");
	assert_state(p, COMMENT_OPEN, "Ann");
	commit(p, "Comment: $id", "Ann");
	assert_state(p, COMMENT_APPLIED, "Ann");
	assert_int_equal(1770000100, by("Ann")->decided);
	assert_int_equal(40, strlen(by("Ann")->state.commit));
	commit(p, "This reverts commit $(git rev-parse HEAD).", "Ann");
	assert_state(p, COMMENT_OPEN, "Ann");
	commit(p, "This reverts commit $(git rev-parse HEAD).", "Ann");
	assert_state(p, COMMENT_APPLIED, "Ann");
	assert_run(p, "git reset -q --hard HEAD~3");
	assert_state(p, COMMENT_OPEN, "Ann");
	commit(p, "Comment-Marked: $id", "Ann");
	assert_state(p, COMMENT_MARKED, "Ann");
	commit(p, "(cherry picked from commit $id)", "Ann");
	assert_state(p, COMMENT_APPLIED, "Ann");
}

static void what_is_nearly_a_trailer_is_none(void **state)
{
	struct place *p = *state;

	make_book(p);
	comment(p, "Ann", GRAY, "", "round/1^0");
	commit(p, "Comment: $(echo $id | cut -c1-12)", "Ann");
	commit(p, "Comment: $id.x/2", "Ann");
	commit(p, "Comment: $id\n\nAnd more.", "Ann");
	commit(p, "This reverts commit 123.", "Ann");
	assert_state(p, COMMENT_OPEN, "Ann");
}

static void a_plain_cherry_pick_is_known_by_its_words(void **state)
{
	struct place *p = *state;

	make_book(p);
	comment(p, "Ann", GRAY, "", "round/1^0");
	comment(p, "Ben", MIST, "", "round/1^0");
	assert_run(p, "echo more >>2.md && git commit -qam more && "
		   "git reset -q --hard && git cherry-pick refs/test/Ann");
	assert_state(p, COMMENT_APPLIED, "Ann");
	assert_int_equal(COMMENT_OPEN, by("Ben")->state.state);
}

static void passages_are_summed_up(void **state)
{
	struct place *p = *state;

	make_book(p);
	comment(p, "Ann", "A gray day.\n\nMist.", "", "round/1^0");
	commit(p, "Comment: $id.2/2", "Ann");
	assert_state(p, COMMENT_OPEN, "Ann");
	assert_int_equal(COMMENT_APPLIED, review_part(by("Ann"), 2)->state);
	assert_int_equal(COMMENT_OPEN, review_part(by("Ann"), 1)->state);
	assert_int_equal(0, by("Ann")->decided);
	note(p, "Ann", "2026-02-02T03:04:05Z declined.1/2 no");
	assert_state(p, COMMENT_APPLIED, "Ann");
	assert_string_equal("no", review_part(by("Ann"), 1)->words);
	note(p, "Ann", "2026-02-02T03:04:06Z open.1/2");
	assert_state(p, COMMENT_OPEN, "Ann");
}

/* ---- notes --------------------------------------------------------------- */

static void the_last_line_counts_and_bad_ones_do_not(void **state)
{
	struct place *p = *state;

	make_book(p);
	comment(p, "Ann", GRAY, "", "round/1^0");
	note(p, "Ann", "2026-02-03T00:00:00Z deferred until\\\\nspring");
	note(p, "Ann", "2026-02-04T00:00:00Z nonsense");
	note(p, "Ann", "yesterday declined");
	note(p, "Ann", "2026-02-05T00:00:00Z declined.x/2");
	assert_state(p, COMMENT_DEFERRED, "Ann");
	assert_string_equal("until\nspring", by("Ann")->state.words);
	note(p, "Ann", "2026-02-06T00:00:00Z declined no");
	assert_state(p, COMMENT_DECLINED, "Ann");
	assert_int_equal(1770076800, by("Ann")->decided);
	note(p, "Ann", "2026-02-07T00:00:00Z open");
	assert_state(p, COMMENT_OPEN, "Ann");
	/* what is in the text is, whatever was said of it */
	note(p, "Ann", "2026-02-08T00:00:00Z declined no");
	commit(p, "Comment: $id", "Ann");
	assert_state(p, COMMENT_APPLIED, "Ann");
}

/* The commits are of 02:41:40. */
static void what_was_said_before_a_commit_of_its_second_is_past(void **state)
{
	struct place *p = *state;

	make_book(p);
	comment(p, "Ann", "A gray day.\n\nMist.", "", "round/1^0");
	note(p, "Ann", "2026-02-02T02:41:40Z declined no");
	note(p, "Ann", "2026-02-02T02:41:41Z open@0");
	note(p, "Ann", "2026-02-02T02:41:42Z declined@0 never");
	assert_state(p, COMMENT_DECLINED, "Ann");
	commit(p, "Comment: $id", "Ann");
	assert_state(p, COMMENT_APPLIED, "Ann");
	commit(p, "This reverts commit $(git rev-parse HEAD).", "Ann");
	assert_state(p, COMMENT_OPEN, "Ann");
	/* after the first of them, not the second */
	assert_run(p, "git notes --ref=comments append -m "
		   "\"2026-02-02T02:41:43Z declined@$(git rev-parse HEAD^ | "
		   "cut -c1-12) so\" refs/test/Ann");
	assert_state(p, COMMENT_OPEN, "Ann");
	assert_run(p, "git notes --ref=comments append -m "
		   "\"2026-02-02T02:41:44Z deferred@$(git rev-parse HEAD | "
		   "cut -c1-12) so\" refs/test/Ann");
	assert_state(p, COMMENT_DEFERRED, "Ann");
	/* one that was rebased away: by dates */
	note(p, "Ann", "2026-02-02T02:41:45Z declined@123456789abc so");
	assert_state(p, COMMENT_DECLINED, "Ann");
	/* of all of it, and then of one passage */
	comment(p, "Ben", "A gray day.\n\nMist.", "", "round/1^0");
	note(p, "Ben", "2026-02-02T02:41:30Z declined no");
	commit(p, "Comment: $id.2/2", "Ben");
	assert_state(p, COMMENT_OPEN, "Ben");
	assert_int_equal(COMMENT_APPLIED, review_part(by("Ben"), 2)->state);
	note(p, "Ben", "2026-02-02T02:41:31Z declined.1/2@0 no");
	assert_state(p, COMMENT_APPLIED, "Ben");
	assert_int_equal(COMMENT_DECLINED, review_part(by("Ben"), 1)->state);
}

static void a_commit_of_the_authors_counts_while_head_has_it(void **state)
{
	struct place *p = *state;

	make_book(p);
	comment(p, "Ann", GRAY, "", "round/1^0");
	commit(p, "My own.", "Ann");
	note(p, "Ann", "2026-02-03T00:00:00Z applied $(git rev-parse HEAD)");
	assert_state(p, COMMENT_APPLIED, "Ann");
	assert_int_equal(DECIDED_BY_LINK, by("Ann")->state.source);
	commit(p, "This reverts commit $(git rev-parse HEAD).", "Ann");
	assert_state(p, COMMENT_OPEN, "Ann");
	assert_run(p, "git reset -q --hard HEAD^");
	assert_state(p, COMMENT_APPLIED, "Ann");
	note(p, "Ann", "2026-02-04T00:00:00Z declined no");
	assert_state(p, COMMENT_DECLINED, "Ann");
	note(p, "Ann", "2026-02-05T00:00:00Z applied $(git rev-parse HEAD)");
	assert_run(p, "git reset -q --hard HEAD^");
	assert_state(p, COMMENT_DECLINED, "Ann");
}

/* ---- many ---------------------------------------------------------------- */

static void the_same_change_is_one_with_several_readers(void **state)
{
	struct place *p = *state;
	const struct review_comment *first;

	make_book(p);
	comment(p, "Ann", GRAY, "", "round/1^0");
	comment(p, "Ben", GRAY, "", "round/1^0");
	comment(p, "Cat", MIST, "", "round/1^0");
	comment(p, "Dan", GRAY, "Kind: remark\\n", "round/1^0");
	read_all(p);
	assert_true(by("Ann")->same == by("Ben")->same);
	first = &review.items[by("Ann")->same];
	assert_true(first == by("Ann") || first == by("Ben"));
	assert_true(&review.items[first->next_same] ==
		    (first == by("Ann") ? by("Ben") : by("Ann")));
	assert_true(by("Cat") == &review.items[by("Cat")->same]);
	assert_true(by("Dan") == &review.items[by("Dan")->same]);
	assert_int_equal(SIZE_MAX, by("Cat")->next_same);
}

static void they_come_in_reading_order(void **state)
{
	static const char *const order[] = { "Dan", "Ben", "Cat", "Ann",
					     "Eve" };
	struct place *p = *state;

	make_book(p);
	comment(p, "Ann", "1", "Label: 1.10\\n", "round/1^0");
	comment(p, "Ben", "2", "Label: 1.2\\nPart: 1\\n", "round/1^0");
	comment(p, "Cat", "3", "Label: 1.2\\nPart: 2\\n", "round/1^0");
	comment(p, "Dan", "4", "", "round/1^0");
	comment(p, "Eve", "5", "", "round/1^0");
	/* the first Chunk counts */
	assert_run(p, "id=$(git cat-file commit refs/test/Eve | "
		   "sed 's/1\\.md/2.md/' | git hash-object -t commit -w "
		   "--stdin) && for ref in $(git for-each-ref --points-at="
		   "refs/test/Eve --format='%(refname)' refs/comments); do "
		   "git update-ref -d $ref; done && "
		   "git update-ref refs/comments/1/$(echo $id | cut -c1-12) "
		   "$id");
	read_all(p);
	assert_int_equal(5, review.count);
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(order[i],
				    review.items[i].comment.reader.name);
	assert_int_equal(1, by("Eve")->chunk);
}

static void one_that_goes_on_from_another_is_deeper(void **state)
{
	struct place *p = *state;

	make_book(p);
	comment(p, "Ann", GRAY, "", "round/1^0");
	comment(p, "Ben", "A gray day.\n\nMist.", "", "refs/test/Ann");
	read_all(p);
	assert_int_equal(0, by("Ann")->depth);
	assert_int_equal(1, by("Ben")->depth);
	assert_true(by("Ann")->changes && by("Ben")->changes);
}

static void what_got_a_place_later_is_said_once(void **state)
{
	struct place *p = *state;

	make_book(p);
	comment(p, "Ann", "A grey day.\n\nFog.",
		"Message-Id: 1@b\\nUnplaced: no such words\\n", "round/1^0");
	assert_state(p, COMMENT_OPEN, "Ann");
	assert_false(by("Ann")->changes);
	comment(p, "Ann", GRAY, "Message-Id: 1@b\\n", "round/1^0");
	read_all(p);
	assert_int_equal(2, review.count);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(review.items[i].comment.unplaced.len ?
				 COMMENT_SUPERSEDED : COMMENT_OPEN,
				 review.items[i].state.state);
	/* another thing of that mail is another thing */
	comment(p, "Ben", "A grey day.\n\nFog.", "Message-Id: 1@b\\nPart: 2\\n"
		"Unplaced: no such words\\n", "round/1^0");
	assert_state(p, COMMENT_OPEN, "Ben");
}

static void a_few_digits_name_one(void **state)
{
	struct place *p = *state;
	char name[64];
	unsigned part = 9;
	size_t at;

	make_book(p);
	comment(p, "Ann", GRAY, "", "round/1^0");
	read_all(p);
	snprintf(name, sizeof(name), "%.6s", by("Ann")->comment.id);
	assert_int_equal(0, review_find(&at, &part, &review, name, &p->err));
	assert_int_equal(0, part);
	strcat(name, ".2");
	assert_int_equal(0, review_find(&at, &part, &review, name, &p->err));
	assert_int_equal(2, part);
	name[3] = '\0';
	assert_int_not_equal(0, review_find(&at, &part, &review, name,
					    &p->err));
	assert_int_not_equal(0, review_find(&at, &part, &review, "zzzz",
					    &p->err));
	assert_int_equal(ERROR_NOT_FOUND, review_find(&at, &part, &review,
						      "0000", &p->err));
	review_release(&review);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_a_commit_names_is_applied_until_it_is_reverted),
		TEST(what_is_nearly_a_trailer_is_none),
		TEST(a_plain_cherry_pick_is_known_by_its_words),
		TEST(passages_are_summed_up),
		TEST(the_last_line_counts_and_bad_ones_do_not),
		TEST(what_was_said_before_a_commit_of_its_second_is_past),
		TEST(a_commit_of_the_authors_counts_while_head_has_it),
		TEST(the_same_change_is_one_with_several_readers),
		TEST(they_come_in_reading_order),
		TEST(one_that_goes_on_from_another_is_deeper),
		TEST(what_got_a_place_later_is_said_once),
		TEST(a_few_digits_name_one),
	};

	return cmocka_run_group_tests_name("review", tests, NULL, NULL);
}
