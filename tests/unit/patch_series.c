/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "patch.h"
#include "patch_series.h"
#include "strbuf.h"

/* A mail of a test; the id is also its subject where that is NULL. */
struct mail {
	const char *id, *author, *to, *thread, *subject;
	unsigned version, number, total;
	int64_t minute;
	size_t line;		/* of a.md that it changes; 0: 1000 + i */
};

static struct patch *one_line(struct arena *arena, size_t line)
{
	struct patch *patch = arena_calloc(arena, sizeof(*patch));
	struct patch_file *file = arena_calloc(arena, sizeof(*file));
	struct patch_hunk *hunk = arena_calloc(arena, sizeof(*hunk));

	*hunk = (struct patch_hunk){ .old_start = line, .old_count = 1,
				     .new_start = line, .new_count = 1,
				     .counted = true };
	*file = (struct patch_file){ .old_path = "a.md", .new_path = "a.md",
				     .hunks = hunk, .hunk_count = 1 };
	patch->files = file;
	patch->file_count = 1;
	return patch;
}

static void add(struct feedback_list *list, const struct mail *m)
{
	size_t i = list->count;
	struct feedback *f = feedback_list_add(list, FEEDBACK_PATCH);

	f->message_id = m->id;
	f->who.email = m->author ? m->author : "ann@example.org";
	f->in_reply_to = m->to ? m->to : "";
	f->thread = m->thread ? m->thread : f->in_reply_to;
	f->subject = m->subject ? m->subject : m->id;
	f->version = m->version ? m->version : 1;
	f->number = m->number;
	f->total = m->total;
	f->when.seconds = 1700000000 + m->minute * 60;
	f->patch = one_line(&list->arena, m->line ? m->line
						  : 1000 * (i + 1));
}

/* Patches of a test are not freed by themselves: they own nothing. */
static void release(struct feedback_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		list->items[i].patch = NULL;
	feedback_list_release(list);
}

/* In order: "id", "(superseded by id)", "late", "lacks n/m". */
static void expect(const char *want, const struct mail *mails)
{
	struct feedback_list list = FEEDBACK_LIST_INIT;
	struct patch_series series = PATCH_SERIES_INIT;
	struct strbuf have = STRBUF_INIT;

	for (; mails->id; mails++)
		add(&list, mails);
	patch_series_order(&series, &list);
	assert_int_equal(list.count, series.count);
	for (size_t i = 0; i < series.count; i++) {
		const struct patch_place *p = &series.places[i];

		strbuf_addf(&have, "%s%s", i ? "; " : "",
			    list.items[p->item].message_id);
		if (p->superseded)
			strbuf_addf(&have, " by %s",
				    list.items[p->by].message_id);
		if (p->late)
			strbuf_adds(&have, " late");
		if (*p->missing)
			strbuf_addf(&have, " lacks %s", p->missing);
	}
	assert_string_equal(want, have.buf);
	strbuf_release(&have);
	patch_series_release(&series);
	release(&list);
}

#define MAILS(...) (const struct mail[]){ __VA_ARGS__, { .id = NULL } }

static void a_series_is_sorted_by_its_numbers(void **state)
{
	expect("x; a; b; c", MAILS(
		{ .id = "x" },
		{ "c", .to = "a", .number = 3, .total = 3 },
		{ "a", .number = 1, .total = 3 },
		{ "b", .to = "a", .number = 2, .total = 3 }));
}

static void two_series_of_one_author_stay_apart(void **state)
{
	expect("a1; a2; b1; b2", MAILS(
		{ "a1", .to = "A", .number = 1, .total = 2 },
		{ "b2", .to = "B", .number = 2, .total = 2 },
		{ "b1", .to = "B", .number = 1, .total = 2 },
		{ "a2", .to = "A", .number = 2, .total = 2 }));
}

/* Both in answer to the mail that asked for them. */
static void two_series_in_one_thread_stay_apart(void **state)
{
	expect("a1; a2; b1; b2", MAILS(
		{ "a1", .to = "round", .number = 1, .total = 2 },
		{ "a2", .to = "a1", .thread = "round", .number = 2,
		  .total = 2, .minute = 1 },
		{ "b1", .to = "round", .number = 1, .total = 2,
		  .minute = 2 },
		{ "b2", .to = "b1", .thread = "round", .number = 2,
		  .total = 2, .minute = 3 }));
}

static void two_authors_are_two_series(void **state)
{
	expect("a lacks 2/2; b lacks 1/2", MAILS(
		{ "a", .number = 1, .total = 2 },
		{ "b", .author = "bob@example.org", .number = 2,
		  .total = 2 }));
}

static void without_references_the_dates_tell(void **state)
{
	expect("a lacks 3/3; b lacks 3/3; c lacks 1/3 and 2/3", MAILS(
		{ "b", .number = 2, .total = 3, .minute = 1 },
		{ "a", .number = 1, .total = 3 },
		{ "c", .number = 3, .total = 3, .minute = 5000 }));
}

static void what_is_missing_is_named(void **state)
{
	expect("a lacks 2/4 and 4/4; c lacks 2/4 and 4/4", MAILS(
		{ "a", .number = 1, .total = 4 },
		{ "c", .to = "a", .number = 3, .total = 4 }));
	expect("a lacks 1/9, 2/9, 3/9 and 5 more", MAILS(
		{ "a", .number = 4, .total = 9 }));
	expect("a lacks 1/999999, 2/999999, 3/999999 and 999995 more", MAILS(
		{ "a", .number = 4, .total = 999999 }));
}

