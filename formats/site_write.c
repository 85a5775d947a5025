/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"
#include "html_escape.h"
#include "picture.h"
#include "repository.h"
#include "site_folder.h"
#include "site_write.h"
#include "slug.h"
#include "strings.h"
#include "typography.h"
#include "web_private.h"

/* 'self' is no file's origin in some browsers: file: says it for them. */
static const char policy[] =
	"default-src 'none'; img-src 'self' file: data:; "
	"style-src 'self' file:; script-src 'self' file:; "
	"base-uri 'none'; form-action 'none'";

struct site {
	struct web web;
	struct site_folder folder;
	FILE *search;
	struct strbuf index;	/* of the chapter in work */
};

/* ---- pictures and other files ----------------------------------------- */

/* "images/map-0a1b2c3d4e.png": by its bytes, so that the same is there once
 * and a changed one is not taken from a cache. */
static int put_asset(struct site *site, struct strbuf *out, const char *folder,
		     const char *path, const char *extension,
		     struct error *err)
{
	const char *base = strrchr(path, '/');
	struct slice stem = slice_of(base ? base + 1 : path);
	struct slice bytes = strbuf_slice(&site->web.bytes);
	char id[COMMIT_ID_LENGTH + 1];
	struct strbuf name = STRBUF_INIT;
	size_t dot = stem.len;
	int rc;

	while (dot && stem.ptr[dot - 1] != '.')
		dot--;
	if (dot > 1)
		stem = slice_sub(stem, 0, dot - 1);
	blob_id(id, bytes);
	strbuf_addf(&name, "%s/", folder);
	slug_add(&name, stem, 60);
	strbuf_addf(&name, "-%.10s.%s", id, extension);
	rc = site_folder_put(&site->folder, name.buf, bytes, err);
	if (rc >= 0)
		strbuf_add_slice(out, strbuf_slice(&name));
	strbuf_release(&name);
	return rc;
}

static int put_picture(struct web *web, struct strbuf *out, const char *path,
		       struct error *err)
{
	struct picture_kind kind;
	int rc = picture_read(&web->bytes, &kind, web->pictures, path, err);

	return rc < 0 ? rc : put_asset(web->data, out, "images", path,
				       kind.extension, err);
}

/* Only what does nothing in a browser by itself. */
static int put_file(struct web *web, struct strbuf *out, const char *path,
		    struct error *err)
{
	static const char *const harmless[] = { "pdf", "txt", "csv", "epub",
						"zip", "png", "jpg", "jpeg",
						"gif", "webp" };
	const char *dot = strrchr(path, '.');
	int rc;

	for (size_t i = 0; dot && i < sizeof(harmless) / sizeof(*harmless);
	     i++) {
		if (strcmp(dot + 1, harmless[i]))
			continue;
		strbuf_truncate(&web->bytes, 0);
		rc = tree_read(&web->bytes, web->ms->tree, path, err);
		return rc < 0 ? rc : put_asset(web->data, out, "files", path,
					       harmless[i], err);
	}
	return 0;
}

/* ---- pages ------------------------------------------------------------ */

static int put_page(struct site *site, const char *name, struct error *err)
{
	struct web *web = &site->web;

	strbuf_adds(&web->out, "</body>\n</html>\n");
	return site_folder_put(&site->folder, name, web_finished(web), err);
}

static void begin_page(struct site *site, const struct book_entry *entry)
{
	struct web *web = &site->web;

	strbuf_truncate(&web->out, 0);
	if (entry && entry->titled)
		web_begin(web, entry->label, entry->title, policy);
	else
		web_begin(web, "", NULL, policy);
	strbuf_adds(&web->out, "<link rel=\"stylesheet\" href=\"draft.css\" />"
		    "\n");
	if (book_redline(web->book))
		strbuf_adds(&web->out, "<link rel=\"stylesheet\" "
			    "href=\"redline.css\" />\n");
	strbuf_adds(&web->out, "<script src=\"draft.js\"></script>\n");
	web_begin_body(web, "index.html#contents");
}

static void remember_headings(struct web *web)
{
	const struct book_chapter *chapter = web->chapter;
	struct strbuf words = STRBUF_INIT, printed = STRBUF_INIT;
	struct typography t;

	for (size_t i = 0; i < chapter->section_count; i++) {
		const struct node *n = chapter->sections[i].doc.root->first;

		for (; n; n = n->next) {
			if (n->type != NODE_HEADING || n->level != 2 || !n->id)
				continue;
			strbuf_truncate(&words, 0);
			strbuf_truncate(&printed, 0);
			node_plain_text(&words, n);
			typography_start(&t, web->html.rules);
			typography_add(&printed, &t, strbuf_slice(&words), 0);
			GROW(web->headings, web->heading_count,
			     web->heading_capacity);
			web->headings[web->heading_count++] =
				(struct web_heading){
					chapter->index,
					arena_strdup(&web->arena, n->id),
					arena_strdup(&web->arena, printed.buf)
				};
		}
	}
	strbuf_release(&words);
	strbuf_release(&printed);
}

