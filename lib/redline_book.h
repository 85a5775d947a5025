/* SPDX-License-Identifier: MIT */
/* Two revisions of a manuscript as a redline, and that as a book. */
#ifndef REDLINE_BOOK_H
#define REDLINE_BOOK_H

#include "book.h"
#include "redline.h"

struct error;
struct redline_book;

enum redline_book_flag {
	REDLINE_CHANGED_ONLY = 1, /* see struct book_redline */
	REDLINE_COUNT = 2	/* words, for redline_book_tally() */
};

/**
 * Compare two manuscripts, which outlive it, as does `reader`. Warnings are
 * about the new one (book.h).
 */
int redline_book_open(struct redline_book **out, const struct manuscript *old,
		      const struct manuscript *new, document_reader *reader,
		      unsigned flags, book_warning *warn, void *data,
		      struct error *err);

void redline_book_close(struct redline_book *rb);

/** The book, for writers; all of it is the redline's. */
struct book *redline_book(const struct redline_book *rb);
const struct redline *redline_book_redline(const struct redline_book *rb);

/** What changed in a chapter. */
struct redline_tally {
	size_t first, count;	/* changes, by their numbers */
	size_t added, cut;	/* words */
	size_t moved;		/* blocks that came here from elsewhere */
};

/** The tally of chapter `index` of the book. */
void redline_book_tally(struct redline_tally *out,
			const struct redline_book *rb, size_t index);

#endif
