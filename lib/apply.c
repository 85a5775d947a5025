/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "apply_private.h"
#include "error.h"
#include "prose_index.h"
#include "prose_place.h"
#include "trailers.h"

int applier_open(struct applier **out, const struct manuscript *ms,
		 struct review *review, const struct change_people *people,
		 struct error *err)
{
	struct applier *a = xcalloc(1, sizeof(*a));
	int rc;

	a->ms = ms;
	a->review = review;
	if ((rc = change_begin(&a->change, ms->repo, err)) < 0 ||
	    (rc = change_set_people(a->change, people, err)) < 0 ||
	    (rc = apply_read_texts(a, err)) < 0) {
		applier_close(a);
		return rc;
	}
	apply_commits_open(&a->made, a->change);
	*out = a;
	return 0;
}

int applier_settle(struct applier *a, struct error *err)
{
	return apply_commits_settle(&a->made, err);
}

void apply_forget_edits(struct applier *a)
{
	for (size_t i = 0; i < a->edit_count; i++)
		prose_changes_release(&a->edits[i].changes);
	a->edit_count = 0;
	arena_reset(&a->scratch);
}

void applier_close(struct applier *a)
{
	if (!a)
		return;
	apply_forget_edits(a);
	apply_commits_close(&a->made);
	change_end(a->change);
	for (size_t i = 0; i < a->seen_count; i++)
		prose_drift_free(a->seen[i].drift);
	prose_index_free(a->index);
	for (size_t i = 0; i < a->text_count; i++)
		strbuf_release(&a->texts[i].own);
	free(a->texts);
	free(a->edits);
	free(a->seen);
	id_map_release(&a->bases);
	vocabulary_release(&a->vocabulary);
	arena_release(&a->arena);
	arena_release(&a->scratch);
	free(a);
}

int applier_finish(struct applier *a, struct error *err)
{
	int rc = applier_settle(a, err);

	if (!rc && a->commits)
		rc = change_commit(NULL, a->change, NULL, err);
	return rc;
}

static void add_comment_trailer(struct strbuf *message, const char *key,
				const char *id, const struct chosen *chosen)
{
	struct strbuf value = STRBUF_INIT;

	if (!chosen->count)
		trailers_add(message, key, slice_of(id));
	for (size_t i = 0; i < chosen->count; i++) {
		strbuf_truncate(&value, 0);
		strbuf_addf(&value, "%s.%u/%u", id, chosen->numbers[i],
			    chosen->passages);
		trailers_add(message, key, strbuf_slice(&value));
	}
	strbuf_release(&value);
}

/* Another that says the same, and waits for its answer too. */
static bool says_same(const struct review *review, size_t i, size_t at)
{
	return i != at && review->items[i].state.state == COMMENT_OPEN;
}

static void add_reader(struct strbuf *message, const struct person *reader)
{
	struct strbuf who = STRBUF_INIT;

	strbuf_addf(&who, "%s <%s>", reader->name, reader->email);
	trailers_add(message, "Suggested-by", strbuf_slice(&who));
	strbuf_release(&who);
}

/* Those who said the same, unless they are its author, and what they said. */
static void add_trailers(struct strbuf *message, const struct applier *a,
			 size_t at, const struct chosen *chosen,
			 const char *key, bool own)
{
	const struct review *review = a->review;
	const struct comment *c = &review->items[at].comment;

	if (own)
		add_reader(message, &c->reader);
	for (size_t i = review->items[at].same; i != SIZE_MAX;
	     i = review->items[i].next_same) {
		const struct person *other = &review->items[i].comment.reader;

		if (says_same(review, i, at) &&
		    strcmp(other->email, c->reader.email))
			add_reader(message, other);
	}
	add_comment_trailer(message, key, c->id, chosen);
	for (size_t i = review->items[at].same; i != SIZE_MAX;
	     i = review->items[i].next_same)
		if (says_same(review, i, at))
			add_comment_trailer(message, key,
					    review->items[i].comment.id,
					    chosen);
}

static void set_applied(struct applier *a, size_t at,
			const struct chosen *chosen, bool marked,
			const char *commit)
{
	struct decision decision = {
		marked ? COMMENT_MARKED : COMMENT_APPLIED, 0, 0, "", commit,
		chosen->passages, DECIDED_BY_COMMIT
	};

	for (size_t i = a->review->items[at].same, next; i != SIZE_MAX;
	     i = next) {
		struct review_comment *c = &a->review->items[i];

		next = c->next_same;
		if (i != at && !says_same(a->review, i, at))
			continue;
		if (!chosen->count)
			review_set_state(c, &decision);
		for (size_t k = 0; k < chosen->count; k++) {
			decision.part = chosen->numbers[k];
			review_set_state(c, &decision);
		}
	}
}

