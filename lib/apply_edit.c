/* SPDX-License-Identifier: MIT */
/* What a comment asks for, and whether it fits. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "apply_private.h"
#include "error.h"
#include "history.h"
#include "line_ends.h"
#include "prose_place.h"

static int read_blob(struct slice *out, struct applier *a,
		     struct arena *arena, const char *id, struct error *err)
{
	struct strbuf bytes = STRBUF_INIT, copy = STRBUF_INIT;
	char full[COMMIT_ID_LENGTH + 1];
	int rc = *id ? blob_read(&bytes, full, a->ms->repo, id, err) : 0;

	if (!rc)
		*out = arena_slice(arena, line_end_to_lf(strbuf_slice(&bytes),
							 &copy));
	strbuf_release(&bytes);
	strbuf_release(&copy);
	return rc;
}

/* Many comments are on the same text: it is read once. */
static int read_base(size_t *out, struct applier *a, const char *id,
		     struct error *err)
{
	struct slice text;
	int rc;

	if (id_map_find(out, &a->bases, id))
		return 0;
	if ((rc = read_blob(&text, a, &a->arena, id, err)) < 0)
		return rc;
	GROW(a->seen, a->seen_count, a->seen_capacity);
	a->seen[a->seen_count] = (struct seen){ text, NULL, 0 };
	*out = a->seen_count;
	id_map_add(&a->bases, id, a->seen_count++);
	return 0;
}

/* A passage that is to be put in now: the one asked for, or open ones. */
static bool is_wanted(const struct review_comment *c, unsigned number,
		      unsigned part)
{
	enum comment_state state = review_part(c, number)->state;

	return part ? number == part :
	       state == COMMENT_OPEN || state == COMMENT_DEFERRED ||
	       state == COMMENT_MARKED;
}

/* Leave of an edit only the passages that are wanted. */
static void restrict_edit(struct edit *edit, struct applier *a,
			  const struct review_comment *c, unsigned part,
			  struct chosen *chosen)
{
	struct prose_passages passages = PROSE_PASSAGES_INIT;
	struct strbuf theirs = STRBUF_INIT;
	bool *wanted;

	prose_show(&passages, edit->base, edit->theirs);
	wanted = xcalloc(passages.count + 1, sizeof(*wanted));
	for (size_t i = 0; i < passages.count; i++) {
		unsigned number = ++chosen->passages;

		wanted[i] = is_wanted(c, number, part);
		if (!wanted[i])
			continue;
		GROW(chosen->numbers, chosen->count, chosen->capacity);
		chosen->numbers[chosen->count++] = number;
	}
	prose_restrict_to(&theirs, &passages, wanted);
	edit->theirs = arena_slice(&a->scratch, strbuf_slice(&theirs));
	free(wanted);
	strbuf_release(&theirs);
	prose_passages_release(&passages);
}

int apply_read_edits(struct applier *a, const struct review_comment *c,
		      unsigned part, struct chosen *chosen, struct error *err)
{
	struct comment_changes changes = COMMENT_CHANGES_INIT;
	int rc = comment_changes_read(&changes, a->ms->repo, &c->comment,
				      err);

	for (size_t i = 0; i < changes.count && !rc; i++) {
		struct edit *edit;

		GROW(a->edits, a->edit_count, a->edit_capacity);
		edit = &a->edits[a->edit_count++];
		*edit = (struct edit){
			arena_strdup(&a->scratch, changes.items[i].path), 0,
			{ NULL, 0 }, { NULL, 0 }, PROSE_CHANGES_INIT
		};
		rc = read_base(&edit->seen, a, changes.items[i].base, err);
		if (!rc)
			edit->base = a->seen[edit->seen].text;
		if (!rc)
			rc = read_blob(&edit->theirs, a, &a->scratch,
				       changes.items[i].theirs, err);
		if (!rc && (part || c->part_count))
			restrict_edit(edit, a, c, part, chosen);
	}
	comment_changes_release(&changes);
	return rc;
}

