/* SPDX-License-Identifier: MIT */
/* The attributes of a page's or an e-book's elements. */
#include "html_escape.h"
#include "html_tag.h"
#include "html_write_private.h"

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

static void add_language(struct html_writer *w, const struct node *node)
{
	struct slice lang = node_attribute(node, "lang");
	struct slice dir = node_attribute(node, "dir");

	if (html_is_language(lang)) {
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

void html_add_title(struct html_writer *w, struct slice title)
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
