/* SPDX-License-Identifier: MIT */
/* The blocks of a page or an e-book. */
#include <string.h>

#include "alloc.h"
#include "html_escape.h"
#include "html_trace.h"
#include "html_write_private.h"

/* ---- where words come from --------------------------------------------- */

void html_begin_leaf(struct html_writer *w, const struct node *leaf,
		     bool own_tag)
{
	if (!w->trace)
		return;
	if (own_tag)
		html_trace_tag(w->trace, w->out);
	html_trace_begin(w->trace, leaf);
}

void html_end_leaf(struct html_writer *w)
{
	if (w->trace)
		html_trace_end(w->trace, w->out);
}

void html_shown(struct html_writer *w, const struct node *node,
		struct slice printed)
{
	if (w->trace)
		html_trace_shown(w->trace, node, printed);
}

/* ---- labels and divs ---------------------------------------------------- */

static bool is_epub(const struct html_writer *w)
{
	return w->options->flavour == HTML_EPUB;
}

static bool is_page(const struct html_writer *w, uint32_t number)
{
	uint32_t pages = w->options->pages;

	return pages && (number == 1 || number % pages == 0);
}

/* Letters, digits and a stop: no need to escape it. */
static void add_label_of(struct html_writer *w, const struct node *node)
{
	const char *chapter = w->options->label;
	struct strbuf *label = &w->scratch;
	char id[HTML_LABEL_ID_SIZE];

	if (!node->number || !chapter || !*chapter)
		return;
	strbuf_truncate(label, 0);
	strbuf_adds(label, chapter);
	strbuf_addch(label, '.');
	strbuf_add_number(label, node->number);
	if (is_epub(w) && !is_page(w, node->number)) {
		strbuf_adds(w->out, "<span class=\"label\" data-label=\"");
		strbuf_add_slice(w->out, strbuf_slice(label));
		strbuf_adds(w->out, "\"></span>");
	} else if (is_epub(w)) {
		html_label_id(id, chapter, node->number);
		strbuf_addf(w->out,
			    "<span id=\"%s\" class=\"label\" "
			    "epub:type=\"pagebreak\" role=\"doc-pagebreak\" "
			    "aria-label=\"%s\" data-label=\"%s\"></span>",
			    id, label->buf, label->buf);
	} else if (node->id) {
		strbuf_adds(w->out, "<a class=\"label\" href=\"");
		strbuf_adds(w->out, w->options->mail ? w->options->mail : "#");
		strbuf_adds(w->out, w->options->mail ? label->buf : node->id);
		strbuf_adds(w->out, "\" data-label=\"");
		strbuf_add_slice(w->out, strbuf_slice(label));
		strbuf_adds(w->out,
			    "\" aria-hidden=\"true\" tabindex=\"-1\"></a>");
	}
}

/* The label, and what a redline says of the block. */
void html_add_label(struct html_writer *w, const struct node *node)
{
	add_label_of(w, node);
	html_begin_change(w, node);
}

/* How a div is written that we know the class of. */
struct div_kind {
	const char *class, *element, *epub, *both;
};

static const struct div_kind div_kinds[] = {
	{ "epigraph", "blockquote", " epub:type=\"epigraph\"",
	  " role=\"doc-epigraph\"" },
	{ "dedication", "div", " epub:type=\"dedication\"",
	  " role=\"doc-dedication\"" },
	{ "letter", "blockquote", "", "" },
	{ "telegram", "blockquote", "", "" },
	{ "aside", "div", "", " role=\"note\"" },
	{ "note", "div", "", " role=\"note\"" },
	{ "warning", "div", "", " role=\"note\"" },
	{ NULL, "div", "", "" }
};

static const struct div_kind *div_kind(const struct node *node)
{
	const struct div_kind *kind = div_kinds;

	while (kind->class && !node_has_class(node, kind->class))
		kind++;
	return kind;
}

void html_open_block(struct html_writer *w, const char *element,
		     const struct node *node, const char *class)
{
	strbuf_addch(w->out, '<');
	strbuf_adds(w->out, element);
	html_add_attributes(w, node, class);
	strbuf_addch(w->out, '>');
}

void html_start_typography(struct html_writer *w)
{
	if (w->rules)
		typography_start(&w->typography, w->rules);
}

static void enter_language(struct html_writer *w, const struct node *node)
{
	struct slice lang = node_attribute(node, "lang");
	char tag[40];

	if (!w->rules || !lang.len || lang.len >= sizeof(tag))
		return;
	memcpy(tag, lang.ptr, lang.len);
	tag[lang.len] = '\0';
	GROW(w->scopes, w->scope_count, w->scope_capacity);
	w->scopes[w->scope_count++] =
		(struct language_scope){ node, w->rules };
	w->rules = typography_for(tag);
}

