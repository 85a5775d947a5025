/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "place.h"
#include "round_status.h"
#include "strbuf.h"

#define HOUR 3600

/* A book of two rounds, the first sent at 100 to the readers given. */
struct fixture {
	struct manuscript *ms;
	struct review review;
	struct review_comment comments[8];
	struct review_round_list rounds;
	struct receipt_list receipts;
	struct reader_list readers;
	struct round_status status;
	struct error err;
};

static void open_book(struct fixture *f, struct place *p, const char *list,
		      const char *const *sent)
{
	struct strbuf command = STRBUF_INIT;
	int rc;

	*f = (struct fixture){
		.rounds = REVIEW_ROUND_LIST_INIT,
		.receipts = RECEIPT_LIST_INIT,
		.readers = READER_LIST_INIT, .status = ROUND_STATUS_INIT,
		.err = ERROR_INIT
	};
	f->review.items = f->comments;
	assert_run(p, "printf '# S\\n\\n- [One](1.md)\\n' >SUMMARY.md && "
		   "echo One >1.md && git add . && git commit -qm 1 && "
		   "git tag -m 'Round 1' round/1 && "
		   "git commit --allow-empty -qm 2 && "
		   "git tag -m 'Round 2' round/2");
	for (; *sent; sent++) {
		strbuf_truncate(&command, 0);
		strbuf_adds(&command, "git notes --ref=rounds append -m '");
		receipt_add_line(&command, &(struct moment){ 100, 0 }, *sent,
				 "1@example.org");
		strbuf_adds(&command, "' round/1");
		assert_run(p, command.buf);
	}
	strbuf_release(&command);
	rc = manuscript_open(&f->ms, p->path, NULL, &f->err);
	assert_int_equal(0, rc);
	assert_int_equal(0, review_round_list_read(&f->rounds, p->repo,
						   &f->err));
	assert_int_equal(0, receipt_list_read(&f->receipts, p->repo,
					      &f->rounds, &f->err));
	assert_int_equal(0, reader_list_parse(&f->readers, slice_of(list),
					      "readers", &f->err));
}

/* Said at `when`, first decided at `decided`, told at `told`; 0: not. */
static void say(struct fixture *f, const char *round, const char *address,
		int64_t when, enum comment_state state, int64_t decided,
		int64_t told)
{
	struct review_comment *c = &f->comments[f->review.count++];

	*c = (struct review_comment){ .chunk = 0, .decided = decided };
	c->comment.round = round;
	c->comment.chunk = SLICE("1.md");
	c->comment.reader = (struct person){ "Some Body", address };
	c->comment.when.seconds = when;
	c->state = (struct decision){ .state = state, .time = decided,
				      .words = "", .commit = "" };
	c->answered = (struct answer){ told, told ? "a@b" : "", false };
}

static const struct status_round *read_status(struct fixture *f,
					      const char *round)
{
	assert_int_equal(0, round_status_read(&f->status,
		&(struct status_sources){ f->ms, &f->review, &f->rounds,
			&f->readers, &f->receipts }, round, &f->err));
	return &f->status.rounds[f->status.at];
}

static void close_book(struct fixture *f)
{
	round_status_release(&f->status);
	reader_list_release(&f->readers);
	receipt_list_release(&f->receipts);
	review_round_list_release(&f->rounds);
	manuscript_close(f->ms);
}

static const char *const nobody[] = { NULL };

