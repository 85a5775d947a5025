/* SPDX-License-Identifier: MIT */
/*
 * What a text map holds: for text_map*.c, quote*.c and place_*.c alone.
 */
#ifndef TEXT_MAP_PRIVATE_H
#define TEXT_MAP_PRIVATE_H

#include "book.h"
#include "text_fold.h"
#include "text_map.h"

/** A run of words that readers see as one: a paragraph, a cell, a line. */
struct text_block {
	uint32_t first, count;	/* its words in map->words */
	uint32_t top_start, top_end; /* bytes of the chunk: whole lines that
				 * can be read by themselves */
	uint32_t chunk;		/* index in map->chunks */
	uint32_t chapter;	/* index in map->book */
	uint32_t number;	/* of the label that it has or is within; 0 */
};

/** The mark of a note, which copies may have or not. */
struct text_note {
	uint32_t word;		/* it stands before this one */
	uint32_t number;
};

struct text_chunk {
	const char *path;
	struct slice source;
	size_t first_block, block_count; /* its notes' blocks aside */
};

/** Blocks of one label. They follow each other. */
struct text_label {
	uint32_t first, count;	/* blocks */
};

/** A chapter: its labels are map->labels[first_label + number - 1]. */
struct text_chapter {
	const char *label;
	size_t first_label, label_count;
	size_t first_chunk;	/* the chapter's own; SIZE_MAX: none */
};

struct text_map {
	struct book *book;
	document_reader *reader;
	struct arena arena;
	struct vocabulary vocabulary;
	struct text_words words;
	struct text_block *blocks;
	size_t block_count, block_capacity;
	struct text_note *notes;
	size_t note_count, note_capacity;
	struct text_label *labels;
	size_t label_count, label_capacity;
	struct text_chapter *chapters;	/* as the book's entries */
	struct text_chunk *chunks;	/* as the outline's entries; path NULL:
					 * none */
	struct text_chunk **by_path;	/* those that have one, sorted */
	size_t path_count;
	/* where word n stands: positions[first[n]] up to first[n + 1] */
	uint32_t *first, *positions;
	size_t known;			/* words of the vocabulary that are in
					 * the texts: their numbers are less */
};

/** Add all blocks below `root`, whose spans start at `at` of the chunk. */
struct text_blocks_from {
	uint32_t chunk, chapter;
	uint32_t at;
};
void text_map_add_blocks(struct text_map *map, struct text_fold *fold,
			 const struct text_blocks_from *from,
			 const struct document *doc, const struct node *root);

/** Fold what readers see of the inlines of a block. */
void text_map_fold_leaf(struct text_map *map, struct text_fold *fold,
			const struct node *leaf, struct slice source,
			uint32_t at);

/** Does the node hold inlines, or text of its own? */
bool text_map_is_leaf(const struct node *node);

/** The block that word `at` is in. */
const struct text_block *text_map_block(const struct text_map *map, size_t at);

/** Words `start` up to `end` that have the label, as "3.14"; false: none. */
bool text_map_label_words(struct span *out, const struct text_map *map,
			  const char *label);

/** The chapter of a label, "3" or "A"; or NULL. */
const struct text_chapter *text_map_chapter(const struct text_map *map,
					    const char *label, size_t len);

/** The label of a block, or "". */
void text_map_label(char out[BOOK_LABEL_SIZE], const struct text_map *map,
		    const struct text_block *block);

/** The number of the note whose mark is before word `at`, or 0. */
uint32_t text_map_note(const struct text_map *map, size_t at);

static inline size_t text_map_count(const struct text_map *map, uint32_t word)
{
	return word < map->known ? map->first[word + 1] - map->first[word] : 0;
}

#endif
