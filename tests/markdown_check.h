/* SPDX-License-Identifier: MIT */
/*
 * What holds of every tree that markdown_read makes, whatever the text.
 * Used by the fuzzer and by tests with generated texts.
 */
#ifndef MARKDOWN_CHECK_H
#define MARKDOWN_CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "markdown_read.h"
#include "markdown_reader.h"
#include "utf8.h"

static struct slice check_source;	/* shown when something fails */

static inline void check_failed(int line, const char *what,
				const struct node *n)
{
	fprintf(stderr, "%s:%d: %s, node type %d at %u in\n", __FILE__, line,
		what, n ? (int)n->type : -1, n ? n->start : 0);
	for (size_t i = 0; i < check_source.len; i++) {
		unsigned char c = (unsigned char)check_source.ptr[i];

		fprintf(stderr, c >= ' ' && c < 0x7F ? "%c" : "\\%03o", c);
	}
	fprintf(stderr, "\n");
	abort();
}

#define CHECK(what, node) \
	((what) ? (void)0 : check_failed(__LINE__, #what, node))

static inline void check_text(const struct document *doc, const struct node *n)
{
	CHECK(utf8_valid_prefix(n->text) == n->text.len, n);
	if (n->type != NODE_TEXT || n->flags & NODE_LITERAL)
		return;
	CHECK(n->text.len == n->end - n->start, n);
	CHECK(n->text.ptr == doc->source.ptr + n->start, n);
	CHECK(n->text.len > 0, n);
}

static inline bool is_utf8(struct slice s)
{
	return utf8_valid_prefix(s) == s.len;
}

static inline void check_attributes(const struct node *n)
{
	const struct attributes *a = n->attributes;

	CHECK(is_utf8(a->id), n);
	for (size_t i = 0; i < a->class_count; i++)
		CHECK(a->classes[i].len && is_utf8(a->classes[i]), n);
	for (size_t i = 0; i < a->pair_count; i++) {
		CHECK(a->pairs[i].key.len && is_utf8(a->pairs[i].key), n);
		CHECK(is_utf8(a->pairs[i].value), n);
	}
}

static inline void check_link(const struct node *n)
{
	if (n->type != NODE_LINK && n->type != NODE_IMAGE)
		return;
	CHECK(is_utf8(n->link.url) && is_utf8(n->link.title), n);
}

static inline bool check_parent(const struct node *n)
{
	switch (n->parent->type) {
	case NODE_TABLE:
		return n->type == NODE_TABLE_ROW ||
		       (n->type == NODE_CAPTION && n == n->parent->first);
	case NODE_TABLE_ROW:
		return n->type == NODE_TABLE_CELL;
	case NODE_LIST:
		return n->type == NODE_ITEM;
	case NODE_LINE_BLOCK:
		return n->type == NODE_LINE;
	case NODE_FIGURE:
		return n->type == NODE_IMAGE || n->type == NODE_CAPTION;
	case NODE_DOCUMENT:
	case NODE_BLOCK_QUOTE:
	case NODE_ITEM:
	case NODE_DIV:
	case NODE_FOOTNOTE:
		return !NODE_IS_INLINE(n->type);
	default:
		return NODE_IS_INLINE(n->type);
	}
}

/* Spans in their parents' and one after the other; texts as in the source. */
static inline void check_tree(const struct document *doc,
			      const struct node *root)
{
	CHECK(root != NULL, root);
	for (const struct node *n = root; n; n = node_next(n, root)) {
		const struct node *p = n->parent;

		CHECK(n->start <= n->end && n->end <= doc->source.len, n);
		CHECK(!n->first == !n->last, n);
		CHECK(!n->next || n->next->parent == p, n);
		check_text(doc, n);
		check_link(n);
		if (n->attributes)
			check_attributes(n);
		if (!p)
			continue;
		CHECK(check_parent(n), n);
		CHECK(n->start >= p->start && n->end <= p->end, n);
		if (n->next && n->next->type != NODE_CAPTION &&
		    n->type != NODE_CAPTION)
			CHECK(n->next->start >= n->end, n);
	}
}

/* Bytes that could be the start of an extension. */
static inline bool may_be_extended(struct slice s)
{
	if (markdown_features(s) &
	    (HAS_EXTENSION | HAS_BAR | HAS_COLONS))
		return true;
	if (slice_find_slice(s, SLICE("\xE2\x81\x82")) < s.len)
		return true;
	/* another byte then stands for bad ones, which addresses cannot have */
	if (slice_find(s, '\x7F') < s.len && utf8_valid_prefix(s) < s.len)
		return true;
	if (slice_starts_with(s, SLICE("\xEF\xBB\xBF")))
		s = slice_sub(s, 3, s.len);
	return s.len && (s.ptr[0] == '-' || s.ptr[0] == '%');
}

static inline bool is_loose_text(cmark_node *n)
{
	return cmark_node_get_type(n) == CMARK_NODE_TEXT;
}

static inline cmark_node *next_in_cmark(cmark_node *n)
{
	if (cmark_node_first_child(n))
		return cmark_node_first_child(n);
	while (n && !cmark_node_next(n))
		n = cmark_node_parent(n);
	return n ? cmark_node_next(n) : NULL;
}

static inline int cmark_type_of(const struct node *n)
{
	switch (n->type) {
	case NODE_DOCUMENT: return CMARK_NODE_DOCUMENT;
	case NODE_FIGURE:
	case NODE_PARAGRAPH: return CMARK_NODE_PARAGRAPH;
	case NODE_HEADING: return CMARK_NODE_HEADING;
	case NODE_SCENE_BREAK: return CMARK_NODE_THEMATIC_BREAK;
	case NODE_BLOCK_QUOTE: return CMARK_NODE_BLOCK_QUOTE;
	case NODE_LIST: return CMARK_NODE_LIST;
	case NODE_ITEM: return CMARK_NODE_ITEM;
	case NODE_CODE_BLOCK: return CMARK_NODE_CODE_BLOCK;
	case NODE_HTML_BLOCK: return CMARK_NODE_HTML_BLOCK;
	case NODE_SOFT_BREAK: return CMARK_NODE_SOFTBREAK;
	case NODE_LINE_BREAK: return CMARK_NODE_LINEBREAK;
	case NODE_CODE: return CMARK_NODE_CODE;
	case NODE_HTML_INLINE: return CMARK_NODE_HTML_INLINE;
	case NODE_EMPHASIS: return CMARK_NODE_EMPH;
	case NODE_STRONG: return CMARK_NODE_STRONG;
	case NODE_LINK: return CMARK_NODE_LINK;
	case NODE_IMAGE: return CMARK_NODE_IMAGE;
	case NODE_TEXT: return CMARK_NODE_TEXT;
	default: return -1;
	}
}

static inline void check_literal(const struct node *n, cmark_node *c)
{
	const char *s = cmark_node_get_literal(c);

	if (n->type == NODE_DOCUMENT || !s)
		return;
	CHECK(slice_eq_str(n->text, s), n);
}

/* U+FFFD for each byte that is not UTF-8, and for NUL. */
static inline void add_replaced(struct strbuf *out, struct slice s)
{
	while (s.len) {
		size_t n = utf8_valid_prefix(s), nul = slice_find(s, '\0');

		if (nul < n)
			n = nul;
		strbuf_add(out, s.ptr, n);
		if (n < s.len)
			strbuf_adds(out, "\xEF\xBF\xBD");
		s = slice_sub(s, n + 1, s.len);
	}
}

/* Without extensions the tree is cmark's: the same nodes, the same words. */
static inline void check_against_cmark(const struct document *doc)
{
	struct strbuf text = STRBUF_INIT;
	cmark_node *root, *c;
	const struct node *n = doc->root;
	struct strbuf ours = STRBUF_INIT, theirs = STRBUF_INIT;

	add_replaced(&text, doc->source);
	c = root = cmark_parse_document(text.buf, text.len, 0);
	strbuf_release(&text);
	while (n || c) {
		strbuf_truncate(&ours, 0);
		strbuf_truncate(&theirs, 0);
		for (; c && is_loose_text(c); c = next_in_cmark(c))
			strbuf_adds(&theirs, cmark_node_get_literal(c));
		for (; n && (n->type == NODE_TEXT || n->type == NODE_CAPTION);
		     n = node_next(n, doc->root))
			if (n->type == NODE_TEXT &&
			    n->parent->type != NODE_CAPTION)
				strbuf_add_slice(&ours, n->text);
		CHECK(slice_eq(strbuf_slice(&ours), strbuf_slice(&theirs)), n);
		CHECK(!n == !c, n);
		if (!n)
			break;
		/* a lone "#" is a scene break */
		if (n->type == NODE_SCENE_BREAK &&
		    cmark_node_get_type(c) == CMARK_NODE_HEADING) {
			CHECK(!cmark_node_first_child(c), n);
		} else {
			CHECK(cmark_type_of(n) ==
				      (int)cmark_node_get_type(c), n);
			check_literal(n, c);
		}
		n = node_next(n, doc->root);
		c = next_in_cmark(c);
	}
	strbuf_release(&ours);
	strbuf_release(&theirs);
	cmark_node_free(root);
}

/* Depth of cmark's tree, since ours leaves out levels beyond some. */
static inline bool is_deep(const struct document *doc)
{
	for (const struct node *n = doc->root; n; n = node_next(n, doc->root)) {
		int depth = 0;

		for (const struct node *p = n; p; p = p->parent)
			depth++;
		if (depth > INLINE_DEPTH)
			return true;
	}
	return false;
}

/* What hides bytes that are not UTF-8 is not quite like U+FFFD in a text that
 * has DEL as well: it ends an autolink. */
static inline bool is_hidden_worse(struct slice source)
{
	return slice_find(source, 0x7F) < source.len &&
	       (slice_find(source, '\0') < source.len ||
		utf8_valid_prefix(source) < source.len);
}

static inline void check_markdown(struct slice source,
				  const struct definitions *elsewhere)
{
	unsigned long failures = markdown_alignment_failures;
	struct document doc = DOCUMENT_INIT;

	check_source = source;
	if (markdown_read(&doc, source, elsewhere, NULL) < 0)
		abort();
	check_tree(&doc, doc.root);
	check_tree(&doc, doc.footnotes);
	CHECK(markdown_alignment_failures == failures, doc.root);
	if (!elsewhere && !may_be_extended(source) &&
	    !is_hidden_worse(source) && !is_deep(&doc))
		check_against_cmark(&doc);
	document_release(&doc);
}

#endif
