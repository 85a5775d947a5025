/* SPDX-License-Identifier: MIT */
/* The chunks of both sides, and the blocks that are compared. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "redline_private.h"

struct redline *redline_new(document_reader *reader)
{
	struct redline *r = xcalloc(1, sizeof(*r));

	r->reader = reader;
	r->vocabulary = (struct vocabulary)VOCABULARY_INIT;
	r->arena = (struct arena)ARENA_INIT;
	r->scratch = (struct strbuf)STRBUF_INIT;
	return r;
}

static void side_release(struct rl_side *side)
{
	for (size_t i = 0; i < side->chunk_count; i++) {
		document_release(&side->chunks[i].doc);
		definitions_release(&side->chunks[i].labels);
	}
	free(side->chunks);
	free(side->blocks.items);
	free(side->leaves);
	free(side->notes);
	free(side->words);
}

void redline_free(struct redline *r)
{
	if (!r)
		return;
	side_release(&r->sides[REDLINE_OLD]);
	side_release(&r->sides[REDLINE_NEW]);
	vocabulary_release(&r->vocabulary);
	arena_release(&r->arena);
	strbuf_release(&r->scratch);
	free(r->changes);
	free(r);
}

size_t redline_add(struct redline *r, enum redline_side side,
		   struct slice text, const char *key, const char *name,
		   const struct definitions *elsewhere)
{
	struct rl_side *s = &r->sides[side];

	GROW(s->chunks, s->chunk_count, s->chunk_capacity);
	s->chunks[s->chunk_count] = (struct rl_chunk){
		.text = text, .elsewhere = elsewhere, .doc = DOCUMENT_INIT,
		.key = key ? arena_strdup(&r->arena, key) : NULL,
		.name = name ? arena_strdup(&r->arena, name) : NULL,
		.labels = DEFINITIONS_INIT
	};
	return s->chunk_count++;
}

const struct document *redline_source(const struct redline *r,
				      enum redline_side side, size_t chunk)
{
	return &r->sides[side].chunks[chunk].doc;
}

/* --- chunks that are the same --- */

/* A word for each key, and one of its own for each chunk without. */
static void read_keys(struct token_list *out, struct redline *r,
		      enum redline_side side)
{
	struct rl_side *s = &r->sides[side];
	char own[40];

	GROW(out->items, out->count, out->capacity);
	out->items[out->count++] = (struct token){ 0 };
	for (size_t i = 0; i <= s->chunk_count; i++) {
		struct slice key = SLICE("");

		GROW(out->items, out->count, out->capacity);
		out->items[out->count] = (struct token){
			.flags = TOKEN_COUNTED
		};
		if (i == s->chunk_count) {
			out->count++;
			break;
		}
		snprintf(own, sizeof(own), "\x01%d %zu", (int)side, i);
		key = slice_of(s->chunks[i].key ? s->chunks[i].key : own);
		out->items[out->count++].word =
			vocabulary_add(&r->vocabulary, key);
	}
}

static void find_same_chunks(struct redline *r)
{
	struct token_list keys[2] = { TOKEN_LIST_INIT, TOKEN_LIST_INIT };
	struct prose_hunks hunks = PROSE_HUNKS_INIT;
	size_t i = 1, j = 1, h = 0;

	read_keys(&keys[0], r, REDLINE_OLD);
	read_keys(&keys[1], r, REDLINE_NEW);
	prose_diff(&hunks, &keys[0], &keys[1]);
	while (i + 1 < keys[0].count && j + 1 < keys[1].count) {
		if (h < hunks.count && hunks.items[h].a0 == i &&
		    hunks.items[h].b0 == j) {
			i = hunks.items[h].a1;
			j = hunks.items[h++].b1;
			continue;
		}
		r->sides[REDLINE_OLD].chunks[i++ - 1].same = true;
		r->sides[REDLINE_NEW].chunks[j++ - 1].same = true;
	}
	prose_hunks_release(&hunks);
	token_list_release(&keys[0]);
	token_list_release(&keys[1]);
}

/* --- notes --- */

