/* SPDX-License-Identifier: MIT */
/* The inlines of a page or an e-book, and the attributes of all nodes. */
#include <stdint.h>
#include <string.h>

#include "html_escape.h"
#include "html_write_private.h"
#include "utf8.h"

/* ---- attributes ------------------------------------------------------- */

static void add_classes(struct html_writer *w, const struct node *node,
			const char *class)
{
	const struct attributes *a = node->attributes;
	const char *mark = html_mark_class(node);
	const char *before = "";

	if (!class && !mark && (!a || !a->class_count))
		return;
	strbuf_adds(w->out, " class=\"");
	if (class) {
		strbuf_adds(w->out, class);
		before = " ";
	}
	for (size_t i = 0; a && i < a->class_count; i++) {
		strbuf_adds(w->out, before);
		html_escape(w->out, a->classes[i]);
		before = " ";
	}
	if (mark) {
		strbuf_adds(w->out, before);
		strbuf_adds(w->out, mark);
	}
	strbuf_addch(w->out, '"');
}

/* BCP 47, roughly; a bad one would make the whole draft invalid. */
static bool is_language(struct slice tag)
{
	if (tag.len < 2 || tag.len > 35 || tag.ptr[tag.len - 1] == '-')
		return false;
	for (size_t i = 0; i < tag.len; i++) {
		char c = tag.ptr[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!letter && (i < 2 || (c != '-' && (c < '0' || c > '9'))))
			return false;
	}
	return true;
}

static void add_language(struct html_writer *w, const struct node *node)
{
	struct slice lang = node_attribute(node, "lang");
	struct slice dir = node_attribute(node, "dir");

	if (is_language(lang)) {
		strbuf_adds(w->out, " lang=\"");
		strbuf_add_slice(w->out, lang);
		if (w->options->flavour == HTML_EPUB) {
			strbuf_adds(w->out, "\" xml:lang=\"");
			strbuf_add_slice(w->out, lang);
		}
		strbuf_addch(w->out, '"');
	}
	if (slice_eq_str(dir, "rtl") || slice_eq_str(dir, "ltr")) {
		strbuf_adds(w->out, " dir=\"");
		strbuf_add_slice(w->out, dir);
		strbuf_addch(w->out, '"');
	}
}

void html_add_attributes(struct html_writer *w, const struct node *node,
			 const char *class)
{
	if (node->id) {
		strbuf_adds(w->out, " id=\"");
		strbuf_adds(w->out, node->id);
		strbuf_addch(w->out, '"');
		if (w->options->changed && !NODE_IS_INLINE(node->type))
			html_add_changes(w->out, w->options->changed,
					 node->id);
	}
	if (class || node->attributes ||
	    node->flags & (NODE_ADDED | NODE_CUT))
		add_classes(w, node, class);
	if (node->attributes)
		add_language(w, node);
}

static void add_title(struct html_writer *w, struct slice title)
{
	if (!title.len)
		return;
	strbuf_adds(w->out, " title=\"");
	html_escape(w->out, title);
	strbuf_addch(w->out, '"');
}

bool html_add_address(struct html_writer *w, const char *attribute,
		      struct slice url, bool image)
{
	const struct html_options *o = w->options;
	size_t start = w->out->len, before;
	int (*target)(struct strbuf *, struct slice, void *, struct error *) =
		!image ? o->link : w->cut ? o->old_image : o->image;

	if (!target)
		return false;
	strbuf_addch(w->out, ' ');
	strbuf_adds(w->out, attribute);
	strbuf_adds(w->out, "=\"");
	before = w->out->len;
	w->rc = target(w->out, url, o->data, w->err);
	if (w->rc < 0 || w->out->len == before) {
		strbuf_truncate(w->out, start);
		return false;
	}
	strbuf_addch(w->out, '"');
	return true;
}

/* ---- text ------------------------------------------------------------- */

/* Has one of the eight bytes of `x` its high bit set in the result: zero
 * bytes, and bytes less than n (Anderson, Bit Twiddling Hacks). */
#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)
#define ZERO_BYTE(x) (((x) - ONES) & ~(x) & HIGHS)
#define BYTE_IS(x, c) ZERO_BYTE((x) ^ (ONES * (c)))
#define BYTE_BELOW(x, c) (((x) - ONES * (c)) & ~(x) & HIGHS)

/* Is there anything that html_escape() would change, quotes aside? Says yes
 * now and then without need: for line ends and U+F000 to U+FFFF. */
static bool needs_escape(struct slice text)
{
	const char *p = text.ptr, *end = p + text.len;
	uint64_t x;

	for (; end - p >= 8; p += 8) {
		memcpy(&x, p, 8);
		/* '<' and '>' differ in one bit */
		if (BYTE_IS(x, 0x26) | BYTE_IS(x | ONES * 2, 0x3E) |
		    BYTE_BELOW(x, 0x20) | BYTE_IS(x, 0xEF))
			return true;
	}
	x = ONES * ' ';
	memcpy(&x, p, (size_t)(end - p));
	return (BYTE_IS(x, 0x26) | BYTE_IS(x | ONES * 2, 0x3E) |
		BYTE_BELOW(x, 0x20) | BYTE_IS(x, 0xEF)) != 0;
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
	while (!node->next) {
		node = node->parent;
		if (!node || !NODE_IS_INLINE(node->type))
			return ' ';
	}
	node = node->next;
	for (;;) {
		bool within = false;

		switch (node->type) {
		case NODE_TEXT:
			if (node->text.len)
				return first_character(node->text);
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
			within = node->first;
			break;
		default: /* notes, comments, deletions, tags: not seen */
			break;
		}
		if (within) {
			node = node->first;
			continue;
		}
		while (!node->next) {
			node = node->parent;
			if (!node || !NODE_IS_INLINE(node->type))
				return ' ';
		}
		node = node->next;
	}
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

static void add_text(struct html_writer *w, const struct node *node)
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

static void skip(struct html_writer *w, unsigned codepoint)
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

static void add_soft_break(struct html_writer *w, const struct node *node)
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
	skip(w, ' ');
}

static void add_line_break(struct html_writer *w, const struct node *node)
{
	if (html_is_verse(node->parent))
		strbuf_adds(w->out, "</span><br />\n<span class=\"line\">");
	else
		strbuf_adds(w->out, "<br />\n");
	html_shown(w, node, SLICE("\n"));
	skip(w, ' ');
}

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

void html_add_image(struct html_writer *w, const struct node *node)
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
		add_title(w, node->link.title);
	strbuf_adds(w->out, " />");
out:
	w->cut = cut;
	strbuf_release(&alt);
	skip(w, 'a');
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
	add_title(w, node->link.title);
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
		add_text(w, node);
		return false;
	case NODE_SOFT_BREAK:
		add_soft_break(w, node);
		return false;
	case NODE_LINE_BREAK:
		add_line_break(w, node);
		return false;
	case NODE_CODE:
		html_open_code(w);
		strbuf_addch(w->out, '>');
		html_escape(w->out, node->text);
		strbuf_adds(w->out, "</code>");
		html_shown(w, node, node->text);
		skip(w, 'a');
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
		html_add_image(w, node);
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
