/* SPDX-License-Identifier: MIT */
/*
 * The readers of a book: a text file of the author's, one reader a line.
 *
 *	# who gets the drafts
 *	Ann Reader <ann@example.org>
 *	João Sampaio <joao@example.org> lang=pt format=page
 *	"Moss, Hester" <hester@example.org> stop
 *
 * `lang=` is the language to write to them in, `format=` the draft that they
 * want, `stop` that they want no more mails. It has addresses, so that it need
 * not be tracked: it is read from the work tree.
 */
#ifndef READER_LIST_H
#define READER_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "slice.h"

struct error;
struct manuscript;

#define READER_CODE_SIZE 8	/* "R7K3QX", its NUL, and one to spare */

struct reader {
	const char *name;	/* UTF-8; the address if there is none */
	const char *address;	/* ASCII, as it is written there */
	const char *language;	/* BCP 47, or "": the book's */
	const char *format;	/* "epub", "page", or "": not said */
	const char *code;	/* reader_code() of the address */
	bool stop;		/* wants no more mails */
	size_t line;		/* in the file, from 1 */
};

struct reader_list {
	struct arena arena;
	const char *path;	/* of the file, from the root */
	struct reader *items;	/* in order of the file */
	size_t count, capacity;
	const struct reader **by_code; /* the same, sorted by their codes */
};

#define READER_LIST_INIT { ARENA_INIT, NULL, NULL, 0, 0, NULL }

void reader_list_release(struct reader_list *list);

/**
 * Read the readers of a book: the file that the setting review.readers names,
 * else "readers", from the work tree, or where there is none from HEAD; which
 * revision `ms` is of is all the same. `list` is empty before.
 *
 * ERROR_NOT_FOUND: there is no such file, with words that say how to make
 * one, and `list->path` is set. ERROR_MALFORMED: a line that is no reader, or
 * the second of one address, as "readers:3: …".
 */
int reader_list_read(struct reader_list *list, const struct manuscript *ms,
		     struct error *err);

/** The same from the bytes of a file; `path` is for messages. */
int reader_list_parse(struct reader_list *list, struct slice text,
		      const char *path, struct error *err);

/**
 * The reader whom `who` means: by code, by address, by whole name, or else by
 * a part of a name that only one has; letter case (of ASCII) is all the same.
 * ERROR_NOT_FOUND, ERROR_AMBIGUOUS.
 */
int reader_list_find(const struct reader **out, const struct reader_list *list,
		     const char *who, struct error *err);

/** The reader of that address, or NULL. */
const struct reader *reader_list_address(const struct reader_list *list,
					 const char *address);

/**
 * Is it one that we write to? Of ASCII, without quotes, comments and blanks,
 * not '-' first.
 */
bool mail_address_is_valid(struct slice address);

/**
 * A reader's code, the same everywhere, that never tells the address: "R" and
 * 5 characters of Crockford's base 32 from SHA-1 of the address in small
 * letters. Of 2,000 readers two have the same one in 20 lists.
 */
void reader_code(char out[READER_CODE_SIZE], const char *address);

#endif
