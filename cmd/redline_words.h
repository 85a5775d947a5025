/* SPDX-License-Identifier: MIT */
/* The words of a redline's blocks, with marks. For redline_print.c alone. */
#ifndef REDLINE_WORDS_H
#define REDLINE_WORDS_H

#include <stddef.h>
#include <stdint.h>

#include "redline_book.h"
#include "styled.h"

enum mark { KEPT, CUT, ADDED };

struct printer {
	struct styled out;	/* the block in work */
	const struct redline *redline;
	struct book *book;	/* NULL: a text alone */
	const struct book_entry *chapter;
	struct slice text;	/* a text alone: what lines are counted in */
	size_t line, at;	/* the line that byte `at` is in */
	bool all;
	bool titled;		/* the chapter's title is printed */
	bool any;		/* something is */
	enum mark mark;		/* of what comes next */
	enum mark open;		/* of what came last */
	bool goes_on;		/* the block before does: its end was put in */
	uint32_t change;	/* of the block before */
};

/** Add words, marked as p->mark says. */
void printer_add(struct printer *p, struct slice words);

/** After the last words of a block: end the mark that is open. */
void printer_close_mark(struct printer *p);

/** What stands before a block's first line: marks of the lists it is in, and
 * of quotes. `first`: it is the first of its item, if it stands first there. */
void printer_add_markers(struct printer *p, const struct node *n, bool first);

/** Add all words of a block. */
void printer_add_block(struct printer *p, const struct node *root);

#endif
