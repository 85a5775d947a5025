/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "alloc.h"
#include "error.h"
#include "redline_book.h"
#include "repository.h"
#include "strbuf.h"

struct redline_book {
	struct book *books[2];
	struct redline *redline;
	size_t *chunks;		/* of the new one, by entries of its outline */
	struct arena arena;	/* texts */
};

/* A chunk's id, by which it is known to be the same; "" if it isn't there. */
static int chunk_key(char id[COMMIT_ID_LENGTH + 1],
		     const struct manuscript *ms,
		     const struct outline_entry *entry, struct error *err)
{
	int rc;

	id[0] = '\0';
	if (!entry->path || entry->kind == OUTLINE_SEPARATOR)
		return 0;
	rc = tree_blob_id(id, ms->tree, entry->path, err);
	return rc == ERROR_NOT_FOUND ? 0 : rc;
}

static int add_chunks(struct redline_book *rb, const struct manuscript *ms,
		      enum redline_side side, struct error *err)
{
	struct book *book = rb->books[side];
	struct strbuf text = STRBUF_INIT;
	int rc = 0;

	for (size_t i = 0; rc >= 0 && i < ms->outline.count; i++) {
		const struct outline_entry *entry = &ms->outline.items[i];
		char key[COMMIT_ID_LENGTH + 1];
		size_t n;

		if (side == REDLINE_NEW)
			rb->chunks[i] = SIZE_MAX;
		rc = chunk_key(key, ms, entry, err);
		if (rc < 0 || !key[0])
			continue;
		strbuf_truncate(&text, 0);
		rc = manuscript_read(&text, ms, entry, err);
		if (rc < 0)
			break;
		n = redline_add(rb->redline, side,
				arena_slice(&rb->arena, strbuf_slice(&text)),
				key, entry->path, book_definitions(book));
		if (side == REDLINE_NEW)
			rb->chunks[i] = n;
	}
	strbuf_release(&text);
	return rc;
}

int redline_book_open(struct redline_book **out, const struct manuscript *old,
		      const struct manuscript *new, document_reader *reader,
		      unsigned flags, book_warning *warn, void *data,
		      struct error *err)
{
	struct redline_book *rb = xcalloc(1, sizeof(*rb));
	int rc;

	rb->arena = (struct arena)ARENA_INIT;
	rb->redline = redline_new(reader);
	rb->chunks = xcalloc(new->outline.count + 1, sizeof(*rb->chunks));
	rc = book_open(&rb->books[REDLINE_OLD], old, reader, NULL, NULL, err);
	if (!rc)
		rc = book_open(&rb->books[REDLINE_NEW], new, reader, warn,
			       data, err);
	if (!rc)
		rc = add_chunks(rb, old, REDLINE_OLD, err);
	if (!rc)
		rc = add_chunks(rb, new, REDLINE_NEW, err);
	if (!rc)
		rc = redline_compare(rb->redline, flags & REDLINE_COUNT,
				     err);
	if (!rc && old->has_commit && new->has_commit)
		rc = redline_find_people(rb->redline, new->repo,
					 old->commit.id, new->commit.id, err);
	if (rc < 0) {
		redline_book_close(rb);
		return rc;
	}
	book_set_redline(rb->books[REDLINE_NEW], &(struct book_redline){
		rb->redline, rb->chunks, rb->books[REDLINE_OLD],
		flags & REDLINE_CHANGED_ONLY });
	*out = rb;
	return 0;
}

void redline_book_close(struct redline_book *rb)
{
	if (!rb)
		return;
	book_close(rb->books[REDLINE_NEW]);
	book_close(rb->books[REDLINE_OLD]);
	redline_free(rb->redline);
	arena_release(&rb->arena);
	free(rb->chunks);
	free(rb);
}

struct book *redline_book(const struct redline_book *rb)
{
	return rb->books[REDLINE_NEW];
}

const struct redline *redline_book_redline(const struct redline_book *rb)
{
	return rb->redline;
}

void redline_book_tally(struct redline_tally *out,
			const struct redline_book *rb, size_t index)
{
	size_t all;
	const struct redline_change *c = redline_changes(rb->redline, &all);

	*out = (struct redline_tally){ 0 };
	out->count = book_changes(rb->books[REDLINE_NEW], index, &out->first);
	for (size_t i = 0; i < out->count; i++) {
		const struct redline_change *change = &c[out->first - 1 + i];

		out->added += change->added;
		out->cut += change->cut;
		out->moved += change->kind == REDLINE_MOVED_HERE;
	}
}
