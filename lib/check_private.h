/* SPDX-License-Identifier: MIT */
/*
 * What the parts of check.c share: what is being checked, and what was found in
 * the chunk at hand.
 */
#ifndef CHECK_PRIVATE_H
#define CHECK_PRIVATE_H

#include <stddef.h>

#include "arena.h"
#include "check.h"
#include "definitions.h"
#include "slice.h"

struct book;
struct document;

struct found {
	size_t offset, order;	/* two at one place: as they were found */
	const char *message;
};

struct checker {
	const struct manuscript *ms;
	struct book *book;
	void (*tell)(const struct check_finding *, void *);
	void *data;
	int count;
	struct arena arena;	/* messages, of the chunk at hand */
	struct found *found;	/* in the chunk at hand */
	size_t found_count, found_capacity;
	struct definitions ids;	/* that authors gave, of all chunks */
};

/** Note a finding at a byte of the chunk at hand. */
void check_note(struct checker *c, size_t offset, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/** What a text has before it is Markdown: bytes, marks left in, no ends. */
void check_text(struct checker *c, struct slice text);

/* Which notes are cited: those that a chunk defines itself by chunk and label,
 * those that it looks for elsewhere by label. */
struct cited {
	struct definitions here, elsewhere;
};

void check_cited_add(struct cited *cited, const struct document *doc,
		     size_t entry);

/** Note the notes of a chunk that nothing cites. */
void check_uncited(struct checker *c, const struct cited *cited,
		   const struct document *doc, size_t entry);

#endif