static void read_notes(struct redline *r, struct rl_side *side, size_t chunk)
{
	struct rl_chunk *c = &side->chunks[chunk];
	const struct canon all = { 0, NULL, NULL };

	for (struct node *n = c->doc.footnotes->first; n; n = n->next) {
		if (!definitions_add(&c->labels, true, n->text, SLICE(""),
				     side->note_count,
				     (struct span){ n->start, n->end }))
			continue;
		strbuf_truncate(&r->scratch, 0);
		redline_canon(&r->scratch, n, &all);
		GROW(side->notes, side->note_count, side->note_capacity);
		side->notes[side->note_count++] = (struct rl_note){
			n, vocabulary_hash(strbuf_slice(&r->scratch)),
			(uint32_t)chunk, NO_ITEM
		};
	}
}

const struct rl_note *redline_note(const struct redline *r,
				   enum redline_side side, uint32_t chunk,
				   struct slice label)
{
	const struct rl_side *s = &r->sides[side];
	const struct definition *def =
		definitions_find(&s->chunks[chunk].labels, true, label);

	return def ? &s->notes[def->chunk] : NULL;
}

static int by_hash(const void *a, const void *b)
{
	const struct rl_note *x = *(const struct rl_note *const *)a;
	const struct rl_note *y = *(const struct rl_note *const *)b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x < y ? -1 : x > y;
}

static struct rl_note **sorted_notes(struct rl_side *side)
{
	struct rl_note **list = xreallocarray(NULL, side->note_count + 1,
					      sizeof(*list));

	for (size_t i = 0; i < side->note_count; i++)
		list[i] = &side->notes[i];
	if (side->note_count)
		qsort(list, side->note_count, sizeof(*list), by_hash);
	return list;
}

static void pair_notes(struct redline *r, struct rl_note *a, struct rl_note *b)
{
	a->pair = (uint32_t)(b - r->sides[REDLINE_NEW].notes);
	b->pair = (uint32_t)(a - r->sides[REDLINE_OLD].notes);
}

/* The same words, wherever and whatever label; then the same label. */
static void find_same_notes(struct redline *r)
{
	struct rl_side *old = &r->sides[REDLINE_OLD];
	struct rl_side *new = &r->sides[REDLINE_NEW];
	struct rl_note **a = sorted_notes(old), **b = sorted_notes(new);
	size_t i = 0, j = 0;

	while (i < old->note_count && j < new->note_count) {
		if (a[i]->hash == b[j]->hash)
			pair_notes(r, a[i++], b[j++]);
		else if (a[i]->hash < b[j]->hash)
			i++;
		else
			j++;
	}
	free(a);
	free(b);
}

/* Notes of the same label where the chunk's name is the same. */
static void find_changed_notes(struct redline *r, size_t chunk)
{
	struct rl_side *old = &r->sides[REDLINE_OLD];
	struct rl_side *new = &r->sides[REDLINE_NEW];
	const char *name = old->chunks[chunk].name;
	uint32_t c = 0;

	while (c < new->chunk_count &&
	       (new->chunks[c].same || !new->chunks[c].name || !name ||
		strcmp(new->chunks[c].name, name)))
		c++;
	for (size_t i = 0; c < new->chunk_count && i < old->note_count; i++) {
		struct rl_note *note = &old->notes[i];
		const struct rl_note *other;

		if (note->chunk != chunk || note->pair != NO_ITEM)
			continue;
		other = redline_note(r, REDLINE_NEW, c, note->node->text);
		if (other && other->pair == NO_ITEM)
			pair_notes(r, note, &new->notes[other - new->notes]);
	}
}

bool redline_add_note(struct strbuf *out, const struct redline *r,
		      enum redline_side side, uint32_t chunk,
		      const struct node *reference)
{
	const struct rl_note *note = redline_note(r, side, chunk,
						  reference->text);
	size_t at;

	if (!note)
		return false;
	at = (size_t)(note - r->sides[side].notes);
	if (side == REDLINE_OLD)
		strbuf_addf(out, note->pair == NO_ITEM ? "o%zu" : "n%zu",
			    note->pair == NO_ITEM ? at : note->pair);
	else
		strbuf_addf(out, "n%zu", at);
	return true;
}

/* --- blocks --- */

struct hashing {
	struct redline *r;
	enum redline_side side;
	uint32_t chunk;
	bool noted;		/* cites a note that is not as it was */
};

