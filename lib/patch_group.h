/* SPDX-License-Identifier: MIT */
/*
 * A group of changed lines as words: what patch_words.c makes of lines, and
 * patch_marks.c and patch_gaps.c choose from.
 */
#ifndef PATCH_GROUP_H
#define PATCH_GROUP_H

#include "patch_private.h"

struct patch_word {
	struct slice gap, bytes;	/* of the text, for old lines; of the
					 * mail, for new ones */
	struct slice raw_gap, raw;	/* of the mail */
	uint32_t id;			/* of what it folds to */
	unsigned char class;
	bool ascii;
	bool ends_line;			/* no word: gap is what ends a line */
	size_t seam;			/* where it was put together; or 0 */
	size_t at;			/* line of the mail */
	const struct patch_op *op;
};

struct patch_words {
	struct patch_word *items;
	size_t count, capacity;
};

struct patch_group {
	struct patch_draft *draft;
	struct patch_words old, new;
	size_t *match;		/* by new word: the old one + 1, or 0 */
	struct strbuf folded;
};

/** The words of the old and new lines, and which are the same. */
void patch_group_read(struct patch_group *group, const struct patch_op *ops,
		      size_t count);
void patch_group_release(struct patch_group *group);

/** The bytes without the line ends of the mail in them. */
struct slice patch_put_together(struct patch_draft *draft, struct slice raw);

/**
 * True if the text has these bytes anywhere. The text is searched once for
 * each of the first PATCH_MOST_QUESTIONS; false for those after them.
 */
bool patch_text_has(struct patch_draft *draft, struct slice bytes);

/** True for quotes, dashes and ellipses. */
bool patch_is_mark(const struct patch_word *word);

/** Add the new word `k` to the draft, or the gap before it. */
void patch_add_word(struct patch_group *group, size_t k);
void patch_add_gap(struct patch_group *group, size_t k);

#endif
