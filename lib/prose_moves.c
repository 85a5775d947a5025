/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>

#include "alloc.h"
#include "prose_moves.h"
#include "tokens.h"
#include "vocabulary.h"

#define ENOUGH (5 * WORD_POINTS) /* words in a row, found again elsewhere */

/* A run of words that a change takes out, by its hash. */
struct run {
	uint64_t hash;		/* 0: a free place in the table */
	uint32_t change;
};

struct mover {
	const struct prose_changes *changes;
	size_t first;
	struct slice base, theirs;
	struct vocabulary *vocabulary;
	struct token_list tokens;
	struct run *table;
	size_t size;		/* a power of two */
	uint32_t *group;	/* of each change: another one of it, or
				 * itself */
};

/* The words that change `n` takes out, or those that it puts in. */
static struct slice words_of(const struct mover *m, size_t n, bool out)
{
	const struct prose_change *c = &m->changes->items[n];
	struct slice a = slice_sub(m->base, c->base.start, c->base.end);
	struct slice b = slice_sub(m->theirs, c->theirs.start, c->theirs.end);

	while (a.len && b.len && *a.ptr == *b.ptr) {
		a = slice_sub(a, 1, a.len);
		b = slice_sub(b, 1, b.len);
	}
	while (a.len && b.len && a.ptr[a.len - 1] == b.ptr[b.len - 1])
		a.len--, b.len--;
	return out ? a : b;
}

/* The run of ENOUGH words from token `i` on; 0: there are not as many. */
static uint64_t hash_run(const struct token_list *t, size_t i)
{
	uint64_t hash = UINT64_C(0x9E3779B97F4A7C15);
	size_t points = 0;

	for (; i < t->count && points < ENOUGH; i++) {
		if (!(t->items[i].flags & TOKEN_COUNTED))
			continue;
		points += token_points(&t->items[i]);
		hash = (hash ^ t->items[i].word) *
		       UINT64_C(0xBF58476D1CE4E5B9);
		hash ^= hash >> 29;
	}
	return points < ENOUGH ? 0 : hash | 1;
}

static struct run *find(const struct mover *m, uint64_t hash)
{
	size_t at = (hash >> 1) & (m->size - 1);

	while (m->table[at].hash && m->table[at].hash != hash)
		at = (at + 1) & (m->size - 1);
	return &m->table[at];
}

static uint32_t group_of(struct mover *m, uint32_t n)
{
	while (m->group[n] != n)
		n = m->group[n] = m->group[m->group[n]];
	return n;
}

static void enter_runs(struct mover *m, size_t n)
{
	token_list_read(&m->tokens, m->vocabulary, words_of(m, n, true));
	for (size_t i = 0; i < m->tokens.count; i++) {
		uint64_t hash = hash_run(&m->tokens, i);
		struct run *run = hash ? find(m, hash) : NULL;

		if (run)
			*run = (struct run){ hash, (uint32_t)(n - m->first) };
	}
}

static void bind_runs(struct mover *m, size_t n)
{
	token_list_read(&m->tokens, m->vocabulary, words_of(m, n, false));
	for (size_t i = 0; i < m->tokens.count; i++) {
		uint64_t hash = hash_run(&m->tokens, i);
		struct run *run = hash ? find(m, hash) : NULL;

		if (run && run->hash)
			m->group[group_of(m, (uint32_t)(n - m->first))] =
				group_of(m, run->change);
	}
}

static bool is_refused(const struct prose_change *change)
{
	return change->outcome != PROSE_PLACED &&
	       change->outcome != PROSE_ALREADY;
}

/* What is refused takes its group with it. */
static void refuse_groups(struct mover *m, struct prose_change *changes,
			  size_t count)
{
	bool *refused = xcalloc(count, sizeof(*refused));

	for (size_t i = 0; i < count; i++)
		if (is_refused(&changes[i]))
			refused[group_of(m, (uint32_t)i)] = true;
	for (size_t i = 0; i < count; i++)
		if (changes[i].outcome == PROSE_PLACED &&
		    refused[group_of(m, (uint32_t)i)]) {
			changes[i].outcome = PROSE_TOUCHED;
			changes[i].words = (struct slice){ NULL, 0 };
		}
	free(refused);
}

void prose_moves_bind(struct prose_changes *changes, size_t first,
		      struct vocabulary *vocabulary, struct slice base,
		      struct slice theirs)
{
	size_t count = changes->count - first, bytes = 0, refused = 0;
	struct mover m = { changes, first, base, theirs, vocabulary,
			   TOKEN_LIST_INIT, NULL, 64, NULL };

	for (size_t n = first; n < changes->count; n++) {
		refused += is_refused(&changes->items[n]);
		bytes += words_of(&m, n, true).len;
	}
	if (!refused || refused == count)
		return;
	while (m.size < bytes)
		m.size *= 2;
	m.table = xcalloc(m.size, sizeof(*m.table));
	m.group = xreallocarray(NULL, count, sizeof(*m.group));
	for (size_t i = 0; i < count; i++)
		m.group[i] = (uint32_t)i;
	for (size_t n = first; n < changes->count; n++)
		enter_runs(&m, n);
	for (size_t n = first; n < changes->count; n++)
		bind_runs(&m, n);
	refuse_groups(&m, changes->items + first, count);
	token_list_release(&m.tokens);
	free(m.table);
	free(m.group);
}
