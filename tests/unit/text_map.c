/* SPDX-License-Identifier: MIT */
/* What readers copy from a draft, and mail, is found where they copied it. */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include "alloc.h"
#include "book.h"
#include "critic.h"
#include "feedback_place.h"
#include "mail_reply.h"
#include "manuscript_fixture.h"
#include "markdown_read.h"
#include "quote.h"
#include "text_fold.h"
#include "text_map.h"
#include "typography.h"

/* A paragraph as a reader has it, and its source. */
struct paragraph {
	char label[BOOK_LABEL_SIZE];
	char *text;
	char *path;
	uint32_t start, end;
};

static struct {
	struct paragraph *items;
	size_t count, capacity;
} paragraphs;

static struct fixture fixture;
static struct text_map *map;
static struct error err = ERROR_INIT;
static uint64_t seed;

static size_t below(size_t n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return (size_t)(seed >> 33) % n;
}

static void add_paragraph(const struct book_chapter *c,
			  const struct book_section *s, const struct node *n)
{
	struct strbuf plain = STRBUF_INIT, text = STRBUF_INIT;
	struct typography t;
	struct paragraph *p;

	GROW(paragraphs.items, paragraphs.count, paragraphs.capacity);
	p = &paragraphs.items[paragraphs.count++];
	book_label(p->label, c->entry, n);
	node_plain_text(&plain, n);
	typography_start(&t, typography_for("en-GB"));
	typography_add(&text, &t, strbuf_slice(&plain), 0);
	p->text = strbuf_detach(&text, NULL);
	p->path = xstrdup(s->entry->path);
	p->start = n->start;
	p->end = n->end;
	strbuf_release(&plain);
}

static void read_paragraphs(void)
{
	struct book *book;

	assert_int_equal(0, book_open(&book, fixture.ms, markdown_read, NULL,
				      NULL, &err));
	for (size_t i = 0; i < book_count(book); i++) {
		const struct book_chapter *c;

		assert_int_equal(0, book_read_chapter(&c, book, i, &err));
		for (size_t j = 0; j < c->section_count; j++) {
			const struct book_section *s = &c->sections[j];
			const struct node *root = s->doc.root;

			for (const struct node *n = root; n;
			     n = node_next(n, root))
				if (n->type == NODE_PARAGRAPH && n->number)
					add_paragraph(c, s, n);
		}
	}
	book_close(book);
}

static void start(void (*open)(struct fixture *))
{
	open(&fixture);
	if (text_map_open(&map, fixture.ms, markdown_read, &err) < 0)
		fail_msg("%s", err.message);
	read_paragraphs();
	assert_true(paragraphs.count > 50);
	seed = 1;
}

static void finish(void)
{
	for (size_t i = 0; i < paragraphs.count; i++) {
		free(paragraphs.items[i].text);
		free(paragraphs.items[i].path);
	}
	free(paragraphs.items);
	paragraphs.items = NULL;
	paragraphs.count = paragraphs.capacity = 0;
	text_map_close(map);
	fixture_close(&fixture);
}

static char *source_of(const struct paragraph *p)
{
	char path[80];

	snprintf(path, sizeof(path), "%s/%s", fixture.folder, p->path);
	return fixture_read(path);
}

/* Some words of a text, from one space to another. */
static struct slice some_words(const char *text, size_t count)
{
	size_t len = strlen(text), from = below(len), to;

	while (from && text[from - 1] != ' ')
		from--;
	for (to = from; to < len; to++)
		if (text[to] == ' ' && !--count)
			break;
	return (struct slice){ text + from, to - from };
}

/* "> " before lines of 72 columns. */
static void add_quote(struct strbuf *out, struct slice text)
{
	size_t column = 0;

	strbuf_adds(out, "> ");
	while (text.len) {
		size_t n = slice_find(text, ' ');

		if (column && column + n > 70) {
			strbuf_adds(out, "\n> ");
			column = 0;
		} else if (column) {
			strbuf_addch(out, ' ');
		}
		strbuf_add_slice(out, slice_sub(text, 0, n));
		column += n + 1;
		text = slice_sub(text, n + 1, text.len);
	}
	strbuf_addch(out, '\n');
}

