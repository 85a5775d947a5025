/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <string.h>

#include "html_escape.h"
#include "strbuf.h"

/* What a byte of text needs: nothing, an entity, or a closer look. */
enum { AS_IS, ENTITY, CONTROL, MAYBE_NONCHARACTER };

static const uint8_t text_class[256] = {
	CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	CONTROL, AS_IS, AS_IS, CONTROL, CONTROL, AS_IS, CONTROL, CONTROL,
	CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL, CONTROL,
	['"'] = ENTITY, ['&'] = ENTITY, ['<'] = ENTITY, ['>'] = ENTITY,
	[0xEF] = MAYBE_NONCHARACTER
};

static const char replacement[] = "\xEF\xBF\xBD";

static const char *entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	default:
		return "&quot;";
	}
}

/* U+FFFE and U+FFFF, as EF BF BE and EF BF BF. */
static bool is_noncharacter(const char *p, const char *end)
{
	return end - p >= 3 && p[1] == '\xBF' &&
	       (p[2] == '\xBE' || p[2] == '\xBF');
}

void html_escape(struct strbuf *out, struct slice text)
{
	const char *p = text.len ? text.ptr : "", *end = p + text.len;
	const char *run = p;

	while (p < end) {
		unsigned class = text_class[(unsigned char)*p];

		if (class == AS_IS ||
		    (class == MAYBE_NONCHARACTER && !is_noncharacter(p, end))) {
			p++;
			continue;
		}
		strbuf_add(out, run, (size_t)(p - run));
		strbuf_adds(out, class == ENTITY ? entity(*p) : replacement);
		p += class == MAYBE_NONCHARACTER ? 3 : 1;
		run = p;
	}
	strbuf_add(out, run, (size_t)(end - run));
}

void html_escape_str(struct strbuf *out, const char *text)
{
	html_escape(out, slice_of(text));
}

static void add_percent(struct strbuf *out, unsigned char c)
{
	static const char digits[] = "0123456789ABCDEF";
	const char text[3] = { '%', digits[c >> 4], digits[c & 15] };

	strbuf_add(out, text, 3);
}

static bool is_alphanumeric(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

void html_escape_url(struct strbuf *out, struct slice url)
{
	for (size_t i = 0; i < url.len; i++) {
		char c = url.ptr[i];

		if (c == '&')
			strbuf_adds(out, "&amp;");
		else if (c == '%' && (i + 2 >= url.len ||
				      !is_hex(url.ptr[i + 1]) ||
				      !is_hex(url.ptr[i + 2])))
			strbuf_adds(out, "%25"); /* no escape, then */
		else if (is_alphanumeric(c) ||
			 (c && strchr("-_.+!*(),%#@?=;:/$~'", c)))
			strbuf_addch(out, c);
		else
			add_percent(out, (unsigned char)c);
	}
}

void html_escape_path(struct strbuf *out, struct slice path)
{
	for (size_t i = 0; i < path.len; i++) {
		char c = path.ptr[i];

		if (is_alphanumeric(c) || (c && strchr("-_.~/", c)))
			strbuf_addch(out, c);
		else
			add_percent(out, (unsigned char)c);
	}
}
