/* SPDX-License-Identifier: MIT */
/* How often each of many hashes has come. */
#ifndef HASH_TALLY_H
#define HASH_TALLY_H

#include <stddef.h>
#include <stdint.h>

struct hash_tally {
	uint64_t *hashes;	/* 0: free */
	uint32_t *counts;
	size_t count, capacity;	/* capacity a power of two, or 0 */
};

#define HASH_TALLY_INIT { NULL, NULL, 0, 0 }

void hash_tally_release(struct hash_tally *tally);

/** Forget all of them; the memory is kept for those that come. */
void hash_tally_reset(struct hash_tally *tally);

/** Count `hash`: how often it came before. 0 and 1 are taken for the same. */
uint32_t hash_tally_next(struct hash_tally *tally, uint64_t hash);

#endif
