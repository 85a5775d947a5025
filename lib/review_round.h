/* SPDX-License-Identifier: MIT */
/*
 * Rounds of review. A round is an annotated tag refs/tags/round/<name> on the
 * commit that its readers get; the tag's author opened it. Its message:
 *
 *	Round 2
 *
 *	Please look at the ferry's times.
 *
 *	Due: 2026-12-24
 *
 * Words to readers and the day may be missing. What happens to a round later
 * is a line in the git note on the tag itself, under refs/notes/comments, as
 * with comments: "2026-01-02T03:04:05Z closed".
 */
#ifndef REVIEW_ROUND_H
#define REVIEW_ROUND_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "calendar.h"
#include "person.h"
#include "repository.h"

struct error;

#define ROUND_TAGS "refs/tags/round/"
#define ROUND_NAME_MAX 64	/* bytes */

struct review_round {
	const char *name;
	char tag[COMMIT_ID_LENGTH + 1];		/* the tag itself */
	char commit[COMMIT_ID_LENGTH + 1];	/* what readers saw */
	char short_commit[COMMIT_ID_LENGTH + 1];
	struct person opener;
	struct moment opened;
	const char *words;	/* to readers, "" if none; as they were written
				 * by whoever made the tag: may be no UTF-8 */
	char due[CALENDAR_DAY_SIZE]; /* "2026-12-24"; "" if not said */
	bool closed;
	struct moment closed_at;
};

/** The oldest first; of those of one moment, 2 before 10. */
struct review_round_list {
	struct arena arena;
	struct review_round *items;
	size_t count, capacity;
};

#define REVIEW_ROUND_LIST_INIT { ARENA_INIT, NULL, 0, 0 }

void review_round_list_release(struct review_round_list *list);

/**
 * Read all rounds into a fresh list. Tags under round/ that are none are
 * passed over: those without a message, not on a commit, or with a '/' in
 * their name.
 */
int review_round_list_read(struct review_round_list *list,
			   struct repository *repo, struct error *err);

/**
 * The round of that name, with or without "round/" before it; NULL: the
 * newest. ERROR_NOT_FOUND. The pointer is good as long as the list does not
 * change.
 */
int review_round_find(const struct review_round **out,
		      const struct review_round_list *list, const char *name,
		      struct error *err);

/**
 * Can a round be called that? One component of a ref's name: what git allows
 * there, not '-' first, UTF-8 in NFC without blanks, controls and
 * bidirectional controls, at most ROUND_NAME_MAX bytes. ERROR_INVALID.
 */
int review_round_check_name(const char *name, struct error *err);

/** "2" of a revision "round/2", as git may call a round; else NULL. */
const char *review_round_name(const char *rev);

struct review_round_plan {
	const char *name;	/* NULL: not said */
	const char *commit;	/* full id */
	const char *words;	/* NULL: not said */
	const char *due;	/* as calendar_day_parse() takes it; NULL */
	struct person opener;
	struct moment opened;
};

/**
 * Open a round: make its tag, and add it to the list of `repo`. Without a name
 * it is called by the next number, unless the commit has a round already:
 * then that one is meant.
 *
 * A round that is there already, on the same commit, is what was asked for if
 * all that is said is as it has it; then `*known` is true and nothing is
 * written. So the same call again, after one that was cut short, does no
 * harm. Else, or if it is closed: ERROR_EXISTS. ERROR_INVALID for a name, for
 * words that are not UTF-8, and for a day that is over; ERROR_MALFORMED for
 * what is no day.
 *
 * `dry_run`: write nothing, but fill `out`, its tag's id being "".
 */
int review_round_open(const struct review_round **out, bool *known,
		      struct review_round_list *list, struct repository *repo,
		      const struct review_round_plan *plan, bool dry_run,
		      struct error *err);

/**
 * Close a round of the list: no more answers are waited for. One that is
 * closed stays as it is.
 */
int review_round_close(struct repository *repo,
		       const struct review_round *round,
		       const struct person *who, const struct moment *when,
		       struct error *err);

#endif
