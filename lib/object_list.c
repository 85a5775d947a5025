/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>

#include "alloc.h"
#include "error.h"
#include "object_list.h"
#include "object_private.h"
#include "repository_git.h"
#include "strbuf.h"

/*
 * As many as git leaves loose when it fetches (fetch.unpackLimit). More go
 * into a pack: a file for each would take ten times as long.
 */
#define LARGEST_LOOSE 100
#define LARGEST_PACK ((uint64_t)1 << 31) /* larger needs 64-bit offsets */
#define DEEPEST_DELTA 40	/* git's own limit is 50 */
#define SMALLEST_DELTA 128	/* saving less is not worth it */
#define LARGEST_BASE ((size_t)1 << 31)	/* copies have 32-bit offsets */

int object_list_new(struct object_list **out, struct repository *repo,
		    struct error *err)
{
	struct object_list *list;
	git_odb *odb = NULL;

	if (git_repository_odb(&odb, repo->git) < 0)
		return error_set_git(err, "cannot open '%s'", repo->name);
	list = xcalloc(1, sizeof(*list));
	list->repo = repo;
	list->odb = odb;
	list->scratch = (struct strbuf)STRBUF_INIT;
	pthread_mutex_init(&list->mutex, NULL);
	pthread_cond_init(&list->changed, NULL);
	*out = list;
	return 0;
}

static void forget_packed(struct object_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		free(list->items[i].packed);
		list->items[i].packed = NULL;
	}
}

void object_list_free(struct object_list *list)
{
	if (!list)
		return;
	object_workers_stop(list, true);
	forget_packed(list);
	free(list->items);
	free(list->queue);
	free(list->table);
	arena_release(&list->arena);
	strbuf_release(&list->scratch);
	git_odb_free(list->odb);
	pthread_mutex_destroy(&list->mutex);
	pthread_cond_destroy(&list->changed);
	free(list);
}

static uint32_t tag_of(const git_oid *id)
{
	uint32_t tag;

	memcpy(&tag, id->id + sizeof(uint64_t), sizeof(tag));
	return tag;
}

static struct object_slot *slot_of(const struct object_list *list,
				   const git_oid *id)
{
	uint32_t tag = tag_of(id);
	struct object_slot *slot;
	uint64_t hash;

	memcpy(&hash, id->id, sizeof(hash));
	for (;; hash++) {
		slot = &list->table[hash & (list->table_size - 1)];
		if (!slot->number ||
		    (slot->tag == tag &&
		     !memcmp(list->items[slot->number - 1].id.id, id->id,
			     GIT_OID_RAWSZ)))
			return slot;
	}
}

size_t object_list_number(const struct object_list *list, const git_oid *id)
{
	uint32_t found = list->count ? slot_of(list, id)->number : 0;

	return found ? found - 1 : NO_OBJECT;
}

static void remember(struct object_list *list, size_t number)
{
	const git_oid *id = &list->items[number].id;

	*slot_of(list, id) = (struct object_slot){ (uint32_t)number + 1,
						   tag_of(id) };
}

static void grow_table(struct object_list *list)
{
	if (list->count * 2 < list->table_size)
		return;
	list->table_size = list->table_size ? list->table_size * 2 : 256;
	free(list->table);
	list->table = xcalloc(list->table_size, sizeof(*list->table));
	for (size_t i = 0; i < list->count; i++)
		remember(list, i);
}

static size_t append(struct object_list *list, const struct object *object)
{
	size_t number = list->count;

	grow_table(list);
	pthread_mutex_lock(&list->mutex);
	GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = *object;
	if (!object->known) {
		list->fresh++;
		object_want(list, number);
	}
	/* to wake for each would take longer than to pack it */
	if (list->worker_count && list->queued % 32 == 0)
		pthread_cond_signal(&list->changed);
	pthread_mutex_unlock(&list->mutex);
	remember(list, number);
	if (list->fresh == LARGEST_LOOSE && !list->worker_count)
		object_workers_start(list);
	return number;
}

static bool repository_has(struct object_list *list, const git_oid *id)
{
	return git_odb_exists_ext(list->odb, id, GIT_ODB_LOOKUP_NO_REFRESH);
}

