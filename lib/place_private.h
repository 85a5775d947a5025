/* SPDX-License-Identifier: MIT */
/* Between feedback_place.c and place_*.c alone. */
#ifndef PLACE_PRIVATE_H
#define PLACE_PRIVATE_H

#include "arena.h"
#include "feedback_place.h"
#include "text_map_private.h"

/* ---- feedback_place.c, feedback_edit.c ---------------------------------- */

/* Where the reader points at, by quote or label. */
struct target {
	enum {
		TARGET_BOOK,	/* nowhere: the book as a whole */
		TARGET_CHAPTER_TEXT, /* a chapter as a whole */
		TARGET_WORDS,	/* `words`: a quote */
		TARGET_LABEL,	/* `words`: all that have the label */
		TARGET_NOWHERE	/* something that is not there, or twice */
	} kind;
	struct span words;
	struct span all;	/* WORDS: of which `words` are the last */
	bool exact;
	const struct text_chapter *chapter;
};

struct placing {
	struct placed *placed;
	struct text_map *map;
	const struct feedback *f;
	struct target target;
};

/** Add to `why`. */
void placing_say(struct placing *placing, const char *words);

void placing_name_block(struct placing *placing,
			const struct text_block *block);
void placing_remark(struct placing *placing, struct slice remark);
void placing_edit(struct placing *placing);

/* ---- place_read.c: a block of a chunk, read again ---------------------- */

struct reread {
	struct text_map *map;
	struct document doc;
	struct slice source;	/* what was read */
	uint32_t chunk;
	size_t at;		/* where it stands in the chunk */
	struct text_words words; /* of all of it, with bytes of the chunk */
};

#define REREAD_INIT { NULL, DOCUMENT_INIT, { NULL, 0 }, 0, 0, TEXT_WORDS_INIT }

void reread_release(struct reread *r);

/** Read the lines of the chunk that `block` is in. */
int reread_block(struct reread *r, struct text_map *map,
		 const struct text_block *block, struct error *err);

/** Read other bytes, put in the place of those of `like`. */
int reread_bytes(struct reread *r, const struct reread *like,
		 struct slice bytes, struct error *err);

/** The innermost inline, or block without one, with byte `at` of the chunk. */
const struct node *reread_node(const struct reread *r, size_t at);

/** The paragraph, cell, note … that an inline is in. */
const struct node *reread_leaf(const struct node *node);

/** What is compared: what there is, without comments and highlights. */
enum shape {
	SHAPE_WHOLE,		/* with all text */
	SHAPE_BLOCKS_INLINES,	/* without text */
	SHAPE_NO_EMPHASIS	/* nor emphasis, strong or code */
};
void reread_shape(struct strbuf *out, const struct reread *r,
		  enum shape shape);
size_t reread_comments(const struct reread *r);

/* ---- place_hunks.c: words that differ, as bytes to replace ------------- */

struct splice {
	struct span span;	/* bytes of the chunk */
	struct slice bytes;	/* instead */
};

struct splices {
	struct splice *items;	/* in order, none within another */
	size_t count, capacity;
	struct arena arena;
};

#define SPLICES_INIT { NULL, 0, 0, ARENA_INIT }

void splices_release(struct splices *splices);

/** Words of the map that are to be replaced, and what the reader typed. */
struct rewording {
	struct span words;	/* of one block */
	struct slice old_typed;	/* the reader's copy of them, or empty */
	struct slice new_typed;
	const struct text_words *new_words; /* of new_typed */
};

/**
 * Add what must change in the source. False, and words in `why`, where that
 * is not text within one node.
 */
bool place_hunks(struct splices *out, const struct reread *r,
		 const struct rewording *rewording, struct strbuf *why);

/** How many of the words are the same in both, in order. */
size_t place_common(struct text_map *map, struct span words,
		    const struct text_words *others);

/* ---- place_typing.c ---------------------------------------------------- */

/**
 * Append what a reader typed as the chunk has it: on one line, no characters
 * that nobody sees, and straight quotes, hyphens and dots for typographic
 * ones where the chunk has no such.
 */
void place_typed(struct strbuf *out, struct slice typed, struct slice chunk);

/* ---- place_case.c ------------------------------------------------------ */

enum letter_case { CASE_NONE, CASE_SMALL, CASE_CAPITAL };

/** Of the first character. */
enum letter_case place_first_case(struct slice text);

/** Append the text with the other case there; false if there is none. */
bool place_other_case(struct strbuf *out, struct slice text);

/** Is it the first of its block, or of a sentence in it? */
bool place_starts_sentence(const struct text_map *map, size_t word);

/* ---- place_marks.c ----------------------------------------------------- */

/** Append what was typed for the words without the marks of their notes. */
void place_without_marks(struct strbuf *out, struct text_map *map,
			 struct span words, struct slice typed);

/* ---- place_edit.c, place_remark.c --------------------------------------- */

/**
 * The chunk with words replaced; false with the reason if that cannot be
 * expressed beyond doubt. `spans` are words of the map within one chunk.
 */
bool place_edit(struct strbuf *theirs, struct text_map *map,
		const struct span *spans, size_t count, struct slice old_typed,
		struct slice new_typed, struct strbuf *why);

/**
 * The chunk with a remark about the words; `at_end`: at the end of what they
 * stand in, with nothing highlighted. False if there is no place for one.
 */
bool place_remark(struct strbuf *theirs, struct text_map *map,
		  struct span words, bool at_end, struct slice remark);

/** The part of a long quote that a remark is about: its last sentence. */
struct span place_passage(const struct text_map *map, struct span words);

/** Where the first sentence of the words ends. */
size_t place_sentence_end(const struct text_map *map, struct span words);

#endif
