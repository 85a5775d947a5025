/* SPDX-License-Identifier: MIT */
/* Maildir: a folder with a file for each message. */
#ifndef MAILDIR_H
#define MAILDIR_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

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

#endif
