/* SPDX-License-Identifier: MIT */
/*
 * Memory that is there or the program ends: no caller tests for NULL.
 */
#ifndef ALLOC_H
#define ALLOC_H

#include <stddef.h>

/** malloc, calloc, realloc and strdup that abort when memory is out. */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t size);
char *xstrdup(const char *s);

/** xrealloc for `count` items of `size` bytes; aborts on overflow. */
void *xreallocarray(void *old, size_t count, size_t size);

/**
 * Make room for one more item in a growing array: `items`, `count` and
 * `capacity` are lvalues; the array doubles when it is full.
 */
#define GROW(items, count, capacity)                                       \
	do {                                                               \
		if ((count) == (capacity)) {                               \
			(capacity) = (capacity) ? (capacity) * 2 : 16;     \
			(items) = xreallocarray((items), (capacity),       \
						sizeof(*(items)));         \
		}                                                          \
	} while (0)

#endif
