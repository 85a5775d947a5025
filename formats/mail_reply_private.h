/* SPDX-License-Identifier: MIT */
/* Between mail_reply*.c alone. */
#ifndef MAIL_REPLY_PRIVATE_H
#define MAIL_REPLY_PRIVATE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "slice.h"
#include "strbuf.h"

/* ---- mail_reply_lines.c: what each line is ----------------------------- */

enum reply_kind {
	REPLY_OWN,		/* the reader's words; may be blank */
	REPLY_QUOTE,		/* with its mark or, as a tail, without */
	REPLY_DROPPED		/* who wrote when; signatures; footers */
};

/** What a quoted line shows of a patch: bits. */
enum reply_side {
	REPLY_WORDS = 1,	/* nothing: it is no patch's */
	REPLY_HEADER = 2,
	REPLY_CONTEXT = 4,
	REPLY_OLD = 8,
	REPLY_NEW = 16
};

struct reply_line {
	struct slice text;	/* without marks of quotes, spaces at its end */
	size_t width;		/* characters, marks included */
	unsigned depth;		/* of a quote: marks */
	enum reply_kind kind;
	enum reply_side side;
};

struct reply_lines {
	struct reply_line *items;
	size_t count, capacity;
	bool unmarked;		/* below some line all is the mail that is
				 * answered, with nothing to tell it from what
				 * its reader may have put between */
};

void reply_lines_release(struct reply_lines *lines);
void reply_lines_read(struct reply_lines *lines, struct slice body);

static inline bool reply_is_blank(const struct reply_line *line)
{
	return !line->text.len;
}

static inline bool reply_is_own(const struct reply_line *line)
{
	return line->kind == REPLY_OWN;
}

/** The first line from `i` on that is not blank; lines->count if none. */
static inline size_t reply_next_filled(const struct reply_lines *lines,
				       size_t i)
{
	while (i < lines->count && reply_is_blank(&lines->items[i]))
		i++;
	return i;
}

/** "[...]", "[snip]", alone in its line. */
bool reply_is_gap(struct slice line);

/** Length of such a mark at the front of `s`, or 0. */
size_t reply_gap_length(struct slice s);

/* ---- mail_reply_drop.c: what is neither quoted nor said ----------------- */

void reply_lines_drop(struct reply_lines *lines, struct slice body);

/* ---- mail_reply_about.c ------------------------------------------------- */

#define REPLY_LABEL_SIZE 16

/** What a run of own lines is about; slices live in the arena given. */
struct reply_about {
	char label[REPLY_LABEL_SIZE];
	struct slice *quotes;		/* the pieces, as in feedback.h */
	size_t quote_count;
	struct slice quote;		/* all of it, for corrections */
};

/** What the lines `from` to `to`, above a reader's words, quote. */
void reply_about_read(struct reply_about *about, struct arena *arena,
		      const struct reply_lines *lines, size_t from, size_t to);

/**
 * Append the quoted lines of these sides as paragraphs, with "\n\n" between;
 * where the reader cut something out, there is "[...]".
 */
void reply_join(struct strbuf *out, const struct reply_lines *lines,
		size_t from, size_t to, unsigned sides);

/* ---- mail_reply_hunk.c: a patch that is quoted -------------------------- */

/** Find the lines of patches, and take their prefixes away. */
void reply_lines_hunks(struct reply_lines *lines);

/**
 * What the lines show of a patch, in the words that it was made for: what
 * stands before a change, if that is shown, and the sentences that are
 * changed; without a change, its context. False: there is no patch in them.
 */
bool reply_about_hunk(struct reply_about *about, struct arena *arena,
		      const struct reply_lines *lines, size_t from, size_t to);

/* ---- mail_reply_attribution.c ------------------------------------------ */

/** "On … wrote:" in one line, and the same with less to go by: `sure`. */
bool reply_is_attribution(struct slice line, bool sure);

