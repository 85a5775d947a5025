/* SPDX-License-Identifier: MIT */
/*
 * git notes of one line an entry (git-notes(1)): appended to by union, so
 * that `git notes merge -s cat_sort_uniq` merges what two people noted.
 */
#ifndef NOTES_H
#define NOTES_H

#include <stddef.h>

#include "person.h"
#include "slice.h"

struct error;
struct repository;
struct strbuf;

/**
 * Append the note on object `id` (full) to `out`. ERROR_NOT_FOUND when there
 * is none, nor such a ref.
 */
int notes_read(struct strbuf *out, struct repository *repo, const char *ref,
	       const char *id, struct error *err);

/**
 * Call `visit` for each object that has a note, in the order of their ids;
 * stops at the first that does not return 0, and returns that. A ref that is
 * not there has no notes.
 */
int notes_each(struct repository *repo, const char *ref,
	       int (*visit)(const char *id, struct slice text, void *data),
	       void *data, struct error *err);

struct note {
	const char *id;		/* the object's, full */
	struct slice text;	/* lines, each with its line end; or any bytes
				 * if the whole note is replaced */
};

/**
 * Add the lines to the notes of their objects: sorted, each once. One commit
 * on `ref`, by `who` at `when`, with the fan-out that git itself would
 * choose; nothing at all if every line is there already. ERROR_BUSY.
 */
int notes_add_lines(struct repository *repo, const char *ref,
		    const struct note *notes, size_t count,
		    const struct person *who, const struct moment *when,
		    const char *message, struct error *err);

/**
 * The same, but each note becomes just these bytes; without any, it goes.
 */
int notes_set(struct repository *repo, const char *ref,
	      const struct note *notes, size_t count,
	      const struct person *who, const struct moment *when,
	      const char *message, struct error *err);

#endif
