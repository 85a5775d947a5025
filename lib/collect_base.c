/* SPDX-License-Identifier: MIT */
/* The texts that readers saw, each opened when it is first asked for. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "collect_private.h"
#include "comment.h"
#include "error.h"
#include "review_round.h"
#include "text_map.h"

static struct base *add_base(struct bases *bases, const char *commit,
			     const char *round, int64_t opened)
{
	struct base *base = arena_calloc(&bases->arena, sizeof(*base));

	memcpy(base->commit, commit, sizeof(base->commit));
	base->round = arena_strdup(&bases->arena, round);
	base->opened = opened;
	base->arena = (struct arena)ARENA_INIT;
	GROW(bases->items, bases->count, bases->capacity);
	bases->items[bases->count++] = base;
	id_map_add(&bases->by_commit, commit, bases->count - 1);
	return base;
}

int bases_open(struct bases *bases, const struct manuscript *ms,
	       struct error *err)
{
	struct review_round_list rounds = REVIEW_ROUND_LIST_INIT;
	const char *work_tree = repository_work_tree(ms->repo);
	int rc = review_round_list_read(&rounds, ms->repo, err);

	bases->repo = ms->repo;
	bases->root = work_tree ? work_tree : repository_path(ms->repo);
	for (size_t i = rounds.count; i-- > 0 && !rc;)
		add_base(bases, rounds.items[i].commit, rounds.items[i].name,
			 rounds.items[i].opened.seconds);
	bases->round_count = bases->count;
	review_round_list_release(&rounds);
	return rc;
}

static void release_base(struct base *base)
{
	text_map_close(base->map);
	if (!base->derived_from) {
		manuscript_close(base->ms);
		free(base->paths);
	}
	free(base->texts);
	arena_release(&base->arena);
}

void bases_release(struct bases *bases)
{
	for (size_t i = 0; i < bases->count; i++)
		release_base(bases->items[i]);
	free(bases->items);
	id_map_release(&bases->by_commit);
	arena_release(&bases->arena);
}

int bases_round(struct base **out, struct bases *bases, const char *name,
		struct error *err)
{
	for (size_t i = 0; i < bases->round_count; i++)
		if (!strcmp(bases->items[i]->round, name)) {
			*out = bases->items[i];
			return 0;
		}
	return error_set(err, ERROR_NOT_FOUND, "no round named '%s'", name);
}

/* The newest round that the commit comes after: where its comments go. */
static int round_before(const char **round, struct bases *bases,
			const char *commit, struct error *err)
{
	*round = COMMENT_NO_ROUND;
	for (size_t i = 0; i < bases->round_count; i++) {
		int rc = history_contains(bases->repo, commit,
					  bases->items[i]->commit, err);

		if (rc < 0)
			return rc;
		if (rc) {
			*round = bases->items[i]->round;
			return 0;
		}
	}
	if (bases->round_count)
		*round = bases->items[0]->round;
	return 0;
}

int bases_at(struct base **out, struct bases *bases, const char *id,
	     struct error *err)
{
	struct commit_info info;
	const char *round;
	size_t at;
	int rc;

	if ((rc = repository_resolve(&info, bases->repo, id, err)) < 0)
		return rc;
	if (id_map_find(&at, &bases->by_commit, info.id)) {
		*out = bases->items[at];
		return 0;
	}
	if ((rc = round_before(&round, bases, info.id, err)) < 0)
		return rc;
	*out = add_base(bases, info.id, round, info.time);
	return 0;
}

int bases_head(struct base **out, struct bases *bases, struct error *err)
{
	return bases_at(out, bases, "HEAD", err);
}

/* --- the chunks of one ---------------------------------------------------- */

