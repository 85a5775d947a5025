/* SPDX-License-Identifier: MIT */
/* What notes.c and notes_write.c share: the notes of a ref, all of them. */
#ifndef NOTES_PRIVATE_H
#define NOTES_PRIVATE_H

#include "arena.h"
#include "notes.h"
#include "repository_git.h"
#include "strbuf.h"

struct note_entry {
	git_oid object;		/* what the note is about */
	git_oid blob;
	uint32_t mode;
};

/* The notes of a ref: "ab/cdef..." in a tree, as many '/' as git sees fit. */
struct note_tree {
	struct repository *repo;
	struct arena arena;
	bool exists;
	git_oid commit, root;
	struct note_entry *items;	/* sorted by object once all are read */
	size_t count, capacity;
	struct file_list others;	/* files that are no notes: they stay */
	struct strbuf path;
};

/** Read all; a ref that is not there has none. Release it in any case. */
int note_tree_read(struct note_tree *tree, struct repository *repo,
		   const char *ref, struct error *err);
void note_tree_release(struct note_tree *tree);

int note_read_blob(struct strbuf *out, struct repository *repo,
		   const git_oid *id, struct error *err);

#endif
