/* SPDX-License-Identifier: MIT */
/*
 * Zip archives that come out the same, byte for byte, whenever and wherever
 * they are made: entries in the order they were added, one date for all of
 * them, no extra fields, fixed attributes, no Zip64, no data descriptors.
 *
 * Entries are compressed as they come and kept aside, in memory while they
 * are few, else in an unlinked file beside the archive; so only one of them
 * is in memory. The archive appears whole or not at all.
 */
#ifndef ARCHIVE_WRITE_H
#define ARCHIVE_WRITE_H

#include <stdint.h>

#include "slice.h"

struct archive_write;
struct error;

enum archive_method {
	ARCHIVE_STORE,		/* as it is: pictures, and EPUB's mimetype */
	ARCHIVE_DEFLATE		/* smaller, unless that makes it larger */
};

/**
 * Start an archive to stand at `path`. `time` is the date of its entries, in
 * seconds since 1970 UTC; the format knows even seconds of 1980 to 2107, so
 * others become the nearest of those before, or the first or last.
 */
void archive_write_open(struct archive_write **out, const char *path,
			int64_t time);

/**
 * Add an entry. `name` has '/' between folders and is not checked. The bytes
 * are not needed any more when this returns. ERROR_LIMIT when the archive
 * gets too large for the format (4 GiB, 65,534 entries), ERROR_IO.
 */
int archive_write_add(struct archive_write *archive, const char *name,
		      struct slice bytes, enum archive_method method,
		      struct error *err);

/**
 * Make the archive, in the place of what stood at its path. When this fails
 * the path is as it was. ERROR_IO, ERROR_LIBRARY.
 */
int archive_write_commit(struct archive_write *archive, struct error *err);

/** Drop what is not committed; frees. NULL is fine. */
void archive_write_close(struct archive_write *archive);

#endif
