/* SPDX-License-Identifier: MIT */
/*
 * Refs as git keeps them: a file each, or lines of packed-refs, sorted
 * (gitrepository-layout(5), git-pack-refs(1)). libgit2 takes a file and a lock
 * for each that it writes; readers would see the first of ten thousand long
 * before the last.
 */
#ifndef REFS_H
#define REFS_H

#include <stdbool.h>
#include <stddef.h>

#include <git2.h>

#include "repository.h"
#include "slice.h"
#include "strbuf.h"

struct error;
struct object_list;

struct packed_ref {
	struct slice name;
	git_oid id;
	struct slice lines;	/* as they stand, the peeled one too */
};

/** The file packed-refs: sorted by name, whatever it was. */
struct packed_refs {
	struct strbuf text;
	struct packed_ref *items;
	size_t count, capacity;
	bool peeled, fully_peeled;	/* what its first line says */
};

#define PACKED_REFS_INIT { STRBUF_INIT, NULL, 0, 0, false, false }

/** Read the file; none is one without refs. */
int packed_refs_read(struct packed_refs *out, struct repository *repo,
		     struct error *err);
void packed_refs_release(struct packed_refs *refs);

/** The first ref whose name is not smaller. */
size_t packed_refs_find(const struct packed_refs *refs, struct slice name);

enum loose_ref {
	LOOSE_NONE,		/* no file of that name */
	LOOSE_ID,
	LOOSE_SYMBOLIC,		/* "ref: refs/heads/main" */
	LOOSE_BROKEN
};

/** The ref's own file, if it has one. */
enum loose_ref loose_ref_read(git_oid *id, struct repository *repo,
			      const char *name);

/** What a ref is to be. */
struct ref_update {
	const char *name;
	git_oid id;
	bool checked;		/* only if it is `old` now */
	git_oid old;		/* zero: if it is not there */
};

/**
 * Make the updates, which are sorted here: all of them at one moment, or none.
 * Whoever is killed at that leaves locks that are known as his, and that go
 * when the repository is opened next. `objects` has what the refs point at, or
 * the repository does. ERROR_BUSY; ERROR_INVALID for a bad name;
 * ERROR_EXISTS when one name would be a folder of another.
 */
int refs_update(struct repository *repo, struct ref_update *updates,
		size_t count, struct object_list *objects,
		struct error *err);

/** Take away what others were killed at. */
void refs_recover(struct repository *repo);

/*
 * Locks of git, each the second name of one file that is ours, which says
 * what we lock and is held with flock(2) while we live.
 */
struct ref_locks;

int ref_locks_open(struct ref_locks **out, struct repository *repo,
		   struct error *err);

/** Lock `name` ("packed-refs", "refs/heads/main"). ERROR_BUSY. */
int ref_locks_take(struct ref_locks *locks, const char *name,
		   struct error *err);

/** Write a file of git's folder beside it, then give it that name. */
int ref_locks_write(struct ref_locks *locks, const char *name,
		    struct slice bytes, struct error *err);

/** Unlock all; frees. */
void ref_locks_close(struct ref_locks *locks);

#endif
