/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "prose_drift.h"
#include "prose_index.h"
#include "tokens.h"
#include "vocabulary.h"

#define RUN_POINTS 7		/* of a run: a word is 3, a letter 1 */
#define MOST_RUN 7		/* words of a run, at most */
#define FREQUENT 64		/* runs found more often say nothing */
#define SPREAD 32		/* words that may come between, at one place */
#define CLOSE_SPREAD 6		/* the same, to tell places apart */
#define ROOM 12			/* words around a place */

struct indexed_text {
	struct slice text;
	struct token_list tokens;
	bool read;		/* tokens and words are those of the text */
	size_t first;		/* its first word in the index */
	size_t count;
	struct prose_drift *drifts;
};

/* Words from `first` up to the next segment's are of a text. */
struct segment {
	size_t first, text;
};

#define NO_TEXT SIZE_MAX	/* of words whose text was replaced */

/* A run of the passage found at a word of the index. */
struct hit {
	int64_t shift;		/* word of the index less word of passage */
	uint32_t at;
};

struct prose_index {
	struct vocabulary *vocabulary;
	struct indexed_text *texts;
	size_t count, capacity;
	bool read;		/* all texts are */
	/* the counted words of all texts, each text followed by a break */
	uint32_t *words, *tokens;
	size_t word_count, word_capacity, token_capacity;
	size_t dead;		/* of them; their texts were replaced */
	struct segment *segments;
	size_t segment_count, segment_capacity;
	uint32_t *heads, *next;	/* words plus one with the same run's hash */
	size_t table;		/* a power of two */
	size_t next_capacity;
	size_t entered;		/* words that are in the table */
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
	free(index->segments);
	free(index->heads);
	free(index->next);
	free(index->hits);
	free(index);
}

struct slice prose_index_text(const struct prose_index *index, size_t number)
{
	return index->texts[number].text;
}

struct vocabulary *prose_index_vocabulary(const struct prose_index *index)
{
	return index->vocabulary;
}

size_t prose_index_add(struct prose_index *index, struct slice text)
{
	GROW(index->texts, index->count, index->capacity);
	index->texts[index->count] = (struct indexed_text){
		.text = text, .tokens = TOKEN_LIST_INIT
	};
	index->read = false;
	return index->count++;
}

/* --- texts that are replaced --- */

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

static void forget_words(struct prose_index *index, struct indexed_text *t)
{
	if (!t->read)
		return;
	segment_of(index, t->first)->text = NO_TEXT;
	index->dead += t->count + 1;
	t->read = false;
	index->read = false;
}

void prose_index_replace(struct prose_index *index, size_t number,
			 struct slice text, const struct prose_splice *splices,
			 size_t count)
{
	struct indexed_text *t = &index->texts[number];

	forget_words(index, t);
	t->text = text;
	for (struct prose_drift *d = t->drifts; d; d = d->next)
		if (splices)
			prose_drift_splice(d, text, splices, count);
		else
			prose_drift_reset(d, text);
}

void prose_index_attach(struct prose_index *index, size_t number,
			struct prose_drift *drift)
{
	drift->next = index->texts[number].drifts;
	index->texts[number].drifts = drift;
}

void prose_index_detach(struct prose_index *index, size_t number,
			struct prose_drift *drift)
{
	struct prose_drift **at = &index->texts[number].drifts;

	while (*at != drift)
		at = &(*at)->next;
	*at = drift->next;
}

/* --- reading them --- */

static void push_word(struct prose_index *index, uint32_t word, size_t token)
{
	size_t count = index->word_count;

	GROW(index->words, count, index->word_capacity);
	GROW(index->tokens, count, index->token_capacity);
	index->words[count] = word;
	index->tokens[count] = (uint32_t)token;
	index->word_count++;
}

static void read_text(struct prose_index *index, size_t number)
{
	struct indexed_text *t = &index->texts[number];

	token_list_read(&t->tokens, index->vocabulary, t->text);
	GROW(index->segments, index->segment_count, index->segment_capacity);
	index->segments[index->segment_count++] = (struct segment){
		index->word_count, number
	};
	t->first = index->word_count;
	for (size_t i = 0; i < t->tokens.count; i++)
		if (t->tokens.items[i].flags & TOKEN_COUNTED)
			push_word(index, t->tokens.items[i].word, i);
	t->count = index->word_count - t->first;
	push_word(index, WORD_BREAK, 0);
	t->read = true;
}

/*
 * The words that a run takes from `words` on; 0 if the text, or the passage,
 * ends before.
 */
static size_t run_length(const struct prose_index *index,
			 const uint32_t *words, size_t count)
{
	size_t points = 0, n = 0;

	while (n < count && n < MOST_RUN && words[n] != WORD_BREAK) {
		uint32_t flags = index->vocabulary->words[words[n++]].flags;

		points += flags & WORD_LETTER ? 1 : 3;
		if (points >= RUN_POINTS)
			return n;
	}
	return n == MOST_RUN ? n : 0;
}

