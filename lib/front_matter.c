/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "front_matter.h"
#include "strbuf.h"

static const struct {
	const char *key, *setting;
} known[] = {
	{ "title", "book.title" },	{ "subtitle", "book.subtitle" },
	{ "author", "book.author" },	{ "authors", "book.author" },
	{ "creator", "book.author" },	{ "lang", "book.language" },
	{ "language", "book.language" }, { "date", "book.date" },
	{ "rights", "book.rights" },	{ "copyright", "book.rights" },
	{ "description", "book.description" },
	{ "abstract", "book.description" },
	{ "publisher", "book.publisher" },
	{ "identifier", "book.identifier" },
	{ "cover-image", "book.cover" }, { "cover", "book.cover" }
};

static const char *setting_of(struct slice key)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (slice_eq_str(key, known[i].key))
			return known[i].setting;
	return NULL;
}

/* One line of words: white space folded. */
static void add_value(struct settings *settings, const char *setting,
		      struct slice words)
{
	struct strbuf value = STRBUF_INIT;

	words = slice_trim(words);
	for (size_t i = 0; i < words.len; i++) {
		char c = words.ptr[i];
		bool space = c == ' ' || (c >= '\t' && c <= '\r');

		if (!space && c)
			strbuf_addch(&value, c);
		else if (value.len && value.buf[value.len - 1] != ' ')
			strbuf_addch(&value, ' ');
	}
	if (value.len)
		settings_add(settings, setting, value.buf);
	strbuf_release(&value);
}

/* YAML scalars: "a \"b\"", 'it''s', or plain up to a comment. */
static void add_scalar(struct settings *settings, const char *setting,
		       struct slice s)
{
	struct strbuf out = STRBUF_INIT;
	size_t i;

	s = slice_trim(s);
	if (s.len && (*s.ptr == '"' || *s.ptr == '\'')) {
		char quote = *s.ptr;

		for (i = 1; i < s.len; i++) {
			char c = s.ptr[i];

			if (c == '\\' && quote == '"' && i + 1 < s.len) {
				c = s.ptr[++i];
				c = c == 'n' || c == 't' ? ' ' : c;
			} else if (c == quote) {
				if (quote == '"' || i + 1 >= s.len ||
				    s.ptr[i + 1] != quote)
					break;
				i++;
			}
			strbuf_addch(&out, c);
		}
	} else {
		i = slice_find_slice(s, SLICE(" #"));
		strbuf_add_slice(&out, slice_sub(s, 0, i));
		if (slice_eq_str(strbuf_slice(&out), "null") ||
		    slice_eq_str(strbuf_slice(&out), "~"))
			strbuf_truncate(&out, 0);
	}
	add_value(settings, setting, strbuf_slice(&out));
	strbuf_release(&out);
}

/* Where "name: value" has its value when `key` is the name; else empty. */
static struct slice value_of(struct slice line, const char *key)
{
	size_t len = strlen(key);

	line = slice_trim(line);
	if (line.len <= len || memcmp(line.ptr, key, len) ||
	    line.ptr[len] != ':')
		return (struct slice){ NULL, 0 };
	return slice_trim(slice_sub(line, len + 1, line.len));
}

/* The next item of "a, b, {c: d}", quotes and brackets kept together. */
static bool next_item(struct slice *item, struct slice *rest)
{
	char quote = 0;
	int depth = 0;
	size_t i;

	if (!rest->len)
		return false;
	for (i = 0; i < rest->len; i++) {
		char c = rest->ptr[i];

		if (quote)
			quote = c == quote ? 0 : quote;
		else if ((c == '"' || c == '\'') &&
			 !slice_trim(slice_sub(*rest, 0, i)).len)
			quote = c;
		else if (c == '{' || c == '[')
			depth++;
		else if (c == '}' || c == ']')
			depth--;
		else if (c == ',' && depth <= 0)
			break;
	}
	*item = slice_trim(slice_sub(*rest, 0, i));
	*rest = slice_sub(*rest, i + 1, rest->len);
	return true;
}

/* Without the brackets around, the closing one perhaps missing. */
static struct slice inside(struct slice s, char close)
{
	size_t end = s.len;

	while (end > 1 && s.ptr[end - 1] != close)
		end--;
	return slice_sub(s, 1, end > 1 ? end - 1 : s.len);
}

static const char *const name_keys[] = { "name", "text", "literal", "main" };

/* "{name: A. Writer, role: author}" */
static void add_map(struct settings *settings, const char *setting,
		    struct slice s)
{
	struct slice rest = inside(s, '}'), item;

	while (next_item(&item, &rest))
		for (size_t k = 0; k < 4; k++) {
			struct slice value = value_of(item, name_keys[k]);

			if (value.len) {
				add_scalar(settings, setting, value);
				return;
			}
		}
}

