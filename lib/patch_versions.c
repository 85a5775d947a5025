/* SPDX-License-Identifier: MIT */
/*
 * Which patch took the place of which. A newer version is one by the same
 * author that answers the older one, or agrees with it in two of three
 * things: the thread, the subject, the lines that it changes. One alone is not
 * enough: all that a reader sends hangs under the mail that asked for it, and
 * many a patch is called "typo".
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "patch.h"
#include "patch_series_private.h"
#include "strbuf.h"

/* With how many of its neighbours in a sorted list an item is compared. */
enum { NEIGHBOURS = 16 };

/* A newer series, and an older one. */
struct link {
	size_t newer, older;
};

struct links {
	struct link *items;
	size_t count, capacity;
};

/* ---- what two patches have in common ---------------------------------- */

static bool same_lines(const struct patch_file *a, const struct patch_file *b)
{
	if (!a->old_path || !b->old_path || strcmp(a->old_path, b->old_path))
		return false;
	for (size_t i = 0; i < a->hunk_count && i < NEIGHBOURS; i++)
		for (size_t k = 0; k < b->hunk_count && k < NEIGHBOURS; k++) {
			const struct patch_hunk *x = &a->hunks[i];
			const struct patch_hunk *y = &b->hunks[k];

			if (x->old_start <= y->old_start + y->old_count &&
			    y->old_start <= x->old_start + x->old_count)
				return true;
		}
	return false;
}

bool patch_series_same_place(const struct feedback *a,
			     const struct feedback *b)
{
	if (!a->patch || !b->patch)
		return false;
	for (size_t i = 0; i < a->patch->file_count && i < NEIGHBOURS; i++)
		for (size_t k = 0; k < b->patch->file_count &&
		     k < NEIGHBOURS; k++)
			if (same_lines(&a->patch->files[i],
				       &b->patch->files[k]))
				return true;
	return false;
}

bool patch_series_same_subject(const struct feedback *a,
			       const struct feedback *b)
{
	return *a->subject && !strcasecmp(a->subject, b->subject);
}

static bool answers(const struct feedback *newer, const struct feedback *older)
{
	return !strcmp(newer->in_reply_to, older->message_id);
}

/* ---- pairs ------------------------------------------------------------ */

static void replace(struct entry *older, const struct entry *newer)
{
	if (!older->by && strcmp(older->item->message_id,
				 newer->item->message_id))
		older->by = newer;
}

/* Two items by one author: does one replace the other? */
static void compare_pair(struct links *links, struct entry *a,
			 struct entry *b)
{
	const struct feedback *x = a->item, *y = b->item;
	struct entry *older = a, *newer = b;

	if (x->version > y->version ||
	    (x->version == y->version && answers(x, y))) {
		older = b;
		newer = a;
	}
	if (older->item->version == newer->item->version) {
		if (!x->total && !y->total &&
		    answers(newer->item, older->item) &&
		    patch_series_same_subject(x, y) &&
		    patch_series_same_place(x, y))
			replace(older, newer);
		return;
	}
	if (!answers(newer->item, older->item) &&
	    !strcmp(a->root, b->root) + patch_series_same_subject(x, y) +
	    patch_series_same_place(x, y) < 2)
		return;
	if (!newer->item->total || !older->item->total) {
		replace(older, newer);	/* one for one */
		return;
	}
	GROW(links->items, links->count, links->capacity);
	links->items[links->count++] =
		(struct link){ newer->series, older->series };
}

static void compare_neighbours(struct links *links, struct entry **sorted,
			       size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; k < count && k <= i + NEIGHBOURS; k++)
			if (!strcmp(sorted[i]->author, sorted[k]->author))
				compare_pair(links, sorted[i], sorted[k]);
}

static int compare_last(const struct entry *x, const struct entry *y)
{
	int rc = patch_series_compare_dates(x->item, y->item);

	return rc ? rc : (x->index > y->index) - (x->index < y->index);
}

static int by_subject(const void *a, const void *b)
{
	const struct entry *x = *(struct entry *const *)a;
	const struct entry *y = *(struct entry *const *)b;
	int rc = strcmp(x->author, y->author);

	if (!rc)
		rc = strcasecmp(x->item->subject, y->item->subject);
	return rc ? rc : compare_last(x, y);
}

/* Where a patch begins: its first file and line. */
static const struct patch_file *first_file(const struct entry *e)
{
	const struct patch *patch = e->item->patch;

	return patch && patch->file_count && patch->files[0].old_path &&
	       patch->files[0].hunk_count ? &patch->files[0] : NULL;
}

static int by_lines(const void *a, const void *b)
{
	const struct entry *x = *(struct entry *const *)a;
	const struct entry *y = *(struct entry *const *)b;
	const struct patch_file *f = first_file(x), *g = first_file(y);
	int rc = strcmp(x->author, y->author);

	if (!rc)
		rc = (f != NULL) - (g != NULL);
	if (!rc && f)
		rc = strcmp(f->old_path, g->old_path);
	if (!rc && f)
		rc = (f->hunks->old_start > g->hunks->old_start) -
		     (f->hunks->old_start < g->hunks->old_start);
	return rc ? rc : compare_last(x, y);
}

static int by_id(const void *a, const void *b)
{
	const struct entry *x = *(struct entry *const *)a;
	const struct entry *y = *(struct entry *const *)b;

	return strcmp(x->item->message_id, y->item->message_id);
}

static int compare_id(const void *id, const void *entry)
{
	return strcmp(id, (*(struct entry *const *)entry)->item->message_id);
}

