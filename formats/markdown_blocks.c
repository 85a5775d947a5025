/* SPDX-License-Identifier: MIT */
/*
 * cmark's blocks as nodes. For each paragraph and heading the lines are found
 * as cmark's inline parser saw them, by going through the same prefixes of
 * quotes and items again (CommonMark 0.30, 5 and appendix).
 */
#include <string.h>

#include "alloc.h"
#include "markdown_reader.h"

#define TAB 4

/* A place in a line: cmark's offset and column. A tab may be used in part. */
struct place {
	uint32_t at, end;
	unsigned column;
	uint32_t first;		/* the first byte that is no blank, unless it */
	unsigned first_column;	/* is before `at`: then not known yet */
};

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
static unsigned indent(uint32_t *first, struct place *p, const char *s)
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
	unsigned n = indent(&first, p, s);

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
static bool match_prefix(struct place *p, const struct reader *r, int line,
			 size_t depth)
{
	*p = line_start(r, line);
	for (size_t i = 0; i < depth; i++)
		if (!match_container(p, r->source.ptr, &r->stack[i]))
			return false;
	return true;
}

/* Where a container's marker stands on the line that opens it. */
static struct place before_marker(const struct reader *r, int line)
{
	struct place p;

	if (r->depth && r->stack[r->depth - 1].line == line) {
		const struct container *c = &r->stack[r->depth - 1];

		return (struct place){ c->at, r->lines[line - 1].end,
				       c->column, 0, 0 };
	}
	match_prefix(&p, r, line, r->depth);
	return p;
}

static unsigned marker_length(const char *s, const struct place *p)
{
	uint32_t i = p->at;

	while (i < p->end && s[i] >= '0' && s[i] <= '9')
		i++;
	return i < p->end ? i - p->at + 1 : 1;
}

