/* SPDX-License-Identifier: MIT */
/* What stands around the text: heads, bars, the title page, contents. */
#include <string.h>

#include "change_mark.h"
#include "draft_name.h"
#include "draft_origin.h"
#include "generator.h"
#include "how_to_comment.h"
#include "html_escape.h"
#include "metadata.h"
#include "strings.h"
#include "web_private.h"

static const char style[] = {
#include "formats/draft.css.inc"
};
static const char script[] = {
#include "formats/scripts.js.inc"
};
const struct slice web_style = { style, sizeof(style) };
const struct slice web_script = { script, sizeof(script) };

/* For the tag around words of our own. */
static const char *own(const struct web *web)
{
	return string_language(web->language.buf);
}

static void add_own(void *out, const char *name, const char *value)
{
	strbuf_addf(out, "<meta name=\"galley-%s\" content=\"", name);
	html_escape_str(out, value);
	strbuf_adds(out, "\" />\n");
}

/* With what the scripts have to know, as data: galley.said. */
static void add_generator(struct web *web)
{
	struct strbuf *out = &web->out;

	strbuf_addf(out, "<meta name=\"generator\" content=\"%s\" data-draft=\"",
		    generator);
	html_escape_str(out, book_identifier(web->book));
	strbuf_addch(out, '"');
	if (book_reader(web->book)) {
		strbuf_adds(out, " data-reader=\"");
		html_escape_str(out, book_reader(web->book));
		strbuf_addf(out, "\" data-reader-code=\"%s\"",
			    book_reader_code(web->book));
	}
	web_add_rounds(web);
	web_add_words(out, web->language.buf);
	web_add_review(web);
	strbuf_adds(out, " />\n");
}

static void add_string(struct web *web, enum string_id id)
{
	string_add(&web->out, web->language.buf, id, NULL, NULL);
}

void web_begin(struct web *web, const char *label, const char *title,
	       const char *policy)
{
	struct strbuf *out = &web->out;

	/* the encoding has to stand in the first 1,024 bytes */
	strbuf_addf(out, "<!DOCTYPE html>\n<html lang=\"%s\"%s class=\""
		    "%s%s\">\n<head>\n<meta charset=\"utf-8\" />\n"
		    "<meta http-equiv=\"Content-Security-Policy\" "
		    "content=\"%s\" />\n<meta name=\"viewport\" content=\""
		    "width=device-width, initial-scale=1\" />\n"
		    "<meta name=\"robots\" content=\"noindex, nofollow\" />\n"
		    "<meta name=\"referrer\" content=\"no-referrer\" />\n",
		    web->language.buf,
		    metadata_is_rtl(web->ms) ? " dir=\"rtl\"" : "",
		    web->single ? "single" : "site",
		    web->vertical ? " vertical" : "", policy);
	add_generator(web);
	draft_origin_tell(web->book, add_own, out);
	strbuf_adds(out, "<title>");
	if (title) {
		if (*label) {
			html_escape_str(out, label);
			strbuf_adds(out, ". ");
		}
		html_escape_str(out, title);
		strbuf_adds(out, " - ");
	}
	html_escape_str(out, manuscript_title(web->ms));
	strbuf_adds(out, ", ");
	html_escape_str(out, book_draft_name(web->book));
	strbuf_adds(out, "</title>\n<link rel=\"icon\" href=\"data:,\" />\n");
	web_add_template(out, web->language.buf);
}

void web_begin_body(struct web *web, const char *contents)
{
	struct strbuf *out = &web->out;

	strbuf_addf(out, "</head>\n<body>\n<header class=\"bar\">\n"
		    "<a class=\"skip\" href=\"#main\"%s>", own(web));
	add_string(web, STRING_SKIP);
	strbuf_addf(out, "</a>\n<nav%s aria-label=\"", own(web));
	add_string(web, STRING_CHAPTERS);
	strbuf_addf(out, "\"><a href=\"%s\">", contents);
	add_string(web, STRING_CONTENTS);
	strbuf_adds(out, "</a></nav>\n<p class=\"running-title\">");
	html_escape_str(out, manuscript_title(web->ms));
	strbuf_adds(out, "</p>\n</header>\n<main id=\"main\">\n");
}

/* ---- the title page --------------------------------------------------- */

