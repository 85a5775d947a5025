/* SPDX-License-Identifier: MIT */
/* Paragraph by paragraph: those that blank lines part. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "edited_copy.h"
#include "prose_diff.h"
#include "text_fold.h"
#include "vocabulary.h"

struct paragraph {
	struct slice bytes;	/* without the line end at its end */
	struct slice gap;	/* blank lines after it, line ends and all */
	struct text_words words;
};

struct paragraphs {
	struct paragraph *items;
	size_t count, capacity;
	struct slice front;	/* blank lines before the first */
};

static void release_paragraphs(struct paragraphs *p)
{
	for (size_t i = 0; i < p->count; i++)
		text_words_release(&p->items[i].words);
	free(p->items);
}

static void read_paragraphs(struct paragraphs *out,
			    struct vocabulary *vocabulary, struct slice text)
{
	struct slice rest = text, line;
	struct paragraph *p = NULL;
	bool inside = false;

	out->front = slice_sub(text, 0, 0);
	while (slice_next_line(&line, &rest)) {
		size_t end = (size_t)(line.ptr - text.ptr);
		size_t next = end + line.len;
		size_t words = end + slice_chomp(line).len;

		if (slice_is_blank(line)) {
			inside = false;
			if (p)
				p->gap.len = next - (size_t)(p->gap.ptr -
							     text.ptr);
			else
				out->front.len = next;
			continue;
		}
		if (!inside) {
			GROW(out->items, out->count, out->capacity);
			p = &out->items[out->count++];
			*p = (struct paragraph){ .bytes = { line.ptr, 0 },
						 .words = TEXT_WORDS_INIT };
		}
		inside = true;
		p->bytes.len = words - (size_t)(p->bytes.ptr - text.ptr);
		p->gap = slice_sub(text, words, next);
	}
	for (size_t i = 0; i < out->count; i++)
		text_fold_read(&out->items[i].words, vocabulary,
			       out->items[i].bytes);
}

static bool same_words(const struct paragraph *a, const struct paragraph *b)
{
	if (a->words.count != b->words.count)
		return false;
	for (size_t i = 0; i < a->words.count; i++)
		if (a->words.items[i].word != b->words.items[i].word)
			return false;
	return a->words.count || slice_eq(a->bytes, b->bytes);
}

static uint32_t hash_words(const struct paragraph *p)
{
	uint32_t h = 2166136261;

	for (size_t i = 0; i < p->words.count; i++)
		h = (h ^ p->words.items[i].word) * 16777619;
	return h;
}

/* The chunk's paragraphs by their words: chains, the last one first. */
struct table {
	const struct paragraphs *of;
	size_t *first, *next;	/* index + 1 */
	size_t size;
};

static void fill_table(struct table *t, const struct paragraphs *of)
{
	t->of = of;
	for (t->size = 16; t->size < of->count * 2; t->size *= 2)
		;
	t->first = xcalloc(t->size, sizeof(*t->first));
	t->next = xcalloc(of->count + 1, sizeof(*t->next));
	for (size_t i = 0; i < of->count; i++) {
		size_t slot = hash_words(&of->items[i]) & (t->size - 1);

		t->next[i] = t->first[slot];
		t->first[slot] = i + 1;
	}
}

/*
 * The one that reads so: `wanted`, which follows the one before, or the one
 * behind it, if that was written anew; else any. Equal ones in long rows are
 * not all looked at.
 */
static size_t find_paragraph(const struct table *t, size_t wanted,
			     const struct paragraph *p)
{
	size_t steps = 0, i;

	for (i = wanted; i < t->of->count && i < wanted + 2; i++)
		if (same_words(&t->of->items[i], p))
			return i;
	i = t->first[hash_words(p) & (t->size - 1)];
	for (; i && steps < 100; i = t->next[i - 1], steps++)
		if (same_words(&t->of->items[i - 1], p))
			return i - 1;
	return SIZE_MAX;
}

/* With the chunk's line ends. */
static void add_lines(struct strbuf *out, struct slice text, bool crlf)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\r')
			continue;
		if (text.ptr[i] == '\n' && crlf)
			strbuf_addch(out, '\r');
		strbuf_addch(out, text.ptr[i]);
	}
}

/* --- a paragraph with other words ------------------------------------- */

static void list_tokens(struct token_list *list, const struct text_words *words)
{
	list->count = words->count + 2;
	list->items = xcalloc(list->count, sizeof(*list->items));
	list->items[0].flags = TOKEN_SENTENCE;
	list->items[list->count - 1].flags = TOKEN_SENTENCE;
	for (size_t i = 0; i < words->count; i++)
		list->items[i + 1] = (struct token){
			.word = words->items[i].word, .flags = TOKEN_COUNTED };
}

