/* SPDX-License-Identifier: MIT */
/* What the files of collecting share; nobody else includes it. */
#ifndef COLLECT_PRIVATE_H
#define COLLECT_PRIVATE_H

#include "arena.h"
#include "collect.h"
#include "id_map.h"
#include "manuscript.h"
#include "notes.h"
#include "patch.h"
#include "patch_series.h"
#include "reader_list.h"
#include "review.h"
#include "strbuf.h"

struct text_map;

/** A chunk as it was in a base. */
struct base_text {
	const char *path;
	char blob[COMMIT_ID_LENGTH + 1];
	struct slice bytes;
};

/** A text of the manuscript that readers may have seen. */
struct base {
	char commit[COMMIT_ID_LENGTH + 1];
	const char *round;		/* or COMMENT_NO_ROUND */
	int64_t opened;			/* the round; else the commit */
	int64_t committed;
	struct manuscript *ms;		/* NULL: not opened yet */
	struct base *derived_from;	/* whose manuscript it is, or NULL */
	struct text_map *map;		/* NULL: not built yet */
	struct arena arena;		/* texts */
	struct base_text **texts;	/* a hash table by path */
	size_t text_count, text_capacity;
	const char **paths;		/* of the outline, sorted */
	size_t path_count;
};

/** All of them: rounds, the newest first; then others as they are found. */
struct bases {
	struct repository *repo;
	const char *root;		/* where the manuscript is */
	struct arena arena;
	struct base **items;
	size_t count, capacity;
	size_t round_count;		/* those in front are rounds */
	struct id_map by_commit;
};

int bases_open(struct bases *bases, const struct manuscript *ms,
	       struct error *err);
void bases_release(struct bases *bases);

/** The round of that name. ERROR_NOT_FOUND. */
int bases_round(struct base **out, struct bases *bases, const char *name,
		struct error *err);

/** The base that is commit `id`, made if it is not there yet. */
int bases_at(struct base **out, struct bases *bases, const char *id,
	     struct error *err);

/** The commit that is HEAD; ERROR_NOT_FOUND if there is none. */
int bases_head(struct base **out, struct bases *bases, struct error *err);

/** Open the manuscript of a base, as all below need it. */
int base_open(struct base *base, struct bases *bases, struct error *err);

/**
 * The chunk at `path`, as a patch may write it: a part of its folders may be
 * missing or too much, if it is clear which chunk is meant. ERROR_NOT_FOUND
 * with words for a person.
 */
int base_text(const struct base_text **out, struct base *base,
	      struct bases *bases, const char *path, struct error *err);

/**
 * What a patch or a copy makes of a chunk. Of theirs only what differs is
 * kept: ten thousand readers change a word each.
 */
struct patched {
	const char *path;
	char base_blob[COMMIT_ID_LENGTH + 1], blob[COMMIT_ID_LENGTH + 1];
	struct slice base;
	size_t prefix, suffix;		/* bytes of base that stay */
	struct slice words;		/* what is between them */
};

struct patched_list {
	struct patched *items;
	size_t count, capacity;
	unsigned repairs;		/* enum patch_repair */
};

/** Add a text and what becomes of it, which is copied into the arena. */
void patched_add(struct patched_list *list, struct arena *arena,
		 const struct base_text *text, struct slice theirs);

/** Append what became of the text. */
void patched_theirs(struct strbuf *out, const struct patched *patched);

/**
 * Apply all of a patch to a base. `by_blob`: only if the blobs that it names
 * are those of the base (ERROR_NOT_FOUND). Else errors as patch_apply() has
 * them. Nothing of a patch that asks for more than other words is taken:
 * ERROR_INVALID.
 */
int base_patch(struct patched_list *out, struct arena *arena,
	       struct base *base, struct bases *bases,
	       const struct patch *patch, bool by_blob, struct error *err);

/** A chunk as a comment makes it: the next of a series starts from there. */
struct made_text {
	char blob[COMMIT_ID_LENGTH + 1];
	size_t item;			/* of this run; SIZE_MAX: of before */
	const char *comment;		/* its id */
};

