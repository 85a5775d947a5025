/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error.h"
#include "site_folder.h"

/* ---- what is there ---------------------------------------------------- */

static bool ends_with(const char *name, const char *end)
{
	return slice_ends_with(slice_of(name), slice_of(end));
}

/* The names that site_write() gives. */
static bool is_our_name(const char *name, bool top)
{
	static const char *const ends[] = {
		".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg",
		".pdf", ".txt", ".csv", ".epub", ".zip"
	};

	if (top)
		return ends_with(name, ".html") ||
		       !strcmp(name, "draft.css") ||
		       !strcmp(name, "redline.css") ||
		       !strcmp(name, "draft.js") ||
		       !strcmp(name, "search.js") ||
		       !strcmp(name, "images") || !strcmp(name, "files");
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (ends_with(name, ends[i]))
			return true;
	return false;
}

typedef int visit_entry(int dir, const char *name, void *data);

/* Call `visit` for each entry of the folder; stops when it is not 0. */
static int each_entry(int at, const char *name, visit_entry *visit, void *data)
{
	int fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW), rc = 0;
	struct dirent *entry;
	DIR *dir;

	if (fd < 0)
		return -1;
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return -1;
	}
	while (!rc && (entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			rc = visit(dirfd(dir), entry->d_name, data);
	closedir(dir);
	return rc;
}

struct foreign {
	char name[256];
	bool nested;
};

static int find_foreign(int dir, const char *name, void *data)
{
	struct foreign *foreign = data;
	int rc;

	if (!is_our_name(name, !foreign->nested)) {
		snprintf(foreign->name, sizeof(foreign->name), "%s", name);
		return 1;
	}
	if (foreign->nested || (strcmp(name, "images") &&
				strcmp(name, "files")))
		return 0;
	foreign->nested = true;
	rc = each_entry(dir, name, find_foreign, foreign);
	foreign->nested = false;
	return rc > 0; /* a file of that name is no folder: let it be */
}

static int find_any(int dir, const char *name, void *data)
{
	return 1;
}

/* Does its index.html say that we made it? */
static bool has_our_mark(int dir)
{
	/* of whatever version */
	static const char mark[] = "<meta name=\"generator\" content=\"galley";
	char text[16384];
	ssize_t n;
	int fd = openat(dir, "index.html", O_RDONLY | O_NOFOLLOW);

	if (fd < 0)
		return false;
	n = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (n < 0)
		return false;
	text[n] = '\0';
	return strstr(text, mark) != NULL;
}

static int check_place(const char *path, struct error *err)
{
	struct foreign foreign = { "", false };
	int dir = open(path, O_RDONLY | O_DIRECTORY), rc;
	bool ours;

	if (dir < 0 && errno == ENOENT)
		return 0;
	if (dir < 0 && errno == ENOTDIR)
		return error_set(err, ERROR_EXISTS,
				 "'%s' is a file, not a folder for a draft",
				 path);
	if (dir < 0)
		return error_set_errno(err, "cannot open '%s'", path);
	if (!each_entry(dir, ".", find_any, NULL)) {
		close(dir);
		return 0;
	}
	ours = has_our_mark(dir);
	rc = each_entry(dir, ".", find_foreign, &foreign);
	close(dir);
	if (!ours)
		return error_set(err, ERROR_EXISTS,
				 "folder '%s' is there and is no draft of "
				 "galley's; not replaced", path);
	if (rc > 0)
		return error_set(err, ERROR_EXISTS,
				 "folder '%s' has something that is not the "
				 "draft's: '%s'; not replaced", path,
				 foreign.name);
	return 0;
}

/* ---- making ----------------------------------------------------------- */

/* Without a '/' at its end, which would name a folder within it. */
static struct slice place(const char *path)
{
	struct slice s = slice_of(path);

	while (s.len > 1 && s.ptr[s.len - 1] == '/')
		s.len--;
	return s;
}

int site_folder_begin(struct site_folder *folder, const char *path,
		      struct error *err)
{
	mode_t mask = umask(0);
	int rc;

	umask(mask);
	*folder = (struct site_folder){ path, STRBUF_INIT, -1 };
	rc = check_place(path, err);
	if (rc < 0)
		return rc;
	strbuf_add_slice(&folder->beside, place(path));
	strbuf_adds(&folder->beside, ".XXXXXX");
	if (!mkdtemp(folder->beside.buf)) {
		rc = error_set_errno(err, "cannot make folder '%s'", path);
		strbuf_release(&folder->beside);
		return rc;
	}
	folder->fd = open(folder->beside.buf, O_RDONLY | O_DIRECTORY);
	if (folder->fd < 0 || fchmod(folder->fd, 0777 & ~mask))
		return error_set_errno(err, "cannot make folder '%s'", path);
	return 0;
}

int site_folder_create(struct site_folder *folder, const char *name,
		       struct error *err)
{
	int fd = openat(folder->fd, name, O_WRONLY | O_CREAT | O_EXCL, 0666);

	return fd >= 0 ? fd : error_set_errno(err, "cannot write '%s/%s'",
					      folder->path, name);
}

static int make_parent(struct site_folder *folder, const char *name)
{
	char parent[64];
	const char *slash = strchr(name, '/');

	if (!slash || (size_t)(slash - name) >= sizeof(parent))
		return -1;
	memcpy(parent, name, (size_t)(slash - name));
	parent[slash - name] = '\0';
	return mkdirat(folder->fd, parent, 0777);
}

static bool write_all(int fd, struct slice bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes = slice_sub(bytes, (size_t)n, bytes.len);
	}
	return true;
}

