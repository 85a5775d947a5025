/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "alloc.h"
#include "epub_private.h"
#include "epub_write.h"
#include "error.h"
#include "html_escape.h"
#include "html_upright.h"
#include "metadata.h"
#include "review_link.h"
#include "strings.h"
#include "typography.h"

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
		html_add_upright(&upright, strbuf_slice(page));
		page = &upright;
	}
	rc = epub_add(epub, href, strbuf_slice(page), ARCHIVE_DEFLATE, err);
	strbuf_release(&upright);
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
		.rules = typography_for(manuscript_language(epub->ms))
	};
	epub_init_links(epub);
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
		rc = epub_write_chapter(&epub, i, err);
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
