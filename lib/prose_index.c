/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdint.h>
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
#define MOST_OLD 4096		/* places passed over: of texts that are no
				 * more */
#define ROOM 12			/* words around a place */

/* The words of one version of a text: they stay where they are. */
struct segment {
	struct token_list tokens;
	size_t text;		/* whose */
	size_t first;		/* its first word in the index */
	size_t count;
};

#define NO_SEGMENT SIZE_MAX

struct indexed_text {
	struct slice text;
	size_t segment;		/* of the text as it is; NO_SEGMENT: not read */
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
	bool unread;		/* some texts have no segment */
	struct segment *segments;
	size_t segment_count, segment_capacity;
	/* the counted words of all segments, each followed by RUN breaks */
	uint32_t *words, *tokens;
	size_t word_count, word_capacity, token_capacity;
	size_t live;		/* words of texts as they are */
	uint32_t *heads, *next;	/* words plus one with the same run's hash */
	size_t table;		/* a power of two; 0: to be built */
	size_t linked;		/* words that are in the table; room for */
	size_t next_capacity;
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
	for (size_t i = 0; i < index->segment_count; i++)
		token_list_release(&index->segments[i].tokens);
	free(index->segments);
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
	GROW(index->texts, index->count, index->capacity);
	index->texts[index->count] = (struct indexed_text){ text, NO_SEGMENT };
	index->unread = true;
	return index->count++;
}

void prose_index_replace(struct prose_index *index, size_t number,
			 struct slice text)
{
	struct indexed_text *t = &index->texts[number];

	if (t->segment != NO_SEGMENT) {
		struct segment *old = &index->segments[t->segment];

		index->live -= old->count + RUN;
		token_list_release(&old->tokens);
	}
	*t = (struct indexed_text){ text, NO_SEGMENT };
	index->unread = true;
}

static void read_text(struct prose_index *index, size_t number)
{
	struct segment *s;

	GROW(index->segments, index->segment_count, index->segment_capacity);
	s = &index->segments[index->segment_count];
	*s = (struct segment){ TOKEN_LIST_INIT, number, index->word_count,
			       0 };
	token_list_read(&s->tokens, index->vocabulary,
			index->texts[number].text);
	for (size_t i = 0; i < s->tokens.count; i++)
		if (s->tokens.items[i].flags & TOKEN_COUNTED)
			push_word(index, s->tokens.items[i].word, i);
	s->count = index->word_count - s->first;
	for (size_t i = 0; i < RUN; i++)
		push_word(index, WORD_BREAK, 0);
	index->live += s->count + RUN;
	index->texts[number].segment = index->segment_count++;
}

/* Forget the words of texts that are no more, when they are the most. */
static void forget_old(struct prose_index *index)
{
	if (index->word_count <= 2 * index->live + 65536)
		return;
	for (size_t i = 0; i < index->segment_count; i++)
		token_list_release(&index->segments[i].tokens);
	index->segment_count = index->word_count = index->live = 0;
	index->table = 0;
	for (size_t i = 0; i < index->count; i++)
		index->texts[i].segment = NO_SEGMENT;
}

static size_t hash_run(const uint32_t *words)
{
	uint64_t h = words[0];

	for (size_t i = 1; i < RUN; i++)
		h = (h * UINT64_C(0x9E3779B97F4A7C15)) ^ words[i];
	h *= UINT64_C(0xBF58476D1CE4E5B9);
	return (size_t)(h >> 20);
}

static void link_words(struct prose_index *index)
{
	for (size_t i = index->word_count; i-- > index->linked;) {
		size_t at;

		if (i + RUN > index->word_count ||
		    index->words[i + RUN - 1] == WORD_BREAK)
			continue;
		at = hash_run(index->words + i) & (index->table - 1);
		index->next[i] = index->heads[at];
		index->heads[at] = (uint32_t)i + 1;
	}
	index->linked = index->word_count;
}

/* Bring the table up to date with the texts. */
static void build(struct prose_index *index)
{
	size_t size = 1024;

	if (!index->unread && index->table)
		return;
	forget_old(index);
	for (size_t i = 0; i < index->count; i++)
		if (index->texts[i].segment == NO_SEGMENT)
			read_text(index, i);
	index->unread = false;
	if (index->word_count > index->next_capacity) {
		index->next_capacity = index->word_count +
				       index->word_count / 2;
		index->next = xreallocarray(index->next, index->next_capacity,
					    sizeof(*index->next));
	}
	if (index->word_count > index->table) {
		while (size < index->word_count)
			size *= 2;
		index->table = size;
		free(index->heads);
		index->heads = xcalloc(size, sizeof(*index->heads));
		index->linked = 0;
	}
	link_words(index);
}

static struct segment *segment_of(struct prose_index *index, size_t word)
{
	size_t low = 0, high = index->segment_count;

	while (high - low > 1) {
		size_t middle = (low + high) / 2;

		if (index->segments[middle].first <= word)
			low = middle;
		else
			high = middle;
	}
	return &index->segments[low];
}

/* Is the word of a text as it is now? */
static bool is_live(struct prose_index *index, size_t word)
{
	const struct segment *s;

	if (index->live == index->word_count)
		return true;
	s = segment_of(index, word);
	return index->texts[s->text].segment ==
	       (size_t)(s - index->segments);
}

/* The places of one run of the passage, unless there are too many. */
static void add_hits(struct prose_index *index, const uint32_t *run,
		     size_t offset)
{
	uint32_t at = index->heads[hash_run(run) & (index->table - 1)];
	size_t before = index->hit_count, steps = 0, old = 0;

	for (; at; at = index->next[at - 1]) {
		if (steps > 2 * FREQUENT || old > MOST_OLD ||
		    index->hit_count - before > FREQUENT) {
			index->hit_count = before;
			return;
		}
		if (!is_live(index, at - 1)) {
			old++;
			continue;
		}
		steps++;
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

/* The place that hits from..to are at. */
static struct prose_found place_of(struct prose_index *index, size_t from,
				   size_t to, size_t passage)
{
	int64_t first = index->hits[from].shift - ROOM;
	int64_t last = index->hits[to - 1].shift + (int64_t)passage + ROOM;
	struct segment *t = segment_of(index, index->hits[from].at);
	int64_t begin = (int64_t)t->first, end = begin + (int64_t)t->count;
	size_t a, b;

	first = first < begin ? begin : first;
	last = last > end ? end : last;
	a = first == begin ? 0 : index->tokens[first];
	b = last == end ? t->tokens.count - 1 : index->tokens[last - 1];
	return (struct prose_found){
		t->text,
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
		struct segment *t = segment_of(index, index->hits[i].at);

		for (j = i + 1; j < index->hit_count; j++)
			if (index->hits[j].shift >
				    index->hits[j - 1].shift + spread ||
			    index->hits[j].shift >
				    index->hits[i].shift + 2 * spread ||
			    segment_of(index, index->hits[j].at) != t)
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
