/* SPDX-License-Identifier: MIT */
/*
 * The state of one call of prose_place(). For prose_place.c, prose_elsewhere.c,
 * prose_doubt.c and its like alone.
 */
#ifndef PROSE_PLACER_H
#define PROSE_PLACER_H

#include "prose_change.h"
#include "prose_diff.h"
#include "prose_drift.h"
#include "prose_lines.h"
#include "prose_region.h"
#include "slice.h"

struct prose_found;
struct prose_index;
struct vocabulary;

#define MOST_PLACES 12		/* looked at for one passage */
#define PLACER_REGIONS .region = REGION_INIT, .wide = REGION_INIT, \
		       .narrow = REGION_INIT

struct placer {
	struct prose_changes *out;
	struct vocabulary *vocabulary;
	struct prose_index *index;	/* of ours; NULL: not built yet */
	struct prose_index *own_index;	/* built here */
	struct prose_index *base_index;	/* built when a passage is gone */
	struct prose_index *near;	/* the region's base and ours; NULL:
					 * not built yet */
	size_t own;
	struct slice base, theirs, ours;
	struct prose_drift *drift;	/* base to ours; NULL: no text is own */
	struct lines_hunks reader;
	size_t budget;			/* bytes that may yet be compared */
	struct region region;
	struct region wide, narrow;	/* what is tried elsewhere */
	struct region *window;		/* which of them was, last */
	uint32_t *words;
	size_t word_count, word_capacity;
};

/* A change, and what to know it by elsewhere. */
struct passage {
	struct span hunk;		/* bytes of base */
	struct region_hull tokens;	/* of the wide window */
	struct region_hull sentences;	/* of the narrow one */
	struct region_hull blocks;	/* around them; not more than wide */
	struct text_part base, theirs;	/* the wide window */
	struct text_part narrow_base, narrow_theirs; /* the sentences alone */
};

/* What would become of it at some place. */
struct place {
	enum hunk_fate fate;
	size_t score;		/* words of the window that stand there */
	struct span span;
};

/** A copy of the words that lives as long as the changes. */
struct slice placer_keep(struct placer *p, struct slice words);

/** The bytes of base that a hunk takes out; where it puts words in. */
struct span placer_hunk_span(const struct region *r,
			     const struct prose_hunk *h);

/**
 * Hunk `h` of the region is gone from its place: find it elsewhere. Sets the
 * place and the words of `change`; returns its outcome.
 */
enum prose_outcome place_elsewhere(struct placer *p, size_t h,
				   struct prose_change *change);

/** Counted words of tokens from..to of base. */
size_t placer_words(const struct region *r, size_t from, size_t to);

/** The hunk of a window that takes out these bytes of base. */
size_t placer_same_hunk(const struct region *r, const struct span *base);

struct passage placer_passage(const struct placer *p, size_t h);

/**
 * Where the words of a passage stand together, the best first; `close` as for
 * prose_index_find().
 */
size_t placer_find(struct placer *p, struct prose_index *index,
		   const struct region_hull *passage, bool close,
		   struct prose_found *found);

/**
 * What would become of the change, were the passage here? It is tried with
 * the words around it; then without, if their order has changed. p->window is
 * what was compared; `quick` as for region_read().
 */
struct place placer_try(struct placer *p, const struct passage *passage,
			struct text_part here, bool quick);

/** Bytes of base and of another text where the same word is. */
struct pairing {
	size_t base, there;
};

#define NO_PREFERENCE SIZE_MAX

/**
 * A word near a hunk that stands on both sides; the one at byte `preferred` of
 * base, if it does. False if none does.
 */
bool placer_pair(struct pairing *out, const struct region *r,
		 const struct prose_hunk *h, size_t preferred);

/** Where a passage is thought to be: in which text, and a word of it. */
struct known {
	size_t number;		/* of the text */
	struct slice text;
	struct pairing pair;
};

/**
 * Is it clear that the passage belongs there? It is if each other place that
 * is like it, of the texts of `ours` or of base (one of the two is NULL), has
 * other words around it.
 */
bool placer_is_known(struct placer *p, const struct passage *passage,
		     const struct known *place, struct prose_index *ours,
		     struct prose_index *base);

/**
 * Hunk `h` of the region fits where it stood. True if it may as well belong to
 * another place, by what stands around.
 */
bool place_is_doubtful(struct placer *p, size_t h);

#endif
