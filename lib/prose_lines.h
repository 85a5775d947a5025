/* SPDX-License-Identifier: MIT */
/*
 * What differs between two texts, by whole lines; and the paragraphs around
 * it, which are then compared word by word. For prose_place.c and
 * prose_show.c alone.
 */
#ifndef PROSE_LINES_H
#define PROSE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

struct line_runs;

/* Bytes a0..a1 of base became b0..b1. */
struct lines_hunk {
	size_t a0, a1, b0, b1;
	bool in_place;		/* the same lines, but for a few bytes... */
	bool unsure;		/* ...which is not known yet: prose_drift.c */
};

struct lines_hunks {
	struct lines_hunk *items;	/* in order, equal lines between */
	size_t count, capacity;
};

#define LINES_HUNKS_INIT { NULL, 0, 0 }

void lines_hunks_release(struct lines_hunks *hunks);

/** What is not in the runs of two texts of these lengths. */
void lines_hunks_read(struct lines_hunks *hunks, const struct line_runs *runs,
		      size_t a_len, size_t b_len);

/** Where byte `at` of base, which is in or after hunk `n` - 1, stands. */
size_t lines_shifted(const struct lines_hunks *hunks, size_t n, size_t at);

/**
 * Leave out what `count` parts of texts, at most 3, have in common at both
 * ends, but for some thousands of bytes: where lines are very long, so are the
 * paragraphs that they are.
 */
void spans_trim(const struct slice *texts, struct span *spans, size_t count);

/** The start of the line before `at`; the end of the line `at` is in. */
size_t line_before(struct slice s, size_t at);
size_t line_after(struct slice s, size_t at);

/**
 * From the start of a line back over blank ones to the start of the paragraph
 * before; from one on to the end of the paragraph after. A paragraph of very
 * many lines is cut.
 */
size_t paragraph_before(struct slice s, size_t at);
size_t paragraph_after(struct slice s, size_t at);

#endif
