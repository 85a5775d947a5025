/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "prose_index.h"
#include "tokens.h"
#include "vocabulary.h"

#define RUN 3			/* words of a run */
#define FREQUENT 64		/* runs found more often say nothing */
#define SPREAD 32		/* words that may come between, at one place */
#define CLOSE_SPREAD 6		/* the same, to tell places apart */
#define ROOM 12			/* words around a place */

struct indexed_text {
	struct slice text;
	struct token_list tokens;
	size_t first;		/* its first word in the index */
	size_t count;
};

/* A run of the passage found at a word of the index. */
struct hit {
	int64_t shift;		/* word of the index less word of passage */
	uint32_t at;
};

struct prose_index {
	struct vocabulary *vocabulary;
	struct indexed_text *texts;
	size_t count, capacity;
	/* the counted words of all texts, each text followed by RUN breaks */
	uint32_t *words, *tokens;
	size_t word_count, word_capacity, token_capacity;
	uint32_t *heads, *next;	/* words plus one with the same run's hash */
	size_t table;		/* a power of two; 0: to be built */
	struct hit *hits;
	size_t hit_count, hit_capacity;
};

struct prose_index *prose_index_new(struct vocabulary *vocabulary)
{
	struct prose_index *index = xcalloc(1, sizeof(*index));

	index->vocabulary = vocabulary;
	return index;
}

void prose_index_free(struct prose_index *index)
{
	if (!index)
		return;
	for (size_t i = 0; i < index->count; i++)
		token_list_release(&index->texts[i].tokens);
	free(index->texts);
	free(index->words);
	free(index->tokens);
	free(index->heads);
	free(index->next);
	free(index->hits);
	free(index);
}

size_t prose_index_count(const struct prose_index *index)
{
	return index->count;
}

struct slice prose_index_text(const struct prose_index *index, size_t number)
{
	return index->texts[number].text;
}

struct vocabulary *prose_index_vocabulary(const struct prose_index *index)
{
	return index->vocabulary;
}

static void push_word(struct prose_index *index, uint32_t word, size_t token)
{
	size_t count = index->word_count;

	GROW(index->words, count, index->word_capacity);
	GROW(index->tokens, count, index->token_capacity);
	index->words[count] = word;
	index->tokens[count] = (uint32_t)token;
	index->word_count++;
}

size_t prose_index_add(struct prose_index *index, struct slice text)
{
	struct indexed_text *t;

	GROW(index->texts, index->count, index->capacity);
	t = &index->texts[index->count++];
	*t = (struct indexed_text){ text, TOKEN_LIST_INIT, index->word_count,
				    0 };
	token_list_read(&t->tokens, index->vocabulary, text);
	for (size_t i = 0; i < t->tokens.count; i++)
		if (t->tokens.items[i].flags & TOKEN_COUNTED)
			push_word(index, t->tokens.items[i].word, i);
	t->count = index->word_count - t->first;
	for (size_t i = 0; i < RUN; i++)
		push_word(index, WORD_BREAK, 0);
	index->table = 0;
	return index->count - 1;
}

static size_t hash_run(const uint32_t *words)
{
	uint64_t h = words[0];

	for (size_t i = 1; i < RUN; i++)
		h = (h * UINT64_C(0x9E3779B97F4A7C15)) ^ words[i];
	h *= UINT64_C(0xBF58476D1CE4E5B9);
	return (size_t)(h >> 20);
}

static void build(struct prose_index *index)
{
	size_t size = 1024;

	while (size < index->word_count)
		size *= 2;
	index->table = size;
	free(index->heads);
	index->heads = xcalloc(size, sizeof(*index->heads));
	index->next = xreallocarray(index->next, index->word_count + 1,
				    sizeof(*index->next));
	for (size_t i = index->word_count; i-- > 0;) {
		size_t at;

		if (i + RUN > index->word_count ||
		    index->words[i + RUN - 1] == WORD_BREAK)
			continue;
		at = hash_run(index->words + i) & (size - 1);
		index->next[i] = index->heads[at];
		index->heads[at] = (uint32_t)i + 1;
	}
}

/* The places of one run of the passage, unless there are too many. */
static void add_hits(struct prose_index *index, const uint32_t *run,
		     size_t offset)
{
	uint32_t at = index->heads[hash_run(run) & (index->table - 1)];
	size_t before = index->hit_count, steps = 0;

	for (; at; at = index->next[at - 1]) {
		if (++steps > 2 * FREQUENT ||
		    index->hit_count - before > FREQUENT) {
			index->hit_count = before;
			return;
		}
		if (memcmp(index->words + at - 1, run, RUN * sizeof(*run)))
			continue;
		GROW(index->hits, index->hit_count, index->hit_capacity);
		index->hits[index->hit_count++] = (struct hit){
			(int64_t)at - 1 - (int64_t)offset, at - 1
		};
	}
}

static int by_shift(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	if (x->shift != y->shift)
		return x->shift < y->shift ? -1 : 1;
	return x->at < y->at ? -1 : x->at > y->at;
}

static struct indexed_text *text_of(struct prose_index *index, size_t word)
{
	size_t low = 0, high = index->count;

	while (high - low > 1) {
		size_t middle = (low + high) / 2;

		if (index->texts[middle].first <= word)
			low = middle;
		else
			high = middle;
	}
	return &index->texts[low];
}

/* The place that hits from..to are at. */
static struct prose_found place_of(struct prose_index *index, size_t from,
				   size_t to, size_t passage)
{
	int64_t first = index->hits[from].shift - ROOM;
	int64_t last = index->hits[to - 1].shift + (int64_t)passage + ROOM;
	struct indexed_text *t = text_of(index, index->hits[from].at);
	int64_t begin = (int64_t)t->first, end = begin + (int64_t)t->count;
	size_t a, b;

	first = first < begin ? begin : first;
	last = last > end ? end : last;
	a = first == begin ? 0 : index->tokens[first];
	b = last == end ? t->tokens.count - 1 : index->tokens[last - 1];
	return (struct prose_found){
		(size_t)(t - index->texts),
		{ t->tokens.items[a].start, t->tokens.items[b].end },
		to - from
	};
}

size_t prose_index_find(struct prose_index *index, const uint32_t *words,
			size_t count, bool close, struct prose_found *out,
			size_t max)
{
	size_t found = 0;
	int64_t spread = close ? CLOSE_SPREAD : SPREAD;

	if (!index->table)
		build(index);
	index->hit_count = 0;
	for (size_t i = 0; i + RUN <= count; i++)
		add_hits(index, words + i, i);
	if (index->hit_count)
		qsort(index->hits, index->hit_count, sizeof(struct hit),
		      by_shift);
	for (size_t i = 0, j; i < index->hit_count; i = j) {
		struct prose_found place;
		size_t at;
		struct indexed_text *t = text_of(index, index->hits[i].at);

		for (j = i + 1; j < index->hit_count; j++)
			if (index->hits[j].shift >
				    index->hits[j - 1].shift + spread ||
			    index->hits[j].shift >
				    index->hits[i].shift + 2 * spread ||
			    text_of(index, index->hits[j].at) != t)
				break;
		if (found == max && out[max - 1].votes >= j - i)
			continue;
		place = place_of(index, i, j, count);
		at = found < max ? found++ : max - 1;
		for (; at && out[at - 1].votes < place.votes; at--)
			out[at] = out[at - 1];
		out[at] = place;
	}
	return found;
}