static void leave_language(struct html_writer *w, const struct node *node)
{
	if (!w->scope_count || w->scopes[w->scope_count - 1].node != node)
		return;
	w->rules = w->scopes[--w->scope_count].outside;
}

static void enter_div(struct html_writer *w, const struct node *node)
{
	const struct div_kind *kind = div_kind(node);

	strbuf_addf(w->out, "<%s", kind->element);
	html_add_attributes(w, node, NULL);
	if (is_epub(w))
		strbuf_adds(w->out, kind->epub);
	strbuf_adds(w->out, kind->both);
	strbuf_adds(w->out, ">\n");
	enter_language(w, node);
}

static void enter_list(struct html_writer *w, const struct node *node)
{
	bool ordered = node->flags & NODE_ORDERED;

	strbuf_adds(w->out, ordered ? "<ol" : "<ul");
	html_add_attributes(w, node, NULL);
	if (ordered && node->start_number != 1)
		strbuf_addf(w->out, " start=\"%d\"", node->start_number);
	strbuf_adds(w->out, ">\n");
}

static int heading_level(const struct html_writer *w, const struct node *node)
{
	int level = node->level + w->options->shift;

	return level < 1 ? 1 : level > 6 ? 6 : level;
}

static void enter_heading(struct html_writer *w, const struct node *node)
{
	const char element[3] = { 'h', (char)('0' + heading_level(w, node)) };

	html_start_typography(w);
	html_open_block(w, element, node, NULL);
	html_begin_leaf(w, node, true);
	html_add_label(w, node);
	html_open_mark(w, node);
}

/* "rust,ignore" and "c {.numbered}" are code in rust and in c. */
static struct slice code_language(struct slice info)
{
	size_t n = 0;

	while (n < info.len && !memchr(" \t,{", info.ptr[n], 4))
		n++;
	return slice_sub(info, 0, n);
}

void html_open_code(struct html_writer *w)
{
	strbuf_adds(w->out, w->options->rtl ? "<code dir=\"ltr\"" : "<code");
}

static void add_code_block(struct html_writer *w, const struct node *node)
{
	struct slice language = code_language(node->info);

	html_open_block(w, "pre", node, NULL);
	html_add_label(w, node);
	html_open_code(w);
	if (language.len) {
		strbuf_adds(w->out, " class=\"language-");
		html_escape(w->out, language);
		strbuf_addch(w->out, '"');
	}
	strbuf_addch(w->out, '>');
	html_add_code_lines(w, node);
	strbuf_adds(w->out, "</code></pre>\n");
}

/* ---- tables and figures ----------------------------------------------- */

static void enter_table(struct html_writer *w, const struct node *node)
{
	strbuf_adds(w->out, "<div");
	html_add_attributes(w, node, "table");
	strbuf_addch(w->out, '>');
	html_add_label(w, node);
	/* what is too wide for a window scrolls, but not its label */
	if (w->options->flavour == HTML_PAGE)
		strbuf_adds(w->out, "<div class=\"scroll\" tabindex=\"0\">");
	strbuf_adds(w->out, "<table>\n");
}

static void leave_table(struct html_writer *w)
{
	strbuf_adds(w->out, "</table></div>");
	if (w->options->flavour == HTML_PAGE)
		strbuf_adds(w->out, "</div>");
	strbuf_addch(w->out, '\n');
}

static void enter_row(struct html_writer *w, const struct node *node)
{
	const struct node *first = node->parent->first;

	while (first != node && (first->flags & NODE_HEADER ||
				 first->type == NODE_CAPTION))
		first = first->next;
	if (node->flags & NODE_HEADER)
		strbuf_adds(w->out, "<thead>\n");
	else if (first == node)
		strbuf_adds(w->out, "<tbody>\n");
	strbuf_adds(w->out, "<tr");
	html_add_attributes(w, node, NULL);
	strbuf_addch(w->out, '>');
}

static void leave_row(struct html_writer *w, const struct node *node)
{
	strbuf_adds(w->out, "</tr>\n");
	if (node->flags & NODE_HEADER)
		strbuf_adds(w->out, "</thead>\n");
	else if (!node->next)
		strbuf_adds(w->out, "</tbody>\n");
}

/* The corner of a table is a header of nothing. */
static bool is_header(const struct node *cell)
{
	return cell->flags & NODE_HEADER && cell->first;
}