/* Each patch beside the one that it answers. */
static void compare_answers(struct links *links, struct entry **patches,
			    size_t count)
{
	qsort(patches, count, sizeof(*patches), by_id);
	for (size_t i = 0; i < count; i++) {
		struct entry **to = NULL;

		if (*patches[i]->item->in_reply_to)
			to = bsearch(patches[i]->item->in_reply_to, patches,
				     count, sizeof(*patches), compare_id);
		if (to && *to != patches[i] &&
		    !strcmp((*to)->author, patches[i]->author))
			compare_pair(links, *to, patches[i]);
	}
}

/* ---- series ----------------------------------------------------------- */

/* Of the same number the last counts; and how many there are. */
static void count_numbers(struct group *g)
{
	for (size_t i = 0; i < g->count && g->total; i++) {
		struct entry *e = g->members[i];
		bool again = i + 1 < g->count && e->item->number ==
			     g->members[i + 1]->item->number;

		if (again)
			replace(e, g->members[i + 1]);
		else if (e->item->number && e->item->number <= g->total)
			g->distinct++;
	}
}

static bool is_complete(const struct group *g)
{
	return !g->total || g->distinct == g->total;
}

/* The member with that number, or NULL. */
static struct entry *find_number(const struct group *g, unsigned number)
{
	size_t low = 0, high = g->count;

	while (low < high) {	/* the last of them */
		size_t middle = (low + high) / 2;

		if (g->members[middle]->item->number <= number)
			low = middle + 1;
		else
			high = middle;
	}
	return low && g->members[low - 1]->item->number == number
		? g->members[low - 1] : NULL;
}

static void replace_group(struct group *newer, struct group *older)
{
	for (size_t i = 0; i < older->count; i++) {
		struct entry *e = older->members[i];
		struct entry *by = find_number(newer, e->item->number);

		if (by || is_complete(newer))
			replace(e, by ? by : newer->members[0]);
	}
	if (newer->place < older->place)
		newer->place = older->place;
}

static int compare_links(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	if (x->newer != y->newer)
		return (x->newer > y->newer) - (x->newer < y->newer);
	return (x->older > y->older) - (x->older < y->older);
}

/* Sorted, each once. */
static void unify(struct links *links)
{
	size_t kept = 0;

	if (links->count)
		qsort(links->items, links->count, sizeof(*links->items),
		      compare_links);
	for (size_t i = 0; i < links->count; i++)
		if (!kept || compare_links(&links->items[kept - 1],
					   &links->items[i]))
			links->items[kept++] = links->items[i];
	links->count = kept;
}

/* The numbers of `g` are there, for group number `id`. Returns how many of
 * the first `total` were not before. */
static unsigned stamp(struct sorter *s, const struct group *g, size_t id,
		      unsigned total)
{
	unsigned count = 0;

	for (size_t i = 0; i < g->count; i++) {
		unsigned n = g->members[i]->item->number;

		if (!n || n > total || s->holders[n].group == id + 1)
			continue;
		s->holders[n].group = id + 1;
		count++;
	}
	return count;
}

/* "2/7 and 4/7", "2/7, 3/7, 4/7 and 9 more" */
static const char *missing_words(struct sorter *s, const struct group *g,
				 size_t id, unsigned count)
{
	struct strbuf words = STRBUF_INIT;
	unsigned told = 0, shown = count > 4 ? 3 : count;
	const char *result;

	for (unsigned n = 1; told < shown; n++) {
		if (s->holders[n].group == id + 1)
			continue;
		strbuf_addf(&words, "%s%u/%u", !told ? "" :
			    told + 1 == count ? " and " : ", ", n, g->total);
		told++;
	}
	if (count > shown)
		strbuf_addf(&words, " and %u more", count - shown);
	result = arena_copy(s->arena, strbuf_slice(&words));
	strbuf_release(&words);
	return result;
}

/* What each incomplete series lacks, those that it replaces counted in. */
static void find_missing(struct sorter *s, const struct links *links)
{
	size_t at = 0;

	for (size_t id = 0; id < s->group_count; id++) {
		struct group *g = &s->groups[id];
		unsigned there;

		while (at < links->count && links->items[at].newer < id)
			at++;
		if (is_complete(g))
			continue;
		there = stamp(s, g, id, g->total);
		for (size_t i = at; i < links->count &&
		     links->items[i].newer == id; i++)
			there += stamp(s, &s->groups[links->items[i].older],
				       id, g->total);
		g->missing = missing_words(s, g, id, g->total - there);
	}
}

void patch_series_supersede(struct sorter *s)
{
	struct entry **patches = xcalloc(s->count, sizeof(*patches));
	struct links links = { NULL, 0, 0 };
	size_t n = 0;

	for (size_t i = 0; i < s->count; i++)
		if (s->entries[i].item->kind == FEEDBACK_PATCH)
			patches[n++] = &s->entries[i];
	for (size_t i = 0; i < s->group_count; i++)
		count_numbers(&s->groups[i]);
	compare_answers(&links, patches, n);
	qsort(patches, n, sizeof(*patches), by_subject);
	compare_neighbours(&links, patches, n);
	qsort(patches, n, sizeof(*patches), by_lines);
	compare_neighbours(&links, patches, n);
	unify(&links);
	for (size_t i = 0; i < links.count; i++)
		replace_group(&s->groups[links.items[i].newer],
			      &s->groups[links.items[i].older]);
	find_missing(s, &links);
	free(links.items);
	free(patches);
}
