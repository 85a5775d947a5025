/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* flock, mkostemp */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"
#include "refs.h"
#include "repository_git.h"

/*
 * In git's folder: "galley-refs-<random>", with the names of what is locked,
 * a NUL after each; and with ".new" behind that, a file to be.
 */
#define PREFIX "galley-refs-"
#define NEW ".new"
#define TRIES 50		/* as long as git waits: a second */

struct ref_locks {
	int folder;		/* git's */
	int fd;			/* of our file */
	char *name;		/* the same */
	uint64_t inode;
	struct strbuf taken;	/* names, a NUL after each */
};

static struct ref_locks *locks_new(struct repository *repo)
{
	struct ref_locks *l = xcalloc(1, sizeof(*l));

	l->fd = -1;
	l->taken = (struct strbuf)STRBUF_INIT;
	l->folder = open(git_repository_commondir(repo->git),
			 O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return l;
}

static void locks_free(struct ref_locks *l)
{
	if (l->fd >= 0)
		close(l->fd);
	if (l->folder >= 0)
		close(l->folder);
	strbuf_release(&l->taken);
	free(l->name);
	free(l);
}

int ref_locks_open(struct ref_locks **out, struct repository *repo,
		   struct error *err)
{
	struct ref_locks *l = locks_new(repo);
	struct strbuf path = STRBUF_INIT;
	struct stat st;
	int rc = 0;

	strbuf_addf(&path, "%s" PREFIX "XXXXXX",
		    git_repository_commondir(repo->git));
	l->fd = l->folder < 0 ? -1 : mkostemp(path.buf, O_CLOEXEC);
	/* whoever recovers looks at it for a moment */
	if (l->fd < 0 || flock(l->fd, LOCK_EX) < 0 || fstat(l->fd, &st) < 0) {
		rc = error_set_errno(err, "cannot write in '%s'",
				     git_repository_commondir(repo->git));
		if (l->fd >= 0)
			unlink(path.buf);
		locks_free(l);
	} else {
		l->name = xstrdup(strrchr(path.buf, '/') + 1);
		l->inode = st.st_ino;
		*out = l;
	}
	strbuf_release(&path);
	return rc;
}

static int write_all(int fd, struct slice bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		bytes = slice_sub(bytes, (size_t)n, bytes.len);
	}
	return 0;
}

/* The folders of a name; git removes empty ones, so that it may have to be
 * tried again. */
static int make_folders(int folder, const char *name)
{
	struct strbuf path = STRBUF_INIT;
	int rc = 0;

	for (const char *at = strchr(name, '/'); at && !rc;
	     at = strchr(at + 1, '/')) {
		strbuf_truncate(&path, 0);
		strbuf_add(&path, name, (size_t)(at - name));
		if (mkdirat(folder, path.buf, 0777) < 0 && errno != EEXIST)
			rc = -1;
	}
	strbuf_release(&path);
	return rc;
}

/* A second name for our file; or a file, where files have one name only. */
static int link_lock(struct ref_locks *l, const char *lock)
{
	const struct timespec pause = { 0, 20 * 1000 * 1000 };

	for (int i = 0; i < TRIES; i++) {
		if (!linkat(l->folder, l->name, l->folder, lock, 0))
			return 0;
		if (errno == ENOENT && make_folders(l->folder, lock) < 0)
			return -1;
		else if (errno == EEXIST)
			nanosleep(&pause, NULL);
		else if (errno != ENOENT)
			break;
	}
	return -1;
}

int ref_locks_take(struct ref_locks *l, const char *name, struct error *err)
{
	struct strbuf lock = STRBUF_INIT;
	int rc = 0;

	strbuf_addf(&lock, "%s.lock", name);
	if (write_all(l->fd, (struct slice){ lock.buf, lock.len + 1 }) < 0)
		rc = error_set_errno(err, "cannot write '%s'", lock.buf);
	else if (link_lock(l, lock.buf) < 0)
		rc = errno == EEXIST
		   ? error_set(err, ERROR_BUSY, "'%s' is locked by another git "
			       "command; if none is running, remove '%s' in "
			       "git's folder", name, lock.buf)
		   : errno == ENOTDIR
		   ? error_set(err, ERROR_EXISTS, "a part of the name '%s' is "
			       "a name already", name)
		   : error_set_errno(err, "cannot write '%s'", lock.buf);
	else
		strbuf_add(&l->taken, lock.buf, lock.len + 1);
	strbuf_release(&lock);
	return rc;
}

