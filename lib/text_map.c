/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "definitions.h"
#include "text_map_private.h"

/* ---- building --------------------------------------------------------- */

static uint32_t chunk_of(const struct text_map *map,
			 const struct outline_entry *entry)
{
	return (uint32_t)(entry -
			  book_manuscript(map->book)->outline.items);
}

/* A chunk's bytes are the map's own: the book reuses its memory. */
static void keep_source(struct text_map *map, uint32_t chunk,
			struct slice source)
{
	const struct outline_entry *e =
		&book_manuscript(map->book)->outline.items[chunk];

	if (map->chunks[chunk].path || !e->path)
		return;
	map->chunks[chunk].path = e->path;
	map->chunks[chunk].source = arena_slice(&map->arena, source);
}

/* Where a footnote of another chunk, which was read by itself, stands. */
static uint32_t remote_start(const struct text_map *map,
			     const struct book_note *note)
{
	const struct definition *d;

	if (note->content->type != NODE_FOOTNOTE)
		return 0;
	d = definitions_find(book_definitions(map->book), true,
			     note->content->text);
	return d && d->source.len == note->section->doc.source.len &&
			       slice_eq(d->source, note->section->doc.source)
		       ? (uint32_t)d->span.start : UINT32_MAX;
}

static void add_note_blocks(struct text_map *map, struct text_fold *fold,
			    const struct book_chapter *c,
			    const struct book_note *note)
{
	const struct book_section *s = note->section;
	struct text_blocks_from from = { chunk_of(map, s->entry),
					 (uint32_t)c->index, 0 };

	if (s < c->sections || s >= c->sections + c->section_count) {
		from.at = remote_start(map, note);
		if (from.at == UINT32_MAX)
			return;
	}
	text_map_add_blocks(map, fold, &from, &s->doc, note->content);
}

static void add_chapter(struct text_map *map, struct text_fold *fold,
			const struct book_chapter *c)
{
	struct text_chapter *own = &map->chapters[c->index];

	own->label = c->entry->label;
	own->first_chunk = SIZE_MAX;
	for (size_t i = 0; i < c->section_count; i++) {
		const struct book_section *s = &c->sections[i];
		struct text_blocks_from from = { chunk_of(map, s->entry),
						 (uint32_t)c->index, 0 };
		size_t before = map->block_count;

		if (!s->entry->path)
			continue;
		if (own->first_chunk == SIZE_MAX)
			own->first_chunk = from.chunk;
		keep_source(map, from.chunk, s->doc.source);
		text_map_add_blocks(map, fold, &from, &s->doc, s->doc.root);
		map->chunks[from.chunk].first_block = before;
		map->chunks[from.chunk].block_count =
			map->block_count - before;
	}
	for (size_t i = 0; i < c->note_count; i++)
		add_note_blocks(map, fold, c, &c->notes[i]);
}

/* Labels of a chapter count from 1, and notes have none. */
static void index_labels(struct text_map *map, size_t chapter, size_t block)
{
	struct text_chapter *c = &map->chapters[chapter];

	c->first_label = map->label_count;
	for (; block < map->block_count; block++) {
		const struct text_block *b = &map->blocks[block];

		if (!b->number)
			continue;
		while (c->label_count < b->number) {
			GROW(map->labels, map->label_count,
			     map->label_capacity);
			map->labels[map->label_count++] =
				(struct text_label){ (uint32_t)block, 0 };
			c->label_count++;
		}
		map->labels[c->first_label + b->number - 1].count++;
	}
}

static int read_book(struct text_map *map, struct error *err)
{
	struct text_fold fold;
	int rc = 0;

	text_fold_init(&fold, &map->vocabulary, &map->words);
	for (size_t i = 0; !rc && i < book_count(map->book); i++) {
		const struct book_chapter *c;
		size_t before = map->block_count;

		rc = book_read_chapter(&c, map->book, i, err);
		if (rc < 0)
			break;
		add_chapter(map, &fold, c);
		index_labels(map, i, before);
	}
	text_fold_release(&fold);
	return rc;
}

/* Where each word stands: counted, summed, and filled in from the end. */
static void index_words(struct text_map *map)
{
	size_t known = map->known = map->vocabulary.count
				     ? map->vocabulary.count : 1;

	map->first = xcalloc(known + 1, sizeof(*map->first));
	map->positions = xreallocarray(NULL, map->words.count + 1,
				       sizeof(*map->positions));
	for (size_t i = 0; i < map->words.count; i++)
		map->first[map->words.items[i].word]++;
	for (size_t n = 1; n <= known; n++)
		map->first[n] += map->first[n - 1];
	for (size_t i = map->words.count; i-- > 0;)
		map->positions[--map->first[map->words.items[i].word]] =
			(uint32_t)i;
}

static int by_path(const void *a, const void *b)
{
	const struct text_chunk *const *x = a, *const *y = b;
	int order = strcmp((*x)->path, (*y)->path);

	return order ? order : (*x > *y) - (*x < *y);
}