static const struct feedback nobody = {
	.who = { "Tom", "tom@example.org" }, .channel = "mail",
	.message_id = "", .in_reply_to = "", .subject = "", .round = "",
	.copy = "",
	.words = "", .label = "", .old_words = "", .new_words = "",
	.thread = "", .trouble = "", .source = ""
};

/* How many paragraphs have these words? */
static size_t stands_in(struct slice words)
{
	size_t count = 0;

	for (size_t i = 0; i < paragraphs.count; i++)
		count += text_fold_has(slice_of(paragraphs.items[i].text),
				       words);
	return count;
}

/* Does the source between have the words quoted, or their last sentence? What
 * is marked up is hard to tell. */
static bool is_passage(const char *source, struct span passage,
		       struct slice words)
{
	struct slice own = slice_sub(slice_of(source), passage.start,
				     passage.end);

	for (size_t i = 0; i < own.len; i++)
		if (strchr("*[]`^{}\\>~", own.ptr[i]))
			return true;
	return own.len >= 6 && text_fold_has(words, own);
}

static void check_quote(const struct paragraph *p, struct slice words)
{
	struct feedback_list list = FEEDBACK_LIST_INIT;
	struct placed placed = PLACED_INIT;
	struct strbuf mail = STRBUF_INIT;
	struct span passage;
	char *source = source_of(p);

	add_quote(&mail, words);
	strbuf_adds(&mail, "\nReally?\n");
	mail_reply_read(&list, &nobody, strbuf_slice(&mail));
	assert_int_equal(1, list.count);
	assert_int_equal(0, feedback_place(&placed, map, list.items, &err));
	if (placed.misplaced) {
		if (stands_in(words) == 1)
			fail_msg("%s: '%.*s': %s", p->label, SLICE_ARG(words),
				 placed.why.buf);
	} else {
		if (strcmp(p->label, placed.label))
			fail_msg("%s, not %s: '%.*s'", placed.label, p->label,
				 SLICE_ARG(words));
		assert_string_equal(p->path, placed.path);
		assert_true(placed.changed);
		assert_true(critic_is_remark(slice_of(source),
					     strbuf_slice(&placed.theirs),
					     &passage, NULL));
		if (*placed.why.buf) /* at its end, then */
			passage.start = passage.end;
		assert_true(passage.start >= p->start &&
			    passage.end <= p->end);
		if (!*placed.why.buf && !is_passage(source, passage, words))
			fail_msg("%s: bytes %zu to %zu for '%.*s'", p->label,
				 passage.start, passage.end, SLICE_ARG(words));
	}
	strbuf_release(&mail);
	placed_release(&placed);
	feedback_list_release(&list);
	free(source);
}

static void check_quotes(void)
{
	size_t lengths[] = { 4, 8, 20, 60 };

	for (int i = 0; i < 400; i++) {
		const struct paragraph *p =
			&paragraphs.items[below(paragraphs.count)];
		struct slice words = some_words(p->text,
						lengths[below(4)]);

		if (words.len > 12)
			check_quote(p, words);
	}
}

static void passages_of_a_novella_are_found(void **state)
{
	start(fixture_open_novella);
	check_quotes();
	finish();
}

static void passages_of_a_handbook_are_found(void **state)
{
	start(fixture_open_handbook);
	check_quotes();
	finish();
}

/* ---- edits --------------------------------------------------------- */

static size_t count_of(struct slice text, struct slice word)
{
	size_t count = 0;

	while (text.len) {
		size_t at = slice_find_slice(text, word);

		count += at < text.len;
		text = slice_sub(text, at + 1, text.len);
	}
	return count;
}

/* One word more in the middle, or another instead. */
static void make_edit(struct strbuf *old, struct strbuf *new,
		      struct strbuf *direct, struct slice word, bool more)
{
	strbuf_add_slice(old, word);
	if (more) {
		strbuf_add_slice(new, word);
		strbuf_adds(new, " indeed");
	} else {
		strbuf_adds(new, "otherwise");
	}
	strbuf_add_slice(direct, strbuf_slice(new));
}

