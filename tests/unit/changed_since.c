/* SPDX-License-Identifier: MIT */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "book.h"
#include "changed_since.h"
#include "manuscript.h"
#include "markdown_read.h"
#include "place.h"
#include "strbuf.h"

static void put(struct place *place, const char *name, const char *text)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", place->path, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(0, fclose(file));
}

/* A round of two chunks. */
static void round_of(struct place *place, int number, const char *one,
		     const char *two)
{
	char line[256];

	put(place, "SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n");
	put(place, "one.md", one);
	put(place, "two.md", two);
	snprintf(line, sizeof(line),
		 "git add . && git commit -q --allow-empty -m text && "
		 "GIT_COMMITTER_DATE='2026-01-%02dT00:00:00Z' "
		 "git tag -a -m 'Round %d' round/%d", number, number, number);
	assert_int_equal(0, run(place, line));
}

struct draft {
	struct manuscript *ms;
	struct book *book;
	struct changed_since *changed;
	char said[256];
};

static void open_draft(struct draft *d, struct place *place, const char *rev)
{
	struct error *err = &place->err;

	assert_int_equal(0, manuscript_open(&d->ms, place->path, rev, err));
	assert_int_equal(0, book_open(&d->book, d->ms, markdown_read, NULL,
				      NULL, err));
	if (changed_since_open(&d->changed, d->book, err) < 0)
		fail_msg("%s", err->message);
}

static void close_draft(struct draft *d)
{
	changed_since_close(d->changed);
	book_close(d->book);
	manuscript_close(d->ms);
}

/* "since" of each block in order, cuts as '-' before or after it: "0 2 -0" */
static int tell(const struct book_chapter *chapter, void *data)
{
	struct draft *d = data;
	char *said = d->said;
	size_t at = 0;

	for (size_t i = 0; i < chapter->section_count; i++) {
		const struct node *root = chapter->sections[i].doc.root;

		for (const struct node *n = root; n; n = node_next(n, root)) {
			struct changed_block b;

			if (!n->id || !n->number || NODE_IS_INLINE(n->type))
				continue;
			b = changed_since_block(d->changed, n->id);
			at += (size_t)snprintf(said + at, sizeof(d->said) - at,
					       "%s%s%u%s", at ? " " : "",
					       b.cut ? "-" : "", b.since,
					       b.cut_after ? "-" : "");
		}
	}
	for (size_t i = 0; i < chapter->note_count; i++) {
		struct changed_block b = changed_since_block(
			d->changed, chapter->notes[i].id);

		at += (size_t)snprintf(said + at, sizeof(d->said) - at, " n%u",
				       b.since);
	}
	return 0;
}

static void assert_blocks(struct draft *d, size_t chapter, const char *wanted)
{
	struct error err = ERROR_INIT;

	assert_int_equal(0, book_peek_chapter(d->book, chapter, tell, d, &err));
	assert_string_equal(wanted, d->said);
}

static void a_block_is_from_the_round_its_words_are_from(void **state)
{
	struct place *place = *state;
	struct draft d;

	round_of(place, 1, "# One\n\nA.\n\nB.\n", "# Two\n\nT.\n");
	round_of(place, 2, "# One\n\nA.\n\nB2.\n", "# Two\n\nT.\n");
	round_of(place, 3, "# One\n\nA3.\n\nB2.\n\nC.\n",
		 "# Two\n\nT.\n");
	open_draft(&d, place, "round/3");
	assert_int_equal(2, changed_since_rounds(d.changed));
	assert_string_equal("1", changed_since_name(d.changed, 0));
	assert_blocks(&d, 0, "2 1 2");
	assert_blocks(&d, 1, "0");
	assert_int_equal(2, changed_since_count(d.changed, 0, 2));
	assert_int_equal(1, changed_since_count(d.changed, 0, 1));
	assert_int_equal(0, changed_since_count(d.changed, 1, 2));
	close_draft(&d);
	open_draft(&d, place, "round/1"); /* nothing was before it */
	assert_int_equal(0, changed_since_rounds(d.changed));
	assert_blocks(&d, 0, "0 0");
	close_draft(&d);
}

static void what_came_back_is_new_again(void **state)
{
	struct place *place = *state;
	struct draft d;

	round_of(place, 1, "# One\n\nA.\n", "# Two\n");
	round_of(place, 2, "# One\n\nB.\n", "# Two\n");
	round_of(place, 3, "# One\n\nA.\n", "# Two\n");
	open_draft(&d, place, "round/3");
	assert_blocks(&d, 0, "2");
	close_draft(&d);
}

