/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "error.h"
#include "settings.h"
#include "strbuf.h"
#include "utf8.h"

struct reader {
	struct slice text;
	size_t at, line;
	const char *name;
	struct settings *settings;
	struct strbuf section;		/* "book." */
	struct strbuf word;
	struct error *err;
};

void settings_release(struct settings *settings)
{
	arena_release(&settings->arena);
	free(settings->items);
	*settings = (struct settings)SETTINGS_INIT;
}

static void add_setting(struct settings *settings, const char *key,
			const char *value, size_t line)
{
	GROW(settings->items, settings->count, settings->capacity);
	settings->items[settings->count++] = (struct setting){
		arena_strdup(&settings->arena, key),
		arena_strdup(&settings->arena, value), line
	};
}

void settings_add(struct settings *settings, const char *key,
		  const char *value)
{
	add_setting(settings, key, value, 0);
}

const char *settings_get(const struct settings *settings, const char *key)
{
	for (size_t i = settings->count; i--;)
		if (!strcmp(settings->items[i].key, key))
			return settings->items[i].value;
	return NULL;
}

const char *settings_get_nth(const struct settings *settings, const char *key,
			     size_t n)
{
	for (size_t i = 0; i < settings->count; i++)
		if (!strcmp(settings->items[i].key, key) && !n--)
			return settings->items[i].value;
	return NULL;
}

int settings_get_bool(const struct settings *settings, const char *key,
		      int otherwise)
{
	static const char *const words[2][4] = {
		{ "false", "no", "off", "" }, { "true", "yes", "on", "1" }
	};
	const char *value = settings_get(settings, key);
	char *end;
	long n;

	if (!value)
		return otherwise;
	for (int truth = 0; truth < 2; truth++)
		for (size_t i = 0; i < 4; i++)
			if (!strcasecmp(value, words[truth][i]))
				return truth;
	n = strtol(value, &end, 10);
	return *end ? otherwise : n != 0;
}

static void reader_init(struct reader *r, struct settings *settings,
			struct slice text, const char *name,
			struct error *err)
{
	*r = (struct reader){
		.text = text, .line = 1, .name = name, .settings = settings,
		.section = STRBUF_INIT, .word = STRBUF_INIT, .err = err
	};
	if (slice_starts_with(text, SLICE("\xEF\xBB\xBF")))
		r->at = 3;
}

static void reader_release(struct reader *r)
{
	strbuf_release(&r->section);
	strbuf_release(&r->word);
}

static int malformed(const struct reader *r, const char *what)
{
	return error_set(r->err, ERROR_MALFORMED, "%s:%zu: %s", r->name,
			 r->line, what);
}

/* The byte at hand; '\n' for CRLF, and -1 at the end. */
static int peek(const struct reader *r)
{
	if (r->at >= r->text.len)
		return -1;
	if (r->text.ptr[r->at] == '\r' && r->at + 1 < r->text.len &&
	    r->text.ptr[r->at + 1] == '\n')
		return '\n';
	return (unsigned char)r->text.ptr[r->at];
}

static int next(struct reader *r)
{
	int c = peek(r);

	if (c < 0)
		return c;
	r->at += 1 + (r->text.ptr[r->at] == '\r' && c == '\n');
	r->line += c == '\n';
	return c;
}

static bool is_blank(int c)
{
	return c == ' ' || c == '\t';
}

static void skip_blanks(struct reader *r)
{
	while (is_blank(peek(r)))
		next(r);
}

static void skip_line(struct reader *r)
{
	while (peek(r) >= 0 && next(r) != '\n')
		;
}

static bool is_name(int c)
{
	return c >= 0 && c < 128 && (isalnum(c) || c == '-');
}

