/* SPDX-License-Identifier: MIT */
/* Commits and tags as git stores them: written, and read. */
#ifndef COMMIT_TEXT_H
#define COMMIT_TEXT_H

#include <stdbool.h>

#include <git2.h>

#include "person.h"
#include "slice.h"

struct arena;
struct history_entry;
struct strbuf;

struct commit_text {
	const git_oid *tree;
	const git_oid *parent;	/* or NULL */
	struct person author, committer;	/* are cleaned here */
	struct moment authored, committed;
	const char *message;	/* gets a line end if it has none */
};

void commit_text_write(struct strbuf *out, const struct commit_text *commit);

/** An annotated tag on a commit. */
void tag_text_write(struct strbuf *out, const git_oid *commit,
		    const char *name, const struct person *tagger,
		    const struct moment *when, const char *message);

/**
 * Read a commit or a tag, but for its id. Strings are put into the arena, the
 * message is borrowed from `text`. False when it is neither.
 */
bool commit_text_read(struct history_entry *out, struct arena *arena,
		      struct slice text);

/** The tree of a commit: its first line. */
bool commit_text_tree(git_oid *out, struct slice text);

#endif