static void check_edit(const struct paragraph *p, struct slice word, bool more)
{
	char *text = source_of(p);
	struct slice source = slice_of(text);
	struct slice own = slice_sub(source, p->start, p->end);
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
	struct strbuf direct = STRBUF_INIT;
	struct placed placed = PLACED_INIT;
	struct feedback f = nobody;
	size_t at = p->start + slice_find_slice(own, word);

	strbuf_add_slice(&direct, slice_sub(source, 0, at));
	make_edit(&old, &new, &direct, word, more);
	strbuf_add_slice(&direct, slice_sub(source, at + word.len,
					    source.len));
	f.kind = FEEDBACK_EDIT;
	f.label = p->label;
	f.old_words = old.buf;
	f.new_words = new.buf;
	assert_int_equal(0, feedback_place(&placed, map, &f, &err));
	if (!placed.is_remark)
		assert_string_equal(direct.buf, placed.theirs.buf);
	else
		fail_msg("%s '%s': %s", p->label, old.buf, placed.why.buf);
	strbuf_release(&old);
	strbuf_release(&new);
	strbuf_release(&direct);
	placed_release(&placed);
	free(text);
}

/* A word of small letters that its paragraph has once, as source and text. */
static bool is_good_word(const struct paragraph *p, struct slice word)
{
	char *text = source_of(p);
	struct slice own = slice_sub(slice_of(text), p->start, p->end);
	/* "[tide table][]" has its words twice, as text and as label */
	bool good = count_of(own, SLICE("][")) == 0 && word.len >= 4 &&
		    count_of(own, word) == 1 &&
		    count_of(slice_of(p->text), word) == 1;

	for (size_t i = 0; i < word.len; i++)
		good &= word.ptr[i] >= 'a' && word.ptr[i] <= 'z';
	free(text);
	return good;
}

static void check_edits(void)
{
	size_t checked = 0;

	for (int i = 0; i < 1000; i++) {
		const struct paragraph *p =
			&paragraphs.items[below(paragraphs.count)];
		struct slice word = some_words(p->text, 1);

		if (!is_good_word(p, word))
			continue;
		check_edit(p, word, below(2));
		checked++;
	}
	assert_true(checked > 100);
}

static void edits_of_a_novella_are_as_if_made_by_hand(void **state)
{
	start(fixture_open_novella);
	check_edits();
	finish();
}

static void edits_of_a_handbook_are_as_if_made_by_hand(void **state)
{
	start(fixture_open_handbook);
	check_edits();
	finish();
}

/* ---- edits of several words ----------------------------------------- */

static void add_single_spaced(struct strbuf *out, struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		bool before = !i || text.ptr[i - 1] == ' ' ||
			      text.ptr[i - 1] == '\n';
		bool after = i + 1 < text.len && text.ptr[i + 1] == '\n';

		if (text.ptr[i] != ' ' || !(before || after))
			strbuf_addch(out, text.ptr[i]);
	}
}

/* The words of all paragraphs of a chunk, one a line, spaces as one. */
static void plain_lines(struct strbuf *out, struct slice source)
{
	struct document doc = DOCUMENT_INIT;
	struct strbuf text = STRBUF_INIT;

	assert_int_equal(0, markdown_read(&doc, source, NULL, &err));
	for (const struct node *n = doc.root; n; n = node_next(n, doc.root)) {
		if (n->type != NODE_PARAGRAPH)
			continue;
		strbuf_truncate(&text, 0);
		node_plain_text(&text, n);
		for (size_t i = 0; i < text.len; i++)
			if (text.buf[i] == '\n')
				text.buf[i] = ' ';
		add_single_spaced(out, strbuf_slice(&text));
		strbuf_addch(out, '\n');
	}
	strbuf_release(&text);
	document_release(&doc);
}

