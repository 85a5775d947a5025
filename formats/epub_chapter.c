/* SPDX-License-Identifier: MIT */
/* A chapter, in one file or, if it is long, in several. */
#include <string.h>

#include "epub_private.h"
#include "html_escape.h"
#include "typography.h"

/* DPUB-ARIA 1.1 roles beside EPUB's types: the roles are what screen readers
 * know. */
static const struct {
	const char *type, *role;
} roles[] = {
	[ROLE_CHAPTER] = { "chapter", "doc-chapter" },
	[ROLE_PART] = { "part", "doc-part" },
	[ROLE_PROLOGUE] = { "prologue", "doc-prologue" },
	[ROLE_EPILOGUE] = { "epilogue", "doc-epilogue" },
	[ROLE_FOREWORD] = { "foreword", "doc-foreword" },
	[ROLE_PREFACE] = { "preface", "doc-preface" },
	[ROLE_INTRODUCTION] = { "introduction", "doc-introduction" },
	[ROLE_DEDICATION] = { "dedication", "doc-dedication" },
	[ROLE_EPIGRAPH] = { "epigraph", "doc-epigraph" },
	[ROLE_ACKNOWLEDGMENTS] = { "acknowledgments", "doc-acknowledgments" },
	[ROLE_AFTERWORD] = { "afterword", "doc-afterword" },
	[ROLE_APPENDIX] = { "appendix", "doc-appendix" },
	[ROLE_COLOPHON] = { "colophon", "doc-colophon" },
	[ROLE_GLOSSARY] = { "glossary", "doc-glossary" },
	[ROLE_BIBLIOGRAPHY] = { "bibliography", "doc-bibliography" },
	[ROLE_CONCLUSION] = { "conclusion", "doc-conclusion" },
	[ROLE_COPYRIGHT] = { "copyright-page", NULL },
};

static const char *const matters[] = {
	[MATTER_FRONT] = "frontmatter",
	[MATTER_BODY] = "bodymatter",
	[MATTER_BACK] = "backmatter",
};

static const struct node *own_heading(const struct book_chapter *chapter)
{
	const struct node *n;

	if (!chapter->section_count)
		return NULL;
	n = chapter->sections[0].doc.root->first;
	while (n && n->type != NODE_HEADING)
		n = n->next;
	return n && n->id ? n : NULL;
}

static void begin_section(struct epub *epub, size_t piece)
{
	const struct book_chapter *chapter = epub->chapter;
	const struct book_entry *entry = chapter->entry;
	const struct node *heading = own_heading(chapter);
	const char *type = roles[entry->role].type;
	const char *role = roles[entry->role].role;
	struct strbuf *out = &epub->page;

	strbuf_adds(out, "<section");
	if (!piece) {
		strbuf_addf(out, " epub:type=\"%s\"", type);
		if (role)
			strbuf_addf(out, " role=\"%s\"", role);
		if (chapter->section_count) {
			strbuf_adds(out, " id=\"");
			html_escape_str(out, chapter->sections[0].id);
			strbuf_addch(out, '"');
		}
	}
	strbuf_addf(out, " class=\"%s%s%s\"", type,
		    epub->html.shift ? " in-part" : "",
		    piece ? " continued" : "");
	if (heading && !piece) {
		strbuf_adds(out, " aria-labelledby=\"");
		html_escape_str(out, heading->id);
		strbuf_addch(out, '"');
	} else if (*entry->title) {
		strbuf_adds(out, " aria-label=\"");
		html_escape_str(out, entry->title);
		strbuf_addch(out, '"');
	}
	strbuf_adds(out, ">\n");
}

/* A place in the chapter: a block of a section, NULL at the section's end. */
struct place {
	size_t section;
	const struct node *block;
	uint32_t index;		/* of the block */
};

static bool is_before(const struct place *place, const struct epub_cut *cut)
{
	return !cut || place->section < cut->section ||
	       (place->section == cut->section && place->index < cut->block);
}

/* Write a section's blocks, up to `cut` if that is in it. */
static int write_blocks(struct epub *epub, struct place *at,
			const struct epub_cut *cut, struct error *err)
{
	const struct book_section *section =
		&epub->chapter->sections[at->section];
	const struct node *first = at->block;
	struct strbuf *out = &epub->page;
	bool wrapped = at->section > 0;
	int rc = 0;

	while (at->block && is_before(at, cut)) {
		at->block = at->block->next;
		at->index++;
	}
	if (wrapped && first == section->doc.root->first) {
		strbuf_adds(out, "<div class=\"chunk\" id=\"");
		html_escape_str(out, section->id);
		strbuf_adds(out, "\">\n");
	} else if (wrapped) {
		strbuf_adds(out, "<div class=\"chunk\">\n");
	}
	epub->section = section;
	if (first)
		rc = html_write_range(out, first, at->block, &epub->html, err);
	if (wrapped)
		strbuf_adds(out, "</div>\n");
	return rc;
}

static int write_sections(struct epub *epub, struct place *at,
			  const struct epub_cut *cut, struct error *err)
{
	const struct book_chapter *chapter = epub->chapter;
	int rc = 0;

	while (rc >= 0 && at->section < chapter->section_count &&
	       is_before(at, cut)) {
		rc = write_blocks(epub, at, cut, err);
		if (at->block)
			break;
		at->section++;
		at->index = 0;
		if (at->section < chapter->section_count)
			at->block =
				chapter->sections[at->section].doc.root->first;
	}
	return rc;
}

