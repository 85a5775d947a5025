/* SPDX-License-Identifier: MIT */
/* The changes, in the order in which they are shown; the chunks. */
#include "alloc.h"
#include "redline_private.h"

/* --- where what was cut is shown --- */

static uint32_t top_of(const struct rl_items *items, uint32_t i)
{
	while (items->items[i].parent != NO_ITEM)
		i = items->items[i].parent;
	return i;
}

static uint32_t chunk_of(const struct rl_side *side, size_t item)
{
	return side->blocks.items[item].start;
}

/*
 * Give each chunk of the new side the old items that are shown in it: from
 * where the one before ends, to its last mate, and what follows that in the
 * same chunk of old.
 */
static void find_ranges(struct redline *r)
{
	struct rl_side *old = &r->sides[REDLINE_OLD];
	struct rl_side *new = &r->sides[REDLINE_NEW];
	const struct rl_item *items = old->blocks.items;
	size_t at = 0;

	for (size_t c = 0; c < new->chunk_count; c++) {
		struct rl_chunk *chunk = &new->chunks[c];
		size_t j = chunk->first;
		uint32_t last = NO_ITEM;

		chunk->old_first = at;
		for (; j < chunk->last; j = new->blocks.items[j].end)
			if (new->blocks.items[j].mate != NO_ITEM)
				last = new->blocks.items[j].mate;
		if (last != NO_ITEM) {
			last = top_of(&old->blocks, last);
			at = items[last].end;
			while (at < old->blocks.count &&
			       items[at].mate == NO_ITEM &&
			       chunk_of(old, at) ==
			       chunk_of(old, last))
				at = items[at].end;
			/* a whole chunk is gone: after the one before it */
			while (at < old->blocks.count &&
			       items[at].mate == NO_ITEM &&
			       old->chunks[chunk_of(old, at)].gone)
				at = items[at].end;
		}
		if (c + 1 == new->chunk_count)
			at = old->blocks.count;
		chunk->old_last = at;
	}
}

static void find_gone(struct rl_side *old)
{
	for (size_t c = 0; c < old->chunk_count; c++) {
		struct rl_chunk *chunk = &old->chunks[c];

		chunk->gone = true;
		for (size_t i = chunk->first; i < chunk->last; i++)
			if (old->blocks.items[i].mate != NO_ITEM)
				chunk->gone = false;
	}
}

/* --- numbers --- */

struct counting {
	struct redline *r;
	struct rl_words words;
	size_t chunk;
	uint32_t at;
	bool goes_on;		/* the last change, with what comes next */
	bool words_too;
};

static struct redline_change *add_change(struct counting *c,
					 enum redline_kind kind)
{
	struct redline *r = c->r;

	GROW(r->changes, r->change_count, r->change_capacity);
	r->changes[r->change_count] = (struct redline_change){
		.kind = kind, .chunk = c->chunk, .at = c->at
	};
	r->sides[REDLINE_NEW].chunks[c->chunk].changed = true;
	return &r->changes[r->change_count++];
}

/* Add the words of a block, or of two that are one. */
static void count_words(struct counting *c, struct redline_change *change,
			const struct rl_leaf *old, const struct rl_leaf *new)
{
	size_t added, cut;

	if (!c->words_too)
		return;
	redline_count_words(&added, &cut, c->r, &c->words, old, new);
	change->added += added;
	change->cut += cut;
}

/* A block that is one side's alone. */
static void count_leaf(struct counting *c, enum redline_side side,
		       struct rl_leaf *leaf)
{
	struct redline *r = c->r;
	enum redline_kind kind = side == REDLINE_OLD ? REDLINE_CUT :
				 REDLINE_ADDED;
	struct rl_leaf *old = side == REDLINE_OLD ? leaf : NULL;
	struct rl_leaf *new = side == REDLINE_OLD ? NULL : leaf;
	struct redline_change *change = NULL;

	if (leaf->moved != NO_ITEM) {
		change = add_change(c, side == REDLINE_OLD ?
				    REDLINE_MOVED_AWAY : REDLINE_MOVED_HERE);
		c->goes_on = false;
		if (new)
			count_words(c, change, &r->sides[REDLINE_OLD]
				    .leaves[new->moved], new);
	} else {
		if (c->goes_on) {
			change = &r->changes[r->change_count - 1];
			if (change->kind != kind)
				change->kind = REDLINE_CHANGED;
		} else {
			change = add_change(c, kind);
		}
		c->goes_on = true;
		count_words(c, change, old, new);
	}
	leaf->change = (uint32_t)r->change_count;
}

