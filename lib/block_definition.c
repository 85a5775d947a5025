/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "block_rules.h"

#define LONGEST_LABEL 1000	/* as cmark: 999 characters and a bracket */
#define DEEPEST_ADDRESS 32	/* parentheses; as cmark */

static bool is_punctuation(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') ||
	       (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static const char *skip_space(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	return p;
}

void definition_start(struct definition_reader *reader)
{
	memset(reader, 0, sizeof(*reader));
	reader->state = DEFINITION_START;
}

bool definition_is_all(const struct definition_reader *reader)
{
	return reader->state == DEFINITION_ADDRESS ||
	       reader->state == DEFINITION_DONE;
}

/* "<address>", or NULL. */
static const char *skip_pointed(const char *p, const char *end)
{
	for (p++; p < end; p++) {
		if (*p == '>')
			return p + 1;
		if (*p == '<')
			return NULL;
		if (*p == '\\' && p + 1 < end)
			p++;
	}
	return NULL;
}

/* An address up to white space, with balanced parentheses, or NULL. */
static const char *skip_address(const char *p, const char *end)
{
	const char *start = p;
	int depth = 0;

	if (p < end && *p == '<')
		return skip_pointed(p, end);
	for (; p < end; p++) {
		if (*p == '\\' && p + 1 < end && is_punctuation(p[1])) {
			p++;
		} else if (*p == '(') {
			if (++depth > DEEPEST_ADDRESS)
				return NULL;
		} else if (*p == ')') {
			if (!depth)
				break;
			depth--;
		} else if (is_space(*p) ||
			   ((unsigned char)*p < 0x20 && *p) || *p == 0x7F) {
			break;
		}
	}
	return p > start && !depth ? p : NULL;
}

/* Up to the closing bracket; NULL while the label goes on, or is none. */
static const char *read_label(struct definition_reader *r, const char *p,
			      const char *end)
{
	for (; p < end && *p != ']'; p++, r->label_length++) {
		if (*p == '[')
			goto none;
		if (!is_space(*p))
			r->label_has_words = true;
		if (*p == '\\' && p + 1 < end && is_punctuation(p[1])) {
			p++;
			r->label_length++;
		}
	}
	if (p == end && ++r->label_length <= LONGEST_LABEL)
		return NULL;
	if (r->label_length > LONGEST_LABEL || !r->label_has_words)
		goto none;
	r->label.len = (size_t)(p - r->label.ptr);
	return p;
none:
	r->state = DEFINITION_NONE;
	return NULL;
}

static void read_title(struct definition_reader *r, const char *p,
		       const char *end)
{
	for (; p < end && *p != r->quote; p++) {
		if (*p == '\\' && p + 1 < end && is_punctuation(p[1]))
			p++;
		else if (*p == '(' && r->quote == ')')
			goto none;
	}
	if (p == end)
		return;
	if (skip_space(p + 1, end) < end)
		goto none;
	r->state = DEFINITION_DONE;
	return;
none:
	r->state = DEFINITION_NONE;
}

static void start_title(struct definition_reader *r, const char *p,
			const char *end)
{
	if (*p != '"' && *p != '\'' && *p != '(') {
		r->state = DEFINITION_NONE;
		return;
	}
	r->quote = *p == '(' ? ')' : *p;
	r->state = DEFINITION_TITLE;
	read_title(r, p + 1, end);
}

static void read_address(struct definition_reader *r, const char *p,
			 const char *end)
{
	const char *after = skip_address(p, end), *title;

	if (!after) {
		r->state = DEFINITION_NONE;
		return;
	}
	title = skip_space(after, end);
	r->title_on_own_line = title == end;
	if (title == end) {
		r->state = DEFINITION_ADDRESS;
	} else if (title == after) {
		r->state = DEFINITION_NONE;
	} else {
		start_title(r, title, end);
	}
}

void definition_line(struct definition_reader *r, struct slice line)
{
	const char *p = line.ptr, *end = p + line.len;

	if (definition_is_all(r) && line.len && *p == '[')
		definition_start(r);
	switch (r->state) {
	case DEFINITION_START:
		if (p == end || *p != '[') {
			r->state = DEFINITION_NONE;
			return;
		}
		r->label = (struct slice){ ++p, 0 };
		r->state = DEFINITION_LABEL;
		/* fallthrough */
	case DEFINITION_LABEL:
		p = read_label(r, p, end);
		if (!p)
			return;
		if (++p == end || *p != ':') {
			r->state = DEFINITION_NONE;
			return;
		}
		p = skip_space(p + 1, end);
		r->state = DEFINITION_COLON;
		if (p < end)
			read_address(r, p, end);
		return;
	case DEFINITION_COLON:
		read_address(r, p, end);
		return;
	case DEFINITION_ADDRESS:
		start_title(r, p, end);
		return;
	case DEFINITION_TITLE:
		read_title(r, p, end);
		return;
	default:
		r->state = DEFINITION_NONE;
	}
}
