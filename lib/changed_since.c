/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "changed_private.h"
#include "error.h"
#include "manuscript.h"
#include "review_round.h"

struct mark {
	uint64_t id;
	struct changed_block block;
};

struct changed_since {
	struct review_round_list list;	/* all; owns the names */
	const struct review_round *rounds[CHANGED_SINCE_ROUNDS];
	unsigned count;			/* of the earlier ones */
	struct changed_draft drafts[CHANGED_SINCE_ROUNDS];
	struct changed_draft now;
	struct mark *marks;		/* by id */
	size_t mark_count;
	unsigned *counts;		/* of a chapter: count + 1 of them */
	unsigned *oldest;		/* of a chapter */
};

/* ---- rounds ----------------------------------------------------------- */

/* One at the draft's own commit was opened after it, be it within a second. */
static bool is_earlier(const struct manuscript *ms,
		       const struct review_round *round)
{
	return ms->modified || !ms->has_commit ||
	       (round->opened.seconds <= ms->commit.time &&
		strcmp(round->commit, ms->commit.id) != 0);
}

/* Round `r` as it was; false: it is no manuscript. */
static bool open_round(struct changed_draft *draft, const struct manuscript *ms,
		       const struct review_round *round)
{
	struct error ignored = ERROR_INIT;

	*draft = (struct changed_draft){ .all = ID_MAP_INIT };
	if (manuscript_open(&draft->ms, repository_path(ms->repo),
			    round->commit, &ignored) < 0)
		return false;
	draft->text = draft->ms;
	if (changed_blobs(draft, &ignored) == 0)
		return true;
	changed_draft_release(draft);
	return false;
}

static int find_rounds(struct changed_since *c, const struct manuscript *ms,
		       struct error *err)
{
	const struct review_round *rounds;
	size_t first = 0, end = 0;
	int rc = review_round_list_read(&c->list, ms->repo, err);

	if (rc < 0)
		return rc;
	rounds = c->list.items;
	while (end < c->list.count &&
	       (ms->round ? strcmp(rounds[end].name, ms->round) != 0
			  : is_earlier(ms, &rounds[end])))
		end++;
	if (end > CHANGED_SINCE_ROUNDS)
		first = end - CHANGED_SINCE_ROUNDS;
	for (size_t i = first; i < end; i++)
		if (open_round(&c->drafts[c->count], ms, &rounds[i]))
			c->rounds[c->count++] = &rounds[i];
	return 0;
}

/* ---- comparing -------------------------------------------------------- */

/* Chunks of `a` that `b` has not. */
static bool want_others(struct changed_draft *a, const struct changed_draft *b)
{
	bool any = false;

	for (size_t i = 0; i < a->text->outline.count; i++) {
		size_t at;

		if (!*a->blobs[i] || id_map_find(&at, &b->all, a->blobs[i]))
			continue;
		a->wanted[i] = any = true;
	}
	return any;
}

static void compare_round(struct changed_since *c, unsigned number)
{
	struct changed_draft *now = &c->now, *was = &c->drafts[number];
	struct error ignored = ERROR_INIT;

	/* one that can't be read has nothing to say of what is steady */
	if (want_others(was, now) &&
	    (book_open(&was->book, was->ms, book_document_reader(now->book),
		       NULL, NULL, &ignored) < 0 ||
	     changed_read(was, &ignored) < 0))
		return;
	changed_compare(now, was, number);
	for (size_t i = 0; i < now->count; i++) {
		struct changed_words *w = &now->items[i];

		w->steady = w->steady && w->met;
		if (w->steady)
			w->block.since = number;
	}
}

/* The newest first: what is steady down to a round is from it. */
static int compare_rounds(struct changed_since *c, struct error *err)
{
	bool any = false;
	int rc;

	for (unsigned i = 0; i < c->count; i++)
		any |= want_others(&c->now, &c->drafts[i]);
	rc = any ? changed_read(&c->now, err) : 0;
	for (size_t i = 0; i < c->now.count; i++)
		c->now.items[i].block.since = c->count;
	for (unsigned i = c->count; rc >= 0 && i-- > 0;) {
		compare_round(c, i);
		changed_draft_release(&c->drafts[i]);
		c->drafts[i] = (struct changed_draft){ .ms = NULL };
	}
	return rc;
}

