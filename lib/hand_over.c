/* SPDX-License-Identifier: MIT */
/*
 * The file:
 *	? Ann Reader <ann@example.org>		her mail is handed over
 *	+ refs/notes/rounds 1a2b… 2026-…	it was: what to note
 *	-					it was not
 */
#define _GNU_SOURCE /* flock */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "arena.h"
#include "error.h"
#include "hand_over.h"
#include "notes.h"
#include "repository_git.h"
#include "strbuf.h"

#define FILE_NAME "galley-sent"

struct hand_over {
	struct repository *repo;
	struct arena arena;
	struct person who;
	struct moment when;
	char *path;
	int fd;
	const char *doubt;
};

static int cannot_write(const struct hand_over *h, struct error *err)
{
	return error_set_errno(err, "cannot write '%s'", h->path);
}

/* Lock the file that has the name now: others take it away when they end. */
static int open_locked(struct hand_over *h, struct error *err)
{
	struct stat own, named;

	for (;;) {
		h->fd = open(h->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC,
			     0666);
		if (h->fd < 0)
			return cannot_write(h, err);
		if (flock(h->fd, LOCK_EX | LOCK_NB) < 0)
			return errno == EWOULDBLOCK ?
			       error_set(err, ERROR_BUSY, "mails are being "
					 "sent from this repository already") :
			       cannot_write(h, err);
		if (!fstat(h->fd, &own) && !stat(h->path, &named) &&
		    own.st_ino == named.st_ino)
			return 0;
		close(h->fd);
	}
}

static int read_all(struct strbuf *out, const struct hand_over *h,
		    struct error *err)
{
	off_t at = 0;
	ssize_t n;

	do {
		strbuf_grow(out, 1 << 16);
		n = pread(h->fd, out->buf + out->len, 1 << 16, at);
		if (n < 0 && errno != EINTR)
			return error_set_errno(err, "cannot read '%s'",
					       h->path);
		if (n > 0) {
			out->len += (size_t)n;
			out->buf[out->len] = '\0';
			at += n;
		}
	} while (n);
	return 0;
}

/* --- into the notes ------------------------------------------------------- */

struct noted {
	const char *ref;
	struct note note;
};

struct noted_list {
	struct noted *items;
	size_t count, capacity;
};

/* "+ <ref> <id> <line>" */
static void read_note(struct noted_list *list, struct arena *arena,
		      struct slice line)
{
	size_t ref, id;

	line = slice_sub(line, 2, line.len);
	ref = slice_find(line, ' ');
	id = slice_find(slice_sub(line, ref + 1, line.len), ' ');
	if (id != COMMIT_ID_LENGTH)
		return;
	GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = (struct noted){
		arena_copy(arena, slice_sub(line, 0, ref)),
		{ arena_copy(arena, slice_sub(line, ref + 1, ref + 1 + id)),
		  slice_sub(line, ref + 2 + id, line.len) }
	};
}

/* A line that is cut off was never true. */
static void read_lines(struct noted_list *list, struct hand_over *h,
		       struct arena *arena, struct slice text)
{
	struct slice line;

	while (slice_next_line(&line, &text)) {
		if (!slice_ends_with(line, SLICE("\n")))
			break;
		if (slice_starts_with(line, SLICE("? ")))
			h->doubt = arena_copy(&h->arena, slice_chomp(
				slice_sub(line, 2, line.len)));
		else
			h->doubt = NULL;
		if (slice_starts_with(line, SLICE("+ ")))
			read_note(list, arena, line);
	}
}

static int add_notes(const struct hand_over *h, struct noted_list *list,
		     const char *ref, struct error *err)
{
	struct note *notes = xcalloc(list->count + 1, sizeof(*notes));
	size_t count = 0;
	int rc;

	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->items[i].ref, ref))
			notes[count++] = list->items[i].note;
	rc = notes_add_lines(h->repo, ref, notes, count, &h->who, &h->when,
			     "mails that were sent", err);
	free(notes);
	return rc;
}

