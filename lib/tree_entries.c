/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "alloc.h"
#include "tree_entries.h"

void tree_entries_release(struct tree_entries *e)
{
	strbuf_release(&e->bytes);
	free(e->starts);
	*e = (struct tree_entries)TREE_ENTRIES_INIT;
}

void tree_entries_copy(struct tree_entries *out,
		       const struct tree_entries *from)
{
	strbuf_truncate(&out->bytes, 0);
	strbuf_add_slice(&out->bytes, strbuf_slice(&from->bytes));
	if (out->capacity < from->count) {
		out->capacity = from->count;
		out->starts = xreallocarray(out->starts, out->capacity,
					    sizeof(*out->starts));
	}
	if (from->count)
		memcpy(out->starts, from->starts,
		       from->count * sizeof(*out->starts));
	out->count = from->count;
}

bool tree_entry_read(struct tree_entry *out, struct slice bytes)
{
	size_t n = 0, nul;

	out->mode = 0;
	while (n < bytes.len && n < 7 && bytes.ptr[n] >= '0' &&
	       bytes.ptr[n] <= '7')
		out->mode = out->mode << 3 | (uint32_t)(bytes.ptr[n++] - '0');
	if (!n || n == bytes.len || bytes.ptr[n] != ' ')
		return false;
	bytes = slice_sub(bytes, n + 1, bytes.len);
	nul = slice_find(bytes, '\0');
	if (!nul || bytes.len - nul < 1 + GIT_OID_RAWSZ)
		return false;
	out->name = slice_sub(bytes, 0, nul);
	out->id = (const unsigned char *)bytes.ptr + nul + 1;
	out->len = n + 1 + nul + 1 + GIT_OID_RAWSZ;
	return true;
}

struct tree_entry tree_entries_at(const struct tree_entries *e, size_t n)
{
	struct tree_entry entry = { .mode = 0 };

	tree_entry_read(&entry, slice_sub(strbuf_slice(&e->bytes),
					  e->starts[n], e->bytes.len));
	return entry;
}

size_t tree_entries_offset(const struct tree_entries *e, size_t n)
{
	return n < e->count ? e->starts[n] : e->bytes.len;
}

bool tree_entry_is_folder(const struct tree_entry *entry)
{
	return S_ISDIR(entry->mode);
}

static unsigned char byte_after(const struct tree_entry *entry, size_t len)
{
	return entry->name.len > len ? (unsigned char)entry->name.ptr[len]
	     : tree_entry_is_folder(entry) ? '/' : 0;
}

int tree_entry_compare(const struct tree_entry *a, const struct tree_entry *b)
{
	size_t len = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = memcmp(a->name.ptr, b->name.ptr, len);

	return order ? order : byte_after(a, len) - byte_after(b, len);
}

bool tree_entries_find(size_t *at, const struct tree_entries *e,
		       struct slice name, bool folder)
{
	const struct tree_entry key = {
		.mode = folder ? GIT_FILEMODE_TREE : GIT_FILEMODE_BLOB,
		.name = name
	};
	size_t low = 0, high = e->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct tree_entry entry = tree_entries_at(e, middle);
		int order = tree_entry_compare(&entry, &key);

		if (!order) {
			*at = middle;
			return true;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*at = low;
	return false;
}

bool tree_entries_index(struct tree_entries *e)
{
	struct slice bytes = strbuf_slice(&e->bytes);
	struct tree_entry last = { .mode = 0 }, entry;

	e->count = 0;
	while (bytes.len) {
		if (!tree_entry_read(&entry, bytes) ||
		    (e->count && tree_entry_compare(&last, &entry) >= 0))
			return false;
		GROW(e->starts, e->count, e->capacity);
		e->starts[e->count++] = (size_t)(bytes.ptr - e->bytes.buf);
		bytes = slice_sub(bytes, entry.len, bytes.len);
		last = entry;
	}
	return true;
}

/* Put `bytes` in the place of those from `start` to `end`. */
static void splice(struct strbuf *sb, size_t start, size_t end,
		   struct slice bytes)
{
	size_t tail = sb->len - end;

	strbuf_grow(sb, bytes.len);
	memmove(sb->buf + start + bytes.len, sb->buf + end, tail + 1);
	if (bytes.len)
		memcpy(sb->buf + start, bytes.ptr, bytes.len);
	sb->len = start + bytes.len + tail;
}

void tree_entries_insert(struct tree_entries *e, size_t at, uint32_t mode,
			 struct slice name, const git_oid *id)
{
	size_t start = tree_entries_offset(e, at);
	struct strbuf text = STRBUF_INIT;

	strbuf_addf(&text, "%o ", (unsigned)mode);
	strbuf_add_slice(&text, name);
	strbuf_addch(&text, '\0');
	strbuf_add(&text, id->id, GIT_OID_RAWSZ);
	splice(&e->bytes, start, start, strbuf_slice(&text));
	GROW(e->starts, e->count, e->capacity);
	memmove(e->starts + at + 1, e->starts + at,
		(e->count++ - at) * sizeof(*e->starts));
	e->starts[at] = start;
	while (++at < e->count)
		e->starts[at] += text.len;
	strbuf_release(&text);
}

void tree_entries_remove(struct tree_entries *e, size_t at)
{
	size_t start = e->starts[at], len = tree_entries_at(e, at).len;

	splice(&e->bytes, start, start + len, SLICE(""));
	e->count--;
	memmove(e->starts + at, e->starts + at + 1,
		(e->count - at) * sizeof(*e->starts));
	for (; at < e->count; at++)
		e->starts[at] -= len;
}

void tree_entries_set_id(struct tree_entries *e, size_t at, const git_oid *id)
{
	memcpy(e->bytes.buf + tree_entries_offset(e, at + 1) - GIT_OID_RAWSZ,
	       id->id, GIT_OID_RAWSZ);
}
