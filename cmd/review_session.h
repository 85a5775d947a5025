/* SPDX-License-Identifier: MIT */
/* What the files of galley-review share. */
#ifndef REVIEW_SESSION_H
#define REVIEW_SESSION_H

#include <stdbool.h>
#include <stddef.h>

#include "apply.h"
#include "comment_show.h"
#include "manuscript.h"
#include "review.h"

struct error;

struct session {
	struct manuscript *ms;
	struct review *review;
	size_t number, count;	/* the third of fourteen */
	const struct review_comment *last; /* shown before */
	bool quit;
	size_t decided[COMMENT_STATES]; /* how many, by what they are now */
	size_t left;
};

/** A comment, or a passage of it, beside the text as it is now. */
struct looked {
	size_t at;
	unsigned part;
	const struct review_comment *comment;
	struct comment_view view;
	struct applier *applier;
	struct application application;
	struct applier_sentence sentence;
};

/* review_print.c */
/** Who says what, where, and whether it fits. */
void review_print(const struct session *session, const struct looked *looked);

/** "(3/14) Put this into the text [a,d,q]? " */
void review_print_question(const struct session *session,
			   const struct looked *looked, const char *letters);

/** What the letters do. */
void review_print_help(const struct looked *looked, const char *letters);

/* review_edit.c */
/**
 * Let the author reword it in the editor, and commit that. `done` is false if
 * nothing came of it. Fails when the session cannot go on.
 */
int review_edit(bool *done, struct session *session, struct looked *looked,
		struct error *err);

/* review_act.c */
/** Put it into the text, or, with `mark`, into it as CriticMarkup. */
int review_apply(bool *done, struct session *session, struct looked *looked,
		 bool mark, struct error *err);

/** Note that it has this state, for this reason. */
int review_note(struct session *session, const struct looked *looked,
		enum comment_state state, const char *words,
		struct error *err);

/**
 * May it go into the text, or has the author changes there that are not
 * committed? Says so.
 */
bool review_may_write(const struct session *session,
		      const struct looked *looked);

#endif
