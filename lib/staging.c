/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* flock, O_NOFOLLOW */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "alloc.h"
#include "arena.h"
#include "error.h"
#include "parent_folder.h"
#include "repository_git.h"
#include "strbuf.h"

/*
 * In the folder: "lock", held with flock(2) while its owner lives; "journal";
 * "index", which is also index.lock; "new-<n>", a file to be put in its place;
 * "old-<n>", a second name of what was there; "old-index".
 */
#define FOLDER_PREFIX "galley-"

enum step_kind { STEP_WRITE = 'w', STEP_REMOVE = 'r' };

struct step {
	enum step_kind kind;
	const char *path;
	uint64_t inode;		/* WRITE: of the new file */
	bool is_new;		/* WRITE: nothing was there */
};

struct staging {
	struct arena arena;
	int work_tree;		/* folders, open */
	struct parent parent;	/* in the work tree */
	int git_folder;
	int folder;
	char *git_path, *folder_name;
	char *index_path;
	int lock;
	bool holds_index_lock, journaled, done;
	uint64_t index_inode;	/* of index.lock, and of the index after it */
	git_oid commit;
	struct step *steps;
	size_t count, capacity;
	const char **made;	/* folders of the work tree, outer ones first */
	size_t made_count, made_capacity;
};

static void step_name(char out[32], const char *kind, size_t n)
{
	snprintf(out, 32, "%s-%zu", kind, n);
}

static int write_all(int fd, struct slice bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		bytes.ptr += n;
		bytes.len -= (size_t)n;
	}
	return 0;
}

static struct staging *staging_new(struct repository *repo)
{
	struct staging *s = xcalloc(1, sizeof(*s));
	git_buf index = GIT_BUF_INIT;

