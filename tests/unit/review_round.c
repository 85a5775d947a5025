/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "error.h"
#include "identity.h"
#include "review_round.h"
#include "round_message.h"
#include "round_name.h"
#include "strbuf.h"

/* ---- messages --------------------------------------------------------- */

static void a_message_is_read_as_it_was_written(void **state)
{
	static const struct {
		const char *words, *due, *message, *read;
	} cases[] = {
		{ "", "", "Round 2\n", "" },
		{ "", "2026-12-24", "Round 2\n\nDue: 2026-12-24\n", "" },
		{ "Hello", "", "Round 2\n\nHello\n", "Hello" },
		{ "\n \nA \r\n\r\n\tb\n\n", "2026-12-24",
		  "Round 2\n\nA\n\n\tb\n\nDue: 2026-12-24\n", "A\n\n\tb" },
		{ "One\n\nDue: 2020-01-01", "2026-12-24",
		  "Round 2\n\nOne\n\nDue: 2020-01-01\n\nDue: 2026-12-24\n",
		  "One\n\nDue: 2020-01-01" },
		{ "Round 2", "", "Round 2\n\nRound 2\n", "Round 2" },
		{ "No day:\nDue: 2020-01-01", "",
		  "Round 2\n\nNo day:\nDue: 2020-01-01\n",
		  "No day:\nDue: 2020-01-01" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct strbuf message = STRBUF_INIT, words = STRBUF_INIT;
		char due[CALENDAR_DAY_SIZE];

		round_message_write(&message, "2", slice_of(cases[i].words),
				    cases[i].due);
		assert_string_equal(cases[i].message, message.buf);
		round_message_read(&words, due, "2", strbuf_slice(&message));
		assert_string_equal(cases[i].read, words.buf);
		assert_string_equal(cases[i].due, due);
		strbuf_release(&message);
		strbuf_release(&words);
	}
}

static void what_people_write_by_hand_is_read(void **state)
{
	static const struct {
		const char *message, *words, *due;
	} cases[] = {
		{ "", "", "" },
		{ "Round 2", "", "" },
		{ "Round 20\n\nx", "Round 20\n\nx", "" },
		{ "second round", "second round", "" },
		{ "Due: 2026-12-24", "", "2026-12-24" },
		{ "Round 2\n\nDue: soon\n", "Due: soon", "" },
		{ "Round 2\n\nDue: 2026-02-30\n", "Due: 2026-02-30", "" },
		{ "Round 2\n\nDue: +000000014d\n", "Due: +000000014d", "" },
		{ "Round 2\r\n\r\nA\r\n\r\nDue: 2026-12-24 \r\n\r\n", "A",
		  "2026-12-24" },
		{ "Round 2\n\nA\n\nDue: 2026-12-24\n-----BEGIN PGP SIGNATURE"
		  "-----\n\niQIz\n-----END PGP SIGNATURE-----\n", "A",
		  "2026-12-24" },
		{ "Round 2\n\nA\n-----BEGIN SSH SIGNATURE-----\nU1NI\n", "A",
		  "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct strbuf words = STRBUF_INIT;
		char due[CALENDAR_DAY_SIZE];

		round_message_read(&words, due, "2",
				   slice_of(cases[i].message));
		assert_string_equal(cases[i].words, words.buf);
		assert_string_equal(cases[i].due, due);
		strbuf_release(&words);
	}
}

/* ---- names ------------------------------------------------------------ */

static void names_count_as_people_do(void **state)
{
	static const char *const sorted[] = {
		"", "-1", "01", "1", "1-a", "1.2", "1.10", "2", "10",
		"99999999999999999999", "100000000000000000000", "a", "a1",
		"a1b", "a2", "a10", "b", "\xC3\xA4"
	};
	size_t count = sizeof(sorted) / sizeof(*sorted);

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++) {
			int order = round_name_compare(sorted[i], sorted[j]);

			assert_int_equal((i > j) - (i < j),
					 (order > 0) - (order < 0));
		}
}

static void numbers_are_written_as_we_write_them(void **state)
{
	assert_int_equal(12, round_name_number("12"));
	assert_int_equal(12, round_name_number("12/final"));
	assert_int_equal(999999999, round_name_number("999999999"));
	assert_int_equal(0, round_name_number("9999999999"));
	assert_int_equal(0, round_name_number("012"));
	assert_int_equal(0, round_name_number("12a"));
	assert_int_equal(0, round_name_number(""));
	assert_int_equal(0, round_name_number("-1"));
}

static void a_round_is_named_by_its_tag(void **state)
{
	assert_string_equal("2", review_round_name("round/2"));
	assert_string_equal("2", review_round_name("tags/round/2"));
	assert_string_equal("2", review_round_name("refs/tags/round/2"));
	assert_null(review_round_name("2"));
	assert_null(review_round_name("rounds/2"));
}

/* ---- rounds in a repository ------------------------------------------- */

struct place {
	char path[80];
	struct repository *repo;
	struct commit_info first, second;
	struct review_round_list list;
	struct error err;
};

static int run(const struct place *p, const char *command)
{
	char line[1024];

	snprintf(line, sizeof(line), "cd '%s' && { %s; } >out 2>&1 </dev/null",
		 p->path, command);
	return system(line);
}

static int setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	strcpy(p->path, "/tmp/galley-unit-XXXXXX");
	assert_non_null(mkdtemp(p->path));
	assert_int_equal(0, setenv("HOME", p->path, 1));
	unsetenv("XDG_CONFIG_HOME");
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	assert_int_equal(0, run(p, 
		"git config --global user.name 'A. Writer' && "
		"git config --global user.email writer@example.org && "
		"git init -q . && "
		"git commit -q --allow-empty -m 1 && "
		"git commit -q --allow-empty -m 2"));
	assert_int_equal(0, repository_open(&p->repo, p->path, &p->err));
	assert_int_equal(0, repository_resolve(&p->first, p->repo, "HEAD~1",
					       &p->err));
	assert_int_equal(0, repository_resolve(&p->second, p->repo, "HEAD",
					       &p->err));
	*state = p;
	return 0;
}

