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

bool review_address_is_mail(const struct manuscript *ms)
{
	const char *address = review_address(ms);

	return address && !is_web(address);
}

bool review_address_url(struct strbuf *url, const struct book *book,
			const char *place)
{
	const char *address = review_address(book_manuscript(book));
	struct strbuf subject = STRBUF_INIT;

	if (!address)
		return false;
	if (is_web(address)) {
		strbuf_adds(url, address);
		return true;
	}
	strbuf_addch(&subject, '[');
	book_add_tag(&subject, book);
	strbuf_addch(&subject, ']');
	if (place && *place)
		strbuf_addf(&subject, " %s", place);
	strbuf_addf(url, "mailto:%s%csubject=", address,
		    strchr(address, '?') ? '&' : '?');
	html_escape_path(url, strbuf_slice(&subject));
	strbuf_release(&subject);
	return true;
}

void review_address_link(struct strbuf *out, const struct book *book,
			 const char *place)
{
	struct strbuf url = STRBUF_INIT;

	review_address_url(&url, book, place);
	strbuf_adds(out, "<a href=\"");
	html_escape_url(out, strbuf_slice(&url));
	strbuf_adds(out, "\">");
	html_escape_str(out, review_address(book_manuscript(book)));
	strbuf_adds(out, "</a>");
	strbuf_release(&url);
}