static void enter_cell(struct html_writer *w, const struct node *node)
{
	static const char *const classes[] = {
		"", " class=\"left\"", " class=\"center\"", " class=\"right\""
	};

	html_start_typography(w);
	strbuf_adds(w->out, is_header(node) ? "<th scope=\"col\"" : "<td");
	strbuf_adds(w->out, classes[node->alignment]);
	strbuf_addch(w->out, '>');
	html_begin_leaf(w, node, true);
	html_open_mark(w, node);
}

static void enter_figure(struct html_writer *w, const struct node *node)
{
	html_open_block(w, "figure", node, NULL);
	html_add_label(w, node);
}

static void enter_caption(struct html_writer *w, const struct node *node)
{
	html_start_typography(w);
	html_open_block(w, node->parent->type == NODE_TABLE ? "caption" :
							      "figcaption",
			node, NULL);
	html_begin_leaf(w, node, true);
	html_open_mark(w, node);
}

/* What is not a place for words has them before it. */
static void begin_change_before(struct html_writer *w,
				const struct node *node)
{
	if (!node->change || node->change == w->change || !w->options->change)
		return;
	strbuf_adds(w->out, "<div class=\"change-place\">");
	html_begin_change(w, node);
	strbuf_adds(w->out, "</div>\n");
}

static void add_scene_break(struct html_writer *w, const struct node *node)
{
	begin_change_before(w, node);
	strbuf_adds(w->out, "<hr");
	html_add_attributes(w, node, NULL);
	strbuf_adds(w->out, " />\n");
}

/* ---- all of them ------------------------------------------------------ */

bool html_enter_block(struct html_writer *w, const struct node *node)
{
	if (w->raw.count && node->type != NODE_HTML_BLOCK)
		html_sanitize_before_block(w->out, &w->raw, node->parent);
	switch (node->type) {
	case NODE_PARAGRAPH:
		html_enter_paragraph(w, node);
		return true;
	case NODE_HEADING:
		enter_heading(w, node);
		return true;
	case NODE_SCENE_BREAK:
		add_scene_break(w, node);
		return false;
	case NODE_BLOCK_QUOTE:
		html_open_block(w, "blockquote", node, NULL);
		strbuf_addch(w->out, '\n');
		return true;
	case NODE_LIST:
		enter_list(w, node);
		return true;
	case NODE_ITEM:
		html_enter_item(w, node);
		return true;
	case NODE_CODE_BLOCK:
		add_code_block(w, node);
		return false;
	case NODE_HTML_BLOCK:
		if (node->flags & NODE_CUT) {
			html_add_cut_html(w, node);
			return false;
		}
		begin_change_before(w, node);
		if (w->rc >= 0)
			html_add_html_block(w, node);
		return false;
	case NODE_TABLE:
		enter_table(w, node);
		return true;
	case NODE_TABLE_ROW:
		enter_row(w, node);
		return true;
	case NODE_TABLE_CELL:
		enter_cell(w, node);
		return true;
	case NODE_DIV:
		enter_div(w, node);
		return true;
	case NODE_LINE_BLOCK:
		html_enter_stanza(w, node);
		return true;
	case NODE_LINE:
		html_enter_line(w, node);
		return true;
	case NODE_FIGURE:
		enter_figure(w, node);
		return true;
	case NODE_CAPTION:
		enter_caption(w, node);
		return true;
	default:
		return node->type != NODE_FOOTNOTE;
	}
}

void html_leave_block(struct html_writer *w, const struct node *node)
{
	struct strbuf *out = w->out;

	switch (node->type) {
	case NODE_PARAGRAPH:
		html_leave_paragraph(w, node);
		break;
	case NODE_HEADING:
		html_end_leaf(w);
		html_close_mark(w, node);
		strbuf_addf(out, "</h%d>\n", heading_level(w, node));
		break;
	case NODE_BLOCK_QUOTE:
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
		leave_table(w);
		break;
	case NODE_TABLE_ROW:
		leave_row(w, node);
		break;
	case NODE_TABLE_CELL:
		html_end_leaf(w);
		html_close_mark(w, node);
		strbuf_adds(out, is_header(node) ? "</th>" : "</td>");
		break;
	case NODE_DIV:
		leave_language(w, node);
		strbuf_addf(out, "</%s>\n", div_kind(node)->element);
		break;
	case NODE_LINE_BLOCK:
		html_leave_stanza(w, node);
		break;
	case NODE_LINE:
		html_leave_line(w, node);
		break;
	case NODE_FIGURE:
		strbuf_adds(out, "</figure>\n");
		break;
	case NODE_CAPTION:
		html_end_leaf(w);
		html_close_mark(w, node);
		strbuf_adds(out, node->parent->type == NODE_TABLE ?
					 "</caption>\n" : "</figcaption>");
		break;
	default:
		break;
	}
}
