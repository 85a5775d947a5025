/* SPDX-License-Identifier: MIT */
/*
 * Writing what split.h planned: a new manuscript with its repository, or the
 * chunks that one chunk of a manuscript becomes.
 */
#ifndef SPLIT_BOOK_H
#define SPLIT_BOOK_H

#include "manuscript.h"
#include "split.h"

struct strbuf;

/* A picture that the text shows, beside the source file. */
struct split_picture {
	const char *path;	/* as the text has it, decoded */
	bool there;
};

struct split_book {
	struct split_options options;
	struct arena arena;
	struct split_picture *pictures;
	size_t count, capacity;
	const struct change_people *people; /* who makes the commit, or NULL */
};

#define SPLIT_BOOK_INIT { { SPLIT_CHAPTER, 0, false, NULL, NULL },           \
			  ARENA_INIT, NULL, 0, 0, NULL }

void split_book_release(struct split_book *book);

/**
 * Find the pictures that `text` refers to by relative paths; those that are
 * files below the folder of `file` are there. When some are, the plan gets no
 * folders, since the paths would lead elsewhere from them.
 */
void split_book_read_pictures(struct split_book *book, struct slice text,
			      const char *file);

/** The same for the cover that the plan's settings name. */
void split_book_read_cover(struct split_book *book,
			   const struct split_plan *plan, const char *file);

/** Call `visit` for every picture that is not there. */
void split_book_each_missing(const struct split_book *book,
			     void (*visit)(const char *path, void *data),
			     void *data);

/**
 * Make a manuscript at `dir`: a folder that is not there, or is empty, or a
 * repository without a manuscript in it. All of it appears at once, in one
 * commit, or nothing does. `file` is where the text came from; `read` reads a
 * picture's bytes. ERROR_EXISTS.
 */
int split_book_write(struct commit_info *out, const struct split_book *book,
		     const struct split_plan *plan, const char *file,
		     const char *dir,
		     int (*read)(struct strbuf *out, const char *path,
				 struct error *err),
		     struct error *err);

/**
 * Plan to cut a chunk that `entry` of the outline names: at options->at when
 * `given`, else at the first of chapters, sections, scenes that makes more
 * than one of it. `taken` is that of split_plan_in_place().
 */
int split_chunk_plan(struct split_plan *plan, struct slice text,
		     const struct split_options *options, bool given,
		     const struct outline_entry *entry,
		     bool (*taken)(const char *path, void *data), void *data,
		     struct error *err);

/**
 * Cut the chunk: its files and the outline in one commit, after one that has
 * copies of it, by which git finds the history of the new files; both appear
 * at once.
 */
int split_chunk_commit(struct commit_info *out, const struct split_plan *plan,
		       const struct manuscript *ms, size_t entry,
		       const struct change_people *people,
		       struct error *err);

#endif
