/* SPDX-License-Identifier: MIT */
/* The marks of a redline: what was put in is <ins>, what was cut <del>. */
#include <string.h>

#include "html_escape.h"
#include "html_write_private.h"
#include "redline.h"

const char *html_mark_class(const struct node *node)
{
	if (node->flags & NODE_CUT)
		return node->flags & NODE_MOVED ? "cut moved" : "cut";
	if (node->flags & NODE_ADDED)
		return node->flags & NODE_MOVED ? "added moved" : "added";
	return NULL;
}

/* What was moved here has marks of its own: what was changed in it. */
static bool is_marked(const struct node *node)
{
	return node->flags & NODE_CUT ||
	       (node->flags & NODE_ADDED && !(node->flags & NODE_MOVED));
}

/* `more` is another class, or "". */
static void open_tag(struct html_writer *w, bool cut, const char *more)
{
	const struct html_options *o = w->options;
	const char *words = cut ? o->cut_words : o->added_words;

	strbuf_addf(w->out, "<%s%s\"", cut ? "del class=\"cut" :
		    "ins class=\"added", more);
	if (words) {
		strbuf_adds(w->out, " data-is=\"");
		html_escape_str(w->out, words);
		strbuf_addch(w->out, '"');
	}
	strbuf_addch(w->out, '>');
}

void html_open_mark(struct html_writer *w, const struct node *node)
{
	bool cut = node->flags & NODE_CUT;

	if (!is_marked(node))
		return;
	open_tag(w, cut, node->flags & NODE_BREAK ? " break" : "");
	if (node->flags & NODE_BREAK)
		strbuf_adds(w->out, "\u00B6");
	if (!cut)
		return;
	w->cut = node;
	w->before_cut = w->typography; /* the words after it go on from here */
}

void html_close_mark(struct html_writer *w, const struct node *node)
{
	if (!is_marked(node))
		return;
	strbuf_adds(w->out, node->flags & NODE_CUT ? "</del>" : "</ins>");
	if (w->cut != node)
		return;
	w->cut = NULL;
	if (NODE_IS_INLINE(node->type))
		w->typography = w->before_cut;
}

bool html_is_folded(const struct html_writer *w, const struct node *node)
{
	const unsigned away = NODE_CUT | NODE_MOVED;
	struct strbuf ends = STRBUF_INIT;
	bool folded;

	if ((node->flags & away) != away || html_is_verse(node))
		return false;
	folded = redline_add_ends(&ends, node);
	strbuf_release(&ends);
	return folded;
}

void html_open_fold(struct html_writer *w, const struct node *node)
{
	struct strbuf ends = STRBUF_INIT;
	struct node text = { .type = NODE_TEXT,
			     .parent = (struct node *)node };

	redline_add_ends(&ends, node);
	text.text = strbuf_slice(&ends);
	strbuf_adds(w->out, "<details><summary>");
	html_open_mark(w, node);
	html_enter_inline(w, &text);
	html_close_mark(w, node);
	strbuf_adds(w->out, "</summary>\n<p>");
	strbuf_release(&ends);
}

void html_close_fold(struct html_writer *w)
{
	strbuf_adds(w->out, "</p></details>");
}

void html_begin_change(struct html_writer *w, const struct node *node)
{
	const struct html_options *o = w->options;

	if (!node->change || node->change == w->change || !o->change ||
	    w->rc < 0)
		return;
	w->change = node->change;
	w->rc = o->change(w->out, node, o->data, w->err);
}

const char *html_note_class(const struct node *content)
{
	const struct node *n = content;

	for (; n; n = n->parent)
		if (n->flags & (NODE_CUT | NODE_ADDED))
			return n->flags & NODE_CUT ? "cut" : "added";
	/* a note that is new: nothing in it is not */
	for (n = content->first; n; n = n->next)
		if (!(n->flags & NODE_ADDED))
			return NULL;
	return content->first ? "added" : NULL;
}

void html_add_html_block(struct html_writer *w, const struct node *node)
{
	bool added = node->flags & NODE_ADDED && !w->raw.count;
	size_t start = w->out->len;

	w->rc = html_sanitize(w->out, &w->raw, node->text, node->parent, true,
			      w->err);
	/* whole elements can be marked; what opens or closes some can't */
	if (!added || w->rc < 0 || w->raw.count || w->raw.dropping)
		return;
	strbuf_truncate(&w->scratch, 0);
	strbuf_add_slice(&w->scratch, slice_sub(strbuf_slice(w->out), start,
						w->out->len));
	strbuf_truncate(w->out, start);
	strbuf_adds(w->out, "<div class=\"html added\">\n");
	strbuf_add_slice(w->out, strbuf_slice(&w->scratch));
	strbuf_adds(w->out, "</div>\n");
}

void html_add_code_lines(struct html_writer *w, const struct node *code)
{
	html_open_mark(w, code);
	html_escape(w->out, code->text);
	for (const struct node *n = code->first; n; n = n->next) {
		if (n->flags & (NODE_ADDED | NODE_CUT))
			open_tag(w, n->flags & NODE_CUT, "");
		html_escape(w->out, n->first ? n->first->text : n->text);
		if (n->flags & (NODE_ADDED | NODE_CUT))
			strbuf_adds(w->out, n->flags & NODE_CUT ? "</del>" :
				    "</ins>");
	}
	html_close_mark(w, code);
}

void html_add_cut_html(struct html_writer *w, const struct node *node)
{
	if (NODE_IS_INLINE(node->type)) {
		strbuf_adds(w->out, "<code>");
		html_escape(w->out, node->text);
		strbuf_adds(w->out, "</code>");
		return;
	}
	strbuf_adds(w->out, "<pre class=\"cut\">");
	html_begin_change(w, node);
	strbuf_adds(w->out, "<code>");
	open_tag(w, true, "");
	html_escape(w->out, slice_trim_end(node->text));
	strbuf_adds(w->out, "</del></code></pre>\n");
}
