/* SPDX-License-Identifier: MIT */
/*
 * The bytes of a tree of git, "<mode> <name>\0<id>" for each entry: read one
 * after the other, or kept to be changed.
 */
#ifndef TREE_ENTRIES_H
#define TREE_ENTRIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <git2.h>

#include "slice.h"
#include "strbuf.h"

struct tree_entry {
	uint32_t mode;
	struct slice name;
	const unsigned char *id;
	size_t len;		/* of all of it, in the bytes */
};

/** The entry that `bytes` start with; false when there is none. */
bool tree_entry_read(struct tree_entry *out, struct slice bytes);

bool tree_entry_is_folder(const struct tree_entry *entry);

/** git's order: folders as if their names ended in '/'. */
int tree_entry_compare(const struct tree_entry *a, const struct tree_entry *b);

struct tree_entries {
	struct strbuf bytes;
	size_t *starts;		/* of each entry */
	size_t count, capacity;
};

#define TREE_ENTRIES_INIT { STRBUF_INIT, NULL, 0, 0 }

void tree_entries_release(struct tree_entries *entries);

/** Find the entries in `bytes`; false when they are broken, or in disorder. */
bool tree_entries_index(struct tree_entries *entries);

/** Make `out`, whose memory is used again, the same as `from`. */
void tree_entries_copy(struct tree_entries *out,
		       const struct tree_entries *from);

struct tree_entry tree_entries_at(const struct tree_entries *entries,
				  size_t n);

/** Where the entry is; or, when false, where it belongs. */
bool tree_entries_find(size_t *at, const struct tree_entries *entries,
		       struct slice name, bool folder);

/** Where in the bytes entry `n` starts, or would, at the end. */
size_t tree_entries_offset(const struct tree_entries *entries, size_t n);

void tree_entries_insert(struct tree_entries *entries, size_t at,
			 uint32_t mode, struct slice name, const git_oid *id);
void tree_entries_remove(struct tree_entries *entries, size_t at);

/** Give entry `at` another id. */
void tree_entries_set_id(struct tree_entries *entries, size_t at,
			 const git_oid *id);

#endif
