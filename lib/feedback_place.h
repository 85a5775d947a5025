/* SPDX-License-Identifier: MIT */
/*
 * Where an edit or a remark belongs in the text that its reader saw: the
 * label, the quote or the words are found in the rendered text of a round
 * (text_map.h), and what is said is put into the source of the chunk.
 */
#ifndef FEEDBACK_PLACE_H
#define FEEDBACK_PLACE_H

#include <stdbool.h>

#include "book.h"
#include "feedback.h"
#include "strbuf.h"

struct text_map;

struct placed {
	const char *path;	/* the chunk that it changes, or that a remark
				 * is about; NULL: the whole book. Borrowed
				 * from the map */
	bool changed;		/* `theirs` is the chunk with the edit, or with
				 * {==passage==}{>>remark<<}; else there is
				 * nothing to change: it is about the chunk or
				 * the book as a whole */
	bool is_remark;
	bool misplaced;		/* it names a place that is not there, or two
				 * that fit: kept as a remark on the book */
	struct strbuf theirs;
	char label[BOOK_LABEL_SIZE]; /* of the paragraph, or "" */
	struct strbuf why;	/* in words, where it became less than what was
				 * asked for: "'grey' stands in 3.14 twice" */
};

#define PLACED_INIT { .theirs = STRBUF_INIT, .why = STRBUF_INIT }

void placed_release(struct placed *placed);

/**
 * Place an item of kind EDIT or REMARK in the round of the map. An edit that
 * cannot be expressed beyond doubt becomes a remark that says it, at the place
 * if that is known; a remark whose quote is not found, or found twice, is
 * about the book and `misplaced`. Fails only when a chunk cannot be read.
 */
int feedback_place(struct placed *placed, struct text_map *map,
		   const struct feedback *feedback, struct error *err);

#endif
