/* SPDX-License-Identifier: MIT */
/* Without what is cut a redline is the new text, without what is added the
 * old one: on samples, on their pieces in disorder, on generated histories. */
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

#include "alloc.h"
#include "error.h"
#include "markdown_read.h"
#include "novel.h"
#include "redline.h"
#include "redline_private.h"

static uint64_t seed;

static size_t below(size_t n)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
	return n ? (size_t)(seed >> 33) % n : 0;
}

/* --- the law --- */

struct cited {
	const struct document *doc;
	unsigned skip;
};

/* Of notes in notes it is enough that they are there. */
static bool add_nothing(struct strbuf *out, const struct node *reference,
			void *data)
{
	return true;
}

/* What a note says, where it is cited. */
static bool add_note(struct strbuf *out, const struct node *reference,
		     void *data)
{
	const struct cited *c = data;
	const struct canon canon = { c->skip, add_nothing, NULL };

	for (const struct node *n = c->doc->footnotes->first; n; n = n->next) {
		struct definitions same = DEFINITIONS_INIT;
		bool found;

		definitions_add(&same, true, n->text, SLICE(""), 0,
				(struct span){ 0, 0 });
		found = definitions_find(&same, true, reference->text);
		definitions_release(&same);
		if (!found)
			continue;
		for (const struct node *b = n->first; b; b = b->next)
			if (!(b->flags & c->skip))
				redline_canon(out, b, &canon);
		return true;
	}
	return false;
}

static void add_document(struct strbuf *out, const struct document *doc,
			 unsigned skip)
{
	struct cited cited = { doc, skip };

	redline_canon(out, doc->root,
		      &(struct canon){ skip, add_note, &cited });
}

static void add_source(struct strbuf *out, struct slice text)
{
	struct document doc = DOCUMENT_INIT;
	struct error err = ERROR_INIT;

	assert_int_equal(0, markdown_read(&doc, text, NULL, &err));
	add_document(out, &doc, 0);
	document_release(&doc);
}

static void fail_with(const char *what, struct slice a, struct slice b)
{
	size_t i = 0;

	while (i < a.len && i < b.len && a.ptr[i] == b.ptr[i])
		i++;
	i = i > 60 ? i - 60 : 0;
	a = slice_sub(a, i, i + 200);
	b = slice_sub(b, i, i + 200);
	fprintf(stderr, "%s:\n", what);
	fwrite(a.ptr, 1, a.len, stderr);
	fprintf(stderr, "\n---\n");
	fwrite(b.ptr, 1, b.len, stderr);
	fail();
}

/* Texts, each ended by one that is NULL; NULL keys: none. */
static struct redline *compare(const char *const *old, const char *const *new,
			       bool keys)
{
	struct redline *r = redline_new(markdown_read);
	struct error err = ERROR_INIT;

	for (; *old; old++)
		redline_add(r, REDLINE_OLD, slice_of(*old),
			    keys ? *old : NULL, "a", NULL);
	for (; *new; new++)
		redline_add(r, REDLINE_NEW, slice_of(*new),
			    keys ? *new : NULL, "a", NULL);
	assert_int_equal(0, redline_compare(r, true, &err));
	return r;
}

static void check_law(const char *const *old, const char *const *new,
		      bool keys)
{
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;
	struct redline *r = compare(old, new, keys);
	struct error err = ERROR_INIT;

	for (size_t i = 0; old[i]; i++)
		add_source(&a, slice_of(old[i]));
	for (size_t i = 0; new[i]; i++) {
		struct document doc = DOCUMENT_INIT;
		int rc = redline_document(&doc, r, i, &err);

		assert_true(rc >= 0);
		add_source(&b, slice_of(new[i]));
		if (rc) {
			add_document(&x, &doc, NODE_ADDED);
			add_document(&y, &doc, NODE_CUT);
		} else {
			add_source(&x, slice_of(new[i]));
			add_source(&y, slice_of(new[i]));
		}
		document_release(&doc);
	}
	if (!slice_eq(strbuf_slice(&a), strbuf_slice(&x)))
		fail_with("not the old text", strbuf_slice(&a),
			  strbuf_slice(&x));
	if (!slice_eq(strbuf_slice(&b), strbuf_slice(&y)))
		fail_with("not the new text", strbuf_slice(&b),
			  strbuf_slice(&y));
	redline_free(r);
	strbuf_release(&a);
	strbuf_release(&b);
	strbuf_release(&x);
	strbuf_release(&y);
}

