/* SPDX-License-Identifier: MIT */
/* Where links of the text lead in the e-book, and what its pictures are. */
#include <string.h>

#include "epub_private.h"
#include "error.h"
#include "html_escape.h"
#include "url_host.h"

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

void epub_init_links(struct epub *epub)
{
	epub->html.data = epub;
	epub->html.link = add_link;
	epub->html.image = add_image;
	epub->html.note = add_note_link;
}
