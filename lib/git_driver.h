/* SPDX-License-Identifier: MIT */
/*
 * What galley does for git itself, in one repository: the files that it is
 * for, in .gitattributes, and what git runs, in the repository's config
 * (gitattributes(5)).
 */
#ifndef GIT_DRIVER_H
#define GIT_DRIVER_H

#include <stdbool.h>

#include "slice.h"

struct error;
struct repository;
struct strbuf;

struct git_driver {
	const char *attribute;	/* "merge": what .gitattributes says of it */
	const char *line;	/* "*.md merge=galley" */
	const char *const (*settings)[2]; /* names and values, until one is
				 * NULL; the first says that it is set up */
};

/** The prose merge; words, headings and galley-redline for git's diffs. */
extern const struct git_driver merge_driver, diff_driver;

/**
 * Add .gitattributes to `out`: `old`, and a line for "*.md". False, and
 * nothing is added, if `old` says already what the attribute of "*.md" is.
 */
bool git_driver_attributes(struct strbuf *out, struct slice old,
			   const struct git_driver *driver);

/** Has git's config, any of it, such a driver? */
bool git_driver_is_set(struct repository *repo,
		       const struct git_driver *driver);

/** Set it in the config of the repository alone. */
int git_driver_set(struct repository *repo, const struct git_driver *driver,
		   struct error *err);

#endif
