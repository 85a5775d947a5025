/* SPDX-License-Identifier: MIT */
/*
 * A reader's edit of one text, base to theirs, as a person sees and decides
 * it: passages, which are whole sentences that change, with what changes in
 * them word by word.
 *
 * Changes in one sentence are one passage; so are those of sentences that a
 * change joins. A sentence or paragraph put in or taken out as a whole is a
 * passage by itself. Where only lines are wrapped anew, that goes with the
 * passage of the same paragraph; elsewhere it is a passage that is `layout`.
 */
#ifndef PROSE_SHOW_H
#define PROSE_SHOW_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "slice.h"

struct strbuf;

enum prose_part_kind {
	PROSE_KEPT,
	PROSE_DELETED,		/* of base */
	PROSE_INSERTED		/* of theirs; after what it replaces */
};

/**
 * A part of a passage. The words to print: white space is one space, and
 * stands in the part that it belongs to (there is nothing to print between
 * parts); "\n" is a hard line break, or the start of another block (a
 * paragraph, a list item) with its marks after it ("\n- "). Markup and all
 * other characters are as they are in the text: not safe for a terminal.
 *
 * Whole words are deleted and inserted, each with the marks of punctuation
 * that stand at it without a space.
 */
struct prose_part {
	enum prose_part_kind kind;
	struct slice words;	/* in the arena of the passages */
};

struct prose_passage {
	struct span base;	/* bytes: its sentences; empty where they are
				 * all put in */
	struct span theirs;	/* what they became; empty if taken out */
	const struct prose_part *parts;
	size_t part_count;	/* 0 if `layout` */
	bool replaced;		/* most of it changes, here and there: shown as
				 * one part deleted and one inserted */
	bool layout;		/* only white space changes, to no effect */
};

/* Bytes of base that become bytes of theirs; they belong to a passage. */
struct prose_edit {
	struct span base, theirs;
	size_t passage;		/* from 0 */
};

struct prose_passages {
	struct slice base, theirs;	/* borrowed */
	struct prose_passage *items;	/* in the order of base; people are
					 * shown numbers from 1 */
	size_t count, capacity;
	struct prose_edit *edits;	/* in order; for prose_restrict() */
	size_t edit_count, edit_capacity;
	struct arena arena;
};

#define PROSE_PASSAGES_INIT { { NULL, 0 }, { NULL, 0 }, NULL, 0, 0, \
			      NULL, 0, 0, ARENA_INIT }

void prose_passages_release(struct prose_passages *passages);

/**
 * Find the passages that change from `base` to `theirs`, which are borrowed.
 * `passages` is fresh. None if the texts are equal. Near-linear in the texts,
 * and cheap where little differs.
 */
void prose_show(struct prose_passages *passages, struct slice base,
		struct slice theirs);

/**
 * Append base with passage `n` (from 0) changed, and nothing else. The same
 * edit has the same numbers always: what it gives depends on base and theirs
 * alone. All passages changed are theirs.
 */
void prose_restrict(struct strbuf *out, const struct prose_passages *passages,
		    size_t n);

/** The same with each passage n for which chosen[n] is true. */
void prose_restrict_to(struct strbuf *out,
		       const struct prose_passages *passages,
		       const bool *chosen);

#endif
