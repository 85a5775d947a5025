/* SPDX-License-Identifier: MIT */
/* What the files of split.h share. */
#ifndef SPLIT_PRIVATE_H
#define SPLIT_PRIVATE_H

#include "heading_words.h"
#include "split.h"

/* A place where a piece could start. */
struct split_mark {
	size_t start, line;	/* of the block */
	enum split_level level;	/* SPLIT_FRONT: none, or not known yet */
	int heading;		/* 1..6: a Markdown heading */
	bool scene;
	enum heading_kind kind;	/* what its words say */
	struct slice title;	/* as written */
	struct slice subtitle;	/* from the line below a plain heading */
	size_t after;		/* bytes of blocks up to the next mark */
};

struct split_marks {
	struct split_mark *items;
	size_t count, capacity;
	struct slice metadata;
	size_t body;		/* where the first block after it starts */
	size_t unclosed;	/* as the plan's */
	struct slice book_title; /* a heading that names the book, or empty */
};

/** For split_marks_read(): decide what each is in plain text, in Markdown. */
void split_marks_drop_contents(struct split_marks *marks);
void split_marks_decide_plain(struct split_marks *marks);
void split_marks_decide_markdown(struct split_marks *marks);
size_t split_marks_count(const struct split_marks *marks,
			 enum heading_kind kind);

/** Find all marks of the text and decide what each is. */
void split_marks_read(struct split_marks *marks, struct slice text,
		      bool plain);
void split_marks_release(struct split_marks *marks);

/** The levels of the pieces that the next one may be nested in. */
struct split_nesting {
	enum split_level levels[SPLIT_SCENE + 1];
	unsigned count;
};

/** How deep a piece of that level is below those before it. */
unsigned split_nest(struct split_nesting *nesting, enum split_level level);

/** "CHAPTER IV." and "The Fog" below it: "CHAPTER IV. The Fog". */
const char *split_title(struct split_plan *plan,
			const struct split_mark *mark);

/** "The Fog, 2" */
const char *split_numbered(struct split_plan *plan, const char *title,
			   size_t number);

/**
 * A chunk is read alone: what is one thing here may be another at the front
 * of a file. "---" may begin metadata there, and a byte order mark vanishes.
 */
bool split_can_start(struct slice text, size_t at);

/** Cut on what has `limit` words, at the next block that can start a file. */
void split_at_words(struct split_plan *plan, size_t limit);

/** A title that was asked for goes before what the text says. */
void split_read_settings(struct split_plan *plan,
			 const struct split_marks *marks,
			 const struct split_options *options);

/** Give every piece its path. */
void split_name_pieces(struct split_plan *plan, bool flat);

#endif