/* --- one pair, as it is shown --- */

static void add_shown(struct strbuf *out, const struct node *root)
{
	const struct node *n = root;

	while (n) {
		bool ins = n->type == NODE_INSERTION && n->flags & NODE_ADDED;
		bool del = n->type == NODE_DELETION && n->flags & NODE_CUT;

		if ((ins || del) && n->flags & NODE_BREAK)
			strbuf_adds(out, ins ? "{+//+}" : "[-//-]");
		else if (ins || del)
			strbuf_adds(out, ins ? "{+" : "[-");
		else if (n->type == NODE_EMPHASIS)
			strbuf_addch(out, '*');
		else if (n->type == NODE_TEXT)
			strbuf_add_slice(out, n->text);
		else if (n->type == NODE_SOFT_BREAK)
			strbuf_addch(out, ' ');
		else if (n->type == NODE_FOOTNOTE_REFERENCE)
			strbuf_adds(out, "^");
		else if (n->type == NODE_TABLE_CELL)
			strbuf_adds(out, "|");
		else if (n->type == NODE_IMAGE)
			strbuf_adds(out, "!");
		else if (!NODE_IS_INLINE(n->type) && n->flags & NODE_CUT)
			strbuf_adds(out, n->flags & NODE_MOVED ? "\n<" :
				    "\n-");
		else if (!NODE_IS_INLINE(n->type) && n->flags & NODE_ADDED)
			strbuf_adds(out, n->flags & NODE_MOVED ? "\n>" :
				    "\n+");
		else if (n->type == NODE_PARAGRAPH || n->type == NODE_HEADING)
			strbuf_adds(out, "\n ");
		if (n->first) {
			n = n->first;
			continue;
		}
		for (;;) {
			if (n->first || n->type == NODE_EMPHASIS) {
				if (n->type == NODE_INSERTION &&
				    n->flags & NODE_ADDED)
					strbuf_adds(out, "+}");
				if (n->type == NODE_DELETION &&
				    n->flags & NODE_CUT)
					strbuf_adds(out, "-]");
				if (n->type == NODE_EMPHASIS)
					strbuf_addch(out, '*');
			}
			if (n == root)
				return;
			if (n->next)
				break;
			n = n->parent;
		}
		n = n->next;
	}
}

static void check_shown(const char *old, const char *new, const char *shown)
{
	const char *const olds[] = { old, NULL }, *const news[] = { new, NULL };
	struct redline *r;
	struct strbuf out = STRBUF_INIT;
	struct document doc = DOCUMENT_INIT;
	struct error err = ERROR_INIT;
	int rc;

	check_law(olds, news, false);
	r = compare(olds, news, false);
	rc = redline_document(&doc, r, 0, &err);
	assert_true(rc >= 0);
	if (rc) {
		add_shown(&out, doc.root);
		if (doc.footnotes->first) {
			strbuf_adds(&out, "\n==");
			add_shown(&out, doc.footnotes);
		}
	}
	if (shown)
		assert_string_equal(shown, out.buf);
	document_release(&doc);
	redline_free(r);
	strbuf_release(&out);
}

static void words_are_whole_with_their_marks(void **state)
{
	check_shown("The grey fog, he said.\n", "The white fog, he said.\n",
		    "\n The [-grey-]{+white+} fog, he said.");
	check_shown("The fog came in.\n", "The thick fog came in.\n",
		    "\n The {+thick +}fog came in.");
	check_shown("He saw the fog.\n", "He saw the fog, and left.\n",
		    "\n He saw the [-fog.-]{+fog, and left.+}");
	check_shown("Now the fog came in.\n", "The fog came in.\n",
		    "\n [-Now the-]{+The+} fog came in.");
}

