/* SPDX-License-Identifier: MIT */
/*
 * A document as lines of text: one node a line, indented by its depth, its
 * type and span first.
 */
#ifndef MARKDOWN_DUMP_H
#define MARKDOWN_DUMP_H

#include "document.h"
#include "strbuf.h"

static inline const char *dump_name(const struct node *n)
{
	static const char *const names[] = {
		"document", "paragraph", "heading", "scene-break",
		"block-quote", "list", "item", "code-block", "html-block",
		"table", "row", "cell", "div", "line-block", "line", "figure",
		"caption", "footnote", "text", "soft-break", "line-break",
		"code", "html", "emphasis", "strong", "strikethrough", "span",
		"link", "image", "footnote-reference", "inline-note",
		"insertion", "deletion", "highlight", "comment"
	};

	return names[n->type];
}

static inline void dump_quoted(struct strbuf *out, struct slice s)
{
	strbuf_adds(out, " \"");
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\n')
			strbuf_adds(out, "\\n");
		else
			strbuf_addch(out, s.ptr[i]);
	}
	strbuf_addch(out, '"');
}

static inline void dump_attributes(struct strbuf *out,
				   const struct attributes *a)
{
	strbuf_adds(out, " {");
	if (a->id.len)
		strbuf_addf(out, "#%.*s", SLICE_ARG(a->id));
	for (size_t i = 0; i < a->class_count; i++)
		strbuf_addf(out, " .%.*s", SLICE_ARG(a->classes[i]));
	for (size_t i = 0; i < a->pair_count; i++)
		strbuf_addf(out, " %.*s=%.*s", SLICE_ARG(a->pairs[i].key),
			    SLICE_ARG(a->pairs[i].value));
	strbuf_adds(out, "}");
}

static inline void dump_details(struct strbuf *out, const struct node *n)
{
	static const char *const alignments[] = { "", " left", " center",
						  " right" };

	switch (n->type) {
	case NODE_HEADING:
		strbuf_addf(out, " level=%d", n->level);
		break;
	case NODE_LIST:
		if (n->flags & NODE_ORDERED)
			strbuf_addf(out, " from=%d", n->start_number);
		strbuf_adds(out, n->flags & NODE_TIGHT ? " tight" : " loose");
		break;
	case NODE_LINE:
		if (n->indent)
			strbuf_addf(out, " indent=%d", n->indent);
		break;
	case NODE_TABLE_CELL:
		strbuf_adds(out, alignments[n->alignment]);
		break;
	case NODE_CODE_BLOCK:
		if (n->info.len)
			strbuf_addf(out, " info=%.*s", SLICE_ARG(n->info));
		break;
	case NODE_LINK:
	case NODE_IMAGE:
		strbuf_addf(out, " <%.*s>", SLICE_ARG(n->link.url));
		if (n->link.title.len)
			strbuf_addf(out, " '%.*s'", SLICE_ARG(n->link.title));
		break;
	default:
		break;
	}
}

static inline void dump_node(struct strbuf *out, const struct node *n)
{
	for (const struct node *p = n->parent; p; p = p->parent)
		strbuf_adds(out, "  ");
	strbuf_addf(out, "%s %u-%u", dump_name(n), n->start, n->end);
	dump_details(out, n);
	if (n->flags & NODE_LITERAL)
		strbuf_adds(out, " literal");
	if (n->flags & NODE_AUTOLINK)
		strbuf_adds(out, " autolink");
	if (n->flags & NODE_HEADER)
		strbuf_adds(out, " header");
	if (n->text.len)
		dump_quoted(out, n->text);
	if (n->attributes)
		dump_attributes(out, n->attributes);
	strbuf_addch(out, '\n');
}

static inline void dump_document(struct strbuf *out, const struct document *doc)
{
	const struct node *roots[] = { doc->root, doc->footnotes };

	for (int i = 0; i < 2; i++)
		for (const struct node *n = roots[i]->first; n;
		     n = node_next(n, roots[i]))
			dump_node(out, n);
}

#endif
