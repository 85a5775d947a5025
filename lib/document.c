/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <string.h>

#include "document.h"
#include "strbuf.h"

void document_release(struct document *doc)
{
	arena_release(&doc->arena);
	*doc = (struct document)DOCUMENT_INIT;
}

void document_reset(struct document *doc)
{
	arena_reset(&doc->arena);
	doc->source = (struct slice){ NULL, 0 };
	doc->root = doc->footnotes = NULL;
}

struct node *node_new(struct document *doc, enum node_type type, size_t start,
		      size_t end)
{
	struct node *node = arena_calloc(&doc->arena, sizeof(*node));

	assert(start <= end && end <= UINT32_MAX);
	node->type = type;
	node->start = (uint32_t)start;
	node->end = (uint32_t)end;
	return node;
}

void node_append(struct node *parent, struct node *child)
{
	assert(!child->parent && !child->next);
	child->parent = parent;
	if (parent->last)
		parent->last->next = child;
	else
		parent->first = child;
	parent->last = child;
}

void node_prepend(struct node *parent, struct node *child)
{
	assert(!child->parent && !child->next);
	child->parent = parent;
	child->next = parent->first;
	parent->first = child;
	if (!parent->last)
		parent->last = child;
}

bool node_has_class(const struct node *node, const char *name)
{
	const struct attributes *a = node->attributes;

	for (size_t i = 0; a && i < a->class_count; i++)
		if (slice_eq_str(a->classes[i], name))
			return true;
	return false;
}

struct slice node_attribute(const struct node *node, const char *key)
{
	const struct attributes *a = node->attributes;

	for (size_t i = 0; a && i < a->pair_count; i++)
		if (slice_eq_str(a->pairs[i].key, key))
			return a->pairs[i].value;
	return (struct slice){ NULL, 0 };
}

struct node *node_skip(const struct node *node, const struct node *root)
{
	for (; node != root; node = node->parent)
		if (node->next)
			return node->next;
	return NULL;
}

struct node *node_next(const struct node *node, const struct node *root)
{
	return node->first ? node->first : node_skip(node, root);
}

void node_plain_text(struct strbuf *out, const struct node *node)
{
	const struct node *n = node;

	while (n) {
		switch (n->type) {
		case NODE_TEXT:
		case NODE_CODE:
		case NODE_CODE_BLOCK:
			strbuf_add_slice(out, n->text);
			break;
		case NODE_SOFT_BREAK:
		case NODE_LINE_BREAK:
			strbuf_addch(out, ' ');
			break;
		case NODE_INLINE_NOTE:
		case NODE_DELETION:
		case NODE_FOOTNOTE:
			n = node_skip(n, node);
			continue;
		default:
			/* the words of two blocks do not run together */
			if (!NODE_IS_INLINE(n->type) && n != node && out->len)
				strbuf_addch(out, ' ');
			break;
		}
		n = node_next(n, node);
	}
}
