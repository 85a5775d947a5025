/* SPDX-License-Identifier: MIT */
/*
 * galley.conf: settings in git-config syntax (git-config(1), SYNTAX), without
 * its includes. It is tracked with the text, so it is untrusted input: it can
 * never name a command to run.
 *
 *	[book]
 *		title = The Harbour
 *		author = A. Writer
 *		language = en-GB
 */
#ifndef SETTINGS_H
#define SETTINGS_H

#include <stddef.h>

#include "arena.h"
#include "slice.h"

struct error;
struct strbuf;

struct setting {
	const char *key;	/* "section.name" or "section.subsection.name";
				 * section and name in lower case */
	const char *value;	/* never NULL; "true" for a key alone */
	size_t line;
};

struct settings {
	struct arena arena;
	struct setting *items;	/* in order of the file */
	size_t count, capacity;
};

#define SETTINGS_INIT { ARENA_INIT, NULL, 0, 0 }

void settings_release(struct settings *settings);

/**
 * Add the settings of `text`; `name` is for messages, "galley.conf:3: ...".
 * ERROR_MALFORMED; text that is not UTF-8 is, too.
 */
int settings_parse(struct settings *settings, struct slice text,
		   const char *name, struct error *err);

/** Add one setting, after those that are there. Copies. */
void settings_add(struct settings *settings, const char *key,
		  const char *value);

/** The last value of the key, or NULL. */
const char *settings_get(const struct settings *settings, const char *key);

/**
 * The `n`th value (0, 1, …) of a key that may be given several times
 * (book.author), or NULL.
 */
const char *settings_get_nth(const struct settings *settings, const char *key,
			     size_t n);

/** "true", "yes", "on", "1" and so on as git reads them; else `otherwise`. */
int settings_get_bool(const struct settings *settings, const char *key,
		      int otherwise);

/** Write as a file that settings_parse() reads back the same. */
void settings_write(struct strbuf *out, const struct settings *settings);

/**
 * Add what mdBook's book.toml says: book.title, book.authors, book.language,
 * book.description, book.src (as book.source). Of TOML 1.0 only tables,
 * strings and arrays of strings are read; the rest is passed over.
 */
int settings_parse_book_toml(struct settings *settings, struct slice text,
			     const char *name, struct error *err);

#endif