static void index_paths(struct text_map *map)
{
	size_t count = book_manuscript(map->book)->outline.count;

	map->by_path = xreallocarray(NULL, count + 1, sizeof(*map->by_path));
	for (size_t i = 0; i < count; i++)
		if (map->chunks[i].path)
			map->by_path[map->path_count++] = &map->chunks[i];
	qsort(map->by_path, map->path_count, sizeof(*map->by_path), by_path);
}

/* The first of that path, or NULL. */
static const struct text_chunk *chunk_at(const struct text_map *map,
					 const char *path)
{
	size_t low = 0, high = map->path_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(map->by_path[middle]->path, path) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < map->path_count &&
	       !strcmp(map->by_path[low]->path, path) ? map->by_path[low]
						       : NULL;
}

int text_map_open(struct text_map **out, const struct manuscript *ms,
		  document_reader *reader, struct error *err)
{
	struct text_map *map = xcalloc(1, sizeof(*map));
	int rc;

	map->reader = reader;
	map->arena = (struct arena)ARENA_INIT;
	map->vocabulary = (struct vocabulary)VOCABULARY_INIT;
	rc = book_open(&map->book, ms, reader, NULL, NULL, err);
	if (!rc) {
		map->chunks = xcalloc(ms->outline.count + 1,
				      sizeof(*map->chunks));
		map->chapters = xcalloc(book_count(map->book) + 1,
					sizeof(*map->chapters));
		rc = read_book(map, err);
	}
	if (rc < 0) {
		text_map_close(map);
		return rc;
	}
	index_words(map);
	index_paths(map);
	*out = map;
	return 0;
}

void text_map_close(struct text_map *map)
{
	if (!map)
		return;
	book_close(map->book);
	arena_release(&map->arena);
	vocabulary_release(&map->vocabulary);
	text_words_release(&map->words);
	free(map->blocks);
	free(map->notes);
	free(map->labels);
	free(map->chapters);
	free(map->chunks);
	free(map->by_path);
	free(map->first);
	free(map->positions);
	free(map);
}

/* ---- looking up ------------------------------------------------------- */

const struct text_block *text_map_block(const struct text_map *map, size_t at)
{
	size_t low = 0, high = map->block_count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (map->blocks[middle].first <= at)
			low = middle;
		else
			high = middle;
	}
	/* blocks without a word start where the next one does */
	while (low && at < map->blocks[low].first)
		low--;
	return &map->blocks[low];
}

uint32_t text_map_note(const struct text_map *map, size_t at)
{
	size_t low = 0, high = map->note_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (map->notes[middle].word < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low < map->note_count && map->notes[low].word == at
		       ? map->notes[low].number : 0;
}

static bool same_letters(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		char x = a[i], y = b[i];

		x = (char)(x >= 'a' && x <= 'z' ? x - 0x20 : x);
		y = (char)(y >= 'a' && y <= 'z' ? y - 0x20 : y);
		if (x != y)
			return false;
	}
	return a[len] == '\0';
}

const struct text_chapter *text_map_chapter(const struct text_map *map,
					    const char *label, size_t len)
{
	for (size_t i = 0; len && i < book_count(map->book); i++) {
		const char *own = map->chapters[i].label;

		if (strlen(own) == len && same_letters(own, label, len))
			return &map->chapters[i];
	}
	return NULL;
}

bool text_map_label_words(struct span *out, const struct text_map *map,
			  const char *label)
{
	const char *dot = strchr(label, '.');
	const struct text_chapter *c;
	const struct text_label *l;
	unsigned long number;

	if (!dot)
		return false;
	c = text_map_chapter(map, label, (size_t)(dot - label));
	number = strtoul(dot + 1, NULL, 10);
	if (!c || !number || number > c->label_count)
		return false;
	l = &map->labels[c->first_label + number - 1];
	if (!l->count)
		return false;
	out->start = map->blocks[l->first].first;
	out->end = map->blocks[l->first + l->count - 1].first +
		   map->blocks[l->first + l->count - 1].count;
	return true;
}

void text_map_label(char out[BOOK_LABEL_SIZE], const struct text_map *map,
		    const struct text_block *block)
{
	struct node node = { .number = block->number };

	if (block->number)
		book_label(out, book_entry(map->book, block->chapter), &node);
	else
		out[0] = '\0';
}

void text_map_label_at(char out[BOOK_LABEL_SIZE], const struct text_map *map,
		       const char *path, size_t offset)
{
	const struct text_chunk *chunk = chunk_at(map, path);
	const struct text_block *found = NULL;

	*out = '\0';
	for (size_t i = 0; chunk && i < chunk->block_count; i++) {
		const struct text_block *b = &map->blocks[chunk->first_block +
							  i];

		if (!b->count || map->words.items[b->first].start > offset)
			continue;
		if (!found || map->words.items[found->first].start <=
			      map->words.items[b->first].start)
			found = b;
	}
	if (found)
		text_map_label(out, map, found);
}
