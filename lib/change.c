/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* st_mtim */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "change_private.h"
#include "commit_text.h"
#include "error.h"
#include "strbuf.h"
#include "tree_edit.h"

static int check_state(struct repository *repo, struct error *err)
{
	const char *what;

	switch (git_repository_state(repo->git)) {
	case GIT_REPOSITORY_STATE_MERGE:
		what = "merge";
		break;
	case GIT_REPOSITORY_STATE_REVERT:
	case GIT_REPOSITORY_STATE_REVERT_SEQUENCE:
		what = "revert";
		break;
	case GIT_REPOSITORY_STATE_CHERRYPICK:
	case GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE:
		what = "cherry-pick";
		break;
	default:
		return 0;
	}
	return error_set(err, ERROR_BUSY,
			 "a %s is under way; finish it with 'git commit' or "
			 "give it up with 'git %s --abort' first", what, what);
}

static int check_lock(struct repository *repo, struct error *err)
{
	struct strbuf path = STRBUF_INIT;
	git_buf index = GIT_BUF_INIT;
	struct stat st;
	int rc = 0;

	if (!git_repository_item_path(&index, repo->git,
				      GIT_REPOSITORY_ITEM_INDEX)) {
		strbuf_addf(&path, "%s.lock", index.ptr);
		if (!stat(path.buf, &st))
			rc = error_set(err, ERROR_BUSY, "the repository is "
				       "locked by another git command; if "
				       "none is running, remove '%s'",
				       path.buf);
	}
	git_buf_dispose(&index);
	strbuf_release(&path);
	return rc;
}

int change_begin(struct change **out, struct repository *repo,
		 struct error *err)
{
	bool bare = git_repository_is_bare(repo->git);
	struct object_list *objects = NULL;
	struct change *change;
	int rc;

	if ((rc = check_state(repo, err)) < 0 ||
	    (!bare && (rc = check_lock(repo, err)) < 0) ||
	    (rc = object_list_new(&objects, repo, err)) < 0)
		return rc;
	change = xcalloc(1, sizeof(*change));
	change->repo = repo;
	change->bare = bare;
	change->work_tree = -1;
	change->objects = objects;
	rc = repository_head(&change->head, repo, err);
	if (rc < 0 && rc != ERROR_NOT_FOUND) {
		change_end(change);
		return rc;
	}
	change->tree = tree_edit_new(objects, !change->head ? NULL :
				     git_commit_tree_id(change->head));
	if (change->head)
		change->last = *git_commit_id(change->head);
	*out = change;
	return 0;
}

void change_end(struct change *change)
{
	if (!change)
		return;
	staging_close(change->staging);
	change_forget_lists(change);
	tree_edit_free(change->tree);
	object_list_free(change->objects);
	git_commit_free(change->head);
	if (change->work_tree >= 0)
		close(change->work_tree);
	free(change->files);
	arena_release(&change->arena);
	free(change);
}

static struct change_file *add_file(struct change *c, const char *path,
				    struct error *err)
{
	if (!path_is_safe(path)) {
		error_set(err, ERROR_INVALID,
			  "'%s' is not a path inside the manuscript", path);
		return NULL;
	}
	GROW(c->files, c->count, c->capacity);
	c->files[c->count] = (struct change_file){
		.path = arena_strdup(&c->arena, path), .order = c->count,
		.object = NO_OBJECT
	};
	return &c->files[c->count++];
}

int change_write(struct change *change, const char *path, struct slice bytes,
		 struct error *err)
{
	struct change_file *file = add_file(change, path, err);
	size_t base = NO_OBJECT;
	git_oid old;

	if (!file)
		return ERROR_INVALID;
	object_id(&file->id, GIT_OBJECT_BLOB, bytes);
	if (!tree_edit_find(&old, NULL, change->tree, path, NULL) &&
	    object_list_find(&base, change->objects, &old, NULL) < 0)
		base = NO_OBJECT;
	file->object = object_list_add_like(change->objects, GIT_OBJECT_BLOB,
					    bytes, &file->id, base);
	file->size = bytes.len;
	return 0;
}

int change_remove(struct change *change, const char *path, struct error *err)
{
	struct change_file *file;
	git_oid id;
	int rc = tree_edit_find(&id, NULL, change->tree, path, err);

	if (rc < 0)
		return rc;
	if (!(file = add_file(change, path, err)))
		return ERROR_INVALID;
	file->remove = true;
	return 0;
}

static int by_path(const void *a, const void *b)
{
	const struct change_file *x = a, *y = b;
	int order = strcmp(x->path, y->path);

	return order ? order : (x->order > y->order) - (x->order < y->order);
}

/* By path, the last word about each. */
static size_t sort_list(struct change_file *files, size_t count)
{
	size_t n = 0;

	if (count)
		qsort(files, count, sizeof(*files), by_path);
	for (size_t i = 0; i < count; i++) {
		if (i + 1 < count && !strcmp(files[i].path, files[i + 1].path))
			continue;
		files[n++] = files[i];
	}
	return n;
}

