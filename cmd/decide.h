/* SPDX-License-Identifier: MIT */
/* Decisions that are no change of the text: decline, defer, review. */
#ifndef DECIDE_H
#define DECIDE_H

#include "comment_choice.h"
#include "identity.h"
#include "manuscript.h"
#include "review.h"

struct error;

/**
 * Note that the comments have this state, with these words to their readers,
 * and those that say the same too. What has it already is left alone. A
 * comment that is in the text cannot be decided otherwise: ERROR_INVALID.
 */
int decide(struct manuscript *ms, struct review *review,
	   const struct comment_choice *choice, enum comment_state state,
	   const char *words, const struct identity *me, struct error *err);

/**
 * Note, and print, that commit `rev` of the author's own is what became of
 * them. ERROR_INVALID: HEAD does not have it, or their readers had.
 */
int decide_answer(struct manuscript *ms, struct review *review,
		  const struct comment_choice *choice, const char *rev,
		  const struct identity *me, bool dry_run, struct error *err);

/** A command of that kind: decline, defer. Returns its status. */
struct decide_command {
	const char *usage;
	enum comment_state state;
	const char *words;		/* "" for none */
	bool undo;			/* open them again */
	bool dry_run, from_stdin;
};
int decide_command(const struct decide_command *command, char **names,
		   int count);

#endif