static void wrapping_is_no_change(void **state)
{
	check_shown("The fog\ncame in  over\nthe bar.\n",
		    "The fog came in\nover the bar.\n", "");
}

static void marks_part_no_emphasis(void **state)
{
	check_shown("The *grey fog* came in.\n", "The *white fog* came in.\n",
		    "\n The *[-grey-]{+white+} fog* came in.");
	check_shown("The grey fog came in here.\n",
		    "The *grey* fog came in here.\n",
		    "\n The [-grey-]{+*grey*+} fog came in here.");
	check_shown("The *grey fog* and all the rest came.\n",
		    "The *grey* and all the *fog* rest came.\n",
		    "\n The *grey[- fog-]* and all the {+*fog* +}rest came.");
}

static void notes_are_compared(void **state)
{
	check_shown("The fog[^1] came.\n\n[^1]: It was grey and cold.\n",
		    "The fog[^a] came.\n\n[^a]: It was white and cold.\n",
		    "\n The fog[-^-]{+^+} came.\n==\n-\n-It was grey and cold."
		    "\n+It was white and cold.");
	check_shown("The fog[^1] came.\n\n[^1]: It was grey and cold.\n",
		    "The fog[^1] came.\n\n[^1]: It was white and cold.\n",
		    "\n The fog^ came.\n==\n It was [-grey-]{+white+} and "
		    "cold.");
	check_shown("The fog[^1] came.\n\n[^1]: It was grey and cold.\n",
		    "Fog[^1] and the fog[^2] came.\n\n[^1]: Or mist.\n\n[^2]: "
		    "It was grey and cold.\n",
		    "\n [-The-]{+Fog^ and the+} fog^ came.\n==\n+Or mist."
		    "\n It was grey and cold.");
}

static void cells_are_compared(void **state)
{
	check_shown("|a|b|\n|-|-|\n|one|two|\n", "|a|b|\n|-|-|\n|one|three|\n",
		    "|a|b|one|[-two-]{+three+}");
}

static void rows_are_known_by_their_first_cell(void **state)
{
	check_shown("| a | b |\n|---|---|\n| one | 6 mm |\n| two | x |\n"
		    "| three | y |\n",
		    "| a | b |\n|---|---|\n| one | 5 mm |\n| three | z |\n"
		    "| four | v |\n",
		    "|a|b|one|[-6-]{+5+} mm\n-|two|x|three|[-y-]{+z+}\n+|four|v");
}

static void a_moved_paragraph_is_found(void **state)
{
	check_shown("One is the first of all the things.\n\nTwo comes after "
		    "it, as they say.\n\nThree is what all good things are.\n",
		    "Three is what all very good things are.\n\nOne is the "
		    "first of all the things.\n\nTwo comes after it, as they "
		    "say.\n",
		    "\n>Three is what all {+very +}good things are.\n One is "
		    "the first of all the things.\n Two comes after it, as "
		    "they say.\n<Three is what all good things are.");
}

/* --- laws --- */

static char *read_sample(const char *path)
{
	struct strbuf out = STRBUF_INIT;
	FILE *f = fopen(path, "rb");
	char buf[4096];
	size_t n;

	assert_non_null(f);
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		strbuf_add(&out, buf, n);
	fclose(f);
	return strbuf_detach(&out, NULL);
}

static const char *const samples[] = {
	"samples/the-tide-table.md", "samples/handbook/foreword.md",
	"samples/handbook/glossary.md", "samples/handbook/colophon.md",
	"samples/README.md", "README.md"
};
#define SAMPLES (sizeof(samples) / sizeof(*samples))

static const char *const pieces[] = {
	"*", "**", "_", "`", "[", "](x)", "\n\n", "\n", " ", "> ", "- ", "1. ",
	"|", "|-|-|\n", "[^1]", "^[a note]", "\n[^1]: A note.\n", "# ", "word ",
	"![a](b.png)", "<b>", "</b>", "<div>\n", "\n```\n", "{++x++}", "{--",
	"--}", "::: verse\n", ":::\n", "| a line\n", "\n* * *\n", "\\\n", "~~",
	"{.c}", "\xC3\xA9", "\xFF", "[a]: b\n", "  \n", "    ", "\t", "&amp;"
};

