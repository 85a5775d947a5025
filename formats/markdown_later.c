/* SPDX-License-Identifier: MIT */
/*
 * Inlines of texts that are only parts of what cmark took for a paragraph:
 * cells of tables, and what comes before a table. All those of a chunk are
 * parsed at once, when its blocks are done.
 */
#include <string.h>

#include "alloc.h"
#include "markdown_reader.h"

/* A lazy line has its blanks still, which a paragraph will not. */
static bool has_indent(const char *s, size_t len)
{
	for (size_t i = 0; i + 1 < len; i++)
		if (s[i] == '\n' && is_blank(s[i + 1]))
			return true;
	return false;
}

/* A copy in which "\|" is "|", as cells have it, and no line is indented. */
static void copy_content(struct reader *r, struct content *out,
			 struct content *from, struct span span, bool cell)
{
	size_t len = span.end - span.start, n = 0, pieces = 1, at = 0;
	char *buf = arena_alloc(&r->doc->arena, len + 1);
	struct piece *piece;

	for (size_t i = span.start; i < span.end; i++)
		pieces += from->buf[i] == '\\' || from->buf[i] == '\n';
	for (size_t i = 1; i < from->count; i++)
		pieces += from->pieces[i].at > span.start &&
			  from->pieces[i].at < span.end;
	piece = arena_alloc(&r->doc->arena, pieces * sizeof(*piece));
	while (at + 1 < from->count && from->pieces[at + 1].at <= span.start)
		at++;
	piece[n++] = (struct piece){ 0, content_source(from, span.start) };
	out->buf = buf;
	out->pieces = piece;
	for (size_t i = span.start, used = 0; i < span.end; i++) {
		bool escaped = cell && from->buf[i] == '\\' &&
			       i + 1 < span.end;

		if (at + 1 < from->count && from->pieces[at + 1].at == i &&
		    i > span.start) {
			at++;
			piece[n++] = (struct piece){
				(uint32_t)used, from->pieces[at].source };
		}
		if (escaped && from->buf[i + 1] == '|') {
			i++;
			piece[n++] = (struct piece){ (uint32_t)used,
						     content_source(from, i) };
		} else if (escaped) {
			buf[used++] = from->buf[i++];
		}
		buf[used++] = from->buf[i];
		out->len = used;
		if (cell || from->buf[i] != '\n' || i + 1 >= span.end ||
		    !is_blank(from->buf[i + 1]))
			continue;
		while (i + 1 < span.end && is_blank(from->buf[i + 1]))
			i++;
		while (at + 1 < from->count && from->pieces[at + 1].at <= i + 1)
			at++;
		piece[n++] = (struct piece){ (uint32_t)used,
					     content_source(from, i + 1) };
	}
	out->count = n;
}

void markdown_later(struct reader *r, struct node *node,
		    struct content *content, struct span span, bool cell)
{
	uint32_t start = content_source(content, span.start);
	uint32_t end = content_source(content, span.end - 1) + 1;
	struct pending *p;

	GROW(r->pending, r->pending_count, r->pending_capacity);
	p = &r->pending[r->pending_count++];
	memset(p, 0, sizeof(*p));
	p->node = node;
	if (end - start == span.end - span.start &&
	    !memcmp(r->source.ptr + start, content->buf + span.start,
		    end - start) &&
	    (cell ? !memchr(r->source.ptr + start, '\\', end - start)
		  : !has_indent(r->source.ptr + start, end - start))) {
		markdown_content_line(&p->content, &p->piece, r, start, end);
		p->content.pieces = NULL; /* p moves when there are more */
	} else {
		copy_content(r, &p->content, content, span, cell);
	}
}

/*
 * Each becomes a paragraph of its own. Behind a first line its lines cannot
 * start a block when they are indented, and the indent is no part of them.
 */
static void write_paragraphs(struct reader *r)
{
	struct strbuf *out = &r->scratch;

	strbuf_truncate(out, 0);
	for (size_t i = 0; i < r->pending_count; i++) {
		struct slice s = { r->pending[i].content.buf,
				   r->pending[i].content.len };

		strbuf_addch(out, 'x');
		while (s.len) {
			size_t n = slice_find(s, '\n');

			strbuf_adds(out, "\n    ");
			strbuf_add(out, s.ptr, n);
			s = slice_sub(s, n + 1, s.len);
		}
		strbuf_adds(out, "\n\n");
	}
}

/* The chunk again, for its definitions; nothing else of it is used. */
static void feed_definitions(struct reader *r, cmark_parser *parser)
{
	struct slice chunk = r->parts[0];

	if (!memchr(r->scratch.buf, '[', r->scratch.len) ||
	    (slice_find_slice(chunk, SLICE("]:")) == chunk.len &&
	     !r->parts[1].len))
		return;
	if (slice_starts_with(chunk, SLICE("\xEF\xBB\xBF")))
		chunk = slice_sub(chunk, 3, chunk.len);
	cmark_parser_feed(parser, chunk.ptr, chunk.len);
	if (r->parts[1].len)
		cmark_parser_feed(parser, r->parts[1].ptr, r->parts[1].len);
}

void markdown_read_later(struct reader *r)
{
	cmark_parser *parser;
	cmark_node *n;

	if (!r->pending_count)
		return;
	write_paragraphs(r);
	parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT,
					   markdown_memory());
	cmark_parser_feed(parser, r->scratch.buf, r->scratch.len);
	feed_definitions(r, parser);
	n = cmark_node_first_child(cmark_parser_finish(parser));
	for (size_t i = 0; n && i < r->pending_count; i++) {
		struct pending *p = &r->pending[i];

		if (!p->content.pieces)
			p->content.pieces = &p->piece;
		markdown_inlines(r, p->node, n, 2, &p->content);
		n = cmark_node_next(n);
	}
}
