/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* st_mtim */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "change_private.h"
#include "error.h"
#include "parent_folder.h"
#include "strbuf.h"

void change_forget_lists(struct change *c)
{
	/* they may be one and the same */
	if (c->in_head.items == c->in_index.items)
		c->in_head = (struct file_list)FILE_LIST_INIT;
	file_list_release(&c->in_head);
	file_list_release(&c->in_index);
	git_index_free(c->index);
	c->index = NULL;
}

struct lister {
	struct file_list *list;
	struct arena *arena;
};

static int list_entry(const char *root, const git_tree_entry *entry,
		      void *data)
{
	struct lister *l = data;
	struct file_list *list = l->list;
	const char *name = git_tree_entry_name(entry);
	size_t root_len = strlen(root), len = strlen(name);
	char *path;

	if (git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		return 0;
	path = arena_alloc(l->arena, root_len + len + 1);
	memcpy(path, root, root_len);
	memcpy(path + root_len, name, len + 1);
	GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = (git_index_entry){
		.mode = git_tree_entry_filemode_raw(entry),
		.id = *git_tree_entry_id(entry), .path = path
	};
	return 0;
}

static int list_head(struct change *c, struct error *err)
{
	struct lister lister = { &c->in_head, &c->arena };
	git_tree *root = NULL;
	int rc = 0;

	if (!c->head)
		return 0;
	if (git_commit_tree(&root, c->head) < 0 ||
	    git_tree_walk(root, GIT_TREEWALK_PRE, list_entry, &lister) < 0)
		rc = error_set_git(err, "cannot read the files of HEAD");
	git_tree_free(root);
	return rc;
}

/* What HEAD and the index have; most often that is the same. */
int change_read_lists(struct change *c, struct error *err)
{
	git_oid id;
	struct stat st;

	change_forget_lists(c);
	if (git_repository_index(&c->index, c->repo->git) < 0)
		return error_set_git(err, "cannot read git's index");
	if (!stat(git_index_path(c->index), &st))
		c->index_time = st.st_mtim;
	if (git_index_read(c->index, 1) < 0)
		return error_set_git(err, "cannot read git's index");
	if (git_index_has_conflicts(c->index))
		return error_set(err, ERROR_BUSY, "some files have conflicts; "
				 "resolve them and commit first");
	file_list_read_index(&c->in_index, c->index);
	if (c->head) {
		file_list_tree_id(&id, &c->in_index, NULL, NULL);
		if (git_oid_equal(&id, git_commit_tree_id(c->head))) {
			c->in_head = c->in_index;
			return 0;
		}
	}
	return list_head(c, err);
}

static int set_uncommitted(struct error *err, const char *path)
{
	return error_set(err, ERROR_EXISTS,
			 "'%s' has changes that are not committed; commit "
			 "them or put them aside with 'git stash' first",
			 path);
}

/* The id of the file's bytes as they are. */
static int hash_work_file(git_oid *raw, int dir, const char *name,
			  const char *path, const struct stat *st,
			  struct error *err)
{
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC), rc = 0;
	struct strbuf bytes = STRBUF_INIT;
	ssize_t n = -1;

	if (fd >= 0) {
		strbuf_grow(&bytes, (size_t)st->st_size + 1);
		while ((n = read(fd, bytes.buf + bytes.len,
				 bytes.capacity - bytes.len - 1)) > 0) {
			bytes.len += (size_t)n;
			strbuf_grow(&bytes, 1);
		}
	}
	if (n < 0)
		rc = error_set_errno(err, "cannot read '%s'", path);
	else
		object_id(raw, GIT_OBJECT_BLOB, strbuf_slice(&bytes));
	if (fd >= 0)
		close(fd);
	strbuf_release(&bytes);
	return rc;
}

/* Is the file, whose bytes are `raw`, what was committed? */
static bool is_committed(const struct change *c, const char *path,
			 const git_index_entry *committed, const git_oid *raw)
{
	git_oid filtered;

	if (!committed || git_oid_equal(raw, &committed->id))
		return committed;
	/* or is it, as git would store it? */
	return !git_repository_hashfile(&filtered, c->repo->git, path,
					GIT_OBJECT_BLOB, NULL) &&
	       git_oid_equal(&filtered, &committed->id);
}