static void the_median_is_in_the_middle(void **state)
{
	const struct status_round *r;
	struct fixture f;

	open_book(&f, *state, "", nobody);
	say(&f, "1", "a@b.org", 1000, COMMENT_DECLINED, 1000 + 9 * HOUR, 0);
	say(&f, "1", "c@b.org", 1000, COMMENT_DECLINED, 1000 + HOUR, 0);
	say(&f, "1", "d@b.org", 1000, COMMENT_OPEN, 0, 0);
	r = read_status(&f, "1");
	assert_int_equal(5 * HOUR, r->median);
	assert_int_equal(9 * HOUR, r->slowest);
	assert_int_equal(2, r->answered);
	round_status_release(&f.status);
	say(&f, "1", "d@b.org", 1000, COMMENT_NOTED, 1000 + 2 * HOUR, 0);
	say(&f, "1", "d@b.org", 9000, COMMENT_SUPERSEDED, 0, 0);
	r = read_status(&f, "1");
	assert_int_equal(2 * HOUR, r->median);
	assert_int_equal(4, r->count.said);
	/* the clock of a reader may be ahead of ours */
	round_status_release(&f.status);
	say(&f, "2", "d@b.org", INT64_C(9999999999), COMMENT_DECLINED, 9, 0);
	assert_int_equal(0, read_status(&f, "2")->slowest);
	close_book(&f);
}

static void until_answers_are_mailed_the_decision_is_one(void **state)
{
	const struct status_round *r;
	struct fixture f;

	open_book(&f, *state, "", nobody);
	say(&f, "1", "a@b.org", 1000, COMMENT_DECLINED, 2000, 0);
	r = read_status(&f, "1");
	assert_false(r->by_mail);
	assert_int_equal(0, status_waiting(&r->count));
	assert_int_equal(1000, r->median);
	/* in another round they are: here nothing changes */
	round_status_release(&f.status);
	say(&f, "2", "a@b.org", 1000, COMMENT_DECLINED, 2000, 4000);
	assert_int_equal(0, status_waiting(&read_status(&f, "1")->count));
	round_status_release(&f.status);
	say(&f, "2", "c@b.org", 1500, COMMENT_DECLINED, 2000, 0);
	say(&f, "2", "unknown@mail.invalid", 1000, COMMENT_DECLINED, 2000, 0);
	r = read_status(&f, "2");
	assert_true(r->by_mail);
	assert_int_equal(1, r->count.untold);
	assert_int_equal(1500, r->count.since);
	assert_int_equal(3, r->count.decided);
	assert_int_equal(2, r->answered);
	assert_int_equal(3000, r->slowest);
	close_book(&f);
}

static void who_was_sent_it_and_is_silent_is_known(void **state)
{
	static const char *const sent[] = { "ann@b.org", "ben@b.org",
					    "gone@b.org", NULL };
	const struct status_reader *readers;
	struct fixture f;

	open_book(&f, *state, "Ann <ann@b.org>\nBen <ben@b.org>\n"
		  "Cat <cat@b.org> stop\n", sent);
	say(&f, "1", "Ann@b.org", 1000, COMMENT_OPEN, 0, 0);
	say(&f, "1", "eve@b.org", 900, COMMENT_DECLINED, 2000, 0);
	read_status(&f, "1");
	readers = f.status.readers;
	assert_int_equal(3, f.status.sent);
	assert_int_equal(1, f.status.sent_heard);
	assert_int_equal(2, f.status.heard);
	assert_int_equal(4, f.status.reader_count);
	assert_string_equal("Ann@b.org", readers[0].person.email);
	assert_int_equal(100, readers[0].sent);
	assert_true(readers[0].listed);
	assert_string_equal("eve@b.org", readers[1].person.email);
	assert_false(readers[1].listed || readers[1].sent);
	assert_string_equal("Ben", readers[2].person.name);
	assert_int_equal(100, readers[2].sent);
	assert_int_equal(0, readers[2].count.said);
	assert_string_equal("Cat", readers[3].person.name);
	assert_true(readers[3].stop && !readers[3].sent);
	/* the other round was sent to nobody */
	round_status_release(&f.status);
	read_status(&f, NULL);
	assert_int_equal(0, f.status.sent);
	assert_int_equal(0, f.status.heard);
	close_book(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_median_is_in_the_middle),
		TEST(until_answers_are_mailed_the_decision_is_one),
		TEST(who_was_sent_it_and_is_silent_is_known),
	};

	return cmocka_run_group_tests_name("round_status", tests, NULL, NULL);
}