/* For each word of `b` its like in `a`, + 1; or 0. Returns how many have one;
 * `match` is the caller's to free. */
static size_t match_words(size_t **match, const struct text_words *a,
			  const struct text_words *b)
{
	struct token_list old = TOKEN_LIST_INIT, new = TOKEN_LIST_INIT;
	size_t count;

	*match = xcalloc(b->count + 1, sizeof(**match));
	list_tokens(&old, a);
	list_tokens(&new, b);
	count = prose_match(*match, &old, &new);
	token_list_release(&old);
	token_list_release(&new);
	return count;
}

static struct slice word_of(const struct paragraph *p, size_t i)
{
	return slice_sub(p->bytes, p->words.items[i].start,
			 p->words.items[i].end);
}

/* Quotes and dashes of words that stayed are as the chunk has them. */
static void add_words(struct strbuf *out, const struct paragraph *old,
		      const struct paragraph *p, const size_t *match,
		      bool crlf)
{
	size_t at = 0;

	for (size_t i = 0; i < p->words.count; i++) {
		const struct text_word *w = &p->words.items[i];

		if (!match[i] || w->start < at)
			continue;
		add_lines(out, slice_sub(p->bytes, at, w->start), crlf);
		strbuf_add_slice(out, word_of(old, match[i] - 1));
		at = w->end;
	}
	add_lines(out, slice_sub(p->bytes, at, p->bytes.len), crlf);
}

#define NEAR 4		/* paragraphs of the chunk that it may have been */

/*
 * One that reads as none of the chunk does: one of the next ones was edited,
 * if most of the words are the same. Returns where the one after it stands.
 */
static size_t add_edited(struct strbuf *out, const struct paragraphs *chunk,
			 size_t next, const struct paragraph *p, bool crlf)
{
	for (size_t i = next; i < chunk->count && i < next + NEAR; i++) {
		const struct paragraph *old = &chunk->items[i];
		size_t before = old->words.count, after = p->words.count;
		size_t *match, same;
		bool edited;

		if (before > after * 2 || after > before * 2)
			continue;
		same = match_words(&match, &old->words, &p->words);
		edited = same * 2 > before && same * 2 > after;
		if (edited)
			add_words(out, old, p, match, crlf);
		free(match);
		if (edited)
			return i + 1;
	}
	add_lines(out, p->bytes, crlf);
	return next;
}

static void put_together(struct strbuf *out, const struct paragraphs *chunk,
			 const struct paragraphs *copy, bool crlf)
{
	size_t at = SIZE_MAX, next = 0;	/* in the chunk */
	struct table table;

	fill_table(&table, chunk);
	strbuf_add_slice(out, chunk->front);
	for (size_t i = 0; i < copy->count; i++) {
		const struct paragraph *p = &copy->items[i];
		bool last = i + 1 == copy->count;

		at = find_paragraph(&table, next, p);
		if (at == SIZE_MAX) {
			next = add_edited(out, chunk, next, p, crlf);
		} else {
			strbuf_add_slice(out, chunk->items[at].bytes);
			next = at + 1;
		}
		if (last) /* as the chunk ends */
			strbuf_add_slice(out, chunk->items[chunk->count - 1]
					 .gap);
		else if (at < chunk->count && next < chunk->count &&
			 same_words(&chunk->items[next], p + 1))
			strbuf_add_slice(out, chunk->items[at].gap);
		else
			add_lines(out, p->gap, crlf);
	}
	free(table.first);
	free(table.next);
}

static struct slice without_bom(struct slice text)
{
	return slice_starts_with(text, SLICE("\xEF\xBB\xBF")) ?
		slice_sub(text, 3, text.len) : text;
}

void edited_copy_mend(struct strbuf *out, struct slice chunk, struct slice copy)
{
	struct vocabulary words = VOCABULARY_INIT;
	struct paragraphs a = { NULL, 0, 0, { NULL, 0 } }, b = a;

	read_paragraphs(&a, &words, chunk);
	read_paragraphs(&b, &words, without_bom(copy));
	if (a.count && b.count)
		put_together(out, &a, &b, slice_find_slice(chunk,
					SLICE("\r\n")) < chunk.len);
	release_paragraphs(&a);
	release_paragraphs(&b);
	vocabulary_release(&words);
}
