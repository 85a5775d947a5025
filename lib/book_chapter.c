/* SPDX-License-Identifier: MIT */
/*
 * Reading one chapter: its chunks become documents whose headings have their
 * levels, whose blocks have labels and ids, and whose notes have numbers.
 */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "book_private.h"
#include "error.h"
#include "redline.h"

/* ---- the same words again -------------------------------------------- */

static void tally_release(struct tally *t)
{
	free(t->hashes);
	free(t->counts);
	*t = (struct tally){ NULL, NULL, 0, 0 };
}

static void tally_reset(struct tally *t)
{
	if (t->count)
		memset(t->hashes, 0, t->capacity * sizeof(*t->hashes));
	t->count = 0;
}

static size_t tally_place(const struct tally *t, uint64_t hash)
{
	size_t i = hash & (t->capacity - 1);

	while (t->hashes[i] && t->hashes[i] != hash)
		i = (i + 1) & (t->capacity - 1);
	return i;
}

static void tally_grow(struct tally *t)
{
	struct tally old = *t;

	t->capacity = old.capacity ? old.capacity * 2 : 256;
	t->hashes = xcalloc(t->capacity, sizeof(*t->hashes));
	t->counts = xcalloc(t->capacity, sizeof(*t->counts));
	for (size_t i = 0; i < old.capacity; i++) {
		size_t at;

		if (!old.hashes[i])
			continue;
		at = tally_place(t, old.hashes[i]);
		t->hashes[at] = old.hashes[i];
		t->counts[at] = old.counts[i];
	}
	free(old.hashes);
	free(old.counts);
}

/* How often `hash` was asked for before. */
static uint32_t tally_next(struct tally *t, uint64_t hash)
{
	size_t at;

	if (t->count * 2 >= t->capacity)
		tally_grow(t);
	hash |= !hash;
	at = tally_place(t, hash);
	if (!t->hashes[at]) {
		t->hashes[at] = hash;
		t->counts[at] = 0;
		t->count++;
	}
	return t->counts[at]++;
}

/* ---- sections --------------------------------------------------------- */

static void slot_release(struct slot *slot)
{
	strbuf_release(&slot->source);
	definitions_release(&slot->footnotes);
	free(slot->nodes);
}

static void forget_remote(struct reading *r)
{
	for (size_t i = 0; i < r->remote_count; i++)
		document_release(&r->remote[i]->doc);
	r->remote_count = 0;
	definitions_release(&r->remote_labels);
}

