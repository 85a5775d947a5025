/* SPDX-License-Identifier: MIT */
/*
 * For unit tests: e-books made of small books in repositories of their own.
 * Whatever a test looks at, every file must be well-formed, of moderate size,
 * in the manifest, and every link must lead to an id that is there, once.
 * Include after <cmocka.h>.
 */
#ifndef SHELF_H
#define SHELF_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "error.h"
#include "slice.h"
#include "strbuf.h"

struct names {
	char **items;
	size_t count, capacity;
};

/* A manuscript in a folder, the e-book made of it, what was warned of. */
struct shelf {
	char folder[64];
	const char *reader;	/* to stamp it for; NULL: for all */
	struct strbuf warnings;
	struct names files;	/* of the archive */
	char **texts;
	struct names ids, links; /* "EPUB/text/a.xhtml#id" */
	struct error err;
};

/** For cmocka: `*state` is a shelf with settings and no text. */
int setup(void **state);
int teardown(void **state);

/** A command of the shell in the shelf's folder, in which "book" is. */
void run(const struct shelf *shelf, const char *command);

/** Write a file of the book. */
void put(const struct shelf *shelf, const char *name, struct slice text);
void put_str(const struct shelf *shelf, const char *name, const char *text);

/** Commit what there is, make out.epub of it and look at all of it. */
void make_epub(struct shelf *shelf);

/** As epub_write(), of the book as it is, into a file beside it. */
int try_export(struct shelf *shelf, const char *name);

/** Look at an e-book: `files`, `texts`, and the laws above. */
void open_epub(struct shelf *shelf, const char *path);

/** Let go of the last e-book and its warnings. */
void forget(struct shelf *shelf);

/** A file of the e-book; the test fails when there is none such. */
const char *text_of(const struct shelf *shelf, const char *name);

bool has_file(const struct shelf *shelf, const char *name);

#define assert_has(text, part)                                                \
	do {                                                                  \
		if (!strstr((text), (part)))                                  \
			fail_msg("no '%s' in:\n%.3000s", (part), (text));     \
	} while (0)
#define assert_has_not(text, part)                                            \
	do {                                                                  \
		if (strstr((text), (part)))                                   \
			fail_msg("'%s' in:\n%.3000s", (part), (text));        \
	} while (0)

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
