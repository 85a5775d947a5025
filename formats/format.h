/* SPDX-License-Identifier: MIT */
/* The table of formats: a new one is a file and a line here. */
#ifndef FORMAT_H
#define FORMAT_H

#include "book.h"

struct format {
	const char *name;	/* as in `galley export -t <name>` */
	const char *extension;	/* with its '.'; "": a folder */
	book_writer *write;
};

/** All of them; the last has no name. The first is what is made unasked. */
extern const struct format formats[];

/** The format of that name, or NULL. */
const struct format *format_named(const char *name);

/** The format that a file's name ends in, or NULL. */
const struct format *format_of_path(const char *path);

#endif
