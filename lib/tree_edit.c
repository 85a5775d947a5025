/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "alloc.h"
#include "error.h"
#include "object_list.h"
#include "repository_git.h"
#include "strbuf.h"
#include "tree_edit.h"
#include "tree_entries.h"

struct folder {
	struct folder *parent;		/* NULL: the root */
	char *name;
	struct tree_entries now;
	size_t object;			/* as it was written last */
	git_oid id;			/* the same */
	struct folder **below;		/* those that were entered, by name */
	size_t below_count, below_capacity;
	bool dirty;			/* changed since it was written */
	size_t prefix, suffix;		/* bytes that are still the same */
	struct folder *dirty_below, *next_dirty;
	bool touched;			/* changed since the mark */
	struct folder *next_touched;
	struct tree_entries marked;		/* what it was then */
	size_t marked_object;
	git_oid marked_id;
};

struct tree_edit {
	struct object_list *objects;
	struct folder *root;
	bool marks;
	struct folder *touched;
};

static struct folder *folder_new(struct folder *parent, struct slice name)
{
	struct folder *f = xcalloc(1, sizeof(*f));

	f->parent = parent;
	f->name = xmalloc(name.len + 1);
	if (name.len)
		memcpy(f->name, name.ptr, name.len);
	f->name[name.len] = '\0';
	f->now = f->marked = (struct tree_entries)TREE_ENTRIES_INIT;
	f->object = NO_OBJECT;
	return f;
}

static void folder_free(struct folder *f)
{
	for (size_t i = 0; i < f->below_count; i++)
		folder_free(f->below[i]);
	free(f->below);
	tree_entries_release(&f->now);
	tree_entries_release(&f->marked);
	free(f->name);
	free(f);
}

struct tree_edit *tree_edit_new(struct object_list *objects,
				const git_oid *root)
{
	struct tree_edit *edit = xcalloc(1, sizeof(*edit));

	edit->objects = objects;
	edit->root = folder_new(NULL, SLICE(""));
	if (root)
		edit->root->id = *root;
	return edit;
}

void tree_edit_free(struct tree_edit *edit)
{
	if (!edit)
		return;
	folder_free(edit->root);
	free(edit);
}

static int load_folder(struct tree_edit *edit, struct folder *f,
		       struct error *err)
{
	int rc;

	if (f->object != NO_OBJECT || git_oid_is_zero(&f->id))
		return 0;
	if ((rc = object_list_find(&f->object, edit->objects, &f->id,
				   err)) < 0 ||
	    (rc = object_list_read(&f->now.bytes, edit->objects, f->object,
				   err)) < 0)
		return rc;
	if (object_list_type(edit->objects, f->object) == GIT_OBJECT_TREE &&
	    tree_entries_index(&f->now))
		return 0;
	f->object = NO_OBJECT;
	tree_entries_release(&f->now);
	return error_set(err, ERROR_MALFORMED, "a folder in the repository is "
			 "damaged; 'git fsck' says more");
}

