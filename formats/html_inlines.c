/* SPDX-License-Identifier: MIT */
/* The inlines of a page or an e-book, but for the words. */
#include "html_escape.h"
#include "html_write_private.h"

/* ---- pictures, links, notes ------------------------------------------- */

static bool is_size(struct slice value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.ptr[i] < '0' || value.ptr[i] > '9')
			return false;
	return value.len > 0 && value.len <= 4 && value.ptr[0] != '0';
}

static void add_size(struct html_writer *w, const struct node *node,
		     const char *name)
{
	struct slice value = node_attribute(node, name);

	if (!is_size(value))
		return;
	strbuf_addf(w->out, " %s=\"%.*s\"", name, SLICE_ARG(value));
}

/* <img>, or its alternative text alone when it leads nowhere. */
static void add_image(struct html_writer *w, const struct node *node)
{
	bool in_figure = node->parent && node->parent->type == NODE_FIGURE;
	struct strbuf alt = STRBUF_INIT;
	size_t start = w->out->len;
	const struct node *cut = w->cut;

	if (in_figure && node->parent->flags & NODE_CUT)
		w->cut = node->parent;
	node_plain_text(&alt, node);
	strbuf_adds(w->out, "<img");
	if (!html_add_address(w, "src", node->link.url, true)) {
		strbuf_truncate(w->out, start);
		html_escape(w->out, strbuf_slice(&alt));
		html_shown(w, node, strbuf_slice(&alt));
		goto out;
	}
	strbuf_adds(w->out, " alt=\"");
	html_escape(w->out, strbuf_slice(&alt));
	strbuf_addch(w->out, '"');
	html_add_attributes(w, node, NULL);
	if (node->attributes) {
		add_size(w, node, "width");
		add_size(w, node, "height");
	}
	if (!in_figure) /* there it is the caption */
		html_add_title(w, node->link.title);
	strbuf_adds(w->out, " />");
out:
	w->cut = cut;
	strbuf_release(&alt);
	html_skip(w, 'a');
}

static void enter_link(struct html_writer *w, const struct node *node)
{
	size_t start = w->out->len;

	if (w->link || html_sanitize_in_link(&w->raw))
		return;
	strbuf_adds(w->out, "<a");
	if (!html_add_address(w, "href", node->link.url, false)) {
		strbuf_truncate(w->out, start);
		return;
	}
	html_add_attributes(w, node, NULL);
	html_add_title(w, node->link.title);
	strbuf_addch(w->out, '>');
	w->link = node;
}

static void add_note_mark(struct html_writer *w, const struct node *node)
{
	const struct html_options *o = w->options;
	bool linked = !w->link && !html_sanitize_in_link(&w->raw);
	size_t start = w->out->len, before;

	if (!node->number || !o->note)
		return;
	/* no link within a link: then the mark leads nowhere */
	strbuf_adds(w->out, linked ? "<a" : "<span");
	html_add_attributes(w, node, "noteref");
	if (linked) {
		if (o->flavour == HTML_EPUB)
			strbuf_adds(w->out, " epub:type=\"noteref\"");
		strbuf_adds(w->out, " role=\"doc-noteref\" href=\"");
		before = w->out->len;
		w->rc = o->note(w->out, node->number, o->data, w->err);
		if (w->rc < 0 || w->out->len == before) {
			strbuf_truncate(w->out, start);
			return;
		}
		strbuf_addch(w->out, '"');
	}
	strbuf_addf(w->out, ">%u%s", (unsigned)node->number,
		    linked ? "</a>" : "</span>");
}

/* ---- all of them ------------------------------------------------------ */

/* Emphasis for the sake of a foreign language, *[mot]{lang=fr}* or
 * [*mot*]{lang=fr}: one <i lang="fr">. */
static const struct node *foreign_word(const struct node *outer)
{
	const struct node *inner = outer->first;
	const struct node *span, *emphasis;

	if (!inner || inner->next)
		return NULL;
	span = outer->type == NODE_SPAN ? outer : inner;
	emphasis = outer->type == NODE_SPAN ? inner : outer;
	if (span->type != NODE_SPAN || emphasis->type != NODE_EMPHASIS ||
	    emphasis->attributes || !node_attribute(span, "lang").len)
		return NULL;
	return span;
}

