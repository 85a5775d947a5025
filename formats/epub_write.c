/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "alloc.h"
#include "epub_private.h"
#include "epub_write.h"
#include "error.h"
#include "html_escape.h"
#include "metadata.h"
#include "review_link.h"
#include "strings.h"
#include "typography.h"
#include "url_host.h"

static const char style[] = {
#include "formats/epub.css.inc"
};
static const char media_style[] = {
#include "formats/epub-media.css.inc"
};
static const char redline_style[] = {
#include "formats/epub-redline.css.inc"
};

static const char mimetype[] = "application/epub+zip";
static const char container[] =
	"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	"<container version=\"1.0\" xmlns=\""
	"urn:oasis:names:tc:opendocument:xmlns:container\">\n"
	"<rootfiles>\n<rootfile full-path=\"EPUB/package.opf\" media-type=\""
	"application/oebps-package+xml\"/>\n</rootfiles>\n</container>\n";

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

/* ---- files ------------------------------------------------------------ */

int epub_add(struct epub *epub, const char *href, struct slice bytes,
	     enum archive_method method, struct error *err)
{
	struct strbuf name = STRBUF_INIT;
	int rc;

	strbuf_addf(&name, "EPUB/%s", href);
	rc = archive_write_add(epub->archive, name.buf, bytes, method, err);
	strbuf_release(&name);
	return rc;
}

/* What the style sheet has rules for: old readers know no :lang(). */
static const char *page_class(const struct epub_package *package)
{
	bool is_ja = !strcmp(package->language, "ja") ||
		     !strncmp(package->language, "ja-", 3);

	if (package->vertical)
		return is_ja ? " class=\"ja vertical\"" : " class=\"vertical\"";
	return package->rtl ? " class=\"rtl\"" : is_ja ? " class=\"ja\"" : "";
}

void epub_page_begin(struct epub *epub, const char *title, const char *up,
		     const char *matter)
{
	struct strbuf *out = &epub->page;
	const char *language = epub->package.language;

	strbuf_truncate(out, 0);
	strbuf_addf(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		    "<!DOCTYPE html>\n<html xmlns=\""
		    "http://www.w3.org/1999/xhtml\" xmlns:epub=\""
		    "http://www.idpf.org/2007/ops\" lang=\"%s\" "
		    "xml:lang=\"%s\"%s%s>\n<head>\n<meta charset=\"utf-8\" />\n"
		    "<title>", language, language,
		    epub->package.rtl ? " dir=\"rtl\"" : "",
		    page_class(&epub->package));
	html_escape_str(out, *title ? title : manuscript_title(epub->ms));
	strbuf_addf(out, "</title>\n<link rel=\"stylesheet\" type=\"text/css\""
		    " href=\"%scss/book.css\" />\n<link rel=\"stylesheet\" "
		    "type=\"text/css\" href=\"%scss/media.css\" />\n", up,
		    up);
	if (book_redline(epub->book))
		strbuf_addf(out, "<link rel=\"stylesheet\" type=\"text/css\" "
			    "href=\"%scss/redline.css\" />\n", up);
	strbuf_addf(out, "</head>\n<body epub:type=\"%s\">\n", matter);
}

int epub_page_end(struct epub *epub, const char *href, struct error *err)
{
	struct strbuf upright = STRBUF_INIT, *page = &epub->page;
	int rc;

	strbuf_adds(page, "</body>\n</html>\n");
	if (epub->package.vertical) {
		epub_add_upright(&upright, strbuf_slice(page));
		page = &upright;
	}
	rc = epub_add(epub, href, strbuf_slice(page), ARCHIVE_DEFLATE, err);
	strbuf_release(&upright);
	return rc;
}

/* ---- links ------------------------------------------------------------ */

bool epub_has_page(const struct epub *epub, size_t index)
{
	const struct book_entry *entry = book_entry(epub->book, index);

	if (book_is_left_out(epub->book, index))
		return false;

	if (entry->role != ROLE_PART ||
	    epub->ms->outline.items[entry->first].path)
		return entry->written;
	for (size_t i = index + 1; i < book_count(epub->book); i++) {
		const struct book_entry *next = book_entry(epub->book, i);

		if (next->role == ROLE_PART)
			break;
		if (next->part == index && next->written)
			return true;
	}
	return false;
}

void epub_chapter_href(struct strbuf *out, const struct epub *epub,
		       size_t chapter, size_t piece)
{
	strbuf_adds(out, "text/");
	strbuf_adds(out, book_entry(epub->book, chapter)->slug);
	if (piece) /* slugs have no '.': no other chapter is called so */
		strbuf_addf(out, ".%zu", piece + 1);
	strbuf_adds(out, ".xhtml");
}

static int note_cuts(const struct book_chapter *chapter, void *data)
{
	epub_cut_chapter(data, chapter);
	return 0;
}