/* [section], [section "Subsection"], [section.subsection] */
static int read_section(struct reader *r)
{
	int c;

	next(r);
	strbuf_truncate(&r->section, 0);
	while (is_name(peek(r)) || (peek(r) == '.' && r->section.len))
		strbuf_addch(&r->section, (char)tolower(next(r)));
	if (!r->section.len)
		return malformed(r, "a section has no name");
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
				return malformed(r, "a section's name does "
						    "not end");
			strbuf_addch(&r->section, (char)next(r));
		}
		next(r);
	}
	if (peek(r) != ']')
		return malformed(r, "a section's name is not closed with ']'");
	next(r);
	strbuf_addch(&r->section, '.');
	return 0;
}

static int read_escape(struct reader *r)
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
		return malformed(r, "'\\' stands before what needs none; "
				    "write '\\\\' for the character itself");
	}
	strbuf_addch(&r->word, (char)c);
	return 0;
}

static int read_value(struct reader *r)
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
			return malformed(r, "there is a NUL byte");
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
		return malformed(r, "a '\"' is missing");
	strbuf_truncate(&r->word, end);
	skip_line(r);
	return 0;
}

static int read_setting(struct reader *r)
{
	struct strbuf key = STRBUF_INIT;
	size_t line = r->line;
	int rc = 0;

	if (!r->section.len)
		return malformed(r, "a setting stands before any [section]");
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
		rc = malformed(r, "a setting is written as 'name = value'");
	}
	if (!rc)
		add_setting(r->settings, key.buf, r->word.buf, line);
	strbuf_release(&key);
	return rc;
}

/* Every draft shows some of the values. */
static int check_utf8(struct slice text, const char *name, struct error *err)
{
	size_t valid = utf8_valid_prefix(text), line = 1;

	if (valid == text.len)
		return 0;
	for (size_t i = 0; i < valid; i++)
		line += text.ptr[i] == '\n';
	return error_set(err, ERROR_MALFORMED, "%s:%zu: not UTF-8", name,
			 line);
}

int settings_parse(struct settings *settings, struct slice text,
		   const char *name, struct error *err)
{
	struct reader r;
	int c, rc = check_utf8(text, name, err);

	reader_init(&r, settings, text, name, err);
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
			rc = malformed(&r, "this is neither a [section] nor "
					   "'name = value'");
	}
	reader_release(&r);
	return rc;
}

static void write_value(struct strbuf *out, const char *value)
{
	size_t len = strlen(value);
	bool quote = len && (is_blank(value[0]) || is_blank(value[len - 1]) ||
			     strpbrk(value, "#;\r"));

	if (quote)
		strbuf_addch(out, '"');
	for (; *value; value++) {
		switch (*value) {
		case '\n':
			strbuf_adds(out, "\\n");
			break;
		case '\t':
			strbuf_adds(out, "\\t");
			break;
		case '\b':
			strbuf_adds(out, "\\b");
			break;
		case '"':
		case '\\':
			strbuf_addch(out, '\\');
			/* fall through */
		default:
			strbuf_addch(out, *value);
		}
	}
	if (quote)
		strbuf_addch(out, '"');
	strbuf_addch(out, '\n');
}

/* "book." is [book]; "a.B c." is [a "B c"] */
static void write_section(struct strbuf *out, struct slice section)
{
	size_t dot = slice_find(section, '.');

	if (out->len)
		strbuf_addch(out, '\n');
	strbuf_addch(out, '[');
	strbuf_add(out, section.ptr, dot);
	if (dot + 1 < section.len) {
		strbuf_adds(out, " \"");
		for (size_t i = dot + 1; i + 1 < section.len; i++) {
			if (section.ptr[i] == '"' || section.ptr[i] == '\\')
				strbuf_addch(out, '\\');
			strbuf_addch(out, section.ptr[i]);
		}
		strbuf_addch(out, '"');
	}
	strbuf_adds(out, "]\n");
}

void settings_write(struct strbuf *out, const struct settings *settings)
{
	struct slice section = { NULL, 0 };

	for (size_t i = 0; i < settings->count; i++) {
		const struct setting *s = &settings->items[i];
		const char *dot = strrchr(s->key, '.');
		struct slice its = { s->key,
				     dot ? (size_t)(dot - s->key) + 1 : 0 };

		if (!i || !slice_eq(its, section))
			write_section(out, its);
		section = its;
		strbuf_addf(out, "\t%s = ", s->key + its.len);
		write_value(out, s->value);
	}
}