/* An item on its way to be a comment. */
struct item {
	const struct feedback *feedback;
	struct base *base;		/* NULL: not known yet */
	struct patched_list patched;	/* what it changes */
	bool is_remark, unplaced;
	bool dropped;			/* another item says the same */
	const char *chunk, *label, *why;
	const char *missing;		/* parts of its series, or "" */
	size_t newer;			/* the item that supersedes it;
					 * SIZE_MAX: none */
	char id[COMMIT_ID_LENGTH + 1];	/* of its comment */
};

struct collector {
	struct collection *out;
	const struct manuscript *ms;
	const struct collect_options *options;
	document_reader *reader;
	struct bases bases;
	struct reader_list readers;	/* empty when none is needed */
	struct base *asked;		/* the round of the options, or NULL */
	struct commit_batch *batch;
	struct review known;		/* what is there already */
	struct id_map known_ids;	/* of comments; and what they say: */
	struct id_map known_words, known_unplaced;
	struct made_text *made;		/* what comments make of chunks */
	size_t made_count, made_capacity;
	bool stored_read;		/* those of before are among them */
	struct item *items;		/* as the list of feedback has them */
	size_t count;
	struct patch_series series;	/* the order to take them in */
	struct arena *arena;		/* of `out` */
	struct note *mails;		/* of what was not placed */
	size_t mail_count, mail_capacity;
	struct error *err;
};

/** Who said something. */
struct sender {
	struct person who;
	const char *sent_from;	/* the mail's address, if it is not theirs */
};

/** Read the list of readers, if a mail names one of them by a code. */
int collect_read_readers(struct collector *c,
			 const struct feedback_list *list);

/**
 * Who said it: as the mail has it, or the reader whose copy it was written
 * from. A code is only believed where the name agrees, or there is none, and
 * the address is not another reader's: copies are passed on. Who said all of
 * it now did not say what was kept before, `again`.
 */
void collect_find_sender(struct sender *out, struct collector *c,
			 const struct feedback *f, bool again);

/** When it was said; the item's base is known. */
struct moment collect_moment(const struct item *item);

/** Append the message of its comment. */
void collect_message(struct strbuf *out, const struct item *item,
		     const struct sender *sender);

/** Note which comments there are, so that none is made twice. */
void collect_note_known(struct collector *c);

/** Make the comment of an item that is placed, unless it is there. */
int collect_make(struct collector *c, struct item *item);

/** Write down which comments have new versions. */
int collect_note_versions(struct collector *c);

/** The trailer of a comment that is sent as a patch again, else empty. */
struct slice own_trailer(const struct feedback *feedback, const char *key);

/** The round that the item names, if there is one of that name; or NULL. */
struct base *named_round(struct collector *c, const struct feedback *f);

/** Was the round there when this was said? */
bool base_was_open(const struct base *base, const struct feedback *f);

/** Find the texts of all patches that name their blobs. */
int collect_find_blobs(struct collector *c);

/** Place a patch, whose base may be known already. */
int collect_place_patch(struct collector *c, struct item *item);

/** What comes of a patch, or a copy, whose changes are known. */
int collect_describe(struct collector *c, struct item *item);

/**
 * Find the chunk that each file is a copy of, and what it changes; with it, or
 * without, items are dropped (feedback.h, `otherwise`).
 */
int collect_find_copies(struct collector *c);

/** Place an edit or a remark. */
int collect_place_words(struct collector *c, struct item *item);

/**
 * The text that the reader had: of the round that is named, else of the newest
 * that was open when they wrote; of HEAD if there are no rounds.
 */
int collect_find_round(struct base **out, struct collector *c,
		       const struct feedback *f);

/** The text map of a base, made when it is first asked for. */
int collect_map(struct text_map **map, struct collector *c,
		struct base *base);

/** Note what an item makes of its chunks. */
void collect_note_made(struct collector *c, size_t item, const char *comment);

/**
 * A base that is like `from` but for what `patched` makes of it: that of a
 * comment, which may not be written yet.
 */
struct base *bases_derive(struct bases *bases, const char *commit,
			  struct base *from,
			  const struct patched_list *patched);

#endif
