/* SPDX-License-Identifier: MIT */
/* The files that a draft is made of, whatever its format. */
#ifndef VERIFY_FILES_H
#define VERIFY_FILES_H

#include <stddef.h>

#include "draft_origin.h"
#include "strbuf.h"

struct archive_read;
struct error;

enum draft_kind { DRAFT_EPUB, DRAFT_PAGE, DRAFT_SITE };

struct draft_files {
	enum draft_kind kind;
	const char *path;		/* borrowed */
	struct strbuf bytes;		/* of the file; of a folder none */
	struct archive_read *archive;	/* EPUB, if it can be read */
	char **names;			/* sorted; of a page one, "" */
	size_t count, capacity;
};

#define DRAFT_FILES_INIT { DRAFT_PAGE, NULL, STRBUF_INIT, NULL, NULL, 0, 0 }

/**
 * Open a file or a folder; `files` is fresh. Links are not followed, and a
 * folder has its limits. ERROR_MALFORMED: an archive that cannot be read, or
 * a folder without pages.
 */
int draft_files_open(struct draft_files *files, const char *path,
		     struct error *err);
void draft_files_release(struct draft_files *files);

/** Append the bytes of file `at`. */
int draft_files_read(struct strbuf *out, const struct draft_files *files,
		     size_t at, struct error *err);

/**
 * Of a site, leave the page that has the title of the one in `page`, as if it
 * had been opened alone. ERROR_NOT_FOUND: there is none.
 */
int draft_files_pick(struct draft_files *site, const struct draft_files *page,
		     struct error *err);

/** What the draft says of itself; without generator when it is not ours. */
int draft_files_origin(struct draft_origin *out,
		       const struct draft_files *files, struct error *err);

#endif
