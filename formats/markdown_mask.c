/* SPDX-License-Identifier: MIT */
/*
 * The text for cmark. Fences of divisions and footnotes become "***", which
 * ends whatever is open before it, and the rest of them blanks, as front
 * matter does; the bytes keep their places. Footnotes without their indent
 * follow after the chunk, so that all of a chunk's definitions are known to
 * all of it.
 */
#include <string.h>

#include "alloc.h"
#include "block_scan.h"
#include "markdown_reader.h"

#define DIV_DEPTH 32
#define FENCE_MAX 255	/* the longest fence that cmark tells from others */

static bool is_worth_scanning(const struct reader *r)
{
	struct slice s = r->source;

	if (r->features & HAS_COLONS)
		return true;
	if (r->features & HAS_BRACKET && r->features & HAS_EXTENSION &&
	    slice_find_slice(s, SLICE("[^")) < s.len)
		return true;
	if (slice_starts_with(s, SLICE("\xEF\xBB\xBF")))
		s = slice_sub(s, 3, s.len);
	return s.len && (s.ptr[0] == '-' || s.ptr[0] == '%');
}

/* What blank lines are made of. */
static bool is_white(char c)
{
	return is_blank(c) || c == '\n' || c == '\r';
}

static void blank_out(struct reader *r, size_t start, size_t end)
{
	for (size_t i = start; i < end; i++)
		if (r->chunk.buf[i] != '\n' && r->chunk.buf[i] != '\r')
			r->chunk.buf[i] = ' ';
}

