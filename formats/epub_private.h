/* SPDX-License-Identifier: MIT */
/* What the files of the EPUB writer share; nobody else includes it. */
#ifndef EPUB_PRIVATE_H
#define EPUB_PRIVATE_H

#include "archive_write.h"
#include "book.h"
#include "definitions.h"
#include "epub_cut.h"
#include "epub_package.h"
#include "html_write.h"
#include "strbuf.h"

/** A picture that was asked for, once. */
struct epub_picture {
	const char *path;	/* in the manuscript */
	const struct tree *files; /* which draft of it */
	const char *href;	/* in the e-book; NULL: can't be shown */
	size_t same;		/* the next whose path differs in case, or
				 * SIZE_MAX */
};

struct epub_pictures {
	struct epub_picture *items;
	size_t count, capacity;
	struct definitions paths, names; /* taken; paths -> index */
	struct definitions missing; /* links that were warned of */
	struct strbuf bytes;
};

/** Where a note of the chapter in work stands, and its mark. */
struct epub_note {
	size_t file;		/* from 0 */
	size_t section;		/* of the mark, or SIZE_MAX: in a note */
	uint32_t block;		/* of the section: which has the mark */
	size_t mark_file;	/* the mark's file of notes */
};

struct epub_notes {
	struct strbuf text;	/* of the file in work */
	size_t file, count;	/* its number, notes in it */
	size_t estimate;	/* bytes in it, when all that are placed are */
	size_t placed;		/* notes in it, likewise */
	size_t placing;		/* the file that the next goes to */
	uint32_t first;		/* number of its first note */
	struct epub_note *items; /* of the chapter in work */
	size_t capacity;
};

struct epub {
	struct book *book;
	const struct manuscript *ms;
	struct archive_write *archive;
	struct epub_package package;
	struct html_options html;
	struct strbuf page;	/* the file in work */
	struct epub_cuts *cuts;	/* one for each chapter */
	struct epub_pictures pictures;
	struct epub_notes notes;
	/* where the text in work stands */
	const struct book_chapter *chapter;
	const struct book_section *section;
	size_t piece;		/* file of the chapter */
	bool in_notes;
	bool pictured;		/* a picture was put since this was reset */
	struct tree *files;	/* where pictures are: the draft's, or those of
				 * the draft before it */
};

/* epub_write.c */

/** Start the file in work. `up` leads to the package document ("../"). */
void epub_page_begin(struct epub *epub, const char *title, const char *up,
		     const char *matter);

/** End it and put it into the archive as `href`. */
int epub_page_end(struct epub *epub, const char *href, struct error *err);

/** Put bytes into the archive; `href` as for the package document. */
int epub_add(struct epub *epub, const char *href, struct slice bytes,
	     enum archive_method method, struct error *err);

/* epub_links.c */

/** Have links, pictures and marks of notes lead into the e-book. */
void epub_init_links(struct epub *epub);

/** Chapters not written yet have no page; nor have parts of only such. */
bool epub_has_page(const struct epub *epub, size_t index);

/** Append the address of a chapter's file, from the package document. */
void epub_chapter_href(struct strbuf *out, const struct epub *epub,
		       size_t chapter, size_t piece);

/** Append the address of a place in a chapter, from the file in work; nothing
 * when it has none. */
int epub_add_place(struct strbuf *out, struct epub *epub,
		   const struct book_target *target, struct error *err);

/** As html_options.image, for a file of epub->files. */
int epub_add_image(struct strbuf *out, struct epub *epub, struct book *book,
		   struct slice url, struct error *err);

/* epub_chapter.c */

/** Write a chapter and its notes, if it has a page. */
int epub_write_chapter(struct epub *epub, size_t index, struct error *err);

/* epub_pages.c: all but chapters and notes */
int epub_write_cover(struct epub *epub, struct error *err);
int epub_write_title_page(struct epub *epub, struct error *err);
int epub_write_colophon(struct epub *epub, struct error *err);

/** Attributes for words of our own that are English in a book that is not. */
const char *epub_own_language(const struct epub *epub);

/** Append words in the book's language that stand among our own. */
void epub_add_title(struct strbuf *out, const struct epub *epub,
		    const char *words);

/* epub_comment.c: what asks readers for comments */

/** Do paragraphs have labels? The setting review.labels. */
bool epub_has_labels(const struct epub *epub);

/**
 * Append to the page in work what stands at a chapter's end: where to write,
 * in letters, and one link, as a QR code too if review.qr wants it. Nothing
 * when there is no address.
 */
int epub_add_invitation(struct epub *epub, struct error *err);

/** The page that says how to comment. */
int epub_write_how_to_comment(struct epub *epub, struct error *err);

/* epub_redline.c: what changed since a draft before it */

/** Have marks of a redline, if the book is one. */
void epub_init_redline(struct epub *epub);

/** Append " (3)" to a chapter's title, if it has so many changes. */
void epub_add_count(struct strbuf *out, const struct epub *epub,
		    size_t chapter);

/* epub_pictures.c */

/**
 * The address of the picture at `path` in the manuscript, put into the book
 * when it is new; NULL in `href` when it is missing or can't be shown, which
 * was said to book_warn(). `id` NULL: one is made.
 */
int epub_picture(const char **href, struct epub *epub, const char *path,
		 const char *from, const char *id, const char *properties,
		 struct error *err);
void epub_pictures_release(struct epub_pictures *pictures);

/** A name for a file that no picture has, "images/map.png". */
void epub_picture_name(struct strbuf *out, struct epub_pictures *pictures,
		       const char *path, const char *extension);

/* epub_notes.c */

/** Append the address of notes file `file`, from 0. */
void epub_notes_href(struct strbuf *out, size_t file);

/** Write the notes of the chapter in work, before its text. */
int epub_write_notes(struct epub *epub, struct error *err);

/** Write what is left of the last file. */
int epub_finish_notes(struct epub *epub, struct error *err);

#endif
