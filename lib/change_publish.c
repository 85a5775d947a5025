/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* st_mtim */
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "change_private.h"
#include "error.h"
#include "refs.h"
#include "strbuf.h"

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
				.file_size = (uint32_t)file->size,
				.path = file->path
			};
	}
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

static int stage_file(struct change *c, const struct change_file *file,
		      struct strbuf *bytes, struct error *err)
{
	int rc;

	strbuf_truncate(bytes, 0);
	rc = object_list_read(bytes, c->objects, file->object, err);
	return rc < 0 ? rc : staging_write(c->staging, file->path,
					   strbuf_slice(bytes),
					   file->executable ? 0777 : 0666,
					   file->is_new, err);
}

int change_stage_files(struct change *c, struct error *err)
{
	struct strbuf bytes = STRBUF_INIT;
	int rc = 0;

	for (size_t i = 0; i < c->count && !rc; i++)
		if (!c->files[i].remove && !c->files[i].in_place)
			rc = stage_file(c, &c->files[i], &bytes, err);
	strbuf_release(&bytes);
	/* last, so that nothing is gone before the new files are there */
	for (size_t i = 0; i < c->count && !rc; i++)
		if (c->files[i].remove && !c->files[i].in_place)
			staging_remove(c->staging, c->files[i].path);
	return rc;
}

int change_place_files(struct change *c, const git_oid *commit,
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

static void log_line(struct strbuf *out, const struct change *c)
{
	strbuf_addf(out, "commit%s: %.*s", c->head ? "" : " (initial)",
		    (int)strcspn(c->last_message, "\r\n"),
		    c->last_message);
}

/* Without a work tree nobody heals what libgit2 leaves when it is killed. */
static int move_bare_head(struct change *c, const char *name,
			  const git_oid *commit, struct error *err)
{
	struct ref_update update = {
		.name = name, .id = *commit, .checked = true
	};

	if (c->head)
		update.old = *git_commit_id(c->head);
	return refs_update(c->repo, &update, 1, c->objects, err);
}

static int move_to(struct change *c, const char *name, const git_oid *commit,
		   struct error *err)
{
	struct strbuf log = STRBUF_INIT;
	git_reference *moved = NULL;
	int rc;

	log_line(&log, c);
	if (c->head)
		rc = git_reference_create_matching(&moved, c->repo->git, name,
						   commit, 1,
						   git_commit_id(c->head),
						   log.buf);
	else
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
	strbuf_release(&log);
	return rc;
}

/* HEAD, or the branch that it names, from the old commit to the new. */
int change_move_head(struct change *c, const git_oid *commit,
		     struct error *err)
{
	git_reference *head = NULL;
	const char *name = "HEAD";
	int rc;

	if (git_reference_lookup(&head, c->repo->git, "HEAD") < 0)
		return error_set_git(err, "cannot read HEAD of '%s'",
				     c->repo->name);
	if (git_reference_type(head) == GIT_REFERENCE_SYMBOLIC)
		name = git_reference_symbolic_target(head);
	rc = c->bare ? move_bare_head(c, name, commit, err)
		     : move_to(c, name, commit, err);
	git_reference_free(head);
	return rc;
}
