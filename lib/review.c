/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "review_private.h"
#include "strbuf.h"

#define FEWEST_DIGITS 4

void review_release(struct review *review)
{
	for (size_t i = 0; i < review->count; i++) {
		free(review->items[i].parts);
		free(review->items[i].effects);
	}
	free(review->items);
	arena_release(&review->arena);
	*review = (struct review)REVIEW_INIT;
}

/* --- decisions ------------------------------------------------------------ */

static struct decision *part_of(struct review_comment *c, unsigned part)
{
	for (size_t i = 0; i < c->part_count; i++)
		if (c->parts[i].part == part)
			return &c->parts[i];
	GROW(c->parts, c->part_count, c->part_capacity);
	return &c->parts[c->part_count++];
}

/* All passages are decided: so is the whole, in the text if one of them is. */
static void sum_up(struct review_comment *c, unsigned parts)
{
	const struct decision *whole = NULL;

	if (!parts || c->part_count < parts)
		return;
	for (size_t i = 0; i < c->part_count; i++) {
		const struct decision *d = &c->parts[i];

		if (d->state == COMMENT_OPEN)
			return;
		if (!whole || d->state == COMMENT_APPLIED)
			whole = d;
	}
	c->state = *whole;
	c->state.part = 0;
}

const struct review_effect *
review_last_effect(const struct review_comment *c)
{
	return c->effect_count ? &c->effects[c->effect_count - 1] : NULL;
}

void review_note_decided(struct review_comment *c, int64_t time)
{
	if (!c->decided || time < c->decided)
		c->decided = time;
}

void review_set_state(struct review_comment *c,
		      const struct decision *decision)
{
	if (!decision->part) {
		/* of the whole: what was said of passages is past */
		c->state = *decision;
		c->part_count = 0;
	} else {
		*part_of(c, decision->part) = *decision;
		c->state = (struct decision){ .words = "", .commit = "" };
		sum_up(c, decision->parts);
	}
	if (c->state.state != COMMENT_OPEN)
		review_note_decided(c, decision->time);
}

const struct decision *review_part(const struct review_comment *comment,
				   unsigned part)
{
	for (size_t i = 0; part && i < comment->part_count; i++)
		if (comment->parts[i].part == part)
			return &comment->parts[i];
	return &comment->state;
}

/* --- reading -------------------------------------------------------------- */

struct reader {
	struct review *review;
	struct repository *repo;
	struct strbuf round;
	struct id_map parents;		/* -> index in `trees` */
	char (*trees)[COMMIT_ID_LENGTH + 1];
	size_t tree_count, tree_capacity;
	struct error *err;
};

static int read_entry(const struct history_entry *entry, void *data)
{
	struct reader *r = data;
	struct review_comment *c;

	GROW(r->review->items, r->review->count, r->review->capacity);
	c = &r->review->items[r->review->count++];
	*c = (struct review_comment){ .state = { .words = "", .commit = "" },
				      .answered = { .message_id = "" },
				      .chunk = SIZE_MAX,
				      .next_same = SIZE_MAX };
	comment_read(&c->comment, &r->review->arena, r->round.buf, entry);
	return 0;
}

static int read_comment(struct reader *r, struct slice round, const char *id)
{
	strbuf_truncate(&r->round, 0);
	strbuf_add_slice(&r->round, round);
	return history_read(r->repo, id, read_entry, r, r->err);
}

/* refs/comments/<round>/<id> */
static int read_ref(const char *name, const char *id, void *data)
{
	struct reader *r = data;
	const char *round = name + strlen(COMMENT_REFS);
	const char *slash = strrchr(round, '/');

	if (!slash || slash == round)
		return 0;
	return read_comment(r, (struct slice){ round,
					       (size_t)(slash - round) }, id);
}

static int read_tree_of(const struct history_entry *entry, void *data)
{
	memcpy(data, entry->tree, COMMIT_ID_LENGTH + 1);
	return 0;
}

/* The tree of a text that a reader saw: read once for all comments on it. */
static int parent_tree(const char **tree, struct reader *r, const char *parent)
{
	size_t at;
	int rc = 0;

	if (!id_map_find(&at, &r->parents, parent)) {
		GROW(r->trees, r->tree_count, r->tree_capacity);
		at = r->tree_count;
		rc = history_read(r->repo, parent, read_tree_of,
				  r->trees[at], r->err);
		if (rc < 0)
			return rc;
		id_map_add(&r->parents, parent, at);
		r->tree_count++;
	}
	*tree = r->trees[at];
	return 0;
}

static int find_changes(struct reader *r)
{
	for (size_t i = 0; i < r->review->count; i++) {
		struct review_comment *c = &r->review->items[i];
		const char *tree = "";
		int rc = 0;

		if (*c->comment.parent)
			rc = parent_tree(&tree, r, c->comment.parent);
		if (rc < 0)
			return rc;
		c->changes = strcmp(tree, c->comment.tree) != 0;
	}
	return 0;
}

/* Those that have no ref, unless they have one. */
static int read_extras(struct reader *r, const struct review_extra *extras,
		       size_t count)
{
	struct id_map ids = ID_MAP_INIT;
	int rc = 0;

	for (size_t i = 0; count && i < r->review->count; i++)
		id_map_add(&ids, r->review->items[i].comment.id, i);
	for (size_t i = 0; i < count && !rc; i++)
		if (id_map_add(&ids, extras[i].id, i))
			rc = read_comment(r, slice_of(extras[i].round),
					  extras[i].id);
	id_map_release(&ids);
	return rc;
}

