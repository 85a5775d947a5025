/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "error.h"
#include "settings.h"
#include "settings_reader.h"
#include "utf8.h"

/*
 * TOML 1.0, as far as book.toml needs it.
 */
static int skip_toml(struct settings_reader *r, unsigned depth);

/* Blanks, and with `lines` line ends and comments too. */
static void skip_toml_space(struct settings_reader *r, bool lines)
{
	for (;;) {
		int c = peek(r);

		if (is_blank(c) || (lines && c == '\n'))
			next(r);
		else if (lines && c == '#')
			skip_line(r);
		else
			return;
	}
}

static int read_toml_escape(struct settings_reader *r, bool long_form)
{
	static const char from[] = "btnfr\"\\", to[] = "\b\t\n\f\r\"\\";
	int c = next(r), digits;
	const char *known;
	unsigned code = 0;

	if (c > 0 && (known = strchr(from, c))) {
		strbuf_addch(&r->word, to[known - from]);
		return 0;
	}
	if (long_form && (c == '\n' || is_blank(c))) {
		while (is_blank(peek(r)) || peek(r) == '\n')
			next(r);
		return 0;
	}
	digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
	if (!digits)
		return bad_setting(r, "unknown escape in a string");
	while (digits--) {
		c = next(r);
		if (c < 0 || c > 127 || !isxdigit(c))
			return bad_setting(r, "bad \\u escape in a string");
		code = code << 4 | (unsigned)(isdigit(c) ? c - '0'
				    : tolower(c) - 'a' + 10);
	}
	if (!code || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
		return bad_setting(r, "bad \\u escape in a string");
	strbuf_add_utf8(&r->word, code);
	return 0;
}

static bool at_toml_end(const struct settings_reader *r, int quote,
			bool long_form)
{
	const char *p = r->text.ptr + r->at;

	if (peek(r) != quote)
		return false;
	if (!long_form)
		return true;
	return r->at + 2 < r->text.len && p[1] == quote && p[2] == quote;
}

/* "..." or '...', or three of them, into `word`. */
static int read_toml_string(struct settings_reader *r)
{
	int quote = peek(r), c;
	bool long_form = at_toml_end(r, quote, true);

	strbuf_truncate(&r->word, 0);
	r->at += long_form ? 3 : 1;
	if (long_form && peek(r) == '\n')
		next(r);
	while (!at_toml_end(r, quote, long_form)) {
		c = next(r);
		if (c <= 0 || (c == '\n' && !long_form))
			return bad_setting(r, "a string does not end");
		if (c == '\\' && quote == '"') {
			if (read_toml_escape(r, long_form) < 0)
				return ERROR_MALFORMED;
		} else {
			strbuf_addch(&r->word, (char)c);
		}
	}
	r->at += long_form ? 3 : 1;
	/* up to two quotes may stand at the end of a long one */
	while (long_form && peek(r) == quote) {
		strbuf_addch(&r->word, (char)quote);
		next(r);
	}
	return 0;
}

/* A dotted key, onto `out`; quoted parts are taken as they are. */
static int read_toml_key(struct settings_reader *r, struct strbuf *out)
{
	for (;;) {
		skip_toml_space(r, false);
		if (peek(r) == '"' || peek(r) == '\'') {
			if (read_toml_string(r) < 0)
				return ERROR_MALFORMED;
			strbuf_add_slice(out, strbuf_slice(&r->word));
		} else {
			size_t start = r->at;

			while (is_name(peek(r)) || peek(r) == '_')
				strbuf_addch(out, (char)next(r));
			if (r->at == start)
				return bad_setting(r, "a key is missing");
		}
		skip_toml_space(r, false);
		if (peek(r) != '.')
			return 0;
		next(r);
		strbuf_addch(out, '.');
	}
}

/* Which setting of ours a key of book.toml is; NULL: none. */
static const char *known_toml_key(const char *key, bool *list)
{
	static const struct {
		const char *toml, *ours;
	} known[] = {
		{ "book.title", "book.title" },
		{ "book.authors", "book.author" },
		{ "book.language", "book.language" },
		{ "book.description", "book.description" },
		{ "book.src", "book.source" },
		{ "book.text-direction", "book.direction" },
	};

	*list = !strcmp(key, "book.authors");
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strcmp(key, known[i].toml))
			return known[i].ours;
	return NULL;
}

