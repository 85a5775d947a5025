/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* O_NOFOLLOW, st_mtim */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"
#include "repository_git.h"
#include "strbuf.h"

struct tree {
	struct repository *repo;
	/* a revision */
	git_commit *commit;
	git_tree *root;
	/* a work tree */
	int root_fd;
	git_index *index;		/* read when first asked for */
	struct timespec index_time;	/* when its file was written */
	/* the folder looked into last: chunks come folder by folder */
	char *folder;			/* "" or "part-one/" */
	git_tree *folder_tree;
	int folder_fd;
};

bool path_is_safe(const char *path)
{
	if (!*path)
		return false;
	for (;;) {
		size_t n = strcspn(path, "/");

		if (!n || (n == 1 && path[0] == '.') ||
		    (n == 2 && path[0] == '.' && path[1] == '.'))
			return false;
		/* as case-blind and short-name file systems spell it, too */
		if (n >= 4 && !strncasecmp(path, ".git", 4) &&
		    strspn(path + 4, ". ") >= n - 4)
			return false;
		if (n == 5 && !strncasecmp(path, "git~1", 5))
			return false;
		if (!path[n])
			return true;
		path += n + 1;
	}
}

static int set_unsafe(struct error *err, const char *path)
{
	return error_set(err, ERROR_INVALID,
			 "'%s' is not a path inside the manuscript", path);
}

static int set_no_file(struct error *err, const char *path)
{
	return error_set(err, ERROR_NOT_FOUND, "no file '%s'", path);
}

static struct tree *tree_new(struct repository *repo)
{
	struct tree *tree = xcalloc(1, sizeof(*tree));

	tree->repo = repo;
	tree->root_fd = tree->folder_fd = -1;
	return tree;
}

int tree_open_revision(struct tree **out, struct repository *repo,
		       const char *rev, struct error *err)
{
	struct tree *tree = tree_new(repo);
	int rc = repository_commit(&tree->commit, repo, rev, err);

	if (!rc && git_commit_tree(&tree->root, tree->commit) < 0)
		rc = error_set_git(err, "cannot read the files of '%s'", rev);
	if (rc < 0)
		tree_close(tree);
	else
		*out = tree;
	return rc;
}

int tree_open_work_tree(struct tree **out, struct repository *repo,
			struct error *err)
{
	const char *root = repository_work_tree(repo);
	struct tree *tree;

	if (!root)
		return error_set(err, ERROR_INVALID,
				 "'%s' is a bare repository: it has no work "
				 "tree", repo->name);
	tree = tree_new(repo);
	tree->root_fd = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (tree->root_fd < 0) {
		tree_close(tree);
		return error_set_errno(err, "cannot open '%s'", root);
	}
	*out = tree;
	return 0;
}

int tree_open_now(struct tree **out, struct repository *repo,
		  struct error *err)
{
	return repository_work_tree(repo)
		? tree_open_work_tree(out, repo, err)
		: tree_open_revision(out, repo, "HEAD", err);
}

static void forget_folder(struct tree *tree)
{
	git_tree_free(tree->folder_tree);
	if (tree->folder_fd >= 0)
		close(tree->folder_fd);
	free(tree->folder);
	tree->folder_tree = NULL;
	tree->folder_fd = -1;
	tree->folder = NULL;
}

void tree_close(struct tree *tree)
{
	if (!tree)
		return;
	forget_folder(tree);
	git_commit_free(tree->commit);
	git_tree_free(tree->root);
	git_index_free(tree->index);
	if (tree->root_fd >= 0)
		close(tree->root_fd);
	free(tree);
}

/* Why the folder `name` could not be opened. */
static int folder_error(struct error *err, int dir, const char *name,
			const char *path)
{
	int saved = errno;
	struct stat st;

	if (saved != ENOTDIR && saved != ELOOP) {
		if (saved == ENOENT)
			return set_no_file(err, path);
		return error_set_errno(err, "cannot read '%s'", path);
	}
	if (!fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) &&
	    S_ISLNK(st.st_mode))
		return error_set(err, ERROR_INVALID,
				 "'%s' is behind a symbolic link", path);
	return set_no_file(err, path);
}

/* Open the folder part by part, so that no symbolic link is followed. */
static int open_folder(struct tree *tree, char *folder, const char *path,
		       struct error *err)
{
	int dir = tree->root_fd, rc = 0;

