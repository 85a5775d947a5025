/* SPDX-License-Identifier: MIT */
/*
 * The notes on comments, and the commits that they call answers: a commit of
 * the author's own, which does not name the comment, is what became of it.
 *
 *	2026-01-02T03:04:05Z applied 1a2b3c4d...
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "notes.h"
#include "review_private.h"
#include "trailers.h"

struct reader {
	struct comment_notes *notes;
	struct review *review;
	const struct id_map *ids;
};

static int keep_note(const char *id, struct slice text, void *data)
{
	struct reader *r = data;
	struct comment_notes *notes = r->notes;
	size_t at;

	if (!id_map_find(&at, r->ids, id))
		return 0;
	GROW(notes->items, notes->count, notes->capacity);
	notes->items[notes->count++] = (struct comment_note){
		at, arena_slice(&r->review->arena, text)
	};
	return 0;
}

int comment_notes_read(struct comment_notes *notes, struct review *review,
		       const struct id_map *ids, struct repository *repo,
		       struct error *err)
{
	struct reader r = { notes, review, ids };

	return notes_each(repo, REVIEW_NOTES, keep_note, &r, err);
}

/* Is something else said of that passage in one of the lines? */
static bool is_taken_back(struct slice later, unsigned part)
{
	struct event_line event;
	struct slice line;

	while (slice_next_line(&line, &later))
		if (event_line_read(&event, line) &&
		    (!event.part || event.part == part))
			return true;
	return false;
}

bool comment_note_link(struct answer_link *link, struct slice note, size_t n)
{
	struct event_line event;
	struct slice line, id;

	while (slice_next_line(&line, &note)) {
		if (!event_line_read(&event, line) ||
		    event.state != COMMENT_APPLIED ||
		    !line_names_commit(&id, event.words, "") ||
		    is_taken_back(note, event.part) || n--)
			continue;
		memcpy(link->commit, id.ptr, COMMIT_ID_LENGTH);
		link->commit[COMMIT_ID_LENGTH] = '\0';
		link->part = event.part;
		link->parts = event.parts;
		return true;
	}
	return false;
}