/* Note all that the file says; then it can be empty. */
static int note_all(struct hand_over *h, struct error *err)
{
	struct noted_list list = { NULL, 0, 0 };
	struct strbuf text = STRBUF_INIT;
	struct arena arena = ARENA_INIT;
	int rc = read_all(&text, h, err);

	if (!rc)
		read_lines(&list, h, &arena, strbuf_slice(&text));
	for (size_t i = 0; i < list.count && !rc; i++) {
		bool seen = false;

		for (size_t k = 0; k < i && !seen && k < 8; k++)
			seen = !strcmp(list.items[k].ref, list.items[i].ref);
		if (!seen)
			rc = add_notes(h, &list, list.items[i].ref, err);
	}
	if (!rc && text.len && ftruncate(h->fd, 0) < 0)
		rc = cannot_write(h, err);
	free(list.items);
	arena_release(&arena);
	strbuf_release(&text);
	return rc;
}

/* --- open and close ------------------------------------------------------- */

static void release(struct hand_over *h)
{
	if (h->fd >= 0)
		close(h->fd);
	free(h->path);
	arena_release(&h->arena);
	free(h);
}

int hand_over_open(struct hand_over **out, struct repository *repo,
		   const struct person *who, const struct moment *when,
		   struct error *err)
{
	struct hand_over *h = xcalloc(1, sizeof(*h));
	struct strbuf path = STRBUF_INIT;
	int rc;

	strbuf_addf(&path, "%s" FILE_NAME,
		    git_repository_commondir(repo->git));
	h->path = strbuf_detach(&path, NULL);
	h->repo = repo;
	h->fd = -1;
	h->who.name = arena_strdup(&h->arena, who->name);
	h->who.email = arena_strdup(&h->arena, who->email);
	h->when = *when;
	if ((rc = open_locked(h, err)) < 0 || (rc = note_all(h, err)) < 0) {
		release(h);
		return rc;
	}
	*out = h;
	return 0;
}

const char *hand_over_doubt(const struct hand_over *h)
{
	return h->doubt;
}

int hand_over_close(struct hand_over *h, struct error *err)
{
	int rc;

	if (!h)
		return 0;
	rc = note_all(h, err);
	/* while it is locked: who waits for it finds that it is gone */
	if (!rc && unlink(h->path) < 0)
		rc = cannot_write(h, err);
	release(h);
	return rc;
}

/* --- one mail ------------------------------------------------------------- */

/* In one piece, and on the disk. */
static int add(struct hand_over *h, const struct strbuf *line,
	       struct error *err)
{
	const char *bytes = line->buf;
	size_t left = line->len;

	while (left) {
		ssize_t n = write(h->fd, bytes, left);

		if (n < 0 && errno != EINTR)
			return cannot_write(h, err);
		if (n > 0) {
			bytes += n;
			left -= (size_t)n;
		}
	}
	if (fdatasync(h->fd) < 0 && errno != EINVAL)
		return cannot_write(h, err);
	return 0;
}

int hand_over_begin(struct hand_over *h, const char *whom, struct error *err)
{
	struct strbuf line = STRBUF_INIT;
	int rc;

	strbuf_addf(&line, "? %s", whom);
	for (size_t i = 2; i < line.len; i++)
		if (line.buf[i] == '\n' || line.buf[i] == '\r')
			line.buf[i] = ' ';
	strbuf_addch(&line, '\n');
	rc = add(h, &line, err);
	strbuf_release(&line);
	return rc;
}

int hand_over_done(struct hand_over *h, const struct hand_over_note *notes,
		   size_t count, struct error *err)
{
	struct strbuf lines = STRBUF_INIT;
	int rc;

	for (size_t i = 0; i < count; i++)
		strbuf_addf(&lines, "+ %s %s %.*s", notes[i].ref, notes[i].id,
			    SLICE_ARG(notes[i].line));
	rc = add(h, &lines, err);
	strbuf_release(&lines);
	return rc;
}

int hand_over_failed(struct hand_over *h, struct error *err)
{
	struct strbuf line = STRBUF_INIT;
	int rc;

	strbuf_adds(&line, "-\n");
	rc = add(h, &line, err);
	strbuf_release(&line);
	return rc;
}
