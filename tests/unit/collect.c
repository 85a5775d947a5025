/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "collect.h"
#include "comment.h"
#include "markdown_read.h"
#include "notes.h"
#include "place.h"
#include "review.h"
#include "strbuf.h"

#define ROUND_1 1770000000	/* 2026-02-02 */
#define ROUND_2 1780000000

/* Two rounds: what was grey is blue in the second. */
static void make_book(struct place *p)
{
	assert_run(p, "export GIT_COMMITTER_DATE='1770000000 +0000' && "
		   "printf '# S\\n\\n- [One](1.md)\\n' >SUMMARY.md && "
		   "printf '# One\\n\\nA grey day.\\n\\nFog.\\n' >1.md && "
		   "git add . && git commit -qm 1 && "
		   "git tag -m 'Round 1' round/1 && "
		   "export GIT_COMMITTER_DATE='1780000000 +0000' && "
		   "printf '# One\\n\\nA blue day.\\n\\nFog.\\n' >1.md && "
		   "git commit -qam 2 && git tag -m 'Round 2' round/2");
}

/* ---- what is said ---------------------------------------------------------- */

static struct feedback_list list = FEEDBACK_LIST_INIT;
static struct collection made = COLLECTION_INIT;

static struct feedback *add(enum feedback_kind kind, const char *who,
			    const char *id, unsigned part, int64_t when)
{
	struct feedback *f = feedback_list_add(&list, kind);

	f->who = (struct person){ who, "reader@example.org" };
	f->message_id = id;
	f->part = part;
	f->when.seconds = when;
	f->channel = "mail";
	f->mail = SLICE("From: Ann\n\nThe mail.\n");
	return f;
}

static struct feedback *remark(const char *id, int64_t when, const char *label,
			       const char *words)
{
	struct feedback *f = add(FEEDBACK_REMARK, "Ann", id, 1, when);

	f->label = label;
	f->words = words;
	return f;
}

static struct feedback *edit(const char *id, int64_t when, const char *old,
			     const char *new)
{
	struct feedback *f = add(FEEDBACK_EDIT, "Ann", id, 1, when);

	f->old_words = old;
	f->new_words = new;
	return f;
}

/* The caller's list, collected into `made`, and empty again after that. */
static void collect_with(struct place *p, const struct collect_options *more)
{
	struct collect_options options = *more;
	struct manuscript *ms = NULL;

	options.who = (struct person){ "Ada", "ada@example.org" };
	options.when = (struct moment){ ROUND_2, 0 };
	if (!options.from.name)
		options.from = (struct person){ "", "" };
	if (!options.again)
		options.again = list.count;
	collection_release(&made);
	assert_int_equal(0, manuscript_open(&ms, p->path, "HEAD", &p->err));
	assert_int_equal(0, collect(&made, ms, markdown_read, &list, &options,
				    &p->err));
	manuscript_close(ms);
}

static void collect_all(struct place *p)
{
	collect_with(p, &(struct collect_options){ .round = NULL });
}

static void forget(void)
{
	collection_release(&made);
	feedback_list_release(&list);
	list = (struct feedback_list)FEEDBACK_LIST_INIT;
}

/* ---- tests ------------------------------------------------------------------- */

static void words_belong_to_the_round_that_was_open(void **state)
{
	struct place *p = *state;

	make_book(p);
	edit("1@b", ROUND_1 + 9, "grey", "gray");
	edit("2@b", ROUND_2 + 9, "blue", "pale");
	/* what does not stand in that round is looked for in others */
	edit("3@b", ROUND_2 + 9, "grey", "dull");
	edit("4@b", ROUND_1 + 9, "blue", "dark");
	remark("5@b", ROUND_2 + 9, "", "Good.")->round = "1";
	collect_all(p);
	assert_int_equal(5, made.count);
	assert_string_equal("1", made.items[0].round);
	assert_string_equal("2", made.items[1].round);
	assert_string_equal("1", made.items[2].round);
	assert_string_equal("2", made.items[3].round);
	assert_string_equal("1", made.items[4].round);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(COLLECTED_NEW, made.items[i].state);
	assert_false(made.items[0].is_remark);
	assert_string_equal("1.1", made.items[0].label);
	assert_string_equal("1.md", made.items[0].chunk);
	assert_clean(p);
	/* a round that is asked for is the only one */
	forget();
	edit("6@b", ROUND_2 + 9, "grey", "gray");
	collect_with(p, &(struct collect_options){ .round = "2" });
	assert_int_equal(COLLECTED_UNPLACED, made.items[0].state);
	forget();
}

static void the_same_words_are_known_and_others_are_not(void **state)
{
	struct place *p = *state;
	char id[COMMIT_ID_LENGTH + 1];

	make_book(p);
	edit("1@b", ROUND_1 + 9, "grey", "gray");
	edit("1@b", ROUND_1 + 9, "grey", "gray");
	collect_all(p);
	assert_int_equal(COLLECTED_NEW, made.items[0].state);
	assert_int_equal(COLLECTED_KNOWN, made.items[1].state);
	memcpy(id, made.items[0].id, sizeof(id));
	collect_all(p);
	assert_int_equal(COLLECTED_KNOWN, made.items[0].state);
	assert_string_equal(id, made.items[0].id);
	list.items[1].part = 2;
	list.items[0].message_id = "2@b";
	collect_all(p);
	assert_int_equal(COLLECTED_NEW, made.items[0].state);
	assert_int_equal(COLLECTED_NEW, made.items[1].state);
	assert_run(p, "test $(git for-each-ref refs/comments | grep -c .) = 3");
	forget();
}

