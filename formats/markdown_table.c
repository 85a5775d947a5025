/* SPDX-License-Identifier: MIT */
/*
 * Pipe tables: lines of a paragraph, as GitHub reads them (GitHub Flavored
 * Markdown 0.29, 4.10). The line above the delimiter row is the header; what
 * comes before it stays a paragraph.
 */
#include <string.h>

#include "alloc.h"
#include "markdown_reader.h"

struct table {
	struct reader *r;
	struct content *content;
	struct node *node;
	const char *s;
	enum alignment *alignments;
	size_t columns;
	size_t padding;		/* empty cells that may yet be added */
};

static size_t line_end(const struct content *c, size_t at)
{
	const char *lf = memchr(c->buf + at, '\n', c->len - at);

	return lf ? (size_t)(lf - c->buf) : c->len;
}

static size_t skip_blanks(const char *s, size_t at, size_t end)
{
	while (at < end && is_space(s[at]))
		at++;
	return at;
}

/* The next cell from `at` on: its words, and where the one after starts. */
static bool next_cell(struct span *cell, size_t *at, const char *s, size_t end)
{
	size_t i = *at;

	if (skip_blanks(s, i, end) >= end)
		return false;
	cell->start = skip_blanks(s, i, end);
	for (i = cell->start; i < end && s[i] != '|'; i++)
		if (s[i] == '\\' && i + 1 < end)
			i++;
	if (i > end)
		i = end;
	cell->end = i;
	while (cell->end > cell->start && is_space(s[cell->end - 1]))
		cell->end--;
	*at = i < end ? i + 1 : end;
	return true;
}

static size_t row_start(const char *s, size_t at, size_t end)
{
	at = skip_blanks(s, at, end);
	return at < end && s[at] == '|' ? at + 1 : at;
}

static size_t count_cells(const char *s, size_t at, size_t end)
{
	struct span cell;
	size_t n = 0;

	at = row_start(s, at, end);
	while (next_cell(&cell, &at, s, end))
		n++;
	return n;
}

/* ":--", "--:", ":-:", "-" */
static bool cell_alignment(enum alignment *alignment, const char *s,
			   struct span cell)
{
	bool left, right;
	size_t i;

	if (cell.start == cell.end)
		return false;
	left = s[cell.start] == ':';
	right = cell.end - cell.start > 1 && s[cell.end - 1] == ':';
	for (i = cell.start + left; i < cell.end - right; i++)
		if (s[i] != '-')
			return false;
	*alignment = left && right ? ALIGN_CENTER : left ? ALIGN_LEFT :
		     right ? ALIGN_RIGHT : ALIGN_NONE;
	return cell.end - cell.start > (size_t)left + right;
}

/* The columns of a delimiter row; 0 when the line is none. */
static size_t delimiter_row(const char *s, size_t at, size_t end)
{
	enum alignment alignment;
	struct span cell;
	size_t columns = 0;
	size_t i;

	for (i = at; i < end; i++)
		if (s[i] != '-' && s[i] != ':' && s[i] != '|' &&
		    !is_space(s[i]))
			return 0;
	if (!memchr(s + at, '|', end - at))
		return 0;
	at = row_start(s, at, end);
	while (next_cell(&cell, &at, s, end)) {
		if (!cell_alignment(&alignment, s, cell))
			return 0;
		columns++;
	}
	return columns;
}

static void read_alignments(struct table *t, size_t at, size_t end)
{
	struct span cell;

	t->alignments = arena_alloc(&t->r->doc->arena,
				    t->columns * sizeof(*t->alignments));
	at = row_start(t->s, at, end);
	for (size_t i = 0; i < t->columns; i++) {
		next_cell(&cell, &at, t->s, end);
		cell_alignment(&t->alignments[i], t->s, cell);
	}
}

static struct node *new_node(struct table *t, enum node_type type,
			     size_t start, size_t end)
{
	uint32_t from = content_source(t->content, start);

	return node_new(t->r->doc, type, from,
			end > start ? content_source(t->content, end - 1) + 1
				    : from);
}

static void read_cell(struct table *t, struct node *row, struct span span,
		      size_t column)
{
	struct node *cell = new_node(t, NODE_TABLE_CELL, span.start, span.end);

	cell->alignment = t->alignments[column];
	cell->flags = row->flags & NODE_HEADER;
	node_append(row, cell);
	if (span.end > span.start)
		markdown_later(t->r, cell, t->content, span, true);
}

