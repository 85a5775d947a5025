/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "command.h"
#include "redline_words.h"

#define FIRST_LOOKED 1000	/* blocks of an item */

void printer_close_mark(struct printer *p)
{
	if (p->open != KEPT && !color_wanted())
		styled_add(&p->out, "", slice_of(p->open == CUT ? "-]" :
						 "+}"));
	p->open = KEPT;
}

void printer_add(struct printer *p, struct slice words)
{
	const char *style = p->mark == KEPT ? "" : p->mark == CUT ?
			    STYLE_RED : STYLE_GREEN;

	if (!words.len)
		return;
	if (p->open != p->mark) {
		printer_close_mark(p);
		if (p->mark != KEPT && !color_wanted())
			styled_add(&p->out, style, slice_of(
				p->mark == CUT ? "[-" : "{+"));
		p->open = p->mark;
	}
	styled_add(&p->out, style, words);
}

static void adds(struct printer *p, const char *words)
{
	printer_add(p, slice_of(words));
}

/* In which of the texts is `n` the first of its item? */
static bool is_first(enum mark *mark, const struct node *n)
{
	const unsigned marks = NODE_ADDED | NODE_CUT;
	unsigned before = 0, looked = 0;

	for (const struct node *b = n->parent->first; b != n; b = b->next) {
		before |= b->flags & marks ? b->flags & marks : marks;
		if (before == marks || before == (n->flags & marks) ||
		    ++looked == FIRST_LOOKED)
			return false;
	}
	if (before)
		*mark = before == NODE_CUT ? ADDED : CUT;
	return true;
}

void printer_add_markers(struct printer *p, const struct node *n, bool first)
{
	const struct node *item = n->parent;
	enum mark mark = p->mark;

	for (; item; item = item->parent) {
		if (item->type == NODE_BLOCK_QUOTE)
			adds(p, "> ");
		if (item->type != NODE_ITEM || !first || n->parent != item ||
		    !is_first(&p->mark, n))
			continue;
		adds(p, item->parent->flags & NODE_ORDERED ? "1. " : "- ");
		p->mark = mark;
	}
}

/* The space before the end of a paragraph that was cut: where that was, there
 * was none. */
static bool drop_space(struct printer *p)
{
	struct styled *out = &p->out;
	size_t len = out->text.len;

	if (p->open != KEPT || !len || out->text.buf[len - 1] != ' ')
		return false;
	strbuf_truncate(&out->text, len - 1);
	out->runs[out->count - 1].end--;
	return true;
}

/* A paragraph's end in one text, and a space in the other. */
static void add_end(struct printer *p, const struct node *n)
{
	bool cut = n->type == NODE_DELETION, space;

	p->mark = cut ? CUT : KEPT;
	if (!p->all || color_wanted()) {
		adds(p, cut ? "" : " ");
		p->mark = cut ? CUT : ADDED;
		adds(p, "\u00B6");
		p->mark = KEPT;
		adds(p, cut ? " " : "");
		return;
	}
	if (cut) {
		space = drop_space(p);
		adds(p, "\n\n");
		printer_add_markers(p, n->parent, false);
		p->mark = ADDED;
		adds(p, space ? " " : "");
		return;
	}
	p->mark = CUT;
	printer_add(p, n->text);
	p->mark = ADDED;
	adds(p, "\n\n");
	p->goes_on = true;
}

/* What stands before and after the words of a node. */
static const char *around(const struct node *n)
{
	switch (n->type) {
	case NODE_EMPHASIS:
		return "*";
	case NODE_STRONG:
		return "**";
	case NODE_STRIKETHROUGH:
		return "~~";
	default:
		return "";
	}
}

