/* SPDX-License-Identifier: MIT */
/* How many words a change puts in and cuts. */
#include "redline_private.h"
#include "words.h"

static size_t count_words(const struct redline *r, enum redline_side side,
			  const struct rl_leaf *leaf)
{
	const struct rl_item *item = &r->sides[side].blocks.items[leaf->item];
	struct strbuf text = STRBUF_INIT;
	size_t n;

	if (leaf->counted || !item->node)
		return leaf->counted;
	node_plain_text(&text, item->node);
	n = words_count(strbuf_slice(&text));
	strbuf_release(&text);
	return n;
}

/* Is it in one text alone? */
static unsigned mark_of(const struct node *n)
{
	for (; n; n = n->parent)
		if (n->flags & (NODE_ADDED | NODE_CUT))
			return n->flags & (NODE_ADDED | NODE_CUT);
	return 0;
}

/* The words that are marked in a table, a figure, code. */
static void count_marked(size_t *added, size_t *cut, struct redline *r,
			 const struct node *old, uint32_t from,
			 const struct node *new, uint32_t chunk)
{
	struct document doc = DOCUMENT_INIT;
	struct rl_tree t;

	tree_init(&t, r, &doc, chunk);
	tree_put_changed(&t, old, from, new, 0, 0);
	for (const struct node *n = doc.root; n; n = node_next(n, doc.root)) {
		unsigned mark = n->text.len ? mark_of(n) : 0;

		if (mark & NODE_ADDED)
			*added += words_count(n->text);
		else if (mark)
			*cut += words_count(n->text);
	}
	tree_release(&t);
	document_release(&doc);
}

void redline_count_words(size_t *added, size_t *cut, struct redline *r,
			 struct rl_words *words, const struct rl_leaf *old,
			 const struct rl_leaf *new)
{
	struct rl_text a, b;

	*added = *cut = 0;
	if (!old || !new) {
		*added = new ? count_words(r, REDLINE_NEW, new) : 0;
		*cut = old ? count_words(r, REDLINE_OLD, old) : 0;
		return;
	}
	a = leaf_text(r, REDLINE_OLD, old);
	b = leaf_text(r, REDLINE_NEW, new);
	if (!inlines_are_in(a.block) || !inlines_are_in(b.block)) {
		count_marked(added, cut, r, a.block, a.chunk, b.block,
			     b.chunk);
		return;
	}
	inlines_read(&words->sides[REDLINE_OLD], r, REDLINE_OLD, &a);
	inlines_read(&words->sides[REDLINE_NEW], r, REDLINE_NEW, &b);
	words_compare(words);
	*added = words->added;
	*cut = words->cut;
}
