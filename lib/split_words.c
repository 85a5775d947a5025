/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "alloc.h"
#include "block_scan.h"
#include "split_private.h"

struct word_cutter {
	struct split_plan *old;
	struct split_piece *pieces;
	size_t count, capacity;
	size_t words;		/* in the piece so far */
	size_t number;		/* of the piece in its chapter */
};

static void start_piece(struct word_cutter *c, struct split_piece piece)
{
	GROW(c->pieces, c->count, c->capacity);
	c->pieces[c->count++] = piece;
	c->words = 0;
}

static bool is_good_start(const struct block *block)
{
	return block->type != BLOCK_FOOTNOTE &&
	       block->type != BLOCK_LINK_DEFINITION &&
	       block->type != BLOCK_BLANK;
}

void split_at_words(struct split_plan *plan, size_t limit)
{
	struct word_cutter c = { .old = plan };
	struct block_scanner scanner;
	struct block block;
	size_t next = 0;
	enum block_type before = BLOCK_BLANK;

	block_scanner_init(&scanner, plan->text);
	while (block_scanner_next(&scanner, &block)) {
		if (next < plan->count &&
		    block.span.start >= plan->items[next].span.start) {
			c.number = 1;
			start_piece(&c, plan->items[next++]);
		} else if (c.words >= limit && is_good_start(&block) &&
			   before != BLOCK_HEADING &&
			   before != BLOCK_SCENE_BREAK &&
			   split_can_start(plan->text, block.span.start)) {
			struct split_piece piece = plan->items[next - 1];

			piece.span.start = block.span.start;
			piece.line = block.line;
			piece.level = SPLIT_SCENE;
			piece.title = split_numbered(plan, piece.title,
						     ++c.number);
			start_piece(&c, piece);
		}
		c.words += split_count_words(slice_sub(
			plan->text, block.span.start, block.span.end));
		before = block.type;
	}
	free(plan->items);
	plan->items = c.pieces;
	plan->count = c.count;
	plan->capacity = c.capacity;
}
