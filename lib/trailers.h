/* SPDX-License-Identifier: MIT */
/*
 * Trailers, the "Key: value" lines that end a commit's message, as
 * git-interpret-trailers(1) has them: the last paragraph, when all of its
 * lines are trailers or go on from one (indented).
 */
#ifndef TRAILERS_H
#define TRAILERS_H

#include <stdbool.h>

#include "slice.h"

struct strbuf;

/**
 * The trailers at the end of `message`, or an empty slice at its end. The
 * first paragraph, the subject, is never one.
 */
struct slice trailers_of(struct slice message);

/** The same of what follows the subject, which may be trailers alone. */
struct slice trailers_of_body(struct slice body);

/**
 * Take the next trailer off the front of `rest`: true, with its key and its
 * value without white space around. Lines that go on from it are left out of
 * the value.
 */
bool trailers_next(struct slice *key, struct slice *value, struct slice *rest);

/** The value of the first trailer `key` (any letter case), or empty. */
struct slice trailers_get(struct slice trailers, const char *key);

/**
 * Is it a line of `words` and a commit's full id, as `git revert` and `git
 * cherry-pick -x` leave them: "This reverts commit 1a2b..."?
 */
bool line_names_commit(struct slice *id, struct slice line, const char *words);

/**
 * Append "Key: value\n" to a message, after a blank line if it does not end
 * in trailers yet. A value is put on one line; an empty one adds nothing.
 */
void trailers_add(struct strbuf *message, const char *key,
		  struct slice value);

#endif