int site_folder_put(struct site_folder *folder, const char *name,
		    struct slice bytes, struct error *err)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL;
	int fd = openat(folder->fd, name, flags, 0666);
	bool written;

	if (fd < 0 && errno == EEXIST)
		return 0;
	if (fd < 0 && errno == ENOENT && !make_parent(folder, name))
		fd = openat(folder->fd, name, flags, 0666);
	if (fd < 0)
		return error_set_errno(err, "cannot write '%s/%s'",
				       folder->path, name);
	written = write_all(fd, bytes);
	if (close(fd) || !written)
		return error_set_errno(err, "cannot write '%s/%s'",
				       folder->path, name);
	return 0;
}

/* ---- putting it in place ---------------------------------------------- */

static int remove_entry(int dir, const char *name, void *data)
{
	if (!unlinkat(dir, name, 0))
		return 0;
	each_entry(dir, name, remove_entry, data);
	unlinkat(dir, name, AT_REMOVEDIR);
	return 0;
}

static void remove_folder(const char *path)
{
	each_entry(AT_FDCWD, path, remove_entry, NULL);
	rmdir(path);
}

int site_folder_commit(struct site_folder *folder, struct error *err)
{
	struct strbuf path = STRBUF_INIT, old = STRBUF_INIT;
	bool moved;
	int rc = 0;

	strbuf_add_slice(&path, place(folder->path));
	strbuf_addf(&old, "%s.old", folder->beside.buf);
	moved = !rename(path.buf, old.buf);
	if ((!moved && errno != ENOENT) ||
	    rename(folder->beside.buf, path.buf)) {
		rc = error_set_errno(err, "cannot replace '%s'", path.buf);
		if (moved)
			rename(old.buf, path.buf);
	} else {
		strbuf_release(&folder->beside);
		if (moved)
			remove_folder(old.buf);
	}
	strbuf_release(&path);
	strbuf_release(&old);
	return rc;
}

void site_folder_end(struct site_folder *folder)
{
	if (folder->fd >= 0)
		close(folder->fd);
	folder->fd = -1;
	if (folder->beside.len) {
		remove_folder(folder->beside.buf);
		strbuf_release(&folder->beside);
	}
}
