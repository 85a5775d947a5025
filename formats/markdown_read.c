/* SPDX-License-Identifier: MIT */
#include <limits.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "markdown_read.h"
#include "markdown_reader.h"
#include "utf8.h"

#define SIZE_LIMIT ((size_t)INT_MAX)	/* cmark counts in int */

/* Bytes at once: GCC's and Clang's vectors, whatever the machine has. */
typedef unsigned char bytes __attribute__((vector_size(16)));
typedef uint64_t words __attribute__((vector_size(16)));

static bool any(bytes b)
{
	words w = (words)b;

	return w[0] | w[1];
}

static unsigned byte_feature(unsigned char c)
{
	switch (c) {
	case '\0':
		return HAS_NUL;
	case '\r':
		return HAS_CR;
	case '\\':
	case '&':
		return HAS_ESCAPE;
	case '[':
		return HAS_BRACKET;
	case '{':
	case '~':
	case '^':
		return HAS_EXTENSION;
	case '|':
		return HAS_BAR;
	default:
		return c >= 0x80 ? HAS_HIGH : 0;
	}
}

unsigned markdown_features(struct slice text)
{
	bytes high = { 0 }, nul = { 0 }, cr = { 0 }, escape = { 0 };
	bytes bracket = { 0 }, extension = { 0 }, bar = { 0 }, colons = { 0 };
	unsigned found = 0;
	size_t i = 0;

	for (; i + 18 <= text.len; i += 16) {
		bytes b, b1, b2;

		memcpy(&b, text.ptr + i, 16);
		memcpy(&b1, text.ptr + i + 1, 16);
		memcpy(&b2, text.ptr + i + 2, 16);
		high |= b & 0x80;
		nul |= (bytes)(b == 0);
		cr |= (bytes)(b == '\r');
		escape |= (bytes)(b == '\\') | (bytes)(b == '&');
		bracket |= (bytes)(b == '[');
		/* '{' and '[' differ by one bit, as '~' and '^' do */
		extension |= (bytes)(b == '{') | (bytes)((b | 0x20) == '~');
		bar |= (bytes)(b == '|');
		colons |= (bytes)(b == ':') & (bytes)(b1 == ':') &
			  (bytes)(b2 == ':');
	}
	for (; i < text.len; i++) {
		found |= byte_feature((unsigned char)text.ptr[i]);
		if (text.len - i >= 3 && !memcmp(text.ptr + i, ":::", 3))
			found |= HAS_COLONS;
	}
	return found | (any(high) ? HAS_HIGH : 0) | (any(nul) ? HAS_NUL : 0) |
	       (any(cr) ? HAS_CR : 0) | (any(escape) ? HAS_ESCAPE : 0) |
	       (any(bracket) ? HAS_BRACKET : 0) |
	       (any(extension) ? HAS_EXTENSION : 0) |
	       (any(bar) ? HAS_BAR : 0) | (any(colons) ? HAS_COLONS : 0);
}

void markdown_add_line(struct reader *r, size_t start, size_t end)
{
	GROW(r->lines, r->line_count, r->line_capacity);
	r->lines[r->line_count++] = (struct line){ (uint32_t)start,
						   (uint32_t)end };
}

/* The lines as cmark counts them: ended by LF, CRLF or CR. */
static void find_lines(struct reader *r)
{
	const char *s = r->source.ptr;
	size_t at = 0, len = r->source.len;

	r->line_count = 0;
	if (slice_starts_with(r->source, SLICE("\xEF\xBB\xBF")))
		at = 3;
	while (at < len) {
		const char *lf = memchr(s + at, '\n', len - at);
		size_t end = lf ? (size_t)(lf - s) : len, next = end + 1;
		const char *cr = r->features & HAS_CR
			? memchr(s + at, '\r', end - at) : NULL;

		if (cr) {
			end = (size_t)(cr - s);
			next = end + 1 < len && s[end + 1] == '\n' ? end + 2
								    : end + 1;
		}
		markdown_add_line(r, at, end);
		at = next;
	}
	r->chunk_lines = r->line_count;
}

/*
 * A byte that the text does not have, and that no rule of Markdown knows; but
 * for DEL, which is the first choice, they end <autolinks>.
 */
static char unused_byte(struct slice s)
{
	static const char candidates[] = "\x7F\x1A\x01\x02\x03\x04\x05\x06"
		"\x07\x08\x0E\x0F\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19";

	for (const char *c = candidates; *c; c++)
		if (slice_find(s, *c) == s.len)
			return *c;
	return candidates[0];
}

/*
 * cmark takes any bytes, but makes three of a NUL and loses its way after
 * some others. With one byte for each that is not UTF-8 all stay in place.
 */
static void replace_bad(struct reader *r)
{
	struct slice rest = r->source;
	char *s;

	r->bad = unused_byte(rest);
	strbuf_truncate(&r->plain, 0);
	strbuf_add_slice(&r->plain, rest);
	s = r->plain.buf;
	for (size_t at = 0; at < rest.len; at++) {
		at += utf8_valid_prefix(slice_sub(rest, at, rest.len));
		if (at < rest.len)
			s[at] = r->bad;
	}
	for (char *p = s; (p = memchr(p, '\0', (size_t)(s + rest.len - p)));)
		*p = r->bad;
	r->source = strbuf_slice(&r->plain);
}

static cmark_node *parse(struct reader *r)
{
	cmark_parser *parser =
		cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, markdown_memory());

	for (size_t i = 0; i < sizeof(r->parts) / sizeof(r->parts[0]); i++)
		if (r->parts[i].len)
			cmark_parser_feed(parser, r->parts[i].ptr,
					  r->parts[i].len);
	return cmark_parser_finish(parser);
}

int markdown_read(struct document *doc, struct slice source,
		  const struct definitions *elsewhere, struct error *err)
{
	static struct reader kept = {
		.scratch = STRBUF_INIT, .chunk = STRBUF_INIT,
		.after = STRBUF_INIT, .plain = STRBUF_INIT
	};
	struct reader *r = &kept;
	struct markdown_memory_mark all = { NULL, 0 };

	if (source.len >= SIZE_LIMIT)
		return error_set(err, ERROR_LIMIT,
				 "a chunk of %zu bytes; 2 GiB are the limit",
				 source.len);
	r->doc = doc;
	r->given = r->source = source;
	r->elsewhere = elsewhere;
	r->features = markdown_features(source);
	r->clean = !(r->features & HAS_NUL) &&
		   (!(r->features & HAS_HIGH) ||
		    utf8_valid_prefix(source) == source.len);
	if (!r->clean)
		replace_bad(r);
	r->depth = r->mark_count = r->mark_next = r->pending_count = 0;
	doc->source = source;
	doc->root = node_new(doc, NODE_DOCUMENT, 0, source.len);
	doc->footnotes = node_new(doc, NODE_DOCUMENT, 0, source.len);
	find_lines(r);
	markdown_mask(r);
	markdown_append_definitions(r);
	r->parts[1] = strbuf_slice(&r->after);
	markdown_blocks(r, parse(r));
	definitions_release(&r->own);
	markdown_memory_restore(all);
	return 0;
}
