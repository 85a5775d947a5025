/* SPDX-License-Identifier: MIT */
/*
 * What is new in a draft for those who have read an earlier round: for each
 * block the round in which its words first stood as they stand now, for each
 * chapter how many such blocks it has, and where something was cut.
 *
 * Words count, as they are printed: not where lines break, not markup, not
 * the chunk: a paragraph that was moved is not changed. Notes and headings
 * are blocks too. A block that came back after it was away is new again.
 *
 * Rounds have numbers: 0 is the oldest, and the draft itself has the one
 * after the last. Of a round, those opened before it are earlier; of a draft
 * that is none, those that were open at its commit; at most the newest
 * CHANGED_SINCE_ROUNDS. Chunks whose blob is the same are not read.
 */
#ifndef CHANGED_SINCE_H
#define CHANGED_SINCE_H

#include <stdbool.h>
#include <stddef.h>

struct book;
struct changed_since;
struct error;

#define CHANGED_SINCE_ROUNDS 16

/**
 * Compare the draft `book` with the earlier rounds of its manuscript. May be
 * called at any time, also between two chapters that are read. A round that
 * can't be read as a manuscript is passed over.
 */
int changed_since_open(struct changed_since **out, struct book *book,
		       struct error *err);

void changed_since_close(struct changed_since *changed);

/** How many earlier rounds there are: the draft's own number. */
unsigned changed_since_rounds(const struct changed_since *changed);

/** The name of an earlier round, by its number. */
const char *changed_since_name(const struct changed_since *changed,
			       unsigned round);

struct changed_block {
	unsigned since;		/* the round it is from; 0: the oldest */
	unsigned cut;		/* the round since which something that stood
				 * right before it is gone; 0: nothing */
	unsigned cut_after;	/* the same of what stood after it, where
				 * nothing of its chunk does any more */
};

/** What is known of the block (heading, note) with that id of the book. */
struct changed_block changed_since_block(const struct changed_since *changed,
					 const char *id);

/**
 * How many places of chapter `index` are from round `since`, counting what
 * was cut: for those who read the round before it and all that are older, the
 * sum over `since` and what is newer is new.
 */
unsigned changed_since_count(const struct changed_since *changed, size_t index,
			     unsigned since);

/** The round that the oldest block of the chapter is from: to those who have
 * read an older one, all of it is new. */
unsigned changed_since_oldest(const struct changed_since *changed,
			      size_t index);

#endif
