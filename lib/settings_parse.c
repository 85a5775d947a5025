/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "error.h"
#include "settings.h"
#include "settings_reader.h"

/* [section], [section "Subsection"], [section.subsection] */
static int read_section(struct settings_reader *r)
{
	int c;

	next(r);
	strbuf_truncate(&r->section, 0);
	while (is_name(peek(r)) || (peek(r) == '.' && r->section.len))
		strbuf_addch(&r->section, (char)tolower(next(r)));
	if (!r->section.len)
		return bad_setting(r, "a section has no name");
	skip_blanks(r);
	if (peek(r) == '"') {
		next(r);
		strbuf_addch(&r->section, '.');
		while ((c = peek(r)) != '"') {
			if (c == '\\') {
				next(r);
				c = peek(r);
			}
			if (c <= 0 || c == '\n')
				return bad_setting(
					r, "a section's name does not end");
			strbuf_addch(&r->section, (char)next(r));
		}
		next(r);
	}
	if (peek(r) != ']')
		return bad_setting(
			r, "a section's name is not closed with ']'");
	next(r);
	strbuf_addch(&r->section, '.');
	return 0;
}

static int read_escape(struct settings_reader *r)
{
	int c = next(r);

	switch (c) {
	case '\n':
		return 0;
	case 'n':
		c = '\n';
		break;
	case 't':
		c = '\t';
		break;
	case 'b':
		c = '\b';
		break;
	case '\\':
	case '"':
		break;
	default:
		return bad_setting(r, "'\\' stands before what needs none; "
				      "write '\\\\' for the character itself");
	}
	strbuf_addch(&r->word, (char)c);
	return 0;
}

static int read_value(struct settings_reader *r)
{
	bool quoted = false;
	size_t end = 0;		/* blanks after it are not of the value */

	strbuf_truncate(&r->word, 0);
	skip_blanks(r);
	for (;;) {
		int c = peek(r);

		if (c < 0 || c == '\n')
			break;
		if (!quoted && (c == '#' || c == ';'))
			break;
		if (!c)
			return bad_setting(r, "there is a NUL byte");
		next(r);
		if (c == '"') {
			quoted = !quoted;
			end = r->word.len;
		} else if (c == '\\') {
			if (read_escape(r) < 0)
				return ERROR_MALFORMED;
			end = r->word.len;
		} else {
			strbuf_addch(&r->word, (char)c);
			if (quoted || !is_blank(c))
				end = r->word.len;
		}
	}
	if (quoted)
		return bad_setting(r, "a '\"' is missing");
	strbuf_truncate(&r->word, end);
	skip_line(r);
	return 0;
}

static int read_setting(struct settings_reader *r)
{
	struct strbuf key = STRBUF_INIT;
	size_t line = r->line;
	int rc = 0;

	if (!r->section.len)
		return bad_setting(r, "a setting stands before any [section]");
	strbuf_add_slice(&key, strbuf_slice(&r->section));
	while (is_name(peek(r)))
		strbuf_addch(&key, (char)tolower(next(r)));
	skip_blanks(r);
	strbuf_truncate(&r->word, 0);
	if (peek(r) == '=') {
		next(r);
		rc = read_value(r);
	} else if (peek(r) < 0 || peek(r) == '\n' || peek(r) == '#' ||
		   peek(r) == ';') {
		strbuf_adds(&r->word, "true");
		skip_line(r);
	} else {
		rc = bad_setting(r, "a setting is written as 'name = value'");
	}
	if (!rc)
		settings_add_at(r->settings, key.buf, r->word.buf, line);
	strbuf_release(&key);
	return rc;
}

int settings_parse(struct settings *settings, struct slice text,
		   const char *name, struct error *err)
{
	struct settings_reader r;
	int c, rc = settings_reader_init(&r, settings, text, name, err);

	while (!rc && (c = peek(&r)) >= 0) {
		if (is_blank(c) || c == '\n' || c == '\r')
			next(&r);
		else if (c == '#' || c == ';')
			skip_line(&r);
		else if (c == '[')
			rc = read_section(&r);
		else if (c < 128 && isalpha(c))
			rc = read_setting(&r);
		else
			rc = bad_setting(&r, "this is neither a [section] nor "
					    "'name = value'");
	}
	settings_reader_release(&r);
	return rc;
}
