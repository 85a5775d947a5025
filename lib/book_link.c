/* SPDX-License-Identifier: MIT */
/* Where the links of the text lead. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "alloc.h"
#include "book_private.h"
#include "error.h"

static _Thread_local const struct chunk *sorting; /* qsort has no context */

static int compare_paths(const void *a, const void *b)
{
	return strcmp(sorting[*(const size_t *)a].path,
		      sorting[*(const size_t *)b].path);
}

void book_index_paths(struct book *book)
{
	size_t count = book->ms->outline.count;

	book->by_path = xreallocarray(NULL, count + 1, sizeof(size_t));
	for (size_t i = 0; i < count; i++)
		if (book->chunks[i].path)
			book->by_path[book->by_path_count++] = i;
	sorting = book->chunks;
	qsort(book->by_path, book->by_path_count, sizeof(size_t),
	      compare_paths);
}

static size_t chunk_at(const struct book *book, const char *path)
{
	size_t low = 0, high = book->by_path_count;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = strcmp(book->chunks[book->by_path[mid]].path, path);

		if (!order)
			return book->by_path[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return SIZE_MAX;
}

/* ---- anchors ---------------------------------------------------------- */

struct anchor_list {
	struct anchor *items;
	size_t count, capacity;
};

static void add_anchor(void *data, struct slice fragment,
		       const struct node *node)
{
	struct anchor_list *list = data;

	GROW(list->items, list->count, list->capacity);
	list->items[list->count++] =
		(struct anchor){ fragment, node->id, node->start };
}

static int compare_anchors(const void *a, const void *b)
{
	return slice_cmp(((const struct anchor *)a)->fragment,
			 ((const struct anchor *)b)->fragment);
}

/* Read a chunk once more for the anchors that links into it may name. */
static int find_anchors(struct book *book, size_t at, struct error *err)
{
	struct chunk *chunk = &book->chunks[at];
	struct anchor_list list = { NULL, 0, 0 };
	struct document doc = DOCUMENT_INIT;
	struct strbuf source = STRBUF_INIT;
	struct slice text;
	int rc = book_text(&text, &source, book, at, err);

	if (!rc)
		rc = book->reader(&doc, text, &book->definitions, err);
	if (!rc) {
		book_set_anchors(&book->arena, &doc, chunk->id, add_anchor,
				 &list);
		if (list.count)
			qsort(list.items, list.count, sizeof(*list.items),
			      compare_anchors);
		GROW(list.items, list.count, list.capacity); /* never NULL */
		chunk->anchors = list.items;
		chunk->anchor_count = list.count;
	}
	document_release(&doc);
	strbuf_release(&source);
	return rc;
}

static const struct anchor *anchor_named(const struct chunk *chunk,
					 struct slice fragment)
{
	struct anchor key = { fragment, NULL, 0 };

	return chunk->anchor_count
		       ? bsearch(&key, chunk->anchors, chunk->anchor_count,
				 sizeof(key), compare_anchors)
		       : NULL;
}

/* ---- paths ------------------------------------------------------------ */

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void add_decoded(struct strbuf *out, struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '%' && i + 2 < s.len &&
		    hex(s.ptr[i + 1]) >= 0 && hex(s.ptr[i + 2]) >= 0) {
			strbuf_addch(out, (char)(hex(s.ptr[i + 1]) << 4 |
						 hex(s.ptr[i + 2])));
			i += 2;
		} else {
			strbuf_addch(out, s.ptr[i]);
		}
	}
}

/* Put together `folder` and a relative path, without "." and "..": false when
 * that leaves the manuscript. A NUL in it would cut it short: false too. */
static bool normalize(struct strbuf *out, struct slice folder,
		      struct slice path)
{
	struct strbuf all = STRBUF_INIT;
	struct slice rest;
	bool inside = true;

	if (path.len && *path.ptr != '/')
		strbuf_add_slice(&all, folder);
	add_decoded(&all, path);
	rest = strbuf_slice(&all);
	if (memchr(rest.ptr, '\0', rest.len))
		inside = false;
	while (inside && rest.len) {
		size_t slash = slice_find(rest, '/');
		struct slice name = slice_sub(rest, 0, slash);

		rest = slice_sub(rest, slash + 1, rest.len);
		if (!name.len || slice_eq_str(name, "."))
			continue;
		if (slice_eq_str(name, "..")) {
			size_t len = out->len;

			inside = len > 0;
			while (len && out->buf[len - 1] != '/')
				len--;
			strbuf_truncate(out, len ? len - 1 : 0);
			continue;
		}
		if (out->len)
			strbuf_addch(out, '/');
		strbuf_add_slice(out, name);
	}
	strbuf_release(&all);
	return inside && out->len;
}