void apply_commit(struct application *out, struct applier *a, size_t at,
		  const struct replacements *replacements,
		  const struct chosen *chosen, const char *words, bool own)
{
	const struct comment *c = &a->review->items[at].comment;
	struct strbuf message = STRBUF_INIT;
	char *id = arena_calloc(&a->arena, COMMIT_ID_LENGTH + 1);

	apply_change_texts(a, replacements);
	strbuf_adds(&message, words);
	add_trailers(&message, a, at, chosen,
		     out->marked ? "Comment-Marked" : "Comment", own);
	apply_commits_add(&a->made, own ? NULL : &c->reader,
			  own ? NULL : &c->when, message.buf, id);
	out->result = APPLY_DONE;
	a->commits++;
	set_applied(a, at, chosen, out->marked, id);
	strbuf_release(&message);
}

static bool is_decided(const struct review_comment *c, unsigned part)
{
	enum comment_state state = review_part(c, part)->state;

	return state == COMMENT_APPLIED || state == COMMENT_SUPERSEDED;
}

int apply_look(struct application *out, struct applier *a, size_t at,
	       unsigned part, struct chosen *chosen, struct error *err)
{
	const struct review_comment *c = &a->review->items[at];
	int rc;

	*out = (struct application){ .path = "", .why = "" };
	out->path = arena_copy(&a->arena, c->comment.chunk);
	apply_forget_edits(a);
	if (is_decided(c, part)) {
		out->result = APPLY_DECIDED;
		return 0;
	}
	if (!c->changes) {
		out->result = APPLY_REMARK;
		return 0;
	}
	rc = apply_read_edits(a, c, part, chosen, err);
	if (!rc && part > chosen->passages)
		rc = error_set(err, ERROR_NOT_FOUND, "comment '%.8s' has %u "
			       "passage%s, not %u", c->comment.id,
			       chosen->passages, chosen->passages == 1 ? "" :
			       "s", part);
	if (rc < 0)
		return rc;
	apply_place_edits(a);
	apply_judge(out, a);
	if (c->comment.is_remark && out->result == APPLY_DONE)
		out->result = APPLY_REMARK;
	return 0;
}

static void put_in(struct application *out, struct applier *a, size_t at,
		   enum apply_marks marks, const struct chosen *chosen)
{
	const struct comment *c = &a->review->items[at].comment;
	struct replacements r = { NULL, 0, 0 };

	out->marked = out->result != APPLY_DONE || marks == APPLY_MARK_ALL;
	if (out->marked)
		apply_marks(&r, a, c, marks == APPLY_MARK_ALL);
	else
		apply_list_replacements(&r, a);
	if (!apply_sort_replacements(&r)) {
		out->result = APPLY_CONFLICT;
		out->why = "two of its changes meet at one place now";
	} else if (r.count) {
		apply_commit(out, a, at, &r, chosen, c->message, false);
	}
	free(r.items);
}

int applier_add(struct application *out, struct applier *a, size_t at,
		unsigned part, enum apply_marks marks, struct error *err)
{
	struct chosen chosen = { 0, NULL, 0, 0 };
	int rc = apply_look(out, a, at, part, &chosen, err);
	bool marked = marks && (out->result == APPLY_CONFLICT ||
				out->result == APPLY_REMARK);

	if (!rc && (out->result == APPLY_DONE || marked))
		put_in(out, a, at, marks, &chosen);
	apply_forget_edits(a);
	free(chosen.numbers);
	return rc;
}

int applier_try(struct application *out, struct applier *a, size_t at,
		unsigned part, struct error *err)
{
	struct chosen chosen = { 0, NULL, 0, 0 };
	struct replacements r = { NULL, 0, 0 };
	int rc = apply_look(out, a, at, part, &chosen, err);

	if (!rc && out->result == APPLY_DONE) {
		apply_list_replacements(&r, a);
		if (!apply_sort_replacements(&r)) {
			out->result = APPLY_CONFLICT;
			out->why = "two of its changes meet at one place now";
		}
	}
	apply_forget_edits(a);
	free(r.items);
	free(chosen.numbers);
	return rc;
}
