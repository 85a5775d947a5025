/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "apply_private.h"
#include "error.h"
#include "history.h"
#include "line_ends.h"
#include "prose_index.h"
#include "prose_place.h"
#include "prose_show.h"
#include "trailers.h"

#define LARGEST_TEXT ((size_t)64 << 20)

/* --- the texts as they are now ---------------------------------------------- */

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct now *)a)->path,
		      ((const struct now *)b)->path);
}

static struct now *find_text(struct applier *a, const char *path)
{
	struct now key = { .path = path };

	if (!a->text_count)
		return NULL;
	return bsearch(&key, a->texts, a->text_count, sizeof(key), by_path);
}

static int add_text(struct applier *a, struct tree *tree, const char *path,
		    struct error *err)
{
	struct strbuf bytes = STRBUF_INIT;
	struct now *now;
	int rc = 0;

	if (tree_size(tree, path) <= LARGEST_TEXT)
		rc = tree_read(&bytes, tree, path, err);
	if (rc == ERROR_NOT_FOUND)
		rc = 0; /* not written yet */
	else if (!rc && !memchr(bytes.buf, '\0', bytes.len)) {
		GROW(a->texts, a->text_count, a->text_capacity);
		now = &a->texts[a->text_count++];
		*now = (struct now){ arena_strdup(&a->arena, path),
				     { NULL, 0 }, STRBUF_INIT, false };
		now->crlf = line_end_of(strbuf_slice(&bytes)) ==
			    LINE_END_CRLF;
		if (now->crlf) {
			now->text = line_end_to_lf(strbuf_slice(&bytes),
						   &now->own);
		} else {
			now->own = bytes;
			bytes = (struct strbuf)STRBUF_INIT;
			now->text = strbuf_slice(&now->own);
		}
	}
	strbuf_release(&bytes);
	return rc;
}

struct text_reader {
	struct applier *applier;
	struct tree *tree;
	struct error *err;
};

static const char *extension_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash : path, '.');

	return dot ? dot : "";
}

/* Is it prose: of the same kind as a file that a comment is about? */
static bool is_of_kind(const struct applier *a, const char *path)
{
	const char *extension = extension_of(path);

	if (*path == '.' || strstr(path, "/."))
		return false;
	for (size_t i = 0; i < a->review->count; i++) {
		struct slice chunk = a->review->items[i].comment.chunk;

		if (slice_ends_with(chunk, slice_of(extension)) &&
		    (*extension || !memchr(chunk.ptr ? chunk.ptr : "", '.',
					   chunk.len)))
			return true;
	}
	return false;
}

static int visit_file(const char *path, void *data)
{
	struct text_reader *r = data;

	if (!is_of_kind(r->applier, path))
		return 0;
	return add_text(r->applier, r->tree, path, r->err);
}

/* The chunks; without an outline every file of the kinds that are changed. */
static int read_texts(struct applier *a, struct error *err)
{
	const struct outline *outline = &a->ms->outline;
	struct text_reader r = { a, NULL, err };
	int rc = tree_open_revision(&r.tree, a->ms->repo, "HEAD", err);

	if (!rc && !a->ms->outline_path)
		rc = tree_each(r.tree, visit_file, &r, err);
	for (size_t i = 0; !rc && a->ms->outline_path && i < outline->count;
	     i++)
		if (outline->items[i].path)
			rc = add_text(a, r.tree, outline->items[i].path, err);
	tree_close(r.tree);
	if (rc < 0)
		return rc;
	if (a->text_count)
		qsort(a->texts, a->text_count, sizeof(*a->texts), by_path);
	a->index = prose_index_new(&a->vocabulary);
	for (size_t i = 0; i < a->text_count; i++)
		prose_index_add(a->index, a->texts[i].text);
	return 0;
}

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
	    (rc = read_texts(a, err)) < 0) {
		applier_close(a);
		return rc;
	}
	*out = a;
	return 0;
}

static void forget_edits(struct applier *a)
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
	forget_edits(a);
	change_end(a->change);
	prose_index_free(a->index);
	for (size_t i = 0; i < a->text_count; i++)
		strbuf_release(&a->texts[i].own);
	free(a->texts);
	free(a->edits);
	free(a->base_texts);
	id_map_release(&a->bases);
	vocabulary_release(&a->vocabulary);
	arena_release(&a->arena);
	arena_release(&a->scratch);
	free(a);
}