static void read_row(struct table *t, size_t at, size_t end, bool header)
{
	size_t start = skip_blanks(t->s, at, end), column = 0;
	struct node *row;
	struct span cell;

	while (end > start && is_space(t->s[end - 1]))
		end--;
	row = new_node(t, NODE_TABLE_ROW, start, end);
	row->flags = header ? NODE_HEADER : 0;
	node_append(t->node, row);
	at = row_start(t->s, at, end);
	while (column < t->columns && next_cell(&cell, &at, t->s, end))
		read_cell(t, row, cell, column++);
	/* a table of n bytes can lack n * n cells */
	for (; column < t->columns && t->padding; t->padding--)
		read_cell(t, row, (struct span){ end, end }, column++);
	t->node->end = row->end;
}

/* The caption comes first, as readers see it; in the source it is last. */
static bool has_caption(const struct node *table)
{
	return table->first && table->first->type == NODE_CAPTION;
}

static void add_caption(struct reader *r, struct node *table,
			struct content *content, struct span span)
{
	uint32_t start, end;
	struct node *node;

	/* without the colon */
	span.start = skip_blanks(content->buf, span.start + 1, span.end);
	while (span.end > span.start && is_space(content->buf[span.end - 1]))
		span.end--;
	if (span.start == span.end)
		return;
	start = content_source(content, span.start);
	end = content_source(content, span.end - 1) + 1;
	node = node_new(r->doc, NODE_CAPTION, start, end);
	node_prepend(table, node);
	markdown_later(r, node, content, span, false);
	table->end = end;
}

/* ": words", the last line of a table. */
static bool is_caption(const char *s, size_t at, size_t end)
{
	return end - at > 2 && s[at] == ':' && is_blank(s[at + 1]) &&
	       !memchr(s + at, '|', end - at);
}

static void read_rows(struct table *t, size_t at)
{
	const struct content *c = t->content;
	size_t end;

	for (; at <= c->len && c->len; at = end + 1) {
		end = line_end(c, at);
		if (end == c->len && is_caption(c->buf, at, end)) {
			add_caption(t->r, t->node, t->content,
				    (struct span){ at, end });
			return;
		}
		read_row(t, at, end, false);
		if (end >= c->len)
			return;
	}
}

static void paragraph_before(struct table *t, struct node *parent, size_t end)
{
	struct node *paragraph;
	size_t start = 0;

	while (end && is_space(t->s[end - 1]))
		end--;
	/* a lazy line behind definitions has its blanks still */
	while (start < end && is_blank(t->s[start]))
		start++;
	paragraph = new_node(t, NODE_PARAGRAPH, start, end);
	node_append(parent, paragraph);
	if (end > start)
		markdown_later(t->r, paragraph, t->content,
			       (struct span){ start, end }, false);
}

static void read_table(struct reader *r, struct node *parent,
		       struct content *content, size_t header,
		       size_t delimiter, size_t columns)
{
	size_t end = line_end(content, delimiter);
	struct table t = { .r = r, .content = content, .s = content->buf,
			   .columns = columns, .padding = content->len };

	if (header)
		paragraph_before(&t, parent, header - 1);
	t.node = new_node(&t, NODE_TABLE, header, end);
	node_append(parent, t.node);
	read_alignments(&t, delimiter, end);
	read_row(&t, header, delimiter - 1, true);
	t.node->end = new_node(&t, NODE_TABLE, delimiter, end)->end;
	if (end < content->len)
		read_rows(&t, end + 1);
}

bool markdown_table(struct reader *r, struct node *parent,
		    struct content *content)
{
	size_t header = 0, at = line_end(content, 0) + 1, end;

	for (; at < content->len; header = at, at = end + 1) {
		size_t columns;

		end = line_end(content, at);
		columns = delimiter_row(content->buf, at, end);
		if (columns && columns == count_cells(content->buf, header,
						      at - 1)) {
			read_table(r, parent, content, header, at, columns);
			return true;
		}
	}
	return false;
}

/* ": words" in a paragraph of its own after a table. */
bool markdown_table_caption(struct reader *r, struct node *table,
			    struct content *content)
{
	if (memchr(content->buf, '\n', content->len) ||
	    !is_caption(content->buf, 0, content->len) || has_caption(table))
		return false;
	add_caption(r, table, content, (struct span){ 0, content->len });
	return true;
}