	s->work_tree = open(git_repository_workdir(repo->git),
			    O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	parent_init(&s->parent, s->work_tree);
	s->git_path = xstrdup(git_repository_path(repo->git));
	s->git_folder = open(s->git_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	s->folder = s->lock = -1;
	if (!git_repository_item_path(&index, repo->git,
				      GIT_REPOSITORY_ITEM_INDEX))
		s->index_path = xstrdup(index.ptr);
	git_buf_dispose(&index);
	return s;
}

static void staging_free(struct staging *s)
{
	const int fds[] = { s->work_tree, s->git_folder, s->folder, s->lock };

	parent_release(&s->parent);
	for (size_t i = 0; i < sizeof(fds) / sizeof(*fds); i++)
		if (fds[i] >= 0)
			close(fds[i]);
	arena_release(&s->arena);
	free(s->git_path);
	free(s->folder_name);
	free(s->index_path);
	free(s->steps);
	free(s->made);
	free(s);
}

static void index_lock_path(struct strbuf *out, const struct staging *s)
{
	strbuf_addf(out, "%s.lock", s->index_path);
}

static bool is_inode(int dir, const char *name, uint64_t inode)
{
	struct stat st;

	return !fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) &&
	       st.st_ino == inode;
}

/* What is there to undo, beside and then renamed. */
static int write_journal(struct staging *s, struct error *err)
{
	int fd = openat(s->folder, "journal.new",
			O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	char id[GIT_OID_HEXSZ + 1];
	FILE *out = fd < 0 ? NULL : fdopen(fd, "w");

	if (!out)
		goto fail;
	git_oid_tostr(id, sizeof(id), &s->commit);
	fprintf(out, "i %" PRIu64 " %s%c", s->index_inode, id, 0);
	for (size_t i = 0; i < s->count; i++)
		fprintf(out, "%c %" PRIu64 " %s%c", s->steps[i].kind,
			s->steps[i].inode, s->steps[i].path, 0);
	if (ferror(out)) {
		fclose(out);
		goto fail;
	}
	if (fclose(out) ||
	    renameat(s->folder, "journal.new", s->folder, "journal") < 0)
		goto fail;
	return 0;
fail:
	return error_set_errno(err, "cannot write in '%s'", s->git_path);
}

/*
 * The lock is made in our folder and written of in the journal before it gets
 * its second name, the one that counts: were we killed between, nobody would
 * know that it was ours.
 */
static int lock_index(struct staging *s, struct error *err)
{
	struct strbuf path = STRBUF_INIT;
	struct stat st;
	int fd, rc;

	index_lock_path(&path, s);
	fd = openat(s->folder, "index", O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
	if (fd < 0 || fstat(fd, &st) < 0 || close(fd) < 0) {
		rc = error_set_errno(err, "cannot write in '%s'",
				     s->git_path);
		goto out;
	}
	s->index_inode = st.st_ino;
	if ((rc = write_journal(s, err)) < 0)
		goto out;
	if (linkat(s->folder, "index", AT_FDCWD, path.buf, 0) < 0 &&
	    errno != EEXIST) {
		/* a file system where a file has one name only */
		fd = open(path.buf, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			  0666);
		if (fd >= 0 && !fstat(fd, &st))
			s->index_inode = st.st_ino;
		if (fd < 0 || close(fd) < 0)
			rc = -1;
		else
			rc = write_journal(s, err);
	} else if (!is_inode(AT_FDCWD, path.buf, s->index_inode)) {
		errno = EEXIST;
		rc = -1;
	}
	s->holds_index_lock = !rc;
	if (rc == -1 && errno == EEXIST)
		rc = error_set(err, ERROR_BUSY, "the repository is locked by "
			       "another git command; if none is running, "
			       "remove '%s'", path.buf);
	else if (rc == -1)
		rc = error_set_errno(err, "cannot write '%s'", path.buf);
out:
	strbuf_release(&path);
	return rc;
}

static int make_folder(struct staging *s, struct error *err)
{
	struct strbuf path = STRBUF_INIT;
	int rc = 0;

	strbuf_addf(&path, "%s" FOLDER_PREFIX "XXXXXX", s->git_path);
	if (!mkdtemp(path.buf)) {
		rc = error_set_errno(err, "cannot write in '%s'",
				     s->git_path);
		strbuf_release(&path);
		return rc;
	}
	s->folder_name = xstrdup(path.buf + strlen(s->git_path));
	s->folder = open(path.buf, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->folder >= 0)
		s->lock = openat(s->folder, "lock",
				 O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (s->lock < 0 || flock(s->lock, LOCK_EX | LOCK_NB) < 0)
		rc = error_set_errno(err, "cannot write in '%s'", path.buf);
	strbuf_release(&path);
	return rc;
}

int staging_open(struct staging **out, struct repository *repo,
		 struct error *err)
{
	struct staging *s;
	int rc;

	staging_recover(repo);
	s = staging_new(repo);
	if (s->work_tree < 0 || s->git_folder < 0 || !s->index_path)
		rc = error_set_errno(err, "cannot open '%s'",
				     s->git_folder < 0 ? s->git_path :
				     git_repository_workdir(repo->git));
	else if ((rc = make_folder(s, err)) == 0)
		rc = lock_index(s, err);
	if (rc < 0)
		staging_close(s);
	else
		*out = s;
	return rc;
}

static struct step *add_step(struct staging *s, enum step_kind kind,
			     const char *path)
{
	GROW(s->steps, s->count, s->capacity);
	s->steps[s->count] = (struct step){
		kind, arena_strdup(&s->arena, path), 0, false
	};
	return &s->steps[s->count++];
}

int staging_write(struct staging *s, const char *path, struct slice bytes,
		  uint32_t mode, bool is_new, struct error *err)
{
	struct step *step = add_step(s, STEP_WRITE, path);
	char name[32];
	struct stat st;
	int fd;

	step->is_new = is_new;
	step_name(name, "new", s->count - 1);
	fd = openat(s->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
		    mode & 0777);
	if (fd < 0)
		return error_set_errno(err, "cannot write '%s'", path);
	if (write_all(fd, bytes) < 0 || fstat(fd, &st) < 0) {
		int rc = error_set_errno(err, "cannot write '%s'", path);

		close(fd);
		return rc;
	}
	step->inode = st.st_ino;
	if (close(fd) < 0)
		return error_set_errno(err, "cannot write '%s'", path);
	return 0;
}

void staging_remove(struct staging *s, const char *path)
{
	add_step(s, STEP_REMOVE, path);
}

int staging_write_index(struct staging *s, struct slice bytes,
			struct error *err)
{
	struct strbuf path = STRBUF_INIT;
	int fd, rc = 0;

	index_lock_path(&path, s);
	fd = open(path.buf, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write_all(fd, bytes) < 0)
		rc = error_set_errno(err, "cannot write '%s'", path.buf);
	if (fd >= 0 && close(fd) < 0 && !rc)
		rc = error_set_errno(err, "cannot write '%s'", path.buf);
	strbuf_release(&path);
	return rc;
}

static void note_folder(void *data, struct slice folder)
{
	struct staging *s = data;

	GROW(s->made, s->made_count, s->made_capacity);
	s->made[s->made_count++] = arena_copy(&s->arena, folder);
}

/* For file systems where a file has one name only. */
static int copy_old(struct staging *s, int dir, const char *name,
		    const char *old)
{
	int in = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	int out = in < 0 ? -1 : openat(s->folder, old, O_WRONLY | O_CREAT |
				       O_TRUNC | O_CLOEXEC, 0666);
	char bytes[16384];
	ssize_t n = -1;

	while (out >= 0 && (n = read(in, bytes, sizeof(bytes))) > 0)
		if (write_all(out, (struct slice){ bytes, (size_t)n }) < 0)
			n = -1;
	if (in >= 0)
		close(in);
	if (out >= 0 && close(out) < 0)
		n = -1;
	return n < 0 ? -1 : 0;
}

/* Keep a second name for what is at the place, if something is. */
static int keep_old(struct staging *s, int dir, const char *name, size_t n)
{
	char old[32];

	step_name(old, "old", n);
	if (!linkat(dir, name, s->folder, old, 0) || errno == ENOENT)
		return 0;
	return copy_old(s, dir, name, old);
}

static int take_step(struct staging *s, size_t n, struct error *err)
{
	const struct step *step = &s->steps[n];
	const char *name;
	char new[32];
	int dir, rc;

	dir = parent_open(&s->parent, step->path, &name, NULL,
			  step->kind == STEP_WRITE ? note_folder : NULL, s);
	if (dir < 0 && step->kind == STEP_REMOVE && errno == ENOENT)
		return 0;
	if (dir < 0)
		return error_set_errno(err, "cannot write '%s'", step->path);
	rc = step->is_new ? 0 : keep_old(s, dir, name, n);
	if (!rc && step->kind == STEP_WRITE) {
		step_name(new, "new", n);
		rc = renameat(s->folder, new, dir, name);
	} else if (!rc && unlinkat(dir, name, 0) < 0 && errno != ENOENT) {
		rc = -1;
	}
	if (rc < 0)
		rc = error_set_errno(err, "cannot write '%s'", step->path);
	return rc;
}

int staging_place(struct staging *s, const git_oid *commit, struct error *err)
{
	int rc;

	s->commit = *commit;
	if ((rc = write_journal(s, err)) < 0)
		return rc;
	s->journaled = true;
	for (size_t i = 0; i < s->count && !rc; i++)
		rc = take_step(s, i, err);
	return rc;
}

int staging_stat(struct staging *s, const char *path, struct stat *st,
		 struct error *err)
{
	const char *name;
	int dir = parent_open(&s->parent, path, &name, NULL, NULL, NULL);

	if (dir < 0 || fstatat(dir, name, st, AT_SYMLINK_NOFOLLOW) < 0)
		return error_set_errno(err, "cannot read '%s'", path);
	return 0;
}

int staging_place_index(struct staging *s, struct slice bytes,
			struct error *err)
{
	struct strbuf lock = STRBUF_INIT;
	int rc = staging_write_index(s, bytes, err);

	index_lock_path(&lock, s);
	if (!rc && linkat(AT_FDCWD, s->index_path, s->folder, "old-index",
			  0) < 0 && errno != ENOENT)
		rc = error_set_errno(err, "cannot write '%s'", s->index_path);
	if (!rc && rename(lock.buf, s->index_path) < 0)
		rc = error_set_errno(err, "cannot write '%s'", s->index_path);
	if (!rc)
		s->holds_index_lock = false;
	strbuf_release(&lock);
	return rc;
}

void staging_done(struct staging *s)
{
	s->done = true;
}

static void undo_step(struct staging *s, size_t n)
{
	const struct step *step = &s->steps[n];
	char old[32], new[32];
	const char *name;
	struct stat st;
	bool had_old, placed;
	int dir;

	step_name(old, "old", n);
	step_name(new, "new", n);
	had_old = !fstatat(s->folder, old, &st, AT_SYMLINK_NOFOLLOW);
	placed = fstatat(s->folder, new, &st, AT_SYMLINK_NOFOLLOW) < 0;
	if (step->kind == STEP_WRITE ? !placed : !had_old)
		return;
	dir = parent_open(&s->parent, step->path, &name, NULL, NULL, NULL);
	if (dir < 0)
		return;
	/* what the author put there since is not ours to take back */
	if (step->kind == STEP_REMOVE) {
		if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
			renameat(s->folder, old, dir, name);
	} else if (is_inode(dir, name, step->inode)) {
		if (had_old)
			renameat(s->folder, old, dir, name);
		else
			unlinkat(dir, name, 0);
	}
}

static void undo(struct staging *s)
{
	struct stat st;

	if (is_inode(AT_FDCWD, s->index_path, s->index_inode)) {
		if (!fstatat(s->folder, "old-index", &st, 0))
			renameat(s->folder, "old-index", AT_FDCWD,
				 s->index_path);
		else
			unlink(s->index_path);
	}
	for (size_t i = s->count; i--;)
		undo_step(s, i);
	parent_release(&s->parent);
	for (size_t i = s->made_count; i--;)
		unlinkat(s->work_tree, s->made[i], AT_REMOVEDIR);
}

static void remove_folder(struct staging *s)
{
	DIR *dir = s->folder < 0 ? NULL : fdopendir(dup(s->folder));
	struct dirent *entry;

	if (dir) {
		rewinddir(dir);
		while ((entry = readdir(dir)))
			if (*entry->d_name != '.')
				unlinkat(s->folder, entry->d_name, 0);
		closedir(dir);
	}
	if (s->folder_name)
		unlinkat(s->git_folder, s->folder_name, AT_REMOVEDIR);
}

void staging_close(struct staging *s)
{
	struct strbuf lock = STRBUF_INIT;

	if (!s)
		return;
	if (s->journaled && !s->done)
		undo(s);
	if (s->holds_index_lock) {
		index_lock_path(&lock, s);
		if (is_inode(AT_FDCWD, lock.buf, s->index_inode))
			unlink(lock.buf);
		strbuf_release(&lock);
	}
	remove_folder(s);
	staging_free(s);
}

/* Read "<kind> <inode> <text>\0" records. */
static bool read_journal(struct staging *s)
{
	int fd = openat(s->folder, "journal", O_RDONLY | O_CLOEXEC);
	FILE *in = fd < 0 ? NULL : fdopen(fd, "r");
	char *record = NULL;
	size_t size = 0;
	bool ok = false;

	if (!in)
		return false;
	while (getdelim(&record, &size, '\0', in) > 0) {
		uint64_t inode;
		char kind;
		int at = 0;

		if (sscanf(record, "%c %" SCNu64 " %n", &kind, &inode,
			   &at) < 2 || !at)
			break;
		if (kind == 'i') {
			s->index_inode = inode;
			ok = !git_oid_fromstr(&s->commit, record + at);
		} else if ((kind == STEP_WRITE || kind == STEP_REMOVE) &&
			   path_is_safe(record + at)) {
			add_step(s, (enum step_kind)kind,
				 record + at)->inode = inode;
		}
	}
	free(record);
	fclose(in);
	return ok;
}

/*
 * The lock of HEAD's branch, if it was taken for the commit that we were
 * killed at: it has the commit's id in it, or nothing yet.
 */
static void remove_branch_lock(struct staging *s, struct repository *repo)
{
	struct strbuf path = STRBUF_INIT;
	char wanted[GIT_OID_HEXSZ + 1], found[GIT_OID_HEXSZ + 2];
	git_reference *head = NULL;
	ssize_t n = -1;
	int fd;

	if (git_reference_lookup(&head, repo->git, "HEAD") < 0)
		return;
	if (git_reference_type(head) == GIT_REFERENCE_SYMBOLIC)
		strbuf_addf(&path, "%s%s.lock",
			    git_repository_commondir(repo->git),
			    git_reference_symbolic_target(head));
	else
		strbuf_addf(&path, "%sHEAD.lock", s->git_path);
	fd = open(path.buf, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, found, sizeof(found));
		close(fd);
	}
	git_oid_tostr(wanted, sizeof(wanted), &s->commit);
	if (n >= 0 && !memcmp(found, wanted,
			      n > GIT_OID_HEXSZ ? GIT_OID_HEXSZ : (size_t)n))
		unlink(path.buf);
	git_reference_free(head);
	strbuf_release(&path);
}

/* A folder that was made and not filled, or emptied and not removed. */
static void remove_if_empty(struct staging *s, const char *name)
{
	struct stat st;

	/* its owner may be about to fill it */
	if (s->folder >= 0 && !fstat(s->folder, &st) &&
	    st.st_mtim.tv_sec < time(NULL) - 60)
		unlinkat(s->git_folder, name, AT_REMOVEDIR);
}

static void recover_one(struct repository *repo, const char *name)
{
	struct staging *s = staging_new(repo);
	git_oid head;

	if (s->work_tree < 0 || s->git_folder < 0 || !s->index_path)
		goto out;
	s->folder = openat(s->git_folder, name,
			   O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (s->folder >= 0)
		s->lock = openat(s->folder, "lock", O_RDWR | O_CLOEXEC);
	if (s->lock < 0)
		remove_if_empty(s, name);
	/* its owner lives: none of our business */
	if (s->lock < 0 || flock(s->lock, LOCK_EX | LOCK_NB) < 0)
		goto out;
	s->folder_name = xstrdup(name);
	if (read_journal(s)) {
		s->journaled = s->holds_index_lock = true;
		s->done = !git_reference_name_to_id(&head, repo->git,
						    "HEAD") &&
			  git_oid_equal(&head, &s->commit);
		if (!s->done && !git_oid_is_zero(&s->commit))
			remove_branch_lock(s, repo);
	}
	staging_close(s);
	return;
out:
	staging_free(s);
}

void staging_recover(struct repository *repo)
{
	struct dirent *entry;
	DIR *dir;

	if (git_repository_is_bare(repo->git))
		return;
	dir = opendir(git_repository_path(repo->git));
	while (dir && (entry = readdir(dir)))
		if (!strncmp(entry->d_name, FOLDER_PREFIX,
			     strlen(FOLDER_PREFIX)))
			recover_one(repo, entry->d_name);
	if (dir)
		closedir(dir);
}