static int by_string(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct path_list {
	struct base *base;
	size_t capacity;
};

static int add_path(const char *path, void *data)
{
	struct path_list *list = data;
	struct base *base = list->base;

	/* no settings, no dot files */
	if (*path == '.' || strstr(path, "/."))
		return 0;
	GROW(base->paths, base->path_count, list->capacity);
	base->paths[base->path_count++] = arena_strdup(&base->arena, path);
	return 0;
}

/* Without an outline every tracked file that is a text may be changed. */
static int list_paths(struct base *base, struct error *err)
{
	const struct outline *outline = &base->ms->outline;
	struct path_list list = { base, 0 };

	if (!base->ms->outline_path)
		return tree_each(base->ms->tree, add_path, &list, err);
	for (size_t i = 0; i < outline->count; i++)
		if (outline->items[i].path)
			add_path(outline->items[i].path, &list);
	qsort(base->paths, base->path_count, sizeof(*base->paths), by_string);
	return 0;
}

int base_open(struct base *base, struct bases *bases, struct error *err)
{
	int rc;

	if (base->ms)
		return 0;
	rc = manuscript_open(&base->ms, bases->root, base->commit, err);
	if (!rc)
		rc = list_paths(base, err);
	if (!rc)
		base->committed = base->ms->commit.time;
	return rc;
}

static bool is_tail(struct slice path, struct slice tail)
{
	return slice_eq(path, tail) ||
	       (path.len > tail.len + 1 && slice_ends_with(path, tail) &&
		path.ptr[path.len - tail.len - 1] == '/');
}

/*
 * The chunk that is meant: of that path, else the only one of which it is the
 * end, or that is the end of it.
 */
static const char *find_path(const struct base *base, const char *path)
{
	const char *const *exact = base->path_count ?
		bsearch(&path, base->paths, base->path_count,
			sizeof(*base->paths), by_string) : NULL;
	const char *found = NULL;
	struct slice wanted = slice_of(path);

	if (exact)
		return *exact;
	for (size_t i = 0; i < base->path_count; i++) {
		struct slice own = slice_of(base->paths[i]);

		if (!is_tail(own, wanted) && !is_tail(wanted, own))
			continue;
		if (found)
			return NULL;
		found = base->paths[i];
	}
	return found;
}

static size_t hash_path(const char *path)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *path; path++)
		h = (h ^ (unsigned char)*path) * UINT64_C(0x100000001b3);
	return (size_t)(h ^ h >> 32);
}

static struct base_text **slot_of(struct base_text **table, size_t capacity,
				  const char *path)
{
	size_t at = hash_path(path) & (capacity - 1);

	while (table[at] && strcmp(table[at]->path, path))
		at = (at + 1) & (capacity - 1);
	return &table[at];
}

static void grow_texts(struct base *base)
{
	size_t capacity = base->text_capacity ? 2 * base->text_capacity : 64;
	struct base_text **table = xcalloc(capacity, sizeof(*table));

	for (size_t i = 0; i < base->text_capacity; i++)
		if (base->texts[i])
			*slot_of(table, capacity, base->texts[i]->path) =
				base->texts[i];
	free(base->texts);
	base->texts = table;
	base->text_capacity = capacity;
}

static int read_text(struct base_text **out, struct base *base,
		     const char *path, struct error *err)
{
	struct strbuf bytes = STRBUF_INIT;
	struct base_text *text;
	int rc = tree_read(&bytes, base->ms->tree, path, err);

	if (!rc && memchr(bytes.buf, '\0', bytes.len))
		rc = error_set(err, ERROR_INVALID, "'%s' is not a text",
			       path);
	if (!rc) {
		text = arena_calloc(&base->arena, sizeof(*text));
		text->path = path;
		text->bytes = arena_slice(&base->arena, strbuf_slice(&bytes));
		blob_id(text->blob, text->bytes);
		*out = text;
	}
	strbuf_release(&bytes);
	return rc;
}

static struct base_text **text_slot(struct base *base, const char *path)
{
	if (2 * (base->text_count + 1) > base->text_capacity)
		grow_texts(base);
	return slot_of(base->texts, base->text_capacity, path);
}

int base_text(const struct base_text **out, struct base *base,
	      struct bases *bases, const char *path, struct error *err)
{
	struct base_text **slot;
	int rc = base_open(base, bases, err);

	if (rc < 0)
		return rc;
	path = find_path(base, path ? path : "");
	if (!path)
		return error_set(err, ERROR_NOT_FOUND,
				 "it changes a file that is not part of the "
				 "book");
	slot = text_slot(base, path);
	while (!*slot && base->derived_from) {
		base = base->derived_from;
		slot = text_slot(base, path);
	}
	if (!*slot) {
		if ((rc = read_text(slot, base, path, err)) < 0)
			return rc;
		base->text_count++;
	}
	*out = *slot;
	return 0;
}

struct base *bases_derive(struct bases *bases, const char *commit,
			  struct base *from,
			  const struct patched_list *patched)
{
	struct strbuf theirs = STRBUF_INIT;
	struct base *base;
	size_t at;

	if (id_map_find(&at, &bases->by_commit, commit))
		return bases->items[at];
	base = add_base(bases, commit, from->round, from->opened);
	base->derived_from = from;
	base->ms = from->ms;
	base->paths = from->paths;
	base->path_count = from->path_count;
	base->committed = from->committed;
	for (size_t i = 0; i < patched->count; i++) {
		const struct patched *p = &patched->items[i];
		struct base_text *text = arena_calloc(&base->arena,
						      sizeof(*text));

		text->path = p->path;
		strbuf_truncate(&theirs, 0);
		patched_theirs(&theirs, p);
		text->bytes = arena_slice(&base->arena,
					  strbuf_slice(&theirs));
		memcpy(text->blob, p->blob, sizeof(text->blob));
		*text_slot(base, text->path) = text;
		base->text_count++;
	}
	strbuf_release(&theirs);
	return base;
}
