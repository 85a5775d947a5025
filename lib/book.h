/* SPDX-License-Identifier: MIT */
/*
 * The book: a manuscript as its readers meet it. Chunks become chapters with
 * numbers, paragraphs get labels and ids, footnotes get numbers, links find
 * their targets. Writers (formats/) pull one chapter at a time, so that
 * memory is bounded by the largest chapter.
 *
 * A chapter is a top entry of the outline and all that is nested below it.
 * Labels count: "3.14" is the 14th labelled block of chapter 3; chapters
 * without a number (a prologue, a foreword) have letters, "A.2". Labelled are
 * paragraphs wherever they stand but in notes and tables, and stanzas,
 * figures, tables and code blocks. Ids come from the chunk and the words and
 * stay when other paragraphs come and go.
 */
#ifndef BOOK_H
#define BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "document.h"
#include "manuscript.h"

struct book;
struct definitions;
struct error;
struct strbuf;

/** What a chapter is in the book; each has an EPUB structural role. */
enum book_role {
	ROLE_CHAPTER, ROLE_PART, ROLE_PROLOGUE, ROLE_EPILOGUE, ROLE_FOREWORD,
	ROLE_PREFACE, ROLE_INTRODUCTION, ROLE_DEDICATION, ROLE_EPIGRAPH,
	ROLE_ACKNOWLEDGMENTS, ROLE_AFTERWORD, ROLE_APPENDIX, ROLE_COLOPHON,
	ROLE_GLOSSARY, ROLE_BIBLIOGRAPHY, ROLE_CONCLUSION, ROLE_COPYRIGHT
};

enum book_matter { MATTER_FRONT, MATTER_BODY, MATTER_BACK };

/** A chapter before its text is read: known of all from the start. */
struct book_entry {
	enum book_role role;
	enum book_matter matter;
	const char *label;	/* "3", "A"; "" for parts and empty chapters */
	const char *title;	/* as in its first heading, else the outline;
				 * plain text, typographic quotes */
	const char *slug;	/* for file names: [a-z0-9-]+, unique in the
				 * book, from the chunk's name */
	size_t part;		/* index of the part it is in, or SIZE_MAX */
	size_t first, count;	/* its entries of the manuscript's outline */
	bool written;		/* false: no chunk yet; shown as planned */
	bool titled;		/* has a heading to list in the contents; front
				 * matter such as an epigraph may have none */
};

/** One chunk of a chapter that has been read. */
struct book_section {
	const struct outline_entry *entry;
	struct document doc;	/* with ids and numbers; the levels of its
				 * headings are the chapter's: 1 for the
				 * chapter's own, sections deeper, no jumps. A
				 * chapter without a heading is given one
				 * from the outline. */
	const char *id;		/* anchor of the whole chunk */
};

struct book_note {
	uint32_t number;	/* in the book, from 1 */
	const char *id;		/* of the note; the first reference to it, and
				 * no other, has a node->id to go back to */
	const char *reference;	/* that id */
	const struct node *content; /* FOOTNOTE or INLINE_NOTE */
	const struct book_section *section; /* where its links start from */
};

struct book_chapter {
	size_t index;		/* in book_entry() */
	const struct book_entry *entry;
	struct book_section *sections;
	size_t section_count;
	struct book_note *notes; /* in the order of their numbers: those first
				  * cited in this chapter */
	size_t note_count;
};

/**
 * Start a book: reads the outline and scans every chunk once. `reader` reads
 * a chunk; it and `ms` outlive the book. Warnings about things that a draft
 * can do without (a chapter whose chunk is missing) go to `warn`, which may
 * be NULL.
 */
typedef void book_warning(void *data, const char *path, size_t line,
			  const char *message);
int book_open(struct book **out, const struct manuscript *ms,
	      document_reader *reader, book_warning *warn, void *data,
	      struct error *err);

void book_close(struct book *book);

/** Call `tell` before each chapter that is read: `done` of book_count(). */
typedef void book_progress(void *data, size_t done, size_t all);
void book_tell_progress(struct book *book, book_progress *tell, void *data);

size_t book_count(const struct book *book);
const struct book_entry *book_entry(const struct book *book, size_t index);
const struct manuscript *book_manuscript(const struct book *book);

/** What book_open() was given to read chunks with. */
document_reader *book_document_reader(const struct book *book);

/** What all chunks define, for reading one of them again. */
const struct definitions *book_definitions(const struct book *book);

/**
 * Read a chapter. To be called with 0, 1, 2, … up to book_count(), each once,
 * since notes are numbered as they are met. The chapter is the book's own and
 * good until the next call.
 */
int book_read_chapter(const struct book_chapter **out, struct book *book,
		      size_t index, struct error *err);