bool object_list_has(struct object_list *list, const git_oid *id)
{
	return object_list_number(list, id) != NO_OBJECT ||
	       repository_has(list, id);
}

size_t object_list_add(struct object_list *list, git_object_t type,
		       struct slice bytes, const git_oid *id)
{
	struct object object = {
		.type = type, .id = *id, .len = bytes.len, .base = NO_OBJECT
	};
	size_t number = object_list_number(list, id);

	if (number != NO_OBJECT)
		return number;
	/* who makes commits knows whether they are new */
	object.known = type != GIT_OBJECT_COMMIT && repository_has(list, id);
	if (!object.known)
		object.bytes = arena_slice(&list->arena, bytes);
	return append(list, &object);
}

/* Bytes that the repository has, and that are wanted here now. */
static int load(struct object_list *list, size_t number, struct error *err)
{
	struct object *o = &list->items[number];
	git_odb_object *found = NULL;
	struct slice bytes;

	if (o->bytes.ptr)
		return 0;
	if (git_odb_read(&found, list->odb, &o->id) < 0)
		return error_set_git(err, "cannot read from '%s'",
				     list->repo->name);
	bytes = arena_slice(&list->arena, (struct slice){
		git_odb_object_data(found), git_odb_object_size(found)
	});
	pthread_mutex_lock(&list->mutex);
	o->bytes = bytes;
	o->len = bytes.len;
	o->type = git_odb_object_type(found);
	pthread_mutex_unlock(&list->mutex);
	git_odb_object_free(found);
	return 0;
}

static bool is_worth_it(const struct object_list *list, struct slice bytes,
			const struct object_delta *delta)
{
	const struct object *base = &list->items[delta->base];
	size_t shared = delta->prefix + delta->suffix;

	return base->depth < DEEPEST_DELTA && base->len < LARGEST_BASE &&
	       shared >= SMALLEST_DELTA && shared >= bytes.len / 2;
}

size_t object_list_add_delta(struct object_list *list, git_object_t type,
			     struct slice bytes, const git_oid *id,
			     const struct object_delta *delta)
{
	size_t number = object_list_number(list, id);
	struct object object = { .type = type, .id = *id, .len = bytes.len };
	const struct object *base;

	if (number != NO_OBJECT)
		return number;
	if (delta->base == NO_OBJECT || load(list, delta->base, NULL) < 0 ||
	    !is_worth_it(list, bytes, delta))
		return object_list_add(list, type, bytes, id);
	base = &list->items[delta->base];
	object.base = delta->base;
	object.base_len = base->len;
	object.depth = (unsigned char)(base->depth + 1);
	object.prefix = delta->prefix;
	object.suffix = delta->suffix;
	object.bytes = arena_slice(&list->arena, slice_sub(bytes,
				delta->prefix, bytes.len - delta->suffix));
	/* it may be there; to look would take longer than to write it */
	return append(list, &object);
}

/* The object's bytes, whole, in the list's scratch buffer or where they are. */
static int whole(struct slice *out, struct object_list *list, size_t number,
		 struct error *err)
{
	int rc = load(list, number, err);

	if (rc < 0 || list->items[number].base == NO_OBJECT) {
		*out = list->items[number].bytes;
		return rc;
	}
	strbuf_truncate(&list->scratch, 0);
	rc = object_list_read(&list->scratch, list, number, err);
	*out = strbuf_slice(&list->scratch);
	return rc;
}

size_t object_list_add_like(struct object_list *list, git_object_t type,
			    struct slice bytes, const git_oid *id,
			    size_t base)
{
	struct object_delta delta = { .base = base };
	struct slice old;

	if (base == NO_OBJECT || bytes.len < SMALLEST_DELTA ||
	    whole(&old, list, base, NULL) < 0)
		return object_list_add(list, type, bytes, id);
	slice_common_ends(&delta.prefix, &delta.suffix, old, bytes);
	return object_list_add_delta(list, type, bytes, id, &delta);
}

