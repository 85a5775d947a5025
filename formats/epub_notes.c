/* SPDX-License-Identifier: MIT */
/*
 * Notes, in files of their own. Standard Ebooks' form: a list whose items
 * are of type "endnote footnote" and have no role; "footnote" is what makes
 * Apple Books show them on the page, and the role for it is deprecated.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "epub_private.h"
#include "html_escape.h"
#include "strings.h"

#define MAX_NOTES 500u

void epub_notes_href(struct strbuf *out, size_t file)
{
	strbuf_adds(out, "notes");
	if (file)
		strbuf_addf(out, "-%zu", file + 1);
	strbuf_adds(out, ".xhtml");
}

static struct epub_note *note_of(struct epub *epub, uint32_t number)
{
	const struct book_chapter *c = epub->chapter;
	uint32_t first = c->note_count ? c->notes[0].number : 1;

	if (number < first || number - first >= c->note_count)
		return NULL;
	return &epub->notes.items[number - first];
}

/* Find the marks below `root` that their notes lead back to. */
static void find_marks(struct epub *epub, const struct node *root,
		       size_t section, size_t file)
{
	const struct node *n = root;
	uint32_t block = 0;	/* the one that `n` is in */

	while (n) {
		bool inline_note = n->type == NODE_INLINE_NOTE && n != root;

		if (inline_note || n->type == NODE_FOOTNOTE_REFERENCE) {
			struct epub_note *note = note_of(epub, n->number);

			if (note && n->id) {
				note->section = section;
				note->block = block;
				note->mark_file = file;
			}
		}
		n = inline_note ? node_skip(n, root) : node_next(n, root);
		block += n && n->parent == root && n != root->first;
	}
}

/* Decide which note goes to which file, before any is written: notes may
 * cite later ones. */
static void place_notes(struct epub *epub)
{
	const struct book_chapter *c = epub->chapter;
	struct epub_notes *notes = &epub->notes;

	if (c->note_count > notes->capacity) {
		notes->capacity = c->note_count * 2;
		notes->items = xreallocarray(notes->items, notes->capacity,
					     sizeof(*notes->items));
	}
	for (size_t i = 0; i < c->note_count; i++) {
		/* its number is in it, and makes up for the way back */
		size_t size = epub_size(c->notes[i].content) + 150;

		if (notes->placed == MAX_NOTES ||
		    (notes->placed && notes->estimate + size >
				      EPUB_FILE_LIMIT - 2000)) {
			notes->placing++;
			notes->placed = 0;
			notes->estimate = 0;
		}
		notes->placed++;
		notes->estimate += size;
		notes->items[i] = (struct epub_note){
			notes->placing, SIZE_MAX, 0, notes->placing };
	}
	for (size_t s = 0; s < c->section_count; s++)
		find_marks(epub, c->sections[s].doc.root, s, 0);
	for (size_t i = 0; i < c->note_count; i++)
		find_marks(epub, c->notes[i].content, SIZE_MAX,
			   notes->items[i].file);
}

static int flush_notes(struct epub *epub, struct error *err)
{
	struct epub_notes *notes = &epub->notes;
	const char *language = epub->package.language;
	struct strbuf href = STRBUF_INIT;
	int rc;

	epub_page_begin(epub, string_get(language, STRING_NOTES), "",
			"backmatter");
	strbuf_adds(&epub->page, "<section epub:type=\"endnotes footnotes\" "
		    "role=\"doc-endnotes\" class=\"notes\" "
		    "aria-labelledby=\"notes\">\n<h1 id=\"notes\"");
	strbuf_addf(&epub->page, "%s>", epub_own_language(epub));
	string_add(&epub->page, language, STRING_NOTES, NULL, NULL);
	strbuf_adds(&epub->page, "</h1>\n<ol");
	if (notes->file)
		strbuf_addf(&epub->page, " start=\"%u\"",
			    (unsigned)notes->first);
	strbuf_adds(&epub->page, ">\n");
	strbuf_add_slice(&epub->page, strbuf_slice(&notes->text));
	strbuf_adds(&epub->page, "</ol>\n</section>\n");
	epub_notes_href(&href, notes->file);
	rc = epub_page_end(epub, href.buf, err);
	strbuf_release(&href);
	strbuf_truncate(&notes->text, 0);
	notes->count = 0;
	notes->file++;
	return rc;
}

