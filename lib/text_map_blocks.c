/* SPDX-License-Identifier: MIT */
/* What readers see of a document, block after block, as folded words. */
#include <string.h>

#include "alloc.h"
#include "text_map_private.h"

bool text_map_is_leaf(const struct node *node)
{
	switch (node->type) {
	case NODE_PARAGRAPH:
	case NODE_HEADING:
	case NODE_TABLE_CELL:
	case NODE_LINE:
	case NODE_CAPTION:
	case NODE_CODE_BLOCK:
	case NODE_HTML_BLOCK:
		return true;
	default:
		return false;
	}
}

/* Text that stands in the source as it is, code between its ticks; else all
 * of it comes from all of the node's bytes. */
static void fold_text(struct text_fold *fold, const struct node *n,
		      struct slice source, uint32_t at)
{
	struct slice own = slice_sub(source, n->start, n->end);
	size_t i = n->type == NODE_CODE ? slice_find_slice(own, n->text)
					: slice_eq(own, n->text) ? 0 : own.len;

	if (!n->text.len)
		return;
	if (i < own.len)
		text_fold_add(fold, n->text, at + n->start + (uint32_t)i);
	else
		text_fold_add_from(fold, n->text, at + n->start, at + n->end);
}

/* Code in a list or quote has lines that are indented: one by one. */
static void fold_lines(struct text_fold *fold, const struct node *n,
		       struct slice source, uint32_t at)
{
	struct slice rest = n->text, line;
	size_t from = n->start;

	while (slice_next_line(&line, &rest)) {
		struct slice words = slice_trim(line), own;
		size_t i;

		if (!words.len)
			continue;
		own = slice_sub(source, from, n->end);
		i = slice_find_slice(own, words);
		if (i >= own.len) {
			text_fold_add_from(fold, words, at + n->start,
					   at + n->end);
		} else {
			text_fold_add(fold, words, at + (uint32_t)(from + i));
			from += i + words.len;
		}
		text_fold_end(fold);
	}
}

/* Raw HTML: what stands between the tags. */
static void fold_html(struct text_fold *fold, const struct node *n,
		      struct slice source, uint32_t at)
{
	struct slice own = slice_sub(source, n->start, n->end);
	size_t i = 0;

	while (i < own.len) {
		struct slice rest = slice_sub(own, i, own.len);
		size_t text = slice_find(rest, '<');

		text_fold_add(fold, slice_sub(rest, 0, text),
			      at + n->start + (uint32_t)i);
		text_fold_end(fold);
		rest = slice_sub(rest, text, rest.len);
		i += text + slice_find(rest, '>') + 1;
	}
}

static void add_note(struct text_map *map, struct text_fold *fold,
		     const struct node *n)
{
	if (!n->number || !map)
		return;
	text_fold_end(fold);
	GROW(map->notes, map->note_count, map->note_capacity);
	map->notes[map->note_count++] = (struct text_note){
		(uint32_t)fold->words->count, n->number };
}

static bool is_line_break(struct slice tag)
{
	return tag.len >= 3 && (tag.ptr[1] | 0x20) == 'b' &&
	       (tag.ptr[2] | 0x20) == 'r';
}

/* One inline: true if its children are to be seen. */
static bool fold_inline(struct text_map *map, struct text_fold *fold,
			const struct node *n, struct slice source, uint32_t at)
{
	switch (n->type) {
	case NODE_TEXT:
	case NODE_CODE:
		fold_text(fold, n, source, at);
		return false;
	case NODE_SOFT_BREAK:
	case NODE_LINE_BREAK:
		text_fold_end(fold);
		return false;
	case NODE_HTML_INLINE:
		if (is_line_break(n->text))
			text_fold_end(fold);
		return false;
	case NODE_FOOTNOTE_REFERENCE:
	case NODE_INLINE_NOTE:
		add_note(map, fold, n);
		return false;
	case NODE_DELETION:
	case NODE_COMMENT:
	case NODE_IMAGE:
		return false;
	default:
		return true;
	}
}

void text_map_fold_leaf(struct text_map *map, struct text_fold *fold,
			const struct node *leaf, struct slice source,
			uint32_t at)
{
	const struct node *n = leaf->first;

	if (leaf->type == NODE_CODE_BLOCK)
		fold_lines(fold, leaf, source, at);
	else if (leaf->type == NODE_HTML_BLOCK)
		fold_html(fold, leaf, source, at);
	while (n)
		n = fold_inline(map, fold, n, source, at)
			    ? node_next(n, leaf) : node_skip(n, leaf);
	text_fold_end(fold);
}

/* Notes are numbered, too, but have no label. */
static uint32_t label_number(const struct node *n)
{
	while (n && !n->number)
		n = n->parent;
	return n && !NODE_IS_INLINE(n->type) && n->type != NODE_FOOTNOTE
		       ? n->number : 0;
}

/* The lines of the block of the chunk that the leaf is in. */
static struct span top_lines(const struct node *leaf, struct slice source)
{
	struct span span;

	while (leaf->parent && leaf->parent->type != NODE_DOCUMENT)
		leaf = leaf->parent;
	span = (struct span){ leaf->start, leaf->end };
	while (span.start && (source.ptr[span.start - 1] == ' ' ||
			      source.ptr[span.start - 1] == '\t'))
		span.start--;
	while (span.end < source.len && (!span.end ||
					 source.ptr[span.end - 1] != '\n'))
		span.end++;
	return span;
}

static void add_leaf(struct text_map *map, struct text_fold *fold,
		     const struct text_blocks_from *from,
		     const struct document *doc, const struct node *leaf)
{
	struct span top = top_lines(leaf, doc->source);
	struct text_block block = {
		.first = (uint32_t)map->words.count,
		.top_start = from->at + (uint32_t)top.start,
		.top_end = from->at + (uint32_t)top.end,
		.chunk = from->chunk,
		.chapter = from->chapter,
		.number = label_number(leaf)
	};

	if (leaf->type != NODE_FIGURE) /* its caption has the words */
		text_map_fold_leaf(map, fold, leaf, doc->source, from->at);
	block.count = (uint32_t)map->words.count - block.first;
	if (!block.count && !block.number)
		return;
	GROW(map->blocks, map->block_count, map->block_capacity);
	map->blocks[map->block_count++] = block;
}

void text_map_add_blocks(struct text_map *map, struct text_fold *fold,
			 const struct text_blocks_from *from,
			 const struct document *doc, const struct node *root)
{
	const struct node *n = root;

	if (NODE_IS_INLINE(root->type)) { /* a note in its place */
		add_leaf(map, fold, from, doc, root);
		return;
	}
	while (n) {
		/* a heading from the outline has no source */
		if ((text_map_is_leaf(n) || n->type == NODE_FIGURE) &&
		    n->end > n->start)
			add_leaf(map, fold, from, doc, n);
		n = text_map_is_leaf(n) || (n->type == NODE_FOOTNOTE &&
					    n != root)
			    ? node_skip(n, root) : node_next(n, root);
	}
}
