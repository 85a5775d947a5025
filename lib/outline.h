/* SPDX-License-Identifier: MIT */
/*
 * The outline: SUMMARY.md, the order and nesting of the chunks, as mdBook and
 * GitBook write it.
 *
 *	# Summary
 *
 *	[Foreword](foreword.md)
 *
 *	# [Part One](part-one/part.md)		mdBook shows the words alone
 *
 *	- [The Harbour](part-one/01-the-harbour.md)
 *		- [Fog](part-one/01-1-fog.md)
 *	- [Not written yet]()
 *	---
 *	[Afterword](afterword.md)
 */
#ifndef OUTLINE_H
#define OUTLINE_H

#include <stddef.h>

#include "arena.h"
#include "slice.h"

struct error;
struct strbuf;

enum outline_kind {
	OUTLINE_PART,		/* a heading; path may be NULL */
	OUTLINE_PREFIX,		/* a link before the first list: not numbered */
	OUTLINE_CHAPTER,	/* in a list: numbered at depth 0 */
	OUTLINE_SUFFIX,		/* a link after the last list: not numbered */
	OUTLINE_SEPARATOR	/* ---: no title, no path */
};

struct outline_entry {
	enum outline_kind kind;
	unsigned depth;		/* CHAPTER: 0 at the top */
	const char *title;	/* plain text, UTF-8 (bad bytes are U+FFFD);
				 * "" for a separator */
	const char *path;	/* of the chunk, from the manuscript's root,
				 * percent-decoded and normalized; NULL: not
				 * written yet */
	size_t line;		/* in the outline file, from 1 */
};

struct outline {
	struct arena arena;
	const char *title;	/* the first heading ("Summary"), or NULL */
	struct outline_entry *items;
	size_t count, capacity;
};

#define OUTLINE_INIT { ARENA_INIT, NULL, NULL, 0, 0 }

void outline_release(struct outline *outline);

/**
 * Read an outline. `folder` is where its links start ("" or "src/"), `name`
 * is for messages. Lines that are no entry are passed over, as mdBook does
 * with prose before the first link. ERROR_MALFORMED: a link that leaves the
 * manuscript, the same chunk twice, nesting deeper than 32.
 */
int outline_parse(struct outline *outline, struct slice text,
		  const char *folder, const char *name, struct error *err);

/** Append an entry; copies its strings. */
void outline_add(struct outline *outline, const struct outline_entry *entry);

/** Write as a SUMMARY.md that outline_parse() reads back the same. */
void outline_write(struct strbuf *out, const struct outline *outline,
		   const char *folder);

/**
 * Put entries in the place of entry `at` of an outline file, leaving every
 * other byte of `text` as it is: `replacement` is written with the marker and
 * indentation of the line that goes. For re-cutting a chunk.
 */
int outline_replace(struct strbuf *out, struct slice text,
		    const struct outline *outline, size_t at,
		    const struct outline_entry *replacement, size_t count,
		    const char *folder, struct error *err);

#endif
