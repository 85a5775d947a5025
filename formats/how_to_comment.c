/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "book.h"
#include "how_to_comment.h"
#include "html_escape.h"
#include "review_address.h"
#include "strbuf.h"
#include "strings.h"
#include "url_host.h"

static void add_heading(struct strbuf *out, const struct how_to_comment *how,
			enum string_id id)
{
	strbuf_addf(out, "<h%d>", how->level);
	string_add(out, how->language, id, NULL, NULL);
	strbuf_addf(out, "</h%d>\n", how->level);
}

static void add_paragraph(struct strbuf *out, const struct how_to_comment *how,
			  enum string_id id, const char *value)
{
	strbuf_adds(out, "<p>");
	string_add(out, how->language, id, value, NULL);
	strbuf_adds(out, "</p>\n");
}

void how_to_begin(struct strbuf *out, const struct book *book,
		  const char *label)
{
	const char *round = book_manuscript(book)->round;

	if (round)
		strbuf_addf(out, "r%s%s", round, label ? " " : "");
	if (label)
		strbuf_adds(out, label);
}

/* The draft's address on the web; NULL: none, or none that can be. */
static const char *site_of(const struct manuscript *ms)
{
	const char *site = settings_get(&ms->settings, "review.site");

	if (!site || (strncmp(site, "https://", 8) &&
		      strncmp(site, "http://", 7)))
		return NULL;
	return strpbrk(site, " \t\r\n<>\"\\{}") ||
		       !url_host_is_possible(site) ? NULL : site;
}

static void add_address(struct strbuf *out, const struct book *book,
			const struct how_to_comment *how)
{
	struct strbuf link = STRBUF_INIT;

	review_address_link(&link, book, NULL);
	strbuf_adds(out, "<p class=\"address\">");
	string_add_html(out, how->language, STRING_WRITE_TO, link.buf);
	strbuf_adds(out, "</p>\n");
	strbuf_release(&link);
}

static void add_mail(struct strbuf *out, const struct book *book,
		     const struct how_to_comment *how)
{
	struct strbuf words = STRBUF_INIT;

	add_heading(out, how, STRING_BY_MAIL);
	add_address(out, book, how);
	add_paragraph(out, how, how->labelled ? STRING_BY_LABEL
					      : STRING_BY_QUOTE, NULL);
	how_to_begin(&words, book, how->labelled ? "3.14" : NULL);
	if (book_manuscript(book)->round)
		add_paragraph(out, how, STRING_BEGIN_WITH, words.buf);
	/* as collect reads it; left to right in every language */
	strbuf_truncate(&words, 0);
	strbuf_addf(&words, "<code dir=\"ltr\">%s\"grey\" -&gt; \"gray\"</code>",
		    how->labelled ? "3.14: " : "");
	strbuf_adds(out, "<p>");
	string_add_html(out, how->language, STRING_OTHER_WORDS, words.buf);
	strbuf_adds(out, "</p>\n");
	if (book_reader(book))
		add_paragraph(out, how, STRING_OWN_CODE,
			      book_reader_code(book));
	strbuf_release(&words);
}

static void add_site(struct strbuf *out, const struct how_to_comment *how,
		     const char *site)
{
	struct strbuf link = STRBUF_INIT;

	strbuf_adds(&link, "<a href=\"");
	html_escape_url(&link, slice_of(site));
	strbuf_adds(&link, "\">");
	html_escape_str(&link, site);
	strbuf_adds(&link, "</a>");
	add_heading(out, how, STRING_ON_THE_WEB);
	strbuf_adds(out, "<p>");
	string_add_html(out, how->language, STRING_AT_THE_SITE, link.buf);
	strbuf_adds(out, "</p>\n");
	strbuf_release(&link);
}

void how_to_comment(struct strbuf *out, const struct book *book,
		    const struct how_to_comment *how)
{
	const struct manuscript *ms = book_manuscript(book);
	const char *site = site_of(ms);

	add_paragraph(out, how, STRING_COMMENTS_WANTED, NULL);
	if (!review_address(ms))
		add_paragraph(out, how, STRING_NO_ADDRESS, NULL);
	if (how->page)
		add_paragraph(out, how, STRING_ON_THIS_PAGE, NULL);
	if (review_address(ms))
		add_mail(out, book, how);
	if (site && !how->page)
		add_site(out, how, site);
	if (!how->page) {
		add_heading(out, how, STRING_IN_AN_E_READER);
		add_paragraph(out, how, STRING_EXPORT_NOTES, NULL);
	}
	if (ms->has_commit) {
		add_heading(out, how, STRING_AS_A_PATCH);
		add_paragraph(out, how, STRING_PATCH_FROM,
			      ms->commit.short_id);
	}
}