#define DEEPEST_TOML 64

/* An array; its strings are added to `key` unless that is NULL. */
static int read_toml_array(struct settings_reader *r, const char *key,
			   size_t line, unsigned depth)
{
	next(r);
	for (;;) {
		int rc = 0, c;

		skip_toml_space(r, true);
		c = peek(r);
		if (c == ']') {
			next(r);
			return 0;
		}
		if (key && (c == '"' || c == '\'')) {
			if ((rc = read_toml_string(r)) == 0)
				settings_add_at(r->settings, key, r->word.buf,
					    line);
		} else {
			rc = skip_toml(r, depth + 1);
		}
		if (rc < 0)
			return rc;
		skip_toml_space(r, true);
		if (peek(r) == ',')
			next(r);
		else if (peek(r) != ']')
			return bad_setting(r, "an array does not end");
	}
}

static int skip_toml_table(struct settings_reader *r, unsigned depth)
{
	next(r);
	for (;;) {
		struct strbuf key = STRBUF_INIT;
		int rc;

		skip_toml_space(r, true);
		if (peek(r) == '}') {
			next(r);
			return 0;
		}
		rc = read_toml_key(r, &key);
		strbuf_release(&key);
		if (rc < 0)
			return rc;
		if (next(r) != '=')
			return bad_setting(r, "'=' is missing");
		skip_toml_space(r, false);
		if ((rc = skip_toml(r, depth + 1)) < 0)
			return rc;
		skip_toml_space(r, true);
		if (peek(r) == ',')
			next(r);
		else if (peek(r) != '}')
			return bad_setting(r, "a table does not end");
	}
}

/* Pass over a value. */
static int skip_toml(struct settings_reader *r, unsigned depth)
{
	size_t start = r->at;
	int c = peek(r);

	if (depth > DEEPEST_TOML)
		return bad_setting(r, "values nest too deep");
	if (c == '"' || c == '\'')
		return read_toml_string(r);
	if (c == '[')
		return read_toml_array(r, NULL, 0, depth);
	if (c == '{')
		return skip_toml_table(r, depth);
	while ((c = peek(r)) > 0 && !strchr(",]}#\n", c))
		next(r);
	return r->at > start ? 0 : bad_setting(r, "a value is missing");
}

static int read_toml_value(struct settings_reader *r, const char *key)
{
	size_t line = r->line;
	bool list;
	const char *ours = known_toml_key(key, &list);
	int rc;

	skip_toml_space(r, false);
	if (ours && list && peek(r) == '[')
		return read_toml_array(r, ours, line, 0);
	if (!ours || (peek(r) != '"' && peek(r) != '\''))
		return skip_toml(r, 0);
	if ((rc = read_toml_string(r)) == 0)
		settings_add_at(r->settings, ours, r->word.buf, line);
	return rc;
}

static int read_toml_line(struct settings_reader *r)
{
	struct strbuf key = STRBUF_INIT;
	int rc;

	if (peek(r) == '[') {
		bool array;

		next(r);
		array = peek(r) == '[';
		if (array)
			next(r);
		strbuf_truncate(&r->section, 0);
		rc = read_toml_key(r, &r->section);
		strbuf_addch(&r->section, '.');
		if (!rc && (next(r) != ']' || (array && next(r) != ']')))
			rc = bad_setting(r, "a table's name is not "
					    "closed with ']'");
	} else {
		strbuf_add_slice(&key, strbuf_slice(&r->section));
		rc = read_toml_key(r, &key);
		if (!rc && next(r) != '=')
			rc = bad_setting(r, "'=' is missing");
		if (!rc)
			rc = read_toml_value(r, key.buf);
	}
	strbuf_release(&key);
	skip_toml_space(r, false);
	if (!rc && peek(r) >= 0 && peek(r) != '\n' && peek(r) != '#')
		rc = bad_setting(r, "there is more on the line than one value");
	return rc;
}

int settings_parse_book_toml(struct settings *settings, struct slice text,
			     const char *name, struct error *err)
{
	struct settings_reader r;
	int rc = settings_reader_init(&r, settings, text, name, err);

	for (;;) {
		skip_toml_space(&r, true);
		if (rc < 0 || peek(&r) < 0)
			break;
		rc = read_toml_line(&r);
	}
	settings_reader_release(&r);
	return rc;
}