/* Index of the line that has byte `at`. */
static size_t line_of(const struct reader *r, size_t at)
{
	size_t low = 0, high = r->chunk_lines;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (r->lines[middle].start <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static struct mark *add_mark(struct reader *r, int kind, size_t at)
{
	const char *s = r->source.ptr;
	const struct line *line = &r->lines[line_of(r, at)];
	struct mark *mark;
	uint32_t end = line->end;

	if (at < line->start)
		at = line->start; /* behind a BOM */
	while (at < line->end && is_blank(s[at]))
		at++;
	while (end > at && is_blank(s[end - 1]))
		end--;
	GROW(r->marks, r->mark_count, r->mark_capacity);
	mark = &r->marks[r->mark_count++];
	memset(mark, 0, sizeof(*mark));
	mark->kind = kind;
	mark->at = (uint32_t)at;
	mark->end = end;
	return mark;
}

static void mask_line(struct reader *r, const struct mark *mark)
{
	blank_out(r, mark->at, mark->end);
	memcpy(r->chunk.buf + mark->at, "***", 3);
}

static void mark_footnote(struct reader *r, const struct block *block)
{
	struct mark *mark = add_mark(r, MARK_FOOTNOTE, block->span.start);
	struct slice label = block->label;
	struct span span = block->span;

	if (label.len && label.ptr[0] == '^')
		label = slice_sub(label, 1, label.len);
	mark->label = label;
	while (span.end > mark->end && is_white(r->source.ptr[span.end - 1]))
		span.end--;
	blank_out(r, mark->at, span.end);
	mask_line(r, mark);
	mark->end = (uint32_t)span.end;
	definitions_add(&r->own, true, label, (struct slice){ NULL, 0 }, 0,
			span);
}

/* The lines between the fences of a division. */
static struct span mark_div(struct reader *r, const struct block *block)
{
	size_t first = line_of(r, block->span.start), last;
	size_t end = block->span.end, opener = r->mark_count;
	struct span inner;

	mask_line(r, add_mark(r, MARK_DIV, block->span.start));
	while (end > block->span.start && is_white(r->source.ptr[end - 1]))
		end--;
	last = line_of(r, end - 1);
	inner.start = first + 1 < r->chunk_lines ? r->lines[first + 1].start
						 : r->source.len;
	inner.end = block->unclosed || last <= first ? block->span.end
						     : r->lines[last].start;
	if (inner.end < inner.start)
		inner.end = inner.start;
	r->marks[opener].opener = block->unclosed || last <= first ? 0 : last;
	return inner;
}

/* An HTML block goes on over "***"; it ends with a blank line. */
static void close_div(struct reader *r, size_t opener, bool after_html)
{
	size_t last = r->marks[opener].opener;

	if (last) {
		struct mark *mark = add_mark(r, MARK_DIV_END,
					     r->lines[last].start);

		mark->opener = opener;
		if (after_html)
			blank_out(r, mark->at, mark->end);
		else
			mask_line(r, mark);
	}
}

struct level {
	struct block_scanner scanner;
	size_t base, opener;
	bool after_html;
};

static void start_level(struct reader *r, struct level *level,
			struct span span, size_t opener)
{
	block_scanner_init(&level->scanner,
			   slice_sub(r->source, span.start, span.end));
	level->scanner.started = span.start > 0;
	level->base = span.start;
	level->opener = opener;
	level->after_html = false;
}

static void find_marks(struct reader *r)
{
	struct level levels[DIV_DEPTH + 1];
	struct block block;
	int depth = 0;

	start_level(r, &levels[0], (struct span){ 0, r->source.len }, 0);
	while (depth >= 0) {
		struct level *level = &levels[depth];

		if (!block_scanner_next(&level->scanner, &block)) {
			if (depth)
				close_div(r, level->opener, level->after_html);
			depth--;
			continue;
		}
		level->after_html = block.type == BLOCK_HTML;
		block.span.start += level->base;
		block.span.end += level->base;
		if (block.type == BLOCK_METADATA && !depth) {
			blank_out(r, block.span.start, block.span.end);
		} else if (block.type == BLOCK_FOOTNOTE) {
			mark_footnote(r, &block);
		} else if (block.type == BLOCK_DIV && depth < DIV_DEPTH) {
			size_t opener = r->mark_count;
			struct span inner = mark_div(r, &block);

			start_level(r, &levels[++depth], inner, opener);
		}
	}
}

static void after_line(struct reader *r, struct slice text, size_t source)
{
	strbuf_add_slice(&r->after, text);
	strbuf_addch(&r->after, '\n');
	markdown_add_line(r, source, source + text.len);
}

/* A line that has no source. */
static void after_words(struct reader *r, const char *words)
{
	strbuf_adds(&r->after, words);
	strbuf_addch(&r->after, '\n');
	markdown_add_line(r, r->source.len, r->source.len);
}

static void after_fence(struct reader *r, char c)
{
	char line[FENCE_MAX + 3] = "  ";

	memset(line + 2, c, FENCE_MAX);
	after_words(r, "- x");
	after_words(r, line);
}

/*
 * Ends whatever is open, unclosed fences and HTML too. A line that could end
 * an unclosed fence would else open one; so it stands in an item, which ends
 * with the next line.
 */
static void after_end(struct reader *r)
{
	after_words(r, " ");
	after_words(r, "</script>-->?>]]>");
	after_words(r, "");
	after_fence(r, '`');
	after_fence(r, '~');
	after_words(r, "");
	after_words(r, "***");
	after_words(r, "");
}

void markdown_start_after(struct reader *r)
{
	char last = r->source.len ? r->source.ptr[r->source.len - 1] : '\n';

	if (r->after.len)
		return;
	if (last != '\n' && last != '\r')
		strbuf_addch(&r->after, '\n');
	after_end(r);
}

/* Up to 4 columns of indent; a tab always leads to the 4th. */
static uint32_t without_indent(const struct reader *r, const struct line *line)
{
	uint32_t i = line->start;

	for (int column = 0; column < 4 && i < line->end; column++) {
		if (r->source.ptr[i] == '\t')
			return i + 1;
		if (r->source.ptr[i] != ' ')
			break;
		i++;
	}
	return i;
}

static bool may_stay_open(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '`' || s.ptr[i] == '~' || s.ptr[i] == '<')
			return true;
	return false;
}

static void append_footnote(struct reader *r, struct mark *mark)
{
	const char *s = r->source.ptr;
	size_t first = line_of(r, mark->at), last = line_of(r, mark->end - 1);
	struct slice all = slice_sub(r->source, mark->at, mark->end);
	uint32_t start = (uint32_t)(mark->label.ptr - s) +
			 (uint32_t)mark->label.len + 2;

	mark->first_line = r->line_count + 1;
	for (size_t i = first; i <= last; i++) {
		struct line line = r->lines[i];

		if (i > first)
			start = without_indent(r, &line);
		else
			while (start < line.end && is_blank(s[start]))
				start++;
		if (line.end > mark->end)
			line.end = mark->end;
		if (start > line.end)
			start = line.end;
		after_line(r, (struct slice){ s + start, line.end - start },
			   start);
	}
	mark->last_line = r->line_count;
	if (may_stay_open(all)) {
		after_end(r);
	} else {
		after_words(r, "");
		after_words(r, "***");
		after_words(r, "");
	}
}

void markdown_mask(struct reader *r)
{
	r->parts[0] = r->source;
	strbuf_truncate(&r->after, 0);
	strbuf_truncate(&r->chunk, 0);
	if (!is_worth_scanning(r) || !r->chunk_lines)
		return;
	strbuf_add_slice(&r->chunk, r->source);
	r->parts[0] = strbuf_slice(&r->chunk);
	find_marks(r);
	for (size_t i = 0; i < r->mark_count; i++) {
		if (r->marks[i].kind == MARK_FOOTNOTE) {
			markdown_start_after(r);
			append_footnote(r, &r->marks[i]);
		}
	}
}