static void enter(struct printer *p, const struct node *n)
{
	char number[24];

	adds(p, around(n));
	switch (n->type) {
	case NODE_TEXT:
		if (n->parent->type == NODE_CODE_BLOCK && !n->next)
			printer_add(p, slice_trim_end(n->text));
		else
			printer_add(p, n->text);
		break;
	case NODE_CODE_BLOCK:
	case NODE_HTML_BLOCK:
		printer_add(p, slice_trim_end(n->text));
		break;
	case NODE_HTML_INLINE:
		printer_add(p, n->text);
		break;
	case NODE_CODE:
		adds(p, "`");
		printer_add(p, n->text);
		adds(p, "`");
		break;
	case NODE_SOFT_BREAK:
		adds(p, " ");
		break;
	case NODE_LINE_BREAK:
		adds(p, "\n");
		break;
	case NODE_LINK:
		adds(p, "[");
		break;
	case NODE_IMAGE:
		adds(p, "![");
		break;
	case NODE_FOOTNOTE_REFERENCE:
		snprintf(number, sizeof(number), "[^%u]", (unsigned)n->number);
		if (n->number)
			adds(p, number);
		else
			adds(p, "[^]");
		break;
	case NODE_INLINE_NOTE:
		adds(p, "^[");
		break;
	case NODE_SCENE_BREAK:
		adds(p, "* * *");
		break;
	case NODE_HEADING:
		for (int i = 0; i < n->level; i++)
			adds(p, "#");
		adds(p, " ");
		break;
	case NODE_TABLE_ROW:
	case NODE_LINE:
		if (n->parent->first != n)
			adds(p, "\n");
		break;
	case NODE_TABLE_CELL:
		adds(p, n->parent->first == n ? "| " : " | ");
		break;
	case NODE_CAPTION:
		if (n->parent->first != n)
			adds(p, "\n");
		break;
	default:
		break;
	}
}

static void leave(struct printer *p, const struct node *n)
{
	adds(p, around(n));
	switch (n->type) {
	case NODE_LINK:
	case NODE_IMAGE:
		adds(p, "](");
		printer_add(p, n->link.url);
		adds(p, ")");
		break;
	case NODE_INLINE_NOTE:
		adds(p, "]");
		break;
	case NODE_TABLE_CELL:
		if (!n->next)
			adds(p, " |");
		break;
	default:
		break;
	}
}

/* Not shown: what the author's own marks take out, and moves in full. */
static bool is_hidden(const struct printer *p, const struct node *n,
		      const struct node *root, bool moved)
{
	if (n->type == NODE_COMMENT || (n->type == NODE_FOOTNOTE && n != root))
		return true;
	if (n->type == NODE_DELETION)
		return !(n->flags & NODE_CUT) || (p->all && moved);
	return false;
}

static enum mark mark_of(const struct node *n, const struct node *root,
			 bool moved)
{
	for (;; n = n->parent) {
		if (n->flags & NODE_CUT)
			return CUT;
		if (n->flags & NODE_ADDED &&
		    (!moved || n->type == NODE_INSERTION))
			return ADDED;
		if (n == root)
			return KEPT;
	}
}

void printer_add_block(struct printer *p, const struct node *root)
{
	bool moved = root->flags & NODE_MOVED && root->flags & NODE_ADDED;
	bool whole = moved && p->all;
	const struct node *n = root;

	for (;;) {
		bool within = n->first && !is_hidden(p, n, root, moved);

		p->mark = whole ? ADDED : mark_of(n, root, moved);
		if (n->flags & NODE_BREAK && n->flags & (NODE_ADDED | NODE_CUT))
			add_end(p, n);
		else if (!is_hidden(p, n, root, moved))
			enter(p, n);
		if (within) {
			n = n->first;
			continue;
		}
		for (;;) {
			p->mark = whole ? ADDED : mark_of(n, root, moved);
			if (!is_hidden(p, n, root, moved))
				leave(p, n);
			if (n == root) {
				if (!p->goes_on)
					printer_close_mark(p);
				return;
			}
			if (n->next)
				break;
			n = n->parent;
		}
		n = n->next;
	}
}
