/* SPDX-License-Identifier: MIT */
/* The chunks that comments are about, as they are called now. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "renames.h"
#include "review_private.h"
#include "strbuf.h"

struct place {
	const char *path;
	size_t at;		/* in the outline */
};

struct rename {
	const char *from, *to;
};

struct finder {
	struct review *review;
	const struct manuscript *ms;
	struct place *places;	/* by path */
	size_t place_count;
	struct id_map asked;	/* commits whose renames are there, as what
				 * starts the list of each */
	struct rename *renames;	/* those of a commit end with a NULL */
	size_t count, capacity;
};

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct place *)a)->path,
		      ((const struct place *)b)->path);
}

static void sort_places(struct finder *f)
{
	const struct outline *outline = &f->ms->outline;

	f->places = xreallocarray(NULL, outline->count + 1,
				  sizeof(*f->places));
	for (size_t i = 0; i < outline->count; i++)
		if (outline->items[i].path)
			f->places[f->place_count++] = (struct place){
				outline->items[i].path, i
			};
	qsort(f->places, f->place_count, sizeof(*f->places), by_path);
}

static size_t find_place(const struct finder *f, const char *path)
{
	struct place key = { path, 0 };
	const struct place *found = bsearch(&key, f->places, f->place_count,
					    sizeof(*f->places), by_path);

	return found ? found->at : SIZE_MAX;
}

static void add_rename(const char *from, const char *to, void *data)
{
	struct finder *f = data;

	GROW(f->renames, f->count, f->capacity);
	f->renames[f->count++] = (struct rename){
		from ? arena_strdup(&f->review->arena, from) : NULL,
		to ? arena_strdup(&f->review->arena, to) : NULL
	};
}

/* A file of that commit, as it is called now; NULL: nowhere. */
static int find_renamed(const char **now, struct finder *f,
			const char *commit, const char *path,
			struct error *err)
{
	size_t at;
	int rc = 0;

	*now = NULL;
	if (!id_map_find(&at, &f->asked, commit)) {
		at = f->count;
		id_map_add(&f->asked, commit, at);
		rc = renames_each(f->ms->repo, commit, f->ms->commit.id,
				  add_rename, f, err);
		add_rename(NULL, NULL, f);
	}
	for (; rc >= 0 && f->renames[at].from && !*now; at++)
		if (!strcmp(f->renames[at].from, path))
			*now = f->renames[at].to;
	return rc;
}

/* The text that its reader had: in a series, below all of its patches. */
static const char *base_of(const struct finder *f, const struct id_map *ids,
			   const struct comment *c)
{
	size_t at;

	for (size_t n = 0; n < f->review->count &&
	     id_map_find(&at, ids, c->parent); n++)
		c = &f->review->items[at].comment;
	return c->parent;
}

static int find_chunk(struct finder *f, const struct id_map *ids,
		      struct review_comment *c, struct error *err)
{
	const char *now, *base;
	int rc;

	c->path = arena_copy(&f->review->arena, c->comment.chunk);
	c->chunk = find_place(f, c->path);
	if (c->chunk != SIZE_MAX || !*c->path || !f->ms->has_commit)
		return 0;
	base = base_of(f, ids, &c->comment);
	if (!*base)
		return 0;
	rc = find_renamed(&now, f, base, c->path, err);
	if (rc < 0 || !now || find_place(f, now) == SIZE_MAX)
		return rc;
	c->path = now;
	c->chunk = find_place(f, now);
	return 0;
}

int review_find_chunks(struct review *review, const struct manuscript *ms,
		       struct error *err)
{
	struct finder f = { .review = review, .ms = ms, .asked = ID_MAP_INIT };
	struct id_map ids = ID_MAP_INIT;
	int rc = 0;

	sort_places(&f);
	for (size_t i = 0; i < review->count; i++)
		id_map_add(&ids, review->items[i].comment.id, i);
	for (size_t i = 0; i < review->count && rc >= 0; i++)
		rc = find_chunk(&f, &ids, &review->items[i], err);
	id_map_release(&ids);
	id_map_release(&f.asked);
	free(f.renames);
	free(f.places);
	return rc < 0 ? rc : 0;
}
