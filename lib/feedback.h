/* SPDX-License-Identifier: MIT */
/*
 * What readers said, as it came in, before it is known what it is about: what
 * every reader of formats/ fills, and what collecting (collect.h) places.
 */
#ifndef FEEDBACK_H
#define FEEDBACK_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "person.h"
#include "slice.h"

struct patch;

enum feedback_kind {
	FEEDBACK_PATCH,		/* `patch`: changes of the source */
	FEEDBACK_EDIT,		/* `old_words` became `new_words` */
	FEEDBACK_REMARK,	/* `words`, about what stands at the quote or
				 * label; without both, about the book */
	FEEDBACK_COPY,		/* `file` may be a chunk that was edited */
	FEEDBACK_LOST,		/* nothing could be made of it: `trouble` */
	FEEDBACK_STOP		/* wants no more mails; nothing is said */
};

/**
 * One thing that one reader said. Strings are UTF-8, live in the list's
 * arena, and are "" (never NULL) where nothing is known, unless it says so.
 */
struct feedback {
	enum feedback_kind kind;
	struct person who;	/* name may be ""; email may be "" */
	struct moment when;
	bool undated;		/* `when` is not the reader's */
	const char *channel;	/* "patch", "mail" */
	const char *message_id;	/* without <>; of a mail that has none: made
				 * of a hash of its bytes */
	unsigned part;		/* the n-th thing said in that mail, from 1 */
	const char *in_reply_to; /* without <>, or "" */
	const char *subject;	/* without Re:, [PATCH] and the like */
	const char *round;	/* as its subject or text names it, "2" of
				 * "round 2"; or "" */
	const char *copy;	/* the code of the reader whose copy's link the
				 * mail was begun by, "R7K3QX"; or "" */
	const char *words;	/* what the reader wrote: a patch's message
				 * below its subject, an edit's reason, a
				 * remark, what came with a copy */
	/* where: what the reader saw, rendered, not source */
	const char *label;	/* "3.14", "3", "A.2", or "" */
	struct slice *quotes;	/* the pieces of what was quoted, in their
				 * order; more than one where the reader cut
				 * something out. Lines are joined by spaces,
				 * paragraphs by "\n\n" */
	size_t quote_count;
	const char *old_words, *new_words; /* EDIT; old_words may be "": then
				 * new_words is what the quote or the
				 * paragraph of the label should read */
	bool everywhere;	/* EDIT: s/old/new/g: at each place in the
				 * paragraph, not at the one place */
	/* PATCH */
	struct patch *patch;	/* freed with the list */
	unsigned number, total;	/* of a series "3/7"; 0: none */
	unsigned version;	/* "v2": 2; 1 if not said */
	const char *thread;	/* Message-Id of the mail that the series
				 * hangs under, or "" */

	/* COPY */
	struct slice file;	/* UTF-8, LF line ends */
	const char *file_name;	/* as the mail names it; or "" */
	size_t otherwise;	/* so many items before it are what the file
				 * says if it is no copy of a chunk */

	const char *trouble;	/* what was repaired or is doubtful, in words
				 * for a person, or "" */
	struct slice mail;	/* the whole message as it came */
	const char *source;	/* "inbox.mbox:3": for messages */
};

struct feedback_list {
	struct arena arena;
	struct feedback *items;
	size_t count, capacity;
};

#define FEEDBACK_LIST_INIT { ARENA_INIT, NULL, 0, 0 }

void feedback_list_release(struct feedback_list *list);

/**
 * Add an item with all strings "", kind as given. The pointer is good until
 * the next one is added.
 */
struct feedback *feedback_list_add(struct feedback_list *list,
				   enum feedback_kind kind);

#endif