static int write_index(struct site *site, struct error *err)
{
	strbuf_truncate(&site->index, 0);
	web_add_index(&site->index, &site->web);
	if (fwrite(site->index.buf, 1, site->index.len, site->search) !=
	    site->index.len)
		return error_set_errno(err, "cannot write '%s'",
				       site->folder.path);
	return 0;
}

static int write_chapter(struct site *site, size_t index, struct error *err)
{
	struct web *web = &site->web;
	struct strbuf name = STRBUF_INIT;
	int rc = web_read_chapter(web, index, err);

	if (rc < 0 || !web_has_page(web, index))
		return rc;
	begin_page(site, web->chapter->entry);
	rc = web_add_chapter(web, err);
	if (rc < 0)
		return rc;
	strbuf_adds(&web->out, "</main>\n<footer>\n<nav class=\"neighbours\" "
		    "aria-label=\"");
	string_add(&web->out, web->language.buf, STRING_PREVIOUS, NULL, NULL);
	strbuf_adds(&web->out, " / ");
	string_add(&web->out, web->language.buf, STRING_NEXT, NULL, NULL);
	strbuf_adds(&web->out, "\">\n");
	web_add_neighbour(web, web_previous(web, index), false);
	web_add_neighbour(web, web_next(web, index), true);
	strbuf_adds(&web->out, "</nav>\n</footer>\n");
	web_add_href(&name, web, index);
	rc = put_page(site, name.buf, err);
	strbuf_release(&name);
	if (rc < 0)
		return rc;
	remember_headings(web);
	return write_index(site, err);
}

static int write_front(struct site *site, struct error *err)
{
	struct web *web = &site->web;
	int rc;

	web->chapter = NULL;
	begin_page(site, NULL);
	web_add_title_page(web);
	web_add_contents(web);
	web_add_about(web);
	strbuf_adds(&web->out, "</main>\n");
	rc = put_page(site, "index.html", err);
	if (rc >= 0)
		rc = site_folder_put(&site->folder, "draft.css", web_style,
				     err);
	if (rc >= 0 && book_redline(web->book))
		rc = site_folder_put(&site->folder, "redline.css",
				     web_redline_style, err);
	if (rc < 0)
		return rc;
	strbuf_truncate(&web->out, 0);
	strbuf_add_slice(&web->out, web_script);
	web_add_changes_list(web);
	return site_folder_put(&site->folder, "draft.js",
			       strbuf_slice(&web->out), err);
}

static int open_search(struct site *site, struct error *err)
{
	int fd = site_folder_create(&site->folder, "search.js", err);

	if (fd < 0)
		return fd;
	site->search = fdopen(fd, "wb");
	if (!site->search || fputs("draftIndex([\n", site->search) == EOF)
		return error_set_errno(err, "cannot write '%s'",
				       site->folder.path);
	return 0;
}

static int close_search(struct site *site, struct error *err)
{
	int rc = fputs("]);\n", site->search);

	if (fclose(site->search) || rc == EOF) {
		site->search = NULL;
		return error_set_errno(err, "cannot write '%s'",
				       site->folder.path);
	}
	site->search = NULL;
	return 0;
}

int site_write(struct book *book, const char *path, struct error *err)
{
	struct site site = { .index = STRBUF_INIT };
	int rc;

	web_init(&site.web, book);
	site.web.data = &site;
	site.web.picture = put_picture;
	site.web.file = put_file;
	rc = web_open_changes(&site.web, err);
	if (rc < 0)
		goto out;
	rc = site_folder_begin(&site.folder, path, err);
	if (rc >= 0)
		rc = open_search(&site, err);
	for (size_t i = 0; rc >= 0 && i < book_count(book); i++)
		rc = write_chapter(&site, i, err);
	if (rc >= 0)
		rc = close_search(&site, err);
	if (rc >= 0)
		rc = write_front(&site, err);
	if (rc >= 0)
		rc = site_folder_commit(&site.folder, err);
	if (site.search)
		fclose(site.search);
	site_folder_end(&site.folder);
out:
	strbuf_release(&site.index);
	web_release(&site.web);
	return rc;
}
