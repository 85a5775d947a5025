/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "block_rules.h"

/* Kind 6, in order: CommonMark 0.30, 4.6. */
static const char *const block_tags[] = {
	"address", "article", "aside", "base", "basefont", "blockquote",
	"body", "caption", "center", "col", "colgroup", "dd", "details",
	"dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure",
	"footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5",
	"h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link",
	"main", "menu", "menuitem", "nav", "noframes", "ol", "optgroup",
	"option", "p", "param", "section", "source", "summary", "table",
	"tbody", "td", "tfoot", "th", "thead", "title", "tr", "track", "ul"
};

static const char *const raw_tags[] = {
	"script", "pre", "style", "textarea"
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alnum(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9');
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool one_of(const char *const *tags, size_t count, const char *word,
		   size_t len)
{
	char lower[12];

	if (!len || len >= sizeof(lower))
		return false;
	for (size_t i = 0; i < len; i++)
		lower[i] = word[i] | (is_letter(word[i]) ? 0x20 : 0);
	for (size_t i = 0; i < count; i++)
		if (!strncmp(tags[i], lower, len) && !tags[i][len])
			return true;
	return false;
}

static const char *skip_space(const char *p, const char *end)
{
	while (p < end && is_space(*p))
		p++;
	return p;
}

static const char *skip_tag_name(const char *p, const char *end)
{
	if (p == end || !is_letter(*p))
		return NULL;
	while (p < end && (is_alnum(*p) || *p == '-'))
		p++;
	return p;
}

/* "= value" after an attribute's name; NULL when it is no value. */
static const char *skip_value(const char *p, const char *end)
{
	const char *start;

	p = skip_space(p + 1, end);
	if (p < end && (*p == '"' || *p == '\'')) {
		char quote = *p++;

		p = p < end ? memchr(p, quote, (size_t)(end - p)) : NULL;
		return p ? p + 1 : NULL;
	}
	for (start = p; p < end && !is_space(*p) && !strchr("\"'=<>`", *p); p++)
		;
	return p > start ? p : NULL;
}

/* Attributes, each after white space; stops before what is none. */
static const char *skip_attributes(const char *p, const char *end)
{
	for (;;) {
		const char *q = skip_space(p, end), *value;

		if (q == p || q == end ||
		    !(is_letter(*q) || *q == '_' || *q == ':'))
			return p;
		while (q < end && (is_alnum(*q) || strchr("_:.-", *q)))
			q++;
		p = q;
		value = skip_space(p, end);
		if (value == end || *value != '=')
			continue;
		value = skip_value(value, end);
		if (!value)
			return p;
		p = value;
	}
}

/* A complete open or closing tag, then only white space. */
static bool is_lone_tag(const char *p, const char *end)
{
	bool closing = p < end && *p == '/';

	p = skip_tag_name(p + closing, end);
	if (!p)
		return false;
	if (!closing)
		p = skip_attributes(p, end);
	p = skip_space(p, end);
	if (!closing && p < end && *p == '/')
		p++;
	return p < end && *p == '>' && skip_space(p + 1, end) == end;
}

int html_block_kind(struct slice line, bool complete_tags)
{
	const char *p = line.ptr + 1, *end = line.ptr + line.len, *word;
	bool closing;
	size_t len;

	if (p == end)
		return 0;
	if (*p == '!') {
		if (slice_starts_with(line, SLICE("<!--")))
			return 2;
		if (slice_starts_with(line, SLICE("<![CDATA[")))
			return 5;
		return end - p > 1 && p[1] >= 'A' && p[1] <= 'Z' ? 4 : 0;
	}
	if (*p == '?')
		return 3;
	closing = *p == '/';
	word = p + closing;
	for (len = 0; word + len < end && is_alnum(word[len]); len++)
		;
	if (!closing && one_of(raw_tags, COUNT(raw_tags), word, len) &&
	    (word + len == end || word[len] == '>' || is_space(word[len])))
		return 1;
	if (one_of(block_tags, COUNT(block_tags), word, len)) {
		const char *q = word + len;

		if (q == end || *q == '>' || is_space(*q) ||
		    (*q == '/' && q + 1 < end && q[1] == '>'))
			return 6;
	}
	return complete_tags && is_lone_tag(p, end) ? 7 : 0;
}

static bool has(struct slice line, const char *s)
{
	return slice_find_slice(line, slice_of(s)) < line.len;
}

static bool has_raw_end(struct slice line)
{
	const char *p = line.ptr, *end = line.ptr + line.len;

	while ((p = memchr(p, '<', (size_t)(end - p)))) {
		size_t len = 0;

		if (++p == end)
			return false;
		if (*p != '/')
			continue;
		for (p++; p + len < end && is_letter(p[len]); len++)
			;
		if (p + len < end && p[len] == '>' &&
		    one_of(raw_tags, COUNT(raw_tags), p, len))
			return true;
	}
	return false;
}

bool html_block_ends(int kind, struct slice line)
{
	switch (kind) {
	case 1: return line.len && has_raw_end(line);
	case 2: return has(line, "-->");
	case 3: return has(line, "?>");
	case 4: return has(line, ">");
	case 5: return has(line, "]]>");
	default: return false;
	}
}
