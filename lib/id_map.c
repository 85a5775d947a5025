/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "id_map.h"

#define DIGITS 40

struct id_map_slot {
	char id[DIGITS];	/* "": free */
	size_t value;
};

void id_map_release(struct id_map *map)
{
	free(map->slots);
	*map = (struct id_map)ID_MAP_INIT;
}

/* An id is a hash already. */
static size_t start_of(const char *id, size_t capacity)
{
	uint64_t a, b;

	/* in hexadecimal: half of the bits say nothing */
	memcpy(&a, id, sizeof(a));
	memcpy(&b, id + sizeof(a), sizeof(b));
	a = (a ^ (b << 4)) * UINT64_C(0x9E3779B97F4A7C15);
	return (size_t)(a >> 32) & (capacity - 1);
}

static struct id_map_slot *slot_of(struct id_map_slot *slots, size_t capacity,
				   const char *id)
{
	size_t at = start_of(id, capacity);

	while (*slots[at].id && memcmp(slots[at].id, id, DIGITS))
		at = (at + 1) & (capacity - 1);
	return &slots[at];
}

static void grow(struct id_map *map)
{
	size_t capacity = map->capacity ? 2 * map->capacity : 64;
	struct id_map_slot *slots = xcalloc(capacity, sizeof(*slots));

	for (size_t i = 0; i < map->capacity; i++)
		if (*map->slots[i].id)
			*slot_of(slots, capacity, map->slots[i].id) =
				map->slots[i];
	free(map->slots);
	map->slots = slots;
	map->capacity = capacity;
}

bool id_map_add(struct id_map *map, const char *id, size_t value)
{
	struct id_map_slot *slot;

	if (2 * (map->count + 1) > map->capacity)
		grow(map);
	slot = slot_of(map->slots, map->capacity, id);
	if (*slot->id)
		return false;
	memcpy(slot->id, id, DIGITS);
	slot->value = value;
	map->count++;
	return true;
}

bool id_map_find(size_t *value, const struct id_map *map, const char *id)
{
	struct id_map_slot *slot;

	if (!map->count)
		return false;
	slot = slot_of(map->slots, map->capacity, id);
	if (!*slot->id)
		return false;
	*value = slot->value;
	return true;
}