/* May the file be put in its place, or taken away? */
static int check_work_file(struct change *c, struct change_file *file,
			   const git_index_entry *committed, int dir,
			   const char *name, struct error *err)
{
	git_oid raw;
	struct stat st;
	int rc;

	/* made and taken away again by the change's own commits */
	if (file->remove && !committed) {
		file->in_place = true;
		return 0;
	}
	if (dir < 0 || fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0) {
		if (errno != ENOENT)
			return error_set_errno(err, "cannot write '%s'",
					       file->path);
		file->is_new = true;
		file->executable = file->mode & S_IXUSR;
		if (file->remove)
			file->in_place = true;
		else if (committed)
			return set_uncommitted(err, file->path);
		return 0;
	}
	if (S_ISDIR(st.st_mode))
		return error_set(err, ERROR_EXISTS,
				 "there is a folder at '%s'", file->path);
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERROR_EXISTS, "what is at '%s' is not a "
				 "plain file", file->path);
	file->executable = st.st_mode & S_IXUSR;
	rc = hash_work_file(&raw, dir, name, file->path, &st, err);
	if (rc < 0)
		return rc;
	file->in_place = !file->remove && git_oid_equal(&raw, &file->id);
	if (file->in_place || is_committed(c, file->path, committed, &raw))
		return 0;
	if (committed)
		return set_uncommitted(err, file->path);
	return error_set(err, ERROR_EXISTS, "there is another file at '%s' "
			 "that git does not track; move it away first",
			 file->path);
}

/* Staged, but not what this change says. */
static bool is_staged(const struct change_file *file,
		      const git_index_entry *committed,
		      const git_index_entry *staged)
{
	if (!staged)
		return committed && !file->remove;
	if (committed && committed->mode == staged->mode &&
	    git_oid_equal(&committed->id, &staged->id))
		return false;
	return file->remove || !git_oid_equal(&file->id, &staged->id);
}

static int check_file(struct change *c, struct parent *parent,
		      struct change_file *file, struct error *err)
{
	const git_index_entry *committed = file_list_find(&c->in_head,
							  file->path);
	const git_index_entry *staged = file_list_find(&c->in_index,
						       file->path);
	const char *name = NULL;
	size_t blocked = 0;
	int dir;

	if (is_staged(file, committed, staged))
		return set_uncommitted(err, file->path);
	dir = parent_open(parent, file->path, &name, &blocked, NULL, NULL);
	if (dir < 0 && (errno == ENOTDIR || errno == ELOOP))
		return error_set(err, ERROR_EXISTS, "'%.*s' is not a folder, "
				 "so that '%s' cannot be in it", (int)blocked,
				 file->path, file->path);
	return check_work_file(c, file, committed, dir, name, err);
}

static int open_work_tree(struct change *c, struct error *err)
{
	const char *root = git_repository_workdir(c->repo->git);

	if (c->work_tree < 0)
		c->work_tree = open(root,
				    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return c->work_tree < 0
	     ? error_set_errno(err, "cannot open '%s'", root) : 0;
}

int change_check_files(struct change *c, struct error *err)
{
	struct parent parent;
	int rc = open_work_tree(c, err);

	parent_init(&parent, c->work_tree);
	for (size_t i = 0; i < c->count && !rc; i++)
		rc = check_file(c, &parent, &c->files[i], err);
	parent_release(&parent);
	return rc;
}

int change_check(struct change *change, const char *path, struct error *err)
{
	/* a text that nobody has: whatever is there is in the way */
	struct change_file file = { .path = path };
	struct parent parent;
	int rc;

	if (!path_is_safe(path))
		return error_set(err, ERROR_INVALID, "'%s' is not a path "
				 "inside the manuscript", path);
	if (change->bare)
		return 0;
	if (!change->index && (rc = change_read_lists(change, err)) < 0)
		return rc;
	if ((rc = open_work_tree(change, err)) < 0)
		return rc;
	parent_init(&parent, change->work_tree);
	rc = check_file(change, &parent, &file, err);
	parent_release(&parent);
	return rc;
}
