/* SPDX-License-Identifier: MIT */
/*
 * CriticMarkup as text: marks in what a reader writes, and remarks in the
 * source of a chunk. {++new++} {--old--} {~~old~>new~~} {==words==}
 * {>>remark<<}.
 */
#ifndef CRITIC_H
#define CRITIC_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"
#include "strbuf.h"

/** What a text with marks says. */
struct critic_text {
	struct strbuf old_words;	/* all marks rejected */
	struct strbuf new_words;	/* all marks accepted */
	struct strbuf remarks;		/* comments; a line end between two */
	struct strbuf marked;		/* the words of the last {==…==} */
	struct span marks;		/* from the first mark to the last */
	bool edits;			/* something is put in or taken out */
	bool highlights;
	size_t count;			/* marks */
};

#define CRITIC_TEXT_INIT { STRBUF_INIT, STRBUF_INIT, STRBUF_INIT, STRBUF_INIT, \
			   { 0, 0 }, false, false, 0 }

void critic_text_release(struct critic_text *critic);

/**
 * Read the marks in `text`; what is none is words. Marks that lack their end
 * or lie within others are words. Returns how many there are.
 */
size_t critic_read(struct critic_text *out, struct slice text);

/**
 * Append `{>>words<<}`, as one line that ends where it should. With `guard`,
 * nothing in it is markup, whatever it may be; and "|" is a broken bar, since
 * there may be a table around. critic_is_remark() gives back the words.
 */
void critic_add_remark(struct strbuf *out, struct slice words, bool guard);

/**
 * Is all that `theirs` has and `base` has not remarks, {>>…<<} with or without
 * a {==passage==}? Then `passage` is what the first of them is about, in bytes
 * of base (empty where it stands alone), and the words of all of them are
 * appended to `words` (may be NULL), a blank line between two.
 */
bool critic_is_remark(struct slice base, struct slice theirs,
		      struct span *passage, struct strbuf *words);

#endif