/* The columns that the lines of an item are indented by. */
static unsigned open_item(struct place *p, const char *s, unsigned offset)
{
	unsigned marker = marker_length(s, p), blanks = 0;
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

static void open_container(struct reader *r, cmark_node *n, bool item)
{
	int line = cmark_node_get_start_line(n);
	struct place p = before_marker(r, line);
	const char *s = r->source.ptr;
	struct container c = { .item = item, .line = line };
	uint32_t first;
	unsigned offset = indent(&first, &p, s);

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
		if (match_prefix(&p, r, line, r->depth)) {
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
		r->piece_count = 0;
		add_piece(r, 0, start);
		markdown_content_line(content, r->pieces, r, start,
				      r->lines[last - 1].end);
	} else {
		lines_content(content, r, start, first, last);
	}
}

static void trim_content(struct content *content)
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
	while (piece + 1 < content->count && content->pieces[piece + 1].at <= at)
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
static uint32_t content_end(struct content *content, size_t at)
{
	return at ? content_source(content, at - 1) + 1
		  : content_source(content, 0);
}

static uint32_t trimmed_end(const struct reader *r, int line, uint32_t start)
{
	uint32_t end = r->lines[line - 1].end;

	while (end > start && is_space(r->source.ptr[end - 1]))
		end--;
	return end;
}

/* Length of "## " when an ATX heading starts at `at`, else 0. */
static uint32_t atx_marker(const struct reader *r, uint32_t at, uint32_t end)
{
	const char *s = r->source.ptr;
	uint32_t i = at;

	while (i < end && s[i] == '#' && i - at < 7)
		i++;
	if (i == at || i - at > 6 || (i < end && !is_blank(s[i])))
		return 0;
	while (i < end && is_blank(s[i]))
		i++;
	return i - at;
}

/* The words between the marks of "## words ##". */
static void atx_content(struct content *content, struct reader *r,
			uint32_t at, uint32_t marker, int line)
{
	const char *s = r->source.ptr;
	uint32_t end = trimmed_end(r, line, at), i = end;

	while (i > at && s[i - 1] == '#')
		i--;
	if (i < end && i > at && is_blank(s[i - 1]))
		for (end = i; end > at && is_space(s[end - 1]);)
			end--;
	if (end < at + marker)
		end = at + marker;
	r->piece_count = 0;
	add_piece(r, 0, at + marker);
	markdown_content_line(content, r->pieces, r, at + marker, end);
	trim_content(content);
}

static uint32_t node_start(const struct reader *r, cmark_node *n)
{
	int line = cmark_node_get_start_line(n);
	int column = cmark_node_get_start_column(n);
	const struct line *l = &r->lines[line - 1];
	uint32_t at = l->start + (uint32_t)(column > 0 ? column - 1 : 0);

	return at < l->end ? at : l->end;
}

static int last_line(const struct reader *r, cmark_node *n)
{
	int line = cmark_node_get_end_line(n);
	int start = cmark_node_get_start_line(n);

	if (line > r->region_end)
		line = r->region_end;
	return line < start ? start : line;
}

static bool is_lone_mark(const struct content *c)
{
	return c->len == 3 && !memcmp(c->buf, "\xE2\x81\x82", 3);
}

static bool lone_image(const struct node *paragraph)
{
	return paragraph->first && paragraph->first == paragraph->last &&
	       paragraph->first->type == NODE_IMAGE;
}

/* ![alt](url "caption") alone: the title is the caption, for all to see; the
 * image has it, too. */
static void make_figure(struct reader *r, struct node *figure)
{
	struct node *image = figure->first, *caption, *text;
	struct slice title = image->link.title;

	figure->type = NODE_FIGURE;
	if (slice_is_blank(title))
		return;
	caption = node_new(r->doc, NODE_CAPTION, image->start, image->end);
	text = node_new(r->doc, NODE_TEXT, image->start, image->end);
	text->text = title;
	if (title.ptr >= r->source.ptr &&
	    title.ptr < r->source.ptr + r->source.len) {
		caption->start = text->start =
			(uint32_t)(title.ptr - r->source.ptr);
		caption->end = text->end = text->start + (uint32_t)title.len;
	} else {
		caption->start = caption->end = image->end;
		text->start = text->end = image->end;
		text->flags |= NODE_LITERAL;
	}
	node_append(caption, text);
	node_append(figure, caption);
}

/* The words of a paragraph; false when it was all definitions. */
static bool words_content(struct content *content, struct reader *r,
			  uint32_t start, int first, int last)
{
	bool words;

	leaf_content(content, r, start, first, last);
	if (content->len && content->buf[0] == '[')
		drop_definitions(content);
	words = !slice_is_blank((struct slice){ content->buf, content->len });
	trim_content(content);
	return words;
}

static void read_paragraph(struct reader *r, struct node *parent,
			   cmark_node *n)
{
	int first = cmark_node_get_start_line(n);
	struct content content;
	struct node *node;

	words_content(&content, r, node_start(r, n), first, last_line(r, n));
	if (r->features & HAS_BAR && markdown_table(r, parent, &content))
		return;
	node = node_new(r->doc, NODE_PARAGRAPH, content_source(&content, 0),
			content_end(&content, content.len));
	if (parent->last && parent->last->type == NODE_TABLE &&
	    markdown_table_caption(r, parent->last, &content, node->end))
		return;
	node_append(parent, node);
	if (is_lone_mark(&content)) {
		node->type = NODE_SCENE_BREAK;
		return;
	}
	markdown_inlines(r, node, n, 0, &content);
	if (lone_image(node))
		make_figure(r, node);
	else if (content.len && content.buf[0] == '|' &&
		 markdown_line_block(r, node, &content))
		return;
	else if (parent->type == NODE_DIV && node_has_class(parent, "verse"))
		markdown_verse(r, node);
}

/* True when `line`, in all of its containers, is "===" or "---". */
static bool is_underline(const struct reader *r, int line)
{
	const char *s = r->source.ptr;
	struct place p;
	uint32_t i;
	char c;

	if (!match_prefix(&p, r, line, r->depth) || indent(&i, &p, s) > 3 ||
	    i >= p.end || (s[i] != '=' && s[i] != '-'))
		return false;
	for (c = s[i]; i < p.end && s[i] == c;)
		i++;
	while (i < p.end && is_blank(s[i]))
		i++;
	return i == p.end;
}

/*
 * The words above an underline. cmark says that the heading ends with the
 * underline or, as often, with the line after it. Returns the underline.
 */
static int setext_content(struct content *content, struct reader *r,
			  uint32_t start, int first, int last)
{
	if (last - 1 > first && is_underline(r, last - 1) &&
	    words_content(content, r, start, first, last - 2))
		return last - 1;
	words_content(content, r, start, first, last > first ? last - 1 : last);
	return last;
}

static void read_heading(struct reader *r, struct node *parent, cmark_node *n)
{
	int first = cmark_node_get_start_line(n), last = last_line(r, n);
	uint32_t start = node_start(r, n), marker;
	struct content content;
	struct node *node;

	marker = atx_marker(r, start, r->lines[first - 1].end);
	if (marker) {
		last = first;
		atx_content(&content, r, start, marker, first);
	} else {
		last = setext_content(&content, r, start, first, last);
		start = content_source(&content, 0);
	}
	node = node_new(r->doc, NODE_HEADING, start,
			trimmed_end(r, last, r->lines[last - 1].start));
	if (node->end < node->start)
		node->end = node->start;
	node->level = cmark_node_get_heading_level(n);
	node_append(parent, node);
	if (node->level == 1 && !content.len && marker &&
	    node->end == start + 1) {
		node->type = NODE_SCENE_BREAK;
		return;
	}
	markdown_inlines(r, node, n, 0, &content);
	markdown_heading_attributes(r, node);
}

static int count_lines(const char *s, size_t len)
{
	int n = 0;

	for (const char *p = s; (p = memchr(p, '\n', len - (size_t)(p - s)));
	     p++)
		n++;
	return n;
}

/* Cut what cmark was given after the chunk from a block that never ended. */
static size_t keep_lines(const char *s, size_t len, int keep)
{
	const char *p = s;

	for (; keep > 0; keep--) {
		p = memchr(p, '\n', len - (size_t)(p - s));
		if (!p)
			return len;
		p++;
	}
	return (size_t)(p - s);
}

/* True when `line` closes the fence that stands at `fence`. */
static bool closes_fence(const struct reader *r, int line, uint32_t fence)
{
	struct place p;
	uint32_t first;

	return match_prefix(&p, r, line, r->depth) &&
	       indent(&first, &p, r->source.ptr) <= 3 && first < p.end &&
	       r->source.ptr[first] == r->source.ptr[fence];
}

/* The text of a code or HTML block: the source itself where it is the same. */
static struct slice block_text(struct reader *r, const char *s, size_t len,
			       int first, int last)
{
	if (r->clean && first <= last) {
		uint32_t start = r->lines[first - 1].start;
		uint32_t end = r->lines[last - 1].end;

		if (end - start + 1 == len && end < r->source.len &&
		    !memcmp(r->source.ptr + start, s, len))
			return slice_sub(r->given, start, end + 1);
	}
	return markdown_clean(r, s, len);
}

static bool is_indented(const struct reader *r, int line)
{
	struct place p = before_marker(r, line);
	uint32_t first;

	return indent(&first, &p, r->source.ptr) > 3;
}

static void read_literal(struct reader *r, struct node *parent, cmark_node *n)
{
	bool html = cmark_node_get_type(n) == CMARK_NODE_HTML_BLOCK;
	const char *s = cmark_node_get_literal(n);
	const char *info = html ? NULL : cmark_node_get_fence_info(n);
	int first = cmark_node_get_start_line(n), last, limit;
	uint32_t start = node_start(r, n);
	bool fenced = info && !is_indented(r, first);
	struct node *node;
	size_t len = s ? strlen(s) : 0;

	limit = r->region_end;
	len = keep_lines(s ? s : "", len, limit - first + !fenced);
	last = first + count_lines(s ? s : "", len) - !fenced;
	node = node_new(r->doc, html ? NODE_HTML_BLOCK : NODE_CODE_BLOCK,
			start, start);
	node->text = block_text(r, s, len, fenced ? first + 1 : first, last);
	if (fenced) {
		node->info = markdown_clean(r, info, strlen(info));
		if (last < limit && last + 1 <= cmark_node_get_end_line(n) &&
		    closes_fence(r, last + 1, start))
			last++;
	}
	if (r->lines[last - 1].end > start)
		node->end = html || !fenced
			? r->lines[last - 1].end
			: trimmed_end(r, last, r->lines[last - 1].start);
	if (node->end < start)
		node->end = start;
	node_append(parent, node);
}

static struct node *new_container(struct reader *r, struct node *parent,
				  cmark_node *n, enum node_type type)
{
	uint32_t start = node_start(r, n);
	struct node *node = node_new(r->doc, type, start, start);

	node_append(parent, node);
	if (type != NODE_LIST) {
		/* an empty one has its marker at least */
		const char *s = r->source.ptr;
		struct place p = { start, r->lines[
			cmark_node_get_start_line(n) - 1].end, 0, 0, 0 };

		node->end = start + (type == NODE_ITEM ? marker_length(s, &p)
						       : 1);
		return node;
	}
	if (cmark_node_get_list_tight(n))
		node->flags |= NODE_TIGHT;
	if (cmark_node_get_list_type(n) == CMARK_ORDERED_LIST) {
		node->flags |= NODE_ORDERED;
		node->start_number = cmark_node_get_list_start(n);
	}
	return node;
}

/* A container ends where what it holds ends. */
static void close_container(struct node *node)
{
	if (node->last && node->last->end > node->end)
		node->end = node->last->end;
}

static void read_leaf(struct reader *r, struct node *parent, cmark_node *n)
{
	struct node *node;

	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_PARAGRAPH:
		read_paragraph(r, parent, n);
		break;
	case CMARK_NODE_HEADING:
		read_heading(r, parent, n);
		break;
	case CMARK_NODE_CODE_BLOCK:
	case CMARK_NODE_HTML_BLOCK:
		read_literal(r, parent, n);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		node = node_new(r->doc, NODE_SCENE_BREAK, node_start(r, n),
				trimmed_end(r, cmark_node_get_start_line(n),
					    node_start(r, n)));
		node_append(parent, node);
		break;
	default:
		break;
	}
}

