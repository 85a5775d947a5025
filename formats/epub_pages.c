/* SPDX-License-Identifier: MIT */
/* The pages that the writer makes itself: cover, title page, about. */
#include <stdio.h>
#include <string.h>

#include "changed_since.h"
#include "cover.h"
#include "draft_name.h"
#include "epub_private.h"
#include "html_escape.h"
#include "metadata.h"
#include "strings.h"

static int draw_cover(struct epub *epub, const char *authors, const char **href,
		      struct error *err)
{
	struct strbuf svg = STRBUF_INIT, name = STRBUF_INIT;
	struct strbuf line = STRBUF_INIT;
	int rc;

	strbuf_addf(&line, "%s \xc2\xb7 ",
		    string_get(epub->package.language, STRING_FOR_REVIEW));
	draft_name_add(&line, epub->book, epub->package.language);
	cover_draw(&svg, manuscript_title(epub->ms), authors, line.buf);
	epub_picture_name(&name, &epub->pictures, "cover", "svg");
	*href = epub_package_string(&epub->package, name.buf);
	epub_package_item(&epub->package, "cover-image", *href,
			  "image/svg+xml", "cover-image", false);
	rc = epub_add(epub, *href, strbuf_slice(&svg), ARCHIVE_DEFLATE, err);
	strbuf_release(&svg);
	strbuf_release(&name);
	strbuf_release(&line);
	return rc;
}

int epub_write_cover(struct epub *epub, struct error *err)
{
	const char *given = settings_get(&epub->ms->settings, "book.cover");
	const char *language = epub->package.language;
	const char *href = NULL;
	struct strbuf authors = STRBUF_INIT;
	int rc = 0;

	metadata_authors(&authors, epub->ms);
	if (given && *given) {
		if (!strncmp(given, "./", 2))
			given += 2;
		rc = epub_picture(&href, epub, given, "galley.conf",
				  "cover-image", "cover-image", err);
	}
	if (!rc && !href)
		rc = draw_cover(epub, authors.buf, &href, err);
	if (rc < 0)
		goto out;
	epub->package.cover_image = "cover-image";
	epub->package.cover = "cover.xhtml";
	epub_page_begin(epub, string_get(language, STRING_COVER), "",
			"frontmatter");
	strbuf_addf(&epub->page, "<section epub:type=\"cover\" class=\"cover\">"
		    "<img src=\"%s\" role=\"doc-cover\" alt=\"", href);
	if (authors.len)
		string_add(&epub->page, language, STRING_COVER_ALT,
			   manuscript_title(epub->ms), authors.buf);
	else
		string_add(&epub->page, language, STRING_COVER_ALT_TITLE,
			   manuscript_title(epub->ms), NULL);
	strbuf_adds(&epub->page, "\" /></section>\n");
	epub_package_item(&epub->package, "cover", "cover.xhtml",
			  "application/xhtml+xml", NULL, true);
	rc = epub_page_end(epub, "cover.xhtml", err);
out:
	strbuf_release(&authors);
	return rc;
}

const char *epub_own_language(const struct epub *epub)
{
	return epub_package_own_language(&epub->package);
}

void epub_add_title(struct strbuf *out, const struct epub *epub,
		    const char *words)
{
	const char *language = epub->package.language;
	bool among_others = *epub_own_language(epub);

	if (among_others)
		strbuf_addf(out, "<bdi lang=\"%s\" xml:lang=\"%s\">",
			    language, language);
	html_escape_str(out, words);
	if (among_others)
		strbuf_adds(out, "</bdi>");
}

int epub_write_title_page(struct epub *epub, struct error *err)
{
	const char *language = epub->package.language;
	struct strbuf *out = &epub->page;
	struct strbuf words = STRBUF_INIT;
	int rc;

	epub_page_begin(epub, manuscript_title(epub->ms), "", "frontmatter");
	strbuf_adds(out, "<section epub:type=\"titlepage\" class=\"titlepage\""
		    " aria-labelledby=\"title\">\n<h1 id=\"title\">");
	html_escape_str(out, manuscript_title(epub->ms));
	strbuf_adds(out, "</h1>\n");
	if (*manuscript_subtitle(epub->ms)) {
		strbuf_adds(out, "<p epub:type=\"subtitle\" "
			    "role=\"doc-subtitle\" class=\"subtitle\">");
		html_escape_str(out, manuscript_subtitle(epub->ms));
		strbuf_adds(out, "</p>\n");
	}
	metadata_authors(&words, epub->ms);
	if (words.len) {
		strbuf_adds(out, "<p class=\"author\">");
		html_escape(out, strbuf_slice(&words));
		strbuf_adds(out, "</p>\n");
	}
	strbuf_addf(out, "<div class=\"draft\"%s>\n"
		    "<p class=\"draft-name\">", epub_own_language(epub));
	draft_name_add_html(out, epub->book, language);
	strbuf_adds(out, "</p>\n<p>");
	string_add(out, language, STRING_FOR_REVIEW, NULL, NULL);
	strbuf_adds(out, "</p>\n");
	if (epub->ms->has_commit) {
		strbuf_truncate(&words, 0);
		metadata_date_in_words(&words, metadata_time(epub->ms),
				       language);
		strbuf_addf(out, "<p>%s</p>\n", words.buf);
	}
	if (book_reader(epub->book)) {
		strbuf_adds(out, "<p class=\"reader\">");
		strbuf_truncate(&words, 0);
		book_add_reader(&words, epub->book);
		string_add(out, language, STRING_COPY_FOR, words.buf, NULL);
		strbuf_adds(out, "</p>\n");
	}
	strbuf_adds(out, "</div>\n</section>\n");
	strbuf_release(&words);
	epub_package_item(&epub->package, "titlepage", "titlepage.xhtml",
			  "application/xhtml+xml", NULL, true);
	rc = epub_page_end(epub, "titlepage.xhtml", err);
	return rc;
}

