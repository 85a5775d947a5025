/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "book.h"
#include "error.h"
#include "html_escape.h"
#include "review_address.h"
#include "review_link.h"
#include "strbuf.h"
#include "url_host.h"

struct value {
	const char *name;
	const char *value;	/* NULL: the template is not for this place */
};

/* The length of the "{name}" that `s` starts with, and its value; or 0. */
static size_t placeholder(const struct value **out, const char *s,
			  const struct value *values)
{
	for (; values->name; values++) {
		size_t n = strlen(values->name);

		if (!strncmp(s + 1, values->name, n) && s[n + 1] == '}') {
			*out = values;
			return n + 2;
		}
	}
	return 0;
}

/*
 * https alone, a host that is one and that nothing is put into, no name or
 * password before it, and no other braces than the placeholders'.
 */
static bool is_template(const char *s, const struct value *values)
{
	const char *host_end;
	const struct value *value;

	if (strncmp(s, "https://", 8) || strpbrk(s, " \t\r\n<>\"\\`"))
		return false;
	host_end = s + 8 + strcspn(s + 8, "/?#");
	if (memchr(s, '@', (size_t)(host_end - s)) ||
	    !url_host_is_possible(s))
		return false;
	for (; *s; s++) {
		if ((unsigned char)*s < ' ' || *s == 0x7F || *s == '}')
			return false;
		if (*s != '{')
			continue;
		if (!placeholder(&value, s, values))
			return false;
		s += strlen(value->name) + 1;
	}
	return true;
}

static bool fill(struct strbuf *url, const char *s,
		 const struct value *values)
{
	const struct value *value;
	size_t before = url->len, n;

	for (; *s; s += n) {
		n = *s == '{' ? placeholder(&value, s, values) : 0;
		if (!n) {
			n = 1;
			strbuf_addch(url, *s);
		} else if (value->value) {
			html_escape_path(url, slice_of(value->value));
		} else {
			strbuf_truncate(url, before);
			return false;
		}
	}
	return true;
}

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
	const struct value values[] = {
		{ "book", book_slug(book) },
		{ "round", ms->round },
		{ "chapter", entry ? entry->slug : NULL },
		{ "label", entry ? entry->label : NULL },
		{ "code", code ? code : "" },
		{ NULL, NULL }
	};
	const char *template = template_of(ms);

	if (template && is_template(template, values) &&
	    fill(url, template, values))
		return true;
	return review_address_url(url, book, !entry ? NULL :
				  *entry->label ? entry->label : entry->title);
}

void review_link_warn(const struct book *book)
{
	static const struct value names[] = {
		{ "book", "" }, { "round", "" }, { "chapter", "" },
		{ "label", "" }, { "code", "" }, { NULL, NULL }
	};
	const char *template = template_of(book_manuscript(book));

	if (template && !is_template(template, names))
		book_warn(book, "galley.conf", 0, "review.link is neither "
			  "'mailto' nor an https address with no other braces "
			  "than {book}, {round}, {chapter}, {label} and {code}");
}
