/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "arena.h"

#define FIRST_BLOCK ((size_t)16 << 10)
#define LARGEST_BLOCK ((size_t)1 << 20)	/* larger pieces get their own */

struct arena_block {
	struct arena_block *older;
	size_t size;
	_Alignas(16) char bytes[];
};

void arena_release(struct arena *arena)
{
	struct arena_block *b = arena->blocks;

	while (b) {
		struct arena_block *older = b->older;

		free(b);
		b = older;
	}
	*arena = (struct arena)ARENA_INIT;
}

void arena_reset(struct arena *arena)
{
	struct arena_block *kept = arena->blocks;

	for (struct arena_block *b = kept; b; b = b->older)
		if (b->size > kept->size)
			kept = b;
	for (struct arena_block *b = arena->blocks, *older; b; b = older) {
		older = b->older;
		if (b != kept)
			free(b);
	}
	arena->blocks = kept;
	if (!kept)
		return;
	kept->older = NULL;
	arena->next = kept->bytes;
	arena->left = kept->size;
}

void *arena_alloc_slow(struct arena *arena, size_t size)
{
	size_t block = FIRST_BLOCK;
	struct arena_block *b;

	if (arena->blocks && arena->blocks->size >= FIRST_BLOCK)
		block = arena->blocks->size * 2;
	if (block > LARGEST_BLOCK)
		block = LARGEST_BLOCK;
	if (block < size)
		block = size;
	b = xmalloc(sizeof(*b) + block);
	b->size = block;
	b->older = arena->blocks;
	arena->blocks = b;
	arena->next = b->bytes + size;
	arena->left = block - size;
	return b->bytes;
}

void *arena_calloc(struct arena *arena, size_t size)
{
	return memset(arena_alloc(arena, size), 0, size);
}

char *arena_copy(struct arena *arena, struct slice s)
{
	char *p = arena_alloc(arena, s.len + 1);

	if (s.len)
		memcpy(p, s.ptr, s.len);
	p[s.len] = '\0';
	return p;
}

char *arena_strdup(struct arena *arena, const char *s)
{
	return arena_copy(arena, slice_of(s));
}

struct slice arena_slice(struct arena *arena, struct slice s)
{
	return (struct slice){ arena_copy(arena, s), s.len };
}
