/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "patch_series.h"
#include "patch_series_private.h"

#define DAY (24 * 60 * 60)

void patch_series_release(struct patch_series *series)
{
	free(series->places);
	arena_release(&series->arena);
	*series = (struct patch_series)PATCH_SERIES_INIT;
}

int patch_series_compare_dates(const struct feedback *a,
			       const struct feedback *b)
{
	return (a->when.seconds > b->when.seconds) -
	       (a->when.seconds < b->when.seconds);
}

static int compare_numbers(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

/* ---- series ----------------------------------------------------------- */

static bool is_numbered(const struct feedback *item)
{
	return item->kind == FEEDBACK_PATCH && item->total &&
	       item->total < NUMBER_LIMIT && item->number < NUMBER_LIMIT;
}

/* Those of one author, version and total are a bucket. */
static int compare_buckets(const struct entry *a, const struct entry *b)
{
	int rc = strcmp(a->author, b->author);

	if (!rc)
		rc = compare_numbers(a->item->version, b->item->version);
	return rc ? rc : compare_numbers(a->item->total, b->item->total);
}

static int by_thread(const void *a, const void *b)
{
	const struct entry *x = *(struct entry *const *)a;
	const struct entry *y = *(struct entry *const *)b;
	int rc = compare_buckets(x, y);

	if (!rc)
		rc = strcmp(x->root, y->root);
	if (!rc)
		rc = patch_series_compare_dates(x->item, y->item);
	return rc ? rc : compare_numbers(x->index, y->index);
}

/* Patches of one bucket and thread. */
struct unit {
	struct entry **members;
	size_t count;
	bool loose;		/* one alone, of which no thread is known */
};

static int by_date(const void *a, const void *b)
{
	const struct entry *x = *((const struct unit *)a)->members;
	const struct entry *y = *((const struct unit *)b)->members;
	int rc = patch_series_compare_dates(x->item, y->item);

	return rc ? rc : compare_numbers(x->index, y->index);
}

/* The series at hand while units are looked at in the order of dates. */
struct current {
	bool open, all_loose;
	size_t series;
	int64_t since;
};

/* Sent again, not another that happens to have its number. */
static bool is_again(const struct feedback *a, const struct feedback *b)
{
	return !strcmp(a->message_id, b->message_id) ||
	       patch_series_same_subject(a, b) ||
	       patch_series_same_place(a, b);
}

/* Is the number of `e` free in the group, or is this the same patch? */
static bool is_free(const struct sorter *s, size_t group,
		    const struct entry *e)
{
	const struct holder *holder = &s->holders[e->item->number];

	return holder->group != group + 1 ||
	       is_again(holder->entry->item, e->item);
}

static bool may_join(const struct sorter *s, const struct current *current,
		     const struct unit *unit)
{
	if (!current->open || (!unit->loose && !current->all_loose) ||
	    unit->members[0]->item->when.seconds - current->since > DAY)
		return false;
	for (size_t i = 0; i < unit->count; i++)
		if (!is_free(s, current->series, unit->members[i]))
			return false;
	return true;
}

static void begin(struct sorter *s, struct current *current,
		  const struct entry *first)
{
	current->series = s->group_count++;
	current->since = first->item->when.seconds;
	current->open = current->all_loose = true;
}

/* One that has a number again, and is not the same patch, begins another
 * series in the same thread. */
static void join(struct sorter *s, struct current *current,
		 const struct unit *unit)
{
	if (!may_join(s, current, unit))
		begin(s, current, unit->members[0]);
	current->all_loose = current->all_loose && unit->loose;
	for (size_t i = 0; i < unit->count; i++) {
		struct entry *e = unit->members[i];

		if (!is_free(s, current->series, e)) {
			begin(s, current, e);
			current->all_loose = false;
		}
		e->series = current->series;
		s->holders[e->item->number] = (struct holder){
			current->series + 1, e };
	}
}

/* Number the series of a bucket, which is sorted by threads. */
static void group_bucket(struct sorter *s, struct entry **bucket, size_t count,
			 struct unit *units)
{
	struct current current = { .open = false };
	size_t n = 0;

	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count && !strcmp(bucket[end]->root,
							 bucket[i]->root);)
			end++;
		units[n++] = (struct unit){
			bucket + i, end - i,
			end - i == 1 && !*bucket[i]->item->thread
		};
	}
	qsort(units, n, sizeof(*units), by_date);
	for (size_t i = 0; i < n; i++)
		join(s, &current, &units[i]);
}

