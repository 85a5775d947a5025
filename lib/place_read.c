/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "place_private.h"

void reread_release(struct reread *r)
{
	document_release(&r->doc);
	text_words_release(&r->words);
}

/* All words in the order of the tree, those of notes where they stand. */
static void fold_document(struct reread *r)
{
	const struct node *roots[] = { r->doc.root, r->doc.footnotes };
	struct text_fold fold;

	text_fold_init(&fold, &r->map->vocabulary, &r->words);
	for (int i = 0; i < 2; i++)
		for (const struct node *n = roots[i]; n;
		     n = node_next(n, roots[i]))
			if (text_map_is_leaf(n) ||
			    n->type == NODE_INLINE_NOTE)
				text_map_fold_leaf(NULL, &fold, n, r->source,
						   (uint32_t)r->at);
	text_fold_release(&fold);
}

static int read_slice(struct reread *r, struct error *err)
{
	int rc = r->map->reader(&r->doc, r->source,
				book_definitions(r->map->book), err);

	if (!rc)
		fold_document(r);
	return rc;
}

static bool has_word(const struct reread *r, const struct text_word *word)
{
	for (size_t i = 0; i < r->words.count; i++)
		if (r->words.items[i].start == word->start)
			return r->words.items[i].word == word->word;
	return false;
}

int reread_block(struct reread *r, struct text_map *map,
		 const struct text_block *block, struct error *err)
{
	struct slice chunk = map->chunks[block->chunk].source;
	const struct text_word *w = map->words.items + block->first;
	int rc;

	r->map = map;
	r->chunk = block->chunk;
	r->at = block->top_start;
	r->source = slice_sub(chunk, block->top_start, block->top_end);
	rc = read_slice(r, err);
	if (rc < 0 || !block->count || (has_word(r, w) &&
					has_word(r, w + block->count - 1)))
		return rc;
	/* it means something else by itself: "% words" at the very start */
	reread_release(r);
	*r = (struct reread)REREAD_INIT;
	r->map = map;
	r->chunk = block->chunk;
	r->source = chunk;
	return read_slice(r, err);
}

int reread_bytes(struct reread *r, const struct reread *like,
		 struct slice bytes, struct error *err)
{
	r->map = like->map;
	r->chunk = like->chunk;
	r->at = like->at;
	r->source = bytes;
	return read_slice(r, err);
}

static bool holds(const struct node *n, size_t at)
{
	return n->start <= at && at < n->end;
}

const struct node *reread_node(const struct reread *r, size_t at)
{
	const struct node *n = NULL, *child;

	if (at < r->at)
		return NULL;
	at -= r->at;
	for (child = r->doc.root->first; child && !holds(child, at);)
		child = child->next;
	if (!child)
		for (child = r->doc.footnotes->first;
		     child && !holds(child, at);)
			child = child->next;
	while (child) {
		n = child;
		for (child = n->first; child && !holds(child, at);)
			child = child->next;
	}
	return n;
}

const struct node *reread_leaf(const struct node *node)
{
	while (node && !text_map_is_leaf(node) &&
	       node->type != NODE_INLINE_NOTE)
		node = node->parent;
	return node;
}

/* ---- shapes ----------------------------------------------------------- */

static void add_part(struct strbuf *out, struct slice s)
{
	strbuf_add_slice(out, s);
	strbuf_addch(out, '\x01');
}

static void add_details(struct strbuf *out, const struct node *n)
{
	const struct attributes *a = n->attributes;

	switch (n->type) {
	case NODE_HEADING:
		strbuf_addf(out, "%d", n->level);
		break;
	case NODE_LIST:
		strbuf_addf(out, "%u", n->flags);
		break;
	case NODE_LINK:
	case NODE_IMAGE:
		add_part(out, n->link.url);
		add_part(out, n->link.title);
		break;
	case NODE_CODE_BLOCK:
		add_part(out, n->info);
		break;
	case NODE_HTML_INLINE:
	case NODE_HTML_BLOCK:
	case NODE_FOOTNOTE:
	case NODE_FOOTNOTE_REFERENCE:
		add_part(out, n->text);
		break;
	default:
		break;
	}
	if (!a)
		return;
	add_part(out, a->id);
	for (size_t i = 0; i < a->class_count; i++)
		add_part(out, a->classes[i]);
	for (size_t i = 0; i < a->pair_count; i++) {
		add_part(out, a->pairs[i].key);
		add_part(out, a->pairs[i].value);
	}
}

static bool is_shown(const struct node *n, enum shape shape)
{
	switch (n->type) {
	case NODE_TEXT:
	case NODE_COMMENT:
	case NODE_HIGHLIGHT:
		return false;
	case NODE_SOFT_BREAK:
		return shape == SHAPE_WHOLE;
	case NODE_EMPHASIS:
	case NODE_STRONG:
	case NODE_CODE:
		return shape != SHAPE_NO_EMPHASIS;
	default:
		return true;
	}
}

static void enter(struct strbuf *out, const struct node *n, enum shape shape)
{
	if (is_shown(n, shape)) {
		strbuf_addch(out, '\x02');
		strbuf_addch(out, (char)('A' + n->type));
		add_details(out, n);
	}
	if (shape == SHAPE_WHOLE &&
	    (n->type == NODE_TEXT || n->type == NODE_CODE ||
	     n->type == NODE_CODE_BLOCK))
		strbuf_add_slice(out, n->text);
}

static void add_tree(struct strbuf *out, const struct node *root,
		     enum shape shape)
{
	const struct node *n = root;

	for (;;) {
		enter(out, n, shape);
		if (n->first) {
			n = n->first;
			continue;
		}
		while (!n->next || n == root) {
			if (n != root)
				n = n->parent;
			if (is_shown(n, shape))
				strbuf_addch(out, '\x03');
			if (n == root)
				return;
		}
		n = n->next;
	}
}

void reread_shape(struct strbuf *out, const struct reread *r,
		  enum shape shape)
{
	strbuf_truncate(out, 0);
	add_tree(out, r->doc.root, shape);
	add_tree(out, r->doc.footnotes, shape);
}

size_t reread_comments(const struct reread *r)
{
	const struct node *roots[] = { r->doc.root, r->doc.footnotes };
	size_t count = 0;

	for (int i = 0; i < 2; i++)
		for (const struct node *n = roots[i]; n;
		     n = node_next(n, roots[i]))
			count += n->type == NODE_COMMENT;
	return count;
}
