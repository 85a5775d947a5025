/* SPDX-License-Identifier: MIT */
/*
 * HTML from outside as tags and text (HTML Living Standard, 13.2.5, as far as
 * it matters to what is not trusted): linear in the text, and no tree.
 */
#ifndef HTML_TAG_H
#define HTML_TAG_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

struct strbuf;

/* ASCII alone. */
static inline char html_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static inline bool html_is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static inline bool html_is_letter(char c)
{
	return html_lower(c) >= 'a' && html_lower(c) <= 'z';
}

static inline bool html_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/** As strcmp, but for case in `name`; `word` is in small letters. */
int html_name_compare(struct slice name, const char *word);

/** BCP 47, roughly: "el", "zh-Hant-TW", "grc-x-attic". A bad one would make
 * all of a draft invalid. */
bool html_is_language(struct slice tag);

struct html_attribute {
	struct slice name, value;	/* references are not resolved */
};

/** Of one tag; the rest are not looked at. */
enum { HTML_ATTRIBUTE_LIMIT = 16 };

struct html_tag {
	struct slice name;
	bool closing;
	size_t count;
	struct html_attribute attributes[HTML_ATTRIBUTE_LIMIT];
};

/** The first attribute of that name; its value, or false. */
bool html_tag_attribute(struct slice *value, const struct html_tag *tag,
			const char *name);

/** HTML, read from the front: text, and the markup after it. */
struct html_pieces {
	struct slice rest;	/* not read yet; some may be taken away */
	struct slice text;	/* before the markup, references as written */
	struct html_tag tag;	/* its name is empty when it is no tag but a
				 * comment, declaration or instruction, and
				 * at the end */
	unsigned unended;	/* tags so far */
};

#define HTML_PIECES_INIT(html) { .rest = (html) }

/**
 * Read the next piece; false at the end. Markup that never ends is text; after
 * 32 tags of that kind so is all the rest, since looking for the end of each
 * would take time without bound.
 */
bool html_next_piece(struct html_pieces *pieces);

/** Append `text` with its character references as characters. */
void html_resolve_references(struct strbuf *out, struct slice text);

#endif
