/* SPDX-License-Identifier: MIT */
/* What the files of changed_since share; nobody else includes it. */
#ifndef CHANGED_PRIVATE_H
#define CHANGED_PRIVATE_H

#include <stdint.h>

#include "book.h"
#include "changed_since.h"
#include "id_map.h"
#include "repository.h"

/** A block of a chunk that is not the same in both drafts. */
struct changed_words {
	uint64_t words;		/* hash of them, as printed */
	uint64_t id;		/* hash of its id; 0: it has none */
	size_t chapter;
	bool beside;		/* a heading or note: not of the text that runs
				 * from block to block */
	bool note;
	bool met;		/* in the other draft, too */
	bool steady;		/* in all rounds from the draft to the one in
				 * work */
	struct changed_block block;
};

/** Where the blocks of a chunk lie in the list. */
struct changed_chunk {
	size_t first, count;
};

/** The blocks of a draft, those of a chunk together. */
struct changed_draft {
	struct manuscript *ms;		/* an earlier round's own; else NULL */
	const struct manuscript *text;	/* of both kinds */
	struct book *book;
	char (*blobs)[COMMIT_ID_LENGTH + 1]; /* of the outline's entries; ""
				 * where no file is */
	struct id_map all;		/* those */
	bool *wanted;			/* whose blocks are to be read */
	struct changed_chunk *chunks;	/* of the outline's entries */
	struct changed_words *items;
	size_t count, capacity;
};

/* changed_read.c */
/** Note the blobs of the chunks of draft->text. */
int changed_blobs(struct changed_draft *draft, struct error *err);

/** Read the blocks of the chunks that are wanted. */
int changed_read(struct changed_draft *draft, struct error *err);

void changed_draft_release(struct changed_draft *draft);

/* changed_compare.c */
/**
 * Set `met` in both drafts, and `cut` where the older one, round `number`, had
 * something that is gone. `was` is the older one.
 */
void changed_compare(struct changed_draft *now, struct changed_draft *was,
		     unsigned number);

/** The hash of an id, as in changed_words. */
uint64_t changed_id(const char *id);

#endif
