/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* st_mtim */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "arena.h"
#include "error.h"
#include "git_date.h"
#include "repository_git.h"
#include "strbuf.h"

struct signatures {
	git_signature *author, *committer;
};

struct change_file {
	const char *path;
	struct slice bytes;
	size_t order;		/* in which they were asked for */
	bool remove;
	bool in_place;		/* the work tree has it so already */
	bool is_new;		/* the work tree has nothing there */
	uint32_t mode;
	git_oid id;
};

struct change {
	struct repository *repo;
	struct arena arena;
	struct change_file *files;
	size_t count, capacity;
	struct change_file *before;	/* of a commit before this one's */
	size_t before_count, before_capacity;
	const char *before_message;
	git_commit *head;		/* NULL before the first commit */
	git_index *index;
	int work_tree;
	struct timespec index_time;
	struct file_list in_head, in_index;	/* paths: arena or index */
	struct object_list *objects;
	git_odb *odb;
	struct staging *staging;
	struct person {
		const char *name, *email;	/* NULL: as in git config */
		bool dated;
		int64_t seconds;
		int offset;
	} author, committer;
};

static int check_state(struct repository *repo, struct error *err)
{
	const char *what;

	if (git_repository_is_bare(repo->git))
		return error_set(err, ERROR_INVALID,
				 "'%s' is a bare repository: it has no work "
				 "tree", repo->name);
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
	struct change *change;
	int rc;

	if ((rc = check_state(repo, err)) < 0 ||
	    (rc = check_lock(repo, err)) < 0)
		return rc;
	change = xcalloc(1, sizeof(*change));
	change->repo = repo;
	change->work_tree = -1;
	change->objects = object_list_new();
	rc = repository_head(&change->head, repo, err);
	if (rc == ERROR_NOT_FOUND)
		rc = 0;
	if (!rc && git_repository_odb(&change->odb, repo->git) < 0)
		rc = error_set_git(err, "cannot open '%s'", repo->name);
	if (rc < 0) {
		change_end(change);
		return rc;
	}
	*out = change;
	return 0;
}

static void forget_lists(struct change *c)
{
	/* they may be one and the same */
	if (c->in_head.items == c->in_index.items)
		c->in_head = (struct file_list)FILE_LIST_INIT;
	file_list_release(&c->in_head);
	file_list_release(&c->in_index);
	git_index_free(c->index);
	c->index = NULL;
}

void change_end(struct change *change)
{
	if (!change)
		return;
	staging_close(change->staging);
	forget_lists(change);
	object_list_free(change->objects);
	git_odb_free(change->odb);
	git_commit_free(change->head);
	if (change->work_tree >= 0)
		close(change->work_tree);
	free(change->files);
	free(change->before);
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
		.path = arena_strdup(&c->arena, path), .order = c->count
	};
	return &c->files[c->count++];
}

static bool has_object(struct change *c, const git_oid *id)
{
	return git_odb_exists_ext(c->odb, id, GIT_ODB_LOOKUP_NO_REFRESH);
}

static void add_object(struct change *c, const char *type, struct slice bytes,
		       const git_oid *id)
{
	if (!has_object(c, id))
		object_list_add(c->objects, type, bytes, id);
}

int change_write(struct change *change, const char *path, struct slice bytes,
		 struct error *err)
{
	struct change_file *file = add_file(change, path, err);

	if (!file)
		return ERROR_INVALID;
	file->bytes = arena_slice(&change->arena, bytes);
	object_id(&file->id, "blob", file->bytes);
	add_object(change, "blob", file->bytes, &file->id);
	return 0;
}

int change_write_before(struct change *change, const char *path,
			struct slice bytes, const char *message,
			struct error *err)
{
	struct change_file file = { .mode = GIT_FILEMODE_BLOB };

	if (!path_is_safe(path))
		return error_set(err, ERROR_INVALID, "'%s' is not a path "
				 "inside the manuscript", path);
	file.path = arena_strdup(&change->arena, path);
	file.bytes = arena_slice(&change->arena, bytes);
	file.order = change->before_count;
	object_id(&file.id, "blob", file.bytes);
	add_object(change, "blob", file.bytes, &file.id);
	GROW(change->before, change->before_count, change->before_capacity);
	change->before[change->before_count++] = file;
	change->before_message = arena_strdup(&change->arena, message);
	return 0;
}