void web_add_title_page(struct web *web)
{
	struct strbuf *out = &web->out, words = STRBUF_INIT;
	size_t first = web_next(web, SIZE_MAX);

	strbuf_adds(out, "<div class=\"title-page\">\n<h1>");
	html_escape_str(out, manuscript_title(web->ms));
	strbuf_adds(out, "</h1>\n");
	if (*manuscript_subtitle(web->ms)) {
		strbuf_adds(out, "<p role=\"doc-subtitle\" "
			    "class=\"subtitle\">");
		html_escape_str(out, manuscript_subtitle(web->ms));
		strbuf_adds(out, "</p>\n");
	}
	metadata_authors(&words, web->ms);
	if (words.len) {
		strbuf_adds(out, "<p class=\"author\">");
		html_escape(out, strbuf_slice(&words));
		strbuf_adds(out, "</p>\n");
	}
	strbuf_addf(out, "<p class=\"draft-name\"%s>", own(web));
	draft_name_add_html(out, web->book, web->language.buf);
	strbuf_adds(out, "<br />\n");
	add_string(web, STRING_FOR_REVIEW);
	if (web->ms->has_commit) {
		strbuf_truncate(&words, 0);
		metadata_date_in_words(&words, metadata_time(web->ms),
				       web->language.buf);
		strbuf_adds(out, "<br />\n");
		html_escape(out, strbuf_slice(&words));
	}
	if (book_reader(web->book)) {
		strbuf_adds(out, "<br />\n");
		strbuf_truncate(&words, 0);
		book_add_reader(&words, web->book);
		string_add(out, web->language.buf, STRING_COPY_FOR, words.buf,
			   NULL);
	}
	strbuf_adds(out, "</p>\n");
	if (first != SIZE_MAX) {
		strbuf_adds(out, "<p class=\"begin\"><a href=\"");
		web_add_href(out, web, first);
		strbuf_addf(out, "\"%s>", own(web));
		add_string(web, STRING_BEGIN);
		strbuf_adds(out, "</a></p>\n");
	}
	strbuf_addf(out, "<noscript><p class=\"no-script\"%s>", own(web));
	add_string(web, STRING_NO_SCRIPT);
	strbuf_adds(out, "</p></noscript>\n</div>\n");
	strbuf_release(&words);
}

/* ---- contents --------------------------------------------------------- */

static size_t add_headings(struct web *web, size_t index, size_t at)
{
	struct strbuf *out = &web->out;

	strbuf_adds(out, "\n<ol class=\"sections\">\n");
	for (; at < web->heading_count && web->headings[at].chapter == index;
	     at++) {
		strbuf_adds(out, "<li><a href=\"");
		web_add_href(out, web, index);
		strbuf_addf(out, "#%s\">", web->headings[at].id);
		html_escape_str(out, web->headings[at].title);
		strbuf_adds(out, "</a></li>\n");
	}
	strbuf_adds(out, "</ol>\n");
	return at;
}

static void add_entry(struct web *web, size_t index)
{
	const struct book_entry *entry = book_entry(web->book, index);
	struct strbuf *out = &web->out;

	strbuf_addf(out, "<li class=\"%s\"",
		    entry->role == ROLE_PART ? "part" :
		    entry->written ? "chapter" : "planned");
	web_add_entry_rounds(web, index);
	strbuf_addch(out, '>');
	/* letters would puzzle: they are for comments, not for counting */
	if (*entry->label >= '0' && *entry->label <= '9') {
		strbuf_adds(out, "<span class=\"number\">");
		html_escape_str(out, entry->label);
		strbuf_adds(out, "</span> ");
	}
	if (web_has_page(web, index)) {
		strbuf_adds(out, "<a href=\"");
		web_add_href(out, web, index);
		strbuf_adds(out, "\">");
		html_escape_str(out, entry->title);
		strbuf_adds(out, "</a>");
	} else {
		html_escape_str(out, entry->title);
	}
	change_mark_add_count(out, web->book, index, web->language.buf);
	if (!entry->written && entry->role != ROLE_PART) {
		strbuf_addf(out, " <em class=\"not-written\"%s>", own(web));
		add_string(web, STRING_NOT_WRITTEN);
		strbuf_adds(out, "</em>");
	}
	web_add_entry_changes(web, index);
}

static bool is_listed(const struct web *web, size_t index)
{
	const struct book_entry *entry = book_entry(web->book, index);

	if (book_is_left_out(web->book, index))
		return false;
	return entry->titled || entry->role == ROLE_PART || !entry->written;
}

