/* SPDX-License-Identifier: MIT */
/*
 * A repair under way, for the files that share it.
 *
 * patch_refuse.c	what the hunks say, and why they are refused
 * patch_choose.c	what is open, where the result has a name
 * patch_repair.c	the draft, what is open elsewhere, and all of it
 */
#ifndef PATCH_REPAIR_H
#define PATCH_REPAIR_H

#include "patch_private.h"

/* What a group of changed lines replaces: for seeing that it does. */
struct group_span {
	size_t piece, piece_end;
	size_t line, line_end;
	size_t at;		/* line of the mail */
};

struct repair {
	const struct patch_file *file;
	struct patch_text text;
	struct arena arena;
	struct patch_readings *readings; /* of each hunk */
	size_t *way;			/* which of them is tried */
	size_t ways;			/* of all hunks together */
	bool proven;		/* the text is the one it was made for, and
				 * the result has a name */
	bool unlink;
	struct patch_habits habits;
	struct patch_evidence evidence;
	struct patch_draft draft;
	struct group_span *groups;
	size_t group_count, group_capacity;
	struct strbuf result;
	size_t tried;
	struct patch_report *report;
	struct error *err;
};

/**
 * Refuse with the trouble, its line of the patch, and what it may suffer
 * from: enum patch_repair. Returns `code`.
 */
int patch_refuse(struct repair *r, int code, size_t hunk, size_t line,
		 unsigned suspected, const char *trouble);

/** What all hunks look like. */
unsigned patch_suspect_all(const struct patch_file *file);

/** Nothing says where the last change ends: git's signature is not there. */
bool patch_is_open(const struct repair *r);

/** Read all hunks, with all their readings; or refuse. */
int patch_read_hunks(struct repair *r);

/** The bytes of a piece, as chosen. */
void patch_piece_add(struct strbuf *out, const struct patch_piece *piece);

/** Make `result` of the draft, as chosen. */
void patch_render(struct repair *r);

/**
 * Choose until the result has its name: all ways, if there are not too many;
 * else all of the doubtful choices. False: it never has.
 */
bool patch_choose(struct repair *r);

#endif