/** May such a sentence start with this line? */
bool reply_starts_attribution(struct slice line);

/** "From: …", "Gesendet: …": a line of what Outlook puts above a quote. */
bool reply_is_header(struct slice line);

/** "-----Original Message-----", or a row of "_". */
bool reply_is_ruler(struct slice line);

/* ---- mail_reply_phrases.c ----------------------------------------------- */

/** "Sent from my telephone", in the words of the makers. */
bool reply_is_device(struct slice line);

/** The start of a legal notice, or of what a mailing list adds. */
bool reply_is_footer(struct slice line);

/** Nothing but a greeting, thanks, "some notes below:" or a farewell. */
bool reply_is_talk(struct slice paragraph);

/** "My comments are below, in red": nothing else is said, but there. */
bool reply_is_elsewhere(struct slice words);

/** A name alone, as under a letter. */
bool reply_is_name(struct slice paragraph);

/** Does `s` have `phrase`, which is in small letters? ASCII case aside. */
bool reply_has(struct slice s, const char *phrase);
bool reply_starts(struct slice s, const char *phrase);

/* ---- mail_reply_label.c ------------------------------------------------- */

/**
 * The label that a line starts with: its length with what parts it from the
 * words, or 0. `mid`: the line goes on from the one before, so only a label
 * that is marked as one counts; `chapters`: "3:" is a chapter.
 */
size_t reply_label(char out[REPLY_LABEL_SIZE], struct slice line, bool mid,
		   bool chapters);

/**
 * Is it the first line of an item of a list: "1. ", "- "; or of words about a
 * page, "p. 12, line 3"? `words`: where those of the item begin.
 */
bool reply_item(size_t *words, struct slice line);

/**
 * The round that a line starts with, as drafts ask for it on paper: "2" of
 * "r2 3.14 …", "R2 3: …", "r2: …", "r2" alone. Its length with what parts it
 * from the rest, or 0.
 */
size_t reply_round(struct slice *round, struct slice line);

/** A label in the subject of a mail; "" if there is none. */
void reply_subject_label(char out[REPLY_LABEL_SIZE], struct slice subject);

/* ---- mail_reply_edit.c, mail_reply_critic.c ------------------------------ */

/** One explicit correction in a paragraph, or a remark on words marked. */
struct reply_edit {
	struct span span;	/* bytes of the paragraph that say it */
	bool remark;		/* `old_words` is what `new_words` is about */
	bool everywhere;
	struct slice old_words, new_words; /* in the arena; one line */
	struct slice reason;	/* what is in it besides; often empty */
};

struct reply_edits {
	struct reply_edit *items;
	size_t count, capacity;
	struct arena *arena;
};

struct reply_context {
	bool labelled;
	struct slice quote;	/* what is quoted above, or empty */
};

/** Add what a paragraph, its lines ended by "\n", says explicitly. */
void reply_edits_read(struct reply_edits *edits, struct slice paragraph,
		      const struct reply_context *context);

void reply_edits_add(struct reply_edits *edits, struct span span,
		     struct slice old_words, struct slice new_words,
		     bool everywhere);

/** The words in quotes that a paragraph starts with, if they are some. */
bool reply_cited(struct slice *out, struct slice paragraph);

/** The same for CriticMarkup: true if there was any. */
bool reply_critic_read(struct reply_edits *edits, struct slice paragraph);

/* ---- mail_reply_words.c -------------------------------------------------- */

/** Append a paragraph: lines that were wrapped by a program are one. */
void reply_add_words(struct strbuf *out, struct slice paragraph);

/**
 * The same for what stands around a correction, without the brackets or the
 * comma that join it; after a line end, if there is something already.
 */
void reply_add_reason(struct strbuf *out, struct slice words);

/** On one line: white space of any kind is one space, none at the ends. */
struct slice reply_one_line(struct arena *arena, struct slice s);

size_t reply_count_words(struct slice s);

#endif
