/* SPDX-License-Identifier: MIT */
/* The first byte chooses where to cut and what kind of text it is. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "join.h"
#include "split.h"
#include "strbuf.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

/* Join gives back every byte, and no two chunks have one name. */
static void check_law(const struct split_plan *plan, struct slice text)
{
	struct strbuf joined = STRBUF_INIT;
	struct joiner joiner;
	size_t end = 0;

	joiner_init(&joiner, &joined);
	for (size_t i = 0; i < plan->count; i++) {
		const struct split_piece *p = &plan->items[i];

		expect(p->span.start == end && p->span.end >= end);
		end = p->span.end;
		joiner_add(&joiner, slice_sub(text, p->span.start, end));
		expect(!i || strcmp(p[-1].path, p->path) < 0);
	}
	expect(end == text.len && slice_eq(text, strbuf_slice(&joined)));
	expect(!joiner.blank_lines);
	strbuf_release(&joined);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct split_plan plan = SPLIT_PLAN_INIT;
	struct split_options options = { .at = SPLIT_CHAPTER };
	struct outline outline = OUTLINE_INIT;
	struct slice text = { (const char *)data + 1, size - 1 };
	int rc;

	if (!size)
		return 0;
	options.at = (enum split_level)(SPLIT_PART + (data[0] & 3));
	options.words = data[0] & 4 ? data[0] >> 4 : 0;
	options.name = data[0] & 8 ? "book.txt" : "book.md";
	rc = split_plan_make(&plan, text, &options, NULL);
	expect((rc == ERROR_MALFORMED) ==
	       (text.len && memchr(text.ptr, '\0', text.len)));
	if (!rc) {
		check_law(&plan, text);
		split_plan_outline(&outline, &plan);
	}
	outline_release(&outline);
	split_plan_release(&plan);
	return 0;
}