static void add_about(struct strbuf *out, const struct epub *epub)
{
	const char *language = epub->package.language;
	struct strbuf words = STRBUF_INIT;

	strbuf_adds(out, "<p>");
	epub_add_title(out, epub, manuscript_title(epub->ms));
	strbuf_adds(out, " \u00B7 ");
	draft_name_add_html(out, epub->book, language);
	if (epub->ms->has_commit) {
		metadata_date_in_words(&words, metadata_time(epub->ms),
				       language);
		strbuf_adds(out, "</p>\n<p>");
		string_add(out, language, STRING_MADE_FROM,
			   epub->ms->commit.short_id, words.buf);
	}
	if (book_reader(epub->book)) {
		strbuf_adds(out, "</p>\n<p>");
		strbuf_truncate(&words, 0);
		book_add_reader(&words, epub->book);
		string_add(out, language, STRING_COPY_FOR, words.buf, NULL);
	}
	strbuf_adds(out, "</p>\n<p><a href=\"comment.xhtml\">");
	string_add(out, language, STRING_HOW_TO_COMMENT, NULL, NULL);
	strbuf_adds(out, "</a></p>\n");
	strbuf_release(&words);
}

/* "Fog (changes: 3)", for each chapter that has some */
static void add_changed_chapter(struct strbuf *out, const struct epub *epub,
				const struct changed_since *changed,
				size_t index)
{
	unsigned own = changed_since_rounds(changed);
	unsigned count = changed_since_count(changed, index, own);
	struct strbuf href = STRBUF_INIT;
	char number[16];

	snprintf(number, sizeof(number), "%u", count);
	epub_chapter_href(&href, epub, index, 0);
	strbuf_addf(out, "<li><a href=\"%s\">", href.buf);
	epub_add_title(out, epub, book_entry(epub->book, index)->title);
	strbuf_adds(out, "</a> (");
	string_add(out, epub->package.language,
		   changed_since_oldest(changed, index) == own
			   ? STRING_NEW : STRING_CHANGES, number, NULL);
	strbuf_adds(out, ")</li>\n");
	strbuf_release(&href);
}

/* What is new to those who have read the round before. */
static int add_changes(struct strbuf *out, const struct epub *epub,
		       struct error *err)
{
	const char *language = epub->package.language;
	struct changed_since *changed;
	bool any = false;
	int rc = changed_since_open(&changed, epub->book, err);
	unsigned own = rc < 0 ? 0 : changed_since_rounds(changed);

	if (rc < 0)
		return rc;
	if (own) {
		strbuf_adds(out, "<h2>");
		string_add(out, language, STRING_SINCE_ROUND,
			   changed_since_name(changed, own - 1), NULL);
		strbuf_adds(out, "</h2>\n");
	}
	for (size_t i = 0; own && i < book_count(epub->book); i++) {
		if (!changed_since_count(changed, i, own) ||
		    !epub_has_page(epub, i))
			continue;
		strbuf_adds(out, any ? "" : "<ul>\n");
		any = true;
		add_changed_chapter(out, epub, changed, i);
	}
	strbuf_adds(out, any ? "</ul>\n" : "");
	if (own && !any) {
		strbuf_adds(out, "<p>");
		string_add(out, language, STRING_NO_CHANGES, NULL, NULL);
		strbuf_adds(out, "</p>\n");
	}
	changed_since_close(changed);
	return 0;
}

int epub_write_colophon(struct epub *epub, struct error *err)
{
	const char *title = string_get(epub->package.language, STRING_ABOUT);
	struct strbuf *out = &epub->page;
	const char *rights = settings_get(&epub->ms->settings, "book.rights");
	int rc;

	epub_page_begin(epub, title, "", "backmatter");
	strbuf_addf(out, "<section epub:type=\"colophon\" role=\"doc-colophon\""
		    " class=\"about\" aria-labelledby=\"about\"%s>\n"
		    "<h1 id=\"about\">", epub_own_language(epub));
	html_escape_str(out, title);
	strbuf_adds(out, "</h1>\n");
	add_about(out, epub);
	rc = add_changes(out, epub, err);
	if (rc < 0)
		return rc;
	if (rights && *rights) {
		strbuf_addf(out, "<p class=\"rights\"%s>",
			    epub->package.rtl ? " dir=\"rtl\"" : "");
		epub_add_title(out, epub, rights);
		strbuf_adds(out, "</p>\n");
	}
	strbuf_adds(out, "</section>\n");
	epub_package_item(&epub->package, "about", "about.xhtml",
			  "application/xhtml+xml", NULL, true);
	epub_package_own_page(&epub->package, STRING_ABOUT, "about.xhtml");
	return epub_page_end(epub, "about.xhtml", err);
}
