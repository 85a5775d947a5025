/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "notes_private.h"
#include "strbuf.h"

#define DEEPEST_FOLDER 64

static int by_object(const void *a, const void *b)
{
	return git_oid_cmp(&((const struct note_entry *)a)->object,
			   &((const struct note_entry *)b)->object);
}

void note_tree_release(struct note_tree *t)
{
	free(t->items);
	file_list_release(&t->others);
	strbuf_release(&t->path);
	arena_release(&t->arena);
}

/* The object that "ab/cd/ef..." is about. */
static bool parse_path(git_oid *out, const char *path)
{
	char hex[GIT_OID_HEXSZ + 1];
	size_t n = 0;

	for (; *path; path++) {
		if (*path == '/' && !(n % 2))
			continue;
		if (n == GIT_OID_HEXSZ || !strchr("0123456789abcdef", *path))
			return false;
		hex[n++] = *path;
	}
	return n == GIT_OID_HEXSZ && !git_oid_fromstrn(out, hex, n);
}

static void add_entry(struct note_tree *t, const git_tree_entry *e)
{
	struct note_entry entry = { .blob = *git_tree_entry_id(e),
			       .mode = git_tree_entry_filemode_raw(e) };
	struct file_list *others = &t->others;

	if (parse_path(&entry.object, t->path.buf) &&
	    git_tree_entry_type(e) == GIT_OBJECT_BLOB) {
		GROW(t->items, t->count, t->capacity);
		t->items[t->count++] = entry;
		return;
	}
	GROW(others->items, others->count, others->capacity);
	others->items[others->count++] = (git_index_entry){
		.mode = entry.mode, .id = entry.blob,
		.path = arena_strdup(&t->arena, t->path.buf)
	};
}

static int read_folder(struct note_tree *t, const git_oid *id, unsigned depth,
		       struct error *err)
{
	size_t len = t->path.len;
	git_tree *tree = NULL;
	int rc = 0;

	if (depth > DEEPEST_FOLDER)
		return error_set(err, ERROR_LIMIT, "the notes' folders nest "
				 "too deep");
	if (git_tree_lookup(&tree, t->repo->git, id) < 0)
		return error_set_git(err, "cannot read the notes");
	for (size_t i = 0; i < git_tree_entrycount(tree) && !rc; i++) {
		const git_tree_entry *e = git_tree_entry_byindex(tree, i);

		strbuf_adds(&t->path, git_tree_entry_name(e));
		if (git_tree_entry_type(e) == GIT_OBJECT_TREE) {
			strbuf_addch(&t->path, '/');
			rc = read_folder(t, git_tree_entry_id(e), depth + 1,
					 err);
		} else {
			add_entry(t, e);
		}
		strbuf_truncate(&t->path, len);
	}
	git_tree_free(tree);
	return rc;
}

/* The commit and the tree of the ref, if it is there. */
static int open_ref(struct note_tree *t, struct repository *repo,
		    const char *ref, struct error *err)
{
	git_commit *commit = NULL;
	int rc;

	*t = (struct note_tree){ .repo = repo, .path = STRBUF_INIT };
	rc = git_reference_name_to_id(&t->commit, repo->git, ref);
	if (rc == GIT_ENOTFOUND)
		return 0;
	if (rc < 0 || git_commit_lookup(&commit, repo->git, &t->commit) < 0)
		return error_set_git(err, "cannot read '%s'", ref);
	t->root = *git_commit_tree_id(commit);
	t->exists = true;
	git_commit_free(commit);
	return 0;
}

int note_tree_read(struct note_tree *t, struct repository *repo,
		   const char *ref, struct error *err)
{
	int rc = open_ref(t, repo, ref, err);

	if (rc < 0 || !t->exists)
		return rc;
	rc = read_folder(t, &t->root, 0, err);
	if (!rc && t->count)
		qsort(t->items, t->count, sizeof(*t->items), by_object);
	return rc;
}

int note_read_blob(struct strbuf *out, struct repository *repo,
		   const git_oid *id, struct error *err)
{
	git_blob *blob = NULL;

	if (git_blob_lookup(&blob, repo->git, id) < 0)
		return error_set_git(err, "cannot read a note");
	strbuf_add(out, git_blob_rawcontent(blob),
		   (size_t)git_blob_rawsize(blob));
	git_blob_free(blob);
	return 0;
}

static int set_no_note(struct error *err, const char *id)
{
	return error_set(err, ERROR_NOT_FOUND, "no note on '%s'", id);
}

int notes_read(struct strbuf *out, struct repository *repo, const char *ref,
	       const char *id, struct error *err)
{
	struct note_tree t;
	git_tree *tree = NULL;
	const char *rest = id;
	git_oid at;
	int rc = open_ref(&t, repo, ref, err);

	if (rc < 0 || !t.exists || strlen(id) != GIT_OID_HEXSZ)
		return rc < 0 ? rc : set_no_note(err, id);
	at = t.root;
	while (!(rc = git_tree_lookup(&tree, repo->git, &at))) {
		char part[3] = { rest[0], rest[0] ? rest[1] : 0, 0 };
		const git_tree_entry *e = git_tree_entry_byname(tree, rest);

		if (e && git_tree_entry_type(e) == GIT_OBJECT_BLOB) {
			rc = note_read_blob(out, repo, git_tree_entry_id(e),
					    err);
			break;
		}
		e = *part ? git_tree_entry_byname(tree, part) : NULL;
		if (!e || git_tree_entry_type(e) != GIT_OBJECT_TREE) {
			rc = set_no_note(err, id);
			break;
		}
		at = *git_tree_entry_id(e);
		rest += 2;
		git_tree_free(tree);
		tree = NULL;
	}
	if (!tree)
		rc = error_set_git(err, "cannot read the notes");
	git_tree_free(tree);
	return rc;
}

int notes_each(struct repository *repo, const char *ref,
	       int (*visit)(const char *id, struct slice text, void *data),
	       void *data, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	struct note_tree t;
	int rc = note_tree_read(&t, repo, ref, err);

	for (size_t i = 0; i < t.count && !rc; i++) {
		char id[GIT_OID_HEXSZ + 1];

		strbuf_truncate(&text, 0);
		git_oid_tostr(id, sizeof(id), &t.items[i].object);
		rc = note_read_blob(&text, repo, &t.items[i].blob, err);
		if (!rc)
			rc = visit(id, strbuf_slice(&text), data);
	}
	strbuf_release(&text);
	note_tree_release(&t);
	return rc;
}
