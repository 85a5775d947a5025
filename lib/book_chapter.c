/* SPDX-License-Identifier: MIT */
/*
 * Reading one chapter: its chunks become documents whose headings have their
 * levels; book_number.c does the rest.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "book_private.h"
#include "error.h"
#include "redline.h"

/* ---- sections --------------------------------------------------------- */

static void slot_release(struct slot *slot)
{
	strbuf_release(&slot->source);
	definitions_release(&slot->footnotes);
	free(slot->nodes);
}

void reading_release(struct reading *r)
{
	for (size_t i = 0; i < r->capacity; i++) {
		slot_release(&r->slots[i]);
		document_release(&r->chapter.sections[i].doc);
	}
	book_number_reset(r);
	free(r->remote);
	free(r->slots);
	free(r->chapter.sections);
	free(r->chapter.notes);
	hash_tally_release(&r->seen);
	arena_release(&r->arena);
}

/* Documents hold pointers to nothing that moves: sections may. */
static void grow_sections(struct reading *r)
{
	size_t old = r->capacity;

	r->capacity = old ? old * 2 : 4;
	r->chapter.sections = xreallocarray(r->chapter.sections, r->capacity,
					    sizeof(*r->chapter.sections));
	r->slots = xreallocarray(r->slots, r->capacity, sizeof(*r->slots));
	for (size_t i = old; i < r->capacity; i++) {
		r->chapter.sections[i] =
			(struct book_section){ NULL, DOCUMENT_INIT, NULL };
		r->slots[i] = (struct slot){ STRBUF_INIT, DEFINITIONS_INIT,
					     NULL, 0, 0 };
	}
}

static struct node *first_heading(const struct document *doc)
{
	for (struct node *n = doc->root; n; n = node_next(n, doc->root))
		if (n->type == NODE_HEADING && !(n->flags & NODE_CUT))
			return n;
	return NULL;
}

static void remove_child(struct node *child)
{
	struct node *parent = child->parent, **link = &parent->first;
	struct node *before = NULL;

	for (; *link != child; link = &(*link)->next)
		before = *link;
	*link = child->next;
	if (parent->last == child)
		parent->last = before;
	child->next = child->parent = NULL;
}

/* The chapter's heading is there once: not when it is the book's title that
 * the title page shows, and made from the outline when the text has none. */
static void settle_heading(struct book_section *s,
			   const struct book_entry *entry)
{
	struct node *heading = first_heading(&s->doc);

	if (!entry->titled) {
		if (heading && heading->parent == s->doc.root)
			remove_child(heading);
		return;
	}
	if (heading)
		return;
	heading = node_new(&s->doc, NODE_HEADING, 0, 0);
	heading->level = 1;
	node_append(heading, node_new(&s->doc, NODE_TEXT, 0, 0));
	heading->first->text = slice_of(s->entry->title);
	heading->parent = s->doc.root;
	heading->next = s->doc.root->first;
	s->doc.root->first = heading;
	if (!s->doc.root->last)
		s->doc.root->last = heading;
}

static void set_levels(struct reading *r, struct document *doc, int base)
{
	int first = 0;

	for (struct node *n = doc->root; n; n = node_next(n, doc->root)) {
		int level;

		if (n->type != NODE_HEADING)
			continue;
		if (n->flags & NODE_CUT) { /* as deep as it can be here */
			n->level = r->level + 1 < 6 ? r->level + 1 : 6;
			continue;
		}
		if (!first)
			first = n->level;
		level = base + (n->level > first ? n->level - first : 0);
		if (level > r->level + 1)
			level = r->level + 1;
		if (level > 6)
			level = 6;
		n->level = r->level = level;
	}
}

/* ---- a chapter -------------------------------------------------------- */

int book_text(struct slice *out, struct strbuf *buf, const struct book *book,
	      size_t at, struct error *err)
{
	const struct outline_entry *entry = &book->ms->outline.items[at];
	int rc = 0;

	*out = book->chunks[at].text;
	if (out->ptr || !entry->path)
		return 0;
	strbuf_truncate(buf, 0);
	rc = manuscript_read(buf, book->ms, entry, err);
	*out = strbuf_slice(buf);
	return rc;
}

static int read_section(struct book *book, struct reading *r, size_t at,
			struct error *err)
{
	const struct outline_entry *entry = &book->ms->outline.items[at];
	struct book_section *s;
	struct slice text;
	struct slot *slot;
	int rc = 0;

	if (r->chapter.section_count == r->capacity)
		grow_sections(r);
	s = &r->chapter.sections[r->chapter.section_count];
	slot = &r->slots[r->chapter.section_count];
	s->entry = entry;
	s->id = book->chunks[at].id;
	document_reset(&s->doc);
	if (book->redline.redline && book->redline.chunks[at] != SIZE_MAX)
		rc = redline_document(&s->doc, book->redline.redline,
				      book->redline.chunks[at], err);
	if (!rc) {
		rc = book_text(&text, &slot->source, book, at, err);
		if (rc < 0)
			return rc;
		rc = book->reader(&s->doc, text, &book->definitions, err);
	}
	if (rc < 0)
		return error_set(err, rc, "'%s': %s", entry->path,
				 err ? err->message : "");
	book_leave_marks(&s->doc);
	rc = book_fill_credits(book, &s->doc, err);
	if (rc < 0)
		return rc;
	r->chapter.section_count++;
	return 0;
}

static int read_chapter(struct book *book, struct reading *r, size_t index,
			struct error *err)
{
	struct book_chapter *c = &r->chapter;
	const struct book_entry *entry = &book->entries[index];
	int rc;

	c->index = index;
	c->entry = entry;
	c->section_count = c->note_count = 0;
	r->level = 0;
	book_number_reset(r);
	arena_reset(&r->arena);
	for (size_t i = entry->first; i < entry->first + entry->count; i++) {
		bool part = i == entry->first && entry->role == ROLE_PART;

		if (!book->chunks[i].there && !part)
			continue;
		rc = read_section(book, r, i, err);
		if (rc < 0)
			return rc;
	}
	/* only now do the sections stay where they are */
	for (size_t i = 0; i < c->section_count; i++) {
		struct book_section *s = &c->sections[i];

		if (i == 0)
			settle_heading(s, entry);
		set_levels(r, &s->doc, 1 + (int)(i ? s->entry->depth : 0));
		book_set_anchors(&r->arena, &s->doc, s->id, NULL, NULL);
		rc = book_number_section(book, r, i, err);
		if (rc < 0)
			return rc;
	}
	return book_number_notes(book, r, err);
}

int book_read_chapter(const struct book_chapter **out, struct book *book,
		      size_t index, struct error *err)
{
	int rc;

	assert(index == book->next_chapter && index < book->count);
	if (book->tell)
		book->tell(book->tell_data, index, book->count);
	book->current.notes = &book->notes;
	rc = read_chapter(book, &book->current, index, err);
	if (rc < 0)
		return rc;
	book->next_chapter++;
	*out = &book->current.chapter;
	return 0;
}

int book_peek_chapter(struct book *book, size_t index,
		      int (*visit)(const struct book_chapter *, void *data),
		      void *data, struct error *err)
{
	int rc;

	assert(index < book->count);
	book->peek_notes = 0;
	book->peek.notes = &book->peek_notes;
	rc = read_chapter(book, &book->peek, index, err);
	return rc < 0 ? rc : visit(&book->peek.chapter, data);
}

void book_label(char out[BOOK_LABEL_SIZE], const struct book_entry *entry,
		const struct node *node)
{
	snprintf(out, BOOK_LABEL_SIZE, "%s.%u", entry->label,
		 (unsigned)node->number);
}
