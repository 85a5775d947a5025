/* SPDX-License-Identifier: MIT */
/* What the files of the redline module share; nobody else includes it. */
#ifndef REDLINE_PRIVATE_H
#define REDLINE_PRIVATE_H

#include <stdbool.h>

#include "definitions.h"
#include "prose_diff.h"
#include "redline.h"
#include "strbuf.h"
#include "tokens.h"
#include "vocabulary.h"

#define NO_ITEM UINT32_MAX

/*
 * A tree as a list, in document order. A leaf that both texts have, and each
 * wrapper around it, has its mate in the other list; mates are of the same
 * kind and sign, their wrappers are mates of each other, and they are in the
 * same order on both sides.
 */
struct rl_item {
	const struct node *node; /* NULL: a chunk that both have, whole */
	const struct node *last; /* HTML, with what it holds; else NULL */
	uint64_t sign;		/* of wrappers: what must be the same */
	uint32_t start, len;	/* inlines: bytes of node->text; blocks: start
				 * is the chunk */
	uint32_t parent, end;	/* NO_ITEM: none; after all that is below */
	uint32_t mate;
	uint32_t leaf;		/* its number; wrappers: NO_ITEM */
	bool gap;		/* white space between words */
};

struct rl_items {
	struct rl_item *items;
	size_t count, capacity;
};

/** Are the wrappers of two leaves mates, or can they be? */
bool items_can_mate(const struct rl_items *a, uint32_t i,
		    const struct rl_items *b, uint32_t j);

/** Make them and their wrappers mates; they can be. */
void items_mate(struct rl_items *a, uint32_t i, struct rl_items *b,
		uint32_t j);

/** Append a wrapper or leaf, without a mate yet. Moves the others. */
struct rl_item *items_add(struct rl_items *list, const struct node *node,
			  uint32_t parent);

/** A block that is compared as one: a paragraph, a table, a stanza. */
struct rl_leaf {
	uint64_t hash;		/* of all that is in it */
	uint32_t item, chunk;
	uint32_t moved;		/* leaf of the other side, or NO_ITEM */
	uint32_t change;	/* its number; 0: none */
	size_t word, count;	/* its tokens' words, in the side's */
	uint32_t counted;	/* how many have letters or digits */
	uint32_t run;		/* so many, this one first, are compared as
				 * one with their mate's; else 0 */
	bool follows;		/* in a run, but not its first */
	bool edited;		/* has a mate that is not the same */
	bool noted;		/* only a note in it changed */
};

/** A note's definition. */
struct rl_note {
	const struct node *node;
	uint64_t hash;
	uint32_t chunk;
	uint32_t pair;		/* of the other side, or NO_ITEM */
};

struct rl_chunk {
	struct slice text;
	const char *key, *name;	/* NULL: none */
	const struct definitions *elsewhere;
	struct document doc;
	struct definitions labels; /* of notes -> index in the side's */
	bool same;		/* both have it, in the same order */
	bool gone;		/* old side: nothing of it stands anywhere */
	size_t first, last;	/* of the side's items, end exclusive */
	size_t old_first, old_last; /* new side: items shown in it */
	bool changed;		/* new side */
};

struct rl_side {
	struct rl_chunk *chunks;
	size_t chunk_count, chunk_capacity;
	struct rl_items blocks;
	struct rl_leaf *leaves;
	size_t leaf_count, leaf_capacity;
	struct rl_note *notes;
	size_t note_count, note_capacity;
	uint32_t *words;	/* of all leaves */
	size_t word_count, word_capacity;
};

struct redline {
	document_reader *reader;
	struct vocabulary vocabulary;
	struct arena arena;
	struct rl_side sides[2];
	struct redline_change *changes;
	size_t change_count, change_capacity;
	struct strbuf scratch;
};

/* redline_canon.c */

/**
 * Append all that makes `root` what it is, in a form of its own: kinds of
 * nodes, their attributes and words. Lines and runs of spaces are single
 * spaces.
 */
struct canon {
	unsigned skip;		/* NODE_ADDED or NODE_CUT: nodes that are left
				 * out; what other marks hold stands by
				 * itself. 0: neither */
	/* Append what a note is that is cited; NULL: nothing is */
	bool (*note)(struct strbuf *out, const struct node *reference,
		     void *data);
	void *data;
};
void redline_canon(struct strbuf *out, const struct node *root,
		   const struct canon *canon);

/** A hash of a node by itself: its kind, attributes, address. */
uint64_t redline_sign(const struct node *node);

/* redline_read.c: chunks to blocks, and which notes are pairs */
int redline_read(struct redline *r, struct error *err);

/** The note that a chunk calls `label`, or NULL. */
const struct rl_note *redline_note(const struct redline *r,
				   enum redline_side side, uint32_t chunk,
				   struct slice label);

/** Append a name of the note, the same for both of a pair; false: no note. */
bool redline_add_note(struct strbuf *out, const struct redline *r,
		      enum redline_side side, uint32_t chunk,
		      const struct node *reference);

/* So many words in runs that leaves `a` and `b` have in common. */
struct rl_votes {
	size_t a, b, count;
};

/* redline_run.c */

/**
 * Find paragraphs that were split, joined, or have the other's sentences now,
 * by votes in the order of both texts, and make them mates as runs.
 */
void redline_find_runs(struct redline *r, const struct rl_votes *votes,
		       size_t count);

/* redline_align.c: which blocks are mates, and which have moved */
void redline_align(struct redline *r);

/** The block that a leaf is; NULL: a chunk that both have. */
const struct node *leaf_node(const struct redline *r, enum redline_side side,
			     size_t leaf);

/** Has it one, or is in a run that has? */
bool leaf_has_mate(const struct redline *r, enum redline_side side,
		   size_t leaf);