/* Words moved about, cut, doubled; markup put anywhere. */
static char *disorder(const char *text, size_t changes)
{
	struct strbuf out = STRBUF_INIT, next = STRBUF_INIT;

	strbuf_adds(&out, text);
	for (size_t i = 0; i < changes; i++) {
		size_t at = below(out.len + 1), len = below(60);
		size_t to = below(out.len + 1);
		struct slice all = strbuf_slice(&out);

		strbuf_truncate(&next, 0);
		strbuf_add_slice(&next, slice_sub(all, 0, at));
		switch (below(4)) {
		case 0:
			strbuf_add_slice(&next, slice_sub(all, at + len,
							  all.len));
			break;
		case 1:
			strbuf_add_slice(&next, slice_sub(all, to, to + 5 *
							  len));
			strbuf_add_slice(&next, slice_sub(all, at, all.len));
			break;
		default:
			strbuf_adds(&next, pieces[below(sizeof(pieces) /
							sizeof(*pieces))]);
			strbuf_add_slice(&next, slice_sub(all, at, all.len));
			break;
		}
		strbuf_truncate(&out, 0);
		strbuf_add_slice(&out, strbuf_slice(&next));
	}
	strbuf_release(&next);
	return strbuf_detach(&out, NULL);
}

static void paragraphs_are_split_and_joined(void **state)
{
	check_shown("The grey fog came in over the bar. Nobody saw it.\n",
		    "The grey fog came in over the bar.\n\nNobody saw it.\n",
		    "\n The grey fog came in over the bar.{+//+}\n "
		    "Nobody saw it.");
	check_shown("The grey fog came in over the bar.\n\nNobody saw it.\n",
		    "The grey fog came in over the bar. Nobody saw it.\n",
		    "\n The grey fog came in over the bar. [-//-]"
		    "Nobody saw it.");
	/* a short end of a long one */
	check_shown("The grey fog came in over the bar, and it was cold and "
		    "thick and wet. Nobody saw it.\n",
		    "The grey fog came in over the bar, and it was cold and "
		    "thick and wet.\n\nNobody saw it.\n",
		    "\n The grey fog came in over the bar, and it was cold and "
		    "thick and wet.{+//+}\n Nobody saw it.");
	/* words changed, and one put in between */
	check_shown("The grey fog came in over the bar. Nobody saw it that "
		    "day, nor the next.\n",
		    "The white fog came in over the bar.\n\nA dog barked.\n\n"
		    "Nobody saw it that day, nor the last.\n",
		    "\n The [-grey-]{+white+} fog came in over the bar.{+//+}\n "
		    "{+A dog barked.+}{+//+}\n "
		    "Nobody saw it that day, nor the [-next.-]{+last.+}");
	/* a sentence that goes to the next paragraph */
	check_shown("One fine day the fog came in over the bar. Nobody saw "
		    "it but the old man and his dog.\n\nThey went to the "
		    "harbour and counted all the boats.\n",
		    "One fine day the fog came in over the bar.\n\nNobody saw "
		    "it but the old man and his dog. They went to the "
		    "harbour and counted all the boats.\n",
		    "\n One fine day the fog came in over the bar.{+//+}\n "
		    "Nobody saw it but the old man and his dog. [-//-]"
		    "They went to the harbour and counted all the boats.");
	/* in what holds them, and with notes between */
	check_shown("> The grey fog came in over the bar.[^1]\n>\n> Nobody "
		    "saw *it*.\n\n[^1]: A note.\n",
		    "> The grey fog came in over the bar.[^1] Nobody "
		    "saw *it*.\n\n[^1]: A note.\n",
		    "\n The grey fog came in over the bar.^ [-//-]"
		    "Nobody saw *it*.\n==\n A note.");
	/* emphasis on both sides of it is not parted */
	check_shown("He said *that the fog was grey and thick and that "
		    "nobody saw it come*.\n",
		    "He said *that the fog was grey and thick*\n\n*and that "
		    "nobody saw it come*.\n", NULL);
}