/* The files since the last commit, each with the last word about it. */
static int apply_files(struct change *c, struct error *err)
{
	struct change_file *files = c->files + c->applied;
	size_t count = sort_list(files, c->count - c->applied);
	int rc = 0;

	c->count = c->applied + count;
	/* first, so that a folder can take a file's place */
	for (size_t i = 0; i < count && !rc; i++)
		if (files[i].remove)
			rc = tree_edit_remove(c->tree, files[i].path, err);
	for (size_t i = 0; i < count && !rc; i++)
		if (!files[i].remove)
			rc = tree_edit_set(c->tree, files[i].path,
					   &files[i].id, err);
	return rc;
}

static void add_commit(struct change *c, const git_oid *tree,
		       const struct signature *author, const char *message)
{
	struct commit_text text = {
		.tree = tree,
		.parent = c->made || c->head ? &c->last : NULL,
		.author = author->who, .authored = author->when,
		.committer = c->committer.who,
		.committed = c->committer.when, .message = message
	};
	struct strbuf bytes = STRBUF_INIT;
	git_oid id;

	commit_text_write(&bytes, &text);
	object_id(&id, GIT_OBJECT_COMMIT, strbuf_slice(&bytes));
	object_list_add(c->objects, GIT_OBJECT_COMMIT, strbuf_slice(&bytes),
			&id);
	c->last = id;
	c->made++;
	c->last_message = arena_copy(&c->arena, slice_sub(slice_of(message), 0,
					strcspn(message, "\r\n")));
	strbuf_release(&bytes);
}

int change_next(char id[COMMIT_ID_LENGTH + 1], struct change *change,
		const struct person *author, const struct moment *authored,
		const char *message, struct error *err)
{
	struct signature by;
	git_oid tree;
	int rc = change_sign(change, err);

	tree_edit_mark(change->tree);
	if (rc < 0 || (rc = apply_files(change, err)) < 0) {
		tree_edit_rewind(change->tree);
		change->count = change->applied;
		return rc;
	}
	change->applied = change->count;
	by = change->author;
	if (author)
		by.who = *author;
	if (authored)
		by.when = *authored;
	tree_edit_write(&tree, change->tree);
	add_commit(change, &tree, &by, message);
	if (id)
		git_oid_tostr(id, COMMIT_ID_LENGTH + 1, &change->last);
	return 0;
}

static int check_head(struct change *c, struct error *err)
{
	git_oid id;
	int rc = git_reference_name_to_id(&id, c->repo->git, "HEAD");
	bool same = c->head ? !rc && git_oid_equal(&id,
						   git_commit_id(c->head))
			    : rc == GIT_ENOTFOUND;

	if (same)
		return 0;
	return error_set(err, ERROR_BUSY, "another command has made a commit "
			 "meanwhile; try again");
}

/* The files as the last commit has them. */
static void sort_files(struct change *c)
{
	git_oid id;

	c->count = sort_list(c->files, c->count);
	for (size_t i = 0; i < c->count; i++)
		if (!c->files[i].remove)
			tree_edit_find(&id, &c->files[i].mode, c->tree,
				       c->files[i].path, NULL);
}

static int publish_locked(struct change *c, struct error *err)
{
	int rc;

	if ((rc = check_head(c, err)) < 0 ||
	    (rc = change_read_lists(c, err)) < 0 ||
	    (rc = change_check_files(c, err)) < 0 ||
	    /* the objects are still being packed; meanwhile: */
	    (rc = change_stage_files(c, err)) < 0 ||
	    (rc = object_list_write(c->objects, err)) < 0 ||
	    (rc = change_place_files(c, &c->last, err)) < 0)
		return rc;
	return change_move_head(c, &c->last, err);
}

static int publish(struct change *c, struct error *err)
{
	int rc;

	if (c->bare) {
		rc = object_list_write(c->objects, err);
		return rc < 0 ? rc : change_move_head(c, &c->last, err);
	}
	sort_files(c);
	/* the reflog's */
	git_repository_set_ident(c->repo->git, c->committer.who.name,
				 c->committer.who.email);
	rc = staging_open(&c->staging, c->repo, err);
	if (!rc)
		rc = publish_locked(c, err);
	if (!rc)
		staging_done(c->staging);
	staging_close(c->staging);
	c->staging = NULL;
	change_forget_lists(c);
	return rc;
}

static int describe(struct commit_info *out, struct change *c,
		    struct error *err)
{
	git_commit *commit = NULL;

	if (git_commit_lookup(&commit, c->repo->git, &c->last) < 0)
		return error_set_git(err, "cannot read the new commit");
	commit_info_set(out, commit);
	git_commit_free(commit);
	return 0;
}

int change_commit(struct commit_info *out, struct change *change,
		  const char *message, struct error *err)
{
	int rc = 0;

	if (message)
		rc = change_next(NULL, change, NULL, NULL, message, err);
	else if (change->count > change->applied)
		rc = error_set(err, ERROR_INVALID,
			       "'%s' is written, but in no commit",
			       change->files[change->count - 1].path);
	else if (!change->made)
		rc = error_set(err, ERROR_INVALID, "nothing to commit");
	if (!rc)
		rc = publish(change, err);
	return rc < 0 || !out ? rc : describe(out, change, err);
}
