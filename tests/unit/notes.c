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

#include "notes.h"
#include "place.h"
#include "strbuf.h"

#define REF "refs/notes/comments"

static const struct person who = { "Ada", "ada@example.org" };
static const struct moment when = { 1767323045, 60 };

static int add_line(struct place *p, const char *id, const char *line)
{
	const struct note note = { id, slice_of(line) };

	return notes_add_lines(p->repo, REF, &note, 1, &who, &when, "Note",
			       &p->err);
}

static void head_of(char id[41], struct place *p)
{
	struct commit_info info;

	assert_int_equal(0, repository_resolve(&info, p->repo, "HEAD",
					       &p->err));
	strcpy(id, info.id);
}

static void lines_are_added_once_and_sorted(void **state)
{
	struct place *p = *state;
	struct strbuf out = STRBUF_INIT;
	char id[41];

	assert_run(p, "git commit -q --allow-empty -m one");
	head_of(id, p);
	assert_int_equal(ERROR_NOT_FOUND, notes_read(&out, p->repo, REF, id,
						     &p->err));
	assert_int_equal(0, add_line(p, id, "b\na\n"));
	assert_int_equal(0, add_line(p, id, "c\nb\n"));
	assert_run(p, "git rev-parse " REF " >../before");
	assert_int_equal(0, add_line(p, id, "a\n"));
	assert_run(p, "git rev-parse " REF " | cmp - ../before && "
		   "test \"$(git notes --ref=comments show HEAD)\" = "
		   "\"$(printf 'a\\nb\\nc')\" && "
		   "test $(git log --format=%an " REF " | wc -l) = 2");
	assert_int_equal(0, notes_read(&out, p->repo, REF, id, &p->err));
	assert_string_equal("a\nb\nc\n", out.buf);
	assert_clean(p);
	strbuf_release(&out);
}

static void two_writers_notes_are_merged_by_git(void **state)
{
	struct place *p = *state;
	char id[41];

	assert_run(p, "git commit -q --allow-empty -m one");
	head_of(id, p);
	assert_int_equal(0, add_line(p, id, "b\n"));
	assert_run(p, "git update-ref refs/notes/other " REF);
	assert_int_equal(0, add_line(p, id, "a\n"));
	assert_run(p, "git notes --ref=other append -m c HEAD && "
		   "git notes --ref=comments merge -s cat_sort_uniq "
		   "refs/notes/other && test \"$(git notes --ref=comments "
		   "show HEAD | tr '\\n' ' ')\" = 'a b c '");
	assert_int_equal(0, add_line(p, id, "d\nb\n"));
	assert_run(p, "test \"$(git notes --ref=comments show HEAD | "
		   "tr '\\n' ' ')\" = 'a b c d '");
}

/* An id that differs from others at its start, as ids do. */
static void nth_id(char out[41], unsigned n)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", n);
	blob_id(out, slice_of(text));
}

static int count_note(const char *id, struct slice text, void *data)
{
	static char last[41];
	int *count = data;

	if (*count)
		assert_true(strcmp(last, id) < 0);
	strcpy(last, id);
	assert_true(text.len > 0);
	++*count;
	return 0;
}