/* What the text has become: found out once, for all comments on it. */
static struct prose_drift *drift_of(struct applier *a, struct seen *seen,
				    size_t own)
{
	if (seen->drift && seen->own != own) {
		prose_drift_free(seen->drift);
		seen->drift = NULL;
	}
	if (!seen->drift)
		seen->drift = prose_drift_new(a->index, own, seen->text);
	seen->own = own;
	return seen->drift;
}

void apply_place_edits(struct applier *a)
{
	for (size_t i = 0; i < a->edit_count; i++) {
		struct edit *edit = &a->edits[i];
		struct now *now = apply_find_text(a, edit->path);

		if (now)
			prose_place_on(&edit->changes,
				       drift_of(a, &a->seen[edit->seen],
						(size_t)(now - a->texts)),
				       edit->theirs);
		else
			prose_place(&edit->changes, a->index, PROSE_NO_TEXT,
				    edit->base, edit->theirs);
	}
}

static const char *outcome_words(enum prose_outcome outcome)
{
	switch (outcome) {
	case PROSE_TOUCHED:
		return "the words at this place have been changed since";
	case PROSE_REWRITTEN:
		return "the sentence has been rewritten or cut since";
	case PROSE_AMBIGUOUS:
		return "the passage stands at more than one place now";
	case PROSE_PLACED:
	case PROSE_ALREADY:
		break;
	}
	return "";
}

static size_t line_of(struct slice text, size_t at)
{
	size_t line = 1;

	for (const char *p = text.ptr, *end = p + (at < text.len ? at :
						   text.len), *nl;
	     p < end && (nl = memchr(p, '\n', (size_t)(end - p))); p = nl + 1)
		line++;
	return line;
}

static void set_place(struct application *out, const struct applier *a,
		      const struct prose_change *change)
{
	if (change->text >= a->text_count)
		return;
	out->path = a->texts[change->text].path;
	out->line = line_of(a->texts[change->text].text, change->ours.start);
}

/* Sum up the outcomes of all changes. */
void apply_judge(struct application *out, const struct applier *a)
{
	bool placed = false;

	out->result = APPLY_ALREADY;
	for (size_t i = 0; i < a->edit_count; i++) {
		const struct edit *edit = &a->edits[i];

		for (size_t k = 0; k < edit->changes.count; k++) {
			const struct prose_change *c = &edit->changes.items[k];

			if (c->outcome == PROSE_ALREADY)
				continue;
			if (c->outcome != PROSE_PLACED) {
				out->result = APPLY_CONFLICT;
				out->why = outcome_words(c->outcome);
				set_place(out, a, c);
				return;
			}
			if (!placed)
				set_place(out, a, c);
			placed = true;
		}
	}
	if (placed)
		out->result = APPLY_DONE;
}

static int by_place(const void *a, const void *b)
{
	const struct replacement *x = a, *y = b;

	if (x->text != y->text)
		return x->text < y->text ? -1 : 1;
	if (x->span.start != y->span.start)
		return x->span.start < y->span.start ? -1 : 1;
	return x->span.end < y->span.end ? -1 : x->span.end > y->span.end;
}

/* In order, and none in another? */
bool apply_sort_replacements(struct replacements *r)
{
	if (r->count)
		qsort(r->items, r->count, sizeof(*r->items), by_place);
	for (size_t i = 1; i < r->count; i++)
		if (r->items[i].text == r->items[i - 1].text &&
		    (r->items[i].span.start < r->items[i - 1].span.end ||
		     r->items[i].span.start == r->items[i - 1].span.start))
			return false;
	return true;
}

void apply_list_replacements(struct replacements *out,
			      const struct applier *a)
{
	for (size_t i = 0; i < a->edit_count; i++)
		for (size_t k = 0; k < a->edits[i].changes.count; k++) {
			const struct prose_change *c =
				&a->edits[i].changes.items[k];

			if (c->outcome != PROSE_PLACED)
				continue;
			GROW(out->items, out->count, out->capacity);
			out->items[out->count++] = (struct replacement){
				c->text, c->ours, c->words
			};
		}
}
