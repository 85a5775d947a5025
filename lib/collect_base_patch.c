/* SPDX-License-Identifier: MIT */
/* What a patch makes of a text that readers saw. */
#include <string.h>

#include "alloc.h"
#include "collect_private.h"
#include "error.h"

static int check_traits(const struct patch_file *file, struct error *err)
{
	static const struct {
		unsigned trait;
		const char *words;
	} refused[] = {
		{ PATCH_BINARY, "it changes a file that is no text" },
		{ PATCH_NEW, "it makes a new file" },
		{ PATCH_DELETED, "it takes a whole file away" },
		{ PATCH_RENAMED, "it gives a file another name" },
		{ PATCH_MODE, "it changes what kind of file this is" },
	};
	const char *path = file->new_path ? file->new_path : file->old_path;

	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++)
		if (file->traits & refused[i].trait)
			return error_set(err, ERROR_INVALID, "%s, '%s'; only "
					 "words of the book can be changed",
					 refused[i].words, path ? path : "");
	return 0;
}

void patched_add(struct patched_list *list, struct arena *arena,
		 const struct base_text *text, struct slice theirs)
{
	struct patched *p;

	if (list->count == list->capacity) {
		/* most are alone */
		list->capacity = list->capacity ? list->capacity * 2 : 1;
		list->items = xreallocarray(list->items, list->capacity,
					    sizeof(*list->items));
	}
	p = &list->items[list->count++];
	p->path = text->path;
	memcpy(p->base_blob, text->blob, sizeof(p->base_blob));
	p->base = text->bytes;
	blob_id(p->blob, theirs);
	slice_common_ends(&p->prefix, &p->suffix, p->base, theirs);
	p->words = arena_slice(arena, slice_sub(theirs, p->prefix,
						theirs.len - p->suffix));
}

void patched_theirs(struct strbuf *out, const struct patched *p)
{
	strbuf_add_slice(out, slice_sub(p->base, 0, p->prefix));
	strbuf_add_slice(out, p->words);
	strbuf_add_slice(out, slice_sub(p->base, p->base.len - p->suffix,
					p->base.len));
}

static int patch_text(struct patched_list *out, struct arena *arena,
		      const struct base_text *text,
		      const struct patch_file *file, struct error *err)
{
	struct patch_report report = { 0, 0, 0 };
	struct strbuf theirs = STRBUF_INIT;
	int rc = patch_apply(&theirs, file, text->bytes, &report, err);

	if (!rc) {
		patched_add(out, arena, text, strbuf_slice(&theirs));
		out->repairs |= report.repairs & ~(unsigned)REPAIR_OFFSET;
	}
	strbuf_release(&theirs);
	return rc;
}

static bool is_blob(const struct base_text *text, const char *id)
{
	return id && strlen(id) >= 4 && !strncmp(text->blob, id, strlen(id));
}

static bool is_twice(const struct patched_list *list, const char *path)
{
	for (size_t i = 0; i < list->count; i++)
		if (!strcmp(list->items[i].path, path))
			return true;
	return false;
}

int base_patch(struct patched_list *out, struct arena *arena,
	       struct base *base, struct bases *bases,
	       const struct patch *patch, bool by_blob, struct error *err)
{
	out->count = 0;
	out->repairs = 0;
	for (size_t i = 0; i < patch->file_count; i++) {
		const struct patch_file *file = &patch->files[i];
		const struct base_text *text;
		int rc = check_traits(file, err);

		if (!rc)
			rc = base_text(&text, base, bases, file->old_path,
				       err);
		if (!rc && by_blob && !is_blob(text, file->old_blob))
			return ERROR_NOT_FOUND;
		if (!rc && is_twice(out, text->path))
			rc = error_set(err, ERROR_INVALID, "it changes '%s' "
				       "twice", text->path);
		if (!rc)
			rc = patch_text(out, arena, text, file, err);
		if (rc < 0)
			return rc;
	}
	return 0;
}