/* The scheme of an absolute URL (RFC 3986, 3.1), without ':'; else empty. */
static struct slice scheme_of(struct slice url)
{
	size_t i = 0;

	while (i < url.len) {
		char c = url.ptr[i] | 0x20;
		bool letter = c >= 'a' && c <= 'z';

		if (url.ptr[i] == ':')
			return slice_sub(url, 0, i);
		if (!letter && (!i || !strchr("0123456789+-.", url.ptr[i])))
			break;
		i++;
	}
	return (struct slice){ NULL, 0 };
}

static bool is_safe_scheme(struct slice scheme)
{
	static const char *const safe[] = { "http", "https", "mailto" };

	for (size_t i = 0; i < sizeof(safe) / sizeof(*safe); i++)
		if (scheme.len == strlen(safe[i]) &&
		    !strncasecmp(scheme.ptr, safe[i], scheme.len))
			return true;
	return false;
}

/* mdBook: "ch01.html" is "ch01.md", a folder is its README.md. */
static size_t chunk_for(const struct book *book, struct strbuf *path)
{
	static const char *const ends[] = { ".md", "/README.md", "/index.md" };
	size_t at = chunk_at(book, path->buf), len = path->len;

	if (at == SIZE_MAX &&
	    slice_ends_with(strbuf_slice(path), SLICE(".html")))
		len -= strlen(".html");
	for (size_t i = 0; at == SIZE_MAX && i < 3; i++) {
		size_t whole = path->len;
		char *saved = xstrdup(path->buf);

		strbuf_truncate(path, len);
		strbuf_adds(path, ends[i]);
		at = chunk_at(book, path->buf);
		if (at == SIZE_MAX) {
			strbuf_truncate(path, 0);
			strbuf_add(path, saved, whole);
		}
		free(saved);
	}
	return at;
}

static int to_chunk(struct book_target *target, struct book *book, size_t at,
		    struct slice fragment, struct error *err)
{
	struct chunk *chunk = &book->chunks[at];
	const struct book_entry *entry;
	const struct anchor *anchor;
	int rc;

	if (chunk->chapter == SIZE_MAX || !chunk->there)
		return 0;
	entry = &book->entries[chunk->chapter];
	target->kind = TARGET_CHAPTER;
	target->chapter = chunk->chapter;
	target->id = at == entry->first ? NULL : chunk->id;
	for (size_t i = entry->first; i < at; i++)
		target->section += book->chunks[i].there;
	if (!fragment.len)
		return 0;
	if (!chunk->anchors) {
		rc = find_anchors(book, at, err);
		if (rc < 0)
			return rc;
	}
	strbuf_truncate(&book->scratch, 0);
	add_decoded(&book->scratch, fragment);
	anchor = anchor_named(chunk, strbuf_slice(&book->scratch));
	target->no_anchor = !anchor;
	if (anchor) {
		target->id = anchor->id;
		target->offset = anchor->offset;
	}
	return 0;
}

int book_resolve(struct book_target *target, struct book *book,
		 const struct book_section *section, struct slice url,
		 struct error *err)
{
	struct slice scheme = scheme_of(url), fragment, folder, path;
	struct arena *arena = &book->current.arena;
	struct strbuf file = STRBUF_INIT;
	size_t at, hash = slice_find(url, '#');
	int rc = 0;

	*target = (struct book_target){ .kind = TARGET_DEAD };
	if (scheme.len) {
		if (is_safe_scheme(scheme)) {
			target->kind = TARGET_OUTSIDE;
			target->url = arena_copy(arena, url);
		}
		return 0;
	}
	fragment = slice_sub(url, hash + 1, url.len);
	path = slice_sub(url, 0, slice_find(slice_sub(url, 0, hash), '?'));
	if (!path.len) {
		if (hash == url.len)
			return 0; /* an empty link */
		at = chunk_at(book, section->entry->path
					    ? section->entry->path
					    : "");
		return at == SIZE_MAX
			       ? 0
			       : to_chunk(target, book, at, fragment, err);
	}
	if (slice_starts_with(path, SLICE("//")))
		return 0;
	folder = slice_of(section->entry->path ? section->entry->path : "");
	while (folder.len && folder.ptr[folder.len - 1] != '/')
		folder.len--;
	if (*path.ptr == '/')
		strbuf_adds(&file, book->ms->folder);
	if (file.len)
		file.buf[--file.len] = '\0'; /* its '/' */
	if (normalize(&file, folder, path)) {
		at = chunk_for(book, &file);
		if (at != SIZE_MAX) {
			rc = to_chunk(target, book, at, fragment, err);
		} else if (tree_has(book->ms->tree, file.buf)) {
			target->kind = TARGET_FILE;
			target->path = arena_copy(arena, strbuf_slice(&file));
		}
	}
	strbuf_release(&file);
	return rc;
}