int epub_add_place(struct strbuf *out, struct epub *epub,
		   const struct book_target *target, struct error *err)
{
	struct epub_cuts *cuts = &epub->cuts[target->chapter];
	struct strbuf href = STRBUF_INIT;
	size_t piece = 0;
	int rc;

	if (!epub_has_page(epub, target->chapter))
		return 0;
	if (target->id && !cuts->known) {
		rc = book_peek_chapter(epub->book, target->chapter, note_cuts,
				       cuts, err);
		if (rc < 0)
			return rc;
	}
	if (target->change)
		piece = epub_cut_find_change(cuts, target->change);
	else if (target->id)
		piece = epub_cut_find(cuts, target->section, target->offset);
	epub_chapter_href(&href, epub, target->chapter, piece);
	if (epub->in_notes)
		strbuf_add_slice(out, strbuf_slice(&href));
	else if (target->chapter != epub->chapter->index ||
		 piece != epub->piece || !target->id)
		strbuf_adds(out, strrchr(href.buf, '/') + 1);
	strbuf_release(&href);
	if (target->id) {
		strbuf_addch(out, '#');
		html_escape_str(out, target->id);
	}
	return 0;
}

static int add_link(struct strbuf *out, struct slice url, void *data,
		    struct error *err)
{
	struct epub *epub = data;
	struct book_target target;
	int rc = book_resolve(&target, epub->book, epub->section, url, err);

	if (rc < 0)
		return rc;
	if (target.kind == TARGET_OUTSIDE && url_host_is_possible(target.url))
		html_escape_url(out, slice_of(target.url));
	else if (target.kind == TARGET_CHAPTER)
		return epub_add_place(out, epub, &target, err);
	return 0; /* a file beside the text is not in the book */
}

/* Once for each picture of a chunk. */
static void warn_of_image(struct epub *epub, struct slice url, bool outside)
{
	const char *from = epub->section->entry->path;
	struct error message = ERROR_INIT;
	struct strbuf key = STRBUF_INIT;

	strbuf_addf(&key, "%s\n", from ? from : "");
	strbuf_add_slice(&key, url);
	if (definitions_add(&epub->pictures.missing, false,
			    strbuf_slice(&key), SLICE(""), 0,
			    (struct span){ 0, 0 })) {
		error_set(&message, ERROR_NOT_FOUND,
			  "picture '%.*s' %s; its description is shown instead",
			  SLICE_ARG(slice_sub(url, 0, 200)),
			  outside ? "is not in the manuscript" : "is missing");
		book_warn(epub->book, from, 0, message.message);
	}
	strbuf_release(&key);
}

int epub_add_image(struct strbuf *out, struct epub *epub, struct book *book,
		   struct slice url, struct error *err)
{
	struct book_target target;
	const char *href;
	int rc = book_resolve(&target, book, epub->section, url, err);

	if (rc < 0)
		return rc;
	if (target.kind != TARGET_FILE) {
		warn_of_image(epub, url, target.kind != TARGET_DEAD);
		return 0;
	}
	rc = epub_picture(&href, epub, target.path,
			  epub->section->entry->path, NULL, NULL, err);
	if (rc < 0 || !href)
		return rc;
	strbuf_adds(out, epub->in_notes ? "" : "../");
	strbuf_adds(out, href);
	epub->pictured = epub->package.has_pictures = true;
	return 0;
}

static int add_image(struct strbuf *out, struct slice url, void *data,
		     struct error *err)
{
	struct epub *epub = data;

	return epub_add_image(out, epub, epub->book, url, err);
}

static int add_note_link(struct strbuf *out, uint32_t number, void *data,
			 struct error *err)
{
	struct epub *epub = data;
	const struct book_chapter *c = epub->chapter;
	uint32_t at = c->note_count ? number - c->notes[0].number : 0;
	size_t file;

	if (at >= c->note_count)
		return 0;
	file = epub->notes.items[at].file;
	if (!epub->in_notes)
		strbuf_adds(out, "../");
	if (!epub->in_notes || file != epub->notes.file)
		epub_notes_href(out, file);
	strbuf_addch(out, '#');
	html_escape_str(out, c->notes[at].id);
	return 0;
}

/* ---- chapters --------------------------------------------------------- */

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

static int write_chapter(struct epub *epub, size_t index, struct error *err)
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

/* ---- the book --------------------------------------------------------- */