static size_t hash_run(const uint32_t *words, size_t count)
{
	uint64_t h = words[0];

	for (size_t i = 1; i < count; i++)
		h = (h * UINT64_C(0x9E3779B97F4A7C15)) ^ words[i];
	h *= UINT64_C(0xBF58476D1CE4E5B9);
	return (size_t)(h >> 20);
}

static void enter_words(struct prose_index *index)
{
	size_t from = index->entered;

	if (index->table < index->word_count) {
		size_t size = index->table ? index->table : 1024;

		while (size < 2 * index->word_count)
			size *= 2;
		index->table = size;
		free(index->heads);
		index->heads = xcalloc(size, sizeof(*index->heads));
		from = 0;
	}
	if (index->next_capacity < index->word_count) {
		index->next_capacity = index->word_capacity;
		index->next = xreallocarray(index->next, index->next_capacity,
					    sizeof(*index->next));
	}
	for (size_t i = from; i < index->word_count; i++) {
		size_t n = run_length(index, index->words + i,
				      index->word_count - i);
		size_t at = n ? hash_run(index->words + i, n) &
				(index->table - 1) : 0;

		if (!n)
			continue;
		index->next[i] = index->heads[at];
		index->heads[at] = (uint32_t)i + 1;
	}
	index->entered = index->word_count;
}

/* Read what has not been read; all, once half of the words are dead. */
static void build(struct prose_index *index)
{
	if (index->read)
		return;
	if (2 * index->dead > index->word_count) {
		index->word_count = index->segment_count = index->dead = 0;
		index->entered = index->table = 0;
		for (size_t i = 0; i < index->count; i++)
			index->texts[i].read = false;
	}
	for (size_t i = 0; i < index->count; i++)
		if (!index->texts[i].read)
			read_text(index, i);
	enter_words(index);
	index->read = true;
}

/* --- finding --- */

/* The places of one run of the passage, unless there are too many. */
static void add_hits(struct prose_index *index, const uint32_t *run,
		     size_t count, size_t offset)
{
	uint32_t at = index->heads[hash_run(run, count) & (index->table - 1)];
	size_t before = index->hit_count, steps = 0;

	for (; at; at = index->next[at - 1]) {
		if (++steps > 2 * FREQUENT ||
		    index->hit_count - before > FREQUENT) {
			index->hit_count = before;
			return;
		}
		if (at - 1 + count > index->word_count ||
		    memcmp(index->words + at - 1, run, count * sizeof(*run)) ||
		    segment_of(index, at - 1)->text == NO_TEXT)
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
	return &index->texts[segment_of(index, word)->text];
}

static bool is_mark(const struct token *t)
{
	return !(t->flags & TOKEN_COUNTED) && !token_is_break(t);
}

/* The place that hits from..to are at. */
static struct prose_found place_of(struct prose_index *index, size_t from,
				   size_t to, size_t passage, int64_t room)
{
	int64_t first = index->hits[from].shift - room;
	int64_t last = index->hits[to - 1].shift + (int64_t)passage + room;
	struct indexed_text *t = text_of(index, index->hits[from].at);
	int64_t begin = (int64_t)t->first, end = begin + (int64_t)t->count;
	const struct hit *middle = &index->hits[(from + to) / 2];
	size_t a, b;

	first = first < begin ? begin : first;
	last = last > end ? end : last;
	a = first == begin ? 0 : index->tokens[first];
	b = last == end ? t->tokens.count - 1 : index->tokens[last - 1];
	/* marks beside the words are theirs */
	while (a && is_mark(&t->tokens.items[a - 1]))
		a--;
	while (b + 1 < t->tokens.count && is_mark(&t->tokens.items[b + 1]))
		b++;
	return (struct prose_found){
		(size_t)(t - index->texts),
		{ t->tokens.items[a].start, t->tokens.items[b].end },
		to - from, (size_t)(middle->shift - begin),
		(size_t)(middle->at - middle->shift)
	};
}

size_t prose_index_find(struct prose_index *index, const uint32_t *words,
			size_t count, bool close, struct prose_found *out,
			size_t max)
{
	size_t found = 0;
	int64_t spread = !close ? SPREAD : count < 4 * CLOSE_SPREAD ?
			 (int64_t)count / 4 : CLOSE_SPREAD;

	build(index);
	index->hit_count = 0;
	for (size_t i = 0; i < count && index->word_count; i++) {
		size_t n = run_length(index, words + i, count - i);

		if (n)
			add_hits(index, words + i, n, i);
	}
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
		place = place_of(index, i, j, count, close ? 0 : ROOM);
		at = found < max ? found++ : max - 1;
		for (; at && out[at - 1].votes < place.votes; at--)
			out[at] = out[at - 1];
		out[at] = place;
	}
	return found;
}

bool prose_index_byte(size_t *at, const struct prose_index *index,
		      const struct prose_found *found, size_t n)
{
	const struct indexed_text *t = &index->texts[found->text];
	size_t word = found->first + n; /* modulo 2^64 */

	if (word >= t->count)
		return false;
	*at = t->tokens.items[index->tokens[t->first + word]].start;
	return true;
}
