/* SPDX-License-Identifier: MIT */
/*
 * The text map: the words of a round as its readers saw them, rendered, tied
 * to the bytes of Markdown behind them. Made by the same reader that makes
 * the book.
 */
#ifndef TEXT_MAP_H
#define TEXT_MAP_H

#include "book.h"
#include "document.h"
#include "manuscript.h"

struct error;
struct text_map;

/**
 * Read all chunks of a manuscript (opened at the round's revision), which
 * outlives the map.
 */
int text_map_open(struct text_map **out, const struct manuscript *ms,
		  document_reader *reader, struct error *err);

void text_map_close(struct text_map *map);

/**
 * The label of the paragraph that byte `offset` of a chunk is in, or comes
 * after: "3.14"; "" if there is none.
 */
void text_map_label_at(char out[BOOK_LABEL_SIZE], const struct text_map *map,
		       const char *path, size_t offset);

#endif