/** Where a link of the text leads. */
struct book_target {
	enum {
		TARGET_DEAD,	/* to a chunk or file that is not there, or out
				 * of the manuscript: show the words alone */
		TARGET_OUTSIDE,	/* a safe absolute URL (http, https, mailto),
				 * as `url` */
		TARGET_CHAPTER,	/* `chapter`, `id` in it (NULL: its start) */
		TARGET_FILE	/* `path`: an asset of the manuscript */
	} kind;
	const char *url;
	size_t chapter;
	size_t section;		/* of the chapter */
	uint32_t offset;	/* source offset of `id` in the section */
	const char *id;
	const char *path;
	size_t change;		/* CHAPTER, of a redline: the change that `id`
				 * is of, by its number; 0: none */
	bool no_anchor;		/* CHAPTER: the chunk is there, what the link
				 * names in it is not */
};

/**
 * Resolve a link or image of a section. Strings of `target` are the book's,
 * good until the next call of book_read_chapter().
 */
int book_resolve(struct book_target *target, struct book *book,
		 const struct book_section *section, struct slice url,
		 struct error *err);

/**
 * Find where chapter `index` has its blocks without disturbing the reading:
 * calls `visit` with the chapter as it will be read, numbers of notes aside.
 */
int book_peek_chapter(struct book *book, size_t index,
		      int (*visit)(const struct book_chapter *, void *data),
		      void *data, struct error *err);

/**
 * For writers: tell of something in the manuscript that a draft can do
 * without, by the `warn` of book_open(). `line` 0: no one line.
 */
void book_warn(const struct book *book, const char *path, size_t line,
	       const char *message);

/**
 * At least as many as the book has labels, and near it in prose: for writers
 * that must know before they begin. Reads what is not kept once more.
 */
int book_label_bound(size_t *out, struct book *book, struct error *err);

/** The label of a block of the chapter, "3.14", into `out`. */
#define BOOK_LABEL_SIZE 24
void book_label(char out[BOOK_LABEL_SIZE], const struct book_entry *entry,
		const struct node *node);

/** What this draft is called: "round 2", "draft 1a2b3c4", "draft 1a2b3c4,
 * with changes"; plain ASCII but for the name of the round. */
const char *book_draft_name(const struct book *book);

/** URN (RFC 9562, version 5) of the book and this draft of it. */
const char *book_identifier(const struct book *book);

/** The same for all drafts of the book: a URN without the draft. */
const char *book_key(const struct book *book);

/** A draft's file name without extension: "the-harbour-round-2-1a2b3c4", and
 * "-mara-quill-R7K3QX" after it when it is stamped. */
const char *book_file_stem(const struct book *book);

/** The title as a slug, "the-harbour"; "book" where nothing is left of it. */
const char *book_slug(const struct book *book);

/**
 * Append what the subjects of readers' mails have in brackets, by which
 * collect knows round and reader: "the-harbour r2 R7K3QX". The code only in a
 * stamped copy; a draft that is no round has its short commit.
 */
void book_add_tag(struct strbuf *out, const struct book *book);

/**
 * Stamp what is made of the book from now on for one reader: name and code
 * stand on the title page, in the metadata, in links and in the file's name.
 * The name is cleaned as git cleans names (person_clean()), the code is what
 * reader_code() makes; of others, all but letters and digits is left out.
 * Of a name that is an address nothing is shown: the code stands for it. With
 * nothing left of either, and with NULL, drafts are for all. Copies.
 */
void book_stamp(struct book *book, const char *name, const char *code);

/** The reader's name, and code; NULL, both, when the draft is for all. */
const char *book_reader(const struct book *book);
const char *book_reader_code(const struct book *book);

/** Append both as the title page has them: "Mara Quill, R7K3QX". */
void book_add_reader(struct strbuf *out, const struct book *book);

/** A book as a redline (redline.h): the new draft, with the old one in it. */
struct book_redline {
	struct redline *redline;
	const size_t *chunks;	/* of its new side, by entries of the outline;
				 * SIZE_MAX: none */
	struct book *old;	/* where pictures are that were cut */
	bool changed_only;	/* leave out chapters where nothing changed */
};

/**
 * Read the book as a redline from now on; what is in `redline` outlives it.
 * What was cut has no label, and a note that was cut a number. The draft is
 * called "round 2, changes since round 1". Before the first chapter is read.
 */
void book_set_redline(struct book *book, const struct book_redline *redline);
const struct book_redline *book_redline(const struct book *book); /* or NULL */

/** How many changes chapter `index` has, which have numbers from `first` on;
 * 0 in a book that is no redline. `first` may be NULL. */
size_t book_changes(const struct book *book, size_t index, size_t *first);

/** The chapter that has the change of that number, or SIZE_MAX. */
size_t book_change_chapter(const struct book *book, size_t number);

/** Where that change is, as a link would find it; TARGET_DEAD: nowhere. Good
 * until the next call of book_read_chapter(). */
void book_find_change(struct book_target *target, struct book *book,
		      size_t number);

/** Is the chapter left out, as nothing changed in it? */
bool book_is_left_out(const struct book *book, size_t index);

/**
 * A writer: makes a draft of the book at `path`, a file or folder of its
 * own; it appears whole or not at all. formats/ implements it.
 */
typedef int book_writer(struct book *book, const char *path,
			struct error *err);

#endif