static void lines_markup_quotes_and_chunks_do_not_count(void **state)
{
	struct place *place = *state;
	struct draft d;

	round_of(place, 1, "# One\n\nA b \"c\".\n\nD e.\n\nD e.\n",
		 "# Two\n\nT.\n");
	round_of(place, 2, "# One\n\nA\n*b* \xe2\x80\x9c" "c\xe2\x80\x9d.\n"
		 "\nD e.\n", "# Two\n\nD e.\n\nT.\n");
	open_draft(&d, place, "round/2");
	assert_blocks(&d, 0, "0 0");
	assert_blocks(&d, 1, "0 0");
	close_draft(&d);
}

static void a_chunk_that_was_renamed_or_cut_in_two_is_the_same(void **state)
{
	struct place *place = *state;
	struct draft d;

	round_of(place, 1, "# One\n\nA.\n\nB.\n", "# Two\n\nT.\n");
	put(place, "SUMMARY.md", "- [One](one.md)\n- [New](new.md)\n"
	    "- [Two](zwei.md)\n");
	put(place, "one.md", "# One\n\nA.\n");
	put(place, "new.md", "# New\n\nB.\n");
	assert_int_equal(0, run(place, "git mv two.md zwei.md && git add . && "
				"git commit -qm more"));
	open_draft(&d, place, NULL);
	assert_blocks(&d, 0, "0");
	assert_blocks(&d, 1, "0");
	assert_blocks(&d, 2, "0");
	assert_int_equal(1, changed_since_count(d.changed, 1, 1)); /* heading */
	assert_int_equal(0, changed_since_oldest(d.changed, 1));
	close_draft(&d);
}

static void a_cut_is_told_where_it_was(void **state)
{
	struct place *place = *state;
	struct draft d;

	round_of(place, 1, "# One\n\nA.\n\nB.\n\nC.\n\nD.\n",
		 "# Two\n\nT.\n\nU.\n\nV.\n");
	round_of(place, 2, "# One\n\nA.\n\nC.\n",
		 "# Two\n\nT.\n\nU2.\n\nA.\n\nV.\n");
	open_draft(&d, place, "round/2");
	assert_blocks(&d, 0, "0 -0-");
	/* what was rewritten is not cut */
	assert_blocks(&d, 1, "0 1 1 0");
	assert_int_equal(2, changed_since_count(d.changed, 0, 1));
	close_draft(&d);
}

static void notes_and_new_chapters_are_told(void **state)
{
	struct place *place = *state;
	struct draft d;

	round_of(place, 1, "# One\n\nA.[^1] B.^[In.]\n\n[^1]: Note.\n", "");
	round_of(place, 2, "# One\n\nA.[^1] B.^[In.]\n\n[^1]: Other.\n",
		 "# Two\n\nT.\n");
	open_draft(&d, place, "round/2");
	assert_blocks(&d, 0, "0 n1 n0");
	assert_blocks(&d, 1, "1");
	assert_int_equal(0, changed_since_oldest(d.changed, 0));
	assert_int_equal(1, changed_since_oldest(d.changed, 1));
	close_draft(&d);
}

static void the_same_words_again_are_found_in_their_place(void **state)
{
	struct place *place = *state;
	struct draft d;

	round_of(place, 1, "# One\n\nYes.\n\nA.\n\nYes.\n", "");
	round_of(place, 2, "# One\n\nYes.\n\nA.\n\nYes.\n\nB.\n\n"
		 "Yes.\n", "");
	open_draft(&d, place, "round/2");
	assert_blocks(&d, 0, "0 0 0 1 1");
	close_draft(&d);
}

static void a_round_that_is_no_manuscript_is_passed_over(void **state)
{
	struct place *place = *state;
	struct draft d;

	round_of(place, 1, "# One\n\nA.\n", "");
	put(place, "SUMMARY.md", "- [a](../../a.md)\n");
	assert_int_equal(0, run(place, "git add . && git commit -qm bad && "
		"GIT_COMMITTER_DATE='2026-01-02T00:00:00Z' "
		"git tag -a -m bad round/2"));
	round_of(place, 3, "# One\n\nA.\n\nB.\n", "");
	open_draft(&d, place, "round/3");
	assert_int_equal(1, changed_since_rounds(d.changed));
	assert_blocks(&d, 0, "0 1");
	close_draft(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_block_is_from_the_round_its_words_are_from),
		TEST(what_came_back_is_new_again),
		TEST(lines_markup_quotes_and_chunks_do_not_count),
		TEST(a_chunk_that_was_renamed_or_cut_in_two_is_the_same),
		TEST(a_cut_is_told_where_it_was),
		TEST(notes_and_new_chapters_are_told),
		TEST(the_same_words_again_are_found_in_their_place),
		TEST(a_round_that_is_no_manuscript_is_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