static int read_comments(struct review *review, const char *round,
			 const struct review_extra *extras, size_t count,
			 struct repository *repo, struct error *err)
{
	struct reader r = { review, repo, STRBUF_INIT, ID_MAP_INIT, NULL, 0,
			    0, err };
	struct strbuf prefix = STRBUF_INIT;
	int rc;

	strbuf_adds(&prefix, COMMENT_REFS);
	if (round)
		strbuf_addf(&prefix, "%s/", round);
	rc = refs_each(repo, prefix.buf, read_ref, &r, err);
	if (!rc)
		rc = read_extras(&r, extras, count);
	if (!rc)
		rc = find_changes(&r);
	free(r.trees);
	id_map_release(&r.parents);
	strbuf_release(&r.round);
	strbuf_release(&prefix);
	return rc;
}

/* --- all of it ------------------------------------------------------------ */

/* The same thing said in the same mail; false: it came in none. */
static bool said_key(char key[COMMIT_ID_LENGTH + 1], const struct comment *c)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_addf(&text, "%.*s\n%u\n%s", SLICE_ARG(c->message_id), c->part,
		    c->reader.email);
	blob_id(key, strbuf_slice(&text));
	strbuf_release(&text);
	return c->message_id.len > 0;
}

/* What could not be placed, and then was, is said once. */
static void supersede_unplaced(struct review *review)
{
	struct id_map placed = ID_MAP_INIT;
	char key[COMMIT_ID_LENGTH + 1];
	size_t other;

	for (size_t i = 0; i < review->count; i++) {
		const struct comment *c = &review->items[i].comment;

		if (!c->unplaced.len && said_key(key, c))
			id_map_add(&placed, key, i);
	}
	for (size_t i = 0; i < review->count; i++) {
		struct review_comment *c = &review->items[i];

		if (c->comment.unplaced.len &&
		    c->state.state == COMMENT_OPEN &&
		    said_key(key, &c->comment) &&
		    id_map_find(&other, &placed, key))
			c->state.state = COMMENT_SUPERSEDED;
	}
	id_map_release(&placed);
}

static int read_review(struct review *review, const struct manuscript *ms,
		       const char *round, const struct review_extra *extras,
		       size_t count, struct error *err)
{
	struct comment_notes notes = { NULL, 0, 0 };
	struct id_map ids = ID_MAP_INIT;
	int rc = read_comments(review, round, extras, count, ms->repo, err);

	if (rc < 0)
		return rc;
	if ((rc = review_find_chunks(review, ms, err)) < 0)
		return rc;
	review_sort(review);
	for (size_t i = 0; i < review->count; i++)
		id_map_add(&ids, review->items[i].comment.id, i);
	review_find_depths(review, &ids);
	review_find_same(review);
	rc = comment_notes_read(&notes, review, &ids, ms->repo, err);
	if (!rc)
		rc = review_read_history(review, &ids, &notes, ms->repo, err);
	if (!rc) {
		review_read_events(review, &notes);
		supersede_unplaced(review);
	}
	free(notes.items);
	id_map_release(&ids);
	return rc;
}

int review_read(struct review *review, const struct manuscript *ms,
		const char *round, struct error *err)
{
	return read_review(review, ms, round, NULL, 0, err);
}

int review_read_also(struct review *review, const struct manuscript *ms,
		     const struct review_extra *extras, size_t count,
		     struct error *err)
{
	return read_review(review, ms, NULL, extras, count, err);
}

/* --- names ---------------------------------------------------------------- */

/* "1a2b3c4.2": the digits, and the passage. False: it is no name. */
static bool read_name(struct slice *digits, unsigned *part, struct slice name)
{
	size_t dot = slice_find(name, '.');

	*digits = slice_sub(name, 0, dot);
	*part = 0;
	for (size_t i = 0; i < dot; i++)
		if (!strchr("0123456789abcdefABCDEF", name.ptr[i]))
			return false;
	for (size_t i = dot + 1; i < name.len; i++) {
		if (name.ptr[i] < '0' || name.ptr[i] > '9' || *part > 100000)
			return false;
		*part = *part * 10 + (unsigned)(name.ptr[i] - '0');
	}
	return dot >= FEWEST_DIGITS && dot <= COMMIT_ID_LENGTH &&
	       (dot == name.len || *part);
}

static bool is_prefix(struct slice digits, const char *id)
{
	for (size_t i = 0; i < digits.len; i++)
		if ((digits.ptr[i] >= 'A' && digits.ptr[i] <= 'F' ?
		     digits.ptr[i] | 0x20 : digits.ptr[i]) != id[i])
			return false;
	return true;
}

int review_find(size_t *out, unsigned *part, const struct review *review,
		const char *name, struct error *err)
{
	struct slice digits;
	size_t found = 0;

	if (!read_name(&digits, part, slice_of(name)))
		return error_set(err, ERROR_INVALID, "'%s' is no comment's id; "
				 "'galley list' shows them", name);
	for (size_t i = 0; i < review->count; i++)
		if (is_prefix(digits, review->items[i].comment.id)) {
			*out = i;
			found++;
		}
	if (found > 1)
		return error_set(err, ERROR_AMBIGUOUS, "'%s' could be %zu "
				 "comments; give more of its digits", name,
				 found);
	if (!found)
		return error_set(err, ERROR_NOT_FOUND, "no comment '%s'",
				 name);
	return 0;
}