/** Make them mates, if what is around them can be. `edited`: not the same. */
void mate_leaves(struct redline *r, size_t old, size_t new, bool edited);

/** Are they of one kind, headings of one level? */
bool leaf_same_type(const struct redline *r, size_t old, size_t new);

/* redline_move.c */

/** Of blocks without a mate, which stood elsewhere? */
void redline_find_moves(struct redline *r);

/* redline_inline.c */

/** The inlines of one block: as a tree, and as words. */
struct rl_inlines {
	struct rl_items items;
	struct token_list tokens; /* words[0] and the last are breaks */
	uint32_t *token_items;	/* item of token i; NO_ITEM for breaks */
	size_t token_capacity;
	struct strbuf flat;	/* the words, on one line */
	struct strbuf scratch;
};

void inlines_release(struct rl_inlines *in);

/** A block of inlines, a stanza, or a run of neighbours, in a chunk. */
struct rl_text {
	const struct node *block;
	size_t count;
	uint32_t chunk;
};

/** The text of a leaf, with those that are compared as one with it. */
struct rl_text leaf_text(const struct redline *r, enum redline_side side,
			 const struct rl_leaf *leaf);

/** The next of a run. */
const struct node *next_block(const struct node *block);

/** Read what it holds. Where a paragraph ends within a run, its item has the
 * node of the next one. */
void inlines_read(struct rl_inlines *in, struct redline *r,
		  enum redline_side side, const struct rl_text *text);

/* redline_words.c */

/** Two blocks word by word. */
struct rl_words {
	struct rl_inlines sides[2];
	struct prose_hunks hunks;
	struct word_change *changes;	/* as they are found */
	size_t change_count, change_capacity;
	struct part_hunk *parts;	/* as they are shown */
	size_t part_count, part_capacity;
	size_t added, cut;	/* words */
};

void words_init(struct rl_words *w);
void words_release(struct rl_words *w);

/** Find what both have. Their inlines have been read. */
void words_compare(struct rl_words *w);

/** Is the block one of words, that can be read so? */
bool inlines_are_in(const struct node *block);

/* redline_tree.c */

/** A tree in the making. */
struct rl_tree {
	struct document *doc;
	struct redline *redline;
	uint32_t chunk;		/* of the new side */
	uint32_t at;		/* in its source: after the last block */
	struct node *in;	/* what comes next is put at its end */
	struct rl_words words;
	struct rl_cited *cited;	/* notes that are yet to be put */
	size_t cited_count, cited_capacity;
	struct definitions cited_labels;
	bool in_note;		/* in a note within the words */
};

/* A note of one of the two, or of both; the other is NULL. */
struct rl_cited {
	const struct rl_note *old, *new;
	struct slice label;
};

void tree_init(struct rl_tree *t, struct redline *r, struct document *doc,
	       size_t chunk);
void tree_release(struct rl_tree *t);

/** Put the notes that were cited, and those that they cite. */
void tree_put_notes(struct rl_tree *t);

/** What is at its end is put into: a copy of a node, by itself. */
struct node *tree_open(struct rl_tree *t, const struct node *node,
		       unsigned flags);
void tree_close_node(struct rl_tree *t);

/** Put a copy of a node there, with all that is in it. Of a block that is one
 * side's alone, `flags` are what all blocks in it have. */
struct node *tree_put(struct rl_tree *t, const struct node *node,
		      enum redline_side side, uint32_t chunk, unsigned flags);

/* redline_block.c */

/** Put one block there that both have, `old` in chunk `from`: its words, its
 * cells, its lines with marks, or, where that cannot be, the old one and the
 * new one. `flags` and `change` are for the block. */
void tree_put_changed(struct rl_tree *t, const struct node *old,
		      uint32_t from, const struct node *new, unsigned flags,
		      uint32_t change);

/** The same of runs. */
void tree_put_run(struct rl_tree *t, const struct rl_text *old,
		  const struct rl_text *new, uint32_t change);

/** What comes next is put into the mark of one side. */
void tree_open_mark(struct rl_tree *t, enum redline_side side);

/** Put a part of a text; it goes on with the part before it. */
void tree_put_text(struct rl_tree *t, const struct node *node,
		   struct slice text);

/** Are two nodes the same with all that is in them? */
bool redline_same(const struct node *a, const struct node *b);

/* redline_rows.c: for two blocks of one kind; false: nothing is put */
bool tree_put_table(struct rl_tree *t, const struct node *old, uint32_t from,
		    const struct node *new, unsigned flags, uint32_t change);
bool tree_put_code(struct rl_tree *t, const struct node *old,
		   const struct node *new, unsigned flags, uint32_t change);
bool tree_put_figure(struct rl_tree *t, const struct node *old, uint32_t from,
		     const struct node *new, unsigned flags, uint32_t change);

/* redline_count.c */

/** How many words it marks. */
void redline_count_words(size_t *added, size_t *cut, struct redline *r,
			 struct rl_words *words, const struct rl_leaf *old,
			 const struct rl_leaf *new);

/* redline_merge.c: one list of items from two */

struct rl_merge {
	const struct rl_items *old, *new;
	void *data;
	void (*alone)(void *data, enum redline_side side, uint32_t item);
	void (*both)(void *data, uint32_t old, uint32_t new);	/* a leaf */
	void (*enter)(void *data, uint32_t old, uint32_t new);
	void (*leave)(void *data);
};

/**
 * Walk items old_from..old_to and new_from..new_to, both at the same depth:
 * what stands in one list alone is told whole.
 */
void items_merge(const struct rl_merge *m, uint32_t old_from, uint32_t old_to,
		 uint32_t new_from, uint32_t new_to);

#endif
