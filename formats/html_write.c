/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>

#include "alloc.h"
#include "changed_since.h"
#include "error.h"
#include "html_escape.h"
#include "html_write_private.h"

static bool enter(struct html_writer *w, const struct node *node)
{
	if (w->options->flavour == HTML_PLAIN)
		return html_enter_plain(w, node);
	if (NODE_IS_INLINE(node->type))
		return html_enter_inline(w, node);
	return html_enter_block(w, node);
}

static void leave(struct html_writer *w, const struct node *node)
{
	if (w->options->flavour == HTML_PLAIN) {
		html_leave_plain(w, node);
		return;
	}
	if (w->raw.count || w->raw.dropping)
		html_sanitize_leave(w->out, &w->raw, node);
	if (NODE_IS_INLINE(node->type))
		html_leave_inline(w, node);
	else
		html_leave_block(w, node);
}

/* The siblings from `node` on, to `until`, and all below them. */
static void walk(struct html_writer *w, const struct node *node,
		 const struct node *until)
{
	const struct node *container = node ? node->parent : NULL;
	size_t depth = 0;

	w->until = until;
	while (w->rc >= 0 && node && (depth || node != until)) {
		if (enter(w, node)) {
			if (node->first) {
				node = node->first;
				depth++;
				continue;
			}
			leave(w, node);
		}
		while (depth && !node->next) {
			node = node->parent;
			depth--;
			leave(w, node);
		}
		node = node->next;
	}
	html_sanitize_leave(w->out, &w->raw, container);
}

static void start(struct html_writer *w, struct strbuf *out,
		  const struct html_options *options, struct error *err)
{
	*w = (struct html_writer){
		.out = out, .options = options, .err = err,
		.rules = options->rules, .scratch = STRBUF_INIT,
		.trace = options->trace
	};
	w->raw.link = options->link;
	w->raw.image = options->image;
	w->raw.data = options->data;
	w->raw.shift = options->shift;
	w->raw.xml_lang = options->flavour == HTML_EPUB;
	if (w->rules)
		typography_start(&w->typography, w->rules);
}

static int end(struct html_writer *w)
{
	strbuf_release(&w->scratch);
	free(w->scopes);
	return w->rc;
}

int html_write_range(struct strbuf *out, const struct node *first,
		     const struct node *until,
		     const struct html_options *options, struct error *err)
{
	struct html_writer w;

	start(&w, out, options, err);
	walk(&w, first, until);
	return end(&w);
}

int html_write(struct strbuf *out, const struct node *node,
	       const struct html_options *options, struct error *err)
{
	if (node->type == NODE_DOCUMENT)
		return html_write_range(out, node->first, NULL, options, err);
	return html_write_range(out, node, node->next, options, err);
}

int html_write_note(struct strbuf *out, const struct node *content,
		    const char *back, const struct html_options *options,
		    struct error *err)
{
	bool is_inline = content->type == NODE_INLINE_NOTE;
	struct html_writer w;

	start(&w, out, options, err);
	if (is_inline) {
		strbuf_adds(out, "<p>");
		html_begin_leaf(&w, content, true);
	} else if (content->last && content->last->type == NODE_PARAGRAPH) {
		w.back_at = content->last;
	}
	w.back = back;
	walk(&w, content->first, NULL);
	if (is_inline)
		html_end_leaf(&w);
	if (is_inline)
		strbuf_addf(out, " %s</p>\n", back);
	else if (!w.back_at)
		strbuf_addf(out, "<p>%s</p>\n", back);
	return end(&w);
}

void html_add_changes(struct strbuf *out, const struct changed_since *changed,
		      const char *id)
{
	struct changed_block b = changed_since_block(changed, id);

	if (b.since)
		strbuf_addf(out, " data-since=\"%u\"", b.since);
	if (b.cut)
		strbuf_addf(out, " data-cut=\"%u\"", b.cut);
	if (b.cut_after)
		strbuf_addf(out, " data-cut-after=\"%u\"", b.cut_after);
}

void html_label_id(char out[HTML_LABEL_ID_SIZE], const char *chapter_label,
		   uint32_t number)
{
	snprintf(out, HTML_LABEL_ID_SIZE, "l-%.18s-%u", chapter_label,
		 (unsigned)number);
}
