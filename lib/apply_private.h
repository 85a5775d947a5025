/* SPDX-License-Identifier: MIT */
/* What the files of applying share; nobody else includes it. */
#ifndef APPLY_PRIVATE_H
#define APPLY_PRIVATE_H

#include "apply.h"
#include "arena.h"
#include "id_map.h"
#include "prose_change.h"
#include "prose_show.h"
#include "strbuf.h"
#include "vocabulary.h"

struct change;
struct prose_index;

/** A chunk as it is now, with what was applied so far. */
struct now {
	const char *path;
	struct slice text;		/* LF line ends; borrowed or `own` */
	struct strbuf own;
	bool crlf;
};

/** A file that a comment changes: what its reader saw and made of it. */
struct edit {
	const char *path;
	struct slice base, theirs;	/* LF line ends; in the scratch arena */
	struct prose_changes changes;
};

struct applier {
	const struct manuscript *ms;
	struct review *review;
	struct change *change;
	struct arena arena;		/* texts, words */
	struct arena scratch;		/* of one comment */
	struct now *texts;		/* sorted by path */
	size_t text_count, text_capacity;
	struct vocabulary vocabulary;
	struct prose_index *index;	/* text n is texts[n] */
	struct id_map bases;		/* blob -> index in `base_texts` */
	struct slice *base_texts;
	size_t base_count, base_capacity;
	struct edit *edits;		/* of one comment */
	size_t edit_count, edit_capacity;
	size_t commits;
};

/** Bytes of a chunk that become others. */
struct replacement {
	size_t text;
	struct span span;
	struct slice words;
};

struct replacements {
	struct replacement *items;
	size_t count, capacity;
};

/**
 * Make the marks for all changes of the edits that do not fit, and the words
 * of those that do.
 */
void apply_marks(struct replacements *out, struct applier *applier,
		 const struct comment *comment);

#endif
