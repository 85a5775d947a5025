/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* mkstemp, fchmod */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libdeflate.h>

#include "alloc.h"
#include "error.h"
#include "repository_git.h"
#include "strbuf.h"

/*
 * As many as git leaves loose when it fetches (fetch.unpackLimit). More go
 * into a pack: a file for each would take ten times as long.
 */
#define LARGEST_LOOSE 100
#define LARGEST_PACK ((uint64_t)1 << 31) /* larger needs 64-bit offsets */
#define MOST_WORKERS 8

struct object {
	const char *type;
	struct slice bytes;		/* borrowed */
	git_oid id;
	unsigned char *packed;		/* its entry of a pack, when ready */
	size_t packed_len;
	uint32_t crc, offset;
};

struct object_list {
	struct object *items;
	size_t count, capacity;
	size_t next;			/* the first that nobody packs yet */
	size_t ready;			/* how many are packed */
	bool closed;			/* no more are to come */
	pthread_mutex_t mutex;
	pthread_cond_t changed;
	pthread_t workers[MOST_WORKERS];
	size_t worker_count;
};

struct object_list *object_list_new(void)
{
	struct object_list *list = xcalloc(1, sizeof(*list));

	pthread_mutex_init(&list->mutex, NULL);
	pthread_cond_init(&list->changed, NULL);
	return list;
}

static void stop_workers(struct object_list *list, bool give_up)
{
	pthread_mutex_lock(&list->mutex);
	list->closed = true;
	if (give_up)
		list->next = list->count;
	pthread_cond_broadcast(&list->changed);
	pthread_mutex_unlock(&list->mutex);
	for (size_t i = 0; i < list->worker_count; i++)
		pthread_join(list->workers[i], NULL);
	list->worker_count = 0;
}

void object_list_free(struct object_list *list)
{
	if (!list)
		return;
	stop_workers(list, true);
	for (size_t i = 0; i < list->count; i++)
		free(list->items[i].packed);
	free(list->items);
	pthread_mutex_destroy(&list->mutex);
	pthread_cond_destroy(&list->changed);
	free(list);
}

/* gitformat-pack(5): type and size, seven bits at a time, then zlib data. */
static void pack_object(struct object *o, struct strbuf *scratch,
			struct libdeflate_compressor *compressor)
{
	unsigned type = *o->type == 'c' ? 1 : *o->type == 't' ? 2 : 3;
	size_t size = o->bytes.len, n = 0, room;
	unsigned char *out;

	room = libdeflate_zlib_compress_bound(compressor, size);
	strbuf_grow(scratch, 16 + room);
	out = (unsigned char *)scratch->buf;
	out[n] = (unsigned char)(type << 4 | (size & 15));
	for (size >>= 4; size; size >>= 7) {
		out[n++] |= 0x80;
		out[n] = size & 0x7F;
	}
	n++;
	n += libdeflate_zlib_compress(compressor, o->bytes.ptr ? o->bytes.ptr
								: "",
				      o->bytes.len, out + n, room);
	o->packed_len = n;
	o->packed = xmalloc(n);
	memcpy(o->packed, out, n);
	o->crc = libdeflate_crc32(0, o->packed, n);
}

/* Pack objects until there are no more to come. Takes the lock. */
static void *pack_objects(void *data)
{
	/* level 1: this is the author's wait; git gc packs tighter */
	struct libdeflate_compressor *compressor =
		libdeflate_alloc_compressor(1);
	struct object_list *list = data;
	struct strbuf scratch = STRBUF_INIT;

	pthread_mutex_lock(&list->mutex);
	for (;;) {
		struct object o;
		size_t n = list->next;

		if (n == list->count) {
			if (list->closed)
				break;
			pthread_cond_wait(&list->changed, &list->mutex);
			continue;
		}
		o = list->items[list->next++];
		pthread_mutex_unlock(&list->mutex);
		pack_object(&o, &scratch, compressor);
		pthread_mutex_lock(&list->mutex);
		list->items[n] = o;
		list->ready++;
	}
	pthread_mutex_unlock(&list->mutex);
	libdeflate_free_compressor(compressor);
	strbuf_release(&scratch);
	return NULL;
}

/* One thread less than there are processors: the caller's works too. */
static void start_workers(struct object_list *list)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t wanted = processors > MOST_WORKERS ? MOST_WORKERS
		      : processors > 2 ? (size_t)processors - 1 : 1;

	while (list->worker_count < wanted &&
	       !pthread_create(&list->workers[list->worker_count], NULL,
			       pack_objects, list))
		list->worker_count++;
}

