/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "book.h"
#include "epub_cut.h"
#include "epub_package.h"

#define HEAD_AND_TAIL 2000u
#define ROOM (EPUB_FILE_LIMIT - HEAD_AND_TAIL)
#define GOOD_FROM (ROOM * 6 / 10)	/* a cut at a heading or scene break
					 * is better, but not much earlier */

/* How much longer a byte of text may get: entities, curly quotes, dashes,
 * thin spaces, U+FFFD. */
static const unsigned char growth[256] = {
	2, 2, 2, 2, 2, 2, 2, 2, 2, 0, 0, 2, 2, 0, 2, 2,
	2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
	['&'] = 4, ['<'] = 3, ['>'] = 3, ['"'] = 8, ['\''] = 5, ['-'] = 2,
	['.'] = 2, ['!'] = 3, ['?'] = 3, [';'] = 3, [':'] = 3, [0xab] = 3,
	[0xbb] = 3
};

static size_t text_size(struct slice text)
{
	size_t size = text.len;

	for (size_t i = 0; i < text.len; i++)
		size += growth[(unsigned char)text.ptr[i]];
	return size;
}

static size_t attributes_size(const struct attributes *a)
{
	size_t size = 48;

	if (!a)
		return 0;
	for (size_t i = 0; i < a->class_count; i++)
		size += a->classes[i].len + 1;
	for (size_t i = 0; i < a->pair_count; i++)
		size += 2 * text_size(a->pairs[i].value) +
			2 * a->pairs[i].key.len + 16;
	return size;
}

static size_t id_size(const char *id)
{
	return id ? strlen(id) + 6 : 0;
}

/* Without what is below it. */
static size_t node_size(const struct node *n)
{
	size_t size = id_size(n->id) + attributes_size(n->attributes);

	if (n->number)
		size += 190; /* a label, or the mark of a note */
	if (n->change)
		size += 900; /* the mark of a change, its ways on */
	if (n->flags & (NODE_ADDED | NODE_CUT))
		size += 60;
	if (n->flags & NODE_MOVED)
		size += 300; /* its first and last words */
	switch (n->type) {
	case NODE_TEXT:
		return text_size(n->text);
	case NODE_SOFT_BREAK:
		return 1;
	case NODE_CODE_BLOCK:
		return size + text_size(n->text) + text_size(n->info) + 60;
	case NODE_CODE:
		return size + text_size(n->text) + 15;
	case NODE_HTML_BLOCK:
	case NODE_HTML_INLINE:
		return size + text_size(n->text) + 40;
	case NODE_COMMENT:
		return 0;
	case NODE_LINK:
	case NODE_IMAGE:
		return size + 200 + 3 * n->link.url.len +
		       text_size(n->link.title);
	default:
		return size + 60;
	}
}

static bool is_elsewhere(const struct node *n)
{
	return n->type == NODE_INLINE_NOTE || n->type == NODE_FOOTNOTE ||
	       (n->type == NODE_DELETION && !(n->flags & NODE_CUT));
}

/* As epub_size(); counts labels too. */
static size_t measure(const struct node *root, uint32_t *labels)
{
	const struct node *n = root;
	size_t size = 0;

	while (n) {
		size += node_size(n);
		if (n->number && !NODE_IS_INLINE(n->type) &&
		    n->type != NODE_FOOTNOTE)
			++*labels;
		n = is_elsewhere(n) && n != root ? node_skip(n, root)
						 : node_next(n, root);
	}
	return size;
}

size_t epub_size(const struct node *node)
{
	uint32_t labels = 0;

	return measure(node, &labels);
}

struct cutting {
	struct epub_cuts *cuts;
	size_t capacity;
	size_t size;		/* of the file so far */
	struct epub_cut good;	/* the last good place for a cut in it */
	size_t good_size;	/* of the file up to there; 0: none */
};

static void cut_at(struct cutting *c, const struct epub_cut *cut)
{
	GROW(c->cuts->items, c->cuts->count, c->capacity);
	c->cuts->items[c->cuts->count++] = *cut;
	c->good_size = 0;
}

/* Look at the next block, which starts at `here`. */
static void add_block(struct cutting *c, const struct epub_cut *here,
		      size_t size, const struct node *before,
		      const struct node *block)
{
	bool after_heading = before && before->type == NODE_HEADING;

	if (c->size > GOOD_FROM && !after_heading &&
	    (block->type == NODE_HEADING || !before ||
	     before->type == NODE_SCENE_BREAK)) {
		c->good = *here;
		c->good_size = c->size;
	}
	if (c->size && c->size + size > ROOM) {
		if (c->good_size && c->size - c->good_size + size <= ROOM) {
			c->size -= c->good_size;
			cut_at(c, &c->good);
		} else {
			c->size = 0;
			cut_at(c, here);
		}
	}
	c->size += size;
}

static uint32_t last_change(const struct node *block, uint32_t last)
{
	for (const struct node *n = block; n; n = node_next(n, block))
		if (n->change > last)
			last = n->change;
	return last;
}

void epub_cut_chapter(struct epub_cuts *cuts,
		      const struct book_chapter *chapter)
{
	struct cutting c = { .cuts = cuts };
	uint32_t change = 0;

	for (size_t s = 0; s < chapter->section_count; s++) {
		const struct node *root = chapter->sections[s].doc.root;
		const struct node *before = NULL;
		uint32_t index = 0;

		for (const struct node *b = root->first; b;
		     before = b, b = b->next) {
			struct epub_cut here = {
				(uint32_t)s, index++, b->start, cuts->labels,
				change };

			add_block(&c, &here, measure(b, &cuts->labels),
				  before, b);
			change = last_change(b, change);
		}
	}
	cuts->known = true;
}

size_t epub_cut_find(const struct epub_cuts *cuts, size_t section,
		     uint32_t offset)
{
	size_t low = 0, high = cuts->count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct epub_cut *cut = &cuts->items[mid];

		if (cut->section < section ||
		    (cut->section == section && cut->offset <= offset))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

size_t epub_cut_find_block(const struct epub_cuts *cuts, size_t section,
			   uint32_t block)
{
	size_t at = 0;

	while (at < cuts->count &&
	       (cuts->items[at].section < section ||
		(cuts->items[at].section == section &&
		 cuts->items[at].block <= block)))
		at++;
	return at;
}

size_t epub_cut_find_change(const struct epub_cuts *cuts, size_t change)
{
	size_t at = 0;

	while (at < cuts->count && cuts->items[at].change < change)
		at++;
	return at;
}