int ref_locks_write(struct ref_locks *l, const char *name, struct slice bytes,
		    struct error *err)
{
	struct strbuf new = STRBUF_INIT;
	int fd, rc = 0;

	strbuf_addf(&new, "%s" NEW, l->name);
	fd = openat(l->folder, new.buf,
		    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	if (fd < 0 || write_all(fd, bytes) < 0 || fdatasync(fd) < 0)
		rc = -1;
	if (fd >= 0 && close(fd) < 0)
		rc = -1;
	if (!rc)
		rc = renameat(l->folder, new.buf, l->folder, name);
	if (rc < 0) {
		rc = error_set_errno(err, "cannot write '%s'", name);
		unlinkat(l->folder, new.buf, 0);
	}
	strbuf_release(&new);
	return rc;
}

static void remove_lock(struct ref_locks *l, const char *lock)
{
	struct stat st;

	if (!fstatat(l->folder, lock, &st, AT_SYMLINK_NOFOLLOW) &&
	    st.st_ino == l->inode)
		unlinkat(l->folder, lock, 0);
}

/* The newest first, so that what is written last is unlocked first. */
static void remove_locks(struct ref_locks *l)
{
	size_t end = l->taken.len;

	while (end) {
		size_t start = end - 1;

		while (start && l->taken.buf[start - 1])
			start--;
		remove_lock(l, l->taken.buf + start);
		end = start;
	}
}

void ref_locks_close(struct ref_locks *l)
{
	if (!l)
		return;
	remove_locks(l);
	unlinkat(l->folder, l->name, 0);
	locks_free(l);
}

/* The names in a file that is no longer held; false to leave it alone. */
static bool read_taken(struct ref_locks *l)
{
	char bytes[4096];
	struct stat st;
	ssize_t n;

	if (flock(l->fd, LOCK_EX | LOCK_NB) < 0 || fstat(l->fd, &st) < 0)
		return false;
	/* its owner may be about to hold it */
	if (!st.st_size && st.st_mtime >= time(NULL) - 60)
		return false;
	l->inode = st.st_ino;
	while ((n = read(l->fd, bytes, sizeof(bytes))) > 0)
		strbuf_add(&l->taken, bytes, (size_t)n);
	/* the last name may be cut off: then there is no such lock */
	while (l->taken.len && l->taken.buf[l->taken.len - 1])
		strbuf_truncate(&l->taken, l->taken.len - 1);
	return true;
}

static bool is_lock_name(const char *name)
{
	return !strcmp(name, "packed-refs.lock") ||
	       !strcmp(name, "HEAD.lock") ||
	       (!strncmp(name, "refs/", 5) && path_is_safe(name));
}

static void recover_one(struct repository *repo, const char *name)
{
	struct ref_locks *l = locks_new(repo);
	struct strbuf new = STRBUF_INIT;

	if (l->folder >= 0)
		l->fd = openat(l->folder, name,
			       O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (l->fd >= 0 && read_taken(l)) {
		bool ours = true;

		for (size_t i = 0; i < l->taken.len;
		     i += strlen(l->taken.buf + i) + 1)
			ours = ours && is_lock_name(l->taken.buf + i);
		if (ours)
			remove_locks(l);
		strbuf_addf(&new, "%s" NEW, name);
		unlinkat(l->folder, new.buf, 0);
		unlinkat(l->folder, name, 0);
	}
	strbuf_release(&new);
	locks_free(l);
}

void refs_recover(struct repository *repo)
{
	DIR *dir = opendir(git_repository_commondir(repo->git));
	struct dirent *entry;

	while (dir && (entry = readdir(dir)))
		if (!strncmp(entry->d_name, PREFIX, strlen(PREFIX)) &&
		    !strchr(entry->d_name, '.'))
			recover_one(repo, entry->d_name);
	if (dir)
		closedir(dir);
}
