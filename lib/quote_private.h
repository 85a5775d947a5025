/* SPDX-License-Identifier: MIT */
/* Between quote.c, quote_match.c and quote_near.c alone. */
#ifndef QUOTE_PRIVATE_H
#define QUOTE_PRIVATE_H

#include "quote.h"
#include "text_map_private.h"

struct spans {
	struct span *items;
	size_t count, capacity;
};

/** More places than this say no more than that there are many. */
#define QUOTE_PLACES 64

/**
 * Where the words stand, as spans of the map's words, in order; at most
 * QUOTE_PLACES. `within`: look there only. Empties `out`.
 */
void quote_match(struct spans *out, const struct text_map *map,
		 const struct text_word *words, size_t count,
		 struct span within);

/**
 * The places that differ from the words in less than a sixth of the letters,
 * the best one first; they do not overlap. Looks at the last words of a long
 * quote. Empties `out`.
 */
void quote_match_near(struct spans *out, const struct text_map *map,
		      const struct text_word *words, size_t count);

static inline struct slice quote_word(const struct text_map *map,
				      uint32_t word)
{
	return map->vocabulary.words[word].bytes;
}

#endif
