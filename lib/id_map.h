/* SPDX-License-Identifier: MIT */
/* Numbers by the ids of git's objects. */
#ifndef ID_MAP_H
#define ID_MAP_H

#include <stdbool.h>
#include <stddef.h>

struct id_map {
	struct id_map_slot *slots;
	size_t count, capacity;		/* capacity: a power of two, or 0 */
};

#define ID_MAP_INIT { NULL, 0, 0 }

void id_map_release(struct id_map *map);

/**
 * Have `id` (40 hexadecimal digits; more are not looked at) stand for
 * `value`. The first value of an id stays: false if it had one.
 */
bool id_map_add(struct id_map *map, const char *id, size_t value);

/** The value of `id`: true, and it is written to `value`. */
bool id_map_find(size_t *value, const struct id_map *map, const char *id);

#endif
