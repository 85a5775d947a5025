/* SPDX-License-Identifier: MIT */
/*
 * The words of a page or an e-book: escaped, and with the punctuation of their
 * language, for which what stands before and after them is looked at.
 */
#include <stdint.h>
#include <string.h>

#include "byte_search.h"
#include "html_escape.h"
#include "html_write_private.h"
#include "utf8.h"

static bool may_need_escape(uint64_t x)
{
	/* '<' and '>' differ in one bit */
	return (BYTE_IS(x, '&') | BYTE_IS(x | BYTE_ONES * 2, '>') |
		BYTE_BELOW(x, 0x20) | BYTE_IS(x, 0xEF)) != 0;
}

/* Is there anything that html_escape() would change, quotes aside? Says yes
 * now and then without need: for line ends and U+F000 to U+FFFF. */
static bool needs_escape(struct slice text)
{
	const char *p = text.ptr, *end = p + text.len;
	uint64_t x;

	for (; end - p >= 8; p += 8) {
		memcpy(&x, p, 8);
		if (may_need_escape(x))
			return true;
	}
	x = BYTE_ONES * ' ';
	memcpy(&x, p, (size_t)(end - p));
	return may_need_escape(x);
}

static unsigned first_character(struct slice text)
{
	unsigned c = UTF8_REPLACEMENT;

	if (text.len)
		utf8_decode(&c, text);
	return c;
}

/* What a reader sees next in the block after `node`; a space at its end. */
static unsigned character_after(const struct node *node)
{
	const struct node *block = node->parent, *n;

	while (block && NODE_IS_INLINE(block->type))
		block = block->parent;
	n = node_skip(node, block);
	while (n) {
		switch (n->type) {
		case NODE_TEXT:
			if (n->text.len)
				return first_character(n->text);
			break;
		case NODE_SOFT_BREAK:
		case NODE_LINE_BREAK:
			return ' ';
		case NODE_CODE:
		case NODE_IMAGE:
			return 'a';
		case NODE_EMPHASIS:
		case NODE_STRONG:
		case NODE_STRIKETHROUGH:
		case NODE_SPAN:
		case NODE_LINK:
		case NODE_INSERTION:
		case NODE_HIGHLIGHT:
			n = node_next(n, block);
			continue;
		default: /* notes, comments, deletions, tags: not seen */
			break;
		}
		n = node_skip(n, block);
	}
	return ' ';
}

static bool looks_ahead(char last)
{
	return last == '"' || last == '\'' || last == '.';
}

static void add_literal(struct html_writer *w, struct slice text)
{
	const char *p;
	unsigned c = UTF8_REPLACEMENT;

	html_escape(w->out, text);
	if (!w->rules || !text.len)
		return;
	p = text.ptr + text.len - 1;
	while (p > text.ptr && ((unsigned char)*p & 0xC0) == 0x80)
		p--;
	utf8_decode(&c, (struct slice){
				p, (size_t)(text.ptr + text.len - p) });
	typography_skip(&w->typography, c);
}

void html_add_text(struct html_writer *w, const struct node *node)
{
	struct slice text = node->text;
	unsigned after = 0;
	size_t start;

	if (!text.len)
		return;
	if (!w->rules || node->flags & NODE_LITERAL) {
		html_shown(w, node, text);
		add_literal(w, text);
		return;
	}
	if (looks_ahead(text.ptr[text.len - 1]))
		after = character_after(node);
	if (!needs_escape(text)) {
		start = w->out->len;
		typography_add(w->out, &w->typography, text, after);
		html_shown(w, node, slice_sub(strbuf_slice(w->out), start,
					      w->out->len));
		return;
	}
	strbuf_truncate(&w->scratch, 0);
	typography_add(&w->scratch, &w->typography, text, after);
	html_shown(w, node, strbuf_slice(&w->scratch));
	html_escape(w->out, strbuf_slice(&w->scratch));
}

void html_skip(struct html_writer *w, unsigned codepoint)
{
	if (w->rules)
		typography_skip(&w->typography, codepoint);
}

/* Scripts written without spaces: there a line's end is not one. */
static bool is_unspaced(unsigned c)
{
	return (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xF900 && c <= 0xFAFF) ||
	       (c >= 0xFF00 && c <= 0xFF60) || (c >= 0x20000 && c <= 0x3FFFF);
}

void html_add_soft_break(struct html_writer *w, const struct node *node)
{
	if (html_is_verse(node->parent)) {
		strbuf_adds(w->out, "</span><br />\n<span class=\"line\">");
	} else if (w->rules && w->typography.before >= 0x2E80 &&
		   is_unspaced(w->typography.before) &&
		   is_unspaced(character_after(node))) {
		html_shown(w, node, (struct slice){ NULL, 0 });
		return;
	} else {
		strbuf_addch(w->out, '\n');
	}
	html_shown(w, node, SLICE("\n"));
	html_skip(w, ' ');
}

void html_add_line_break(struct html_writer *w, const struct node *node)
{
	if (html_is_verse(node->parent))
		strbuf_adds(w->out, "</span><br />\n<span class=\"line\">");
	else
		strbuf_adds(w->out, "<br />\n");
	html_shown(w, node, SLICE("\n"));
	html_skip(w, ' ');
}
