/* SPDX-License-Identifier: MIT */
/* What asks readers for comments: at each chapter's end, and on a page. */
#include <stdio.h>
#include <string.h>

#include "epub_private.h"
#include "error.h"
#include "how_to_comment.h"
#include "html_escape.h"
#include "qr_png.h"
#include "review_address.h"
#include "review_link.h"
#include "strings.h"

bool epub_has_labels(const struct epub *epub)
{
	return settings_get_bool(&epub->ms->settings, "review.labels", true);
}

/* "Write to me@example.org: “r2 3.14 …”", with a label that is there. */
static void add_words(struct epub *epub)
{
	const struct book_entry *entry = epub->chapter->entry;
	uint32_t last = epub->cuts[epub->chapter->index].labels;
	const char *address = review_address(epub->ms);
	struct strbuf begin = STRBUF_INIT, label = STRBUF_INIT;

	strbuf_adds(&label, entry->label);
	if (epub_has_labels(epub))
		strbuf_addf(&label, ".%u", (unsigned)(last < 14 ? last : 14));
	how_to_begin(&begin, epub->book, label.buf);
	strbuf_adds(&epub->page, "<p>");
	if (review_address_is_mail(epub->ms))
		string_add(&epub->page, epub->package.language,
			   STRING_WRITE_WORDS, address, begin.buf);
	else
		html_escape_str(&epub->page, address);
	strbuf_adds(&epub->page, "</p>\n");
	strbuf_release(&begin);
	strbuf_release(&label);
}

static int add_qr(struct epub *epub, const char *url, struct error *err)
{
	struct strbuf png = STRBUF_INIT, name = STRBUF_INIT;
	struct strbuf stem = STRBUF_INIT;
	struct error why = ERROR_INIT;
	char id[32];
	int rc = 0;

	if (qr_png(&png, url, &why) < 0) {
		book_warn(epub->book, "galley.conf", 0, why.message);
		goto out;
	}
	strbuf_addf(&stem, "qr-%s", epub->chapter->entry->slug);
	epub_picture_name(&name, &epub->pictures, stem.buf, "png");
	snprintf(id, sizeof(id), "qr-%zu", epub->chapter->index + 1);
	epub_package_item(&epub->package, id, name.buf, "image/png", NULL,
			  false);
	epub->package.has_pictures = true;
	strbuf_addf(&epub->page, "<p><img class=\"qr\" src=\"../%s\" alt=\"",
		    name.buf);
	html_escape_str(&epub->page, url);
	strbuf_adds(&epub->page, "\" /></p>\n");
	rc = epub_add(epub, name.buf, strbuf_slice(&png), ARCHIVE_STORE, err);
out:
	strbuf_release(&png);
	strbuf_release(&name);
	strbuf_release(&stem);
	return rc;
}

int epub_add_invitation(struct epub *epub, struct error *err)
{
	const struct book_entry *entry = epub->chapter->entry;
	struct strbuf *out = &epub->page, url = STRBUF_INIT;
	struct strbuf title = STRBUF_INIT;
	int rc = 0;

	if (!*entry->label || !review_link(&url, epub->book, entry))
		goto out;
	strbuf_addf(out, "<div class=\"invitation\"%s>\n<p><a href=\"",
		    epub_own_language(epub));
	html_escape_url(out, strbuf_slice(&url));
	strbuf_adds(out, "\">");
	epub_add_title(&title, epub,
		       *entry->title ? entry->title : entry->label);
	string_add_html(out, epub->package.language, STRING_SAY_SOMETHING,
			title.buf);
	strbuf_adds(out, "</a></p>\n");
	if (review_address(epub->ms))
		add_words(epub);
	if (settings_get_bool(&epub->ms->settings, "review.qr", false))
		rc = add_qr(epub, url.buf, err);
	strbuf_adds(out, "</div>\n");
out:
	strbuf_release(&url);
	strbuf_release(&title);
	return rc;
}

int epub_write_how_to_comment(struct epub *epub, struct error *err)
{
	const char *language = epub->package.language;
	const char *title = string_get(language, STRING_HOW_TO_COMMENT);
	struct strbuf *out = &epub->page;

	epub_page_begin(epub, title, "", "backmatter");
	strbuf_addf(out, "<section class=\"about\" aria-labelledby=\"comment\""
		    "%s>\n<h1 id=\"comment\">", epub_own_language(epub));
	html_escape_str(out, title);
	strbuf_adds(out, "</h1>\n");
	how_to_comment(out, epub->book, &(struct how_to_comment){
		language, 2, epub_has_labels(epub), false });
	strbuf_adds(out, "</section>\n");
	epub_package_item(&epub->package, "comment", "comment.xhtml",
			  "application/xhtml+xml", NULL, true);
	epub_package_own_page(&epub->package, STRING_HOW_TO_COMMENT,
			      "comment.xhtml");
	return epub_page_end(epub, "comment.xhtml", err);
}