/* The way back from a note to its mark. */
static void add_back_link(struct strbuf *out, struct epub *epub,
			  const struct epub_note *place,
			  const struct book_note *note)
{
	const struct epub_cuts *cuts = &epub->cuts[epub->chapter->index];
	char number[16];

	snprintf(number, sizeof(number), "%u", (unsigned)note->number);
	strbuf_adds(out, "<a href=\"");
	if (place->section == SIZE_MAX)
		epub_notes_href(out, place->mark_file);
	else
		epub_chapter_href(out, epub, epub->chapter->index,
				  epub_cut_find_block(cuts, place->section,
						      place->block));
	strbuf_addch(out, '#');
	html_escape_str(out, note->reference);
	strbuf_addf(out, "\" epub:type=\"backlink\" role=\"doc-backlink\" "
		    "class=\"backlink\"%s aria-label=\"",
		    epub_own_language(epub));
	string_add(out, epub->package.language, STRING_BACK_TO_NOTE, number,
		   NULL);
	/* U+FE0E: an arrow, not a picture of one; to where lines begin */
	strbuf_addf(out, "\">%s\uFE0E</a>",
		    epub->package.rtl ? "\u21AA" : "\u21A9");
}

static int write_note(struct epub *epub, const struct book_note *note,
		      const struct epub_note *place, struct error *err)
{
	struct strbuf *out = &epub->notes.text;
	struct strbuf back = STRBUF_INIT;
	int rc;

	add_back_link(&back, epub, place, note);
	strbuf_adds(out, "<li id=\"");
	html_escape_str(out, note->id);
	strbuf_adds(out, "\" epub:type=\"endnote footnote\"");
	if (html_note_class(note->content))
		strbuf_addf(out, " class=\"%s\"",
			    html_note_class(note->content));
	strbuf_addch(out, '>');
	epub->section = note->section;
	rc = html_write_note(out, note->content, back.buf, &epub->html, err);
	strbuf_adds(out, "</li>\n");
	strbuf_release(&back);
	return rc;
}

int epub_write_notes(struct epub *epub, struct error *err)
{
	const struct book_chapter *c = epub->chapter;
	struct epub_notes *notes = &epub->notes;
	int rc = 0;

	if (!c->note_count)
		return 0;
	place_notes(epub);
	epub->in_notes = true;
	for (size_t i = 0; i < c->note_count && rc >= 0; i++) {
		if (notes->items[i].file != notes->file)
			rc = flush_notes(epub, err);
		if (rc < 0)
			break;
		if (!notes->count++)
			notes->first = c->notes[i].number;
		rc = write_note(epub, &c->notes[i], &notes->items[i], err);
	}
	epub->in_notes = false;
	return rc;
}

int epub_finish_notes(struct epub *epub, struct error *err)
{
	struct epub_notes *notes = &epub->notes;
	struct strbuf id = STRBUF_INIT, href = STRBUF_INIT;
	int rc;

	if (!notes->count)
		return 0;
	rc = flush_notes(epub, err);
	for (size_t i = 0; i < notes->file; i++) {
		strbuf_truncate(&id, 0);
		strbuf_truncate(&href, 0);
		strbuf_addf(&id, "notes-%zu", i + 1);
		epub_notes_href(&href, i);
		epub_package_item(&epub->package, id.buf, href.buf,
				  "application/xhtml+xml", NULL, true);
	}
	epub->package.notes = "notes.xhtml";
	epub_package_own_page(&epub->package, STRING_NOTES, "notes.xhtml");
	strbuf_release(&id);
	strbuf_release(&href);
	return rc;
}
