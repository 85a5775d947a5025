/* SPDX-License-Identifier: MIT */
/*
 * Two texts of a book as one: what was put in, taken out and moved, in a tree
 * that the ordinary writers print.
 *
 * The tree is that of the new text, with the old one's nodes put in where
 * they stood. NODE_ADDED and NODE_CUT (document.h) say of a block, and of all
 * blocks in it, that it is in the new text alone, or in the old one alone;
 * within a block that both have, INSERTION and DELETION nodes with these
 * flags hold the words. Without what is ADDED the tree is the old text's,
 * without what is CUT the new one's, node by node: marks never part emphasis,
 * links, notes, list items or cells, since each is in one text or in both.
 * Where lines are wrapped is no difference, and front matter is not looked at.
 *
 * Blocks are found again wherever they stand: one that moved is both CUT
 * where it was and ADDED where it is, both times NODE_MOVED, with what was
 * changed in it marked where it is.
 *
 * Paragraphs that were split or joined are compared as one: an INSERTION or
 * DELETION with NODE_BREAK stands where one ends in one of the texts.
 *
 * Words are marked whole, with the punctuation that stands at them. Where
 * more than a few marks would be in a sentence, the sentence is shown
 * replaced.
 */
#ifndef REDLINE_H
#define REDLINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "document.h"
#include "slice.h"

struct error;
struct definitions;
struct redline;
struct strbuf;

enum redline_side { REDLINE_OLD, REDLINE_NEW };

struct redline *redline_new(document_reader *reader);
void redline_free(struct redline *redline);

/**
 * Add the next chunk of a side, in the order of the book. `key`, which may be
 * NULL, names its bytes: chunks of the same key have the same bytes, and are
 * not looked at if they stand in the same order. `name` is its path, or NULL.
 * `text` and `elsewhere` (see document_reader) are borrowed. Returns its
 * number on that side, from 0.
 */
size_t redline_add(struct redline *redline, enum redline_side side,
		   struct slice text, const char *key, const char *name,
		   const struct definitions *elsewhere);

/** Compare, once, when all chunks were added. Words are counted if asked for:
 * it takes time. */
int redline_compare(struct redline *redline, bool count_words,
		    struct error *err);

enum redline_kind {
	REDLINE_CHANGED,	/* words in it */
	REDLINE_ADDED,
	REDLINE_CUT,
	REDLINE_MOVED_HERE,	/* perhaps with changed words */
	REDLINE_MOVED_AWAY
};

/** A change as it is counted: a block, or neighbours that all come or go. */
struct redline_change {
	enum redline_kind kind;
	size_t chunk;		/* of the new side, where it is shown */
	size_t other;		/* MOVED: the change at the other place, by
				 * its number, from 1; else 0 */
	size_t added, cut;	/* words, if they were counted */
	uint32_t at;		/* in the source of the new chunk, or 0 */
	const char *people;	/* who suggested it, "Ann, Bob"; NULL: nobody
				 * that is known */
};

/**
 * The changes in the order in which they are shown: number n, which nodes
 * have as node->change, is items[n - 1].
 */
const struct redline_change *redline_changes(const struct redline *redline,
					     size_t *count);

struct repository;

/**
 * Find who suggested the changes: commits from `old` to `new` (ids) that put a
 * comment into the text say so by a trailer "Comment:", and their author is
 * the reader. Where the words that one put in, or cut, are in a change, it is
 * theirs. After redline_compare().
 */
int redline_find_people(struct redline *redline, struct repository *repo,
			const char *old, const char *new, struct error *err);

/**
 * The chunk of the new side as a redline: into `doc`, which is empty, and
 * borrows from the redline. 0: nothing changed in it, and nothing was done; 1:
 * it was made.
 */
int redline_document(struct document *doc, struct redline *redline,
		     size_t chunk, struct error *err);

/** The same of a chunk of one side as it is, without marks. */
const struct document *redline_source(const struct redline *redline,
				      enum redline_side side, size_t chunk);

/**
 * Append the first and the last words of a block that has moved away, or all
 * of a short one. True: words are left out.
 */
bool redline_add_ends(struct strbuf *out, const struct node *block);

#endif
