/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "book.h"
#include "change_mark.h"
#include "html_escape.h"
#include "redline.h"
#include "strings.h"

/* A link with words, or the words alone. */
static int add_link(struct strbuf *out, const struct change_mark *mark,
		    size_t number, const char *attributes, const char *html,
		    bool alone, struct error *err)
{
	size_t start = out->len, before;
	int rc;

	strbuf_addf(out, "<a%s href=\"", attributes);
	before = out->len;
	rc = mark->href(out, number, mark->data, err);
	if (rc < 0)
		return rc;
	if (out->len == before) {
		strbuf_truncate(out, start);
		if (alone)
			strbuf_adds(out, html);
		return 0;
	}
	strbuf_addf(out, "\">%s</a>", html);
	return 0;
}

static int add_way(struct strbuf *out, const struct change_mark *mark,
		   size_t number, bool next, struct error *err)
{
	struct strbuf attributes = STRBUF_INIT;
	int rc;

	strbuf_adds(&attributes, next ? " class=\"next-change\"" :
		    " class=\"previous-change\"");
	strbuf_adds(&attributes, mark->own);
	strbuf_adds(&attributes, " aria-label=\"");
	string_add(&attributes, mark->language, next ? STRING_NEXT_CHANGE :
		   STRING_PREVIOUS_CHANGE, NULL, NULL);
	strbuf_addch(&attributes, '"');
	rc = add_link(out, mark, number, attributes.buf,
		      next ? "\u2193" : "\u2191", false, err);
	strbuf_release(&attributes);
	return rc;
}

static int add_other_place(struct strbuf *out, const struct change_mark *mark,
			   const struct node *block, size_t other,
			   struct error *err)
{
	size_t chapter = book_change_chapter(mark->book, other);
	struct strbuf title = STRBUF_INIT, link = STRBUF_INIT;
	int rc = 0;

	if (chapter != SIZE_MAX) {
		html_escape_str(&title, book_entry(mark->book, chapter)->title);
		rc = add_link(&link, mark, other, "", title.buf, true, err);
		strbuf_addf(out, "<span class=\"where\"%s>", mark->own);
		string_add_html(out, mark->language, block->flags & NODE_CUT ?
				STRING_MOVED_TO : STRING_MOVED_FROM, link.buf);
		strbuf_adds(out, "</span> ");
	}
	strbuf_release(&title);
	strbuf_release(&link);
	return rc;
}

int change_mark_add(struct strbuf *out, const struct change_mark *mark,
		    const struct node *block, struct error *err)
{
	size_t count, number = block->change;
	const struct redline_change *changes = redline_changes(
		book_redline(mark->book)->redline, &count);
	const struct redline_change *change = &changes[number - 1];
	int rc = 0;

	strbuf_addf(out, "<span class=\"change\" id=\"change-%zu\">", number);
	if (change->other)
		rc = add_other_place(out, mark, block, change->other, err);
	if (change->people) {
		strbuf_addf(out, "<span class=\"who\"%s>", mark->own);
		string_add(out, mark->language, STRING_SUGGESTED_BY,
			   change->people, NULL);
		strbuf_adds(out, "</span> ");
	}
	if (rc >= 0 && number > 1)
		rc = add_way(out, mark, number - 1, false, err);
	if (rc >= 0 && number < count)
		rc = add_way(out, mark, number + 1, true, err);
	strbuf_adds(out, "</span> ");
	return rc;
}

void change_mark_add_count(struct strbuf *out, const struct book *book,
			   size_t chapter, const char *language)
{
	size_t count = book_changes(book, chapter, NULL);
	char number[24];

	if (!count)
		return;
	snprintf(number, sizeof(number), "%zu", count);
	strbuf_adds(out, " <small class=\"change-count\">");
	string_add(out, language, STRING_CHANGE_COUNT, number, NULL);
	strbuf_adds(out, "</small>");
}