	while (*folder) {
		char *slash = strchr(folder, '/');
		int next;

		*slash = '\0';
		next = openat(dir, folder,
			      O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (next < 0)
			rc = folder_error(err, dir, folder, path);
		*slash = '/';
		if (dir != tree->root_fd)
			close(dir);
		if (rc < 0)
			return rc;
		dir = next;
		folder = slash + 1;
	}
	tree->folder_fd = dir == tree->root_fd ? dup(dir) : dir;
	if (tree->folder_fd < 0)
		return error_set_errno(err, "cannot read '%s'", path);
	return 0;
}

static int find_folder(struct tree *tree, char *folder, const char *path,
		       struct error *err)
{
	size_t len = strlen(folder);
	git_tree_entry *entry = NULL;
	int rc;

	if (!len) {
		git_tree_dup(&tree->folder_tree, tree->root);
		return 0;
	}
	folder[len - 1] = '\0';
	rc = git_tree_entry_bypath(&entry, tree->root, folder);
	folder[len - 1] = '/';
	if (rc == GIT_ENOTFOUND ||
	    (!rc && git_tree_entry_type(entry) != GIT_OBJECT_TREE))
		rc = set_no_file(err, path);
	else if (rc < 0 || git_tree_lookup(&tree->folder_tree, tree->repo->git,
					   git_tree_entry_id(entry)) < 0)
		rc = error_set_git(err, "cannot read '%s'", path);
	git_tree_entry_free(entry);
	return rc;
}

/* Make the folder of `path` the current one; `name` is what is left. */
static int enter_folder(const char **name, struct tree *tree, const char *path,
			struct error *err)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) + 1 : 0;
	int rc;

	*name = path + len;
	if (tree->folder && strlen(tree->folder) == len &&
	    !memcmp(tree->folder, path, len))
		return 0;
	if (!path_is_safe(path))
		return set_unsafe(err, path);
	forget_folder(tree);
	tree->folder = xmalloc(len + 1);
	memcpy(tree->folder, path, len);
	tree->folder[len] = '\0';
	rc = tree->root ? find_folder(tree, tree->folder, path, err)
			: open_folder(tree, tree->folder, path, err);
	if (rc < 0)
		forget_folder(tree);
	return rc;
}

/* The entry of a file in a revision; NULL when there is none. */
static const git_tree_entry *find_entry(struct tree *tree, const char *path,
					int *rc, struct error *err)
{
	const git_tree_entry *entry;
	const char *name;

	*rc = enter_folder(&name, tree, path, err);
	if (*rc < 0)
		return NULL;
	entry = git_tree_entry_byname(tree->folder_tree, name);
	if (!entry)
		*rc = set_no_file(err, path);
	else if (git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK)
		*rc = error_set(err, ERROR_INVALID,
				"'%s' is a symbolic link", path);
	else if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB)
		*rc = error_set(err, ERROR_INVALID, "'%s' is a folder", path);
	return *rc < 0 ? NULL : entry;
}

static int read_blob(struct strbuf *out, struct tree *tree, const char *path,
		     struct error *err)
{
	const git_tree_entry *entry;
	git_object_t type;
	int rc;

	entry = find_entry(tree, path, &rc, err);
	if (!entry)
		return rc;
	if (repository_object(out, &type, tree->repo,
			      git_tree_entry_id(entry)) < 0 ||
	    type != GIT_OBJECT_BLOB)
		return error_set_git(err, "cannot read '%s'", path);
	return 0;
}

/* Open a plain file of the work tree; `st` says what it is. */
static int open_file(struct tree *tree, const char *path, struct stat *st,
		     struct error *err)
{
	const char *name;
	int fd, rc;