/* One block of cmark's document with all that it holds, as last child of
 * `parent`. Too deep containers give what they hold to their parent. */
static void read_block(struct reader *r, struct node *parent, cmark_node *top)
{
	struct node *at = parent;
	cmark_node *n = top;
	size_t depth = 0;

	for (;;) {
		cmark_node_type type = cmark_node_get_type(n);
		bool quote = type == CMARK_NODE_BLOCK_QUOTE;
		bool item = type == CMARK_NODE_ITEM;

		if (quote || item || type == CMARK_NODE_LIST) {
			/* a list and its items are kept or left together */
			if (depth < BLOCK_DEPTH ||
			    (item && depth == BLOCK_DEPTH &&
			     at->type == NODE_LIST))
				at = new_container(r, at, n,
						   quote ? NODE_BLOCK_QUOTE :
						   item ? NODE_ITEM :
						   NODE_LIST);
			depth++;
			if (quote || item)
				open_container(r, n, item);
			if (cmark_node_first_child(n)) {
				n = cmark_node_first_child(n);
				continue;
			}
		} else {
			read_leaf(r, at, n);
		}
		for (;; n = cmark_node_parent(n)) {
			type = cmark_node_get_type(n);
			if (type == CMARK_NODE_BLOCK_QUOTE ||
			    type == CMARK_NODE_ITEM ||
			    type == CMARK_NODE_LIST) {
				if (type != CMARK_NODE_LIST)
					r->depth--;
				depth--;
				if (depth < BLOCK_DEPTH ||
				    (depth == BLOCK_DEPTH &&
				     at->type == NODE_ITEM &&
				     type == CMARK_NODE_ITEM)) {
					close_container(at);
					at = at->parent;
				}
			}
			if (n == top)
				return;
			if (cmark_node_next(n)) {
				n = cmark_node_next(n);
				break;
			}
		}
	}
}

