/* SPDX-License-Identifier: MIT */
/*
 * What the readers of galley.conf (settings_parse.c) and of book.toml
 * (settings_toml.c) share: a text, read byte by byte with its lines counted.
 */
#ifndef SETTINGS_READER_H
#define SETTINGS_READER_H

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>

#include "slice.h"
#include "strbuf.h"

struct error;
struct settings;

struct settings_reader {
	struct slice text;
	size_t at, line;
	const char *name;
	struct settings *settings;
	struct strbuf section; /* "book." */
	struct strbuf word;
	struct error *err;
};

/**
 * Start at the front of `text`, after a BOM; `name` is for messages. Returns
 * ERROR_MALFORMED when the text is not UTF-8, since every draft shows some of
 * the values; release the reader all the same.
 */
int settings_reader_init(struct settings_reader *r, struct settings *settings,
			 struct slice text, const char *name,
			 struct error *err);
void settings_reader_release(struct settings_reader *r);

/** "galley.conf:3: what"; returns ERROR_MALFORMED. */
int bad_setting(const struct settings_reader *r, const char *what);

/** Add a setting that stands on a line. Copies. */
void settings_add_at(struct settings *settings, const char *key,
		     const char *value, size_t line);

/* The byte at hand; '\n' for CRLF, and -1 at the end. */
static inline int peek(const struct settings_reader *r)
{
	if (r->at >= r->text.len)
		return -1;
	if (r->text.ptr[r->at] == '\r' && r->at + 1 < r->text.len &&
	    r->text.ptr[r->at + 1] == '\n')
		return '\n';
	return (unsigned char)r->text.ptr[r->at];
}

static inline int next(struct settings_reader *r)
{
	int c = peek(r);

	if (c < 0)
		return c;
	r->at += 1 + (r->text.ptr[r->at] == '\r' && c == '\n');
	r->line += c == '\n';
	return c;
}

static inline bool is_blank(int c)
{
	return c == ' ' || c == '\t';
}

static inline bool is_name(int c)
{
	return c >= 0 && c < 128 && (isalnum(c) || c == '-');
}

static inline void skip_blanks(struct settings_reader *r)
{
	while (is_blank(peek(r)))
		next(r);
}

static inline void skip_line(struct settings_reader *r)
{
	while (peek(r) >= 0 && next(r) != '\n')
		;
}

#endif