static int write_front(struct epub *epub, struct error *err)
{
	struct epub_package *package = &epub->package;
	size_t labels;
	int rc;

	rc = book_label_bound(&labels, epub->book, err);
	if (rc < 0)
		return rc;
	epub_package_plan_pages(package, labels);
	rc = archive_write_add(epub->archive, "mimetype", slice_of(mimetype),
			       ARCHIVE_STORE, err);
	if (!rc)
		rc = archive_write_add(epub->archive, "META-INF/container.xml",
				       slice_of(container), ARCHIVE_DEFLATE,
				       err);
	if (!rc)
		rc = epub_add(epub, "css/book.css",
			      (struct slice){ style, sizeof(style) },
			      ARCHIVE_DEFLATE, err);
	if (!rc)
		rc = epub_add(epub, "css/media.css",
			      (struct slice){ media_style,
					      sizeof(media_style) },
			      ARCHIVE_DEFLATE, err);
	if (!rc && book_redline(epub->book)) {
		epub_package_item(package, "redline-style", "css/redline.css",
				  "text/css", NULL, false);
		rc = epub_add(epub, "css/redline.css",
			      (struct slice){ redline_style,
					      sizeof(redline_style) },
			      ARCHIVE_DEFLATE, err);
	}
	epub_package_item(package, "ncx", "toc.ncx",
			  "application/x-dtbncx+xml", NULL, false);
	epub_package_item(package, "style", "css/book.css", "text/css", NULL,
			  false);
	epub_package_item(package, "media-style", "css/media.css", "text/css",
			  NULL, false);
	if (!rc)
		rc = epub_write_cover(epub, err);
	if (!rc)
		rc = epub_write_title_page(epub, err);
	epub_package_item(package, "nav", "nav.xhtml",
			  "application/xhtml+xml", "nav", true);
	return rc;
}

static int write_package(struct epub *epub, struct error *err)
{
	struct strbuf *page = &epub->page;
	int rc;

	epub_page_begin(epub, string_get(epub->package.language,
					 STRING_CONTENTS), "", "frontmatter");
	epub_package_write_nav(page, &epub->package);
	rc = epub_page_end(epub, "nav.xhtml", err);
	if (rc < 0)
		return rc;
	strbuf_truncate(page, 0);
	epub_package_write_ncx(page, &epub->package);
	rc = epub_add(epub, "toc.ncx", strbuf_slice(page), ARCHIVE_DEFLATE,
		      err);
	if (rc < 0)
		return rc;
	strbuf_truncate(page, 0);
	epub_package_write(page, &epub->package);
	return epub_add(epub, "package.opf", strbuf_slice(page),
			ARCHIVE_DEFLATE, err);
}

static void epub_init(struct epub *epub, struct book *book, const char *path)
{
	memset(epub, 0, sizeof(*epub));
	epub->book = book;
	epub->ms = book_manuscript(book);
	epub->page = epub->notes.text = epub->pictures.bytes =
		(struct strbuf)STRBUF_INIT;
	epub->cuts = xcalloc(book_count(book) + 1, sizeof(*epub->cuts));
	epub->html = (struct html_options){
		.flavour = HTML_EPUB,
		.rules = typography_for(manuscript_language(epub->ms)),
		.data = epub, .link = add_link, .image = add_image,
		.note = add_note_link
	};
	epub->files = epub->ms->tree;
	epub_init_redline(epub);
	epub_package_init(&epub->package, book);
	epub->html.rtl = epub->package.rtl;
	epub->html.upright = !metadata_has_italics(epub->ms);
	archive_write_open(&epub->archive, path, metadata_time(epub->ms));
}

static void epub_release(struct epub *epub)
{
	for (size_t i = 0; i < book_count(epub->book); i++)
		free(epub->cuts[i].items);
	free(epub->cuts);
	free(epub->notes.items);
	strbuf_release(&epub->notes.text);
	strbuf_release(&epub->page);
	epub_pictures_release(&epub->pictures);
	epub_package_release(&epub->package);
	archive_write_close(epub->archive);
}

/* Amazon takes 200 MB by its word, and has refused a book of 134. */
#define MAX_MAIL 50000000

static void warn_of_size(const struct book *book, const char *path)
{
	struct error message = ERROR_INIT;
	struct stat st;

	if (stat(path, &st) < 0 || st.st_size <= MAX_MAIL)
		return;
	error_set(&message, ERROR_LIMIT, "the e-book has %d MB: above 50 MB "
		  "Send to Kindle and mail may refuse it",
		  (int)(st.st_size / 1000000));
	book_warn(book, NULL, 0, message.message);
}

int epub_write(struct book *book, const char *path, struct error *err)
{
	struct epub epub;
	int rc;

	review_link_warn(book);
	epub_init(&epub, book, path);
	rc = write_front(&epub, err);
	for (size_t i = 0; rc >= 0 && i < book_count(book); i++)
		rc = write_chapter(&epub, i, err);
	if (rc >= 0)
		rc = epub_finish_notes(&epub, err);
	if (rc >= 0)
		rc = epub_write_how_to_comment(&epub, err);
	if (rc >= 0)
		rc = epub_write_colophon(&epub, err);
	if (rc >= 0)
		rc = write_package(&epub, err);
	if (rc >= 0)
		rc = archive_write_commit(epub.archive, err);
	if (rc >= 0)
		warn_of_size(book, path);
	epub_release(&epub);
	return rc;
}
