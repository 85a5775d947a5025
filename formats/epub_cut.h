/* SPDX-License-Identifier: MIT */
/*
 * Where a chapter that is too large for one file is cut: between blocks, and
 * always at the same places, so that links into it can be written before it.
 * The size of a block is estimated from above, by what is in it.
 */
#ifndef EPUB_CUT_H
#define EPUB_CUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct book_chapter;
struct node;

/** The block that begins a further file. */
struct epub_cut {
	uint32_t section, block; /* which: block of the section's document */
	uint32_t offset;	/* in the section's source */
	uint32_t labels;	/* how many labels stand before it */
	uint32_t change;	/* of a redline: the last that began before */
};

struct epub_cuts {
	bool known;		/* the chapter was looked at */
	struct epub_cut *items;
	size_t count;
	uint32_t labels;	/* in the whole chapter */
};

/** Look at a chapter. `cuts` is fresh; free `cuts->items`. */
void epub_cut_chapter(struct epub_cuts *cuts,
		      const struct book_chapter *chapter);

/** The file, from 0, that has the given place. */
size_t epub_cut_find(const struct epub_cuts *cuts, size_t section,
		     uint32_t offset);

/** The same for a block of a section's document, and for a change. */
size_t epub_cut_find_block(const struct epub_cuts *cuts, size_t section,
			   uint32_t block);
size_t epub_cut_find_change(const struct epub_cuts *cuts, size_t change);

/** Bytes of XHTML that `node` and all below it become, at most; for HTML
 * that the author wrote, about. */
size_t epub_size(const struct node *node);

#endif
