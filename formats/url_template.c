/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "html_escape.h"
#include "strbuf.h"
#include "url_host.h"
#include "url_template.h"

/* The length of the "{name}" that `s` starts with, and its value; or 0. */
static size_t placeholder(const struct url_value **out, const char *s,
			  const struct url_value *values)
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

bool url_template_is_valid(const char *s, const struct url_value *values)
{
	const char *host_end;
	const struct url_value *value;

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

bool url_template_fill(struct strbuf *url, const char *s,
		       const struct url_value *values)
{
	const struct url_value *value;
	size_t before = url->len, n;

	if (!url_template_is_valid(s, values))
		return false;
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