/* Is it the inner one of such a pair? */
static bool is_foreign_inner(const struct node *node)
{
	return node->parent &&
	       (node->parent->type == NODE_SPAN ||
		node->parent->type == NODE_EMPHASIS) &&
	       foreign_word(node->parent);
}

static const char *inline_element(const struct node *node)
{
	switch (node->type) {
	case NODE_EMPHASIS:
	case NODE_SPAN:
		if (is_foreign_inner(node))
			return NULL;
		if (foreign_word(node))
			return "i";
		return node->type == NODE_SPAN ? "span" : "em";
	case NODE_STRONG:
		return "strong";
	case NODE_STRIKETHROUGH:
		return "del";
	default: /* INSERTION, HIGHLIGHT: the words alone */
		return NULL;
	}
}

/* Latin letters, up to U+024F, and general punctuation. */
static bool has_only_latin(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c > 0xC9 && !(c == 0xE2 && i + 1 < text.len &&
				  text.ptr[i + 1] == '\x80'))
			return false;
	}
	return true;
}

/* Of what is stressed, the first nodes are looked at: it may be in itself a
 * thousand times. */
static bool is_latin(const struct node *stressed)
{
	const struct node *n = stressed->first;

	for (int left = 50; n && left; left--) {
		if (!has_only_latin(n->text))
			return false;
		n = node_next(n, stressed);
	}
	return !n;
}

static bool enter_element(struct html_writer *w, const struct node *node)
{
	const char *element = inline_element(node), *class = NULL;
	const struct node *span;

	if (!element)
		return true;
	span = foreign_word(node);
	if (w->options->upright && (span || node->type == NODE_EMPHASIS) &&
	    is_latin(node))
		class = "latin";
	strbuf_addch(w->out, '<');
	strbuf_adds(w->out, element);
	html_add_attributes(w, span ? span : node, class);
	strbuf_addch(w->out, '>');
	return true;
}

bool html_enter_inline(struct html_writer *w, const struct node *node)
{
	/* within <script> and the like: only its end is looked for */
	if (w->raw.dropping && node->type != NODE_HTML_INLINE &&
	    (!node->first || node->type == NODE_IMAGE ||
	     node->type == NODE_INLINE_NOTE))
		return false;
	switch (node->type) {
	case NODE_TEXT:
		html_add_text(w, node);
		return false;
	case NODE_SOFT_BREAK:
		html_add_soft_break(w, node);
		return false;
	case NODE_LINE_BREAK:
		html_add_line_break(w, node);
		return false;
	case NODE_CODE:
		html_open_code(w);
		strbuf_addch(w->out, '>');
		html_escape(w->out, node->text);
		strbuf_adds(w->out, "</code>");
		html_shown(w, node, node->text);
		html_skip(w, 'a');
		return false;
	case NODE_HTML_INLINE:
		if (w->cut) {
			html_add_cut_html(w, node);
			return false;
		}
		w->rc = html_sanitize(w->out, &w->raw, node->text,
				      node->parent, false, w->err);
		return false;
	case NODE_LINK:
		enter_link(w, node);
		return true;
	case NODE_IMAGE:
		add_image(w, node);
		return false;
	case NODE_FOOTNOTE_REFERENCE:
	case NODE_INLINE_NOTE:
		add_note_mark(w, node);
		return false;
	case NODE_COMMENT:
		return false;
	case NODE_DELETION:
		if (!(node->flags & NODE_CUT))
			return false;
		html_open_mark(w, node);
		return true;
	case NODE_INSERTION:
		html_open_mark(w, node);
		return true;
	default:
		return enter_element(w, node);
	}
}

void html_leave_inline(struct html_writer *w, const struct node *node)
{
	const char *element;

	if (node->type == NODE_LINK) {
		if (w->link == node) {
			strbuf_adds(w->out, "</a>");
			w->link = NULL;
		}
		return;
	}
	if (node->type == NODE_INSERTION || node->type == NODE_DELETION) {
		html_close_mark(w, node);
		return;
	}
	element = inline_element(node);
	if (!element)
		return;
	strbuf_adds(w->out, "</");
	strbuf_adds(w->out, element);
	strbuf_addch(w->out, '>');
}