/*
 * TOML 1.0, as far as book.toml needs it.
 */
static int skip_toml(struct reader *r, unsigned depth);

/* Blanks, and with `lines` line ends and comments too. */
static void skip_toml_space(struct reader *r, bool lines)
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

static int read_toml_escape(struct reader *r, bool long_form)
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
		return malformed(r, "unknown escape in a string");
	while (digits--) {
		c = next(r);
		if (c < 0 || c > 127 || !isxdigit(c))
			return malformed(r, "bad \\u escape in a string");
		code = code << 4 | (unsigned)(isdigit(c) ? c - '0'
				    : tolower(c) - 'a' + 10);
	}
	if (!code || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
		return malformed(r, "bad \\u escape in a string");
	strbuf_add_utf8(&r->word, code);
	return 0;
}

static bool at_toml_end(const struct reader *r, int quote, bool long_form)
{
	const char *p = r->text.ptr + r->at;

	if (peek(r) != quote)
		return false;
	if (!long_form)
		return true;
	return r->at + 2 < r->text.len && p[1] == quote && p[2] == quote;
}

/* "..." or '...', or three of them, into `word`. */
static int read_toml_string(struct reader *r)
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
			return malformed(r, "a string does not end");
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
static int read_toml_key(struct reader *r, struct strbuf *out)
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
				return malformed(r, "a key is missing");
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
static int read_toml_array(struct reader *r, const char *key, size_t line,
			   unsigned depth)
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
				add_setting(r->settings, key, r->word.buf,
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
			return malformed(r, "an array does not end");
	}
}

static int skip_toml_table(struct reader *r, unsigned depth)
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
			return malformed(r, "'=' is missing");
		skip_toml_space(r, false);
		if ((rc = skip_toml(r, depth + 1)) < 0)
			return rc;
		skip_toml_space(r, true);
		if (peek(r) == ',')
			next(r);
		else if (peek(r) != '}')
			return malformed(r, "a table does not end");
	}
}

/* Pass over a value. */
static int skip_toml(struct reader *r, unsigned depth)
{
	size_t start = r->at;
	int c = peek(r);

	if (depth > DEEPEST_TOML)
		return malformed(r, "values nest too deep");
	if (c == '"' || c == '\'')
		return read_toml_string(r);
	if (c == '[')
		return read_toml_array(r, NULL, 0, depth);
	if (c == '{')
		return skip_toml_table(r, depth);
	while ((c = peek(r)) > 0 && !strchr(",]}#\n", c))
		next(r);
	return r->at > start ? 0 : malformed(r, "a value is missing");
}

static int read_toml_value(struct reader *r, const char *key)
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
		add_setting(r->settings, ours, r->word.buf, line);
	return rc;
}

static int read_toml_line(struct reader *r)
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
			rc = malformed(r, "a table's name is not closed with "
					  "']'");
	} else {
		strbuf_add_slice(&key, strbuf_slice(&r->section));
		rc = read_toml_key(r, &key);
		if (!rc && next(r) != '=')
			rc = malformed(r, "'=' is missing");
		if (!rc)
			rc = read_toml_value(r, key.buf);
	}
	strbuf_release(&key);
	skip_toml_space(r, false);
	if (!rc && peek(r) >= 0 && peek(r) != '\n' && peek(r) != '#')
		rc = malformed(r, "there is more on the line than one value");
	return rc;
}

int settings_parse_book_toml(struct settings *settings, struct slice text,
			     const char *name, struct error *err)
{
	struct reader r;
	int rc = check_utf8(text, name, err);

	reader_init(&r, settings, text, name, err);
	for (;;) {
		skip_toml_space(&r, true);
		if (rc < 0 || peek(&r) < 0)
			break;
		rc = read_toml_line(&r);
	}
	reader_release(&r);
	return rc;
}
