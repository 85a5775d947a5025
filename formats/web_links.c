/* SPDX-License-Identifier: MIT */
/* Where the links, pictures and notes of a page or a site lead. */
#include <string.h>

#include "error.h"
#include "html_escape.h"
#include "web_private.h"

void web_add_href(struct strbuf *out, const struct web *web, size_t index)
{
	const char *slug = book_entry(web->book, index)->slug;

	if (web->single)
		strbuf_adds(out, "#ch-");
	strbuf_adds(out, slug);
	if (web->single)
		return;
	if (!strcmp(slug, "index"))
		strbuf_addch(out, '_'); /* which no other slug has */
	strbuf_adds(out, ".html");
}

void web_add_place(struct strbuf *out, const struct web *web, size_t chapter,
		   const char *id)
{
	bool here = web->chapter && web->chapter->index == chapter;

	if (!id || (!here && !web->single))
		web_add_href(out, web, chapter);
	if (id) {
		strbuf_addch(out, '#');
		strbuf_adds(out, id);
	}
}

static int add_link(struct strbuf *out, struct slice url, void *data,
		    struct error *err)
{
	struct web *web = data;
	struct book_target target;
	int rc = book_resolve(&target, web->book, web->section, url, err);

	if (rc < 0)
		return rc;
	switch (target.kind) {
	case TARGET_OUTSIDE:
		html_escape_url(out, slice_of(target.url));
		break;
	case TARGET_CHAPTER:
		if (web_has_page(web, target.chapter))
			web_add_place(out, web, target.chapter, target.id);
		break;
	case TARGET_FILE:
		if (web->file)
			rc = web->file(web, out, target.path, err);
		break;
	default:
		break;
	}
	return rc;
}

int web_add_image(struct strbuf *out, struct web *web, struct book *book,
		  struct slice url, struct error *err)
{
	struct error why = ERROR_INIT;
	struct book_target target;
	int rc = book_resolve(&target, book, web->section, url, err);

	if (rc < 0)
		return rc;
	if (target.kind == TARGET_OUTSIDE) {
		error_set(&why, ERROR_INVALID,
			  "picture '%s' is not in the manuscript; its "
			  "description is shown instead", target.url);
	} else if (target.kind == TARGET_FILE) {
		rc = web->picture(web, out, target.path, &why);
		if (rc >= 0)
			return rc;
		if (rc != ERROR_NOT_FOUND && rc != ERROR_MALFORMED &&
		    rc != ERROR_LIMIT)
			return error_set(err, rc, "%s", why.message);
		error_set(&why, ERROR_MALFORMED, "picture '%s' %s; its "
			  "description is shown instead", target.path,
			  why.message);
	} else {
		error_set(&why, ERROR_NOT_FOUND,
			  "picture '%.*s' is missing; its description is "
			  "shown instead", SLICE_ARG(url));
	}
	book_warn(web->book, web->section->entry->path, 0, why.message);
	return 0;
}

static int add_image(struct strbuf *out, struct slice url, void *data,
		     struct error *err)
{
	struct web *web = data;

	return web_add_image(out, web, web->book, url, err);
}

static int add_note_link(struct strbuf *out, uint32_t number, void *data,
			 struct error *err)
{
	struct web *web = data;

	if (number && number <= web->note_count)
		web_add_place(out, web, web->notes[number - 1].chapter,
			      web->notes[number - 1].id);
	return 0;
}

void web_init_links(struct web *web)
{
	web->html.data = web;
	web->html.link = add_link;
	web->html.image = add_image;
	web->html.note = add_note_link;
}
