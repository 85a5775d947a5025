/* SPDX-License-Identifier: MIT */
/* Blocks that hold no blocks: paragraphs, headings, code, HTML, breaks. */
#include <string.h>

#include "markdown_content.h"
#include "markdown_lines.h"

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
	uint32_t end = line_words_end(r, line, at), i = end;

	while (i > at && s[i - 1] == '#')
		i--;
	if (i < end && i > at && is_blank(s[i - 1]))
		for (end = i; end > at && is_space(s[end - 1]);)
			end--;
	if (end < at + marker)
		end = at + marker;
	content_line(content, r, at + marker, end);
	content_trim(content);
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

static void read_paragraph(struct reader *r, struct node *parent,
			   cmark_node *n)
{
	int first = cmark_node_get_start_line(n);
	struct content content;
	struct node *node;

	content_words(&content, r, block_start(r, n), first,
		      block_last_line(r, n));
	if (r->features & HAS_BAR && markdown_table(r, parent, &content))
		return;
	node = node_new(r->doc, NODE_PARAGRAPH, content_source(&content, 0),
			content_end(&content, content.len));
	if (parent->last && parent->last->type == NODE_TABLE &&
	    markdown_table_caption(r, parent->last, &content))
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

	if (!place_match(&p, r, line) || place_indent(&i, &p, s) > 3 ||
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
	    content_words(content, r, start, first, last - 2))
		return last - 1;
	content_words(content, r, start, first, last > first ? last - 1 : last);
	return last;
}

static void read_heading(struct reader *r, struct node *parent, cmark_node *n)
{
	int first = cmark_node_get_start_line(n), last = block_last_line(r, n);
	uint32_t start = block_start(r, n), marker;
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
			line_words_end(r, last, r->lines[last - 1].start));
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

	return place_match(&p, r, line) &&
	       place_indent(&first, &p, r->source.ptr) <= 3 && first < p.end &&
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
	struct place p = place_of_marker(r, line);
	uint32_t first;

	return place_indent(&first, &p, r->source.ptr) > 3;
}

static void read_literal(struct reader *r, struct node *parent, cmark_node *n)
{
	bool html = cmark_node_get_type(n) == CMARK_NODE_HTML_BLOCK;
	const char *s = cmark_node_get_literal(n);
	const char *info = html ? NULL : cmark_node_get_fence_info(n);
	int first = cmark_node_get_start_line(n), last, limit;
	uint32_t start = block_start(r, n);
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
			: line_words_end(r, last, r->lines[last - 1].start);
	if (node->end < start)
		node->end = start;
	node_append(parent, node);
}

void markdown_leaf(struct reader *r, struct node *parent, cmark_node *n)
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
		node = node_new(r->doc, NODE_SCENE_BREAK, block_start(r, n),
				line_words_end(r, cmark_node_get_start_line(n),
					    block_start(r, n)));
		node_append(parent, node);
		break;
	default:
		break;
	}
}
