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
	uint32_t change;	/* the last that was headed */
};

/** Add words, marked as p->mark says. */
void printer_add(struct printer *p, struct slice words);

/** After the last words of a block: end the mark that is open. */
void printer_close_mark(struct printer *p);

/** Add all words of a block. */
void printer_add_block(struct printer *p, const struct node *root);

#endif