/* Some words of one of the lines, from space to space. */
static struct slice pick_words(struct slice lines, size_t count)
{
	for (;;) {
		size_t from = below(lines.len), to;
		struct slice words;

		while (from && lines.ptr[from - 1] != ' ' &&
		       lines.ptr[from - 1] != '\n')
			from--;
		for (to = from; lines.ptr[to] != '\n'; to++)
			if (lines.ptr[to] == ' ' && !--count)
				break;
		words = slice_sub(lines, from, to);
		if (words.len > 8)
			return words;
	}
}

/* One of the words goes, another comes, or both. */
static void change_words(struct strbuf *out, struct slice words)
{
	size_t op = below(3), at = below(words.len), end;

	while (at && words.ptr[at - 1] != ' ')
		at--;
	end = at + slice_find(slice_sub(words, at, words.len), ' ');
	strbuf_add_slice(out, slice_sub(words, 0, at));
	if (op == 0)
		strbuf_adds(out, "zorp");
	else if (op == 1)
		strbuf_adds(out, "quux ");
	else
		end += end < words.len;	/* with its space */
	if (op == 1)
		end = at;
	strbuf_add_slice(out, slice_sub(words, end, words.len));
}

/* Made by the reader's words alone: if it is done, it reads as it should, and
 * nothing else changes. */
static bool check_change(struct slice lines)
{
	struct slice words = pick_words(lines, 1 + below(6));
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
	struct strbuf expected = STRBUF_INIT, got = STRBUF_INIT;
	struct strbuf whole = STRBUF_INIT;
	struct placed placed = PLACED_INIT;
	struct feedback f = nobody;
	size_t at = (size_t)(words.ptr - lines.ptr);

	strbuf_add_slice(&old, words);
	change_words(&new, words);
	strbuf_add_slice(&whole, slice_sub(lines, 0, at));
	strbuf_add_slice(&whole, strbuf_slice(&new));
	strbuf_add_slice(&whole, slice_sub(lines, at + words.len, lines.len));
	add_single_spaced(&expected, strbuf_slice(&whole));
	f.kind = FEEDBACK_EDIT;
	f.old_words = old.buf;
	f.new_words = new.buf;
	assert_int_equal(0, feedback_place(&placed, map, &f, &err));
	if (!placed.is_remark) {
		plain_lines(&got, strbuf_slice(&placed.theirs));
		if (!slice_eq(strbuf_slice(&got), strbuf_slice(&expected))) {
			size_t i = 0;

			while (got.buf[i] == expected.buf[i])
				i++;
			fail_msg("'%s' -> '%s': got '%.40s', not '%.40s'",
				 old.buf, new.buf, got.buf + i,
				 expected.buf + i);
		}
	}
	strbuf_release(&old);
	strbuf_release(&new);
	strbuf_release(&expected);
	strbuf_release(&got);
	strbuf_release(&whole);
	at = !placed.is_remark;
	placed_release(&placed);
	return at;
}

static void changes_read_as_asked_for_or_are_remarks(void **state)
{
	struct strbuf lines = STRBUF_INIT;
	size_t done = 0;
	char *source;

	start(fixture_open_novella);
	source = source_of(&paragraphs.items[0]);
	plain_lines(&lines, slice_of(source));
	for (int i = 0; i < 600; i++)
		done += check_change(strbuf_slice(&lines));
	assert_true(done > 300);
	free(source);
	strbuf_release(&lines);
	finish();
}

/* ---- single cases -------------------------------------------------- */

static void open_text(const char *text)
{
	fixture_open(&fixture, (struct fixture_file[]){
		{ "SUMMARY.md", "- [One](1.md)\n" },
		{ "1.md", text }, { NULL, NULL } });
	if (text_map_open(&map, fixture.ms, markdown_read, &err) < 0)
		fail_msg("%s", err.message);
}

static int find(struct quote_place *out, const char *words, bool near)
{
	struct slice piece = slice_of(words);
	const struct quote quote = { &piece, 1, "" };

	return quote_find(out, map, &quote, near, &err);
}