static int teardown(void **state)
{
	struct place *p = *state;
	char line[128];

	review_round_list_release(&p->list);
	repository_close(p->repo);
	snprintf(line, sizeof(line), "rm -rf '%s'", p->path);
	assert_int_equal(0, system(line));
	free(p);
	return 0;
}

static void read_again(struct place *p)
{
	review_round_list_release(&p->list);
	assert_int_equal(0, review_round_list_read(&p->list, p->repo,
						   &p->err));
}

static struct review_round_plan plan_at(const struct commit_info *commit,
					int64_t seconds)
{
	return (struct review_round_plan){
		.commit = commit->id, .opener = { "Ada", "ada@example.org" },
		.opened = { seconds, 60 }
	};
}

static int open_at(struct place *p, const struct review_round_plan *plan,
		   const char *name, bool known)
{
	const struct review_round *round = NULL;
	bool was = !known;
	int rc = review_round_open(&round, &was, &p->list, p->repo, plan,
				   false, &p->err);

	if (rc < 0)
		return rc;
	assert_string_equal(name, round->name);
	assert_int_equal(known, was);
	return 0;
}

static void what_was_opened_is_read_back(void **state)
{
	struct place *p = *state;
	struct review_round_plan plan = plan_at(&p->first, 1767323045);
	const struct review_round *round;

	plan.words = "One\n\ntwo\n";
	plan.due = "+2w";
	assert_int_equal(0, open_at(p, &plan, "1", false));
	for (int i = 0; i < 2; i++) {
		assert_int_equal(0, review_round_find(&round, &p->list, NULL,
						      &p->err));
		assert_string_equal("1", round->name);
		assert_string_equal("One\n\ntwo", round->words);
		assert_string_equal("2026-01-16", round->due);
		assert_string_equal(p->first.id, round->commit);
		assert_string_equal(p->first.short_id, round->short_commit);
		assert_string_equal("Ada", round->opener.name);
		assert_string_equal("ada@example.org", round->opener.email);
		assert_int_equal(1767323045, round->opened.seconds);
		assert_int_equal(60, round->opened.offset);
		assert_int_equal(COMMIT_ID_LENGTH, strlen(round->tag));
		assert_false(round->closed);
		read_again(p);
	}
}

static void the_newest_is_the_latest_then_the_highest(void **state)
{
	struct place *p = *state;
	struct review_round_plan plan = plan_at(&p->first, 200);
	const struct review_round *round;

	for (int i = 1; i <= 11; i++) {
		char name[8];

		snprintf(name, sizeof(name), "%d", i);
		plan.name = name;
		assert_int_equal(0, open_at(p, &plan, name, false));
	}
	plan.name = "12";
	plan.opened.seconds = 100;
	assert_int_equal(0, open_at(p, &plan, "12", false));
	for (int i = 0; i < 2; i++) {
		assert_int_equal(0, review_round_find(&round, &p->list, NULL,
						      &p->err));
		assert_string_equal("11", round->name);
		assert_string_equal("12", p->list.items[0].name);
		assert_string_equal("9", p->list.items[9].name);
		read_again(p);
	}
	assert_int_equal(0, review_round_find(&round, &p->list, "round/2",
					      &p->err));
	assert_string_equal("2", round->name);
	assert_int_equal(ERROR_NOT_FOUND, review_round_find(
		&round, &p->list, "13", &p->err));
	assert_string_equal("no round named '13'", p->err.message);
}

static void the_next_number_is_after_all_that_are_taken(void **state)
{
	struct place *p = *state;
	struct review_round_plan plan = plan_at(&p->second, 100);

	assert_int_equal(0, run(p, "git tag round/7 && git tag round/final && "
				"git tag -am x round/9/x"));
	read_again(p);
	assert_int_equal(0, p->list.count);
	assert_int_equal(0, open_at(p, &plan, "10", false));
}