static void add_piece(struct epub *epub, const char *href)
{
	const struct book_chapter *chapter = epub->chapter;
	const struct epub_cuts *cuts = &epub->cuts[chapter->index];
	size_t piece = epub->piece;
	struct strbuf id = STRBUF_INIT;

	strbuf_addf(&id, "c%zu", chapter->index + 1);
	if (piece)
		strbuf_addf(&id, "-%zu", piece + 1);
	epub_package_item(&epub->package, id.buf, href,
			  "application/xhtml+xml", NULL, true);
	strbuf_release(&id);
	if (*chapter->entry->label && epub_has_labels(epub))
		epub_package_labels(
			&epub->package, chapter->entry->label,
			piece ? cuts->items[piece - 1].labels + 1 : 1,
			piece < cuts->count ? cuts->items[piece].labels
					    : cuts->labels, href);
	if (!epub->package.start && chapter->entry->matter == MATTER_BODY)
		epub->package.start = epub_package_string(&epub->package,
							  href);
}

static int write_piece(struct epub *epub, struct place *at, struct error *err)
{
	const struct book_chapter *chapter = epub->chapter;
	const struct book_entry *entry = chapter->entry;
	const struct epub_cuts *cuts = &epub->cuts[chapter->index];
	const struct epub_cut *cut = epub->piece < cuts->count
		? &cuts->items[epub->piece] : NULL;
	struct strbuf href = STRBUF_INIT;
	int rc;

	epub_chapter_href(&href, epub, chapter->index, epub->piece);
	epub_page_begin(epub, entry->title, "../", matters[entry->matter]);
	begin_section(epub, epub->piece);
	epub->pictured = false;
	rc = write_sections(epub, at, cut, err);
	if (rc < 0)
		goto out;
	if (epub->pictured && strstr(epub->page.buf, " alt=\"\""))
		epub->package.lacks_alternatives = true;
	if (!cut && cuts->labels)
		rc = epub_add_invitation(epub, err);
	if (rc < 0)
		goto out;
	strbuf_adds(&epub->page, "</section>\n");
	add_piece(epub, href.buf);
	rc = epub_page_end(epub, href.buf, err);
out:
	strbuf_release(&href);
	return rc;
}

static void add_heading(struct epub *epub, size_t section,
			const struct node *heading, unsigned depth)
{
	const struct epub_cuts *cuts = &epub->cuts[epub->chapter->index];
	struct strbuf href = STRBUF_INIT, raw = STRBUF_INIT;
	struct strbuf title = STRBUF_INIT;
	struct typography typography;

	epub_chapter_href(&href, epub, epub->chapter->index,
			  epub_cut_find(cuts, section, heading->start));
	strbuf_addch(&href, '#');
	html_escape_str(&href, heading->id);
	node_plain_text(&raw, heading);
	typography_start(&typography, epub->html.rules);
	typography_add(&title, &typography, strbuf_slice(&raw), 0);
	epub_package_heading(&epub->package, depth, title.buf, href.buf);
	strbuf_release(&href);
	strbuf_release(&raw);
	strbuf_release(&title);
}

static void add_headings(struct epub *epub)
{
	const struct book_chapter *chapter = epub->chapter;
	const struct book_entry *entry = chapter->entry;
	const struct node *own = own_heading(chapter);
	unsigned depth = entry->part == SIZE_MAX ? 1 : 2;
	struct strbuf href = STRBUF_INIT, title = STRBUF_INIT;

	if (entry->titled || entry->role == ROLE_PART) {
		epub_chapter_href(&href, epub, chapter->index, 0);
		strbuf_adds(&title, entry->title);
		epub_add_count(&title, epub, chapter->index);
		epub_package_heading(&epub->package, depth, title.buf,
				     href.buf);
	}
	strbuf_release(&title);
	strbuf_release(&href);
	if (entry->role == ROLE_PART)
		return;
	for (size_t s = 0; s < chapter->section_count; s++) {
		const struct node *n = chapter->sections[s].doc.root->first;

		for (; n; n = n->next)
			if (n->type == NODE_HEADING && n->id && n != own &&
			    depth + (unsigned)n->level <= 4)
				add_heading(epub, s, n, depth +
					    (unsigned)n->level - 1);
	}
}

int epub_write_chapter(struct epub *epub, size_t index, struct error *err)
{
	struct epub_cuts *cuts = &epub->cuts[index];
	struct place at = { 0, NULL, 0 };
	int rc;

	rc = book_read_chapter(&epub->chapter, epub->book, index, err);
	if (rc < 0 || !epub_has_page(epub, index))
		return rc;
	if (!cuts->known)
		epub_cut_chapter(cuts, epub->chapter);
	epub->html.label = epub_has_labels(epub) ?
			   epub->chapter->entry->label : NULL;
	epub->html.pages = epub->package.pages;
	epub->html.shift = epub->chapter->entry->part == SIZE_MAX ? 0 : 1;
	add_headings(epub);
	rc = epub_write_notes(epub, err);
	if (epub->chapter->section_count)
		at.block = epub->chapter->sections[0].doc.root->first;
	for (epub->piece = 0; rc >= 0 && epub->piece <= cuts->count;
	     epub->piece++)
		rc = write_piece(epub, &at, err);
	return rc;
}
