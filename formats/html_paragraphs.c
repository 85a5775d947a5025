/* SPDX-License-Identifier: MIT */
/*
 * Paragraphs: in the open, tight in an item, in verse, folded in a redline. And
 * verse, the paragraphs of which are stanzas.
 */
#include "html_trace.h"
#include "html_write_private.h"

bool html_is_verse(const struct node *block)
{
	return block->type == NODE_LINE_BLOCK ||
	       (block->type == NODE_PARAGRAPH && block->parent &&
		block->parent->type == NODE_DIV &&
		node_has_class(block->parent, "verse"));
}

bool html_is_tight(const struct node *paragraph)
{
	const struct node *item = paragraph->parent;

	return item && item->type == NODE_ITEM && item->parent &&
	       item->parent->flags & NODE_TIGHT;
}

/* [A. Writer]{.signature} alone in its paragraph is about all of it: where a
 * paragraph stands, a span can't say. */
static const char *paragraph_class(const struct node *paragraph)
{
	static const char *const classes[] = {
		"right", "center", "signature", "salutation" };
	const struct node *only = paragraph->first;

	if (html_is_verse(paragraph))
		return "stanza";
	if (!only || only->next || only->type != NODE_SPAN)
		return NULL;
	for (size_t i = 0; i < sizeof(classes) / sizeof(*classes); i++)
		if (node_has_class(only, classes[i]))
			return classes[i];
	return NULL;
}

/* A tight item's first paragraph has no element: its id is its item's. Where
 * a redline has it in one text alone, and the item in both, it needs one. */
static bool is_in_item(const struct node *paragraph)
{
	const struct node *item = paragraph->parent;
	const unsigned marks = NODE_ADDED | NODE_CUT;

	return html_is_tight(paragraph) && paragraph == item->first &&
	       !((paragraph->flags ^ item->flags) & marks);
}

static void enter_folded(struct html_writer *w, const struct node *node)
{
	if (!is_in_item(node))
		html_open_block(w, "div", node, NULL);
	html_begin_leaf(w, node, !is_in_item(node));
	html_add_label(w, node);
	html_open_fold(w, node);
	html_start_typography(w);
	html_open_mark(w, node);
}

void html_enter_paragraph(struct html_writer *w, const struct node *node)
{
	html_start_typography(w);
	if (html_is_folded(w, node)) {
		enter_folded(w, node);
		return;
	}
	if (html_is_tight(node)) {
		if (!is_in_item(node))
			html_open_block(w, "span", node, NULL);
		html_begin_leaf(w, node, !is_in_item(node));
		html_add_label(w, node);
		html_open_mark(w, node);
		return;
	}
	html_open_block(w, "p", node, paragraph_class(node));
	html_begin_leaf(w, node, true);
	html_add_label(w, node);
	if (html_is_verse(node))
		strbuf_adds(w->out, "<span class=\"line\">");
	html_open_mark(w, node);
}

void html_leave_paragraph(struct html_writer *w, const struct node *node)
{
	html_end_leaf(w);
	html_close_mark(w, node);
	if (html_is_verse(node))
		strbuf_adds(w->out, "</span>");
	if (node == w->back_at) {
		strbuf_addch(w->out, ' ');
		strbuf_adds(w->out, w->back);
	}
	if (html_is_folded(w, node)) {
		html_close_fold(w);
		strbuf_adds(w->out, is_in_item(node) ? "" : "</div>\n");
		return;
	}
	if (!html_is_tight(node))
		strbuf_adds(w->out, "</p>\n");
	else if (!is_in_item(node))
		strbuf_adds(w->out, "</span>");
}

void html_enter_item(struct html_writer *w, const struct node *node)
{
	const struct node *first = node->first;

	if (!node->id && first && first->type == NODE_PARAGRAPH &&
	    is_in_item(first))
		html_open_block(w, "li", first, NULL);
	else
		html_open_block(w, "li", node, NULL);
	if (w->trace)
		html_trace_tag(w->trace, w->out); /* of a tight paragraph */
}

void html_enter_stanza(struct html_writer *w, const struct node *node)
{
	bool in_div = node->parent && node->parent->type == NODE_DIV &&
		      node_has_class(node->parent, "verse");

	if (!in_div && !w->in_verse) {
		strbuf_adds(w->out, "<div class=\"verse\">\n");
		w->in_verse = true;
	}
	html_start_typography(w);
	html_open_block(w, "p", node, "stanza");
	html_add_label(w, node);
}

void html_leave_stanza(struct html_writer *w, const struct node *node)
{
	const struct node *next = node->next;

	strbuf_adds(w->out, "</p>\n");
	if (w->in_verse && (!next || next == w->until ||
			    next->type != NODE_LINE_BLOCK)) {
		strbuf_adds(w->out, "</div>\n");
		w->in_verse = false;
	}
}

void html_enter_line(struct html_writer *w, const struct node *node)
{
	int step = (node->indent + 1) / 2;

	if (step <= 0)
		strbuf_adds(w->out, "<span class=\"line\">");
	else
		strbuf_addf(w->out, "<span class=\"line indent-%d\">",
			    step > 8 ? 8 : step);
	html_begin_leaf(w, node, true);
	html_open_mark(w, node);
}

void html_leave_line(struct html_writer *w, const struct node *node)
{
	html_end_leaf(w);
	html_close_mark(w, node);
	strbuf_adds(w->out, "</span>");
	if (node->next)
		strbuf_adds(w->out, "<br />\n");
	if (w->rules)
		typography_skip(&w->typography, ' ');
}
