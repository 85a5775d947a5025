/* SPDX-License-Identifier: MIT */
/* How list, show and review print comments. */
#ifndef COMMENT_SHOW_H
#define COMMENT_SHOW_H

#include "prose_show.h"
#include "review.h"

struct error;

#define COMMENT_SHORT_ID 8

/** A file that a comment changes, with its passages. */
struct shown_file {
	const char *path;
	struct slice base, theirs;
	struct prose_passages passages;
	size_t first;			/* the number of passages before */
};

/** What there is to show of one comment. */
struct comment_view {
	struct arena arena;
	struct shown_file *files;
	size_t count, capacity;
	size_t passages;		/* of all files */
};

#define COMMENT_VIEW_INIT { ARENA_INIT, NULL, 0, 0, 0 }

void comment_view_release(struct comment_view *view);

/** Read what a comment changes. `view` is fresh or released. */
int comment_view_read(struct comment_view *view, struct repository *repo,
		      const struct comment *comment, struct error *err);

/** "3.14", else its chunk, else "the book". */
void comment_print_place(const struct review_comment *comment);

/** Who said it, and who else said the same: "Ann Reader, Ben Writer". */
void comment_print_readers(const struct review *review, size_t at);

/** The state in words, with who or why: "declined: it is meant so". */
void comment_print_state(const struct decision *state);

/**
 * The words of a comment, each line after `indent`: a remark's passage and
 * text, or an edit's passages as word diffs ([-old-]{+new+}, or colours); of
 * these only passage `part` if it is not 0. Passages are numbered if there
 * are several.
 */
void comment_print_words(const struct comment_view *view,
			 const struct comment *comment, unsigned part,
			 const char *indent);

/**
 * Text of several lines, each after `indent`, made safe, and wrapped at the
 * terminal's width.
 */
void comment_print_text(struct slice text, const char *indent);

/**
 * All there is to know of the comments that `order` has by their numbers, as
 * a JSON array.
 */
int comment_print_json(const struct review *review, const size_t *order,
		       size_t count, struct repository *repo,
		       struct error *err);

#endif
