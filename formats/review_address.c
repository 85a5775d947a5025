/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <string.h>

#include "book.h"
#include "html_escape.h"
#include "review_address.h"
#include "strbuf.h"

static bool is_web(const char *address)
{
	return !strncmp(address, "https://", 8) ||
	       !strncmp(address, "http://", 7);
}

const char *review_address(const struct manuscript *ms)
{
	const char *address = settings_get(&ms->settings, "review.address");

	if (!address || strpbrk(address, " \t\r\n<>\"\\"))
		return NULL;
	if (is_web(address))
		return address;
	if (!strncmp(address, "mailto:", 7))
		address += 7;
	return strchr(address, '@') ? address : NULL;
}

void review_address_link(struct strbuf *out, const struct book *book,
			 const char *place)
{
	const struct manuscript *ms = book_manuscript(book);
	const char *address = review_address(ms);
	struct strbuf subject = STRBUF_INIT;

	strbuf_adds(out, "<a href=\"");
	if (!is_web(address)) {
		strbuf_addf(&subject, "%s, %s", manuscript_title(ms),
			    book_draft_name(book));
		if (place && *place)
			strbuf_addf(&subject, ", %s", place);
		strbuf_adds(out, "mailto:");
		html_escape_url(out, slice_of(address));
		strbuf_adds(out, strchr(address, '?') ? "&amp;subject="
						      : "?subject=");
		html_escape_path(out, strbuf_slice(&subject));
	} else {
		html_escape_url(out, slice_of(address));
	}
	strbuf_adds(out, "\">");
	html_escape_str(out, address);
	strbuf_adds(out, "</a>");
	strbuf_release(&subject);
}
