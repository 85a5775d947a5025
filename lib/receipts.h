/* SPDX-License-Identifier: MIT */
/*
 * Which reader was sent which round: a line a mail in the git note on the
 * round's tag, under refs/notes/rounds:
 *
 *	2026-01-02T03:04:05Z sent R7K3QX <galley.r2.R7K3QX.…@…> 1a2b3c4d
 *
 * The reader is there by code, not by address; the last word tells readers
 * with the same code apart.
 */
#ifndef RECEIPTS_H
#define RECEIPTS_H

#include <stdint.h>

#include "arena.h"
#include "reader_list.h"
#include "review_round.h"

struct error;
struct repository;
struct strbuf;

#define RECEIPT_NOTES "refs/notes/rounds"
#define RECEIPT_CHECK_SIZE 9	/* 8 digits and a NUL */

struct receipt {
	const char *round;	/* its name */
	size_t round_index;	/* in the list of rounds: 0 is the oldest */
	int64_t time;		/* seconds since 1970 UTC */
	const char *code;	/* the reader's */
	const char *check;	/* "" if it does not say */
	const char *message_id;	/* without <> */
};

/** Sorted by code; those of one reader by round, then by time. */
struct receipt_list {
	struct arena arena;
	struct receipt *items;
	size_t count, capacity;
};

#define RECEIPT_LIST_INIT { ARENA_INIT, NULL, 0, 0 }

void receipt_list_release(struct receipt_list *list);

/** Read those of all rounds into a fresh list. Lines of other kinds are
 * passed over. */
int receipt_list_read(struct receipt_list *list, struct repository *repo,
		      const struct review_round_list *rounds,
		      struct error *err);

/**
 * The last receipt of the reader of that address, of a round before index
 * `before` (SIZE_MAX: of any); or NULL.
 */
const struct receipt *receipt_last(const struct receipt_list *list,
				   const char *address, size_t before);

/** The receipt of the reader of that address for one round; or NULL. */
const struct receipt *receipt_of(const struct receipt_list *list,
				 const char *address, size_t round_index);

/** Append the line that says so, with its end. */
void receipt_add_line(struct strbuf *out, const struct moment *when,
		      const char *address, const char *message_id);

#endif
