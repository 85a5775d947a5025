/* SPDX-License-Identifier: MIT */
/*
 * Lines as words. Old ones have the bytes of the text beside those of the
 * mail; in new ones a word that the mail broke in two is put together where
 * the old lines, or its manner of breaking lines, say so.
 */
#include <stdlib.h>

#include "alloc.h"
#include "patch_group.h"
#include "prose_diff.h"

/* --- lines as words ------------------------------------------------------ */

static struct patch_word *push(struct patch_words *words)
{
	GROW(words->items, words->count, words->capacity);
	words->items[words->count] = (struct patch_word){ .class = CLASS_MARK };
	return &words->items[words->count++];
}

static uint32_t id_of(struct patch_draft *draft, struct strbuf *folded,
		      struct slice bytes)
{
	strbuf_truncate(folded, 0);
	patch_fold(folded, bytes);
	/* what folds to nothing cannot be a word */
	return vocabulary_add(&draft->vocabulary, folded->len ?
			      strbuf_slice(folded) : SLICE("\n"));
}

static void push_end(struct patch_draft *draft, struct patch_words *words,
		     struct slice gap, struct slice raw_gap,
		     const struct patch_op *op)
{
	struct patch_word *w = push(words);

	w->gap = gap;
	w->raw_gap = raw_gap;
	w->ends_line = true;
	w->ascii = true;
	w->id = vocabulary_add(&draft->vocabulary, SLICE("\n"));
	w->at = op->at;
	w->op = op;
}

/* The words of a line of the text, with what the mail made of them. */
static void add_old(struct patch_draft *draft, struct patch_words *words,
		    struct strbuf *folded, const struct patch_op *op)
{
	struct slice line = patch_text_words(draft->text, op->line);
	struct patch_pairs pairs = { op->words, line, 0, 0 };
	struct patch_pair p;
	struct patch_word *w = NULL;
	size_t a = 0, b = 0;

	while (patch_next_pair(&p, &pairs)) {
		if (!w || w->class != CLASS_WORD || p.class != CLASS_WORD ||
		    p.gap_b.len) {
			if (w)
				w->id = id_of(draft, folded, w->bytes);
			w = push(words);
			w->gap = p.gap_b;
			w->raw_gap = p.gap_a;
			w->class = p.class;
			w->ascii = p.ascii_b;
			w->at = op->at;
			w->op = op;
			a = p.a.start;
			b = p.b.start;
		}
		w->bytes = slice_sub(line, b, p.b.end);
		w->raw = slice_sub(op->words, a, p.a.end);
	}
	if (w)
		w->id = id_of(draft, folded, w->bytes);
	push_end(draft, words, p.gap_b, p.gap_a, op);
}

void patch_draft_learn(struct patch_draft *draft, const struct patch_op *op)
{
	struct strbuf folded = STRBUF_INIT;
	struct patch_words words = { NULL, 0, 0 };

	add_old(draft, &words, &folded, op);
	draft->known = (uint32_t)draft->vocabulary.count;
	free(words.items);
	strbuf_release(&folded);
}

static bool is_known(struct patch_group *g, struct slice word)
{
	return id_of(g->draft, &g->folded, word) < g->draft->known;
}

/* Where the letters from `at` on end. */
static size_t letters_end(struct slice words, size_t at)
{
	struct patch_unit unit;
	size_t end = at;

	while (end < words.len && patch_next_unit(&unit, words, end) &&
	       unit.start == end && unit.class == CLASS_WORD)
		end = unit.end;
	return end;
}

/*
 * A line end of the mail at `seam`, between the letters from `start` and
 * those behind: one word or two? As the old lines have them; else as this
 * mail breaks lines.
 */
static bool is_one_word(struct patch_group *g, struct slice words, size_t start,
			size_t seam)
{
	enum patch_breaking breaking = patch_breaking(g->draft->evidence);
	struct slice left = slice_sub(words, start, seam);
	struct slice right = slice_sub(words, seam + 1,
				       letters_end(words, seam + 1));
	struct slice both;
	struct strbuf joined = STRBUF_INIT;
	bool known;

	if (breaking == BREAKING_WORDS || left.len + right.len > 1000)
		return breaking == BREAKING_COLUMN;
	strbuf_add_slice(&joined, left);
	strbuf_add_slice(&joined, right);
	both = strbuf_slice(&joined);
	known = is_known(g, both);
	if (breaking == BREAKING_COLUMN)
		known = known || !is_known(g, left) || !is_known(g, right);
	else
		known = known && !(is_known(g, left) && is_known(g, right));
	strbuf_release(&joined);
	return known;
}

