/* SPDX-License-Identifier: MIT */
#include <libxml/HTMLparser.h>
#include <string.h>

#include "html_tag.h"
#include "strbuf.h"
#include "utf8.h"

enum { UNENDED_LIMIT = 32 };

int html_name_compare(struct slice name, const char *word)
{
	for (size_t i = 0; i < name.len; i++) {
		int d = (unsigned char)html_lower(name.ptr[i]) -
			(unsigned char)word[i];

		if (d || !word[i])
			return d ? d : 1;
	}
	return word[name.len] ? -1 : 0;
}

bool html_is_language(struct slice tag)
{
	size_t part = 0;

	if (tag.len < 2 || tag.len > 35)
		return false;
	for (size_t i = 0; i < tag.len; i++) {
		char c = tag.ptr[i];

		if (c == '-') {
			if (!part)
				return false;
			part = 0;
		} else if (!html_is_letter(c) && (!html_is_digit(c) || i < 2)) {
			return false;
		} else if (++part > 8) {
			return false;
		}
	}
	return part > 0 && tag.ptr[1] != '-';
}

static const char *skip_spaces(const char *p, const char *end)
{
	while (p < end && html_is_space(*p))
		p++;
	return p;
}

static const char *read_value(struct slice *value, const char *p,
			      const char *end)
{
	char quote;

	p = skip_spaces(p, end);
	if (p == end)
		return p;
	quote = *p;
	if (quote == '"' || quote == '\'') {
		const char *close = memchr(p + 1, quote, (size_t)(end - p) - 1);

		if (!close)
			return NULL;
		*value = (struct slice){ p + 1, (size_t)(close - p) - 1 };
		return close + 1;
	}
	value->ptr = p;
	while (p < end && !html_is_space(*p) && *p != '>')
		p++;
	value->len = (size_t)(p - value->ptr);
	return p;
}

/* The tag at `p`, a '<' with a letter or '/' and a letter after it. Returns
 * what follows it, or NULL when it does not end. */
static const char *read_tag(struct html_tag *tag, const char *p,
			    const char *end)
{
	tag->closing = p[1] == '/';
	tag->count = 0;
	p += 1 + tag->closing;
	tag->name.ptr = p;
	while (p < end && !html_is_space(*p) && *p != '>' && *p != '/')
		p++;
	tag->name.len = (size_t)(p - tag->name.ptr);
	for (;;) {
		struct html_attribute a = { { NULL, 0 }, { NULL, 0 } };

		while (p < end && (html_is_space(*p) || *p == '/'))
			p++;
		if (p == end)
			return NULL;
		if (*p == '>')
			return p + 1;
		a.name.ptr = p++;
		while (p < end && !html_is_space(*p) && *p != '>' &&
		       *p != '/' && *p != '=')
			p++;
		a.name.len = (size_t)(p - a.name.ptr);
		if (skip_spaces(p, end) < end && *skip_spaces(p, end) == '=') {
			p = read_value(&a.value, skip_spaces(p, end) + 1, end);
			if (!p)
				return NULL;
		}
		if (tag->count < HTML_ATTRIBUTE_LIMIT)
			tag->attributes[tag->count++] = a;
	}
}

bool html_tag_attribute(struct slice *value, const struct html_tag *tag,
			const char *name)
{
	for (size_t i = 0; i < tag->count; i++)
		if (!html_name_compare(tag->attributes[i].name, name)) {
			*value = tag->attributes[i].value;
			return true;
		}
	return false;
}

/* Past a comment, declaration or processing instruction at `p`, a '<'; NULL
 * when there is none. */
static const char *skip_markup(const char *p, const char *end)
{
	struct slice rest = { p, (size_t)(end - p) }, close = SLICE(">");
	size_t at;

	if (slice_starts_with(rest, SLICE("<!-->")))
		return p + 5;
	if (slice_starts_with(rest, SLICE("<!--")))
		close = SLICE("-->");
	else if (slice_starts_with(rest, SLICE("<![CDATA[")))
		close = SLICE("]]>");
	else if (p[1] != '?' && (p[1] != '!' || rest.len < 3 ||
				 !html_is_letter(p[2])))
		return NULL;
	at = slice_find_slice(rest, close);
	return at == rest.len ? end : p + at + close.len;
}

static bool starts_tag(const char *p, const char *end)
{
	return html_is_letter(p[1]) ||
	       (p[1] == '/' && end - p > 2 && html_is_letter(p[2]));
}

bool html_next_piece(struct html_pieces *pieces)
{
	const char *start = pieces->rest.ptr, *p = start, *next;
	const char *end = start + pieces->rest.len;

	pieces->text = pieces->rest;
	pieces->tag.name.len = 0;
	if (!pieces->rest.len)
		return false;
	while (pieces->unended < UNENDED_LIMIT && end - p >= 2 &&
	       (p = memchr(p, '<', (size_t)(end - p) - 1))) {
		bool is_tag = starts_tag(p, end);

		next = is_tag ? read_tag(&pieces->tag, p, end)
			      : skip_markup(p, end);
		if (next) {
			pieces->text.len = (size_t)(p - start);
			pieces->rest = (struct slice){
				next, (size_t)(end - next) };
			return true;
		}
		pieces->tag.name.len = 0;
		pieces->unended += is_tag;
		p++;
	}
	pieces->rest.len = 0;
	return true;
}

/* ---- character references --------------------------------------------- */

static unsigned numeric_reference(struct slice digits)
{
	unsigned base = 10, c = 0;

	if (digits.len && html_lower(digits.ptr[0]) == 'x') {
		base = 16;
		digits = slice_sub(digits, 1, digits.len);
	}
	if (!digits.len || digits.len > 7)
		return 0;
	for (size_t i = 0; i < digits.len; i++) {
		char d = html_lower(digits.ptr[i]);
		unsigned n = html_is_digit(d) ? (unsigned)(d - '0') :
			     d >= 'a' && d <= 'f' ? (unsigned)(d - 'a') + 10 :
						    99;

		if (n >= base)
			return 0;
		c = c * base + n;
	}
	return c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) || !c ?
		       UTF8_REPLACEMENT : c;
}

static unsigned named_reference(struct slice name)
{
	char word[16];
	const htmlEntityDesc *entity;

	if (name.len >= sizeof(word))
		return 0;
	memcpy(word, name.ptr, name.len);
	word[name.len] = '\0';
	entity = htmlEntityLookup((const xmlChar *)word);
	return entity ? entity->value : 0;
}

void html_resolve_references(struct strbuf *out, struct slice text)
{
	const char *p = text.len ? text.ptr : "", *end = p + text.len;
	const char *run = p;

	while (p < end) {
		const char *name, *semicolon;
		unsigned c;

		if (*p != '&') {
			p++;
			continue;
		}
		name = semicolon = p + 1;
		while (semicolon < end && semicolon - name < 16 &&
		       (html_is_letter(*semicolon) ||
			html_is_digit(*semicolon) || *semicolon == '#'))
			semicolon++;
		p = name;
		if (semicolon == end || *semicolon != ';' || semicolon == name)
			continue;
		c = *name == '#' ? numeric_reference((struct slice){
					   name + 1,
					   (size_t)(semicolon - name) - 1 }) :
				   named_reference((struct slice){
					   name, (size_t)(semicolon - name) });
		if (!c)
			continue;
		strbuf_add(out, run, (size_t)(name - 1 - run));
		strbuf_add_utf8(out, c);
		p = run = semicolon + 1;
	}
	strbuf_add(out, run, (size_t)(end - run));
}
