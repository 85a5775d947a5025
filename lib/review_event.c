/* SPDX-License-Identifier: MIT */
/* Decisions as lines of git notes: see review.h. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "calendar.h"
#include "error.h"
#include "git_date.h"
#include "notes.h"
#include "review_private.h"
#include "strbuf.h"

#define SEEN_DIGITS 12	/* of a commit's id */

static const char *const names[COMMENT_STATES] = {
	"open", "applied", "marked", "already", "declined", "deferred",
	"superseded", "noted"
};

const char *comment_state_name(enum comment_state state)
{
	return names[state];
}

int comment_state_named(enum comment_state *out, struct slice name)
{
	for (size_t i = 0; i < COMMENT_STATES; i++)
		if (slice_eq_str(name, names[i])) {
			*out = (enum comment_state)i;
			return 0;
		}
	return ERROR_NOT_FOUND;
}

/* Take the next word off the line. */
static struct slice take_word(struct slice *line)
{
	size_t n = slice_find(*line, ' ');
	struct slice word = slice_sub(*line, 0, n);

	*line = slice_sub(*line, n + 1, line->len);
	return word;
}

static bool read_time(int64_t *time, struct slice word)
{
	char text[32];
	int offset;

	if (!word.len || word.len >= sizeof(text))
		return false;
	memcpy(text, word.ptr, word.len);
	text[word.len] = '\0';
	return !git_date_parse(time, &offset, text, NULL);
}

static bool read_number(unsigned *n, struct slice digits)
{
	*n = 0;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9' ||
		    *n > 100000)
			return false;
		*n = *n * 10 + (unsigned)(digits.ptr[i] - '0');
	}
	return *n > 0;
}

bool event_part_read(unsigned *part, unsigned *parts, struct slice text)
{
	size_t slash = slice_find(text, '/');

	*parts = 0;
	return read_number(part, slice_sub(text, 0, slash)) &&
	       (slash == text.len ||
		read_number(parts, slice_sub(text, slash + 1, text.len)));
}

/* "declined", "declined.2/3", either of them with "@1a2b3c4d" or "@0" */
static bool read_verb(struct event_line *event, struct slice word)
{
	size_t at = slice_find(word, '@'), dot;

	event->seen = slice_sub(word, at + 1, word.len);
	word = slice_sub(word, 0, at);
	dot = slice_find(word, '.');
	event->part = event->parts = 0;
	if (comment_state_named(&event->state, slice_sub(word, 0, dot)) < 0)
		return false;
	return dot == word.len ||
	       event_part_read(&event->part, &event->parts,
			       slice_sub(word, dot + 1, word.len));
}

bool event_time_read(int64_t *time, struct slice *line)
{
	return read_time(time, take_word(line));
}

bool event_line_read(struct event_line *event, struct slice line)
{
	line = slice_chomp(line);
	if (!event_time_read(&event->time, &line) ||
	    !read_verb(event, take_word(&line)))
		return false;
	event->words = line;
	return true;
}

void event_line_add(struct strbuf *out, int64_t time, bool moved,
		    const struct review_event *event)
{
	struct slice words = slice_trim(slice_of(event->words));
	char date[CALENDAR_TIME_SIZE];

	calendar_time(date, &(struct moment){ time, 0 });
	strbuf_adds(out, date);
	strbuf_addf(out, " %s", names[event->state]);
	if (event->part)
		strbuf_addf(out, ".%u", event->part);
	if (event->part && event->parts)
		strbuf_addf(out, "/%u", event->parts);
	if (moved)
		strbuf_addf(out, "@%.*s", SEEN_DIGITS,
			    event->after ? event->after->commit : "0");
	if (words.len)
		strbuf_addch(out, ' ');
	for (size_t i = 0; i < words.len; i++) {
		char c = words.ptr[i];

		if (c == '\n' || c == '\\')
			strbuf_addch(out, '\\');
		if (c != '\r')
			strbuf_addch(out, c == '\n' ? 'n' : c ? c : ' ');
	}
	strbuf_addch(out, '\n');
}

void event_words(struct strbuf *out, struct slice escaped)
{
	for (size_t i = 0; i < escaped.len; i++) {
		char c = escaped.ptr[i];

		if (c == '\\' && i + 1 < escaped.len) {
			c = escaped.ptr[++i];
			c = c == 'n' ? '\n' : c;
		}
		strbuf_addch(out, c);
	}
}

/*
 * A commit is after what was said in its second: an author says it of a text
 * that has the commit, so that its date is moved.
 */
bool event_is_after(const struct event_line *event,
		    const struct review_effect *effect)
{
	if (event->seen.len == 1) /* "0" */
		return false;
	if (event->seen.len)
		return slice_starts_with(slice_of(effect->commit),
					 event->seen);
	return effect->time < event->time;
}