void patch_series_group(struct sorter *s)
{
	struct entry **numbered = xcalloc(s->count, sizeof(*numbered));
	struct unit *units = xcalloc(s->count, sizeof(*units));
	size_t n = 0;

	for (size_t i = 0; i < s->count; i++) {
		if (is_numbered(s->entries[i].item))
			numbered[n++] = &s->entries[i];
		else
			s->entries[i].series = s->group_count++;
	}
	qsort(numbered, n, sizeof(*numbered), by_thread);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && !compare_buckets(numbered[i],
							      numbered[end]);)
			end++;
		group_bucket(s, numbered + i, end - i, units);
	}
	free(units);
	free(numbered);
}

/* ---- order ------------------------------------------------------------ */

static int by_number(const void *a, const void *b)
{
	const struct entry *x = *(struct entry *const *)a;
	const struct entry *y = *(struct entry *const *)b;
	int rc = compare_numbers(x->series, y->series);

	if (!rc)
		rc = compare_numbers(x->item->number, y->item->number);
	if (!rc)
		rc = patch_series_compare_dates(x->item, y->item);
	return rc ? rc : compare_numbers(x->index, y->index);
}

/* Groups as ranges of the sorted entries. */
static void make_groups(struct sorter *s)
{
	s->groups = xcalloc(s->group_count, sizeof(*s->groups));
	for (size_t i = 0; i < s->count; i++)
		s->sorted[i] = &s->entries[i];
	qsort(s->sorted, s->count, sizeof(*s->sorted), by_number);
	for (size_t i = 0; i < s->count; i++) {
		struct entry *e = s->sorted[i];
		struct group *g = &s->groups[e->series];

		if (!g->count) {
			g->members = &s->sorted[i];
			g->version = e->item->version;
			g->total = e->item->total;
			g->place = e->index;
			g->missing = "";
		}
		g->count++;
		if (e->index < g->place)
			g->place = e->index;
	}
}

static int by_place(const void *a, const void *b)
{
	const struct group *x = *(struct group *const *)a;
	const struct group *y = *(struct group *const *)b;
	int rc = compare_numbers(x->place, y->place);

	if (!rc)
		rc = compare_numbers(x->version, y->version);
	return rc ? rc : compare_numbers((*x->members)->series,
					 (*y->members)->series);
}

static void add_group(struct patch_series *out, const struct group *g)
{
	int64_t first = INT64_MAX;

	for (size_t i = 0; i < g->count; i++) {
		const struct feedback *item = g->members[i]->item;

		if (!item->undated && item->when.seconds < first)
			first = item->when.seconds;
	}
	for (size_t i = 0; i < g->count; i++) {
		const struct entry *e = g->members[i];

		out->places[out->count++] = (struct patch_place){
			.item = e->index, .series = e->series,
			.superseded = e->by != NULL,
			.by = e->by ? e->by->index : 0,
			.late = !e->item->undated &&
				e->item->when.seconds - first >= DAY,
			.missing = g->missing
		};
	}
}

static void write_places(struct patch_series *out, struct sorter *s)
{
	struct group **groups = xcalloc(s->group_count, sizeof(*groups));

	for (size_t i = 0; i < s->group_count; i++)
		groups[i] = &s->groups[i];
	qsort(groups, s->group_count, sizeof(*groups), by_place);
	out->places = xcalloc(s->count, sizeof(*out->places));
	for (size_t i = 0; i < s->group_count; i++)
		add_group(out, groups[i]);
	free(groups);
}

/* Nobody knows whether two that are unknown are the same. */
static const char *author_of(struct arena *arena, const struct feedback *item)
{
	char *author = arena_strdup(arena, *item->who.email ? item->who.email
				    : *item->who.name ? item->who.name
				    : item->message_id);

	for (char *p = author; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p += 'a' - 'A';
	return author;
}

void patch_series_order(struct patch_series *out,
			const struct feedback_list *list)
{
	struct sorter s = { .arena = &out->arena, .count = list->count };

	s.entries = xcalloc(s.count, sizeof(*s.entries));
	s.sorted = xcalloc(s.count, sizeof(*s.sorted));
	s.holders = xcalloc(NUMBER_LIMIT, sizeof(*s.holders));
	for (size_t i = 0; i < s.count; i++) {
		const struct feedback *item = &list->items[i];

		s.entries[i] = (struct entry){
			.item = item, .index = i,
			.author = author_of(&out->arena, item),
			.root = *item->thread ? item->thread
					      : item->message_id
		};
	}
	patch_series_group(&s);
	make_groups(&s);
	memset(s.holders, 0, NUMBER_LIMIT * sizeof(*s.holders));
	patch_series_supersede(&s);
	write_places(out, &s);
	free(s.groups);
	free(s.holders);
	free(s.sorted);
	free(s.entries);
}