static void read_fence(struct reader *r, struct node *div)
{
	struct slice s = slice_sub(r->source, div->start, div->end);

	while (s.len && s.ptr[0] == ':')
		s = slice_sub(s, 1, s.len);
	if (!r->clean)
		s = markdown_clean(r, s.ptr, s.len);
	markdown_div_attributes(&div->attributes, r->doc, s);
}

/* The divisions that are open at a place are the nodes from root down to
 * `at`; marks that cmark saw as something else are none. */
static struct node *pass_mark(struct reader *r, struct node *at, bool seen)
{
	struct mark *mark = &r->marks[r->mark_next++];
	struct node *div;

	if (mark->kind == MARK_DIV && seen) {
		mark->node = node_new(r->doc, NODE_DIV, mark->at, mark->end);
		read_fence(r, mark->node);
		node_append(at, mark->node);
		return mark->node;
	}
	if (mark->kind != MARK_DIV_END)
		return at;
	div = r->marks[mark->opener].node;
	if (!div)
		return at;
	div->end = mark->end;
	return div->parent;
}

static void close_divs(struct node *at)
{
	for (; at->parent; at = at->parent)
		close_container(at);
}

static cmark_node *read_chunk(struct reader *r, cmark_node *n)
{
	struct node *at = r->doc->root;

	r->region_end = (int)r->chunk_lines;
	for (; n; n = cmark_node_next(n)) {
		int line = cmark_node_get_start_line(n);
		bool is_mark = false;

		if (line > r->region_end)
			break;
		while (r->mark_next < r->mark_count &&
		       r->marks[r->mark_next].at <= node_start(r, n) &&
		       !is_mark) {
			is_mark = r->marks[r->mark_next].at ==
					node_start(r, n) &&
				  cmark_node_get_type(n) ==
					CMARK_NODE_THEMATIC_BREAK;
			at = pass_mark(r, at, is_mark);
		}
		if (!is_mark)
			read_block(r, at, n);
	}
	while (r->mark_next < r->mark_count)
		at = pass_mark(r, at, false);
	close_divs(at);
	return n;
}

/* Footnotes follow the chunk in their order. */
static void read_footnotes(struct reader *r, cmark_node *n)
{
	for (size_t i = 0; i < r->mark_count; i++) {
		struct mark *mark = &r->marks[i];

		if (mark->kind != MARK_FOOTNOTE)
			continue;
		mark->node = node_new(r->doc, NODE_FOOTNOTE, mark->at,
				      mark->end);
		mark->node->text = r->clean ? mark->label :
			markdown_clean(r, mark->label.ptr, mark->label.len);
		node_append(r->doc->footnotes, mark->node);
		r->region_end = (int)mark->last_line;
		for (; n; n = cmark_node_next(n)) {
			size_t line = (size_t)cmark_node_get_start_line(n);

			if (line > mark->last_line)
				break;
			if (line >= mark->first_line)
				read_block(r, mark->node, n);
		}
	}
}

void markdown_blocks(struct reader *r, cmark_node *root)
{
	read_footnotes(r, read_chunk(r, cmark_node_first_child(root)));
	markdown_read_later(r);
}
