/* SPDX-License-Identifier: MIT */
/*
 * Two texts, word by word.
 *
 * Runs of three words that each text has once are the first anchors (patience
 * diff), what lies between is compared by the greedy algorithm of E. W. Myers
 * ("An O(ND) Difference Algorithm and Its Variations", 1986), with a limit on
 * the work: where texts have next to nothing in common the script is not the
 * shortest, but the time stays near-linear.
 *
 * Where words could as well have been put in (or taken out) a little to the
 * left or right, as one of two equal words, the place where whole paragraphs,
 * else whole sentences, go is taken; else the last one. The same change gives
 * the same hunk, whatever else differs around. The breaks that end the texts
 * are a pair: every hunk is before them.
 */
#ifndef PROSE_DIFF_H
#define PROSE_DIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"
#include "tokens.h"

/** Tokens a0..a1 of the first text were replaced by b0..b1 of the second. */
struct prose_hunk {
	size_t a0, a1, b0, b1;
	size_t lo, hi;		/* the first place where it could start, and
				 * the last one where it could end, in the
				 * first text, all just as good: lo <= a0,
				 * a1 <= hi */
	/* Words put in, or taken out, none replaced: */
	bool starts, ends;	/* they start, end where sentences do */
};

struct prose_hunks {
	struct prose_hunk *items;	/* in order; equal tokens between */
	size_t count, capacity;
};

#define PROSE_HUNKS_INIT { NULL, 0, 0 }

void prose_hunks_release(struct prose_hunks *hunks);

/** Are there breaks in `b`, and none in `a`? Paragraphs came, or were parted. */
bool prose_hunk_puts_break(const struct prose_hunk *hunk,
			   const struct token_list *a,
			   const struct token_list *b);
/** Are there breaks in `a`, and none in `b`? */
bool prose_hunk_takes_break(const struct prose_hunk *hunk,
			    const struct token_list *a,
			    const struct token_list *b);

/** The hunks from `a` to `b`, which share a vocabulary; `hunks` is emptied. */
void prose_diff(struct prose_hunks *hunks, const struct token_list *a,
		const struct token_list *b);

/**
 * Which words of two lists are the same ones. The first and last token of each
 * is its end; for token n + 1 of `b`, match[n] becomes the number of its like
 * in `a`, or stays as it is. Returns how many have one.
 */
size_t prose_match(size_t *match, const struct token_list *a,
		   const struct token_list *b);

/**
 * The same as prose_diff(), read from both ends of the texts. Where the two readings differ,
 * either is as good as the other, and nobody knows which words became which:
 * what differs in any of them is one hunk, and does not slide. So is what has
 * but a letter or two between, in scripts that part no words (tokens.h); and
 * what a break passed, moved by a few words. Words beside a hunk that stand at
 * the other end of what it puts in, too, are part of it.
 */
void prose_diff_sure(struct prose_hunks *hunks, const struct token_list *a,
		     const struct token_list *b);

/** A run of equal lines: bytes of two texts. */
struct line_run {
	size_t a, b, len;
};

struct line_runs {
	struct line_run *items;		/* in order in both texts */
	size_t count, capacity;
};

#define LINE_RUNS_INIT { NULL, 0, 0 }

void line_runs_release(struct line_runs *runs);

/**
 * Equal runs of whole lines, in order, each held by a line that both texts
 * have once or by an end of the text. Cheap: what large texts have in common
 * is found before words are looked at. `runs` is emptied.
 */
void prose_diff_lines(struct line_runs *runs, struct slice a, struct slice b);

#endif
