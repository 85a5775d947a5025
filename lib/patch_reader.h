/* SPDX-License-Identifier: MIT */
/* Between patch_raw.c and patch_reading.c alone: a hunk that is read. */
#ifndef PATCH_READER_H
#define PATCH_READER_H

#include "patch_private.h"

/** A line of the mail. */
struct patch_raw {
	struct slice text;	/* of the mail, links undone, without its end */
	struct slice sent;	/* the same as it came */
	size_t fold, fold_end;	/* of what stands behind the prefix */
	unsigned char prefix;	/* its length */
	char kind;		/* ' ', '-', '+', '\\'; 0: no prefix */
	bool blank;
	bool cr;
	bool ended;		/* by a line feed */
};

/** How far it is read. */
struct state {
	size_t raw;		/* the next line of the mail */
	size_t line;		/* the next line of the text */
	size_t fresh;		/* new lines so far, context included */
	unsigned adding;	/* the line before may go on: 1, and 1 for each
				 * line with a prefix that it has just got */
};

struct step {			/* what was done to leave a state */
	struct state state;
	size_t end;		/* lines of the mail up to here */
	char kind;		/* as in patch_op; '\\'; 'c': goes on;
				 * 's': skipped; 'e': the end */
	bool last;		/* there is no other way from here */
};

struct patch_reader {
	const struct patch_hunk *hunk;
	struct patch_text *text;
	struct patch_raw *raws;
	size_t count, capacity;
	struct strbuf folded;
	struct step *steps;
	size_t step_count, step_capacity;
	uint64_t *failed;	/* hashes of states; open addressing */
	size_t failed_count, failed_size;
	size_t start;		/* the line of the text the hunk begins with */
	size_t signature;	/* the line of the mail with git's, or 0 */
	size_t work, most_work;
	size_t furthest;	/* line of the mail that was reached */
};

/** Take the hunk's lines, without what was done to links if `unlink`. */
void patch_raws_read(struct patch_reader *r, struct arena *arena, bool unlink);

/** Find git's signature: nothing stands between a hunk and that. */
void patch_raws_sign(struct patch_reader *r);

/** What stands behind its prefix, folded. */
struct slice patch_raw_folded(const struct patch_reader *r,
			      const struct patch_raw *raw);

/**
 * True if `part` stands in `want` at `*at`, both folded; `*at` moves on. A run
 * of dashes that was broken is one dash in `want`.
 */
bool patch_raw_match_part(struct slice want, size_t *at, struct slice part);

/**
 * How many lines of the mail, from `i` on, are line `line` of the text; 0:
 * they are not.
 */
size_t patch_raw_match(struct patch_reader *r, size_t i, size_t line);

#endif