int change_remove(struct change *change, const char *path, struct error *err)
{
	git_tree *root = NULL;
	git_tree_entry *entry = NULL;
	struct change_file *file;
	bool there;

	there = change->head &&
		!git_commit_tree(&root, change->head) &&
		!git_tree_entry_bypath(&entry, root, path);
	git_tree_entry_free(entry);
	git_tree_free(root);
	if (!there)
		return error_set(err, ERROR_NOT_FOUND, "no file '%s'", path);
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

static void sort_files(struct change *c)
{
	c->count = sort_list(c->files, c->count);
	c->before_count = sort_list(c->before, c->before_count);
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
static int read_lists(struct change *c, struct error *err)
{
	git_oid id;
	struct stat st;

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

/* The file's bytes as git would store them, and as they are. */
static int hash_work_file(git_oid *raw, git_oid *filtered, struct change *c,
			  int dir, const char *name, const char *path,
			  const struct stat *st, struct error *err)
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
		object_id(raw, "blob", strbuf_slice(&bytes));
	if (fd >= 0)
		close(fd);
	strbuf_release(&bytes);
	if (!rc && git_repository_hashfile(filtered, c->repo->git, path,
					   GIT_OBJECT_BLOB, NULL) < 0)
		*filtered = *raw;
	return rc;
}

/* May the file be put in its place, or taken away? */
static int check_work_file(struct change *c, struct change_file *file,
			   const git_index_entry *committed, int dir,
			   const char *name, struct error *err)
{
	git_oid raw, filtered;
	struct stat st;
	int rc;

	if (dir < 0 || fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0) {
		if (errno != ENOENT)
			return error_set_errno(err, "cannot write '%s'",
					       file->path);
		file->is_new = true;
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
	if (st.st_mode & S_IXUSR)
		file->mode = GIT_FILEMODE_BLOB_EXECUTABLE;
	rc = hash_work_file(&raw, &filtered, c, dir, name, file->path, &st,
			    err);
	if (rc < 0)
		return rc;
	file->in_place = !file->remove && git_oid_equal(&raw, &file->id);
	if (file->in_place ||
	    (committed && (git_oid_equal(&raw, &committed->id) ||
			   git_oid_equal(&filtered, &committed->id))))
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

	file->mode = committed ? committed->mode : GIT_FILEMODE_BLOB;
	if (is_staged(file, committed, staged))
		return set_uncommitted(err, file->path);
	dir = parent_open(parent, file->path, &name, &blocked, NULL, NULL);
	if (dir < 0 && (errno == ENOTDIR || errno == ELOOP))
		return error_set(err, ERROR_EXISTS, "'%.*s' is not a folder, "
				 "so that '%s' cannot be in it", (int)blocked,
				 file->path, file->path);
	return check_work_file(c, file, committed, dir, name, err);
}

static int check_files(struct change *c, struct error *err)
{
	const char *root = git_repository_workdir(c->repo->git);
	struct parent parent;
	int rc = 0;

	c->work_tree = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (c->work_tree < 0)
		return error_set_errno(err, "cannot open '%s'", root);
	parent_init(&parent, c->work_tree);
	for (size_t i = 0; i < c->count && !rc; i++)
		rc = check_file(c, &parent, &c->files[i], err);
	parent_release(&parent);
	return rc;
}

/* The list with the files put in it; both are sorted. */
static void merge_lists(struct file_list *out, const struct file_list *list,
			const struct change_file *files, size_t count)
{
	size_t i = 0, j = 0;

	out->capacity = list->count + count + 1;
	out->items = xreallocarray(NULL, out->capacity, sizeof(*out->items));
	while (i < list->count || j < count) {
		const struct change_file *file = &files[j];
		int order = i == list->count ? 1 : j == count ? -1 :
			    strcmp(list->items[i].path, file->path);

		if (order < 0) {
			out->items[out->count++] = list->items[i++];
			continue;
		}
		i += !order;
		j++;
		if (!file->remove)
			out->items[out->count++] = (git_index_entry){
				.mode = file->mode, .id = file->id,
				.file_size = (uint32_t)file->bytes.len,
				.path = file->path
			};
	}
}

/* Two of the new tree's paths may be a file and a folder of the same name. */
static int check_folders(const struct file_list *list, struct error *err)
{
	for (size_t i = 0; i + 1 < list->count; i++) {
		const char *path = list->items[i].path;
		size_t len = strlen(path);

		/* between them only names that go on with a byte below '/' */
		for (size_t j = i + 1; j < list->count; j++) {
			const char *next = list->items[j].path;

			if (strncmp(next, path, len) || next[len] > '/')
				break;
			if (next[len] == '/')
				return error_set(err, ERROR_EXISTS,
						 "'%s' is a file, so that '%s' "
						 "cannot be in it", path,
						 next);
		}
	}
	return 0;
}

static int add_tree(void *data, const git_oid *id, struct slice bytes)
{
	struct change *c = data;

	if (!has_object(c, id))
		object_list_add(c->objects, "tree",
				arena_slice(&c->arena, bytes), id);
	return 0;
}

static void add_signature(struct strbuf *out, const char *role,
			  const git_signature *who)
{
	int offset = who->when.offset, minutes = offset < 0 ? -offset : offset;

	strbuf_addf(out, "%s %s <%s> %lld %c%02d%02d\n", role, who->name,
		    who->email, (long long)who->when.time,
		    offset < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

static int set_person(struct change *c, struct person *person,
		      const struct change_person *said, struct error *err)
{
	if (said->name && *said->name)
		person->name = arena_strdup(&c->arena, said->name);
	if (said->email && *said->email)
		person->email = arena_strdup(&c->arena, said->email);
	if (!said->date || !*said->date)
		return 0;
	person->dated = true;
	return git_date_parse(&person->seconds, &person->offset, said->date,
			      err);
}

int change_set_people(struct change *change,
		      const struct change_people *people, struct error *err)
{
	int rc;

	if (!people)
		return 0;
	rc = set_person(change, &change->author, &people->author, err);
	return rc < 0 ? rc : set_person(change, &change->committer,
					&people->committer, err);
}

/* What nobody said is as git config and the clock have it. */
static int sign(git_signature **out, struct change *c,
		const struct person *person, struct error *err)
{
	git_signature *own = NULL;
	int rc = 0;

	if (!person->name || !person->email || !person->dated)
		rc = git_signature_default(&own, c->repo->git);
	if (rc == GIT_ENOTFOUND && person->name && person->email)
		rc = git_signature_now(&own, person->name, person->email);
	if (rc == GIT_ENOTFOUND)
		return error_set(err, ERROR_NOT_FOUND, "git does not know your "
				 "name; run: git config --global user.name "
				 "'Your Name' && git config --global "
				 "user.email you@example.org");
	if (!rc)
		rc = git_signature_new(out,
			person->name ? person->name : own->name,
			person->email ? person->email : own->email,
			person->dated ? person->seconds : own->when.time,
			person->dated ? person->offset : own->when.offset);
	git_signature_free(own);
	return rc < 0 ? error_set_git(err, "cannot tell who you are") : 0;
}

static void add_commit(git_oid *id, struct change *c,
		       const git_oid *parent, const git_oid *tree,
		       const struct signatures *by, const char *message)
{
	struct strbuf text = STRBUF_INIT;
	char hex[GIT_OID_HEXSZ + 1];
	struct slice bytes;

	git_oid_tostr(hex, sizeof(hex), tree);
	strbuf_addf(&text, "tree %s\n", hex);
	if (parent) {
		git_oid_tostr(hex, sizeof(hex), parent);
		strbuf_addf(&text, "parent %s\n", hex);
	}
	add_signature(&text, "author", by->author);
	add_signature(&text, "committer", by->committer);
	strbuf_addf(&text, "\n%s", message);
	if (text.buf[text.len - 1] != '\n')
		strbuf_addch(&text, '\n');
	bytes = arena_slice(&c->arena, strbuf_slice(&text));
	object_id(id, "commit", bytes);
	add_object(c, "commit", bytes, id);
	strbuf_release(&text);
}

/* The trees and the commit of some files on top of HEAD's. */
static int make_commit_of(git_oid *commit, struct change *c,
			  const git_oid *parent, const struct signatures *by,
			  const char *message, struct error *err)
{
	struct file_list files = FILE_LIST_INIT;
	git_oid tree;
	int rc;

	merge_lists(&files, &c->in_head, c->files, c->count);
	if ((rc = check_folders(&files, err)) == 0) {
		file_list_tree_id(&tree, &files, add_tree, c);
		add_commit(commit, c, parent, &tree, by, message);
	}
	file_list_release(&files);
	return rc;
}

/* Files of the commit before have the mode that they have here. */
static void make_commit_before(git_oid *commit, struct change *c,
			       const git_oid *parent,
			       const struct signatures *by)
{
	struct file_list files = FILE_LIST_INIT;
	git_oid tree;

	for (size_t i = 0; i < c->before_count; i++) {
		const git_index_entry *entry =
			file_list_find(&c->in_head, c->before[i].path);

		if (entry)
			c->before[i].mode = entry->mode;
	}
	merge_lists(&files, &c->in_head, c->before, c->before_count);
	file_list_tree_id(&tree, &files, add_tree, c);
	add_commit(commit, c, parent, &tree, by, c->before_message);
	file_list_release(&files);
}

/* The commits themselves; the files have been added before. */
static int make_commit(git_oid *commit, struct change *c,
		       const struct signatures *by, const char *message,
		       struct error *err)
{
	const git_oid *parent = c->head ? git_commit_id(c->head) : NULL;
	git_oid before;

	if (c->before_count) {
		make_commit_before(&before, c, parent, by);
		parent = &before;
	}
	return make_commit_of(commit, c, parent, by, message, err);
}

static void set_stat(git_index_entry *e, const struct stat *st)
{
	e->ctime.seconds = (int32_t)st->st_ctim.tv_sec;
	e->ctime.nanoseconds = (uint32_t)st->st_ctim.tv_nsec;
	e->mtime.seconds = (int32_t)st->st_mtim.tv_sec;
	e->mtime.nanoseconds = (uint32_t)st->st_mtim.tv_nsec;
	e->dev = (uint32_t)st->st_dev;
	e->ino = (uint32_t)st->st_ino;
	e->uid = st->st_uid;
	e->gid = st->st_gid;
	e->file_size = (uint32_t)st->st_size;
}

/*
 * An entry as young as the index may be of a file that changed after it; a
 * younger index would hide that. Size 0 makes git look (gitformat-index,
 * "racy git").
 */
static void distrust_young(struct file_list *list, const struct timespec *time)
{
	for (size_t i = 0; i < list->count; i++) {
		git_index_entry *e = &list->items[i];

		if (e->mtime.seconds >= (int32_t)time->tv_sec)
			e->file_size = 0;
	}
}

/* Sets the stat data of the files that the change wrote. */
static int stat_files(struct file_list *list, struct change *c,
		      struct error *err)
{
	size_t at = 0;

	for (size_t i = 0; i < c->count; i++) {
		struct stat st;
		int rc;

		if (c->files[i].remove)
			continue;
		while (strcmp(list->items[at].path, c->files[i].path))
			at++;
		rc = staging_stat(c->staging, c->files[i].path, &st, err);
		if (rc < 0)
			return rc;
		set_stat(&list->items[at], &st);
	}
	return 0;
}

static int stage_files(struct change *c, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; i < c->count && !rc; i++) {
		const struct change_file *file = &c->files[i];

		if (!file->remove && !file->in_place)
			rc = staging_write(c->staging, file->path,
					   file->bytes,
					   file->mode & S_IXUSR ? 0777 : 0666,
					   file->is_new, err);
	}
	/* last, so that nothing is gone before the new files are there */
	for (size_t i = 0; i < c->count && !rc; i++)
		if (c->files[i].remove && !c->files[i].in_place)
			staging_remove(c->staging, c->files[i].path);
	return rc;
}

static int place_files(struct change *c, const git_oid *commit,
		       struct error *err)
{
	struct file_list index = FILE_LIST_INIT;
	struct strbuf bytes = STRBUF_INIT;
	int rc;

	merge_lists(&index, &c->in_index, c->files, c->count);
	file_list_write_index(&bytes, &index);
	if ((rc = staging_write_index(c->staging, strbuf_slice(&bytes),
				      err)) < 0 ||
	    (rc = staging_place(c->staging, commit, err)) < 0)
		goto out;
	distrust_young(&index, &c->index_time);
	if ((rc = stat_files(&index, c, err)) < 0)
		goto out;
	strbuf_truncate(&bytes, 0);
	file_list_write_index(&bytes, &index);
	rc = staging_place_index(c->staging, strbuf_slice(&bytes), err);
out:
	strbuf_release(&bytes);
	file_list_release(&index);
	return rc;
}

static void log_line(struct strbuf *out, const struct change *c,
		     const char *message)
{
	strbuf_addf(out, "commit%s: %.*s", c->head ? "" : " (initial)",
		    (int)strcspn(message, "\r\n"), message);
}

/* HEAD, or the branch that it names, from the old commit to the new. */
static int move_head(struct change *c, const git_oid *commit,
		     const char *message, struct error *err)
{
	struct strbuf log = STRBUF_INIT;
	git_reference *head = NULL, *moved = NULL;
	const char *name = "HEAD";
	int rc;

	log_line(&log, c, message);
	rc = git_reference_lookup(&head, c->repo->git, "HEAD");
	if (!rc && git_reference_type(head) == GIT_REFERENCE_SYMBOLIC)
		name = git_reference_symbolic_target(head);
	if (!rc && c->head)
		rc = git_reference_create_matching(&moved, c->repo->git, name,
						   commit, 1,
						   git_commit_id(c->head),
						   log.buf);
	else if (!rc)
		rc = git_reference_create(&moved, c->repo->git, name, commit,
					  0, log.buf);
	if (rc == GIT_EMODIFIED || rc == GIT_EEXISTS)
		rc = error_set(err, ERROR_BUSY, "another command has made a "
			       "commit meanwhile; try again");
	else if (rc == GIT_ELOCKED)
		rc = error_set(err, ERROR_BUSY, "'%s' is locked by another git "
			       "command; try again", name);
	else if (rc < 0)
		rc = error_set_git(err, "cannot write '%s'", name);
	git_reference_free(moved);
	git_reference_free(head);
	strbuf_release(&log);
	return rc;
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

static int commit_locked(git_oid *commit, struct change *c,
			 const struct signatures *by, const char *message,
			 struct error *err)
{
	int rc;

	if ((rc = check_head(c, err)) < 0 || (rc = read_lists(c, err)) < 0 ||
	    (rc = check_files(c, err)) < 0 ||
	    (rc = make_commit(commit, c, by, message, err)) < 0 ||
	    /* the objects are still being packed; meanwhile: */
	    (rc = stage_files(c, err)) < 0 ||
	    (rc = object_list_write(c->objects, c->repo, err)) < 0 ||
	    (rc = place_files(c, commit, err)) < 0)
		return rc;
	return move_head(c, commit, message, err);
}

int change_commit(struct commit_info *out, struct change *change,
		  const char *message, struct error *err)
{
	struct signatures by = { NULL, NULL };
	git_commit *made = NULL;
	git_oid commit;
	int rc;

	if ((rc = sign(&by.author, change, &change->author, err)) < 0 ||
	    (rc = sign(&by.committer, change, &change->committer, err)) < 0)
		goto out;
	sort_files(change);
	/* the reflog's */
	git_repository_set_ident(change->repo->git, by.committer->name,
				 by.committer->email);
	rc = staging_open(&change->staging, change->repo, err);
	if (!rc)
		rc = commit_locked(&commit, change, &by, message, err);
	if (!rc)
		staging_done(change->staging);
	staging_close(change->staging);
	change->staging = NULL;
	forget_lists(change);
out:
	git_signature_free(by.author);
	git_signature_free(by.committer);
	if (rc < 0 || !out)
		return rc;
	if (git_commit_lookup(&made, change->repo->git, &commit) < 0)
		return error_set_git(err, "cannot read the new commit");
	commit_info_set(out, made);
	git_commit_free(made);
	return 0;
}
