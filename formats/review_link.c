/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "book.h"
#include "error.h"
#include "review_address.h"
#include "review_link.h"
#include "strbuf.h"
#include "url_template.h"

static const char *template_of(const struct manuscript *ms)
{
	const char *set = settings_get(&ms->settings, "review.link");

	return set && *set && strcmp(set, "mailto") ? set : NULL;
}

bool review_link(struct strbuf *url, const struct book *book,
		 const struct book_entry *entry)
{
	const struct manuscript *ms = book_manuscript(book);
	const char *code = book_reader_code(book);
	const struct url_value values[] = {
		{ "book", book_slug(book) },
		{ "round", ms->round },
		{ "chapter", entry ? entry->slug : NULL },
		{ "label", entry ? entry->label : NULL },
		{ "code", code ? code : "" },
		{ NULL, NULL }
	};
	const char *template = template_of(ms);

	if (template && url_template_fill(url, template, values))
		return true;
	return review_address_url(url, book, !entry ? NULL :
				  *entry->label ? entry->label : entry->title);
}

void review_link_warn(const struct book *book)
{
	static const struct url_value names[] = {
		{ "book", "" }, { "round", "" }, { "chapter", "" },
		{ "label", "" }, { "code", "" }, { NULL, NULL }
	};
	const char *template = template_of(book_manuscript(book));

	if (template && !url_template_is_valid(template, names))
		book_warn(book, "galley.conf", 0, "review.link is neither "
			  "'mailto' nor an https address with no other braces "
			  "than {book}, {round}, {chapter}, {label} and {code}");
}