/* ---- what is kept ----------------------------------------------------- */

static int compare_marks(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static void keep_marks(struct changed_since *c)
{
	c->marks = xcalloc(c->now.count + 1, sizeof(*c->marks));
	for (size_t i = 0; i < c->now.count; i++) {
		const struct changed_words *w = &c->now.items[i];
		unsigned *counts = c->counts + w->chapter * (c->count + 1);
		bool is_cut = w->block.cut || w->block.cut_after;

		counts[w->block.since]++;
		counts[w->block.cut] += w->block.cut != 0;
		counts[w->block.cut_after] += w->block.cut_after != 0;
		if (w->id && (w->block.since || is_cut))
			c->marks[c->mark_count++] =
				(struct mark){ w->id, w->block };
	}
	qsort(c->marks, c->mark_count, sizeof(*c->marks), compare_marks);
}

/* A chapter with a chunk that no round changed is from the oldest. */
static void find_oldest(struct changed_since *c, struct book *book)
{
	for (size_t i = 0; i < book_count(book); i++) {
		const struct book_entry *entry = book_entry(book, i);
		bool all = true, any = false;

		for (size_t j = entry->first; j < entry->first + entry->count;
		     j++) {
			all &= !*c->now.blobs[j] || c->now.wanted[j];
			any |= c->now.wanted[j];
		}
		c->oldest[i] = all && any ? c->count : 0;
	}
	for (size_t i = 0; i < c->now.count; i++) {
		const struct changed_words *w = &c->now.items[i];

		if (!w->beside && w->block.since < c->oldest[w->chapter])
			c->oldest[w->chapter] = w->block.since;
	}
}

int changed_since_open(struct changed_since **out, struct book *book,
		       struct error *err)
{
	struct changed_since *c = xcalloc(1, sizeof(*c));
	int rc = 0;

	c->list = (struct review_round_list)REVIEW_ROUND_LIST_INIT;
	c->now = (struct changed_draft){ .text = book_manuscript(book),
					 .book = book, .all = ID_MAP_INIT };
	if (!book_redline(book)) /* says itself what changed */
		rc = find_rounds(c, c->now.text, err);
	c->counts = xcalloc((book_count(book) + 1) * (c->count + 1),
			    sizeof(*c->counts));
	c->oldest = xcalloc(book_count(book) + 1, sizeof(*c->oldest));
	if (rc >= 0 && c->count) {
		rc = changed_blobs(&c->now, err);
		if (rc >= 0)
			rc = compare_rounds(c, err);
		if (rc >= 0) {
			keep_marks(c);
			find_oldest(c, book);
		}
	}
	for (unsigned i = 0; i < c->count; i++)
		changed_draft_release(&c->drafts[i]);
	changed_draft_release(&c->now);
	if (rc < 0)
		changed_since_close(c);
	else
		*out = c;
	return rc < 0 ? rc : 0;
}

void changed_since_close(struct changed_since *c)
{
	if (!c)
		return;
	review_round_list_release(&c->list);
	free(c->marks);
	free(c->counts);
	free(c->oldest);
	free(c);
}

unsigned changed_since_rounds(const struct changed_since *c)
{
	return c->count;
}

const char *changed_since_name(const struct changed_since *c, unsigned round)
{
	return c->rounds[round]->name;
}

struct changed_block changed_since_block(const struct changed_since *c,
					 const char *id)
{
	struct mark wanted = { .id = changed_id(id) };
	const struct mark *found = NULL;

	if (c->mark_count)
		found = bsearch(&wanted, c->marks, c->mark_count,
				sizeof(*c->marks), compare_marks);
	return found ? found->block : (struct changed_block){ 0, 0, 0 };
}

unsigned changed_since_count(const struct changed_since *c, size_t index,
			     unsigned since)
{
	return c->counts[index * (c->count + 1) + since];
}

unsigned changed_since_oldest(const struct changed_since *c, size_t index)
{
	return c->oldest[index];
}
