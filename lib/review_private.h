/* SPDX-License-Identifier: MIT */
/* What the files of the review module share; nobody else includes it. */
#ifndef REVIEW_PRIVATE_H
#define REVIEW_PRIVATE_H

#include "id_map.h"
#include "review.h"

/** Find the chunk of each in the outline. */
int review_find_chunks(struct review *review, const struct manuscript *ms,
		       struct error *err);

/** In reading order. */
void review_sort(struct review *review);

/** Set `depth`; `ids` has the index of each. */
void review_find_depths(struct review *review, const struct id_map *ids);

/** Set `same` and `next_same`. */
void review_find_same(struct review *review);

/** One line of a note. Borrowed from it, but for words with escapes. */
struct event_line {
	int64_t time;
	enum comment_state state;
	unsigned part, parts;	/* 0: of the whole */
	struct slice seen;	/* digits of the commit that it was said after;
				 * "0": after none; or empty */
	struct slice words;	/* as written, escaped */
};

/** Read a line: false if it is none of ours. */
bool event_line_read(struct event_line *event, struct slice line);

/** Note what a line "<date> answered <id> <state>" says; another is nothing. */
void answer_line_read(struct answer *answered, struct arena *arena,
		      struct slice line);

/** The date at the front of a line of a note, which is taken off. */
bool event_time_read(int64_t *time, struct slice *line);

/** Append a line with its end. `moved`: the date is not the true one. */
void event_line_add(struct strbuf *out, int64_t time, bool moved,
		    const struct review_event *event);

/** Was it said after that effect? */
bool event_is_after(const struct event_line *event,
		    const struct review_effect *effect);

/** Append the words without escapes. */
void event_words(struct strbuf *out, struct slice escaped);

/** All of the comment was decided at that time, if not before. */
void review_note_decided(struct review_comment *comment, int64_t time);

/** "2", "2/3": false if it is neither. */
bool event_part_read(unsigned *part, unsigned *parts, struct slice text);

/** The note on a comment. */
struct comment_note {
	size_t comment;
	struct slice text;	/* in the review's arena */
};

struct comment_notes {
	struct comment_note *items;
	size_t count, capacity;
};

/** Read those on the comments; `ids` has the index of each. */
int comment_notes_read(struct comment_notes *notes, struct review *review,
		       const struct id_map *ids, struct repository *repo,
		       struct error *err);

/** A commit that a note calls the answer: "applied <commit>". */
struct answer_link {
	char commit[COMMIT_ID_LENGTH + 1];
	unsigned part, parts;
};

/**
 * The n-th of the links of a note that hold: none that was taken back, or
 * decided otherwise later.
 */
bool comment_note_link(struct answer_link *link, struct slice note, size_t n);

/**
 * Read the history, then the notes: what is in the text is, whatever was said
 * of it before.
 */
int review_read_history(struct review *review, const struct id_map *ids,
			const struct comment_notes *notes,
			struct repository *repo, struct error *err);
void review_read_events(struct review *review,
			const struct comment_notes *notes);

#endif