/* Is something listed in the part of entry `index`? It comes next. */
static bool has_listed(const struct web *web, size_t index)
{
	for (index++; index < book_count(web->book); index++)
		if (is_listed(web, index))
			break;
	return index < book_count(web->book) &&
	       book_entry(web->book, index)->part != SIZE_MAX;
}

void web_add_contents(struct web *web)
{
	struct strbuf *out = &web->out;
	size_t part = SIZE_MAX, heading = 0;

	strbuf_addf(out, "<nav class=\"contents\" aria-labelledby=\"contents\""
		    ">\n<h2 id=\"contents\"%s>", own(web));
	add_string(web, STRING_CONTENTS);
	strbuf_adds(out, "</h2>\n");
	web_add_changes_note(web);
	strbuf_adds(out, "<ol>\n");
	for (size_t i = 0; i < book_count(web->book); i++) {
		const struct book_entry *entry = book_entry(web->book, i);

		if (!is_listed(web, i))
			continue;
		if (part != SIZE_MAX && entry->part != part) {
			strbuf_adds(out, "</ol>\n</li>\n");
			part = SIZE_MAX;
		}
		if (entry->part != SIZE_MAX && entry->part != part) {
			/* its <li> was left open for this */
			strbuf_adds(out, "\n<ol>\n");
			part = entry->part;
		}
		add_entry(web, i);
		while (heading < web->heading_count &&
		       web->headings[heading].chapter < i)
			heading++;
		if (heading < web->heading_count &&
		    web->headings[heading].chapter == i)
			heading = add_headings(web, i, heading);
		if (entry->role != ROLE_PART || !has_listed(web, i))
			strbuf_adds(out, "</li>\n");
	}
	if (part != SIZE_MAX)
		strbuf_adds(out, "</ol>\n</li>\n");
	strbuf_adds(out, "</ol>\n</nav>\n");
}

/* ---- the end ---------------------------------------------------------- */

void web_add_about(struct web *web)
{
	const char *rights = settings_get(&web->ms->settings, "book.rights");
	struct strbuf *out = &web->out, date = STRBUF_INIT;

	strbuf_addf(out, "<section class=\"about\"%s>\n<h2 id=\"about\">",
		    own(web));
	add_string(web, STRING_ABOUT);
	strbuf_adds(out, "</h2>\n<p>");
	html_escape_str(out, manuscript_title(web->ms));
	strbuf_adds(out, " \u00B7 ");
	draft_name_add_html(out, web->book, web->language.buf);
	if (web->ms->has_commit) {
		strbuf_adds(out, "</p>\n<p>");
		metadata_date_in_words(&date, metadata_time(web->ms),
				       web->language.buf);
		string_add(out, web->language.buf, STRING_MADE_FROM,
			   web->ms->commit.short_id, date.buf);
	}
	strbuf_adds(out, "</p>\n<h3 id=\"how-to-comment\">");
	add_string(web, STRING_HOW_TO_COMMENT);
	strbuf_adds(out, "</h3>\n");
	how_to_comment(out, web->book, &(struct how_to_comment){
		web->language.buf, 4, true, true });
	if (rights && *rights) {
		strbuf_adds(out, "<p class=\"rights\"");
		if (*own(web))
			strbuf_addf(out, " lang=\"%s\" dir=\"%s\"",
				    web->language.buf,
				    metadata_is_rtl(web->ms) ? "rtl" : "ltr");
		strbuf_addch(out, '>');
		html_escape_str(out, rights);
		strbuf_adds(out, "</p>\n");
	}
	strbuf_adds(out, "</section>\n");
	strbuf_release(&date);
}

void web_add_neighbour(struct web *web, size_t index, bool next)
{
	struct strbuf *out = &web->out;

	if (index == SIZE_MAX)
		return;
	strbuf_addf(out, "<a rel=\"%s\" href=\"", next ? "next" : "prev");
	web_add_href(out, web, index);
	strbuf_addf(out, "\" aria-keyshortcuts=\"Alt+Shift+%s\"><small%s>",
		    next ? "N" : "P", own(web));
	add_string(web, next ? STRING_NEXT : STRING_PREVIOUS);
	strbuf_adds(out, "</small> ");
	html_escape_str(out, book_entry(web->book, index)->title);
	strbuf_adds(out, "</a>\n");
}
