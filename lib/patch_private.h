/* SPDX-License-Identifier: MIT */
/*
 * What the files that apply and repair patches share.
 *
 * patch_clean.c	patches that fit byte by byte
 * patch_lines.c	the text as lines, and where equal lines stand
 * patch_fold.c		what is left of a line after any damage
 * patch_link.c		addresses as they were before they were decorated
 * patch_raw.c		lines of the mail
 * patch_reading.c	which of them are which lines of the text
 * patch_evidence.c	what the damage does to lines that we have as they were
 * patch_draft.c	the result, and what of it is to be chosen
 * patch_words.c	new lines beside the old ones, word by word
 * patch_marks.c, patch_gaps.c	the damage undone in them
 * patch_habits.c	how the text sets its marks
 * patch_refuse.c, patch_choose.c, patch_repair.c	the whole of it, and
 *			its proof: patch_repair.h
 */
#ifndef PATCH_PRIVATE_H
#define PATCH_PRIVATE_H

#include <stdint.h>

#include "patch.h"
#include "strbuf.h"
#include "vocabulary.h"

/* --- patch_lines.c ------------------------------------------------------- */

/** A text as lines: line i is the bytes from at[i] up to at[i + 1]. */
struct patch_text {
	struct slice text;	/* borrowed */
	size_t *at;
	size_t count;		/* of lines */
	uint32_t *first;	/* by hash: the first line, + 1 */
	uint32_t *next;		/* by line: the next one like it, + 1 */
	uint32_t *alike;	/* by the first line: how many there are */
	size_t table_size;
	struct strbuf folded;	/* of all lines, patch_text_fold() */
	size_t *fold_at;
};

#define PATCH_TEXT_INIT { .folded = STRBUF_INIT }

void patch_text_init(struct patch_text *text, struct slice bytes);
void patch_text_release(struct patch_text *text);

/** Line `i` with its end, and without it. */
struct slice patch_text_line(const struct patch_text *text, size_t i);
struct slice patch_text_words(const struct patch_text *text, size_t i);

/**
 * The first line equal to `line` (line end and all) + 1, or 0; the next one
 * is text->next[i - 1]. `alike` is how many there are.
 */
size_t patch_text_find(struct patch_text *text, struct slice line,
		       size_t *alike);

/** Line `i` folded; the first call folds them all. */
struct slice patch_text_folded(struct patch_text *text, size_t i);

/* --- patch_clean.c ------------------------------------------------------- */

/**
 * The patch as its writer sent it, where its lines stand in base byte by byte
 * and nothing casts doubt on them. False: look closer; `out` is then as it
 * was.
 */
bool patch_apply_clean(struct strbuf *out, const struct patch_file *file,
		       struct slice base, struct patch_report *report);

/** True if git names these bytes so; the id may be short. */
bool patch_is_blob(struct slice text, const char *id);

/** True if it was made for this text, and says what git names its result. */
bool patch_is_provable(const struct patch_file *file, struct slice base);

/** True if it says nothing of what it was made for, and what it makes. */
bool patch_is_nameless(const struct patch_file *file);

/**
 * Take the next line off `rest`, its prefix and all, without its line feed.
 * `ended`: it had one. A lone carriage return ends no line here.
 */
bool patch_next_line(struct slice *line, bool *ended, struct slice *rest);

/** "-- ", whatever became of it. */
bool patch_is_signature(struct slice line);

/** True if lines of it end in spaces. */
bool patch_has_ends(struct slice text);

/** True if git's signature follows. */
bool patch_has_signature(const struct patch_hunk *hunk);

/**
 * True if `after`, which follows a hunk whose last line is the added line
 * `last`, may be the rest of that.
 */
bool patch_may_go_on(struct slice last, struct slice after);

/* --- patch_fold.c -------------------------------------------------------- */

/**
 * A text is folded to what no damage touches: white space of all kinds is
 * gone, quotes are straight, runs of hyphens and dashes are "-", an ellipsis
 * is "...". A unit is one character of it, or such a run; gaps between units
 * are the white space.
 */
enum patch_class {
	CLASS_WORD,		/* letters, digits, all that is not below */
	CLASS_MARK,		/* other ASCII */
	CLASS_SINGLE,		/* single quotes, apostrophes */
	CLASS_DOUBLE,
	CLASS_DASH,
	CLASS_DOTS,		/* one dot, or an ellipsis */
	CLASS_COUNT
};

