/* SPDX-License-Identifier: MIT */
/*
 * Zip archives from outside, taken for hostile: entries are bytes with a name,
 * nothing is ever written to the disk, and there are limits on all of it. A
 * name is a path inside, of UTF-8: "EPUB/text/fog.xhtml". What has others (an
 * absolute one, "..", a backslash, controls, a name twice) is no archive for
 * us, nor is what is encrypted or packed in ways that e-books have no use for.
 * Folders, which some programs put in, are passed over.
 */
#ifndef ARCHIVE_READ_H
#define ARCHIVE_READ_H

#include <stddef.h>

#include "slice.h"

struct archive_read;
struct error;
struct strbuf;

#define ARCHIVE_READ_ENTRIES 20000u
#define ARCHIVE_READ_ENTRY ((size_t)64 << 20)	/* bytes, unpacked */
#define ARCHIVE_READ_ALL ((size_t)512 << 20)

/**
 * Open the archive that `bytes` are; they outlive it. `name` is for messages.
 * ERROR_MALFORMED, ERROR_LIMIT.
 */
int archive_read_open(struct archive_read **out, struct slice bytes,
		      const char *name, struct error *err);

/** NULL is fine. */
void archive_read_close(struct archive_read *archive);

size_t archive_read_count(const struct archive_read *archive);

/** The name of entry `at`, in the order of the archive. */
const char *archive_read_name(const struct archive_read *archive, size_t at);

/**
 * Append the bytes of entry `at`. ERROR_MALFORMED when they are damaged, or
 * are more than the archive says.
 */
int archive_read_entry(struct strbuf *out, struct archive_read *archive,
		       size_t at, struct error *err);

/** The entry of that name, or SIZE_MAX. */
size_t archive_read_find(const struct archive_read *archive, const char *name);

#endif