static void count_alone(void *data, enum redline_side side, uint32_t at)
{
	struct counting *c = data;
	struct rl_side *s = &c->r->sides[side];
	uint32_t end = s->blocks.items[at].end;

	for (; at < end; at++) {
		const struct rl_item *item = &s->blocks.items[at];

		if (item->leaf == NO_ITEM || s->leaves[item->leaf].follows)
			continue;
		if (side == REDLINE_NEW && item->node)
			c->at = item->node->start;
		count_leaf(c, side, &s->leaves[item->leaf]);
		if (side == REDLINE_NEW && item->node)
			c->at = item->node->end;
	}
}

static void count_both(void *data, uint32_t i, uint32_t j)
{
	struct counting *c = data;
	struct rl_side *old = &c->r->sides[REDLINE_OLD];
	struct rl_side *new = &c->r->sides[REDLINE_NEW];
	struct rl_leaf *a = &old->leaves[old->blocks.items[i].leaf];
	struct rl_leaf *b = &new->leaves[new->blocks.items[j].leaf];
	const struct node *node = new->blocks.items[j].node;
	struct redline_change *change;

	c->goes_on = false;
	if (!b->edited) {
		if (node)
			c->at = node->end;
		return;
	}
	c->at = node->start;
	change = add_change(c, REDLINE_CHANGED);
	c->at = node->end;
	count_words(c, change, a, b);
	a->change = b->change = (uint32_t)c->r->change_count;
	for (uint32_t n = 1; n < a->run; n++)
		a[n].change = a->change;
	for (uint32_t n = 1; n < b->run; n++) {
		b[n].change = b->change;
		c->at = leaf_node(c->r, REDLINE_NEW,
				  (size_t)(b - new->leaves) + n)->end;
	}
}

static void count_enter(void *data, uint32_t i, uint32_t j)
{
	((struct counting *)data)->goes_on = false;
}

static void count_leave(void *data)
{
	((struct counting *)data)->goes_on = false;
}

static void link_moves(struct redline *r)
{
	struct rl_side *old = &r->sides[REDLINE_OLD];
	struct rl_side *new = &r->sides[REDLINE_NEW];

	for (size_t j = 0; j < new->leaf_count; j++) {
		const struct rl_leaf *b = &new->leaves[j], *a;

		if (b->moved == NO_ITEM)
			continue;
		a = &old->leaves[b->moved];
		r->changes[b->change - 1].other = a->change;
		r->changes[a->change - 1].other = b->change;
	}
}

int redline_compare(struct redline *r, bool count_words, struct error *err)
{
	struct counting c = { .r = r, .words_too = count_words };
	const struct rl_merge merge = {
		&r->sides[REDLINE_OLD].blocks, &r->sides[REDLINE_NEW].blocks,
		&c, count_alone, count_both, count_enter, count_leave
	};
	int rc = redline_read(r, err);

	if (rc < 0)
		return rc;
	redline_align(r);
	find_gone(&r->sides[REDLINE_OLD]);
	find_ranges(r);
	words_init(&c.words);
	for (size_t n = 0; n < r->sides[REDLINE_NEW].chunk_count; n++) {
		const struct rl_chunk *chunk = &r->sides[REDLINE_NEW].chunks[n];

		c.chunk = n;
		c.at = 0;
		c.goes_on = false;
		items_merge(&merge, (uint32_t)chunk->old_first,
			    (uint32_t)chunk->old_last, (uint32_t)chunk->first,
			    (uint32_t)chunk->last);
	}
	words_release(&c.words);
	link_moves(r);
	return 0;
}

const struct redline_change *redline_changes(const struct redline *r,
					     size_t *count)
{
	*count = r->change_count;
	return r->changes;
}

/* --- a chunk --- */

struct making {
	struct rl_tree tree;
	struct error *err;
	int rc;
};

