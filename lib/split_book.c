/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* nftw */
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "error.h"
#include "split_book.h"
#include "strbuf.h"

typedef int read_function(struct strbuf *out, const char *path,
			  struct error *err);

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Where it goes. */

enum place { PLACE_NEW, PLACE_EMPTY, PLACE_REPOSITORY };

static bool has_file(const char *dir, const char *name)
{
	struct strbuf path = STRBUF_INIT;
	struct stat st;
	bool there;

	strbuf_addf(&path, "%s/%s", dir, name);
	there = !lstat(path.buf, &st);
	strbuf_release(&path);
	return there;
}

static bool is_empty(DIR *dir)
{
	const struct dirent *entry;

	while ((entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			return false;
	return true;
}

static int look_at(enum place *place, const char *dir, struct error *err)
{
	DIR *d = opendir(dir);
	bool empty;

	if (!d && errno == ENOENT) {
		*place = PLACE_NEW;
		return 0;
	}
	if (!d && errno == ENOTDIR)
		return error_set(err, ERROR_EXISTS,
				 "there is a file at '%s'", dir);
	if (!d)
		return error_set_errno(err, "cannot open '%s'", dir);
	empty = is_empty(d);
	closedir(d);
	*place = empty ? PLACE_EMPTY : PLACE_REPOSITORY;
	if (empty)
		return 0;
	if (has_file(dir, "galley.conf") || has_file(dir, "SUMMARY.md") ||
	    has_file(dir, "book.toml"))
		return error_set(err, ERROR_EXISTS,
				 "'%s' has a manuscript in it already; name "
				 "another folder", dir);
	if (!has_file(dir, ".git"))
		return error_set(err, ERROR_EXISTS,
				 "'%s' is not empty; name another folder",
				 dir);
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type,
		      struct FTW *ftw)
{
	remove(path);
	return 0;
}

static void remove_all(const char *dir)
{
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* A folder beside `dir`, which takes its name when all is in it. */
static int make_beside(struct strbuf *out, const char *dir, struct error *err)
{
	struct slice name = slice_of(dir);
	int attempt = 0;

	while (name.len > 1 && name.ptr[name.len - 1] == '/')
		name.len--;
	do {
		strbuf_truncate(out, 0);
		strbuf_addf(out, "%.*s.new-%ld-%d", SLICE_ARG(name),
			    (long)getpid(), attempt);
		if (!mkdir(out->buf, 0777))
			return 0;
	} while (errno == EEXIST && attempt++ < 100);
	error_set_errno(err, "cannot make '%s'", dir);
	strbuf_truncate(out, 0);
	return ERROR_IO;
}

/* What goes in. */

static int write_pictures(struct change *change, const struct split_book *book,
			  const char *file, read_function *read,
			  struct error *err)
{
	struct strbuf bytes = STRBUF_INIT, path = STRBUF_INIT;
	size_t folder = (size_t)(base_name(file) - file);
	int rc = 0;

	for (size_t i = 0; i < book->count && !rc; i++) {
		const struct split_picture *p = &book->pictures[i];

		if (!p->there)
			continue;
		strbuf_truncate(&bytes, 0);
		strbuf_truncate(&path, 0);
		strbuf_add(&path, file, folder);
		strbuf_adds(&path, p->path);
		rc = read(&bytes, path.buf, err);
		if (!rc)
			rc = change_write(change, p->path,
					  strbuf_slice(&bytes), err);
	}
	strbuf_release(&bytes);
	strbuf_release(&path);
	return rc;
}

static int write_pieces(struct change *change, const struct split_plan *plan,
			struct error *err)
{
	int rc = 0;

	for (size_t i = 0; i < plan->count && !rc; i++) {
		const struct split_piece *p = &plan->items[i];

		rc = change_write(change, p->path,
				  slice_sub(plan->text, p->span.start,
					    p->span.end), err);
	}
	return rc;
}

static int write_settings(struct change *change,
			  const struct split_plan *plan, struct error *err)
{
	struct outline outline = OUTLINE_INIT;
	struct strbuf text = STRBUF_INIT;
	int rc;

	settings_write(&text, &plan->settings);
	rc = change_write(change, "galley.conf", strbuf_slice(&text), err);
	if (rc < 0)
		goto out;
	outline.title = "Summary";
	split_plan_outline(&outline, plan);
	strbuf_truncate(&text, 0);
	outline_write(&text, &outline, "");
	rc = change_write(change, "SUMMARY.md", strbuf_slice(&text), err);
out:
	outline_release(&outline);
	strbuf_release(&text);
	return rc;
}

static void message_for(struct strbuf *out, const struct split_plan *plan,
			const char *file)
{
	strbuf_addf(out, "Split %s into %zu %s\n", base_name(file),
		    plan->count, plan->count == 1 ? "chunk" : "chunks");
}

static int fill(struct commit_info *out, struct repository *repo,
		const struct split_book *book, const struct split_plan *plan,
		const char *file, read_function *read, struct error *err)
{
	struct strbuf message = STRBUF_INIT;
	struct change *change = NULL;
	int rc;

	message_for(&message, plan, file);
	if ((rc = change_begin(&change, repo, err)) == 0 &&
	    (rc = change_set_people(change, book->people, err)) == 0 &&
	    (rc = write_pictures(change, book, file, read, err)) == 0 &&
	    (rc = write_pieces(change, plan, err)) == 0 &&
	    (rc = write_settings(change, plan, err)) == 0)
		rc = change_commit(out, change, message.buf, err);
	change_end(change);
	strbuf_release(&message);
	return rc;
}

int split_book_write(struct commit_info *out, const struct split_book *book,
		     const struct split_plan *plan, const char *file,
		     const char *dir, read_function *read, struct error *err)
{
	struct strbuf beside = STRBUF_INIT;
	struct repository *repo = NULL;
	enum place place;
	int rc;

	if ((rc = look_at(&place, dir, err)) < 0)
		goto out;
	if (place == PLACE_REPOSITORY) {
		rc = repository_open(&repo, dir, err);
	} else {
		rc = make_beside(&beside, dir, err);
		if (!rc)
			rc = repository_init(&repo, beside.buf, err);
	}
	if (!rc)
		rc = fill(out, repo, book, plan, file, read, err);
	repository_close(repo);
	if (!rc && beside.len && rename(beside.buf, dir))
		rc = error_set_errno(err, "cannot make '%s'", dir);
	if (rc && beside.len)
		remove_all(beside.buf);
out:
	strbuf_release(&beside);
	return rc;
}

/* Re-cutting a chunk. */

int split_chunk_plan(struct split_plan *plan, struct slice text,
		     const struct split_options *options, bool given,
		     const struct outline_entry *entry,
		     bool (*taken)(const char *path, void *data), void *data,
		     struct error *err)
{
	struct split_options o = *options;
	int rc;

	o.title = entry->title;
	o.name = entry->path;
	if (!given)
		o.at = SPLIT_CHAPTER;
	while ((rc = split_plan_make(plan, text, &o, err)) == 0 &&
	       plan->count == 1 && !given && o.at < SPLIT_SCENE) {
		split_plan_release(plan);
		o.at++;
	}
	if (rc < 0)
		return error_set(err, rc, "cannot split '%s': it has NUL "
				 "bytes, so it is no text", entry->path);
	split_plan_in_place(plan, entry, taken, data);
	return 0;
}

static int write_outline(struct change *change, const struct split_plan *plan,
			 const struct manuscript *ms, size_t at,
			 struct error *err)
{
	struct outline pieces = OUTLINE_INIT, whole = OUTLINE_INIT;
	struct strbuf old = STRBUF_INIT, text = STRBUF_INIT;
	const char *path = ms->outline_path ? ms->outline_path : "SUMMARY.md";
	int rc = 0;

	split_plan_outline(&pieces, plan);
	if (ms->outline_path) {
		rc = tree_read(&old, ms->tree, path, err);
		if (!rc)
			rc = outline_replace(&text, strbuf_slice(&old),
					     &ms->outline, at, pieces.items,
					     pieces.count, ms->folder, err);
	} else {
		/* in the order of names until now; names no longer say it */
		for (size_t i = 0; i < ms->outline.count; i++)
			if (i == at)
				split_plan_outline(&whole, plan);
			else
				outline_add(&whole, &ms->outline.items[i]);
		outline_write(&text, &whole, "");
	}
	if (!rc)
		rc = change_write(change, path, strbuf_slice(&text), err);
	outline_release(&pieces);
	outline_release(&whole);
	strbuf_release(&old);
	strbuf_release(&text);
	return rc;
}

/*
 * git follows a file's history only through a commit that makes it as a whole
 * copy of another: so a chunk that is cut is first copied, then cut. It is cut
 * short in the same commit: `git blame -C` looks for the source of a copy
 * among the files that changed with it.
 */
static int write_copies(struct change *change, const struct split_plan *plan,
			struct error *err)
{
	const struct split_piece *first = &plan->items[0];
	struct strbuf message = STRBUF_INIT;
	int rc;

	rc = change_write(change, first->path,
			  slice_sub(plan->text, first->span.start,
				    first->span.end), err);
	for (size_t i = 1; i < plan->count && !rc; i++)
		rc = change_write(change, plan->items[i].path, plan->text,
				  err);
	strbuf_addf(&message, "Copy %s to split it\n\nThe next commit leaves "
		    "to each copy its part; from here git finds\ntheir "
		    "history.\n", first->path);
	if (!rc)
		rc = change_next(NULL, change, NULL, NULL, message.buf, err);
	strbuf_release(&message);
	return rc;
}

int split_chunk_commit(struct commit_info *out, const struct split_plan *plan,
		       const struct manuscript *ms, size_t entry,
		       const struct change_people *people,
		       struct error *err)
{
	struct strbuf message = STRBUF_INIT;
	struct change *change = NULL;
	int rc;

	message_for(&message, plan, plan->items[0].path);
	if ((rc = change_begin(&change, ms->repo, err)) == 0 &&
	    (rc = change_set_people(change, people, err)) == 0 &&
	    (rc = write_copies(change, plan, err)) == 0 &&
	    (rc = write_pieces(change, plan, err)) == 0 &&
	    (rc = write_outline(change, plan, ms, entry, err)) == 0)
		rc = change_commit(out, change, message.buf, err);
	change_end(change);
	strbuf_release(&message);
	return rc;
}