	if ((rc = enter_folder(&name, tree, path, err)) < 0)
		return rc;
	if (!*name || !path_is_safe(name))
		return set_unsafe(err, path);
	/* O_NONBLOCK: a pipe someone left there must not hold us up */
	fd = openat(tree->folder_fd, name,
		    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return set_no_file(err, path);
	if (fd < 0 && errno == ELOOP)
		return error_set(err, ERROR_INVALID, "'%s' is a symbolic link",
				 path);
	if (fd < 0)
		return error_set_errno(err, "cannot read '%s'", path);
	if (fstat(fd, st) < 0)
		rc = error_set_errno(err, "cannot read '%s'", path);
	else if (S_ISDIR(st->st_mode))
		rc = error_set(err, ERROR_INVALID, "'%s' is a folder", path);
	else if (!S_ISREG(st->st_mode))
		rc = error_set(err, ERROR_INVALID, "'%s' is not a plain file",
			       path);
	if (rc < 0) {
		close(fd);
		return rc;
	}
	return fd;
}

static int read_plain_file(struct strbuf *out, struct tree *tree,
			   const char *path, struct error *err)
{
	struct stat st;
	ssize_t n;
	int fd = open_file(tree, path, &st, err);

	if (fd < 0)
		return fd;
	strbuf_grow(out, (size_t)st.st_size + 1);
	for (;;) {
		n = read(fd, out->buf + out->len, out->capacity - out->len - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		out->len += (size_t)n;
		out->buf[out->len] = '\0';
		strbuf_grow(out, 1);
	}
	if (n < 0)
		error_set_errno(err, "cannot read '%s'", path);
	close(fd);
	return n < 0 ? ERROR_IO : 0;
}

int tree_read(struct strbuf *out, struct tree *tree, const char *path,
	      struct error *err)
{
	return tree->root ? read_blob(out, tree, path, err)
			  : read_plain_file(out, tree, path, err);
}

static bool stat_file(struct stat *st, struct tree *tree, const char *path)
{
	const char *name;

	return enter_folder(&name, tree, path, NULL) >= 0 &&
	       path_is_safe(name) &&
	       !fstatat(tree->folder_fd, name, st, AT_SYMLINK_NOFOLLOW) &&
	       S_ISREG(st->st_mode);
}

bool tree_has(struct tree *tree, const char *path)
{
	struct stat st;
	int rc;

	if (tree->root)
		return find_entry(tree, path, &rc, NULL);
	return stat_file(&st, tree, path);
}

uint64_t tree_size(struct tree *tree, const char *path)
{
	const git_tree_entry *entry;
	git_object_t type;
	git_odb *odb = NULL;
	struct stat st;
	size_t size = 0;
	int rc;

	if (!tree->root)
		return stat_file(&st, tree, path) ? (uint64_t)st.st_size : 0;
	entry = find_entry(tree, path, &rc, NULL);
	if (entry && !git_repository_odb(&odb, tree->repo->git) &&
	    git_odb_read_header(&size, &type, odb,
				git_tree_entry_id(entry)) < 0)
		size = 0;
	git_odb_free(odb);
	return size;
}

int tree_blob_id(char out[COMMIT_ID_LENGTH + 1], struct tree *tree,
		 const char *path, struct error *err)
{
	struct strbuf bytes = STRBUF_INIT;
	const git_tree_entry *entry;
	int rc;

	if (tree->root) {
		entry = find_entry(tree, path, &rc, err);
		if (entry)
			git_oid_tostr(out, COMMIT_ID_LENGTH + 1,
				      git_tree_entry_id(entry));
		return rc;
	}
	if ((rc = tree_read(&bytes, tree, path, err)) == 0)
		blob_id(out, strbuf_slice(&bytes));
	strbuf_release(&bytes);
	return rc;
}

static int load_index(struct tree *tree, struct error *err)
{
	struct stat st;

	if (tree->index)
		return 0;
	if (git_repository_index(&tree->index, tree->repo->git) < 0)
		return error_set_git(err, "cannot read git's index");
	if (!stat(git_index_path(tree->index), &st))
		tree->index_time = st.st_mtim;
	/* the repository keeps its index: another may have written it */
	if (git_index_read(tree->index, 0) < 0)
		return error_set_git(err, "cannot read git's index");
	return 0;
}

static bool is_plain_mode(uint32_t mode)
{
	return (mode & S_IFMT) == S_IFREG;
}

static int each_in_index(struct tree *tree,
			 int (*visit)(const char *path, void *data),
			 void *data, struct error *err)
{
	const char *last = "";
	size_t count;
	int rc;

	if ((rc = load_index(tree, err)) < 0)
		return rc;
	count = git_index_entrycount(tree->index);
	for (size_t i = 0; i < count; i++) {
		const git_index_entry *e = git_index_get_byindex(tree->index,
								 i);

		/* a file in conflict is there two or three times */
		if (!is_plain_mode(e->mode) || !strcmp(e->path, last))
			continue;
		last = e->path;
		if ((rc = visit(e->path, data)) != 0)
			return rc;
	}
	return 0;
}

struct walk {
	struct strbuf path;
	git_repository *git;
	int (*visit)(const char *path, void *data);
	void *data;
	struct error *err;
};

#define DEEPEST_FOLDER 512

static int each_below(struct walk *w, const git_tree *folder, unsigned depth)
{
	size_t len = w->path.len, count = git_tree_entrycount(folder);
	int rc = 0;

	if (depth > DEEPEST_FOLDER)
		return error_set(w->err, ERROR_LIMIT,
				 "folders nest too deep in '%.100s...'",
				 w->path.buf);
	for (size_t i = 0; i < count && !rc; i++) {
		const git_tree_entry *e = git_tree_entry_byindex(folder, i);
		git_tree *below = NULL;

		strbuf_truncate(&w->path, len);
		strbuf_adds(&w->path, git_tree_entry_name(e));
		if (is_plain_mode(git_tree_entry_filemode(e))) {
			rc = w->visit(w->path.buf, w->data);
		} else if (git_tree_entry_type(e) == GIT_OBJECT_TREE) {
			strbuf_addch(&w->path, '/');
			if (git_tree_lookup(&below, w->git,
					    git_tree_entry_id(e)) < 0)
				rc = error_set_git(w->err, "cannot read '%s'",
						   w->path.buf);
			else
				rc = each_below(w, below, depth + 1);
			git_tree_free(below);
		}
	}
	strbuf_truncate(&w->path, len);
	return rc;
}

int tree_each(struct tree *tree, int (*visit)(const char *path, void *data),
	      void *data, struct error *err)
{
	struct walk walk = { STRBUF_INIT, tree->repo->git, visit, data, err };
	int rc;

	if (!tree->root)
		return each_in_index(tree, visit, data, err);
	rc = each_below(&walk, tree->root, 0);
	strbuf_release(&walk.path);
	return rc;
}

/*
 * True when the file's stat data are those of the index, and old enough to
 * be trusted: a file written at the moment the index was may have changed
 * after it (git's "racy" entries).
 */
static bool stat_is_same(const git_index_entry *e, const struct stat *st,
			 const struct timespec *index_time)
{
	int64_t mtime = st->st_mtim.tv_sec;

	if (e->mtime.seconds != (int32_t)mtime ||
	    e->mtime.nanoseconds != (uint32_t)st->st_mtim.tv_nsec ||
	    e->ctime.seconds != (int32_t)st->st_ctim.tv_sec ||
	    e->file_size != (uint32_t)st->st_size ||
	    e->ino != (uint32_t)st->st_ino)
		return false;
	return mtime < index_time->tv_sec ||
	       (mtime == index_time->tv_sec &&
		st->st_mtim.tv_nsec < index_time->tv_nsec);
}

static bool file_is_modified(struct tree *tree, const git_index_entry *e,
			     bool modes_count)
{
	bool link = (e->mode & S_IFMT) == S_IFLNK;
	const char *name;
	struct stat st;
	git_oid id;

	if ((e->mode & S_IFMT) == S_IFDIR || e->mode == GIT_FILEMODE_COMMIT ||
	    e->flags & GIT_INDEX_ENTRY_VALID ||
	    e->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE)
		return false;
	if (enter_folder(&name, tree, e->path, NULL) < 0 ||
	    fstatat(tree->folder_fd, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return true;
	if (link ? !S_ISLNK(st.st_mode) : !S_ISREG(st.st_mode))
		return true;
	if (!link && modes_count &&
	    (e->mode & S_IXUSR) != (st.st_mode & S_IXUSR))
		return true;
	if (stat_is_same(e, &st, &tree->index_time))
		return false;
	if (link)
		return true;
	/* through the filters, as `git add` would */
	return git_repository_hashfile(&id, tree->repo->git, e->path,
				       GIT_OBJECT_BLOB, NULL) < 0 ||
	       !git_oid_equal(&id, &e->id);
}

static int is_modified(bool *modified, struct tree *tree, git_commit *head,
		       struct error *err)
{
	struct file_list list = FILE_LIST_INIT;
	git_config *config = NULL;
	int modes_count = 1;
	git_oid id;
	int rc;

	if ((rc = load_index(tree, err)) < 0)
		return rc;
	file_list_read_index(&list, tree->index);
	file_list_tree_id(&id, &list, NULL, NULL);
	*modified = git_index_has_conflicts(tree->index) ||
		    !git_oid_equal(&id, git_commit_tree_id(head));
	if (!git_repository_config_snapshot(&config, tree->repo->git))
		git_config_get_bool(&modes_count, config, "core.filemode");
	for (size_t i = 0; i < list.count && !*modified; i++)
		*modified = file_is_modified(tree, &list.items[i],
					     modes_count);
	git_config_free(config);
	file_list_release(&list);
	return 0;
}

int tree_commit(struct commit_info *out, bool *modified, struct tree *tree,
		struct error *err)
{
	git_commit *head = NULL;
	int rc;

	if (modified)
		*modified = false;
	if (tree->root) {
		commit_info_set(out, tree->commit);
		return 0;
	}
	if ((rc = repository_head(&head, tree->repo, err)) < 0)
		return rc;
	commit_info_set(out, head);
	if (modified)
		rc = is_modified(modified, tree, head, err);
	git_commit_free(head);
	return rc;
}