/* A block of one side, and all in it. */
static void put_alone(void *data, enum redline_side side, uint32_t at)
{
	struct rl_tree *t = &((struct making *)data)->tree;
	struct redline *r = t->redline;
	struct rl_side *s = &r->sides[side];
	struct node *base = t->in;
	const struct rl_item *items = s->blocks.items;
	unsigned mark = side == REDLINE_OLD ? NODE_CUT : NODE_ADDED;
	uint32_t end = items[at].end, in = items[at].parent;

	if (items[at].leaf != NO_ITEM && s->leaves[items[at].leaf].follows)
		return; /* put with the first of its run */
	for (; at < end; at++) {
		const struct rl_leaf *leaf;
		unsigned flags = mark;

		for (; in != items[at].parent; in = items[in].parent)
			tree_close_node(t);
		if (items[at].leaf == NO_ITEM) {
			tree_open(t, items[at].node, mark);
			in = at;
			continue;
		}
		leaf = &s->leaves[items[at].leaf];
		if (leaf->moved != NO_ITEM)
			flags |= NODE_MOVED;
		if (leaf->moved != NO_ITEM && side == REDLINE_NEW) {
			const struct rl_side *o = &r->sides[REDLINE_OLD];
			const struct rl_leaf *old = &o->leaves[leaf->moved];

			tree_put_changed(t, o->blocks.items[old->item].node,
					 old->chunk, items[at].node, flags,
					 leaf->change);
			continue;
		}
		tree_put(t, items[at].node, side, leaf->chunk,
			 flags)->change = leaf->change;
	}
	t->in = base;
}

/* A chunk that both have: what follows it was cut. */
static int put_chunk(struct rl_tree *t, struct error *err)
{
	struct redline *r = t->redline;
	struct rl_chunk *c = &r->sides[REDLINE_NEW].chunks[t->chunk];
	int rc = c->doc.root ? 0 : r->reader(&c->doc, c->text, c->elsewhere,
					     err);

	if (rc < 0)
		return rc;
	for (const struct node *n = c->doc.root->first; n; n = n->next)
		tree_put(t, n, REDLINE_NEW, t->chunk, 0);
	t->in = t->doc->footnotes;
	for (const struct node *n = c->doc.footnotes->first; n; n = n->next)
		tree_put(t, n, REDLINE_NEW, t->chunk, 0);
	t->in = t->doc->root;
	return 0;
}

static void put_edited(struct rl_tree *t, const struct rl_leaf *old,
		       const struct rl_leaf *new)
{
	struct rl_text a = leaf_text(t->redline, REDLINE_OLD, old);
	struct rl_text b = leaf_text(t->redline, REDLINE_NEW, new);

	if (old->run || new->run)
		tree_put_run(t, &a, &b, new->change);
	else
		tree_put_changed(t, a.block, a.chunk, b.block, 0, new->change);
}

static void put_both(void *data, uint32_t i, uint32_t j)
{
	struct making *m = data;
	struct rl_tree *t = &m->tree;
	struct redline *r = t->redline;
	const struct rl_side *old = &r->sides[REDLINE_OLD];
	const struct rl_side *new = &r->sides[REDLINE_NEW];
	const struct rl_item *a = &old->blocks.items[i];
	const struct rl_item *b = &new->blocks.items[j];
	const struct rl_leaf *leaf = &new->leaves[b->leaf];

	if (!b->node)
		m->rc = put_chunk(t, m->err);
	else if (leaf->edited)
		put_edited(t, &old->leaves[a->leaf], leaf);
	else
		tree_put(t, b->node, REDLINE_NEW, leaf->chunk, 0);
}

static void put_enter(void *data, uint32_t i, uint32_t j)
{
	struct rl_tree *t = &((struct making *)data)->tree;

	tree_open(t, t->redline->sides[REDLINE_NEW].blocks.items[j].node, 0);
}

static void put_leave(void *data)
{
	tree_close_node(&((struct making *)data)->tree);
}

int redline_document(struct document *doc, struct redline *r, size_t chunk,
		     struct error *err)
{
	const struct rl_chunk *c = &r->sides[REDLINE_NEW].chunks[chunk];
	struct making m = { .err = err };
	const struct rl_merge merge = {
		&r->sides[REDLINE_OLD].blocks, &r->sides[REDLINE_NEW].blocks,
		&m, put_alone, put_both, put_enter, put_leave
	};

	if (!c->changed)
		return 0;
	tree_init(&m.tree, r, doc, chunk);
	items_merge(&merge, (uint32_t)c->old_first, (uint32_t)c->old_last,
		    (uint32_t)c->first, (uint32_t)c->last);
	tree_put_notes(&m.tree);
	tree_release(&m.tree);
	return m.rc < 0 ? m.rc : 1;
}
