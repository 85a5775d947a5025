/* SPDX-License-Identifier: MIT */
/*
 * A round at a glance: what waits for an answer and since when, by chapter
 * and by reader, and how long answers took, in this round and the others.
 *
 * A comment waits while it is open, or marked in the text to be settled; and,
 * where answers go out by mail, until its reader was told what became of it.
 * Answers go out by mail in a round as soon as one comment of it was answered
 * by mail; before that, and for a reader whose address is not known, the
 * decision counts as the answer. What is put off is decided. What a reader
 * replaced by something else (superseded) is not waited for, nor counted.
 *
 * Times are seconds since 1970, so that no zone and no daylight saving has a
 * say in how long something took.
 */
#ifndef ROUND_STATUS_H
#define ROUND_STATUS_H

#include "arena.h"
#include "person.h"
#include "reader_list.h"
#include "receipts.h"
#include "review.h"
#include "review_round.h"

struct error;

/** Comments, and what became of them. */
struct status_count {
	size_t said;		/* all of them */
	size_t open;		/* open, or marked */
	size_t untold;		/* decided; the answer is not sent yet */
	size_t put_off;		/* deferred; told or not */
	size_t decided;		/* all others */
	int64_t since;		/* the oldest of those that wait: when it was
				 * said. INT64_MAX: none waits */
};

/** How many wait: open or untold. */
size_t status_waiting(const struct status_count *count);

struct status_chapter {
	const char *title;	/* as the outline has it; "" : the book as a
				 * whole */
	const char *path;	/* of its first chunk, or of a chunk that the
				 * outline does not have any more; "": none */
	struct status_count count;
};

struct status_reader {
	struct person person;	/* as .mailmap has it */
	struct status_count count;
	int64_t sent;		/* when they were sent the round; 0: not, as
				 * far as receipts say */
	bool listed;		/* in the list of readers */
	bool stop;		/* and wants no more mails */
};

struct status_round {
	const char *name;	/* COMMENT_NO_ROUND: said in none */
	const struct review_round *round; /* NULL: none, or no tag of it here */
	struct status_count count;
	bool by_mail;		/* answers go out by mail */
	size_t answered;
	int64_t median, slowest; /* seconds from what was said to its first
				  * answer, of those answered; -1: none is */
};

struct round_status {
	struct arena arena;
	struct status_round *rounds; /* the oldest first; then no round */
	size_t round_count;
	size_t at;		/* the one asked for; its: */
	struct status_chapter *chapters; /* that have comments, in reading
					  * order, the whole book first */
	size_t chapter_count, chapter_capacity;
	struct status_reader *readers; /* who waits longest comes first; then
					* others who said something; then who
					* was sent it or is in the list */
	size_t reader_count, reader_capacity;
	size_t heard;		/* of them: who said something */
	size_t sent;		/* to how many the round was sent; */
	size_t sent_heard;	/* and who of these said something */
};

#define ROUND_STATUS_INIT { ARENA_INIT, NULL, 0, 0, NULL, 0, 0, NULL, 0, 0, \
			    0, 0, 0 }

/** What it is read from; all of it outlives the status. */
struct status_sources {
	const struct manuscript *ms;
	const struct review *review;	/* the comments of all rounds */
	const struct review_round_list *rounds;
	const struct reader_list *readers; /* NULL: there is no list */
	const struct receipt_list *receipts;
};

void round_status_release(struct round_status *status);

/**
 * Read the status of `round`; NULL: the newest, or what was said in no round
 * if there are none. ERROR_NOT_FOUND: no such round.
 */
int round_status_read(struct round_status *status,
		      const struct status_sources *from, const char *round,
		      struct error *err);

#endif
