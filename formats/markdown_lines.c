/* SPDX-License-Identifier: MIT */
#include "alloc.h"
#include "markdown_lines.h"

static void advance(struct place *p, const char *s, unsigned columns)
{
	while (columns && p->at < p->end) {
		unsigned step = 1;

		if (s[p->at] == '\t') {
			unsigned width = TAB - p->column % TAB;

			step = columns < width ? columns : width;
			p->at += columns >= width;
		} else {
			p->at++;
		}
		p->column += step;
		columns -= step;
	}
}

/* The first byte that is no blank, and how many columns come before it. Long
 * indents of many containers are looked at once. */
unsigned place_indent(uint32_t *first, struct place *p, const char *s)
{
	if (p->first <= p->at) {
		p->first = p->at;
		p->first_column = p->column;
		for (; p->first < p->end && is_blank(s[p->first]); p->first++)
			p->first_column += s[p->first] == '\t'
				? TAB - p->first_column % TAB : 1;
	}
	*first = p->first;
	return p->first_column - p->column;
}

static struct place line_start(const struct reader *r, int line)
{
	const struct line *l = &r->lines[line - 1];

	return (struct place){ l->start, l->end, 0, 0, 0 };
}

static bool match_container(struct place *p, const char *s,
			    const struct container *c)
{
	uint32_t first;
	unsigned n = place_indent(&first, p, s);

	if (c->item) {
		if (n < c->width)
			return false;
		advance(p, s, c->width);
		return true;
	}
	if (n > 3 || first >= p->end || s[first] != '>')
		return false;
	advance(p, s, n + 1);
	if (p->at < p->end && is_blank(s[p->at]))
		advance(p, s, 1);
	return true;
}

/* Go past what belongs to the open containers; false when some of it is not
 * there and the line is a lazy continuation. */
bool place_match(struct place *p, const struct reader *r, int line)
{
	*p = line_start(r, line);
	for (size_t i = 0; i < r->depth; i++)
		if (!match_container(p, r->source.ptr, &r->stack[i]))
			return false;
	return true;
}

/* Where a container's marker stands on the line that opens it. */
struct place place_of_marker(const struct reader *r, int line)
{
	struct place p;

	if (r->depth && r->stack[r->depth - 1].line == line) {
		const struct container *c = &r->stack[r->depth - 1];

		return (struct place){ c->at, r->lines[line - 1].end,
				       c->column, 0, 0 };
	}
	place_match(&p, r, line);
	return p;
}

unsigned item_marker_length(const char *s, const struct place *p)
{
	uint32_t i = p->at;

	while (i < p->end && s[i] >= '0' && s[i] <= '9')
		i++;
	return i < p->end ? i - p->at + 1 : 1;
}

/* The columns that the lines of an item are indented by. */
static unsigned open_item(struct place *p, const char *s, unsigned offset)
{
	unsigned marker = item_marker_length(s, p), blanks = 0;
	struct place after;

	advance(p, s, marker);
	after = *p;
	while (after.column - p->column <= 5 && after.at < after.end &&
	       is_blank(s[after.at]))
		advance(&after, s, 1);
	blanks = after.column - p->column;
	if (blanks >= 5 || blanks < 1 || after.at >= after.end) {
		if (blanks)
			advance(p, s, 1);
		return offset + marker + 1;
	}
	*p = after;
	return offset + marker + blanks;
}

void container_open(struct reader *r, cmark_node *n, bool item)
{
	int line = cmark_node_get_start_line(n);
	struct place p = place_of_marker(r, line);
	const char *s = r->source.ptr;
	struct container c = { .item = item, .line = line };
	uint32_t first;
	unsigned offset = place_indent(&first, &p, s);

	advance(&p, s, offset);
	if (item) {
		c.width = open_item(&p, s, offset);
	} else {
		advance(&p, s, 1);
		if (p.at < p.end && is_blank(s[p.at]))
			advance(&p, s, 1);
	}
	c.at = p.at;
	c.column = p.column;
	GROW(r->stack, r->depth, r->stack_capacity);
	r->stack[r->depth++] = c;
}

uint32_t line_words_end(const struct reader *r, int line, uint32_t start)
{
	uint32_t end = r->lines[line - 1].end;

	while (end > start && is_space(r->source.ptr[end - 1]))
		end--;
	return end;
}

uint32_t block_start(const struct reader *r, cmark_node *n)
{
	int line = cmark_node_get_start_line(n);
	int column = cmark_node_get_start_column(n);
	const struct line *l = &r->lines[line - 1];
	uint32_t at = l->start + (uint32_t)(column > 0 ? column - 1 : 0);

	return at < l->end ? at : l->end;
}

int block_last_line(const struct reader *r, cmark_node *n)
{
	int line = cmark_node_get_end_line(n);
	int start = cmark_node_get_start_line(n);

	if (line > r->region_end)
		line = r->region_end;
	return line < start ? start : line;
}
