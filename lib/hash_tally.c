/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "hash_tally.h"

void hash_tally_release(struct hash_tally *t)
{
	free(t->hashes);
	free(t->counts);
	*t = (struct hash_tally)HASH_TALLY_INIT;
}

void hash_tally_reset(struct hash_tally *t)
{
	if (t->count)
		memset(t->hashes, 0, t->capacity * sizeof(*t->hashes));
	t->count = 0;
}

static size_t place_of(const struct hash_tally *t, uint64_t hash)
{
	size_t i = hash & (t->capacity - 1);

	while (t->hashes[i] && t->hashes[i] != hash)
		i = (i + 1) & (t->capacity - 1);
	return i;
}

static void grow(struct hash_tally *t)
{
	struct hash_tally old = *t;

	t->capacity = old.capacity ? old.capacity * 2 : 256;
	t->hashes = xcalloc(t->capacity, sizeof(*t->hashes));
	t->counts = xcalloc(t->capacity, sizeof(*t->counts));
	for (size_t i = 0; i < old.capacity; i++) {
		size_t at;

		if (!old.hashes[i])
			continue;
		at = place_of(t, old.hashes[i]);
		t->hashes[at] = old.hashes[i];
		t->counts[at] = old.counts[i];
	}
	free(old.hashes);
	free(old.counts);
}

uint32_t hash_tally_next(struct hash_tally *t, uint64_t hash)
{
	size_t at;

	if (t->count * 2 >= t->capacity)
		grow(t);
	hash |= !hash;
	at = place_of(t, hash);
	if (!t->hashes[at]) {
		t->hashes[at] = hash;
		t->counts[at] = 0;
		t->count++;
	}
	return t->counts[at]++;
}