int applier_finish(struct applier *a, struct error *err)
{
	return a->commits ? change_commit(NULL, a->change, NULL, err) : 0;
}

/* --- what a comment asks for --------------------------------------------------- */

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
static int read_base(struct slice *out, struct applier *a, const char *id,
		     struct error *err)
{
	size_t at;
	int rc;

	if (id_map_find(&at, &a->bases, id)) {
		*out = a->base_texts[at];
		return 0;
	}
	if ((rc = read_blob(out, a, &a->arena, id, err)) < 0)
		return rc;
	GROW(a->base_texts, a->base_count, a->base_capacity);
	a->base_texts[a->base_count] = *out;
	id_map_add(&a->bases, id, a->base_count++);
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

struct chosen {
	unsigned passages;	/* of all files */
	unsigned *numbers;	/* those wanted, from 1 */
	size_t count, capacity;
};

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

static int read_edits(struct applier *a, const struct review_comment *c,
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
			arena_strdup(&a->scratch, changes.items[i].path),
			{ NULL, 0 }, { NULL, 0 }, PROSE_CHANGES_INIT
		};
		rc = read_base(&edit->base, a, changes.items[i].base, err);
		if (!rc)
			rc = read_blob(&edit->theirs, a, &a->scratch,
				       changes.items[i].theirs, err);
		if (!rc && (part || c->part_count))
			restrict_edit(edit, a, c, part, chosen);
	}
	comment_changes_release(&changes);
	return rc;
}

static void place_edits(struct applier *a)
{
	for (size_t i = 0; i < a->edit_count; i++) {
		struct edit *edit = &a->edits[i];
		struct now *now = find_text(a, edit->path);

		prose_place(&edit->changes, a->index,
			    now ? (size_t)(now - a->texts) : PROSE_NO_TEXT,
			    edit->base, edit->theirs);
	}
}

/* --- does it fit? ------------------------------------------------------------------ */

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
static void judge(struct application *out, const struct applier *a)
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
static bool sort_replacements(struct replacements *r)
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

