/* SPDX-License-Identifier: MIT */
/* What the files of the book module share; nobody else includes it. */
#ifndef BOOK_PRIVATE_H
#define BOOK_PRIVATE_H

#include "book.h"
#include "credits.h"
#include "definitions.h"
#include "hash_tally.h"
#include "strbuf.h"

/** An anchor of a chunk: what a link names, and where it is. */
struct anchor {
	struct slice fragment;	/* as links write it, without '#' */
	const char *id;		/* in the draft */
	uint32_t offset;	/* of source */
};

/** A chunk of the outline, in the outline's order. */
struct chunk {
	const char *path;	/* NULL: an entry without a chunk */
	const char *id;		/* anchor; the start of its blocks' ids */
	size_t chapter;		/* SIZE_MAX: in none (empty) */
	bool there;		/* its file is */
	struct slice text;	/* if it is kept; else ptr is NULL */
	struct anchor *anchors;	/* sorted by fragment; NULL until wanted */
	size_t anchor_count;
};

/** A chunk that has been read, with what it takes to read it. */
struct slot {
	struct strbuf source;
	struct definitions footnotes; /* label -> index in `nodes` */
	struct node **nodes;
	size_t node_count, node_capacity;
};

/** A chapter as it is read: kept and used again for the next one. */
struct reading {
	struct book_chapter chapter;
	struct slot *slots;	/* one for each of chapter.sections */
	size_t capacity;	/* of sections and slots */
	size_t note_capacity;
	struct arena arena;	/* ids */
	struct hash_tally seen;	/* the words of blocks, for their ids */
	struct definitions remote_labels; /* -> index in `remote` */
	struct book_section **remote; /* notes defined in other chunks */
	size_t remote_count, remote_capacity;
	uint32_t *notes;	/* the last number given: the book's, or for
				 * peeking one that is thrown away */
	uint32_t labels;	/* the last number of a labelled block */
	int level;		/* of the last heading */
};

struct book {
	const struct manuscript *ms;
	document_reader *reader;
	book_warning *warn;	/* may be NULL */
	void *warn_data;
	book_progress *tell;	/* may be NULL */
	void *tell_data;
	struct arena arena;
	struct book_entry *entries;
	size_t count, capacity;
	struct chunk *chunks;	/* one for each entry of the outline */
	size_t *by_path;	/* indexes of chunks with a path, sorted */
	size_t by_path_count;
	struct definitions definitions;
	struct reading current, peek;
	struct strbuf scratch;
	uint32_t notes, peek_notes; /* numbered so far */
	size_t next_chapter;
	struct credits credits;	/* read when a chunk asks for them */
	bool credits_read;
	size_t kept;		/* bytes of texts in memory */
	char *since;		/* of a redline: the older draft's name */
	char *draft_name, *key, *identifier, *slug, *file_stem;
	size_t stem_len;	/* of file_stem without a stamp */
	char *reader_name, *reader_code; /* NULL, both: for all */
	struct book_redline redline; /* none: the text as it is */
	struct chapter_changes *changes; /* of each chapter, likewise */
};

/** Changes of a chapter, which follow each other. */
struct chapter_changes {
	size_t first, count;
};

/* book_chapter.c */
/** The text of a chunk: kept, or read into `buf`. */
int book_text(struct slice *out, struct strbuf *buf, const struct book *book,
	      size_t at, struct error *err);

void reading_release(struct reading *reading);

/* book_number.c */
/** Forget what was labelled and cited in the last chapter. */
void book_number_reset(struct reading *reading);

/**
 * Label the blocks of a section of the chapter and number what they cite, in
 * reading order; sections come one after the other. When all of them are
 * done, number what the notes cite.
 */
int book_number_section(struct book *book, struct reading *reading,
			size_t index, struct error *err);
int book_number_notes(struct book *book, struct reading *reading,
		      struct error *err);

/* book_credits.c */
/** Put the acknowledgements into each "::: credits" of a chunk. */
int book_fill_credits(struct book *book, struct document *doc,
		      struct error *err);

/* book_marks.c */
/** Have a draft show the author's words where a reader's are not settled. */
void book_leave_marks(struct document *doc);

/* book_anchor.c */
/**
 * Set the ids of all that a link can name in a chunk, headings and nodes with
 * an id of their own. With `each`, also tell what a link calls it.
 */
void book_set_anchors(struct arena *ids, struct document *doc,
		      const char *chunk_id,
		      void (*each)(void *data, struct slice fragment,
				   const struct node *node),
		      void *data);

/* book_name.c */
void book_name_draft(struct book *book);

/** Name it as what changed since the draft `old`. */
void book_name_redline(struct book *book, const char *old);

/* book_slug.c */
/** Give each entry a slug that no other has. */
void book_name_files(struct book *book);

/* book_link.c */
void book_index_paths(struct book *book);

/* book_id.c */
#define ID_HASH_DIGITS 12
uint64_t id_hash(uint64_t seed, struct slice bytes);
#define ID_HASH_START UINT64_C(0xcbf29ce484222325)

/** Write 60 bits of `hash` as 12 digits of [0-9a-v], NUL after them. */
void id_hash_digits(char out[ID_HASH_DIGITS + 1], uint64_t hash);

/** An id of ASCII letters, digits, '-', '_' and '.' for any words. */
void id_from_words(struct strbuf *out, struct slice words);

/**
 * The fragment that GitHub and mdBook give a heading: lower case, blanks to
 * '-', no punctuation.
 */
void id_heading_slug(struct strbuf *out, struct slice title);

/**
 * The anchor of the chunk at `path`: "part-one/03-fog.md" is
 * "c-part-one.03-fog"; no two paths are the same. NULL, an entry without a
 * chunk: of its index in the outline. The arena's.
 */
const char *id_of_chunk(struct arena *arena, const char *path, size_t index);

#endif