/* The word with the line ends of the mail taken out of it. */
struct slice patch_put_together(struct patch_draft *draft, struct slice raw)
{
	char *copy = arena_copy(&draft->arena, raw);
	size_t n = 0;

	for (size_t i = 0; i < raw.len; i++)
		if (raw.ptr[i] != '\n')
			copy[n++] = raw.ptr[i];
	return (struct slice){ copy, n };
}

/* The end of a word or mark that goes on behind a line end of the mail. */
static size_t joined_end(struct patch_group *g, struct slice words,
			 const struct patch_unit *unit, size_t *seam)
{
	size_t start = unit->start, end = unit->end;
	struct patch_unit next;

	if (unit->class == CLASS_DASH) {
		if (end < words.len && words.ptr[end] == '\n' &&
		    patch_next_unit(&next, words, end + 1) &&
		    next.start == end + 1 && next.class == CLASS_DASH &&
		    patch_breaking(g->draft->evidence) != BREAKING_WORDS) {
			*seam = end - start;
			end = next.end;
		}
		return end;
	}
	while (unit->class == CLASS_WORD) {
		end = letters_end(words, end);
		if (end + 1 >= words.len || words.ptr[end] != '\n' ||
		    letters_end(words, end + 1) == end + 1 ||
		    !is_one_word(g, words, start, end))
			break;
		*seam = end - start;
		end++;
	}
	return end;
}

static void add_new(struct patch_group *g, const struct patch_op *op)
{
	struct slice words = op->words;
	struct patch_unit unit;
	size_t at = 0;

	while (patch_next_unit(&unit, words, at)) {
		struct patch_word *w = push(&g->new);
		size_t start = unit.start;

		w->gap = slice_sub(words, at, start);
		w->class = unit.class;
		w->ascii = unit.ascii;
		w->at = op->at;
		w->op = op;
		at = joined_end(g, words, &unit, &w->seam);
		w->bytes = slice_sub(words, start, at);
		w->raw = w->bytes;
		if (w->seam)
			w->bytes = patch_put_together(g->draft, w->bytes);
		w->id = id_of(g->draft, &g->folded, w->bytes);
	}
	push_end(g->draft, &g->new, slice_sub(words, at, words.len),
		 slice_sub(words, at, words.len), op);
}

/* --- which are the same -------------------------------------------------- */

static void list_tokens(struct token_list *list,
			const struct patch_words *words)
{
	list->items = xcalloc(words->count + 2, sizeof(*list->items));
	list->count = words->count + 2;
	list->items[0].flags = TOKEN_SENTENCE;
	list->items[list->count - 1].flags = TOKEN_SENTENCE;
	for (size_t i = 0; i < words->count; i++) {
		list->items[i + 1].word = words->items[i].id;
		if (words->items[i].class == CLASS_WORD)
			list->items[i + 1].flags = TOKEN_COUNTED;
	}
}

static void match_words(struct patch_group *g)
{
	struct token_list old = TOKEN_LIST_INIT, new = TOKEN_LIST_INIT;

	g->match = xcalloc(g->new.count + 1, sizeof(*g->match));
	list_tokens(&old, &g->old);
	list_tokens(&new, &g->new);
	prose_match(g->match, &old, &new);
	token_list_release(&old);
	token_list_release(&new);
}

void patch_group_read(struct patch_group *g, const struct patch_op *ops,
		      size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (ops[i].kind == '-')
			add_old(g->draft, &g->old, &g->folded, &ops[i]);
		else
			add_new(g, &ops[i]);
	}
	match_words(g);
}

void patch_group_release(struct patch_group *g)
{
	free(g->old.items);
	free(g->new.items);
	free(g->match);
	strbuf_release(&g->folded);
}
