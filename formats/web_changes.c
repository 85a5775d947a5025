/* SPDX-License-Identifier: MIT */
/*
 * What a page says of the rounds before its own. Its script knows which of
 * them its reader has read; without it all is said of the one right before.
 *
 *	data-rounds="1 2 3"	names, the draft's own last; "-" if none
 *	<p data-since="1">		as it is from number 1 on, round 2
 *	<li data-changes="7 5">		of a chapter: how many places are
 *					not as they were in number 0, and 1;
 *					"new" if it was not there
 */
#include <stdio.h>

#include "html_escape.h"
#include "strings.h"
#include "web_private.h"

int web_open_changes(struct web *web, struct error *err)
{
	int rc = changed_since_open(&web->changed, web->book, err);

	web->html.changed = web->changed;
	return rc;
}

void web_add_rounds(struct web *web)
{
	unsigned count = changed_since_rounds(web->changed);
	struct strbuf *out = &web->out;

	strbuf_addf(out, " data-book=\"%s\" data-rounds=\"",
		    book_key(web->book));
	for (unsigned i = 0; i < count; i++) {
		html_escape_str(out, changed_since_name(web->changed, i));
		strbuf_addch(out, ' '); /* names have none */
	}
	html_escape_str(out, web->ms->round ? web->ms->round : "-");
	strbuf_addch(out, '"');
}

static bool any_change(const struct web *web, size_t index)
{
	for (unsigned i = changed_since_rounds(web->changed); i; i--)
		if (changed_since_count(web->changed, index, i))
			return true;
	return false;
}

static void add_counts(struct strbuf *out, const struct web *web, size_t index)
{
	unsigned own = changed_since_rounds(web->changed), count;

	for (unsigned base = 0; base < own; base++) {
		count = 0;
		for (unsigned i = base + 1; i <= own; i++)
			count += changed_since_count(web->changed, index, i);
		strbuf_adds(out, base ? " " : "");
		if (count && changed_since_oldest(web->changed, index) > base)
			strbuf_adds(out, "new");
		else
			strbuf_addf(out, "%u", count);
	}
}

void web_add_entry_rounds(struct web *web, size_t index)
{
	if (!any_change(web, index))
		return;
	strbuf_adds(&web->out, " data-changes=\"");
	add_counts(&web->out, web, index);
	strbuf_addch(&web->out, '"');
}

void web_add_entry_changes(struct web *web, size_t index)
{
	unsigned own = changed_since_rounds(web->changed), count;
	char number[16];

	if (!any_change(web, index))
		return;
	count = changed_since_count(web->changed, index, own);
	snprintf(number, sizeof(number), "%u", count);
	strbuf_addf(&web->out, " <small class=\"changes\"%s%s>",
		    string_language(web->language.buf),
		    count ? "" : " hidden=\"hidden\"");
	string_add(&web->out, web->language.buf,
		   changed_since_oldest(web->changed, index) == own
			   ? STRING_NEW : STRING_CHANGES, number, NULL);
	strbuf_adds(&web->out, "</small>");
}

void web_add_changes_note(struct web *web)
{
	unsigned own = changed_since_rounds(web->changed);

	if (!own)
		return;
	strbuf_addf(&web->out, "<p class=\"changes-note\"%s>",
		    string_language(web->language.buf));
	string_add(&web->out, web->language.buf, STRING_CHANGED_SINCE,
		   changed_since_name(web->changed, own - 1), NULL);
	strbuf_adds(&web->out, "</p>\n");
}

void web_add_changes_list(struct web *web)
{
	struct strbuf *out = &web->out, href = STRBUF_INIT;

	if (!changed_since_rounds(web->changed))
		return;
	strbuf_adds(out, "changedChapters = [\n");
	for (size_t i = 0; i < book_count(web->book); i++) {
		if (!web_has_page(web, i))
			continue;
		strbuf_truncate(&href, 0);
		web_add_href(&href, web, i);
		strbuf_adds(out, "[");
		web_add_json(out, strbuf_slice(&href));
		strbuf_addch(out, ',');
		web_add_json(out, slice_of(book_entry(web->book, i)->title));
		strbuf_adds(out, ",\"");
		add_counts(out, web, i);
		strbuf_adds(out, "\"],\n");
	}
	strbuf_adds(out, "];\n");
	strbuf_release(&href);
}
