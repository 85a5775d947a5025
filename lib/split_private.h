/* SPDX-License-Identifier: MIT */
/* What split.c, split_marks.c and split_names.c share. */
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
	struct slice book_title; /* a heading that names the book, or empty */
};

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

/** Give every piece its path. */
void split_name_pieces(struct split_plan *plan, bool flat);

#endif