/* Where a folder is in `below`, or belongs. */
static bool find_below(size_t *at, const struct folder *f, struct slice name)
{
	size_t low = 0, high = f->below_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = slice_cmp(slice_of(f->below[middle]->name), name);

		if (!order) {
			*at = middle;
			return true;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*at = low;
	return false;
}

/* The folder `name` of `f`, read; an empty one when there is none. */
static int enter(struct folder **out, struct tree_edit *edit,
		 struct folder *f, struct slice name, struct error *err)
{
	struct folder *made;
	size_t at, entry;

	if (find_below(&at, f, name)) {
		*out = f->below[at];
		return load_folder(edit, *out, err);
	}
	made = folder_new(f, name);
	if (tree_entries_find(&entry, &f->now, name, true))
		git_oid_fromraw(&made->id, tree_entries_at(&f->now, entry).id);
	GROW(f->below, f->below_count, f->below_capacity);
	memmove(f->below + at + 1, f->below + at,
		(f->below_count - at) * sizeof(*f->below));
	f->below[at] = made;
	f->below_count++;
	*out = made;
	return load_folder(edit, made, err);
}

/*
 * The folder of a path, and what is left of it. A file on the way is
 * ERROR_EXISTS. A folder that is not there is an empty one, and becomes part
 * of the tree with the first file in it.
 */
static int enter_path(struct folder **out, struct slice *name,
		      struct tree_edit *edit, const char *path,
		      struct error *err)
{
	struct folder *f = edit->root;
	const char *at = path;
	size_t n, entry;
	int rc;

	if (!path_is_safe(path))
		return error_set(err, ERROR_INVALID, "'%s' is not a path "
				 "inside the manuscript", path);
	rc = load_folder(edit, f, err);
	while (!rc && at[n = strcspn(at, "/")]) {
		*name = (struct slice){ at, n };
		at += n + 1;
		if (tree_entries_find(&entry, &f->now, *name, false))
			return error_set(err, ERROR_EXISTS, "'%.*s' is not a "
					 "folder, so that '%s' cannot be in "
					 "it", (int)(at - path - 1), path,
					 path);
		rc = enter(&f, edit, f, *name, err);
	}
	*name = slice_of(at);
	*out = f;
	return rc;
}

int tree_edit_find(git_oid *id, uint32_t *mode, struct tree_edit *edit,
		   const char *path, struct error *err)
{
	struct folder *f;
	struct slice name;
	size_t at;
	int rc = enter_path(&f, &name, edit, path, err);

	if (rc < 0 && rc != ERROR_EXISTS)
		return rc;
	if (rc < 0 || !tree_entries_find(&at, &f->now, name, false))
		return error_set(err, ERROR_NOT_FOUND, "no file '%s'", path);
	git_oid_fromraw(id, tree_entries_at(&f->now, at).id);
	if (mode)
		*mode = tree_entries_at(&f->now, at).mode;
	return 0;
}

static void touch(struct tree_edit *edit, struct folder *f)
{
	if (!edit->marks || f->touched)
		return;
	f->touched = true;
	f->next_touched = edit->touched;
	edit->touched = f;
	tree_entries_copy(&f->marked, &f->now);
	f->marked_object = f->object;
	f->marked_id = f->id;
}

/* All that changes is between `start` and `end`, as they are before. */
static void soil(struct tree_edit *edit, struct folder *f, size_t start,
		 size_t end)
{
	size_t suffix = f->now.bytes.len - end;

	touch(edit, f);
	if (!f->dirty) {
		f->prefix = start;
		f->suffix = suffix;
	}
	if (start < f->prefix)
		f->prefix = start;
	if (suffix < f->suffix)
		f->suffix = suffix;
	for (; !f->dirty; f = f->parent) {
		f->dirty = true;
		if (!f->parent)
			break;
		f->next_dirty = f->parent->dirty_below;
		f->parent->dirty_below = f;
		if (f->parent->dirty)
			break;
		touch(edit, f->parent);
		f->parent->prefix = f->parent->suffix =
			f->parent->now.bytes.len;
	}
}

static void set_entry(struct tree_edit *edit, struct folder *f,
		      struct slice name, uint32_t mode, const git_oid *id)
{
	size_t at, start;

	if (tree_entries_find(&at, &f->now, name, S_ISDIR(mode))) {
		if (!memcmp(tree_entries_at(&f->now, at).id, id->id,
			    GIT_OID_RAWSZ))
			return;
		start = tree_entries_offset(&f->now, at + 1) - GIT_OID_RAWSZ;
		soil(edit, f, start, start + GIT_OID_RAWSZ);
		tree_entries_set_id(&f->now, at, id);
		return;
	}
	start = tree_entries_offset(&f->now, at);
	soil(edit, f, start, start);
	tree_entries_insert(&f->now, at, mode, name, id);
}

static void remove_entry(struct tree_edit *edit, struct folder *f,
			 struct slice name, bool folder)
{
	size_t at;

	if (!tree_entries_find(&at, &f->now, name, folder))
		return;
	soil(edit, f, tree_entries_offset(&f->now, at),
	     tree_entries_offset(&f->now, at + 1));
	tree_entries_remove(&f->now, at);
}

/* Have new folders stand in theirs; their ids are known when all is written. */
static void link_folders(struct tree_edit *edit, struct folder *f)
{
	const git_oid none = { { 0 } };
	size_t at;

	for (; f->parent; f = f->parent) {
		struct slice name = slice_of(f->name);

		if (tree_entries_find(&at, &f->parent->now, name, true))
			return;
		set_entry(edit, f->parent, name, GIT_FILEMODE_TREE, &none);
	}
}

int tree_edit_set(struct tree_edit *edit, const char *path,
		  const git_oid *blob, struct error *err)
{
	uint32_t mode = GIT_FILEMODE_BLOB;
	struct folder *f;
	struct slice name;
	size_t at;
	int rc = enter_path(&f, &name, edit, path, err);

	if (rc < 0)
		return rc;
	if (tree_entries_find(&at, &f->now, name, true))
		return error_set(err, ERROR_EXISTS,
				 "there is a folder at '%s'", path);
	if (tree_entries_find(&at, &f->now, name, false))
		mode = tree_entries_at(&f->now, at).mode;
	if (!S_ISREG(mode))
		return error_set(err, ERROR_INVALID, "what is at '%s' is not a "
				 "plain file", path);
	set_entry(edit, f, name, mode, blob);
	link_folders(edit, f);
	return 0;
}

int tree_edit_remove(struct tree_edit *edit, const char *path,
		     struct error *err)
{
	struct folder *f;
	struct slice name;
	git_oid id;
	int rc = tree_edit_find(&id, NULL, edit, path, err);

	if (rc < 0 || (rc = enter_path(&f, &name, edit, path, err)) < 0)
		return rc;
	remove_entry(edit, f, name, false);
	for (; f->parent && !f->now.count; f = f->parent)
		remove_entry(edit, f->parent, slice_of(f->name), true);
	return 0;
}

/* The folder's id, and those of the dirty ones below it. */
static void clean(git_oid *id, struct tree_edit *edit, struct folder *f,
		  bool keep)
{
	struct object_delta delta;
	struct slice bytes;
	git_oid below;

	while (f->dirty_below) {
		struct folder *b = f->dirty_below;

		f->dirty_below = b->next_dirty;
		clean(&below, edit, b, keep);
		if (b->now.count)
			set_entry(edit, f, slice_of(b->name),
				  GIT_FILEMODE_TREE, &below);
	}
	bytes = strbuf_slice(&f->now.bytes);
	object_id(id, GIT_OBJECT_TREE, bytes);
	f->dirty = false;
	if (!keep)
		return;
	delta = (struct object_delta){ f->object, f->prefix, f->suffix };
	if (f->now.count || !f->parent)
		f->object = object_list_add_delta(edit->objects,
						  GIT_OBJECT_TREE, bytes, id,
						  &delta);
	f->id = *id;
}

void tree_edit_write(git_oid *root, struct tree_edit *edit)
{
	if (edit->root->dirty || git_oid_is_zero(&edit->root->id))
		clean(root, edit, edit->root, true);
	*root = edit->root->id;
}

void tree_edit_mark(struct tree_edit *edit)
{
	while (edit->touched) {
		edit->touched->touched = false;
		edit->touched = edit->touched->next_touched;
	}
	edit->marks = true;
}

static void swap_entries(struct tree_entries *a, struct tree_entries *b)
{
	struct tree_entries kept = *a;

	*a = *b;
	*b = kept;
}

void tree_edit_rewind(struct tree_edit *edit)
{
	while (edit->touched) {
		struct folder *f = edit->touched;

		edit->touched = f->next_touched;
		f->touched = f->dirty = false;
		f->dirty_below = NULL;
		swap_entries(&f->now, &f->marked);
		f->object = f->marked_object;
		f->id = f->marked_id;
	}
}

void tree_edit_probe(git_oid *root, struct tree_edit *edit)
{
	if (edit->root->dirty || git_oid_is_zero(&edit->root->id))
		clean(root, edit, edit->root, false);
	else
		*root = edit->root->id;
	tree_edit_rewind(edit);
}
