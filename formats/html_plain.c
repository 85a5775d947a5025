/* SPDX-License-Identifier: MIT */
/* HTML as CommonMark's reference programs write it, for its examples. */
#include "html_escape.h"
#include "html_write_private.h"

static void new_line(struct html_writer *w)
{
	if (w->out->len && w->out->buf[w->out->len - 1] != '\n')
		strbuf_addch(w->out, '\n');
}

static void add_code_block(struct html_writer *w, const struct node *node)
{
	size_t n = 0;

	strbuf_adds(w->out, "<pre><code");
	while (n < node->info.len && node->info.ptr[n] != ' ' &&
	       node->info.ptr[n] != '\t')
		n++;
	if (n) {
		strbuf_adds(w->out, " class=\"language-");
		html_escape(w->out, slice_sub(node->info, 0, n));
		strbuf_addch(w->out, '"');
	}
	strbuf_addch(w->out, '>');
	html_escape(w->out, node->text);
	strbuf_adds(w->out, "</code></pre>\n");
}

static void enter_row(struct html_writer *w, const struct node *node)
{
	if (node->flags & NODE_HEADER)
		strbuf_adds(w->out, "<thead>\n");
	else if (node->parent->first->next == node)
		strbuf_adds(w->out, "<tbody>\n");
	strbuf_adds(w->out, "<tr>\n");
}

static void enter_cell(struct html_writer *w, const struct node *node)
{
	static const char *const names[] = { "", "left", "center", "right" };

	strbuf_adds(w->out, node->flags & NODE_HEADER ? "<th" : "<td");
	if (node->alignment)
		strbuf_addf(w->out, " align=\"%s\"", names[node->alignment]);
	strbuf_addch(w->out, '>');
}

static bool enter_plain_block(struct html_writer *w, const struct node *node)
{
	if (node->type != NODE_CAPTION && node->type != NODE_TABLE_CELL &&
	    !(node->type == NODE_PARAGRAPH && html_is_tight(node)))
		new_line(w);
	switch (node->type) {
	case NODE_PARAGRAPH:
		if (!html_is_tight(node))
			strbuf_adds(w->out, "<p>");
		break;
	case NODE_FIGURE:
	case NODE_LINE_BLOCK:
		strbuf_adds(w->out, "<p>");
		break;
	case NODE_HEADING:
		strbuf_addf(w->out, "<h%d>", node->level);
		break;
	case NODE_SCENE_BREAK:
		strbuf_adds(w->out, "<hr />\n");
		return false;
	case NODE_BLOCK_QUOTE:
		strbuf_adds(w->out, "<blockquote>\n");
		break;
	case NODE_LIST:
		if (!(node->flags & NODE_ORDERED))
			strbuf_adds(w->out, "<ul>\n");
		else if (node->start_number == 1)
			strbuf_adds(w->out, "<ol>\n");
		else
			strbuf_addf(w->out, "<ol start=\"%d\">\n",
				    node->start_number);
		break;
	case NODE_ITEM:
		strbuf_adds(w->out, "<li>");
		break;
	case NODE_CODE_BLOCK:
		add_code_block(w, node);
		return false;
	case NODE_HTML_BLOCK:
		strbuf_add_slice(w->out, node->text);
		new_line(w);
		return false;
	case NODE_TABLE:
		strbuf_adds(w->out, "<table>\n");
		break;
	case NODE_TABLE_ROW:
		enter_row(w, node);
		break;
	case NODE_TABLE_CELL:
		enter_cell(w, node);
		break;
	case NODE_DIV:
		strbuf_adds(w->out, "<div>\n");
		break;
	default:
		return node->type != NODE_CAPTION &&
		       node->type != NODE_FOOTNOTE;
	}
	return true;
}

