/* SPDX-License-Identifier: MIT */
/* gitformat-pack(5) */
#define _GNU_SOURCE /* mkstemp, fchmod */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libdeflate.h>

#include "alloc.h"
#include "error.h"
#include "object_list.h"
#include "object_private.h"
#include "sha1.h"
#include "strbuf.h"

#define OFS_DELTA 6
#define LONGEST_COPY ((size_t)0x10000)	/* as git's own */
#define LONGEST_INSERT ((size_t)127)

static void add_size(struct strbuf *out, size_t size)
{
	for (; size > 0x7F; size >>= 7)
		strbuf_addch(out, (char)(0x80 | (size & 0x7F)));
	strbuf_addch(out, (char)size);
}

/* A bit for each byte of offset and size that is not 0; size 0 is 64 KB. */
static void add_copy(struct strbuf *out, size_t offset, size_t len)
{
	while (len) {
		size_t n = len < LONGEST_COPY ? len : LONGEST_COPY;
		size_t size = n == LONGEST_COPY ? 0 : n, at = out->len;
		unsigned op = 0x80;

		strbuf_addch(out, 0);
		for (unsigned i = 0; i < 4; i++)
			if (offset >> 8 * i & 0xFF) {
				op |= 1U << i;
				strbuf_addch(out, (char)(offset >> 8 * i));
			}
		for (unsigned i = 0; i < 2; i++)
			if (size >> 8 * i & 0xFF) {
				op |= 0x10U << i;
				strbuf_addch(out, (char)(size >> 8 * i));
			}
		out->buf[at] = (char)op;
		offset += n;
		len -= n;
	}
}

static void add_insert(struct strbuf *out, struct slice bytes)
{
	while (bytes.len) {
		size_t n = bytes.len < LONGEST_INSERT ? bytes.len
						      : LONGEST_INSERT;

		strbuf_addch(out, (char)n);
		strbuf_add(out, bytes.ptr, n);
		bytes = slice_sub(bytes, n, bytes.len);
	}
}

static void add_delta(struct strbuf *out, const struct object *o)
{
	add_size(out, o->base_len);
	add_size(out, o->len);
	add_copy(out, 0, o->prefix);
	add_insert(out, o->bytes);
	add_copy(out, o->base_len - o->suffix, o->suffix);
}

void object_pack(struct object *o, struct strbuf *scratch,
		 struct libdeflate_compressor *compressor)
{
	struct strbuf delta = STRBUF_INIT;
	struct slice bytes = o->bytes;
	size_t room;

	if (o->base != NO_OBJECT) {
		add_delta(&delta, o);
		bytes = strbuf_slice(&delta);
	}
	room = libdeflate_zlib_compress_bound(compressor, bytes.len);
	strbuf_truncate(scratch, 0);
	strbuf_grow(scratch, room);
	o->unpacked_len = bytes.len;
	o->packed_len = libdeflate_zlib_compress(compressor,
						 bytes.ptr ? bytes.ptr : "",
						 bytes.len, scratch->buf,
						 room);
	o->packed = xmalloc(o->packed_len);
	memcpy(o->packed, scratch->buf, o->packed_len);
	strbuf_release(&delta);
}

static int by_id(const void *a, const void *b)
{
	const struct object *const *x = a, *const *y = b;

	return git_oid_cmp(&(*x)->id, &(*y)->id);
}

/* Those that are wanted, by their ids. */
static struct object **sort_objects(size_t *wanted, struct object *objects,
				    size_t count)
{
	struct object **sorted = xreallocarray(NULL, count + 1,
					       sizeof(*sorted));
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		if (objects[i].wanted)
			sorted[n++] = &objects[i];
	qsort(sorted, n, sizeof(*sorted), by_id);
	*wanted = n;
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

/* Type and size, seven bits at a time. */
static size_t write_header(unsigned char *out, unsigned type, size_t size)
{
	size_t n = 0;

	out[n] = (unsigned char)(type << 4 | (size & 15));
	for (size >>= 4; size; size >>= 7) {
		out[n++] |= 0x80;
		out[n] = size & 0x7F;
	}
	return n + 1;
}

/* How far back the base is: each byte but the last counts from one. */
static size_t write_distance(unsigned char *out, size_t distance)
{
	unsigned char bytes[16];
	size_t at = sizeof(bytes) - 1;

	bytes[at] = distance & 0x7F;
	while (distance >>= 7)
		bytes[--at] = 0x80 | (--distance & 0x7F);
	memcpy(out, bytes + at, sizeof(bytes) - at);
	return sizeof(bytes) - at;
}

/* The base of a delta stands before it: its number is the smaller one. */
static void write_object(struct output *out, struct object *objects,
			 struct object *o, uint64_t *offset)
{
	bool whole = o->base == NO_OBJECT;
	unsigned char header[32];
	size_t n = write_header(header, whole ? (unsigned)o->type : OFS_DELTA,
				o->unpacked_len);

	if (!whole)
		n += write_distance(header + n,
				    *offset - objects[o->base].offset);
	o->offset = (uint32_t)*offset;
	o->crc = libdeflate_crc32(libdeflate_crc32(0, header, n), o->packed,
				  o->packed_len);
	*offset += n + o->packed_len;
	output_add(out, header, n);
	output_add(out, o->packed, o->packed_len);
}

static bool write_pack(unsigned char id[SHA1_SIZE], struct strbuf *path,
		       const char *folder, struct object *objects,
		       size_t count, size_t wanted)
{
	struct strbuf header = STRBUF_INIT;
	struct output out;
	uint64_t offset = 12;

	if (!output_open(&out, path, folder, "pack"))
		return false;
	strbuf_adds(&header, "PACK");
	add_be32(&header, 2);
	add_be32(&header, (uint32_t)wanted);
	output_add(&out, header.buf, header.len);
	strbuf_release(&header);
	for (size_t i = 0; i < count; i++)
		if (objects[i].wanted)
			write_object(&out, objects, &objects[i], &offset);
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

int object_pack_write(struct object *objects, size_t count,
		      const char *folder, struct error *err)
{
	struct strbuf pack = STRBUF_INIT, index = STRBUF_INIT;
	unsigned char id[SHA1_SIZE];
	struct object **sorted;
	size_t wanted;
	int rc = 0;

	if (mkdir(folder, 0777) < 0 && errno != EEXIST)
		return error_set_errno(err, "cannot write '%s'", folder);
	sorted = sort_objects(&wanted, objects, count);
	if (!write_pack(id, &pack, folder, objects, count, wanted) ||
	    !write_pack_index(&index, folder, sorted, wanted, id) ||
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
