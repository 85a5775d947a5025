/* SPDX-License-Identifier: MIT */
/* Maildir: a folder with a file for each message. */
#ifndef MAILDIR_H
#define MAILDIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "slice.h"
#include "strbuf.h"

struct error;

struct maildir {
	struct arena arena;
	const char **paths;	/* of the messages, starting with the folder's
				 * own; sorted by their names, which begin
				 * with the second of delivery, flags aside */
	size_t count, capacity;
};

#define MAILDIR_INIT { ARENA_INIT, NULL, 0, 0 }

void maildir_release(struct maildir *maildir);

/** Is this folder one? It has both "cur" and "new". */
bool maildir_is(const char *path);

/**
 * List the messages in "cur" and "new" of the folder: regular files, no
 * hidden ones, and nothing of "tmp", where they are still being written.
 * Folders inside (".Sent") are Maildirs of their own. ERROR_IO.
 */
int maildir_list(struct maildir *maildir, const char *path,
		 struct error *err);

/** A Maildir that mails are delivered to. */
struct maildir_outbox {
	const char *path;	/* borrowed */
	struct strbuf names;	/* of what is in it, a '/' before each */
};

#define MAILDIR_OUTBOX_INIT { NULL, STRBUF_INIT }

/** Make the folders that are not there, and see what is in them. */
int maildir_outbox_open(struct maildir_outbox *outbox, const char *path,
			struct error *err);
void maildir_outbox_release(struct maildir_outbox *outbox);

/**
 * Deliver a mail: written and synced in "tmp", then renamed into "new" or, as
 * a draft of its owner's, into "cur". `id` is its Message-ID; a mail with that
 * is there once, however often it is delivered. ERROR_IO.
 */
int maildir_deliver(struct maildir_outbox *outbox, struct slice mail,
		    const char *id, int64_t when, bool draft,
		    struct error *err);

#endif