struct patch_unit {
	size_t start, end;	/* bytes of the text */
	char folded[4];
	unsigned char len;	/* of folded */
	unsigned char class;	/* enum patch_class */
	bool ascii;
};

/** The first unit at or after byte `at`; false if there is none. */
bool patch_next_unit(struct patch_unit *unit, struct slice text, size_t at);

void patch_fold(struct strbuf *out, struct slice text);

/** True if there is a no-break space, of any width. */
bool patch_has_nbsp(struct slice gap);

/**
 * Units of two texts that fold to the same, side by side: the smallest runs
 * that are equal on both sides, each with the gap before it.
 */
struct patch_pair {
	struct span a, b;	/* bytes of the two texts */
	struct slice gap_a, gap_b;
	unsigned char class;
	bool ascii_a, ascii_b;
};

struct patch_pairs {
	struct slice a, b;
	size_t at_a, at_b;
};

/** The next pair; false at the end, when the gaps are what is left. */
bool patch_next_pair(struct patch_pair *pair, struct patch_pairs *pairs);

/* --- patch_link.c -------------------------------------------------------- */

/**
 * `line` without what mail programs add to addresses: "a@b.c<mailto:a@b.c>",
 * SafeLinks, URL Defense. The same slice where there was nothing; else a copy
 * in the arena.
 */
struct slice patch_unlink(struct arena *arena, struct slice line);

/** True if mail programs made a link in it what it is. */
bool patch_is_rewritten(struct slice text);

/** True if there is something that patch_unlink() would look at. */
bool patch_has_links(struct slice text);

/* --- patch_reading.c ----------------------------------------------------- */

/** A line of a hunk as it was sent, put together again. */
struct patch_op {
	char kind;		/* ' ', '-', '+' */
	bool bare;		/* "\ No newline" follows */
	bool naked;		/* blank, without even its prefix */
	bool nbsp;		/* the prefix is a no-break space */
	bool cut;		/* the mail ends in it */
	bool cr;		/* all its pieces ended in a carriage return */
	size_t line;		/* of the text, from 0; for '+': before it */
	struct slice words;	/* without the prefix; pieces are joined by
				 * line feeds */
	size_t at;		/* line of the mail, from 1 */
};

struct patch_reading {
	struct patch_op *ops;	/* of one hunk */
	size_t count;
};

#define PATCH_MOST_READINGS 16

struct patch_readings {
	struct patch_reading items[PATCH_MOST_READINGS];
	size_t count;
	bool given_up;		/* too many ways to look at all */
	bool cut_off;		/* the lines ended before the counts did */
	bool late;		/* all fits but the last line */
	bool elsewhere;		/* not at the line that the hunk names */
};

/**
 * All readings of a hunk that agree with the text and the counts: where the
 * hunk says, else in the one place from line `from` on that has any. Words
 * and ops live in the arena. `budget` is what may still be spent on other
 * places, in lines looked at, for all hunks together.
 */
void patch_read_hunk(struct patch_readings *readings, struct arena *arena,
		     const struct patch_hunk *hunk, struct patch_text *text,
		     size_t from, size_t *budget, bool unlink);

/** patch_raw.c: what the lines of a hunk look like: enum patch_repair. */
unsigned patch_suspect(const struct patch_hunk *hunk);

/* --- patch_evidence.c ---------------------------------------------------- */

enum patch_breaking {		/* how long lines were broken */
	BREAKING_UNKNOWN,
	BREAKING_WORDS,		/* at spaces, which went */
	BREAKING_COLUMN		/* anywhere; spaces stayed */
};

#define PATCH_MOST_MARKS 6

