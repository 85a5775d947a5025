/* SPDX-License-Identifier: MIT */
/*
 * What readers said, and what became of it: all comments of a round or of
 * all, in reading order, each with its state. That a comment is in the text is
 * read from history (the trailer "Comment: <id>" of the commit that applied
 * it, unless that was reverted); what history cannot say, from the lines of
 * the git notes on it, under refs/notes/comments:
 *
 *	2026-01-02T03:04:05Z declined the fog is meant to be grey
 *	2026-01-02T03:04:05Z deferred.2/3 until the next round
 *
 *	2026-01-02T03:04:05Z answered <galley.t.R7K3QX.…@example.org> declined
 *
 *	2026-01-02T03:04:05Z applied 1a2b3c4d...
 *
 * The third: its reader was told so, in that mail. The last one: that commit,
 * which does not name the comment, is what became of it; it counts while HEAD
 * has the commit, and it is not reverted.
 *
 * Lines are sorted, and the last one counts, so one of the same second as
 * another is dated later than it was. It then says which commit was the last
 * that had done something about the comment, since dates do not; "0" is none:
 *
 *	2026-01-02T03:04:06Z declined@1a2b3c4d5e6f not again
 *
 * A passage of a comment, its n-th change, can be decided by itself: "<id>.2".
 * Events and trailers then also say how many there are, "declined.2/3".
 */
#ifndef REVIEW_H
#define REVIEW_H

#include "comment.h"
#include "manuscript.h"

#define REVIEW_NOTES "refs/notes/comments"
#define REVIEW_MAIL_NOTES "refs/notes/mail" /* mail that was not placed */

enum comment_state {
	COMMENT_OPEN,
	COMMENT_APPLIED,	/* it is in the text */
	COMMENT_MARKED,		/* in the text as CriticMarkup, to be settled */
	COMMENT_ALREADY,	/* the text said so already */
	COMMENT_DECLINED,
	COMMENT_DEFERRED,
	COMMENT_SUPERSEDED,	/* its reader sent something else instead */
	COMMENT_NOTED		/* seen and taken to heart, without a change
				 * that is its own: praise, and what was
				 * mended with something else */
};
#define COMMENT_STATES 8

/** "open", "applied" …, as events, lists and filters name it. Static. */
const char *comment_state_name(enum comment_state state);

/** The state of that name: 0, or ERROR_NOT_FOUND. */
int comment_state_named(enum comment_state *out, struct slice name);

/** Where it is written. */
enum decision_source {
	DECIDED_IN_NOTE,
	DECIDED_BY_COMMIT,	/* that names the comment, or undoes one that
				 * does */
	DECIDED_BY_LINK		/* by a commit that a note names */
};

/** What was decided about a comment, or one passage of it. */
struct decision {
	enum comment_state state;
	unsigned part;		/* passage, from 1; 0: all of it */
	int64_t time;		/* seconds since 1970 UTC */
	const char *words;	/* why, or "" */
	const char *commit;	/* that applied it, or "" */
	unsigned parts;		/* how many passages there are, if `part` */
	enum decision_source source;
};

/** What a commit did about a comment. */
struct review_effect {
	const char *commit;	/* its full id */
	int64_t time;		/* seconds since 1970 UTC */
	unsigned part;		/* the passage; 0: all of it */
};

/** That its reader was told what became of a comment. */
struct answer {
	int64_t time;		/* of the first mail; seconds since 1970 UTC */
	const char *message_id;	/* of the last one, without <>; "": none yet */
	bool put_off;		/* that one said that it was put off */
};

struct review_comment {
	struct comment comment;
	struct answer answered;
	struct decision state;	/* of the whole; open while a passage is */
	int64_t decided;	/* when all of it was first decided, be it put
				 * off; 0: never */
	struct review_effect *effects; /* in the order of history */
	size_t effect_count, effect_capacity;
	struct decision *parts;	/* passages that were decided by themselves:
				 * the last decision of each */
	size_t part_count, part_capacity;
	size_t chunk;		/* number of its chunk in the outline as it is
				 * now; SIZE_MAX: none */
	const char *path;	/* what that chunk is called now; else what it
				 * was called; "": it is about none */
	bool changes;		/* it changes a file */
	size_t same;		/* index of the first comment that makes the
				 * same change to the same text; its own if it
				 * is the first */
	size_t next_same;	/* of the next one; SIZE_MAX: none */
	unsigned depth;		/* how many comments it goes on from: 2 for
				 * the third patch of a series where each is
				 * on top of the one before */
};

struct review {
	struct arena arena;
	struct review_comment *items;	/* in reading order */
	size_t count, capacity;
};

#define REVIEW_INIT { ARENA_INIT, NULL, 0, 0 }

void review_release(struct review *review);

/**
 * Read the comments of `round`, or of all rounds if it is NULL; the states
 * are those at HEAD. `review` is empty before.
 */
int review_read(struct review *review, const struct manuscript *ms,
		const char *round, struct error *err);

/** A comment that has no ref yet: see `dry_run` of collect.h. */
struct review_extra {
	const char *round, *id;
};

/** The same, of all rounds, with more that are there. */
int review_read_also(struct review *review, const struct manuscript *ms,
		     const struct review_extra *extras, size_t count,
		     struct error *err);

/**
 * Find the comment that a person names: 4 or more digits of its id, and
 * perhaps ".<n>" for a passage (`part`, else 0). ERROR_NOT_FOUND,
 * ERROR_AMBIGUOUS.
 */
int review_find(size_t *out, unsigned *part, const struct review *review,
		const char *name, struct error *err);

/** The state of one passage: its own, or that of the whole. */
const struct decision *review_part(const struct review_comment *comment,
				   unsigned part);

/**
 * Let the comment have this state from now on, in memory. When the last of
 * its passages is decided, the whole is.
 */
void review_set_state(struct review_comment *comment,
		      const struct decision *decision);

/** What was done last, be it undoing; NULL: nothing. */
const struct review_effect *
review_last_effect(const struct review_comment *comment);

/** A decision to be written down. */
struct review_event {
	const char *id;		/* the comment's, full */
	unsigned part, parts;	/* passage, and of how many; 0: all of it */
	enum comment_state state; /* OPEN: open it again */
	const char *words;	/* in one line or several; "" for none;
				 * APPLIED: the full id of the commit */
	const struct review_effect *after; /* the comment's last: this is said
				 * later, though it may be in the same second;
				 * or NULL */
};

/**
 * Append the line which says that the comment's reader was told by that mail
 * what it is now: later than all that its note says.
 */
int review_answer_line(struct strbuf *out, struct repository *repo,
		       const struct review_comment *comment,
		       const struct moment *when, const char *message_id,
		       struct error *err);

/**
 * Is there something to tell its reader: was it decided, and has no mail said
 * so yet? That it is put off is told, and then once more what became of it.
 * What its reader has sent anew is not decided here.
 */
bool review_wants_answer(const struct review_comment *comment);

/**
 * Write events into the notes, as of `when`. The same event at the same time
 * is written once.
 */
int review_decide(struct repository *repo, const struct review_event *events,
		  size_t count, const struct person *who,
		  const struct moment *when, struct error *err);

#endif
