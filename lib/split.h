/* SPDX-License-Identifier: MIT */
/*
 * Cutting a manuscript into chunks. The pieces of a plan follow each other
 * and cover the text, so that join gives back every byte, whatever it was.
 * Cuts fall only between blocks (block_scan.h).
 *
 * What is a part, a chapter, a section is read from the text as an editor
 * would: from the levels of its Markdown headings and what they say, or,
 * where there are none, from lines like "CHAPTER IV." alone between blank
 * lines. A table of contents, many such lines without words between, is none.
 */
#ifndef SPLIT_H
#define SPLIT_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "outline.h"
#include "settings.h"
#include "slice.h"

struct error;
struct strbuf;

/** In order of depth: a cut at scenes is one at all before it, too. */
enum split_level {
	SPLIT_FRONT,		/* what stands before the first heading */
	SPLIT_PART, SPLIT_CHAPTER, SPLIT_SECTION, SPLIT_SCENE
};

struct split_options {
	enum split_level at;	/* PART..SCENE */
	size_t words;		/* cut chapters on when they have so many */
	bool flat;		/* no folders: the text refers to files beside
				 * it */
	const char *title;	/* of the book, or NULL: from the text */
	const char *name;	/* the file's name: ".txt" is plain text, and
				 * the book's title when there is no other */
};

struct split_piece {
	enum split_level level;
	struct span span;
	size_t line;
	const char *title;	/* plain text, as it is typed; never NULL */
	const char *path;	/* of the chunk, relative to the manuscript */
	enum outline_kind kind;	/* its entry in the outline */
	unsigned depth;
};

struct split_plan {
	struct arena arena;
	struct slice text;	/* borrowed */
	struct split_piece *items;
	size_t count, capacity;
	struct settings settings; /* book.title, book.author, … */
	size_t unclosed;	/* line of a fence, division or HTML block that
				 * goes on to the end, since nothing closes it;
				 * 0: there is none */
};

#define SPLIT_PLAN_INIT \
	{ ARENA_INIT, { NULL, 0 }, NULL, 0, 0, SETTINGS_INIT, 0 }

void split_plan_release(struct split_plan *plan);

/**
 * Read "part", "chapter", "section", "scene" or "words:<n>" into `options`.
 * ERROR_INVALID.
 */
int split_options_parse(struct split_options *options, const char *at,
			struct error *err);

/**
 * Plan how to cut `text`, which outlives the plan. ERROR_MALFORMED when it
 * is no text: it has a NUL. Time linear in the text.
 */
int split_plan_make(struct split_plan *plan, struct slice text,
		    const struct split_options *options, struct error *err);

/** The outline of the pieces; a title for itself is the caller's to set. */
void split_plan_outline(struct outline *outline,
			const struct split_plan *plan);

/**
 * Make of the plan one for cutting a chunk of a manuscript in place: the
 * first piece keeps the chunk's `path`, title, kind and depth (`entry`), the
 * others get paths beside it, that `taken` says are free, and depths below or
 * beside it.
 */
void split_plan_in_place(struct split_plan *plan,
			 const struct outline_entry *entry,
			 bool (*taken)(const char *path, void *data),
			 void *data);

/**
 * Append `heading` as plain text: emphasis, links, notes and escapes gone,
 * white space folded.
 */
void split_plain_title(struct strbuf *out, struct slice heading);

/**
 * About how many words: runs without white space that have letters or digits
 * in them; ideographs and kana count one each. Fast.
 */
size_t split_count_words(struct slice text);

#endif