static bool add_note(struct strbuf *out, const struct node *reference,
		     void *data)
{
	struct hashing *h = data;
	struct redline *r = h->r;
	const struct rl_note *note = redline_note(r, h->side, h->chunk,
						  reference->text);

	if (note && note->pair != NO_ITEM &&
	    r->sides[!h->side].notes[note->pair].hash != note->hash)
		h->noted = true;
	return redline_add_note(out, r, h->side, h->chunk, reference);
}

static void add_leaf(struct redline *r, enum redline_side side, uint32_t chunk,
		     const struct node *node, uint32_t parent)
{
	struct rl_side *s = &r->sides[side];
	struct hashing h = { r, side, chunk, false };
	struct rl_item *item = items_add(&s->blocks, node, parent);
	struct rl_leaf leaf = { .moved = NO_ITEM, .chunk = chunk };

	leaf.item = (uint32_t)(s->blocks.count - 1);
	item->leaf = (uint32_t)s->leaf_count;
	item->start = chunk;
	strbuf_truncate(&r->scratch, 0);
	if (node)
		redline_canon(&r->scratch, node,
			      &(struct canon){ 0, add_note, &h });
	else
		strbuf_adds(&r->scratch, s->chunks[chunk].key);
	leaf.hash = vocabulary_hash(strbuf_slice(&r->scratch));
	leaf.noted = h.noted;
	GROW(s->leaves, s->leaf_count, s->leaf_capacity);
	s->leaves[s->leaf_count++] = leaf;
}

/* Blocks of blocks, of which each may have changed. */
static bool is_wrapper(const struct node *n)
{
	return n->type == NODE_BLOCK_QUOTE || n->type == NODE_LIST ||
	       n->type == NODE_ITEM || n->type == NODE_DIV;
}

static void read_blocks(struct redline *r, enum redline_side side,
			uint32_t chunk)
{
	struct rl_items *blocks = &r->sides[side].blocks;
	const struct node *root = r->sides[side].chunks[chunk].doc.root;
	const struct node *n = root->first;
	uint32_t parent = NO_ITEM;
	struct rl_item *item;

	while (n) {
		if (n->type == NODE_FOOTNOTE) {
			/* with the notes */
		} else if (is_wrapper(n) && n->first) {
			item = items_add(blocks, n, parent);
			item->sign = redline_sign(n);
			item->start = chunk;
			parent = (uint32_t)(blocks->count - 1);
			n = n->first;
			continue;
		} else {
			add_leaf(r, side, chunk, n, parent);
		}
		while (!n->next && n->parent != root) {
			n = n->parent;
			blocks->items[parent].end = (uint32_t)blocks->count;
			parent = blocks->items[parent].parent;
		}
		n = n->next;
	}
}

static int read_side(struct redline *r, enum redline_side side,
		     struct error *err)
{
	struct rl_side *s = &r->sides[side];

	for (size_t i = 0; i < s->chunk_count; i++) {
		struct rl_chunk *c = &s->chunks[i];
		int rc;

		if (c->same)
			continue;
		rc = r->reader(&c->doc, c->text, c->elsewhere, err);
		if (rc < 0)
			return rc;
		read_notes(r, s, i);
	}
	return 0;
}

static void find_blocks(struct redline *r, enum redline_side side)
{
	struct rl_side *s = &r->sides[side];

	for (size_t i = 0; i < s->chunk_count; i++) {
		struct rl_chunk *c = &s->chunks[i];

		c->first = s->blocks.count;
		if (c->same)
			add_leaf(r, side, (uint32_t)i, NULL, NO_ITEM);
		else
			read_blocks(r, side, (uint32_t)i);
		c->last = s->blocks.count;
	}
}

int redline_read(struct redline *r, struct error *err)
{
	int rc;

	find_same_chunks(r);
	rc = read_side(r, REDLINE_OLD, err);
	if (!rc)
		rc = read_side(r, REDLINE_NEW, err);
	if (rc < 0)
		return rc;
	find_same_notes(r);
	for (size_t i = 0; i < r->sides[REDLINE_OLD].chunk_count; i++)
		find_changed_notes(r, i);
	find_blocks(r, REDLINE_OLD);
	find_blocks(r, REDLINE_NEW);
	return 0;
}