void reading_release(struct reading *r)
{
	for (size_t i = 0; i < r->capacity; i++) {
		slot_release(&r->slots[i]);
		document_release(&r->chapter.sections[i].doc);
	}
	forget_remote(r);
	free(r->remote);
	free(r->slots);
	free(r->chapter.sections);
	free(r->chapter.notes);
	tally_release(&r->tally);
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

static void index_footnotes(struct slot *slot, const struct document *doc)
{
	slot->node_count = 0;
	if (slot->footnotes.count)
		definitions_release(&slot->footnotes);
	for (struct node *n = doc->footnotes->first; n; n = n->next) {
		if (!definitions_add(&slot->footnotes, true, n->text,
				     SLICE(""), slot->node_count,
				     (struct span){ n->start, n->end }))
			continue;
		GROW(slot->nodes, slot->node_count, slot->node_capacity);
		slot->nodes[slot->node_count++] = n;
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

/* ---- labels and ids --------------------------------------------------- */

static bool is_labelled(const struct node *node)
{
	switch (node->type) {
	case NODE_PARAGRAPH:
	case NODE_LINE_BLOCK:
	case NODE_FIGURE:
	case NODE_TABLE:
	case NODE_CODE_BLOCK:
		return true;
	default:
		return false;
	}
}

/* Words as they are read: where the lines break does not count. */
static void collect_words(struct strbuf *out, const struct node *root)
{
	const struct node *n = root;

	while (n) {
		/* of a redline: ids are those of the draft */
		if (n->flags & NODE_CUT && n != root) {
			n = node_skip(n, root);
			continue;
		}
		switch (n->type) {
		case NODE_TEXT:
		case NODE_CODE:
		case NODE_CODE_BLOCK:
			strbuf_add_slice(out, n->text);
			break;
		case NODE_SOFT_BREAK:
		case NODE_LINE_BREAK:
		case NODE_LINE:
		case NODE_TABLE_CELL:
			strbuf_addch(out, ' ');
			break;
		case NODE_IMAGE:
			strbuf_add_slice(out, n->link.url);
			break;
		case NODE_INLINE_NOTE:
		case NODE_COMMENT:
			if (n != root) {
				n = node_skip(n, root);
				continue;
			}
			break;
		default:
			break;
		}
		n = node_next(n, root);
	}
}

static const char *id_of_words(struct book *book, struct reading *r, char kind,
			       const char *chunk_id, const struct node *node)
{
	char *id = arena_alloc(&r->arena, 1 + ID_HASH_DIGITS + 1);
	uint64_t hash = id_hash(ID_HASH_START + (unsigned char)kind,
				slice_of(chunk_id));
	uint32_t again;

	strbuf_truncate(&book->scratch, 0);
	collect_words(&book->scratch, node);
	hash = id_hash(hash, strbuf_slice(&book->scratch));
	again = tally_next(&r->tally, hash);
	if (again)
		hash = id_hash(hash + again, SLICE("again"));
	id[0] = kind;
	id_hash_digits(id + 1, hash);
	return id;
}

/* ---- notes ------------------------------------------------------------ */

/* A note that another chunk defines, read by itself; once a chapter. */
static struct book_section *remote_section(struct book *book,
					   struct reading *r,
					   const struct definition *def,
					   struct error *err)
{
	const struct definition *seen =
		definitions_find(&r->remote_labels, true, def->label);
	struct book_section *s;

	if (seen)
		return r->remote[seen->chunk];
	s = arena_calloc(&r->arena, sizeof(*s));
	s->doc = (struct document)DOCUMENT_INIT;
	s->entry = &book->ms->outline.items[def->chunk];
	s->id = book->chunks[def->chunk].id;
	if (book->reader(&s->doc, def->source, &book->definitions, err) < 0) {
		document_release(&s->doc);
		return NULL;
	}
	book_leave_marks(&s->doc);
	definitions_add(&r->remote_labels, true, def->label, SLICE(""),
			r->remote_count, (struct span){ 0, 0 });
	GROW(r->remote, r->remote_count, r->remote_capacity);
	r->remote[r->remote_count++] = s;
	return s;
}

static void add_note(struct book *book, struct reading *r, struct node *citing,
		     struct node *content, const struct book_section *section)
{
	struct book_note *note;
	char *reference;
	size_t len;

	GROW(r->chapter.notes, r->chapter.note_count, r->note_capacity);
	note = &r->chapter.notes[r->chapter.note_count++];
	note->number = ++*r->notes;
	note->content = content;
	note->section = section;
	note->id = id_of_words(book, r, 'n', section->id, content);
	len = strlen(note->id);
	reference = arena_alloc(&r->arena, len + sizeof("-ref"));
	snprintf(reference, len + sizeof("-ref"), "%s-ref", note->id);
	note->reference = reference;
	content->number = citing->number = note->number;
	content->id = note->id;
	citing->id = note->reference;
}

/* Number what `node` cites. `slot` has the footnotes of its chunk, or is NULL
 * for a note from elsewhere. */
static int cite(struct book *book, struct reading *r, struct node *node,
		struct slot *slot, const struct book_section *section,
		struct error *err)
{
	const struct definition *def;
	struct node *content = NULL;

	if (node->type == NODE_INLINE_NOTE) {
		add_note(book, r, node, node, section);
		return 0;
	}
	def = slot ? definitions_find(&slot->footnotes, true, node->text)
		   : NULL;
	if (def) {
		content = slot->nodes[def->chunk];
	} else {
		struct book_section *s;

		def = definitions_find(&book->definitions, true, node->text);
		if (!def)
			return 0; /* the reader leaves none such; no number */
		s = remote_section(book, r, def, err);
		if (!s)
			return err ? err->code : ERROR_MALFORMED;
		content = s->doc.footnotes->first;
		section = s;
		if (!content)
			return 0;
	}
	if (content->number)
		node->number = content->number;
	else
		add_note(book, r, node, content, section);
	return 0;
}

static bool cites(const struct node *node)
{
	return node->type == NODE_FOOTNOTE_REFERENCE ||
	       node->type == NODE_INLINE_NOTE;
}

/* Label the blocks below `root` and number what they cite, in reading order.
 * Inline notes are looked into when their own turn comes. */
static int number_blocks(struct book *book, struct reading *r,
			 struct node *root, struct slot *slot,
			 const struct book_section *section, bool in_note,
			 struct error *err)
{
	struct node *n = root;
	int rc;

	while (n) {
		if (cites(n) && n != root) {
			rc = cite(book, r, n, slot, section, err);
			if (rc < 0)
				return rc;
			n = node_skip(n, root);
			continue;
		}
		/* what has no source is the book's, and no reader's matter */
		if (!in_note && is_labelled(n) && n->end > n->start &&
		    !(n->flags & NODE_CUT)) {
			n->number = ++r->labels;
			if (!n->id)
				n->id = id_of_words(book, r, 'p', section->id,
						    n);
		}
		n = node_next(n, root);
	}
	return 0;
}

/* Notes may cite notes: the list grows as it is walked. */
static int number_notes(struct book *book, struct reading *r,
			struct error *err)
{
	struct book_chapter *c = &r->chapter;

	for (size_t i = 0; i < c->note_count; i++) {
		const struct book_section *s = c->notes[i].section;
		struct slot *slot = NULL;
		int rc;

		if (s >= c->sections && s < c->sections + c->section_count)
			slot = &r->slots[s - c->sections];
		rc = number_blocks(book, r, (struct node *)c->notes[i].content,
				   slot, s, true, err);
		if (rc < 0)
			return rc;
	}
	return 0;
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
	r->labels = 0;
	r->level = 0;
	tally_reset(&r->tally);
	forget_remote(r);
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
		index_footnotes(&r->slots[i], &s->doc);
		rc = number_blocks(book, r, s->doc.root, &r->slots[i], s,
				   false, err);
		if (rc < 0)
			return rc;
	}
	return number_notes(book, r, err);
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