static void a_number_beyond_the_total_is_an_extra(void **state)
{
	expect("a; b; c", MAILS(
		{ "a", .number = 1, .total = 2 },
		{ "c", .to = "a", .number = 3, .total = 2 },
		{ "b", .to = "a", .number = 2, .total = 2 }));
}

static void a_late_one_is_told(void **state)
{
	expect("a; b late", MAILS(
		{ "a", .number = 1, .total = 2 },
		{ "b", .to = "a", .number = 2, .total = 2,
		  .minute = 3000 }));
}

static void a_newer_version_replaces_the_older(void **state)
{
	expect("a by A; b by A; A", MAILS(
		{ "a", .to = "cover", .number = 1, .total = 2,
		  .subject = "grey" },
		{ "A", .to = "cover2", .thread = "cover", .number = 1,
		  .total = 1, .version = 2, .subject = "grey" },
		{ "b", .to = "cover", .number = 2, .total = 2 }));
}

static void versions_in_threads_of_their_own_have_subject_and_place(void **s)
{
	expect("a by A; A", MAILS(
		{ "a", .subject = "Grey", .line = 7 },
		{ "A", .subject = "grey", .line = 8, .version = 2 }));
	expect("a; A", MAILS(
		{ "a", .subject = "typo", .line = 7 },
		{ "A", .subject = "typo", .line = 90, .version = 2 }));
}

static void the_thread_alone_replaces_nothing(void **state)
{
	expect("a; b; c", MAILS(
		{ "a", .to = "round", .subject = "typo in 3", .line = 7 },
		{ "b", .to = "round", .subject = "typo in 4", .line = 90 },
		{ "c", .to = "round", .subject = "typo in 5", .line = 200,
		  .version = 2 }));
}

static void a_part_sent_again_replaces_that_part(void **state)
{
	expect("a; b by B; c; B", MAILS(
		{ "a", .to = "x", .number = 1, .total = 3, .version = 2 },
		{ "b", .to = "x", .number = 2, .total = 3, .version = 2 },
		{ "c", .to = "x", .number = 3, .total = 3, .version = 2 },
		{ "B", .to = "b", .thread = "x", .number = 2, .total = 3,
		  .version = 3 }));
}

static void an_answer_to_ones_own_patch_replaces_it(void **state)
{
	expect("a by b; b", MAILS(
		{ "a", .subject = "grey", .line = 7 },
		{ "b", .to = "a", .subject = "grey", .line = 7 }));
	expect("a; b", MAILS(	/* elsewhere in the text: one more */
		{ "a", .subject = "grey", .line = 7 },
		{ "b", .to = "a", .subject = "grey", .line = 70 }));
	expect("a; b", MAILS(	/* by someone else */
		{ "a", .subject = "grey", .line = 7 },
		{ "b", .author = "bob@example.org", .to = "a",
		  .subject = "grey", .line = 7 }));
}

static void a_number_sent_again_replaces_the_first(void **state)
{
	expect("a; b by B; B", MAILS(
		{ "a", .number = 1, .total = 2 },
		{ "b", .to = "a", .number = 2, .total = 2, .minute = 1,
		  .subject = "grey" },
		{ "B", .to = "a", .number = 2, .total = 2, .minute = 9,
		  .subject = "grey" }));
}

static void the_same_mail_twice_replaces_nothing(void **state)
{
	expect("a; b; b", MAILS(
		{ "a", .number = 1, .total = 2 },
		{ "b", .to = "a", .number = 2, .total = 2 },
		{ "b", .to = "a", .number = 2, .total = 2 }));
}

static void nothing_is_an_order_too(void **state)
{
	expect("", MAILS({ .id = NULL }));
}

/* Hostile: all by one author, in one thread, of one subject and place. */
static void many_take_linear_time(void **state)
{
	struct feedback_list list = FEEDBACK_LIST_INIT;
	struct patch_series series = PATCH_SERIES_INIT;

	for (unsigned i = 0; i < 50000; i++) {
		char id[16];

		snprintf(id, sizeof(id), "%u", i);
		add(&list, &(struct mail){
			.id = arena_strdup(&list.arena, id), .to = "x",
			.subject = "typo", .line = 1, .version = 1 + i % 7,
			.number = i % 2 ? i : 0, .total = i % 2 ? 999999 : 0 });
	}
	patch_series_order(&series, &list);
	assert_int_equal(50000, series.count);
	patch_series_release(&series);
	release(&list);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_series_is_sorted_by_its_numbers),
		cmocka_unit_test(two_series_of_one_author_stay_apart),
		cmocka_unit_test(two_series_in_one_thread_stay_apart),
		cmocka_unit_test(two_authors_are_two_series),
		cmocka_unit_test(without_references_the_dates_tell),
		cmocka_unit_test(what_is_missing_is_named),
		cmocka_unit_test(a_number_beyond_the_total_is_an_extra),
		cmocka_unit_test(a_late_one_is_told),
		cmocka_unit_test(a_newer_version_replaces_the_older),
		cmocka_unit_test(
		versions_in_threads_of_their_own_have_subject_and_place),
		cmocka_unit_test(the_thread_alone_replaces_nothing),
		cmocka_unit_test(a_part_sent_again_replaces_that_part),
		cmocka_unit_test(an_answer_to_ones_own_patch_replaces_it),
		cmocka_unit_test(a_number_sent_again_replaces_the_first),
		cmocka_unit_test(the_same_mail_twice_replaces_nothing),
		cmocka_unit_test(nothing_is_an_order_too),
		cmocka_unit_test(many_take_linear_time),
	};

	return cmocka_run_group_tests_name("patch_series", tests, NULL, NULL);
}