static void elements_of_html_are_words(void **state)
{
	check_shown("Press <kbd>q</kbd> and wait.<br>Or not.\n",
		    "Press <kbd>Q *x*</kbd> and wait.<br>Or go.\n",
		    "\n Press [-q-]{+Q *x*+} and wait.Or [-not.-]{+go.+}");
	check_shown("Press x<b> q</b> now.\n", "Press x<b>q</b> now.\n",
		    "\n Press x[- q-]{+q+} now.");
	/* a tag alone opens something: no mark may part it */
	check_shown("Press <b>q now.\n", "Press q now.\n",
		    "\n-Press q now.\n+Press q now.");
}

static void samples_in_disorder_keep_the_law(void **state)
{
	for (size_t s = 0; s < SAMPLES; s++) {
		char *text = read_sample(samples[s]);
		size_t len = strlen(text);

		for (size_t i = 0; i < 60; i++) {
			size_t from = below(len), size = 50 + below(4000);
			char *part, *a, *b;
			const char *old[3] = { NULL }, *new[3] = { NULL };

			part = xstrdup(text + from);
			if (strlen(part) > size)
				part[size] = '\0';
			a = disorder(part, below(12));
			b = disorder(a, 1 + below(12));
			old[0] = a;
			new[0] = b;
			check_law(old, new, false);
			old[1] = b;
			new[1] = a;
			check_law(old, new, i % 2);
			free(a);
			free(b);
			free(part);
		}
		free(text);
	}
}

/* --- a book that is worked on --- */

#define MOST_PARAGRAPHS 4000

struct text {
	char *paragraphs[MOST_PARAGRAPHS];
	size_t count;
};

static void text_read(struct text *t, size_t size, uint64_t which)
{
	struct strbuf novel = STRBUF_INIT;
	struct slice rest;

	novel_write(&novel, size, which);
	rest = strbuf_slice(&novel);
	t->count = 0;
	while (rest.len && t->count < MOST_PARAGRAPHS / 2) {
		size_t end = slice_find_slice(rest, SLICE("\n\n"));
		struct slice p = slice_sub(rest, 0, end);
		char *copy = xcalloc(p.len + 1, 1);

		memcpy(copy, p.ptr, p.len);
		t->paragraphs[t->count++] = copy;
		rest = slice_sub(rest, end + 2, rest.len);
	}
	strbuf_release(&novel);
}

static void text_release(struct text *t)
{
	while (t->count)
		free(t->paragraphs[--t->count]);
}

static size_t words_in(const char *p)
{
	size_t n = 0;

	for (; *p; p++)
		n += *p == ' ';
	return n + 1;
}

/* Another word for one, or one less, or one more. */
static char *edit(const char *p)
{
	struct strbuf out = STRBUF_INIT;
	size_t at = below(words_in(p)), kind = below(3);

	for (; *p && at; p++) {
		at -= *p == ' ';
		strbuf_addch(&out, *p);
	}
	if (kind < 2)
		p += strcspn(p, " \n");
	strbuf_adds(&out, kind ? "otherwise" : "");
	if (kind == 2)
		strbuf_addch(&out, ' ');
	strbuf_adds(&out, p);
	return strbuf_detach(&out, NULL);
}

static void text_move(struct text *t, size_t from, size_t to)
{
	char *p = t->paragraphs[from];

	memmove(t->paragraphs + from, t->paragraphs + from + 1,
		(t->count - from - 1) * sizeof(p));
	memmove(t->paragraphs + to + 1, t->paragraphs + to,
		(t->count - to - 1) * sizeof(p));
	t->paragraphs[to] = p;
}