int object_list_find(size_t *out, struct object_list *list,
		     const git_oid *id, struct error *err)
{
	struct object object = {
		.id = *id, .base = NO_OBJECT, .known = true
	};
	size_t number = object_list_number(list, id);
	git_odb_object *found = NULL;
	char hex[GIT_OID_HEXSZ + 1];

	if (number != NO_OBJECT) {
		*out = number;
		return 0;
	}
	if (git_odb_read(&found, list->odb, id) < 0) {
		git_oid_tostr(hex, sizeof(hex), id);
		return error_set(err, ERROR_NOT_FOUND, "'%s' has no object %s",
				 list->repo->name, hex);
	}
	object.type = git_odb_object_type(found);
	object.bytes = arena_slice(&list->arena, (struct slice){
		git_odb_object_data(found), git_odb_object_size(found)
	});
	object.len = object.bytes.len;
	git_odb_object_free(found);
	*out = append(list, &object);
	return 0;
}

/*
 * Bytes `from` up to `to` of an object, whose base is loaded: each piece is
 * copied from where it is, however many deltas it went through.
 */
static void add_range(struct strbuf *out, const struct object_list *list,
		      size_t number, size_t from, size_t to)
{
	const struct object *o = &list->items[number];
	size_t end = o->prefix + o->bytes.len, shift;

	if (o->base == NO_OBJECT) {
		strbuf_add_slice(out, slice_sub(o->bytes, from, to));
		return;
	}
	shift = o->base_len - o->len; /* modulo 2^64 */
	if (from < o->prefix)
		add_range(out, list, o->base, from,
			  to < o->prefix ? to : o->prefix);
	if (from < end && to > o->prefix)
		strbuf_add_slice(out, slice_sub(o->bytes,
			from > o->prefix ? from - o->prefix : 0,
			to - o->prefix));
	if (to > end)
		add_range(out, list, o->base,
			  (from > end ? from : end) + shift, to + shift);
}

int object_list_read(struct strbuf *out, struct object_list *list,
		     size_t number, struct error *err)
{
	size_t root = number;
	int rc;

	while (list->items[root].base != NO_OBJECT)
		root = list->items[root].base;
	if ((rc = load(list, root, err)) < 0)
		return rc;
	strbuf_grow(out, list->items[number].len);
	add_range(out, list, number, 0, list->items[number].len);
	return 0;
}

git_object_t object_list_type(const struct object_list *list, size_t number)
{
	return list->items[number].type;
}

static int write_loose(struct object_list *list, struct error *err)
{
	int rc = 0;

	for (size_t i = 0; i < list->count && !rc; i++) {
		struct slice bytes;
		git_oid id;

		if (list->items[i].known)
			continue;
		if ((rc = whole(&bytes, list, i, err)) == 0 &&
		    git_odb_write(&id, list->odb,
				  bytes.ptr ? bytes.ptr : "", bytes.len,
				  list->items[i].type) < 0)
			rc = error_set_git(err, "cannot write to '%s'",
					   list->repo->name);
	}
	return rc;
}

int object_list_write(struct object_list *list, struct error *err)
{
	struct strbuf folder = STRBUF_INIT;
	uint64_t total = 0;
	int rc;

	if (list->fresh < LARGEST_LOOSE)
		return write_loose(list, err);
	object_workers_finish(list);
	for (size_t i = 0; i < list->count; i++)
		total += list->items[i].packed_len;
	if (total > LARGEST_PACK - ((uint64_t)list->count + 1) * 32)
		return write_loose(list, err);
	strbuf_addf(&folder, "%sobjects/pack/",
		    git_repository_commondir(list->repo->git));
	rc = object_pack_write(list->items, list->count, folder.buf, err);
	strbuf_release(&folder);
	forget_packed(list);
	return rc;
}

int object_list_hold(struct object_list *list, struct error *err)
{
	git_odb_backend *memory;

	/* before all others: it is asked first, and written to */
	if (git_mempack_new(&memory) < 0 ||
	    git_odb_add_backend(list->odb, memory, 1000) < 0)
		return error_set_git(err, "cannot hold objects in memory");
	return write_loose(list, err);
}
