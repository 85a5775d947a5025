/* SPDX-License-Identifier: MIT */
/*
 * Numbering a chapter: its blocks get labels, blocks and notes ids that stay
 * when other words change, notes their numbers where they are cited.
 */
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "book_private.h"
#include "error.h"

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
	again = hash_tally_next(&r->seen, hash);
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

/* ---- a chapter -------------------------------------------------------- */

void book_number_reset(struct reading *r)
{
	r->labels = 0;
	hash_tally_reset(&r->seen);
	for (size_t i = 0; i < r->remote_count; i++)
		document_release(&r->remote[i]->doc);
	r->remote_count = 0;
	definitions_release(&r->remote_labels);
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

int book_number_section(struct book *book, struct reading *r, size_t index,
			struct error *err)
{
	const struct book_section *s = &r->chapter.sections[index];
	struct slot *slot = &r->slots[index];

	index_footnotes(slot, &s->doc);
	return number_blocks(book, r, s->doc.root, slot, s, false, err);
}

/* Notes may cite notes: the list grows as it is walked. */
int book_number_notes(struct book *book, struct reading *r, struct error *err)
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
