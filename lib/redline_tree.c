/* SPDX-License-Identifier: MIT */
/* Copies of nodes, in the tree that a redline is. */
#include <stdio.h>
#include <stdlib.h>

#include "alloc.h"
#include "redline_private.h"

static struct node *copy(struct rl_tree *t, const struct node *node,
			 unsigned flags)
{
	struct node *n = node_new(t->doc, node->type, 0, 0);

	n->flags = node->flags;
	n->start = node->start;
	n->end = node->end;
	n->text = node->text;
	n->attributes = node->attributes;
	n->link = node->link; /* the largest of the union */
	if (NODE_IS_INLINE(node->type))
		return n;
	n->flags |= flags;
	if (flags & NODE_CUT)
		n->start = n->end = t->at;
	else if (node->end > t->at)
		t->at = node->end;
	return n;
}

struct node *tree_open(struct rl_tree *t, const struct node *node,
		       unsigned flags)
{
	struct node *n = copy(t, node, flags);

	node_append(t->in, n);
	t->in = n;
	return n;
}

void tree_close_node(struct rl_tree *t)
{
	t->in = t->in->parent;
}

/* --- notes --- */

/* The tree's own name for a note that is cited, which will be put there. */
static struct slice cite(struct rl_tree *t, enum redline_side side,
			 uint32_t chunk, struct slice label)
{
	struct redline *r = t->redline;
	const struct rl_note *note = redline_note(r, side, chunk, label);
	struct rl_cited c = { NULL, NULL, label };
	char name[40];

	if (!note)
		return label;
	if (side == REDLINE_NEW) {
		c.new = note;
		c.old = note->pair == NO_ITEM ? NULL :
			&r->sides[REDLINE_OLD].notes[note->pair];
	} else {
		c.old = note;
		c.new = note->pair == NO_ITEM ? NULL :
			&r->sides[REDLINE_NEW].notes[note->pair];
		if (c.new && c.new->chunk != t->chunk)
			c.new = NULL; /* there it is shown as changed */
	}
	/* no label has a bracket */
	snprintf(name, sizeof(name), "]%zu", (size_t)
		 (c.old - r->sides[REDLINE_OLD].notes));
	c.label = c.new ? c.new->node->text :
		  arena_slice(&t->doc->arena, slice_of(name));
	if (definitions_add(&t->cited_labels, true, c.label, SLICE(""), 0,
			    (struct span){ 0, 0 })) {
		GROW(t->cited, t->cited_count, t->cited_capacity);
		t->cited[t->cited_count++] = c;
	}
	return c.label;
}

static void put_blocks(struct rl_tree *t, const struct rl_note *note,
		       enum redline_side side, unsigned flags)
{
	const struct node *n = note->node->first;

	for (; n; n = n->next)
		tree_put(t, n, side, note->chunk, flags);
}

/* Are they of the same blocks, one by one? */
static bool same_blocks(const struct node *a, const struct node *b)
{
	for (a = a->first, b = b->first; a && b; a = a->next, b = b->next)
		if (a->type != b->type)
			return false;
	return !a && !b;
}

static void put_note(struct rl_tree *t, const struct rl_cited *c)
{
	const struct rl_note *note = c->new ? c->new : c->old;
	const struct node *a, *b;

	t->in = t->doc->footnotes;
	tree_open(t, note->node, c->new ? 0 : NODE_CUT)->text = c->label;
	if (!c->new || !c->old) {
		put_blocks(t, note, c->new ? REDLINE_NEW : REDLINE_OLD,
			   c->new ? NODE_ADDED : NODE_CUT);
	} else if (c->old->hash == c->new->hash) {
		put_blocks(t, c->new, REDLINE_NEW, 0);
	} else if (!same_blocks(c->old->node, c->new->node)) {
		put_blocks(t, c->old, REDLINE_OLD, NODE_CUT);
		put_blocks(t, c->new, REDLINE_NEW, NODE_ADDED);
	} else {
		a = c->old->node->first;
		b = c->new->node->first;
		for (; a; a = a->next, b = b->next)
			tree_put_changed(t, a, c->old->chunk, b, 0, 0);
	}
	tree_close_node(t);
}

void tree_put_notes(struct rl_tree *t)
{
	uint32_t at = t->at;

	for (size_t i = 0; i < t->cited_count; i++) {
		struct rl_cited c = t->cited[i]; /* the list grows */

		put_note(t, &c);
	}
	t->at = at;
}

void tree_init(struct rl_tree *t, struct redline *r, struct document *doc,
	       size_t chunk)
{
	*t = (struct rl_tree){ .doc = doc, .redline = r,
			       .chunk = (uint32_t)chunk,
			       .cited_labels = DEFINITIONS_INIT };
	words_init(&t->words);
	doc->root = node_new(doc, NODE_DOCUMENT, 0, 0);
	doc->footnotes = node_new(doc, NODE_DOCUMENT, 0, 0);
	t->in = doc->root;
}

void tree_release(struct rl_tree *t)
{
	words_release(&t->words);
	definitions_release(&t->cited_labels);
	free(t->cited);
}

/* --- all below a node --- */

struct node *tree_put(struct rl_tree *t, const struct node *node,
		      enum redline_side side, uint32_t chunk, unsigned flags)
{
	const struct node *n = node;
	struct node *top = NULL, *in = t->in;

	for (;;) {
		struct node *made = tree_open(t, n, flags);

		if (!top)
			top = made;
		/* what is not in the new text is where its block is */
		if (side == REDLINE_OLD && NODE_IS_INLINE(n->type))
			made->start = made->end = made->parent->start;
		if (n->type == NODE_FOOTNOTE_REFERENCE)
			made->text = cite(t, side, chunk, n->text);
		if (n->first) {
			n = n->first;
			continue;
		}
		tree_close_node(t);
		while (n != node && !n->next) {
			n = n->parent;
			tree_close_node(t);
		}
		if (n == node)
			break;
		n = n->next;
	}
	t->in = in;
	return top;
}
