/* SPDX-License-Identifier: MIT */
/* Outlines: what is read and written reads back the same, bar its lines. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "error.h"
#include "outline.h"
#include "strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_same(const struct outline *a, const struct outline *b)
{
	assert(a->count == b->count);
	for (size_t i = 0; i < a->count; i++) {
		const struct outline_entry *x = &a->items[i];
		const struct outline_entry *y = &b->items[i];

		assert(x->depth == y->depth);
		assert(!strcmp(x->title, y->title));
		assert(!x->path == !y->path);
		assert(!x->path || !strcmp(x->path, y->path));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct outline first = OUTLINE_INIT, second = OUTLINE_INIT;
	struct strbuf text = STRBUF_INIT, other = STRBUF_INIT;
	struct slice source = { (const char *)data, size };
	const char *folder = size % 2 ? "src/" : "";
	struct error err = ERROR_INIT;

	if (!outline_parse(&first, source, folder, "SUMMARY.md", &err)) {
		outline_write(&text, &first, folder);
		assert(!outline_parse(&second, strbuf_slice(&text), folder,
				      "again", &err));
		check_same(&first, &second);
		for (size_t i = 0; i < first.count && i < 3; i++)
			outline_replace(&other, source, &first, i,
					first.items, first.count < 4
					? first.count : 4, folder, &err);
	}
	outline_release(&first);
	outline_release(&second);
	strbuf_release(&text);
	strbuf_release(&other);
	return 0;
}