/* A list's item, or a value, and the lines below that belong to it. */
static void add_item(struct settings *settings, const char *setting,
		     struct slice lines)
{
	struct slice rest = lines, line;

	lines = slice_trim(lines);
	if (lines.len && *lines.ptr == '{') {
		add_map(settings, setting, lines);
		return;
	}
	while (slice_next_line(&line, &rest))
		for (size_t k = 0; k < 4; k++) {
			struct slice value = value_of(line, name_keys[k]);

			if (value.len) {
				add_scalar(settings, setting, value);
				return;
			}
		}
	add_scalar(settings, setting, lines);
}

static bool starts_item(struct slice line)
{
	line = slice_trim(line);
	return line.len && *line.ptr == '-' &&
	       (line.len == 1 || line.ptr[1] == ' ' || line.ptr[1] == '\t');
}

/* Lines that start with '-', each with what is indented below. */
static void add_list(struct settings *settings, const char *setting,
		     struct slice lines)
{
	struct slice rest = lines, line, item = { NULL, 0 };

	while (slice_next_line(&line, &rest)) {
		if (starts_item(line)) {
			if (item.ptr)
				add_item(settings, setting, item);
			item.ptr = line.ptr + slice_find(line, '-') + 1;
		}
		if (item.ptr)
			item.len = (size_t)(line.ptr + line.len - item.ptr);
	}
	if (item.ptr)
		add_item(settings, setting, item);
}

/* What stands after "key:", to the line before the next key. */
static void read_value(struct settings *settings, const char *setting,
		       struct slice value)
{
	struct slice item, rest;

	value = slice_trim(value);
	if (!value.len)
		return;
	if (*value.ptr == '[') {
		rest = inside(value, ']');
		while (next_item(&item, &rest))
			add_item(settings, setting, item);
	} else if (*value.ptr == '|' || *value.ptr == '>') {
		rest = value;
		slice_next_line(&item, &rest);
		add_value(settings, setting, rest);
	} else if (starts_item(slice_sub(value, 0, slice_find(value, '\n')))) {
		add_list(settings, setting, value);
	} else {
		add_item(settings, setting, value);
	}
}

static bool is_end(struct slice line)
{
	line = slice_trim_end(line);
	return slice_eq_str(line, "---") || slice_eq_str(line, "...");
}

static void read_yaml(struct settings *settings, struct slice rest)
{
	struct slice line, value = { NULL, 0 };
	const char *setting = NULL;

	slice_next_line(&line, &rest);
	while (slice_next_line(&line, &rest) && !is_end(line)) {
		char c = *line.ptr;
		size_t colon = slice_find(line, ':');

		if (c == ' ' || c == '\t' || c == '-' || c == '#' ||
		    slice_is_blank(line) || colon == line.len) {
			value.len = setting ? (size_t)(line.ptr + line.len -
						       value.ptr) : 0;
			continue;
		}
		if (setting)
			read_value(settings, setting, value);
		setting = setting_of(slice_trim(slice_sub(line, 0, colon)));
		value = slice_sub(line, colon + 1, line.len);
	}
	if (setting)
		read_value(settings, setting, value);
}

/* "% one; two" and lines below it: authors are divided, a title is not. */
static void read_field(struct settings *settings, int field,
		       struct slice words)
{
	static const char *const fields[] = {
		"book.title", "book.author", "book.date"
	};

	if (field > 2)
		return;
	while (field == 1 && words.len) {
		size_t end = 0;

		while (end < words.len && words.ptr[end] != ';' &&
		       words.ptr[end] != '\n' && words.ptr[end] != '\r')
			end++;
		add_value(settings, fields[field], slice_sub(words, 0, end));
		words = slice_sub(words, end + 1, words.len);
	}
	add_value(settings, fields[field], words);
}

static void read_percent_lines(struct settings *settings, struct slice rest)
{
	struct slice line, words = { NULL, 0 };
	int field = -1;

	while (slice_next_line(&line, &rest)) {
		if (*line.ptr == '%') {
			if (field >= 0)
				read_field(settings, field, words);
			field++;
			words = slice_sub(line, 1, line.len);
		} else {
			words.len += line.len;
		}
	}
	if (field >= 0)
		read_field(settings, field, words);
}

void front_matter_read(struct settings *settings, struct slice metadata)
{
	if (slice_starts_with(metadata, SLICE("\xEF\xBB\xBF")))
		metadata = slice_sub(metadata, 3, metadata.len);
	if (metadata.len && *metadata.ptr == '%')
		read_percent_lines(settings, metadata);
	else
		read_yaml(settings, metadata);
}
