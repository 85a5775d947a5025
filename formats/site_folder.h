/* SPDX-License-Identifier: MIT */
/*
 * A folder that appears whole or not at all: made beside its place, then
 * swapped with what is there.
 */
#ifndef SITE_FOLDER_H
#define SITE_FOLDER_H

#include "slice.h"
#include "strbuf.h"

struct error;

struct site_folder {
	const char *path;	/* borrowed */
	struct strbuf beside;	/* the new folder, until it is in place */
	int fd;			/* of the new folder; -1: none */
};

/**
 * Start: `path` must be free, an empty folder, or a site of ours without
 * anything else in it (ERROR_EXISTS, naming what is). To be ended with
 * site_folder_end(), whatever this returns.
 */
int site_folder_begin(struct site_folder *folder, const char *path,
		      struct error *err);

/** Write a file ("images/a.png" makes the folder images); one that is there
 * already is left as it is. */
int site_folder_put(struct site_folder *folder, const char *name,
		    struct slice bytes, struct error *err);

/** Make a file, for writing; returns its descriptor. */
int site_folder_create(struct site_folder *folder, const char *name,
		       struct error *err);

/** Put the folder in its place, and take away what was there. */
int site_folder_commit(struct site_folder *folder, struct error *err);

/** Take away what was not committed. */
void site_folder_end(struct site_folder *folder);

#endif