/* Work of a day: words here and there, paragraphs, and moves. */
static size_t work(struct text *t, size_t edits, size_t moves)
{
	size_t moved = 0;

	for (size_t i = 0; i < edits; i++) {
		size_t at = below(t->count);
		char *p = t->paragraphs[at];

		t->paragraphs[at] = edit(p);
		free(p);
	}
	for (size_t i = 0; i < moves; i++) {
		size_t from = below(t->count), to = below(t->count);
		size_t distance = from > to ? from - to : to - from;

		if (words_in(t->paragraphs[from]) < 20 || distance < 30 ||
		    *t->paragraphs[from] == '#')
			continue;
		text_move(t, from, to);
		for (size_t k = below(3); k; k--) {
			char *p = t->paragraphs[to];

			t->paragraphs[to] = edit(p);
			free(p);
		}
		moved++;
	}
	return moved;
}

/* As chunks of about `size` paragraphs. */
static char **chunks_of(const struct text *t, size_t size)
{
	char **chunks = xcalloc(t->count / size + 2, sizeof(*chunks));
	struct strbuf out = STRBUF_INIT;
	size_t n = 0;

	for (size_t i = 0; i < t->count; i++) {
		strbuf_adds(&out, t->paragraphs[i]);
		strbuf_adds(&out, "\n\n");
		if ((i + 1) % size == 0 || i + 1 == t->count)
			chunks[n++] = strbuf_detach(&out, NULL);
	}
	return chunks;
}

static void chunks_free(char **chunks)
{
	for (size_t i = 0; chunks[i]; i++)
		free(chunks[i]);
	free(chunks);
}

static void a_history_keeps_the_law(void **state)
{
	for (uint64_t s = 1; s <= 4; s++) {
		struct text t;
		char **old, **new;

		seed = s;
		text_read(&t, 60000, s);
		old = chunks_of(&t, 20 + s);
		for (size_t round = 0; round < 4; round++) {
			work(&t, 15, 6);
			new = chunks_of(&t, 15 + below(30));
			check_law((const char *const *)old,
				  (const char *const *)new, round % 2);
			check_law((const char *const *)new,
				  (const char *const *)old, round % 2);
			chunks_free(old);
			old = new;
		}
		chunks_free(old);
		text_release(&t);
	}
}

static void moves_are_found_with_small_edits(void **state)
{
	size_t made = 0, found = 0;

	for (uint64_t s = 1; s <= 6; s++) {
		struct text t;
		struct redline *r;
		const struct redline_change *changes;
		char **old, **new;
		size_t count;

		seed = s;
		text_read(&t, 200000, 10 + s);
		old = chunks_of(&t, 40);
		made += work(&t, 10, 20);
		new = chunks_of(&t, 33); /* all are split or joined */
		r = compare((const char *const *)old,
			    (const char *const *)new, true);
		changes = redline_changes(r, &count);
		for (size_t i = 0; i < count; i++)
			found += changes[i].kind == REDLINE_MOVED_HERE;
		redline_free(r);
		chunks_free(old);
		chunks_free(new);
		text_release(&t);
	}
	print_message("%zu moves, %zu found\n", made, found);
	assert_true(10 * found >= 9 * made && 10 * found <= 11 * made);
}

static void chunks_split_and_joined_are_no_change(void **state)
{
	struct text t;
	struct redline *r;
	char **old, **new;
	size_t count;

	text_read(&t, 100000, 7);
	old = chunks_of(&t, 40);
	new = chunks_of(&t, 13);
	r = compare((const char *const *)old, (const char *const *)new, true);
	redline_changes(r, &count);
	assert_int_equal(0, count);
	redline_free(r);
	chunks_free(old);
	chunks_free(new);
	text_release(&t);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_whole_with_their_marks),
		cmocka_unit_test(wrapping_is_no_change),
		cmocka_unit_test(marks_part_no_emphasis),
		cmocka_unit_test(notes_are_compared),
		cmocka_unit_test(cells_are_compared),
		cmocka_unit_test(rows_are_known_by_their_first_cell),
		cmocka_unit_test(a_moved_paragraph_is_found),
		cmocka_unit_test(paragraphs_are_split_and_joined),
		cmocka_unit_test(elements_of_html_are_words),
		cmocka_unit_test(samples_in_disorder_keep_the_law),
		cmocka_unit_test(a_history_keeps_the_law),
		cmocka_unit_test(moves_are_found_with_small_edits),
		cmocka_unit_test(chunks_split_and_joined_are_no_change),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
