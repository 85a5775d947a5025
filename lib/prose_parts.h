/* SPDX-License-Identifier: MIT */
/*
 * How a passage is shown: its parts, by whole words. For prose_show.c and
 * redline_words.c alone.
 */
#ifndef PROSE_PARTS_H
#define PROSE_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "prose_show.h"
#include "strbuf.h"
#include "tokens.h"

/*
 * Tokens a0..a1 of base became b0..b1 of theirs, with the white space on both
 * sides. No tokens at all: it is the white space that changed.
 */
struct word_change {
	size_t a0, a1, b0, b1;
	bool visible;		/* not just wrapped otherwise */
	bool words;		/* there are words in it, not only breaks */
	bool whole;		/* sentences put in or taken out as a whole */
	bool starts, ends;	/* as in struct prose_hunk */
};

/* A passage in tokens, and its changes. */
struct word_passage {
	const struct token_list *base, *theirs;
	size_t a0, a1, b0, b1;
	const struct word_change *changes;
	size_t count;
};

/* What is shown replaced: tokens of base, and what they became. */
struct part_hunk {
	size_t a0, a1, b0, b1;
};

/**
 * The changes as they are shown: by whole words, and a few in a sentence at
 * most, else all of the passage is replaced. Into `hunks`, which has room for
 * one more than there are changes. Returns how many.
 */
size_t parts_hunks(struct part_hunk *hunks, bool *replaced,
		   const struct word_passage *passage);

/** Is there a difference that is shown? Of two gaps, or of two breaks. */
bool parts_gap_differs(struct slice a, struct slice b);
bool parts_break_differs(struct slice a, struct slice b);

/** Fill in `parts`, `part_count` and `replaced`. */
void parts_make(struct prose_passage *out, struct arena *arena,
		const struct word_passage *passage);

#endif
