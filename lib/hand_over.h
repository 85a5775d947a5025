/* SPDX-License-Identifier: MIT */
/*
 * Mails handed over to the mail system, each with the git notes that say so.
 *
 * A note is a commit, and a thousand mails would be as many; so what was
 * handed over goes into a file in git's folder first, on the disk before the
 * next mail is begun, and into the notes together, at the end. Whoever is
 * killed leaves that file: the next one notes what is in it before anything
 * else. Only the mail that was being handed over at that moment is in doubt.
 */
#ifndef HAND_OVER_H
#define HAND_OVER_H

#include <stddef.h>

#include "person.h"
#include "slice.h"

struct error;
struct hand_over;
struct repository;

/** A line for the note on an object: see notes.h. */
struct hand_over_note {
	const char *ref;	/* "refs/notes/rounds" */
	const char *id;		/* the object's, full */
	struct slice line;	/* one line, with its end */
};

/**
 * Start, and note what was left of a run that was killed. `who` and `when`
 * are those of the commits of notes, and are copied. ERROR_BUSY: somebody else
 * is at it.
 */
int hand_over_open(struct hand_over **out, struct repository *repo,
		   const struct person *who, const struct moment *when,
		   struct error *err);

/**
 * Whose mail was being handed over when the last run was killed: it may have
 * gone out or not. NULL: nobody's.
 */
const char *hand_over_doubt(const struct hand_over *hand_over);

/** A mail to `whom`, in one line for a person, is handed over now. */
int hand_over_begin(struct hand_over *hand_over, const char *whom,
		    struct error *err);

/** It was: on the disk when this returns. */
int hand_over_done(struct hand_over *hand_over,
		   const struct hand_over_note *notes, size_t count,
		   struct error *err);

/** It was not. */
int hand_over_failed(struct hand_over *hand_over, struct error *err);

/** Note all of it. Frees, whether that fails (the file stays then) or not. */
int hand_over_close(struct hand_over *hand_over, struct error *err);

#endif