static void leave_plain_block(struct html_writer *w, const struct node *node)
{
	struct strbuf *out = w->out;

	switch (node->type) {
	case NODE_PARAGRAPH:
		if (!html_is_tight(node))
			strbuf_adds(out, "</p>\n");
		break;
	case NODE_FIGURE:
	case NODE_LINE_BLOCK:
		strbuf_adds(out, "</p>\n");
		break;
	case NODE_LINE:
		if (node->next)
			strbuf_adds(out, "<br />\n");
		break;
	case NODE_HEADING:
		strbuf_addf(out, "</h%d>\n", node->level);
		break;
	case NODE_BLOCK_QUOTE:
		new_line(w);
		strbuf_adds(out, "</blockquote>\n");
		break;
	case NODE_LIST:
		strbuf_adds(out, node->flags & NODE_ORDERED ? "</ol>\n" :
							      "</ul>\n");
		break;
	case NODE_ITEM:
		strbuf_adds(out, "</li>\n");
		break;
	case NODE_TABLE:
		if (node->first != node->last)
			strbuf_adds(out, "</tbody>\n");
		strbuf_adds(out, "</table>\n");
		break;
	case NODE_TABLE_ROW:
		strbuf_adds(out, "</tr>\n");
		if (node->flags & NODE_HEADER)
			strbuf_adds(out, "</thead>\n");
		break;
	case NODE_TABLE_CELL:
		strbuf_adds(out, node->flags & NODE_HEADER ? "</th>\n" :
							     "</td>\n");
		break;
	case NODE_DIV:
		strbuf_adds(out, "</div>\n");
		break;
	default:
		break;
	}
}

/* Within the alternative text of an image. */
static bool enter_alternative(struct html_writer *w, const struct node *node)
{
	switch (node->type) {
	case NODE_TEXT:
	case NODE_CODE:
	case NODE_HTML_INLINE:
		html_escape(w->out, node->text);
		return false;
	case NODE_SOFT_BREAK:
	case NODE_LINE_BREAK:
		strbuf_addch(w->out, ' ');
		return false;
	default:
		w->plain_images += node->type == NODE_IMAGE;
		return true;
	}
}

static bool enter_plain_inline(struct html_writer *w, const struct node *node)
{
	struct strbuf *out = w->out;

	switch (node->type) {
	case NODE_TEXT:
		html_escape(out, node->text);
		return false;
	case NODE_SOFT_BREAK:
		strbuf_addch(out, '\n');
		return false;
	case NODE_LINE_BREAK:
		strbuf_adds(out, "<br />\n");
		return false;
	case NODE_CODE:
		strbuf_adds(out, "<code>");
		html_escape(out, node->text);
		strbuf_adds(out, "</code>");
		return false;
	case NODE_HTML_INLINE:
		strbuf_add_slice(out, node->text);
		return false;
	case NODE_EMPHASIS:
		strbuf_adds(out, "<em>");
		return true;
	case NODE_STRONG:
		strbuf_adds(out, "<strong>");
		return true;
	case NODE_STRIKETHROUGH:
		strbuf_adds(out, "<del>");
		return true;
	case NODE_LINK:
		strbuf_adds(out, "<a href=\"");
		html_escape_url(out, node->link.url);
		strbuf_addch(out, '"');
		html_add_title(w, node->link.title);
		strbuf_addch(out, '>');
		return true;
	case NODE_IMAGE:
		strbuf_adds(out, "<img src=\"");
		html_escape_url(out, node->link.url);
		strbuf_adds(out, "\" alt=\"");
		w->plain_images++;
		return true;
	case NODE_FOOTNOTE_REFERENCE:
		strbuf_adds(out, "<sup>");
		html_escape(out, node->text);
		strbuf_adds(out, "</sup>");
		return false;
	default:
		return node->type != NODE_DELETION &&
		       node->type != NODE_COMMENT &&
		       node->type != NODE_INLINE_NOTE;
	}
}

static void leave_plain_inline(struct html_writer *w, const struct node *node)
{
	if (node->type == NODE_IMAGE && --w->plain_images == 0) {
		strbuf_addch(w->out, '"');
		html_add_title(w, node->link.title);
		strbuf_adds(w->out, " />");
	}
	if (w->plain_images)
		return;
	switch (node->type) {
	case NODE_EMPHASIS:
		strbuf_adds(w->out, "</em>");
		break;
	case NODE_STRONG:
		strbuf_adds(w->out, "</strong>");
		break;
	case NODE_STRIKETHROUGH:
		strbuf_adds(w->out, "</del>");
		break;
	case NODE_LINK:
		strbuf_adds(w->out, "</a>");
		break;
	default:
		break;
	}
}

bool html_enter_plain(struct html_writer *w, const struct node *node)
{
	if (!NODE_IS_INLINE(node->type))
		return enter_plain_block(w, node);
	return w->plain_images ? enter_alternative(w, node) :
				 enter_plain_inline(w, node);
}

void html_leave_plain(struct html_writer *w, const struct node *node)
{
	if (!NODE_IS_INLINE(node->type))
		leave_plain_block(w, node);
	else
		leave_plain_inline(w, node);
}
