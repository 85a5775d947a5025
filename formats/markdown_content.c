/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "alloc.h"
#include "markdown_content.h"
#include "markdown_lines.h"

static void add_piece(struct reader *r, size_t at, size_t source)
{
	GROW(r->pieces, r->piece_count, r->piece_capacity);
	r->pieces[r->piece_count++] = (struct piece){ (uint32_t)at,
						      (uint32_t)source };
}

void markdown_content_line(struct content *content, struct piece *piece,
			   const struct reader *r, size_t start, size_t end)
{
	*piece = (struct piece){ 0, (uint32_t)start };
	*content = (struct content){
		.buf = r->source.ptr + start, .len = end - start,
		.pieces = piece, .count = 1
	};
}

void content_line(struct content *content, struct reader *r, uint32_t start,
		  uint32_t end)
{
	r->piece_count = 0;
	add_piece(r, 0, start);
	markdown_content_line(content, r->pieces, r, start, end);
}

/* A lazy line keeps its blanks; a tab that is used in part becomes blanks. */
static void add_lazy_blanks(struct reader *r, struct place *p)
{
	const char *s = r->source.ptr;

	if (p->at < p->end && s[p->at] == '\t' && p->column % TAB) {
		for (unsigned i = p->column % TAB; i < TAB; i++) {
			add_piece(r, r->scratch.len, p->at);
			strbuf_addch(&r->scratch, ' ');
		}
		p->at++;
	}
}

/* The lines `first` to `last`; the first starts at `start`. */
static void lines_content(struct content *content, struct reader *r,
			  uint32_t start, int first, int last)
{
	const char *s = r->source.ptr;
	struct place p;

	strbuf_truncate(&r->scratch, 0);
	r->piece_count = 0;
	add_piece(r, 0, start);
	strbuf_add(&r->scratch, s + start, r->lines[first - 1].end - start);
	for (int line = first + 1; line <= last; line++) {
		add_piece(r, r->scratch.len, r->lines[line - 2].end);
		strbuf_addch(&r->scratch, '\n');
		if (place_match(&p, r, line)) {
			while (p.at < p.end && is_blank(s[p.at]))
				p.at++;
		} else {
			add_lazy_blanks(r, &p);
		}
		add_piece(r, r->scratch.len, p.at);
		strbuf_add(&r->scratch, s + p.at, p.end - p.at);
	}
	*content = (struct content){
		.buf = r->scratch.buf, .len = r->scratch.len,
		.pieces = r->pieces, .count = r->piece_count
	};
}

/* True when the lines stand in the source just as the content has them. */
static bool in_one_piece(const struct reader *r, int first, int last)
{
	if (first == last)
		return true;
	if (r->depth)
		return false;
	for (int line = first + 1; line <= last; line++) {
		const struct line *l = &r->lines[line - 1];

		if (l->start != l[-1].end + 1 ||
		    r->source.ptr[l[-1].end] != '\n' ||
		    (l->start < l->end && is_blank(r->source.ptr[l->start])))
			return false;
	}
	return true;
}

static void leaf_content(struct content *content, struct reader *r,
			 uint32_t start, int first, int last)
{
	if (in_one_piece(r, first, last)) {
		content_line(content, r, start, r->lines[last - 1].end);
	} else {
		lines_content(content, r, start, first, last);
	}
}

void content_trim(struct content *content)
{
	while (content->len && is_space(content->buf[content->len - 1]))
		content->len--;
}

/* What cmark took off the front of a paragraph. */
static void drop_definitions(struct content *content)
{
	size_t at = 0, n, piece = 0;

	while (at < content->len && content->buf[at] == '[' &&
	       (n = markdown_reference_length(content->buf + at,
					      content->len - at)))
		at += n;
	if (!at)
		return;
	while (piece + 1 < content->count &&
	       content->pieces[piece + 1].at <= at)
		piece++;
	content->pieces += piece;
	content->count -= piece;
	content->pieces[0].source += (uint32_t)at - content->pieces[0].at;
	content->pieces[0].at = (uint32_t)at;
	for (size_t i = 0; i < content->count; i++)
		content->pieces[i].at -= (uint32_t)at;
	content->buf += at;
	content->len -= at;
}

uint32_t content_source(struct content *content, size_t at)
{
	const struct piece *p = content->pieces;
	size_t i = content->hint;

	while (i + 1 < content->count && p[i + 1].at <= at)
		i++;
	while (i && p[i].at > at)
		i--;
	content->hint = i;
	return p[i].source + (uint32_t)(at - p[i].at);
}

/* The end of what comes before `at`. */
uint32_t content_end(struct content *content, size_t at)
{
	return at ? content_source(content, at - 1) + 1
		  : content_source(content, 0);
}

/* The words of a paragraph; false when it was all definitions. */
bool content_words(struct content *content, struct reader *r,
			  uint32_t start, int first, int last)
{
	bool words;

	leaf_content(content, r, start, first, last);
	if (content->len && content->buf[0] == '[')
		drop_definitions(content);
	words = !slice_is_blank((struct slice){ content->buf, content->len });
	content_trim(content);
	return words;
}
