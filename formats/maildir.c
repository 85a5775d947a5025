/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "alloc.h"
#include "error.h"
#include "maildir.h"
#include "strbuf.h"

static const char *const folders[] = { "cur", "new" };

void maildir_release(struct maildir *maildir)
{
	free(maildir->paths);
	arena_release(&maildir->arena);
	*maildir = (struct maildir)MAILDIR_INIT;
}

static void join(struct strbuf *out, const char *path, const char *name)
{
	strbuf_truncate(out, 0);
	strbuf_adds(out, path);
	if (out->len && out->buf[out->len - 1] != '/')
		strbuf_addch(out, '/');
	strbuf_adds(out, name);
}

static bool is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

bool maildir_is(const char *path)
{
	struct strbuf folder = STRBUF_INIT;
	bool is = true;

	for (int i = 0; i < 2; i++) {
		join(&folder, path, folders[i]);
		is = is && is_folder(folder.buf);
	}
	strbuf_release(&folder);
	return is;
}

static void add_file(struct maildir *maildir, const char *folder,
		     const char *name)
{
	struct strbuf path = STRBUF_INIT;
	struct stat st;

	join(&path, folder, name);
	if (*name != '.' && !lstat(path.buf, &st) && S_ISREG(st.st_mode)) {
		GROW(maildir->paths, maildir->count, maildir->capacity);
		maildir->paths[maildir->count++] = arena_copy(
			&maildir->arena, strbuf_slice(&path));
	}
	strbuf_release(&path);
}

/* The name, up to its flags: they change when somebody reads the mail. */
static struct slice name_of(const char *path)
{
	struct slice name = slice_of(strrchr(path, '/') + 1);

	return slice_sub(name, 0, slice_find(name, ':'));
}

static int by_name(const void *a, const void *b)
{
	const char *x = *(const char *const *)a, *y = *(const char *const *)b;
	int rc = slice_cmp(name_of(x), name_of(y));

	return rc ? rc : strcmp(x, y);
}

static int list_folder(struct maildir *maildir, const char *folder,
		       struct error *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int rc = 0;

	if (!dir)
		return error_set_errno(err, "cannot read '%s'", folder);
	while (errno = 0, (entry = readdir(dir)))
		add_file(maildir, folder, entry->d_name);
	if (errno)
		rc = error_set_errno(err, "cannot read '%s'", folder);
	closedir(dir);
	return rc;
}

int maildir_list(struct maildir *maildir, const char *path, struct error *err)
{
	struct strbuf folder = STRBUF_INIT;
	int rc = 0;

	for (int i = 0; rc >= 0 && i < 2; i++) {
		join(&folder, path, folders[i]);
		rc = list_folder(maildir, folder.buf, err);
	}
	if (maildir->count)
		qsort(maildir->paths, maildir->count, sizeof(*maildir->paths),
		      by_name);
	strbuf_release(&folder);
	return rc;
}
