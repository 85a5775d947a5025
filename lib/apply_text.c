/* SPDX-License-Identifier: MIT */
/* The texts as they are now, and as what was applied has left them. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "apply_private.h"
#include "error.h"
#include "line_ends.h"
#include "prose_index.h"

#define LARGEST_TEXT ((size_t)64 << 20)

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct now *)a)->path,
		      ((const struct now *)b)->path);
}

struct now *apply_find_text(struct applier *a, const char *path)
{
	struct now key = { .path = path };

	if (!a->text_count)
		return NULL;
	return bsearch(&key, a->texts, a->text_count, sizeof(key), by_path);
}

static int add_text(struct applier *a, struct tree *tree, const char *path,
		    struct error *err)
{
	struct strbuf bytes = STRBUF_INIT;
	struct now *now;
	int rc = 0;

	if (tree_size(tree, path) <= LARGEST_TEXT)
		rc = tree_read(&bytes, tree, path, err);
	if (rc == ERROR_NOT_FOUND)
		rc = 0; /* not written yet */
	else if (!rc && !memchr(bytes.buf, '\0', bytes.len)) {
		GROW(a->texts, a->text_count, a->text_capacity);
		now = &a->texts[a->text_count++];
		*now = (struct now){ arena_strdup(&a->arena, path),
				     { NULL, 0 }, STRBUF_INIT, false };
		now->crlf = line_end_of(strbuf_slice(&bytes)) ==
			    LINE_END_CRLF;
		if (now->crlf) {
			now->text = line_end_to_lf(strbuf_slice(&bytes),
						   &now->own);
		} else {
			now->own = bytes;
			bytes = (struct strbuf)STRBUF_INIT;
			now->text = strbuf_slice(&now->own);
		}
	}
	strbuf_release(&bytes);
	return rc;
}

struct text_reader {
	struct applier *applier;
	struct tree *tree;
	struct error *err;
};

static const char *extension_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *dot = strrchr(slash ? slash : path, '.');

	return dot ? dot : "";
}

/* Is it prose: of the same kind as a file that a comment is about? */
static bool is_of_kind(const struct applier *a, const char *path)
{
	const char *extension = extension_of(path);

	if (*path == '.' || strstr(path, "/."))
		return false;
	for (size_t i = 0; i < a->review->count; i++) {
		struct slice chunk = a->review->items[i].comment.chunk;

		if (slice_ends_with(chunk, slice_of(extension)) &&
		    (*extension || !memchr(chunk.ptr ? chunk.ptr : "", '.',
					   chunk.len)))
			return true;
	}
	return false;
}

static int visit_file(const char *path, void *data)
{
	struct text_reader *r = data;

	if (!is_of_kind(r->applier, path))
		return 0;
	return add_text(r->applier, r->tree, path, r->err);
}

/* The chunks; without an outline every file of the kinds that are changed. */
int apply_read_texts(struct applier *a, struct error *err)
{
	const struct outline *outline = &a->ms->outline;
	struct text_reader r = { a, NULL, err };
	int rc = tree_open_revision(&r.tree, a->ms->repo, "HEAD", err);

	if (!rc && !a->ms->outline_path)
		rc = tree_each(r.tree, visit_file, &r, err);
	for (size_t i = 0; !rc && a->ms->outline_path && i < outline->count;
	     i++)
		if (outline->items[i].path)
			rc = add_text(a, r.tree, outline->items[i].path, err);
	tree_close(r.tree);
	if (rc < 0)
		return rc;
	if (a->text_count)
		qsort(a->texts, a->text_count, sizeof(*a->texts), by_path);
	a->index = prose_index_new(&a->vocabulary);
	for (size_t i = 0; i < a->text_count; i++)
		prose_index_add(a->index, a->texts[i].text);
	return 0;
}

/* Tell the index what became of the text. */
static void replace_indexed(struct applier *a, const struct replacement *from,
			    const struct replacement *to, struct slice text)
{
	size_t count = (size_t)(to - from);
	struct prose_splice *splices = xreallocarray(NULL, count,
						     sizeof(*splices));

	for (size_t i = 0; i < count; i++)
		splices[i] = (struct prose_splice){ from[i].span,
						    from[i].words.len };
	prose_index_replace(a->index, from->text, text, splices, count);
	free(splices);
}

/* Replacements `from` up to `to` are in the text of the first. */
static void change_text(struct applier *a, const struct replacement *from,
			const struct replacement *to)
{
	struct now *now = &a->texts[from->text];
	struct strbuf text = STRBUF_INIT, crlf = STRBUF_INIT;
	size_t done = 0;

	for (const struct replacement *r = from; r < to; r++) {
		strbuf_add(&text, now->text.ptr + done, r->span.start - done);
		strbuf_add_slice(&text, r->words);
		done = r->span.end;
	}
	strbuf_add(&text, now->text.ptr + done, now->text.len - done);
	if (now->crlf)
		line_end_add_crlf(&crlf, strbuf_slice(&text));
	apply_commits_write(&a->made, now->path,
			    strbuf_slice(now->crlf ? &crlf : &text));
	replace_indexed(a, from, to, strbuf_slice(&text));
	strbuf_release(&now->own);
	now->own = text;
	now->text = strbuf_slice(&now->own);
	strbuf_release(&crlf);
}

void apply_change_texts(struct applier *a, const struct replacements *r)
{
	for (size_t i = 0, j; i < r->count; i = j) {
		for (j = i + 1; j < r->count &&
		     r->items[j].text == r->items[i].text; j++)
			;
		change_text(a, r->items + i, r->items + j);
	}
}
