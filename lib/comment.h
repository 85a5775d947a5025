/* SPDX-License-Identifier: MIT */
/*
 * A comment: one thing that one reader said, as git keeps it. It is a commit
 * on the text that the reader saw; author and date are the reader's (and the
 * committer's, so that the same words make the same commit anywhere); its
 * message is what the reader wrote, and ends in trailers:
 *
 *	3.14: "grey" -> "gray"			the subject, one line
 *
 *	British spelling elsewhere.		what the reader wrote, if more
 *
 *	Round: 2				not where there is no round
 *	Chunk: part-one/03-fog.md		what it is about
 *	Label: 3.14
 *	Kind: edit				edit, remark
 *	Channel: mail				patch, mail, copy
 *	Message-Id: 20260102.1@example.org	of the mail it came in
 *	Part: 2					the second thing said in it
 *	Unplaced: 'gray' stands in 3.14 twice	if it could not be placed
 *	Copy: R7K3QX				the code in the mail's subject
 *	Sent-From: mara@work.example		if that is not the reader's
 *						address
 *	Date: Fri, 2 Jan 2026 03:04:05 +0100	kept, since mail programs
 *						change the header
 *
 * An edit changes the chunk; a remark puts {==passage==}{>>remark<<} into it;
 * a remark about a chunk or the whole book, and what could not be placed,
 * changes nothing. `git format-patch` of it, sent as a mail, is the same
 * comment again.
 */
#ifndef COMMENT_H
#define COMMENT_H

#include <stdbool.h>

#include "arena.h"
#include "history.h"
#include "person.h"
#include "repository.h"
#include "slice.h"

struct error;
struct strbuf;

/** Refs of comments: refs/comments/<round>/<COMMENT_REF_DIGITS of the id>. */
#define COMMENT_REFS "refs/comments/"
#define COMMENT_REF_DIGITS 12

/** The <round> of comments on what was never sent out in one. */
#define COMMENT_NO_ROUND "-"

/** What a comment says of itself, to be made into a message. */
struct comment_words {
	const char *subject;	/* "": the start of `body` */
	const char *body;	/* Markdown or plain; may be "" */
	const char *round;	/* "" or COMMENT_NO_ROUND: none */
	const char *chunk, *label, *channel, *message_id; /* may be "" */
	const char *unplaced;	/* why it could not be placed, or "" */
	const char *copy;	/* the code of the reader whose copy it was
				 * written from; NULL or "": not said */
	const char *sent_from;	/* the mail's address, where it is another than
				 * the reader's; NULL or "" */
	unsigned part;		/* of its mail, from 1 */
	bool is_remark;
	struct moment when;
};

/**
 * Append the message. It has the form that git would give it, and nothing in
 * it can be taken for a mail's header, a diff or a scissors line, so that it
 * survives being mailed. A message that is a comment's already is only made
 * clean.
 */
void comment_message(struct strbuf *out, const struct comment_words *words);

/**
 * Is `message`, subject and body, one that comment_message() made? True when
 * its trailers say the channel and the date.
 */
bool comment_message_is_own(struct slice message);

/** The same, of its trailers. */
bool comment_trailers_are_own(struct slice trailers);

/** The ref that holds comment `id` of a round. */
void comment_ref(struct strbuf *out, const char *round, const char *id);

struct comment {
	char id[COMMIT_ID_LENGTH + 1];
	char parent[COMMIT_ID_LENGTH + 1];
	char tree[COMMIT_ID_LENGTH + 1];
	const char *round;	/* of its ref; COMMENT_NO_ROUND */
	struct person reader;
	struct moment when;
	const char *message;	/* whole */
	struct slice subject, body; /* of the message; body without trailers */
	struct slice trailers;
	struct slice chunk, label, channel, message_id, unplaced; /* of them */
	bool is_remark;
	unsigned part;		/* of its mail, from 1 */
};

/** Fill `comment` from a commit; copies into the arena. */
void comment_read(struct comment *comment, struct arena *arena,
		  const char *round, const struct history_entry *entry);

/**
 * Append all that the reader wrote: subject and body, or the body alone where
 * the subject is no more than how it starts.
 */
void comment_add_words(struct strbuf *out, const struct comment *comment);

/** A file that a comment changes. */
struct comment_change {
	const char *path;
	char base[COMMIT_ID_LENGTH + 1], theirs[COMMIT_ID_LENGTH + 1]; /* blob */
};

struct comment_changes {
	struct arena arena;
	struct comment_change *items;
	size_t count, capacity;
};

#define COMMENT_CHANGES_INIT { ARENA_INIT, NULL, 0, 0 }

void comment_changes_release(struct comment_changes *changes);

/** What the comment changes in the tree of its parent: `changes` is emptied. */
int comment_changes_read(struct comment_changes *changes,
			 struct repository *repo,
			 const struct comment *comment, struct error *err);

#endif