/* git itself writes the same notes: the trees have to be the same. */
static void check_fanout(struct place *p, unsigned count)
{
	struct note *notes = calloc(count, sizeof(*notes));
	char (*ids)[41] = calloc(count, sizeof(*ids));
	char path[96], command[400];
	int seen = 0;
	FILE *out;

	snprintf(path, sizeof(path), "%s/../import", p->path);
	assert_non_null(out = fopen(path, "w"));
	fprintf(out, "commit refs/notes/git\ncommitter a <b> 1 +0000\n"
		"data 0\n");
	for (unsigned i = 0; i < count; i++) {
		nth_id(ids[i], i);
		notes[i] = (struct note){ ids[i], SLICE("line\n") };
		fprintf(out, "N inline %s\ndata 5\nline\n\n", ids[i]);
	}
	assert_int_equal(0, fclose(out));
	assert_int_equal(0, notes_add_lines(p->repo, REF, notes, count, &who,
					    &when, "Note", &p->err));
	assert_int_equal(0, notes_each(p->repo, REF, count_note, &seen,
				       &p->err));
	assert_int_equal(count, seen);
	/* fast-import makes notes only of commits: so by `git notes copy` */
	snprintf(command, sizeof(command),
		 "git fsck --strict && "
		 "git notes --ref=comments list | awk '{print $2}' | sort | "
		 "uniq | wc -l >../n && test $(cat ../n) = %u", count);
	assert_run(p, command);
	/* a note added and removed by git has it lay out all anew */
	assert_run(p, "git commit -q --allow-empty -m x && "
		   "git rev-parse " REF "^{tree} >../ours && "
		   "git notes --ref=comments add -m x HEAD && "
		   "git notes --ref=comments remove HEAD && "
		   "git rev-parse " REF "^{tree} | cmp - ../ours && "
		   "git update-ref -d " REF);
	free(notes);
	free(ids);
}

static void the_fanout_is_that_of_git(void **state)
{
	struct place *p = *state;

	assert_run(p, "git commit -q --allow-empty -m one");
	check_fanout(p, 10);
	check_fanout(p, 60);
	check_fanout(p, 400);
	check_fanout(p, 3000);
}

static void other_files_beside_notes_stay(void **state)
{
	struct place *p = *state;
	char id[41];

	assert_run(p, "echo x >README && mkdir -p 12/34 && echo y >12/34/z && "
		   "git add . && git commit -qm one && git update-ref " REF
		   " HEAD");
	head_of(id, p);
	assert_int_equal(0, add_line(p, id, "a\n"));
	assert_run(p, "git fsck --strict && test \"$(git show " REF
		   ":README " REF ":12/34/z | tr '\\n' ' ')\" = 'x y ' && "
		   "git notes --ref=comments show HEAD");
}

static void a_note_is_set_whole_or_taken_away(void **state)
{
	struct place *p = *state;
	struct strbuf out = STRBUF_INIT;
	struct note note;
	char id[41];

	assert_run(p, "git commit -q --allow-empty -m one");
	head_of(id, p);
	note = (struct note){ id, SLICE("z\na\nno line end") };
	assert_int_equal(0, notes_set(p->repo, REF, &note, 1, &who, &when,
				      "Set", &p->err));
	assert_int_equal(0, notes_read(&out, p->repo, REF, id, &p->err));
	assert_string_equal("z\na\nno line end", out.buf);
	note.text = SLICE("");
	assert_int_equal(0, notes_set(p->repo, REF, &note, 1, &who, &when,
				      "Set", &p->err));
	assert_int_equal(ERROR_NOT_FOUND, notes_read(&out, p->repo, REF, id,
						     &p->err));
	assert_clean(p);
	strbuf_release(&out);
}

static void a_lock_leaves_the_notes_as_they_were(void **state)
{
	struct place *p = *state;
	char id[41];

	assert_run(p, "git commit -q --allow-empty -m one");
	head_of(id, p);
	assert_int_equal(0, add_line(p, id, "a\n"));
	assert_run(p, ": >.git/" REF ".lock");
	assert_int_equal(ERROR_BUSY, add_line(p, id, "b\n"));
	assert_run(p, "rm .git/" REF ".lock && test \"$(git notes "
		   "--ref=comments show HEAD)\" = a");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lines_are_added_once_and_sorted),
		TEST(two_writers_notes_are_merged_by_git),
		TEST(the_fanout_is_that_of_git),
		TEST(other_files_beside_notes_stay),
		TEST(a_note_is_set_whole_or_taken_away),
		TEST(a_lock_leaves_the_notes_as_they_were)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
