/* SPDX-License-Identifier: MIT */
/*
 * Memory for a list or tree that is freed in one call. Pieces are aligned
 * for any type and never move.
 */
#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

#include "slice.h"

struct arena_block;

struct arena {
	struct arena_block *blocks;	/* the newest first */
	char *next;			/* free bytes of the newest block */
	size_t left;
};

#define ARENA_INIT { NULL, NULL, 0 }

void arena_release(struct arena *arena);

/** Forget all pieces; the largest block is kept for the next ones. */
void arena_reset(struct arena *arena);

void *arena_alloc_slow(struct arena *arena, size_t size);

/** `size` bytes, not cleared. */
static inline void *arena_alloc(struct arena *arena, size_t size)
{
	void *p = arena->next;

	size = (size + 15) & ~(size_t)15;
	if (size > arena->left)
		return arena_alloc_slow(arena, size);
	arena->next += size;
	arena->left -= size;
	return p;
}

void *arena_calloc(struct arena *arena, size_t size);	/* cleared */

/** A copy of the bytes with a NUL after them. */
char *arena_copy(struct arena *arena, struct slice s);
char *arena_strdup(struct arena *arena, const char *s);

/** The same, as a slice. */
struct slice arena_slice(struct arena *arena, struct slice s);

#endif
