/* SPDX-License-Identifier: MIT */
/* That readers were told what became of their comments: see review.h. */
#include <stdlib.h>
#include <string.h>

#include "calendar.h"
#include "error.h"
#include "notes.h"
#include "review_private.h"
#include "strbuf.h"

#define VERB "answered <"

void answer_line_read(struct answer *answered, struct arena *arena,
		      struct slice line)
{
	struct slice rest = slice_chomp(line);
	int64_t time;
	size_t end;

	if (slice_find_slice(rest, SLICE(" " VERB)) == rest.len ||
	    !event_time_read(&time, &rest) ||
	    !slice_starts_with(rest, SLICE(VERB)))
		return;
	rest = slice_sub(rest, strlen(VERB), rest.len);
	end = slice_find(rest, '>');
	if (!end || end == rest.len)
		return;
	if (!*answered->message_id || time < answered->time)
		answered->time = time;
	answered->message_id = arena_copy(arena, slice_sub(rest, 0, end));
	answered->put_off = slice_eq_str(
		slice_trim(slice_sub(rest, end + 1, rest.len)),
		comment_state_name(COMMENT_DEFERRED));
}

bool review_wants_answer(const struct review_comment *comment)
{
	bool answered = *comment->answered.message_id;

	switch (comment->state.state) {
	case COMMENT_APPLIED:
	case COMMENT_ALREADY:
	case COMMENT_DECLINED:
	case COMMENT_NOTED:
		return !answered || comment->answered.put_off;
	case COMMENT_DEFERRED:
		return !answered;
	case COMMENT_OPEN:
	case COMMENT_MARKED:
	case COMMENT_SUPERSEDED:
		break;
	}
	return false;
}

/* After all that was said before, since lines are sorted. */
static void make_later(int64_t *time, struct slice note)
{
	struct slice line;

	while (slice_next_line(&line, &note)) {
		int64_t said;

		if (event_time_read(&said, &line) && said >= *time)
			*time = said + 1;
	}
}

int review_answer_line(struct strbuf *out, struct repository *repo,
		       const struct review_comment *comment,
		       const struct moment *when, const char *message_id,
		       struct error *err)
{
	struct strbuf note = STRBUF_INIT;
	char date[CALENDAR_TIME_SIZE];
	int64_t time = when->seconds;
	int rc = notes_read(&note, repo, REVIEW_NOTES, comment->comment.id,
			    err);

	if (rc == ERROR_NOT_FOUND)
		rc = 0;
	if (!rc) {
		make_later(&time, strbuf_slice(&note));
		calendar_time(date, &(struct moment){ time, 0 });
		strbuf_addf(out, "%s " VERB "%s> %s\n", date, message_id,
			    comment_state_name(comment->state.state));
	}
	strbuf_release(&note);
	return rc;
}