static void the_same_again_is_known(void **state)
{
	struct place *p = *state;
	struct review_round_plan plan = plan_at(&p->first, 1767323045);

	plan.words = "words \n";
	plan.due = "14d";
	assert_int_equal(0, open_at(p, &plan, "1", false));
	plan.opened.seconds += 5 * 86400;
	read_again(p);
	assert_int_equal(0, open_at(p, &plan, "1", true));
	plan.words = "\nwords";
	plan.due = NULL;
	plan.name = "1";
	assert_int_equal(0, open_at(p, &plan, "1", true));
	assert_int_equal(1, p->list.count);
	plan.words = "";
	assert_int_equal(ERROR_EXISTS, open_at(p, &plan, "", false));
	plan.words = NULL;
	plan.due = "15d";
	assert_int_equal(ERROR_EXISTS, open_at(p, &plan, "", false));
	plan = plan_at(&p->second, 200);
	plan.name = "1";
	assert_int_equal(ERROR_EXISTS, open_at(p, &plan, "", false));
	plan.name = NULL;
	assert_int_equal(0, open_at(p, &plan, "2", false));
}

static void a_dry_run_writes_nothing(void **state)
{
	struct place *p = *state;
	struct review_round_plan plan = plan_at(&p->first, 100);
	const struct review_round *round;
	bool known;

	assert_int_equal(0, review_round_open(&round, &known, &p->list,
					      p->repo, &plan, true, &p->err));
	assert_string_equal("1", round->name);
	assert_string_equal("", round->tag);
	read_again(p);
	assert_int_equal(0, p->list.count);
}

static void a_closed_round_stays_closed(void **state)
{
	struct place *p = *state;
	struct review_round_plan plan = plan_at(&p->first, 100);
	struct moment when = { 1767323045, 60 };

	assert_int_equal(0, open_at(p, &plan, "1", false));
	for (int i = 0; i < 2; i++) {
		assert_int_equal(0, review_round_close(
			p->repo, p->list.items, &plan.opener, &when, &p->err));
		read_again(p);
		assert_true(p->list.items->closed);
		assert_int_equal(1767323045, p->list.items->closed_at.seconds);
		when.seconds -= 5;
	}
	assert_int_equal(0, run(p, "git notes --ref=comments show "
				"$(git rev-parse round/1) | "
				"grep -x 2026-01-02T03:04:05Z.closed"));
	assert_int_equal(ERROR_EXISTS, open_at(p, &plan, "", false));
	assert_string_equal("round '1' is there already, and closed",
			    p->err.message);
}

static void other_lines_of_the_note_close_nothing(void **state)
{
	struct place *p = *state;
	struct review_round_plan plan = plan_at(&p->first, 100);

	assert_int_equal(0, open_at(p, &plan, "1", false));
	assert_int_equal(0, run(p, "printf 'closed\\nsoon closed\\n"
		"2026-01-02T03:04:05Z closed not\\n"
		"2026-01-02T03:04:05Zclosed\\n\\n' >note && "
		"git notes --ref=comments add -F note $(git rev-parse "
		"round/1)"));
	read_again(p);
	assert_false(p->list.items->closed);
}

/* ---- who -------------------------------------------------------------- */

static void who_and_when_is_said_or_known(void **state)
{
	struct place *p = *state;
	struct change_person said = { "Said", "", "@100 +0100" };
	struct identity me = IDENTITY_INIT;

	assert_int_equal(0, identity_read(&me, p->repo, &said, &p->err));
	assert_string_equal("Said", me.person.name);
	assert_string_equal("writer@example.org", me.person.email);
	assert_int_equal(100, me.when.seconds);
	assert_int_equal(60, me.when.offset);
	identity_release(&me);
	assert_int_equal(0, identity_read(&me, p->repo, NULL, &p->err));
	assert_string_equal("A. Writer", me.person.name);
	assert_true(me.when.seconds > 1700000000);
	identity_release(&me);
	said.date = "soon";
	assert_int_equal(ERROR_MALFORMED, identity_read(&me, p->repo, &said,
							&p->err));
	identity_release(&me);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_message_is_read_as_it_was_written),
		cmocka_unit_test(what_people_write_by_hand_is_read),
		cmocka_unit_test(names_count_as_people_do),
		cmocka_unit_test(numbers_are_written_as_we_write_them),
		cmocka_unit_test(a_round_is_named_by_its_tag),
		TEST(what_was_opened_is_read_back),
		TEST(the_newest_is_the_latest_then_the_highest),
		TEST(the_next_number_is_after_all_that_are_taken),
		TEST(the_same_again_is_known),
		TEST(a_dry_run_writes_nothing),
		TEST(a_closed_round_stays_closed),
		TEST(other_lines_of_the_note_close_nothing),
		TEST(who_and_when_is_said_or_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