/** How lines that are known came out of the mail: how often what was seen. */
struct patch_evidence {
	size_t curled[CLASS_COUNT];	/* ASCII became typographic */
	size_t straightened[CLASS_COUNT];
	size_t kept[CLASS_COUNT];	/* ASCII stayed */
	size_t kept_dashes[2];		/* of these "--", and " -- " */
	size_t native[CLASS_COUNT];	/* typographic stayed */
	bool blurred[CLASS_COUNT];	/* different marks became the same */
	struct {
		struct slice mail, text;
	} changed[CLASS_COUNT][PATCH_MOST_MARKS]; /* marks that did */
	size_t changed_count[CLASS_COUNT];
	size_t nbsp, nbsp_lone, nbsp_native, tabs, tabs_kept, spaces, plain;
	size_t stripped, ends_kept;	/* spaces at line ends */
	size_t stuffed, unstuffed;
	size_t eaten, inside, seams;	/* breaks at spaces of which one went,
					 * within words, between other things */
	size_t spaced;			/* breaks at spaces that all stayed */
	size_t wide;			/* two spaces between sentences */
	size_t pieces;			/* that were broken off */
	size_t shortest[2], longest[2];	/* of them, characters and bytes */
	size_t tightest;		/* of them with the word after each */
	size_t crs, lines, old_lines, cr_lost, cr_added;
};

void patch_gather(struct patch_evidence *evidence,
		  const struct patch_op *op, const struct patch_text *text);

/** The same for a line that is new: its pieces, its carriage return. */
void patch_gather_new(struct patch_evidence *evidence,
		      const struct patch_op *op);

enum patch_breaking patch_breaking(const struct patch_evidence *evidence);

/** What was seen, as enum patch_repair. */
unsigned patch_seen(const struct patch_evidence *evidence);

/* --- patch_draft.c ------------------------------------------------------- */

#define PATCH_MOST_OPTIONS 5

/** How the text sets its marks: what of each class it has. */
struct patch_habits {
	bool ascii[CLASS_COUNT];	/* of dots: "..." */
	bool printed[CLASS_COUNT];
	bool dashes[2];			/* "--" within a line, and " -- " or
					 * " - " */
};

/** A place in a new line that can be read in more than one way. */
struct patch_choice {
	struct slice options[PATCH_MOST_OPTIONS]; /* the likeliest first */
	size_t count;
	unsigned repair;	/* one of enum patch_repair */
	bool certain;		/* the first, beyond doubt */
	size_t line;		/* of the mail */
	size_t taken;
};

/** The result: bytes, some of them to be chosen. */
struct patch_piece {
	struct slice bytes;
	struct patch_choice *choice;	/* or NULL: bytes */
};

#define PATCH_MOST_QUESTIONS 64

struct patch_draft {
	struct arena arena;
	struct patch_piece *pieces;
	size_t count, capacity;
	struct patch_choice **choices;
	size_t choice_count, choice_capacity;
	struct vocabulary vocabulary;
	uint32_t known;		/* words below are in old lines */
	const struct patch_text *text;
	const struct patch_evidence *evidence;
	struct patch_habits habits;
	bool has_tabs, has_ends;	/* the text has tabs, spaces at the
				 * ends of lines */
	struct slice asked[PATCH_MOST_QUESTIONS]; /* whether it has these */
	bool answers[PATCH_MOST_QUESTIONS];
	size_t asked_count;
	bool doubtful;		/* a new line has what may be damage, even
				 * where nothing says so */
};

#define PATCH_DRAFT_INIT { .arena = ARENA_INIT, \
			   .vocabulary = VOCABULARY_INIT }

void patch_draft_release(struct patch_draft *draft);

/** patch_habits.c */
void patch_habits_read(struct patch_habits *habits, struct slice text);

void patch_draft_add(struct patch_draft *draft, struct slice bytes);

/** A choice at this place; options follow, the likeliest first. */
struct patch_choice *patch_draft_choose(struct patch_draft *draft,
					unsigned repair, bool certain,
					size_t line);

/** One more option, unless it is there already or there are too many. */
void patch_choice_offer(struct patch_choice *choice, struct slice option);

/** Learn the words of a line taken out, before any group is added. */
void patch_draft_learn(struct patch_draft *draft, const struct patch_op *op);

/**
 * Add the new lines of `count` ops without context between them, with their
 * line ends; the old ones say what the damage did to their words. Words live
 * as long as the draft.
 */
void patch_draft_group(struct patch_draft *draft, const struct patch_op *ops,
		       size_t count);

/* --- patch_repair.c ------------------------------------------------------ */

/** The patch by the one reading of its lines that agrees with base. */
int patch_apply_repaired(struct strbuf *out, const struct patch_file *file,
			 struct slice base, struct patch_report *report,
			 struct error *err);

#endif