void object_list_add(struct object_list *list, const char *type,
		     struct slice bytes, const git_oid *id)
{
	pthread_mutex_lock(&list->mutex);
	GROW(list->items, list->count, list->capacity);
	list->items[list->count++] = (struct object){
		.type = type, .bytes = bytes, .id = *id
	};
	/* to wake for each would take longer than to pack it */
	if (list->worker_count && list->count % 32 == 0)
		pthread_cond_signal(&list->changed);
	pthread_mutex_unlock(&list->mutex);
	if (list->count == LARGEST_LOOSE)
		start_workers(list);
}

static int by_id(const void *a, const void *b)
{
	const struct object *const *x = a, *const *y = b;

	return git_oid_cmp(&(*x)->id, &(*y)->id);
}

/* The objects by their ids, each once. */
static struct object **sort_objects(size_t *count, struct object_list *list)
{
	struct object **sorted = xreallocarray(NULL, list->count + 1,
					       sizeof(*sorted));
	size_t n = 0;

	for (size_t i = 0; i < list->count; i++)
		sorted[i] = &list->items[i];
	qsort(sorted, list->count, sizeof(*sorted), by_id);
	for (size_t i = 0; i < list->count; i++)
		if (!n || !git_oid_equal(&sorted[n - 1]->id, &sorted[i]->id))
			sorted[n++] = sorted[i];
	*count = n;
	return sorted;
}

static void add_be32(struct strbuf *out, uint32_t x)
{
	char bytes[4] = { (char)(x >> 24), (char)(x >> 16), (char)(x >> 8),
			  (char)x };

	strbuf_add(out, bytes, sizeof(bytes));
}

/* A file that is written and hashed as it goes. */
struct output {
	int fd;
	struct sha1 sha;
	struct strbuf buffer;
	bool failed;
};

static void output_flush(struct output *out)
{
	const char *p = out->buffer.buf;
	size_t left = out->buffer.len;

	while (left && !out->failed) {
		ssize_t n = write(out->fd, p, left);

		if (n < 0 && errno == EINTR)
			continue;
		out->failed = n < 0;
		if (n > 0) {
			p += n;
			left -= (size_t)n;
		}
	}
	strbuf_truncate(&out->buffer, 0);
}

static void output_add(struct output *out, const void *bytes, size_t len)
{
	sha1_update(&out->sha, bytes, len);
	strbuf_add(&out->buffer, bytes, len);
	if (out->buffer.len > (1 << 18))
		output_flush(out);
}

static void output_finish(unsigned char id[SHA1_SIZE], struct output *out)
{
	sha1_final(id, &out->sha);
	strbuf_add(&out->buffer, id, SHA1_SIZE);
	output_flush(out);
	/* as git does with packs, whatever becomes of the power */
	out->failed = out->failed || fchmod(out->fd, 0444) < 0 ||
		      fdatasync(out->fd) < 0;
}

/* Open a file of the folder that `git gc` clears away when it is left. */
static bool output_open(struct output *out, struct strbuf *path,
			const char *folder, const char *kind)
{
	*out = (struct output){ .buffer = STRBUF_INIT };
	strbuf_addf(path, "%stmp_%s_XXXXXX", folder, kind);
	out->fd = mkstemp(path->buf);
	if (out->fd < 0) {
		strbuf_truncate(path, 0);
		return false;
	}
	sha1_init(&out->sha);
	return true;
}

static bool output_close(struct output *out)
{
	bool ok = out->fd < 0 || !close(out->fd);

	strbuf_release(&out->buffer);
	out->fd = -1;
	return ok && !out->failed;
}

static bool write_pack(unsigned char id[SHA1_SIZE], struct strbuf *path,
		       const char *folder, struct object *const *sorted,
		       size_t count)
{
	struct strbuf header = STRBUF_INIT;
	struct output out;
	uint64_t offset = 12;

	if (!output_open(&out, path, folder, "pack"))
		return false;
	strbuf_adds(&header, "PACK");
	add_be32(&header, 2);
	add_be32(&header, (uint32_t)count);
	output_add(&out, header.buf, header.len);
	strbuf_release(&header);
	for (size_t i = 0; i < count; i++) {
		struct object *o = sorted[i];

		o->offset = (uint32_t)offset;
		offset += o->packed_len;
		output_add(&out, o->packed, o->packed_len);
	}
	output_finish(id, &out);
	return output_close(&out);
}

