/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "prose_diff.h"
#include "prose_lines.h"

#define FAR_LINES 40		/* a paragraph ends after so many lines */

void lines_hunks_release(struct lines_hunks *hunks)
{
	free(hunks->items);
	*hunks = (struct lines_hunks)LINES_HUNKS_INIT;
}

/* What is not in the runs. */
void lines_hunks_read(struct lines_hunks *hunks, const struct line_runs *runs,
		       size_t a_len, size_t b_len)
{
	size_t a = 0, b = 0;

	for (size_t i = 0; i <= runs->count; i++) {
		bool end = i == runs->count;
		size_t to_a = end ? a_len : runs->items[i].a;
		size_t to_b = end ? b_len : runs->items[i].b;

		if (a < to_a || b < to_b) {
			GROW(hunks->items, hunks->count, hunks->capacity);
			hunks->items[hunks->count++] = (struct lines_hunk){
				a, to_a, b, to_b, false, true
			};
		}
		if (!end) {
			a = to_a + runs->items[i].len;
			b = to_b + runs->items[i].len;
		}
	}
}

size_t line_before(struct slice s, size_t at)
{
	if (at)
		at--;
	while (at && s.ptr[at - 1] != '\n')
		at--;
	return at;
}

size_t line_after(struct slice s, size_t at)
{
	const char *nl = at < s.len ? memchr(s.ptr + at, '\n', s.len - at) :
			 NULL;

	return nl ? (size_t)(nl - s.ptr) + 1 : s.len;
}

/* Back over blank lines, then to the start of the paragraph before. */
size_t paragraph_before(struct slice s, size_t at)
{
	bool words = false;

	for (int n = 0; n < FAR_LINES && at; n++) {
		size_t line = line_before(s, at);
		bool blank = slice_is_blank(slice_sub(s, line, at));

		if (blank && words)
			break;
		words = words || !blank;
		at = line;
	}
	return at;
}

size_t paragraph_after(struct slice s, size_t at)
{
	bool words = false;

	for (int n = 0; n < FAR_LINES && at < s.len; n++) {
		size_t line = line_after(s, at);
		bool blank = slice_is_blank(slice_sub(s, at, line));

		if (blank && words)
			break;
		words = words || !blank;
		at = line;
	}
	return at;
}

/* Where base byte `at`, before hunk `n`, stands. */
size_t lines_shifted(const struct lines_hunks *hunks, size_t n, size_t at)
{
	if (!n)
		return at;
	return at - hunks->items[n - 1].a1 + hunks->items[n - 1].b1;
}