static void folded_copies_are_exact(void **state)
{
	struct quote_place p;

	open_text("# A\n\n\"It's the\nna\u00EFve of\uFB01ce\" --- he said"
		  "...\n\nE\u0301tude no. 1\n");
	assert_int_equal(0, find(&p, "\u201EIt\u2019s\u00A0the nai\u0308ve "
				 "office\u201C\u2014he", false));
	assert_true(p.exact);
	assert_int_equal(0, find(&p, "he said\u2026", false));
	assert_int_equal(0, find(&p, "\u00C9tu\u00ADde", false));
	assert_int_equal(0, find(&p, "*\u00C9tude* no.", false));
	assert_int_equal(ERROR_NOT_FOUND, find(&p, "etude", false));
	text_map_close(map);
	fixture_close(&fixture);
}

static void a_quote_may_reach_over_paragraphs(void **state)
{
	struct quote_place p;

	open_text("# A\n\nOne two three.\n\n- Four five.\n- Six.\n");
	assert_int_equal(0, find(&p, "two three.\n\nFour five. Six.", false));
	assert_int_equal(0, find(&p, "A One two", false));
	text_map_close(map);
	fixture_close(&fixture);
}

static void paragraphs_left_out_between_are_no_matter(void **state)
{
	struct quote_place p;

	open_text("# A\n\nOne two.\n\nThree four.\n\nFive six.\n");
	assert_int_equal(0, find(&p, "One two.\n\nFive six.", false));
	text_map_close(map);
	fixture_close(&fixture);
}

static void nearly_the_same_is_found_for_remarks_alone(void **state)
{
	static const char copy[] =
		"The grey fog came in over the harbor at four o'clock";
	struct quote_place p;

	open_text("# A\n\nThe grey fog came in over the harbour at four "
		  "o'clock, and stayed.\n\nThe fog went out.\n");
	assert_int_equal(ERROR_NOT_FOUND, find(&p, copy, false));
	assert_int_equal(0, find(&p, copy, true));
	assert_false(p.exact);
	assert_int_equal(ERROR_NOT_FOUND, find(&p, "A red dog came in under "
		"a tree at five in the morning", true));
	text_map_close(map);
	fixture_close(&fixture);
}

static void two_places_nearly_the_same_are_ambiguous(void **state)
{
	struct quote_place p;

	open_text("# A\n\nThe grey fog came in over the harbour at four."
		  "\n\nThe grey fog came in over the harbour at five.\n");
	assert_int_equal(ERROR_AMBIGUOUS, find(&p, "The grey fog came in over "
		"the harbour at six", true));
	text_map_close(map);
	fixture_close(&fixture);
}

static void one_word_over_and_over_takes_no_time(void **state)
{
	struct strbuf text = STRBUF_INIT, copy = STRBUF_INIT;
	struct quote_place p;

	strbuf_adds(&text, "# A\n\n");
	for (int i = 0; i < 100000; i++)
		strbuf_adds(&text, "very ");
	for (int i = 0; i < 5000; i++)
		strbuf_adds(&copy, "very ");
	open_text(text.buf);
	assert_int_equal(ERROR_AMBIGUOUS, find(&p, copy.buf, true));
	strbuf_adds(&copy, "odd");
	assert_true(find(&p, copy.buf, true) < 0);
	text_map_close(map);
	fixture_close(&fixture);
	strbuf_release(&text);
	strbuf_release(&copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(passages_of_a_novella_are_found),
		cmocka_unit_test(passages_of_a_handbook_are_found),
		cmocka_unit_test(edits_of_a_novella_are_as_if_made_by_hand),
		cmocka_unit_test(edits_of_a_handbook_are_as_if_made_by_hand),
		cmocka_unit_test(changes_read_as_asked_for_or_are_remarks),
		cmocka_unit_test(folded_copies_are_exact),
		cmocka_unit_test(a_quote_may_reach_over_paragraphs),
		cmocka_unit_test(paragraphs_left_out_between_are_no_matter),
		cmocka_unit_test(nearly_the_same_is_found_for_remarks_alone),
		cmocka_unit_test(two_places_nearly_the_same_are_ambiguous),
		cmocka_unit_test(one_word_over_and_over_takes_no_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
