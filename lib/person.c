/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "arena.h"
#include "person.h"
#include "strbuf.h"

/* What git cuts off at both ends of a name (ident.c, "crud"). */
static bool is_crud(char c)
{
	return (unsigned char)c <= ' ' || c == 0x7F ||
	       strchr(".,:;<>\"\\'", c);
}

/* Length of what never stands in a name: 0 when `s` starts with none of it. */
static size_t unwanted(const char *s, size_t len)
{
	unsigned char c = (unsigned char)*s;

	if (c < ' ' || c == 0x7F || c == '<' || c == '>')
		return 1;
	/* U+0080 to U+009F, controls too */
	if (c == 0xC2 && len > 1 && (s[1] & 0xE0) == 0x80)
		return 2;
	return 0;
}

void person_clean(struct strbuf *out, const char *text)
{
	size_t start = 0, end = strlen(text);

	while (start < end && is_crud(text[start]))
		start++;
	while (end > start && is_crud(text[end - 1]))
		end--;
	while (start < end) {
		size_t n = unwanted(text + start, end - start);

		if (!n)
			strbuf_addch(out, text[start]);
		start += n ? n : 1;
	}
}

struct person person_parse(struct arena *arena, struct slice text)
{
	size_t open = slice_find(text, '<'), close = slice_find(text, '>');
	size_t at = slice_find(text, '@');
	struct person person = { "", "" };

	if (open < text.len && close > open)
		person.email = arena_copy(arena, slice_sub(text, open + 1,
							   close));
	else if (at < text.len)
		person.email = arena_copy(arena, slice_trim(text));
	person.name = arena_copy(arena, slice_trim(slice_sub(text, 0,
		open == text.len && at < open ? at : open)));
	return person;
}

static bool contains(const char *text, const char *part)
{
	size_t n = strlen(part);

	for (; *text; text++)
		if (!strncasecmp(text, part, n))
			return true;
	return !n;
}

bool person_has(const struct person *who, const char *part)
{
	return contains(who->name, part) || contains(who->email, part);
}
