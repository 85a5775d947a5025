/* SPDX-License-Identifier: MIT */
/*
 * Entities and numeric character references (CommonMark 0.30, 6.2). Only
 * cmark has the list of HTML's 2,125 names, and it keeps it to itself; it is
 * asked by giving it the entity alone.
 */
#include <string.h>

#include "markdown_reader.h"
#include "utf8.h"

#define NAME_MAX_LENGTH 32
#define DECODED_MAX 8

struct entity {
	char name[NAME_MAX_LENGTH + 2];	/* with & and ; */
	size_t name_len;
	char decoded[DECODED_MAX];
	size_t decoded_len;		/* 0: not an entity */
};

static void ask_cmark(struct entity *e)
{
	struct markdown_memory_mark mark = markdown_memory_save();
	cmark_parser *parser =
		cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, markdown_memory());
	cmark_node *n;
	const char *s = NULL;

	cmark_parser_feed(parser, e->name, e->name_len);
	n = cmark_node_first_child(cmark_parser_finish(parser));
	if (n && (n = cmark_node_first_child(n)))
		s = cmark_node_get_literal(n);
	e->decoded_len = s ? strlen(s) : 0;
	if (e->decoded_len > DECODED_MAX || !e->decoded_len ||
	    s[e->decoded_len - 1] == ';')
		e->decoded_len = 0;
	else
		memcpy(e->decoded, s, e->decoded_len);
	if (mark.block)
		markdown_memory_restore(mark);
}

static const struct entity *lookup(const char *s, size_t len)
{
	static struct entity cache[64];
	unsigned hash = 0;
	struct entity *e;

	for (size_t i = 0; i < len; i++)
		hash = hash * 31 + (unsigned char)s[i];
	e = &cache[(hash ^ hash >> 6) % 64];
	if (e->name_len == len && !memcmp(e->name, s, len))
		return e;
	memcpy(e->name, s, len);
	e->name_len = len;
	/* "&semi;" is the one that ends like what is not an entity */
	if (len == 6 && !memcmp(s, "&semi;", 6)) {
		e->decoded[0] = ';';
		e->decoded_len = 1;
	} else {
		ask_cmark(e);
	}
	return e;
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

/* "&#38;", "&#x26;": length, or 0; the character in `c`. */
static size_t numeric(unsigned *c, const char *s, size_t len)
{
	bool hex = len > 2 && (s[2] | 0x20) == 'x';
	size_t first = hex ? 3 : 2, i = first;
	unsigned value = 0;
	int base = hex ? 16 : 10;

	for (; i < len && digit_value(s[i]) < base; i++)
		if (value < 0x110000)
			value = value * (unsigned)base +
				(unsigned)digit_value(s[i]);
	if (i == first || i - first > (hex ? 6u : 7u) || i >= len ||
	    s[i] != ';')
		return 0;
	if (!value || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
		value = UTF8_REPLACEMENT;
	*c = value;
	return i + 1;
}

size_t markdown_entity(const char *s, size_t len, const char *literal,
		       size_t literal_len, size_t *literal_used)
{
	const struct entity *e;
	char utf8[4];
	unsigned c;
	size_t n = 1;

	if (len > 1 && s[1] == '#') {
		n = numeric(&c, s, len);
		if (!n)
			return 0;
		*literal_used = utf8_encode(utf8, c);
		return *literal_used <= literal_len &&
		       !memcmp(utf8, literal, *literal_used) ? n : 0;
	}
	while (n < len && n <= NAME_MAX_LENGTH &&
	       ((s[n] >= '0' && s[n] <= '9') ||
		((s[n] | 0x20) >= 'a' && (s[n] | 0x20) <= 'z')))
		n++;
	if (n < 3 || n >= len || s[n] != ';')
		return 0;
	n++;
	/* what stays '&' is an entity only when it is this one */
	if (literal_len && literal[0] == '&' &&
	    !(n == 5 && (!memcmp(s, "&amp;", 5) || !memcmp(s, "&AMP;", 5))))
		return 0;
	e = lookup(s, n);
	*literal_used = e->decoded_len;
	return e->decoded_len && e->decoded_len <= literal_len &&
	       !memcmp(e->decoded, literal, e->decoded_len) ? n : 0;
}