/* How many of the effects are before it; by dates if none is the one that it
 * names, which a rebase may have made another commit. */
static size_t count_before(const struct review_comment *c,
			   const struct event_line *event)
{
	struct event_line dated = *event;
	size_t n = c->effect_count;

	if (slice_eq_str(event->seen, "0"))
		return 0;
	while (n && !event_is_after(event, &c->effects[n - 1]))
		n--;
	if (n || !event->seen.len)
		return n;
	dated.seen.len = 0;
	return count_before(c, &dated);
}

/* Is it in the text, or did history do something after this was said? */
static bool is_past(const struct review_comment *comment,
		    const struct event_line *event)
{
	const struct decision *now = review_part(comment, event->part);

	if (now->state == COMMENT_APPLIED && *now->commit)
		return true;
	for (size_t i = count_before(comment, event);
	     i < comment->effect_count; i++) {
		unsigned part = comment->effects[i].part;

		if (!part || !event->part || part == event->part)
			return true;
	}
	return false;
}

static void read_note(struct review *review, const struct comment_note *note,
		      struct strbuf *words)
{
	struct review_comment *c = &review->items[note->comment];
	struct slice text = note->text, line;
	struct event_line event;

	while (slice_next_line(&line, &text)) {
		answer_line_read(&c->answered, &review->arena, line);
		/* what is in the text, history says */
		if (!event_line_read(&event, line) ||
		    event.state == COMMENT_APPLIED)
			continue;
		if (is_past(c, &event)) {
			if (!event.part && event.state != COMMENT_OPEN)
				review_note_decided(c, event.time);
			continue;
		}
		strbuf_truncate(words, 0);
		event_words(words, event.words);
		review_set_state(c, &(struct decision){
			event.state, event.part, event.time,
			arena_strdup(&review->arena, words->buf), "",
			event.parts, DECIDED_IN_NOTE });
	}
}

void review_read_events(struct review *review,
			const struct comment_notes *notes)
{
	struct strbuf words = STRBUF_INIT;

	for (size_t i = 0; i < notes->count; i++)
		read_note(review, &notes->items[i], &words);
	strbuf_release(&words);
}

/* --- writing -------------------------------------------------------------- */

/*
 * Is the event what was said last? Else `time` is made later than all that is
 * there, since lines are sorted and the last one counts.
 */
static bool is_said(int64_t *time, struct slice note,
		    const struct review_event *event, struct slice words)
{
	struct event_line line;
	struct slice text;
	bool said = false;

	while (slice_next_line(&text, &note)) {
		if (!event_line_read(&line, text))
			continue;
		if (line.time >= *time)
			*time = line.time + 1;
		if (!line.part || line.part == event->part)
			said = line.part == event->part &&
			       line.state == event->state &&
			       (!event->after ||
				event_is_after(&line, event->after)) &&
			       slice_eq(line.words, words);
	}
	return said;
}

/* The line of an event, unless the note says it. */
static int add_event(struct strbuf *out, struct repository *repo,
		     const struct review_event *event, int64_t time,
		     struct error *err)
{
	struct strbuf note = STRBUF_INIT, line = STRBUF_INIT;
	struct event_line own;
	int64_t later = time;
	int rc = notes_read(&note, repo, REVIEW_NOTES, event->id, err);

	if (rc == ERROR_NOT_FOUND)
		rc = 0;
	if (event->after && later <= event->after->time)
		later = event->after->time + 1;
	event_line_add(&line, later, false, event);
	event_line_read(&own, strbuf_slice(&line));
	if (!rc && !is_said(&later, strbuf_slice(&note), event, own.words))
		event_line_add(out, later, later != time, event);
	strbuf_release(&note);
	strbuf_release(&line);
	return rc;
}

int review_decide(struct repository *repo, const struct review_event *events,
		  size_t count, const struct person *who,
		  const struct moment *when, struct error *err)
{
	struct note *notes = xreallocarray(NULL, count + 1, sizeof(*notes));
	struct arena arena = ARENA_INIT;
	struct strbuf line = STRBUF_INIT;
	size_t used = 0;
	int rc = 0;

	for (size_t i = 0; i < count && !rc; i++) {
		strbuf_truncate(&line, 0);
		rc = add_event(&line, repo, &events[i], when->seconds, err);
		if (line.len)
			notes[used++] = (struct note){
				events[i].id,
				arena_slice(&arena, strbuf_slice(&line))
			};
	}
	if (!rc && used)
		rc = notes_add_lines(repo, REVIEW_NOTES, notes, used, who,
				     when, "review: decisions", err);
	arena_release(&arena);
	strbuf_release(&line);
	free(notes);
	return rc;
}
