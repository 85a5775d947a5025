/* SPDX-License-Identifier: MIT */
/* Receipts, answers, and the file that keeps both while mails go out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "error.h"
#include "hand_over.h"
#include "notes.h"
#include "place.h"
#include "receipts.h"
#include "review.h"
#include "strbuf.h"

static const struct person ada = { "Ada", "ada@example.org" };
static const struct moment now = { 1767323045, 0 };

/* Two rounds, 1 and 2. */
static void make_rounds(struct place *place, struct review_round_list *rounds)
{
	assert_run(place, "printf '# One\\n' >1.md && git add . && "
		   "git commit -qm one && "
		   "GIT_COMMITTER_DATE=2026-01-01T00:00:00Z git tag -am "
		   "'Round 1' round/1 && git commit -qm two --allow-empty && "
		   "GIT_COMMITTER_DATE=2026-01-02T00:00:00Z git tag -am "
		   "'Round 2' round/2");
	assert_int_equal(0, review_round_list_read(rounds, place->repo,
						   &place->err));
	assert_int_equal(2, rounds->count);
}

static void send(struct place *place, struct hand_over *h,
		 const struct review_round *round, const char *address,
		 const char *id)
{
	struct strbuf line = STRBUF_INIT;
	struct hand_over_note note = { RECEIPT_NOTES, round->tag,
				       { NULL, 0 } };

	receipt_add_line(&line, &now, address, id);
	note.line = strbuf_slice(&line);
	assert_int_equal(0, hand_over_begin(h, address, &place->err));
	assert_int_equal(0, hand_over_done(h, &note, 1, &place->err));
	strbuf_release(&line);
}

static void what_was_sent_is_known_by_reader_and_round(void **state)
{
	struct place *place = *state;
	struct review_round_list rounds = REVIEW_ROUND_LIST_INIT;
	struct receipt_list list = RECEIPT_LIST_INIT;
	struct hand_over *h;

	make_rounds(place, &rounds);
	assert_int_equal(0, hand_over_open(&h, place->repo, &ada, &now,
					   &place->err));
	assert_null(hand_over_doubt(h));
	send(place, h, &rounds.items[0], "ann@example.net", "1@x");
	send(place, h, &rounds.items[1], "Ann@example.net", "2@x");
	send(place, h, &rounds.items[0], "ben@example.net", "3@x");
	assert_int_equal(0, hand_over_begin(h, "Cat", &place->err));
	assert_int_equal(0, hand_over_failed(h, &place->err));
	assert_int_equal(0, hand_over_close(h, &place->err));
	assert_run(place, "! test -e .git/galley-sent");
	assert_run(place, "test $(git rev-list --count refs/notes/rounds) = 1");
	assert_run(place, "git notes --ref=rounds show round/2 | grep -Ex "
		   "'2026-01-02T03:04:05Z sent R[0-9A-Z]{5} <2@x> "
		   "[0-9a-f]{8}'");
	assert_int_equal(0, receipt_list_read(&list, place->repo, &rounds,
					      &place->err));
	assert_int_equal(3, list.count);
	assert_string_equal("2@x", receipt_last(&list, "ANN@example.net",
						SIZE_MAX)->message_id);
	assert_string_equal("1", receipt_last(&list, "ann@example.net",
					      1)->round);
	assert_null(receipt_of(&list, "ben@example.net", 1));
	assert_string_equal("3@x", receipt_of(&list, "ben@example.net",
					      0)->message_id);
	assert_null(receipt_last(&list, "cat@example.net", SIZE_MAX));
	receipt_list_release(&list);
	review_round_list_release(&rounds);
}

/* A run that ends without a word, at its worst moment. */
static void who_is_killed_loses_no_receipt(void **state)
{
	struct place *place = *state;
	struct review_round_list rounds = REVIEW_ROUND_LIST_INIT;
	struct receipt_list list = RECEIPT_LIST_INIT;
	struct hand_over *h, *other;
	int status;
	pid_t child;

	make_rounds(place, &rounds);
	child = fork();
	if (!child) {
		if (hand_over_open(&h, place->repo, &ada, &now, NULL) < 0)
			_exit(1);
		send(place, h, &rounds.items[0], "ann@example.net", "1@x");
		send(place, h, &rounds.items[0], "ben@example.net", "2@x");
		hand_over_begin(h, "Cat\n<cat@example.net>", NULL);
		_exit(7);
	}
	assert_int_equal(child, waitpid(child, &status, 0));
	assert_int_equal(7, WEXITSTATUS(status));
	assert_run(place, "printf '+ refs/notes/rounds 1234' "
		   ">>.git/galley-sent");
	assert_int_equal(0, hand_over_open(&h, place->repo, &ada, &now,
					   &place->err));
	assert_string_equal("Cat <cat@example.net>", hand_over_doubt(h));
	assert_int_equal(ERROR_BUSY, hand_over_open(
		&other, place->repo, &ada, &now, &place->err));
	assert_int_equal(0, receipt_list_read(&list, place->repo, &rounds,
					      &place->err));
	assert_int_equal(2, list.count);
	assert_int_equal(0, hand_over_close(h, &place->err));
	assert_int_equal(0, hand_over_open(&h, place->repo, &ada, &now,
					   &place->err));
	assert_null(hand_over_doubt(h));
	assert_int_equal(0, hand_over_close(h, &place->err));
	receipt_list_release(&list);
	review_round_list_release(&rounds);
}

