/* SPDX-License-Identifier: MIT */
/*
 * Text as readers' copies of it are compared: words and marks, without the
 * white space between them, and folded, since programs on the way change what
 * they please.
 *
 * A word is a run of letters, or of digits. Every other character is a word
 * by itself, and so is each letter of a script that is written without
 * spaces. Folded: NFC; quotes and apostrophes of all kinds are "'"; a run of
 * hyphens and dashes is "-"; two or more full stops, or an ellipsis, are
 * "..."; soft hyphens, characters without width and bidirectional marks are
 * nothing; ligatures are their letters. Letter case counts.
 */
#ifndef TEXT_FOLD_H
#define TEXT_FOLD_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"
#include "strbuf.h"
#include "vocabulary.h"

struct text_word {
	uint32_t word;		/* its number in the vocabulary */
	uint32_t start, end;	/* bytes of the source that it came from */
};

struct text_words {
	struct text_word *items;
	size_t count, capacity;
};

#define TEXT_WORDS_INIT { NULL, 0, 0 }

void text_words_release(struct text_words *words);

/** Folding one text that comes in pieces: a word may go on in the next. */
struct text_fold {
	struct vocabulary *vocabulary;
	struct text_words *words;	/* where they go; borrowed */
	struct strbuf pending;		/* the word at hand */
	unsigned kind;
	uint32_t start, end;
	bool compose;			/* the word may not be NFC */
};

void text_fold_init(struct text_fold *fold, struct vocabulary *vocabulary,
		    struct text_words *words);
void text_fold_release(struct text_fold *fold);

/**
 * Add text whose bytes are those of the source from `source` on.
 */
void text_fold_add(struct text_fold *fold, struct slice text, uint32_t source);

/** Add text that as a whole came from bytes `start` to `end` of the source. */
void text_fold_add_from(struct text_fold *fold, struct slice text,
			uint32_t start, uint32_t end);

/** The word at hand ends here: at a space, or the end of the text. */
void text_fold_end(struct text_fold *fold);

/** The words of a plain text, with their bytes in it; empties `words`. */
void text_fold_read(struct text_words *words, struct vocabulary *vocabulary,
		    struct slice text);

/** Do the words of `needle`, of which there are some, stand in `text`, which
 * is a few lines? */
bool text_fold_has(struct slice text, struct slice needle);

#endif
