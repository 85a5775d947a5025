/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "book.h"
#include "draft_name.h"
#include "html_escape.h"
#include "strbuf.h"
#include "strings.h"

static void add(struct strbuf *out, const char *language, enum string_id id,
		const char *value)
{
	const char *words = string_get(language, id);
	const char *gap = strstr(words, "%s");

	strbuf_add(out, words, (size_t)(gap - words));
	strbuf_adds(out, value);
	strbuf_adds(out, gap + 2);
}

void draft_name_add(struct strbuf *out, const struct book *book,
		    const char *language)
{
	const struct manuscript *ms = book_manuscript(book);

	if (ms->round)
		add(out, language, STRING_ROUND, ms->round);
	else if (ms->has_commit)
		add(out, language, STRING_DRAFT, ms->commit.short_id);
	else
		strbuf_adds(out, string_get(language, STRING_FOR_REVIEW));
	if (ms->modified)
		strbuf_addf(out, ", %s",
			    string_get(language, STRING_WITH_CHANGES));
}

void draft_name_add_html(struct strbuf *out, const struct book *book,
			 const char *language)
{
	struct strbuf name = STRBUF_INIT;

	draft_name_add(&name, book, language);
	html_escape(out, strbuf_slice(&name));
	strbuf_release(&name);
}
