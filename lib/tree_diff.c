/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "repository_git.h"
#include "strbuf.h"
#include "tree_diff.h"

#define DEEPEST 128	/* folders in folders */

struct walk {
	struct repository *repo;
	int (*visit)(const struct tree_difference *, void *);
	void *data;
	struct strbuf path;
	struct error *err;
};

/* "100644 name\0<20 bytes>", in the order of names, folders as "name/" */
struct entry {
	unsigned mode;
	struct slice name;
	git_oid id;
};

#define MODE_FOLDER 040000u

/* Read the entry at `*at` and move on. 0 at the end, -1 if it is broken. */
static int next_entry(struct entry *e, struct slice tree, size_t *at)
{
	size_t i = *at, start;

	if (i == tree.len)
		return 0;
	e->mode = 0;
	for (; i < tree.len && tree.ptr[i] >= '0' && tree.ptr[i] <= '7'; i++)
		e->mode = e->mode * 8 + (unsigned)(tree.ptr[i] - '0');
	start = ++i;
	while (i < tree.len && tree.ptr[i])
		i++;
	if (start > tree.len || tree.len - i < 1 + GIT_OID_RAWSZ)
		return -1;
	e->name = slice_sub(tree, start, i);
	memcpy(e->id.id, tree.ptr + i + 1, GIT_OID_RAWSZ);
	*at = i + 1 + GIT_OID_RAWSZ;
	return 1;
}

static int name_byte(const struct entry *e, size_t i)
{
	if (i < e->name.len)
		return (unsigned char)e->name.ptr[i];
	return i == e->name.len && e->mode == MODE_FOLDER ? '/' : 0;
}

static int entry_order(const struct entry *a, const struct entry *b)
{
	for (size_t i = 0;; i++) {
		int x = name_byte(a, i), y = name_byte(b, i);

		if (x != y)
			return x - y;
		if (!x || i > a->name.len)
			return 0;
	}
}

static int diff_trees(struct walk *w, const git_oid *a, const git_oid *b,
		      int depth);

static void set_id(char out[COMMIT_ID_LENGTH + 1], const struct entry *e)
{
	*out = '\0';
	if (e)
		git_oid_tostr(out, COMMIT_ID_LENGTH + 1, &e->id);
}

static int tell(struct walk *w, const struct entry *a, const struct entry *b)
{
	struct tree_difference d = { .path = w->path.buf };

	set_id(d.old_blob, a);
	set_id(d.new_blob, b);
	d.old_mode = a ? a->mode : 0;
	d.new_mode = b ? b->mode : 0;
	return w->visit(&d, w->data);
}

/* Two entries of one name and kind, or one alone. */
static int diff_entry(struct walk *w, const struct entry *a,
		      const struct entry *b, int depth)
{
	const struct entry *e = a ? a : b;
	size_t len = w->path.len;
	int rc;

	if (a && b && a->mode == b->mode && git_oid_equal(&a->id, &b->id))
		return 0;
	strbuf_add_slice(&w->path, e->name);
	if (e->mode == MODE_FOLDER) {
		strbuf_addch(&w->path, '/');
		rc = diff_trees(w, a ? &a->id : NULL, b ? &b->id : NULL,
				depth + 1);
	} else {
		rc = tell(w, a, b);
	}
	strbuf_truncate(&w->path, len);
	return rc;
}

/* How many bytes both trees start with, up to the start of an entry. */
static size_t common_entries(struct slice a, struct slice b)
{
	struct entry e;
	size_t same = 0, at = 0;

	while (same < a.len && same < b.len && a.ptr[same] == b.ptr[same])
		same++;
	for (size_t next = 0; next_entry(&e, a, &next) == 1 && next <= same;)
		at = next;
	return at;
}

static int diff_bytes(struct walk *w, struct slice a, struct slice b,
		      int depth)
{
	size_t i = common_entries(a, b), j = i, next_i, next_j;
	struct entry x, y;
	int rc = 0, more_x, more_y, order;

	while (!rc) {
		next_i = i;
		next_j = j;
		more_x = next_entry(&x, a, &next_i);
		more_y = next_entry(&y, b, &next_j);
		if (more_x < 0 || more_y < 0)
			return error_set(w->err, ERROR_GIT,
					 "a tree of git is broken");
		if (!more_x && !more_y)
			break;
		order = !more_x ? 1 : !more_y ? -1 : entry_order(&x, &y);
		rc = diff_entry(w, order <= 0 ? &x : NULL,
				order >= 0 ? &y : NULL, depth);
		i = order <= 0 ? next_i : i;
		j = order >= 0 ? next_j : j;
	}
	return rc;
}

static int read_tree(struct strbuf *out, struct walk *w, const git_oid *id)
{
	git_object_t type = GIT_OBJECT_TREE;

	if (id && repository_object(out, &type, w->repo, id) < 0)
		return error_set_git(w->err, "cannot read a folder of git");
	if (type != GIT_OBJECT_TREE)
		return error_set(w->err, ERROR_GIT, "'%s' is no folder of git",
				 w->path.buf);
	return 0;
}

static int diff_trees(struct walk *w, const git_oid *a, const git_oid *b,
		      int depth)
{
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;
	int rc;

	if (depth > DEEPEST)
		return error_set(w->err, ERROR_LIMIT,
				 "'%s' is more than %d folders deep",
				 w->path.buf, DEEPEST);
	rc = read_tree(&x, w, a);
	if (!rc)
		rc = read_tree(&y, w, b);
	if (!rc)
		rc = diff_bytes(w, strbuf_slice(&x), strbuf_slice(&y), depth);
	strbuf_release(&x);
	strbuf_release(&y);
	return rc;
}

int tree_diff(struct repository *repo, const char *old_tree,
	      const char *new_tree,
	      int (*visit)(const struct tree_difference *difference,
			   void *data),
	      void *data, struct error *err)
{
	struct walk w = { repo, visit, data, STRBUF_INIT, err };
	git_oid a, b;
	int rc = 0;

	if ((*old_tree && git_oid_fromstr(&a, old_tree) < 0) ||
	    git_oid_fromstr(&b, new_tree) < 0)
		return error_set(err, ERROR_INVALID, "'%s' is no id of a tree",
				 new_tree);
	if (!*old_tree || !git_oid_equal(&a, &b))
		rc = diff_trees(&w, *old_tree ? &a : NULL, &b, 0);
	strbuf_release(&w.path);
	return rc;
}
