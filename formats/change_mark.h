/* SPDX-License-Identifier: MIT */
/* What a redline says at the start of a change, in a page or an e-book. */
#ifndef CHANGE_MARK_H
#define CHANGE_MARK_H

#include "strbuf.h"

struct book;
struct error;
struct node;

struct change_mark {
	struct book *book;
	const char *language;
	const char *own;	/* attributes where our words are English in a
				 * book that is not */
	void *data;

	/** Append the address of that change; nothing if it has none. */
	int (*href)(struct strbuf *out, size_t number, void *data,
		    struct error *err);
};

/**
 * Append the mark of block->change: its id, "change-12"; where the block was
 * moved from or to, and who suggested the change; links to the changes before
 * and after it.
 */
int change_mark_add(struct strbuf *out, const struct change_mark *mark,
		    const struct node *block, struct error *err);

/** Append " 3", with words for those who only hear it, after a title; nothing
 * when nothing changed. */
void change_mark_add_count(struct strbuf *out, const struct book *book,
			   size_t chapter, const char *language);

#endif
