/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "repository.h"
#include "strbuf.h"
#include "trailers.h"

/* The length of the key of a trailer, or 0 if the line is none. */
static size_t key_length(struct slice line)
{
	size_t n = 0;

	while (n < line.len && (isalnum((unsigned char)line.ptr[n]) ||
				line.ptr[n] == '-'))
		n++;
	/* "https://..." is none, "Key:" without a value is */
	if (!n || n == line.len || line.ptr[n] != ':' ||
	    (n + 1 < line.len && !isspace((unsigned char)line.ptr[n + 1])))
		return 0;
	return n;
}

static bool goes_on(struct slice line)
{
	return line.len && (*line.ptr == ' ' || *line.ptr == '\t') &&
	       !slice_is_blank(line);
}

/* Where the last paragraph starts. */
static size_t last_paragraph(struct slice message)
{
	size_t at = slice_trim_end(message).len, line = at;

	while (line) {
		size_t start = line - 1;

		while (start && message.ptr[start - 1] != '\n')
			start--;
		if (slice_is_blank(slice_sub(message, start, line)))
			break;
		at = start;
		line = start;
	}
	return at;
}

struct slice trailers_of_body(struct slice message)
{
	size_t start = last_paragraph(message);
	struct slice block = slice_sub(message, start, message.len);
	struct slice rest = slice_trim_end(block), line;
	struct slice none = slice_sub(message, message.len, message.len);
	bool first = true;

	while (slice_next_line(&line, &rest)) {
		if (!key_length(slice_chomp(line)) &&
		    (first || !goes_on(line)))
			return none;
		first = false;
	}
	return first ? none : block;
}

struct slice trailers_of(struct slice message)
{
	struct slice block = trailers_of_body(message);

	if (slice_is_blank(slice_sub(message, 0, message.len - block.len)))
		return slice_sub(message, message.len, message.len);
	return block;
}

bool trailers_next(struct slice *key, struct slice *value, struct slice *rest)
{
	struct slice line;

	while (slice_next_line(&line, rest)) {
		size_t n = key_length(slice_chomp(line));

		if (!n)
			continue;
		*key = slice_sub(line, 0, n);
		*value = slice_trim(slice_sub(line, n + 1, line.len));
		return true;
	}
	return false;
}

struct slice trailers_get(struct slice trailers, const char *key)
{
	struct slice name, value;

	while (trailers_next(&name, &value, &trailers))
		if (name.len == strlen(key) &&
		    !strncasecmp(name.ptr, key, name.len))
			return value;
	return (struct slice){ NULL, 0 };
}

bool line_names_commit(struct slice *id, struct slice line, const char *words)
{
	size_t n = strlen(words);

	if (!slice_starts_with(line, slice_of(words)))
		return false;
	*id = slice_sub(line, n, n + COMMIT_ID_LENGTH);
	if (id->len < COMMIT_ID_LENGTH)
		return false;
	for (size_t i = 0; i < id->len; i++)
		if (!id->ptr[i] || !strchr("0123456789abcdef", id->ptr[i]))
			return false;
	return true;
}

void trailers_add(struct strbuf *message, const char *key, struct slice value)
{
	value = slice_trim(value);
	if (!value.len)
		return;
	strbuf_truncate(message, slice_trim_end(strbuf_slice(message)).len);
	if (message->len)
		strbuf_addch(message, '\n');
	if (!trailers_of(strbuf_slice(message)).len)
		strbuf_addch(message, '\n');
	strbuf_adds(message, key);
	strbuf_adds(message, ": ");
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];

		strbuf_addch(message, c < ' ' || c == 0x7F ? ' ' : (char)c);
	}
	strbuf_addch(message, '\n');
}
