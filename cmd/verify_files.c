/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "archive_read.h"
#include "command.h"
#include "error.h"
#include "verify_files.h"

#define SITE_FILES 50000u
#define SITE_DEPTH 4

void draft_files_release(struct draft_files *files)
{
	archive_read_close(files->archive);
	for (size_t i = 0; i < files->count; i++)
		free(files->names[i]);
	free(files->names);
	strbuf_release(&files->bytes);
	*files = (struct draft_files)DRAFT_FILES_INIT;
}

static void add_name(struct draft_files *files, const char *name)
{
	GROW(files->names, files->count, files->capacity);
	files->names[files->count++] = xstrdup(name);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* ---- a folder --------------------------------------------------------- */

static int list_folder(struct draft_files *files, int dir, const char *under,
		       int depth, struct error *err);

static int list_entry(struct draft_files *files, int dir, const char *name,
		      int depth, struct error *err)
{
	struct stat st;
	int sub;

	if (fstatat(dir, strrchr(name, '/') ? strrchr(name, '/') + 1 : name,
		    &st, AT_SYMLINK_NOFOLLOW) < 0)
		return error_set_errno(err, "cannot read '%s/%s'",
				       files->path, name);
	if (!S_ISDIR(st.st_mode)) {
		add_name(files, name);
		return 0;
	}
	sub = openat(dir, strrchr(name, '/') ? strrchr(name, '/') + 1 : name,
		     O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
	if (sub < 0)
		return error_set_errno(err, "cannot read '%s/%s'",
				       files->path, name);
	return list_folder(files, sub, name, depth + 1, err);
}

/* Takes the descriptor. */
static int list_folder(struct draft_files *files, int dir, const char *under,
		       int depth, struct error *err)
{
	struct strbuf name = STRBUF_INIT;
	struct dirent *entry;
	DIR *stream = fdopendir(dir);
	int rc = 0;

	if (!stream) {
		close(dir);
		return error_set_errno(err, "cannot read '%s'", files->path);
	}
	while (!rc && (entry = readdir(stream))) {
		if (!strcmp(entry->d_name, ".") ||
		    !strcmp(entry->d_name, ".."))
			continue;
		strbuf_truncate(&name, 0);
		strbuf_addf(&name, "%s%s%s", under, *under ? "/" : "",
			    entry->d_name);
		if (depth > SITE_DEPTH || files->count >= SITE_FILES)
			rc = error_set(err, ERROR_LIMIT, "there is more in "
				       "'%s' than in a draft", files->path);
		else
			rc = list_entry(files, dirfd(stream), name.buf, depth,
					err);
	}
	closedir(stream);
	strbuf_release(&name);
	return rc;
}

static int open_folder(struct draft_files *files, struct error *err)
{
	int dir = open(files->path, O_RDONLY | O_DIRECTORY), rc;

	files->kind = DRAFT_SITE;
	if (dir < 0)
		return error_set_errno(err, "cannot read '%s'", files->path);
	rc = list_folder(files, dir, "", 0, err);
	if (!rc)
		qsort(files->names, files->count, sizeof(*files->names),
		      by_name);
	return rc;
}

/* ---- all of them ------------------------------------------------------ */

static int open_archive(struct draft_files *files, struct error *err)
{
	int rc = archive_read_open(&files->archive,
				   strbuf_slice(&files->bytes), files->path,
				   err);

	files->kind = DRAFT_EPUB;
	if (rc < 0)
		return rc;
	for (size_t i = 0; i < archive_read_count(files->archive); i++)
		add_name(files, archive_read_name(files->archive, i));
	qsort(files->names, files->count, sizeof(*files->names), by_name);
	return 0;
}

int draft_files_open(struct draft_files *files, const char *path,
		     struct error *err)
{
	struct stat st;
	int rc;

	files->path = path;
	if (!stat(path, &st) && S_ISDIR(st.st_mode))
		return open_folder(files, err);
	rc = read_file(&files->bytes, path, err);
	if (rc < 0)
		return rc;
	if (slice_starts_with(strbuf_slice(&files->bytes),
			      SLICE("PK\003\004")))
		return open_archive(files, err);
	add_name(files, "");
	return 0;
}

static int read_from_folder(struct strbuf *out, const char *folder,
			    const char *name, struct error *err)
{
	struct strbuf path = STRBUF_INIT;
	struct stat st;
	int rc;

	strbuf_addf(&path, "%s/%s", folder, name);
	if (lstat(path.buf, &st) < 0)
		rc = error_set_errno(err, "cannot read '%s'", path.buf);
	else if (!S_ISREG(st.st_mode))
		rc = 0; /* a link, a device: no file of a draft */
	else
		rc = read_file(out, path.buf, err);
	strbuf_release(&path);
	return rc;
}

int draft_files_read(struct strbuf *out, const struct draft_files *files,
		     size_t at, struct error *err)
{
	const char *name = files->names[at];

	switch (files->kind) {
	case DRAFT_EPUB:
		return archive_read_entry(out, files->archive,
					  archive_read_find(files->archive,
							    name), err);
	case DRAFT_SITE:
		return read_from_folder(out, files->path, name, err);
	default:
		strbuf_add_slice(out, strbuf_slice(&files->bytes));
		return 0;
	}
}

/* What stands in its <title>; it is told by tags that we write. */
static struct slice title_of(struct slice page)
{
	const struct slice tags[] = { SLICE("<title>"), SLICE("</title>") };
	size_t from = slice_find_slice(page, tags[0]) + tags[0].len;

	page = slice_sub(page, from, page.len);
	return slice_sub(page, 0, slice_find_slice(page, tags[1]));
}

int draft_files_pick(struct draft_files *site, const struct draft_files *page,
		     struct error *err)
{
	struct slice title = title_of(strbuf_slice(&page->bytes));
	bool found = false;
	int rc = 0;

	for (size_t i = 0; rc >= 0 && !found && i < site->count; i++) {
		strbuf_truncate(&site->bytes, 0);
		rc = draft_files_read(&site->bytes, site, i, err);
		found = rc >= 0 && title.len &&
			slice_eq(title_of(strbuf_slice(&site->bytes)), title);
	}
	if (rc >= 0 && !found)
		return error_set(err, ERROR_NOT_FOUND, "its site has no page "
				 "of that title");
	for (size_t i = 0; i < site->count; i++)
		free(site->names[i]);
	site->count = 0;
	site->kind = DRAFT_PAGE;
	add_name(site, "");
	return rc;
}

/* The file that says where the draft is from; SIZE_MAX: none. */
static size_t find_origin(const struct draft_files *files)
{
	const char *wanted = files->kind == DRAFT_EPUB ? "EPUB/package.opf"
			     : files->kind == DRAFT_SITE ? "index.html" : "";

	for (size_t i = 0; i < files->count; i++)
		if (!strcmp(files->names[i], wanted))
			return i;
	return SIZE_MAX;
}

int draft_files_origin(struct draft_origin *out,
		       const struct draft_files *files, struct error *err)
{
	struct strbuf text = STRBUF_INIT;
	size_t at = find_origin(files);
	int rc = 0;

	if (at != SIZE_MAX)
		rc = draft_files_read(&text, files, at, err);
	if (!rc)
		draft_origin_read(out, strbuf_slice(&text));
	strbuf_release(&text);
	return rc;
}