static void what_has_no_place_is_kept_and_tried_again(void **state)
{
	struct place *p = *state;
	struct strbuf mail = STRBUF_INIT;

	make_book(p);
	remark("1@b", ROUND_1 + 9, "7.1", "What is this?");
	collect_all(p);
	assert_int_equal(COLLECTED_UNPLACED, made.items[0].state);
	assert_string_equal("there is no paragraph 7.1", made.items[0].why);
	assert_true(made.items[0].is_remark);
	assert_int_equal(0, notes_read(&mail, p->repo, REVIEW_MAIL_NOTES,
				       made.items[0].id, &p->err));
	assert_string_equal("From: Ann\n\nThe mail.\n", mail.buf);
	strbuf_release(&mail);
	/* again: nothing is said of it while it has no place */
	remark("2@b", ROUND_2 + 9, "1.1", "Ah.");
	list.items[0] = list.items[1];
	list.items[1] = *remark("1@b", ROUND_1 + 9, "7.1", "What is this?");
	list.count = 2;
	collect_with(p, &(struct collect_options){ .again = 1 });
	assert_int_equal(1, made.count);
	assert_string_equal("Ah.", made.items[0].subject);
	/* and it is told when it has one: the round that it is about came */
	list.items[1].label = "1.2";
	collect_with(p, &(struct collect_options){ .again = 1 });
	assert_int_equal(2, made.count);
	assert_int_equal(COLLECTED_NEW, made.items[1].state);
	assert_string_equal("1.2", made.items[1].label);
	forget();
}

static void an_edit_in_doubt_is_a_remark_that_says_what_was_asked(void **state)
{
	struct place *p = *state;
	struct review review = REVIEW_INIT;
	struct manuscript *ms = NULL;

	make_book(p);
	edit("1@b", ROUND_2 + 9, "day", "night")->label = "1.2";
	collect_all(p);
	assert_true(made.items[0].is_remark);
	assert_string_equal("1.2", made.items[0].label);
	assert_string_equal("'day' does not stand in 1.2", made.items[0].why);
	assert_int_equal(0, manuscript_open(&ms, p->path, NULL, &p->err));
	assert_int_equal(0, review_read(&review, ms, NULL, &p->err));
	assert_int_equal(1, review.count);
	assert_true(slice_eq_str(review.items[0].comment.subject,
				 "1.2: \"day\" -> \"night\""));
	review_release(&review);
	manuscript_close(ms);
	forget();
}

static void who_says_it_always_has_a_name(void **state)
{
	struct place *p = *state;
	struct feedback *f;

	make_book(p);
	f = remark("1@b", ROUND_2 + 9, "", "One.");
	f->who = (struct person){ "", "cat@example.org" };
	f = remark("2@b", ROUND_2 + 9, "", "Two.");
	f->who = (struct person){ " <>\n", "" };
	collect_all(p);
	assert_string_equal("cat", made.items[0].reader.name);
	assert_string_equal("Unknown reader", made.items[1].reader.name);
	assert_string_equal("unknown@mail.invalid",
			    made.items[1].reader.email);
	collect_with(p, &(struct collect_options){
		.from = { "Dan", "dan@example.org" } });
	assert_string_equal("Dan", made.items[0].reader.name);
	assert_string_equal("dan@example.org", made.items[1].reader.email);
	forget();
}

static void a_dry_run_writes_nothing_but_can_be_read(void **state)
{
	struct review review = REVIEW_INIT;
	struct manuscript *ms = NULL;
	struct collect_options options = { .from = { "", "" },
					   .dry_run = true, .again = 1 };
	struct place *p = *state;

	make_book(p);
	edit("1@b", ROUND_2 + 9, "blue", "pale");
	assert_run(p, "find .git -type f | sort >before");
	assert_int_equal(0, manuscript_open(&ms, p->path, "HEAD", &p->err));
	assert_int_equal(0, collect(&made, ms, markdown_read, &list, &options,
				    &p->err));
	assert_int_equal(0, review_read_also(&review, ms,
		&(struct review_extra){ made.items[0].round,
					made.items[0].id }, 1, &p->err));
	assert_int_equal(1, review.count);
	assert_true(review.items[0].changes);
	assert_string_equal("2", review.items[0].comment.round);
	assert_run(p, "find .git -type f | sort | diff before -");
	review_release(&review);
	manuscript_close(ms);
	forget();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(words_belong_to_the_round_that_was_open),
		TEST(the_same_words_are_known_and_others_are_not),
		TEST(what_has_no_place_is_kept_and_tried_again),
		TEST(an_edit_in_doubt_is_a_remark_that_says_what_was_asked),
		TEST(who_says_it_always_has_a_name),
		TEST(a_dry_run_writes_nothing_but_can_be_read),
	};

	return cmocka_run_group_tests_name("collect", tests, NULL, NULL);
}