static void list_replacements(struct replacements *out,
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

/* --- putting it in --------------------------------------------------------------------- */

/* Replacements `from` up to `to` are in the text of the first. */
static int change_text(struct applier *a, const struct replacement *from,
		       const struct replacement *to, struct error *err)
{
	struct now *now = &a->texts[from->text];
	struct strbuf text = STRBUF_INIT, crlf = STRBUF_INIT;
	size_t done = 0;
	int rc;

	for (const struct replacement *r = from; r < to; r++) {
		strbuf_add(&text, now->text.ptr + done, r->span.start - done);
		strbuf_add_slice(&text, r->words);
		done = r->span.end;
	}
	strbuf_add(&text, now->text.ptr + done, now->text.len - done);
	if (now->crlf)
		line_end_add_crlf(&crlf, strbuf_slice(&text));
	rc = change_write(a->change, now->path,
			  strbuf_slice(now->crlf ? &crlf : &text), err);
	if (!rc) {
		prose_index_replace(a->index, from->text,
				    strbuf_slice(&text));
		strbuf_release(&now->own);
		now->own = text;
		now->text = strbuf_slice(&now->own);
		text = (struct strbuf)STRBUF_INIT;
	}
	strbuf_release(&text);
	strbuf_release(&crlf);
	return rc;
}

static int change_texts(struct applier *a, const struct replacements *r,
			struct error *err)
{
	int rc = 0;

	for (size_t i = 0, j; i < r->count && !rc; i = j) {
		for (j = i + 1; j < r->count &&
		     r->items[j].text == r->items[i].text; j++)
			;
		rc = change_text(a, r->items + i, r->items + j, err);
	}
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

static void make_message(struct strbuf *out, const struct applier *a,
			 size_t at, const struct chosen *chosen, bool marked)
{
	const struct review *review = a->review;
	const struct comment *c = &review->items[at].comment;
	const char *key = marked ? "Comment-Marked" : "Comment";
	struct strbuf who = STRBUF_INIT;

	strbuf_adds(out, c->message);
	for (size_t i = review->items[at].same; i != SIZE_MAX;
	     i = review->items[i].next_same) {
		const struct person *other = &review->items[i].comment.reader;

		if (!says_same(review, i, at))
			continue;
		strbuf_truncate(&who, 0);
		strbuf_addf(&who, "%s <%s>", other->name, other->email);
		if (strcmp(other->email, c->reader.email))
			trailers_add(out, "Suggested-by", strbuf_slice(&who));
	}
	add_comment_trailer(out, key, c->id, chosen);
	for (size_t i = review->items[at].same; i != SIZE_MAX;
	     i = review->items[i].next_same)
		if (says_same(review, i, at))
			add_comment_trailer(out, key,
					    review->items[i].comment.id,
					    chosen);
	strbuf_release(&who);
}

static void set_applied(struct applier *a, size_t at,
			const struct chosen *chosen,
			const struct application *done)
{
	struct decision decision = {
		done->marked ? COMMENT_MARKED : COMMENT_APPLIED, 0, 0, "",
		arena_strdup(&a->arena, done->commit), chosen->passages
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

static int commit(struct application *out, struct applier *a, size_t at,
		  const struct replacements *replacements,
		  const struct chosen *chosen, struct error *err)
{
	const struct comment *c = &a->review->items[at].comment;
	struct strbuf message = STRBUF_INIT;
	int rc = change_texts(a, replacements, err);

	make_message(&message, a, at, chosen, out->marked);
	if (!rc)
		rc = change_next(out->commit, a->change, &c->reader, &c->when,
				 message.buf, err);
	if (!rc) {
		a->commits++;
		set_applied(a, at, chosen, out);
	}
	strbuf_release(&message);
	return rc;
}

static bool is_decided(const struct review_comment *c, unsigned part)
{
	enum comment_state state = review_part(c, part)->state;

	return state == COMMENT_APPLIED || state == COMMENT_SUPERSEDED;
}

/* Find out what becomes of it; edits and their changes stay for the caller. */
static int look(struct application *out, struct applier *a, size_t at,
		unsigned part, struct chosen *chosen, struct error *err)
{
	const struct review_comment *c = &a->review->items[at];
	int rc;

	*out = (struct application){ .path = "", .why = "" };
	out->path = arena_copy(&a->arena, c->comment.chunk);
	forget_edits(a);
	if (is_decided(c, part)) {
		out->result = APPLY_DECIDED;
		return 0;
	}
	if (!c->changes) {
		out->result = APPLY_REMARK;
		return 0;
	}
	rc = read_edits(a, c, part, chosen, err);
	if (!rc && part > chosen->passages)
		rc = error_set(err, ERROR_NOT_FOUND, "comment '%.8s' has %u "
			       "passage%s, not %u", c->comment.id,
			       chosen->passages, chosen->passages == 1 ? "" :
			       "s", part);
	if (rc < 0)
		return rc;
	place_edits(a);
	judge(out, a);
	if (c->comment.is_remark && out->result == APPLY_DONE)
		out->result = APPLY_REMARK;
	return 0;
}

static int put_in(struct application *out, struct applier *a, size_t at,
		  bool mark, const struct chosen *chosen,
		  struct error *err)
{
	struct replacements r = { NULL, 0, 0 };
	int rc = 0;

	out->marked = out->result != APPLY_DONE;
	if (mark && out->marked)
		apply_marks(&r, a, &a->review->items[at].comment);
	else
		list_replacements(&r, a);
	if (!sort_replacements(&r)) {
		out->result = APPLY_CONFLICT;
		out->why = "two of its changes meet at one place now";
	} else if (r.count) {
		out->result = APPLY_DONE;
		rc = commit(out, a, at, &r, chosen, err);
	}
	free(r.items);
	return rc;
}

int applier_add(struct application *out, struct applier *a, size_t at,
		unsigned part, bool mark, struct error *err)
{
	struct chosen chosen = { 0, NULL, 0, 0 };
	int rc = look(out, a, at, part, &chosen, err);
	bool marks = mark && (out->result == APPLY_CONFLICT ||
			      out->result == APPLY_REMARK);

	if (!rc && (out->result == APPLY_DONE || marks))
		rc = put_in(out, a, at, mark, &chosen, err);
	forget_edits(a);
	free(chosen.numbers);
	return rc;
}

int applier_try(struct application *out, struct applier *a, size_t at,
		unsigned part, struct error *err)
{
	struct chosen chosen = { 0, NULL, 0, 0 };
	struct replacements r = { NULL, 0, 0 };
	int rc = look(out, a, at, part, &chosen, err);

	if (!rc && out->result == APPLY_DONE) {
		list_replacements(&r, a);
		if (!sort_replacements(&r)) {
			out->result = APPLY_CONFLICT;
			out->why = "two of its changes meet at one place now";
		}
	}
	forget_edits(a);
	free(r.items);
	free(chosen.numbers);
	return rc;
}
