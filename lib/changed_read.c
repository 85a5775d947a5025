/* SPDX-License-Identifier: MIT */
/* The blocks of a draft, as hashes of their words. */
#include <stdlib.h>

#include "alloc.h"
#include "book_private.h"
#include "changed_private.h"
#include "error.h"
#include "manuscript.h"
#include "typography.h"

uint64_t changed_id(const char *id)
{
	return id ? id_hash(ID_HASH_START, slice_of(id)) | 1 : 0;
}

int changed_blobs(struct changed_draft *draft, struct error *err)
{
	const struct outline *outline = &draft->text->outline;

	draft->blobs = xcalloc(outline->count + 1, sizeof(*draft->blobs));
	draft->wanted = xcalloc(outline->count + 1, sizeof(*draft->wanted));
	draft->chunks = xcalloc(outline->count + 1, sizeof(*draft->chunks));
	for (size_t i = 0; i < outline->count; i++) {
		int rc = 0;

		if (!outline->items[i].path)
			continue;
		rc = tree_blob_id(draft->blobs[i], draft->text->tree,
				  outline->items[i].path, err);
		if (rc < 0 && rc != ERROR_NOT_FOUND)
			return rc;
		if (rc < 0)
			*draft->blobs[i] = '\0';
		else
			id_map_add(&draft->all, draft->blobs[i], i);
	}
	return 0;
}

/* ---- blocks ----------------------------------------------------------- */

struct visit {
	struct changed_draft *draft;
	const struct typography_rules *rules;
	struct strbuf words, printed;
	const struct book_chapter *chapter;
};

/* Quotes typed straight or curly are printed the same; pictures are words. */
static uint64_t hash_words(struct visit *v, const struct node *node)
{
	struct typography t;
	uint64_t hash;

	strbuf_truncate(&v->words, 0);
	strbuf_truncate(&v->printed, 0);
	if (node->type != NODE_FOOTNOTE && node->type != NODE_INLINE_NOTE)
		node_plain_text(&v->words, node);
	else /* which are no words of what they are in */
		for (const struct node *n = node->first; n; n = n->next)
			node_plain_text(&v->words, n);
	typography_start(&t, v->rules);
	typography_add(&v->printed, &t, slice_trim(strbuf_slice(&v->words)),
		       0);
	hash = id_hash(ID_HASH_START, strbuf_slice(&v->printed));
	for (const struct node *n = node; n; n = node_next(n, node))
		if (n->type == NODE_IMAGE)
			hash = id_hash(hash, n->link.url);
	return hash | 1;
}

static void add_block(struct visit *v, const struct node *node, const char *id)
{
	struct changed_draft *draft = v->draft;

	GROW(draft->items, draft->count, draft->capacity);
	draft->items[draft->count++] = (struct changed_words){
		.words = hash_words(v, node), .id = changed_id(id),
		.chapter = v->chapter->index, .steady = true,
		.note = node->type == NODE_FOOTNOTE ||
			node->type == NODE_INLINE_NOTE,
		.beside = node->type == NODE_HEADING ||
			  node->type == NODE_FOOTNOTE ||
			  node->type == NODE_INLINE_NOTE
	};
}

static void add_section(struct visit *v, const struct book_section *section)
{
	const struct book_chapter *chapter = v->chapter;
	const struct node *root = section->doc.root, *n = root;

	while (n) {
		bool whole = n->number || n->type == NODE_HEADING;

		whole = whole && !NODE_IS_INLINE(n->type);
		if (whole)
			add_block(v, n, n->id);
		n = whole ? node_skip(n, root) : node_next(n, root);
	}
	for (size_t i = 0; i < chapter->note_count; i++)
		if (chapter->notes[i].section == section)
			add_block(v, chapter->notes[i].content,
				  chapter->notes[i].id);
}

static int add_chapter(const struct book_chapter *chapter, void *data)
{
	struct visit *v = data;
	struct changed_draft *draft = v->draft;

	v->chapter = chapter;
	for (size_t i = 0; i < chapter->section_count; i++) {
		const struct book_section *s = &chapter->sections[i];
		size_t at = (size_t)(s->entry - draft->text->outline.items);

		if (!draft->wanted[at])
			continue;
		draft->chunks[at].first = draft->count;
		add_section(v, s);
		draft->chunks[at].count = draft->count -
					  draft->chunks[at].first;
	}
	return 0;
}

static bool is_wanted(const struct changed_draft *draft,
		      const struct book_entry *entry)
{
	for (size_t i = entry->first; i < entry->first + entry->count; i++)
		if (draft->wanted[i])
			return true;
	return false;
}

int changed_read(struct changed_draft *draft, struct error *err)
{
	struct visit v = { .draft = draft, .words = STRBUF_INIT,
			   .printed = STRBUF_INIT };
	int rc = 0;

	v.rules = typography_for(manuscript_language(draft->text));
	for (size_t i = 0; rc >= 0 && i < book_count(draft->book); i++)
		if (is_wanted(draft, book_entry(draft->book, i)))
			rc = book_peek_chapter(draft->book, i, add_chapter, &v,
					       err);
	strbuf_release(&v.words);
	strbuf_release(&v.printed);
	return rc;
}

void changed_draft_release(struct changed_draft *draft)
{
	if (draft->ms) {
		book_close(draft->book);
		manuscript_close(draft->ms);
	}
	id_map_release(&draft->all);
	free(draft->blobs);
	free(draft->wanted);
	free(draft->chunks);
	free(draft->items);
}