/* A comment, and what the note on it says. */
static void make_comment(struct place *place)
{
	assert_run(place,
		   "printf '# One\\n\\nFog.\\n' >1.md && git add . && "
		   "git commit -qm one && id=$(printf 'Too short\\n\\n"
		   "Channel: mail\\nDate: Fri, 2 Jan 2026 03:04:05 +0000\\n' | "
		   "git commit-tree -p HEAD HEAD^{tree}) && "
		   "git update-ref refs/comments/-/x $id");
}

static void note(struct place *place, const char *text)
{
	char command[512];

	snprintf(command, sizeof(command), "printf '%s' | git notes "
		 "--ref=comments add -f -F - refs/comments/-/x", text);
	assert_run(place, command);
}

static bool wants(struct place *place, struct review *review)
{
	struct manuscript *ms = NULL;

	review_release(review);
	assert_int_equal(0, manuscript_open(&ms, place->path, NULL,
					    &place->err));
	assert_int_equal(0, review_read(review, ms, NULL, &place->err));
	manuscript_close(ms);
	assert_int_equal(1, review->count);
	return review_wants_answer(review->items);
}

static void a_reader_is_told_once(void **state)
{
	struct place *place = *state;
	struct review review = REVIEW_INIT;

	make_comment(place);
	assert_false(wants(place, &review));
	note(place, "2026-01-02T03:04:05Z declined no\\n");
	assert_true(wants(place, &review));
	assert_string_equal("", review.items->answered.message_id);
	note(place, "2026-01-02T03:04:05Z declined no\\n"
	     "2026-01-03T03:04:05Z answered <1@x> declined\\n"
	     "2026-01-04T03:04:05Z answered <2@x> declined\\n");
	assert_false(wants(place, &review));
	assert_string_equal("2@x", review.items->answered.message_id);
	assert_true(review.items->answered.time == 1767409445);
	/* put off, told so, and declined in the end */
	note(place, "2026-01-02T03:04:05Z deferred\\n");
	assert_true(wants(place, &review));
	note(place, "2026-01-02T03:04:05Z deferred\\n"
	     "2026-01-03T03:04:05Z answered <1@x> deferred\\n");
	assert_false(wants(place, &review));
	note(place, "2026-01-02T03:04:05Z deferred\\n"
	     "2026-01-03T03:04:05Z answered <1@x> deferred\\n"
	     "2026-01-04T03:04:05Z declined\\n");
	assert_true(wants(place, &review));
	note(place, "2026-01-02T03:04:05Z answered\\n"
	     "2026-01-02T03:04:05Z answered 1@x\\n"
	     "2026-01-02T03:04:05Z answered <>\\n"
	     "x answered <1@x>\\n"
	     "2026-01-02T03:04:05Z declined answered <1@x>\\n");
	assert_true(wants(place, &review));
	review_release(&review);
}

static void an_answer_comes_after_all_that_was_said(void **state)
{
	struct place *place = *state;
	struct review review = REVIEW_INIT;
	struct strbuf line = STRBUF_INIT;

	make_comment(place);
	note(place, "2026-01-02T03:04:05Z deferred\\n");
	assert_true(wants(place, &review));
	assert_int_equal(0, review_answer_line(
		&line, place->repo, review.items, &now, "1@x", &place->err));
	assert_string_equal("2026-01-02T03:04:06Z answered <1@x> deferred\n",
			    line.buf);
	strbuf_release(&line);
	review_release(&review);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_was_sent_is_known_by_reader_and_round),
		TEST(who_is_killed_loses_no_receipt),
		TEST(a_reader_is_told_once),
		TEST(an_answer_comes_after_all_that_was_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