/* gitformat-pack(5), version 2 of the index */
static bool write_pack_index(struct strbuf *path, const char *folder,
			     struct object *const *sorted, size_t count,
			     const unsigned char pack[SHA1_SIZE])
{
	struct strbuf table = STRBUF_INIT;
	unsigned char id[SHA1_SIZE];
	struct output out;
	size_t n = 0;

	if (!output_open(&out, path, folder, "idx"))
		return false;
	strbuf_adds(&table, "\377tOc");
	add_be32(&table, 2);
	for (unsigned first = 0; first < 256; first++) {
		while (n < count && sorted[n]->id.id[0] == first)
			n++;
		add_be32(&table, (uint32_t)n);
	}
	for (size_t i = 0; i < count; i++)
		strbuf_add(&table, sorted[i]->id.id, SHA1_SIZE);
	for (size_t i = 0; i < count; i++)
		add_be32(&table, sorted[i]->crc);
	for (size_t i = 0; i < count; i++)
		add_be32(&table, sorted[i]->offset);
	strbuf_add(&table, pack, SHA1_SIZE);
	output_add(&out, table.buf, table.len);
	strbuf_release(&table);
	output_finish(id, &out);
	return output_close(&out);
}

/* The index last: it is what makes git see the pack. */
static bool name_pack(const char *folder, const unsigned char id[SHA1_SIZE],
		      const char *pack, const char *index)
{
	struct strbuf name = STRBUF_INIT;
	char hex[GIT_OID_HEXSZ + 1];
	git_oid oid;
	size_t len;
	bool ok;

	git_oid_fromraw(&oid, id);
	git_oid_tostr(hex, sizeof(hex), &oid);
	strbuf_addf(&name, "%spack-%s", folder, hex);
	len = name.len;
	strbuf_adds(&name, ".pack");
	ok = !rename(pack, name.buf);
	strbuf_truncate(&name, len);
	strbuf_adds(&name, ".idx");
	ok = ok && !rename(index, name.buf);
	strbuf_release(&name);
	return ok;
}

static int write_packed(struct object_list *list, const char *folder,
			struct error *err)
{
	struct strbuf pack = STRBUF_INIT, index = STRBUF_INIT;
	unsigned char id[SHA1_SIZE];
	struct object **sorted;
	size_t count;
	int rc = 0;

	if (mkdir(folder, 0777) < 0 && errno != EEXIST)
		return error_set_errno(err, "cannot write '%s'", folder);
	sorted = sort_objects(&count, list);
	if (!write_pack(id, &pack, folder, sorted, count) ||
	    !write_pack_index(&index, folder, sorted, count, id) ||
	    !name_pack(folder, id, pack.buf, index.buf)) {
		rc = error_set_errno(err, "cannot write in '%s'", folder);
		if (pack.len)
			unlink(pack.buf);
		if (index.len)
			unlink(index.buf);
	}
	free(sorted);
	strbuf_release(&pack);
	strbuf_release(&index);
	return rc;
}

static int write_loose(struct object_list *list, struct repository *repo,
		       struct error *err)
{
	git_odb *odb = NULL;
	git_oid id;
	int rc = git_repository_odb(&odb, repo->git);

	for (size_t i = 0; i < list->count && !rc; i++) {
		const struct object *o = &list->items[i];

		rc = git_odb_write(&id, odb, o->bytes.ptr ? o->bytes.ptr : "",
				   o->bytes.len,
				   git_object_string2type(o->type));
	}
	git_odb_free(odb);
	return rc < 0 ? error_set_git(err, "cannot write to '%s'", repo->name)
		      : 0;
}

int object_list_write(struct object_list *list, struct repository *repo,
		      struct error *err)
{
	struct strbuf folder = STRBUF_INIT;
	uint64_t total = 0;
	int rc;

	if (list->count < LARGEST_LOOSE)
		return write_loose(list, repo, err);
	pthread_mutex_lock(&list->mutex);
	list->closed = true;
	pthread_cond_broadcast(&list->changed);
	pthread_mutex_unlock(&list->mutex);
	pack_objects(list);
	stop_workers(list, false);
	for (size_t i = 0; i < list->count; i++)
		total += list->items[i].packed_len;
	if (total > LARGEST_PACK - 4096)
		return write_loose(list, repo, err);
	strbuf_addf(&folder, "%sobjects/pack/",
		    git_repository_commondir(repo->git));
	rc = write_packed(list, folder.buf, err);
	strbuf_release(&folder);
	return rc;
}
