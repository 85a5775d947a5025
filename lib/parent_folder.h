/* SPDX-License-Identifier: MIT */
/*
 * The folder of a path in a work tree, opened without following a symbolic
 * link: what readers send never reaches out of the tree.
 */
#ifndef PARENT_FOLDER_H
#define PARENT_FOLDER_H

#include <stddef.h>

#include "slice.h"

/**
 * The folder of a path, open, below the folder `root`: the last one stays
 * open, since paths come folder by folder.
 */
struct parent {
	int root;		/* borrowed */
	int fd;			/* -1: none yet */
	char *folder;		/* "part/" */
};

void parent_init(struct parent *parent, int root);
void parent_release(struct parent *parent);

/**
 * Open the folder of `path`, following no symbolic link, and point `name` to
 * what is left of the path. Folders that are not there are made when `made`
 * is given, and it is told of each. Returns the folder, which the parent
 * keeps; or -1 and errno, and `*blocked` (when not NULL) is the length of the
 * part that failed.
 */
typedef void folder_made(void *data, struct slice folder);
int parent_open(struct parent *parent, const char *path, const char **name,
		size_t *blocked, folder_made *made, void *data);

#endif
