/* SPDX-License-Identifier: MIT */
/*
 * The rules of the merge, for a part of the three texts: see prose_merge.h.
 * For prose_merge.c and prose_place.c alone.
 */
#ifndef PROSE_REGION_H
#define PROSE_REGION_H

#include <stdbool.h>
#include <stdint.h>

#include "prose_change.h"
#include "prose_diff.h"
#include "slice.h"
#include "strbuf.h"
#include "tokens.h"
#include "vocabulary.h"

/** A part of a text: what is compared, and where it stands. */
struct text_part {
	struct slice text;	/* the whole */
	struct span span;
};

/* One side: its words, and what became of the words of base there. */
struct region_side {
	struct token_list tokens;
	struct prose_hunks hunks;	/* from base */
	uint32_t *map;		/* where token i of base stands; or NOWHERE */
	uint32_t *kept;		/* points of words of base before token i
				 * that stand here too: a prefix sum */
	uint8_t *depth;		/* quote marks of the line of token i */
};

#define NOWHERE UINT32_MAX

/* What is to be done with a hunk of the reader's. */
enum hunk_fate {
	FATE_PLACE,
	FATE_ALREADY,
	FATE_TOUCHED,
	FATE_GONE	/* less than half of its sentence is left here */
};

struct region {
	bool quick;		/* see region_read() */
	struct text_part read_base, read_theirs; /* what is read already */
	size_t base_at, theirs_at, ours_at; /* where the parts start */
	struct token_list base;
	struct region_side theirs, ours;
	uint32_t *points;	/* of words before token i of base: prefix
				 * sum */
	uint32_t *sentence;	/* number of the sentence of token i */
	uint32_t *sentence_start; /* first token of sentence n; one more */
	size_t sentences;
	enum hunk_fate *fates;	/* of each hunk of theirs */
	struct strbuf bytes;	/* what region_place made */
};

#define REGION_INIT { .bytes = STRBUF_INIT }

void region_release(struct region *region);

/**
 * Compare parts of the three texts, and decide; the parts are borrowed. If
 * region->quick is true, base and ours by prose_diff() and not
 * prose_diff_sure(): nothing is to be put there. Where base and theirs are the
 * parts that they were the last time, they are not read again.
 */
void region_read(struct region *region, struct vocabulary *vocabulary,
		 struct text_part base, struct text_part theirs,
		 struct text_part ours);

/**
 * The bytes of ours (of the whole text) that hunk `h` of theirs replaces, and
 * by what (in region->bytes). False: the white space around it clashes.
 */
bool region_place(struct region *region, size_t h, struct span *ours);

/**
 * White space that the reader changed between words that both have: the gap
 * before token `i` of base, or the break that it is. Returns 1 with what
 * replaces what, 0 if there is nothing to do, -1 if it clashes with ours.
 */
int region_place_gap(const struct region *region, size_t i, struct span *ours,
		     struct slice *words);

/** Are there only breaks in it? Paragraphs were parted or joined. */
bool prose_hunk_is_form(const struct prose_hunk *hunk,
			const struct token_list *a,
			const struct token_list *b);

/**
 * The hunks of ours that hunk `h` of theirs meets: from *g0 up to *g1, if the
 * result is true.
 */
bool region_meets(const struct region *region, const struct prose_hunk *h,
		  size_t *g0, size_t *g1);

/** Does at least half of the words around hunk `h` of theirs stand in ours? */
bool region_sentence_stands(const struct region *region, size_t h);

/** The first token that starts at byte `at` of its list, or after it; or the
 * last. */
size_t region_token(const struct token_list *tokens, size_t at);

/** The first hunk that ends at token `at` of base, or after it. */
size_t region_first_hunk(const struct prose_hunks *hunks, size_t at);

/** Where token `at` of base is, if the hunks before `n` are before it. */
size_t region_moved(const struct prose_hunks *hunks, size_t n, size_t at);

/** Tokens of the three texts that belong together. */
struct region_hull {
	size_t base0, base1, theirs0, theirs1, ours0, ours1;
};

/**
 * The sentences around tokens from `from` up to `to` of base, and what they
 * became on both sides.
 */
struct region_hull region_hull(const struct region *region, size_t from,
			       size_t to);

#endif
