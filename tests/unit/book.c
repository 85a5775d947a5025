/* SPDX-License-Identifier: MIT */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "book.h"
#include "error.h"
#include "markdown_read.h"
#include "strbuf.h"

/* A manuscript in a repository of its own, made of the files given. */
struct fixture {
	char folder[32];
	struct repository *repo;
	struct manuscript *ms;
	struct book *book;
};

struct file {
	const char *path, *text;
};

static struct error err = ERROR_INIT;

static void commit(struct fixture *f, const struct file *files)
{
	struct change *change;

	assert_int_equal(0, change_begin(&change, f->repo, &err));
	for (; files->path; files++)
		assert_int_equal(0, change_write(change, files->path,
						 slice_of(files->text), &err));
	if (change_commit(NULL, change, "test", &err) < 0)
		fail_msg("%s", err.message);
	change_end(change);
}

static void open_book(struct fixture *f)
{
	assert_int_equal(0, manuscript_open(&f->ms, f->folder, NULL, &err));
	assert_int_equal(0, book_open(&f->book, f->ms, markdown_read, NULL,
				      NULL, &err));
}

static void start(struct fixture *f, const struct file *files)
{
	strcpy(f->folder, "/tmp/book-test-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	assert_int_equal(0, repository_init(&f->repo, f->folder, &err));
	commit(f, files);
	open_book(f);
}

static void close_book(struct fixture *f)
{
	book_close(f->book);
	manuscript_close(f->ms);
}

static void finish(struct fixture *f)
{
	char command[64];

	close_book(f);
	repository_close(f->repo);
	snprintf(command, sizeof(command), "rm -rf %s", f->folder);
	assert_int_equal(0, system(command));
}

static const struct book_chapter *chapter(struct fixture *f, size_t index)
{
	const struct book_chapter *c = NULL;

	if (book_read_chapter(&c, f->book, index, &err) < 0)
		fail_msg("%s", err.message);
	return c;
}

/* The first node of the type in the chapter whose words start so. */
static const struct node *node_with(const struct book_chapter *c,
				    enum node_type type, const char *words)
{
	for (size_t i = 0; i < c->section_count; i++) {
		const struct node *root = c->sections[i].doc.root;

		for (const struct node *n = root; n; n = node_next(n, root)) {
			struct strbuf text = STRBUF_INIT;
			bool same;

			node_plain_text(&text, n);
			same = n->type == type &&
			       !strncmp(text.buf, words, strlen(words));
			strbuf_release(&text);
			if (same)
				return n;
		}
	}
	fail_msg("no node with '%s'", words);
	return NULL;
}

static void labels_count_by_chapter_and_letters_stand_for_no_number(void **s)
{
	struct fixture f;
	char label[BOOK_LABEL_SIZE];
	const struct book_chapter *c;

	start(&f, (struct file[]){
		{ "SUMMARY.md", "[Foreword](f.md)\n\n- [One](1.md)\n"
				"- [Two](2.md)\n  - [More](3.md)\n" },
		{ "f.md", "# Foreword\n\nHello.\n" },
		{ "1.md", "# One\n\nA.\n\n> B.\n" },
		{ "2.md", "# Two\n\nC.\n\n- D\n- E\n" },
		{ "3.md", "## More\n\nF.\n" },
		{ NULL, NULL } });
	assert_int_equal(3, book_count(f.book));
	assert_string_equal("A", book_entry(f.book, 0)->label);
	assert_int_equal(MATTER_FRONT, book_entry(f.book, 0)->matter);
	assert_int_equal(ROLE_FOREWORD, book_entry(f.book, 0)->role);
	chapter(&f, 0);
	c = chapter(&f, 1);
	book_label(label, c->entry, node_with(c, NODE_PARAGRAPH, "B."));
	assert_string_equal("1.2", label);
	c = chapter(&f, 2);
	book_label(label, c->entry, node_with(c, NODE_PARAGRAPH, "F."));
	assert_string_equal("2.4", label);
	finish(&f);
}

static void ids_stay_when_paragraphs_are_put_in_before(void **state)
{
	struct fixture f;
	char *before;

	start(&f, (struct file[]){
		{ "SUMMARY.md", "- [One](1.md)\n" },
		{ "1.md", "# One\n\nA long\nday.\n\nThe same.\n" },
		{ NULL, NULL } });
	before = strdup(node_with(chapter(&f, 0), NODE_PARAGRAPH,
				  "A long")->id);
	close_book(&f);
	commit(&f, (struct file[]){
		{ "1.md", "# One\n\nNew.\n\nA long day.\n\nThe same.\n" },
		{ NULL, NULL } });
	open_book(&f);
	assert_string_equal(before, node_with(chapter(&f, 0), NODE_PARAGRAPH,
					      "A long")->id);
	free(before);
	finish(&f);
}

static void the_same_words_twice_have_two_ids(void **state)
{
	struct fixture f;
	const struct book_chapter *c;
	const struct node *root;

	start(&f, (struct file[]){
		{ "SUMMARY.md", "- [One](1.md)\n- [Two](2.md)\n" },
		{ "1.md", "# One\n\nYes.\n\nYes.\n" },
		{ "2.md", "# Two\n\nYes.\n" },
		{ NULL, NULL } });
	c = chapter(&f, 0);
	root = c->sections[0].doc.root;
	assert_string_not_equal(root->first->next->id, root->last->id);
	finish(&f);
}

static void headings_go_down_without_a_jump(void **state)
{
	struct fixture f;
	const struct book_chapter *c;

	start(&f, (struct file[]){
		{ "SUMMARY.md", "- [One](1.md)\n  - [Two](2.md)\n" },
		{ "1.md", "## One\n\n##### Deep\n" },
		{ "2.md", "# Two\n\n## Three\n" },
		{ NULL, NULL } });
	c = chapter(&f, 0);
	assert_int_equal(1, node_with(c, NODE_HEADING, "One")->level);
	assert_int_equal(2, node_with(c, NODE_HEADING, "Deep")->level);
	assert_int_equal(2, node_with(c, NODE_HEADING, "Two")->level);
	assert_int_equal(3, node_with(c, NODE_HEADING, "Three")->level);
	finish(&f);
}

static void the_books_own_title_is_no_chapter(void **state)
{
	struct fixture f;
	const struct book_chapter *c;

	start(&f, (struct file[]){
		{ "galley.conf", "[book]\n\ttitle = Fog\n" },
		{ "SUMMARY.md", "[Fog](f.md)\n[Blank](b.md)\n- [One](1.md)\n" },
		{ "f.md", "---\ntitle: Fog\n---\n\n# Fog\n\nFor A.\n" },
		{ "b.md", "# Fog\n" },
		{ "1.md", "# One\n\nYes.\n" },
		{ NULL, NULL } });
	assert_int_equal(2, book_count(f.book));
	assert_false(book_entry(f.book, 0)->titled);
	c = chapter(&f, 0);
	assert_int_equal(NODE_PARAGRAPH, c->sections[0].doc.root->first->type);
	finish(&f);
}

static void a_chapter_without_heading_has_the_outlines(void **state)
{
	struct fixture f;
	const struct book_chapter *c;

	start(&f, (struct file[]){
		{ "SUMMARY.md", "# Summary\n\n# Part\n\n- [One](1.md)\n"
				"- [Later]()\n" },
		{ "1.md", "Yes.\n" },
		{ NULL, NULL } });
	assert_int_equal(3, book_count(f.book));
	c = chapter(&f, 0);
	assert_int_equal(ROLE_PART, c->entry->role);
	node_with(c, NODE_HEADING, "Part");
	assert_int_equal(0, book_entry(f.book, 1)->part);
	node_with(chapter(&f, 1), NODE_HEADING, "One");
	assert_false(book_entry(f.book, 2)->written);
	finish(&f);
}

static struct book_target target_of(struct fixture *f,
				    const struct book_chapter *c,
				    const char *url)
{
	struct book_target t;

	assert_int_equal(0, book_resolve(&t, f->book, &c->sections[0],
					 slice_of(url), &err));
	return t;
}

static void links_find_chapters_places_and_files(void **state)
{
	struct fixture f;
	const struct book_chapter *c;

	start(&f, (struct file[]){
		{ "SUMMARY.md", "- [One](a/1.md)\n- [Two](b/2.md)\n"
				"  - [Three](b/3.md)\n" },
		{ "a/1.md", "# One\n\n## A *fine* place\n" },
		{ "b/2.md", "# Two\n" },
		{ "b/3.md", "# Three {#third}\n" },
		{ "map.png", "x" },
		{ NULL, NULL } });
	c = chapter(&f, 0);
	assert_int_equal(TARGET_CHAPTER, target_of(&f, c, "../b/2.md").kind);
	assert_int_equal(1, target_of(&f, c, "../b/2.md").chapter);
	assert_null(target_of(&f, c, "../b/2.md").id);
	assert_non_null(target_of(&f, c, "../b/3.md").id);
	assert_int_equal(1, target_of(&f, c, "/b/3.md#third").section);
	assert_string_equal(node_with(c, NODE_HEADING, "A fine")->id,
			    target_of(&f, c, "#a-fine-place").id);
	assert_true(target_of(&f, c, "#nowhere").no_anchor);
	assert_string_equal("map.png", target_of(&f, c, "../map.png").path);
	assert_int_equal(TARGET_DEAD, target_of(&f, c, "../../etc/x").kind);
	assert_int_equal(TARGET_DEAD, target_of(&f, c, "missing.md").kind);
	assert_int_equal(TARGET_DEAD, target_of(&f, c, "javascript:x").kind);
	assert_int_equal(TARGET_DEAD, target_of(&f, c, "//example.org").kind);
	assert_int_equal(TARGET_DEAD, target_of(&f, c, "a%00b").kind);
	assert_int_equal(TARGET_OUTSIDE,
			 target_of(&f, c, "https://example.org/").kind);
	finish(&f);
}

static void notes_are_numbered_through_the_book(void **state)
{
	struct fixture f;
	const struct book_chapter *c;

	start(&f, (struct file[]){
		{ "SUMMARY.md", "- [One](1.md)\n- [Two](2.md)\n" },
		{ "1.md", "# One\n\nA[^x] b^[in *line*] c[^x].\n\n"
			  "[^x]: See[^y].\n\n[^y]: And [^x].\n" },
		{ "2.md", "# Two\n\nD[^y] e[^z].\n\n[^z]: Z.\n" },
		{ NULL, NULL } });
	c = chapter(&f, 0);
	assert_int_equal(3, c->note_count);
	assert_int_equal(1, c->notes[0].number);
	assert_int_equal(NODE_INLINE_NOTE, c->notes[1].content->type);
	assert_string_not_equal(c->notes[0].id, c->notes[1].id);
	c = chapter(&f, 1);
	/* [^y] of the other chunk, [^z], and [^x] that [^y] cites */
	assert_int_equal(3, c->note_count);
	assert_int_equal(4, c->notes[0].number);
	assert_int_equal(6, c->notes[2].number);
	finish(&f);
}

static int count_sections(const struct book_chapter *c, void *data)
{
	*(size_t *)data = c->section_count;
	return 0;
}

static void a_peek_disturbs_nothing(void **state)
{
	struct fixture f;
	const struct book_chapter *c;
	size_t sections = 0;

	start(&f, (struct file[]){
		{ "SUMMARY.md", "- [One](1.md)\n- [Two](2.md)\n" },
		{ "1.md", "# One\n\nA^[n].\n" },
		{ "2.md", "# Two\n\nB^[n].\n" },
		{ NULL, NULL } });
	c = chapter(&f, 0);
	assert_int_equal(0, book_peek_chapter(f.book, 1, count_sections,
					      &sections, &err));
	assert_int_equal(1, sections);
	assert_int_equal(1, c->notes[0].number);
	assert_int_equal(2, chapter(&f, 1)->notes[0].number);
	finish(&f);
}

static void the_bound_of_labels_is_not_below_their_number(void **state)
{
	struct fixture f;
	size_t bound, labels = 0;

	start(&f, (struct file[]){
		{ "SUMMARY.md", "- [One](1.md)\n" },
		{ "1.md", "# One\nA\nb\n\nC\n***\nD\n\n    code\nE\n- F\n- G\n"
			  "  - H\n\n  I\n> J\n>\n> K\n\n```\nc\n```\nL\n\n"
			  "| v\n| w\n\n|a|\n|-|\n|b|\n\n1. M\n2. N\n\nO\n=\nP\r\rQ\n" },
		{ NULL, NULL } });
	assert_int_equal(0, book_label_bound(&bound, f.book, &err));
	for (const struct node *root = chapter(&f, 0)->sections[0].doc.root,
			       *n = root; n; n = node_next(n, root))
		labels += n->number && !NODE_IS_INLINE(n->type);
	assert_true(labels >= 18);
	assert_true(bound >= labels);
	finish(&f);
}

static void each_draft_has_an_identifier_of_its_own(void **state)
{
	const struct file files[] = { { "SUMMARY.md", "- [One](1.md)\n" },
				      { "1.md", "# One\n" },
				      { NULL, NULL } };
	struct fixture f;
	char *first;

	start(&f, files);
	first = strdup(book_identifier(f.book));
	assert_int_equal(0, strncmp(first, "urn:uuid:", 9));
	close_book(&f);
	open_book(&f);
	assert_string_equal(first, book_identifier(f.book));
	close_book(&f);
	commit(&f, (struct file[]){ { "1.md", "# Two\n" }, { NULL, NULL } });
	open_book(&f);
	assert_string_not_equal(first, book_identifier(f.book));
	free(first);
	finish(&f);
}

static void a_stamp_names_the_reader_and_can_be_taken_back(void **state)
{
	struct fixture f;
	char *stem, *id;

	start(&f, (struct file[]){ { "SUMMARY.md", "- [One](1.md)\n" },
				   { "1.md", "# One\n" },
				   { NULL, NULL } });
	stem = strdup(book_file_stem(f.book));
	id = strdup(book_identifier(f.book));
	assert_null(book_reader(f.book));
	book_stamp(f.book, "Mára <Quill>\n", "R7K3QX");
	assert_string_equal("Mára Quill", book_reader(f.book));
	assert_string_equal("R7K3QX", book_reader_code(f.book));
	assert_int_equal(0, strncmp(stem, book_file_stem(f.book),
				    strlen(stem)));
	assert_string_equal("-mara-quill-R7K3QX",
			    book_file_stem(f.book) + strlen(stem));
	/* notes made in any copy are notes on the one publication */
	assert_string_equal(id, book_identifier(f.book));
	book_stamp(f.book, "../../x", "R7/K3\"QX");
	assert_string_equal("-x-R7K3QX",
			    book_file_stem(f.book) + strlen(stem));
	book_stamp(f.book, "久美", "R7K3QX");
	assert_string_equal("-R7K3QX", book_file_stem(f.book) + strlen(stem));
	book_stamp(f.book, "mara@example.org", "R7K3QX");
	assert_string_equal("R7K3QX", book_reader(f.book));
	assert_string_equal("-R7K3QX", book_file_stem(f.book) + strlen(stem));
	book_stamp(f.book, "Mara", "");
	assert_null(book_reader(f.book));
	book_stamp(f.book, NULL, NULL);
	assert_null(book_reader_code(f.book));
	assert_string_equal(stem, book_file_stem(f.book));
	free(stem);
	free(id);
	finish(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			labels_count_by_chapter_and_letters_stand_for_no_number),
		cmocka_unit_test(ids_stay_when_paragraphs_are_put_in_before),
		cmocka_unit_test(the_same_words_twice_have_two_ids),
		cmocka_unit_test(headings_go_down_without_a_jump),
		cmocka_unit_test(the_books_own_title_is_no_chapter),
		cmocka_unit_test(a_chapter_without_heading_has_the_outlines),
		cmocka_unit_test(links_find_chapters_places_and_files),
		cmocka_unit_test(notes_are_numbered_through_the_book),
		cmocka_unit_test(a_peek_disturbs_nothing),
		cmocka_unit_test(the_bound_of_labels_is_not_below_their_number),
		cmocka_unit_test(each_draft_has_an_identifier_of_its_own),
		cmocka_unit_test(
			a_stamp_names_the_reader_and_can_be_taken_back),
	};

	setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
