/* SPDX-License-Identifier: MIT */
/* What the files of chapters are called. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "book_private.h"
#include "slug.h"

static const char *entry_slug(struct book *book, size_t index)
{
	const struct book_entry *e = &book->entries[index];
	const struct outline_entry *o = &book->ms->outline.items[e->first];
	struct strbuf out = STRBUF_INIT;
	struct slice name = slice_of(e->title);
	const char *result;

	if (o->path) { /* the chunk's name; of README.md its folder's */
		const char *start = strrchr(o->path, '/');
		const char *dot;

		name = slice_of(start ? start + 1 : o->path);
		dot = strrchr(name.ptr, '.');
		name.len = dot ? (size_t)(dot - name.ptr) : name.len;
		if (start && (slice_eq_str(name, "README") ||
			      slice_eq_str(name, "index"))) {
			name = (struct slice){ o->path,
					       (size_t)(start - o->path) };
			while (slice_find(name, '/') < name.len)
				name = slice_sub(name,
						 slice_find(name, '/') + 1,
						 name.len);
		}
	}
	slug_add(&out, name, 60);
	if (!out.len)
		strbuf_addf(&out, "chapter-%zu", index + 1);
	result = arena_copy(&book->arena, strbuf_slice(&out));
	strbuf_release(&out);
	return result;
}

static _Thread_local struct book *sorting; /* qsort has no context */

static int compare_slugs(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;
	int order = strcmp(sorting->entries[x].slug, sorting->entries[y].slug);

	return order ? order : (x > y) - (x < y);
}

/* Until no two are the same; a round more is only ever needed by names such
 * as "fog-2" beside two called "fog". */
void book_name_files(struct book *book)
{
	size_t *order = xreallocarray(NULL, book->count + 1, sizeof(size_t));
	bool again = true;

	for (size_t i = 0; i < book->count; i++) {
		book->entries[i].slug = entry_slug(book, i);
		order[i] = i;
	}
	for (int rounds = 0; again && rounds < 64; rounds++) {
		again = false;
		sorting = book;
		qsort(order, book->count, sizeof(size_t), compare_slugs);
		for (size_t i = 1; i < book->count; i++) {
			struct book_entry *e = &book->entries[order[i]];
			struct strbuf out = STRBUF_INIT;

			if (strcmp(e->slug, book->entries[order[i - 1]].slug))
				continue;
			strbuf_addf(&out, "%s-%zu", e->slug, order[i] + 1);
			e->slug = arena_copy(&book->arena, strbuf_slice(&out));
			strbuf_release(&out);
			again = true;
		}
	}
	free(order);
}
