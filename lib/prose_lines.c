/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "prose_diff.h"
#include "prose_lines.h"

#define FAR_LINES 40		/* a paragraph ends after so many lines */
#define FAR_BYTES 16384		/* beyond them nothing is near a change */

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

/* --- very long lines --- */

/* How many bytes two texts have in common at their starts, or ends. */
static size_t common(struct slice a, struct slice b, size_t n, bool end)
{
	size_t i = 0;

	if (end) {
		while (i + 256 <= n && !memcmp(a.ptr + a.len - i - 256,
					       b.ptr + b.len - i - 256, 256))
			i += 256;
		return i;
	}
	while (i + 256 <= n && !memcmp(a.ptr + i, b.ptr + i, 256))
		i += 256;
	return i;
}

/* The last start of a word up to `at`, or of a character at least. */
static size_t word_before(struct slice s, size_t at)
{
	size_t i = at;

	while (i && at - i < FAR_BYTES / 4 && s.ptr[i - 1] != ' ')
		i--;
	if (i && s.ptr[i - 1] == ' ')
		return i;
	while (at && ((unsigned char)s.ptr[at] & 0xC0) == 0x80)
		at--;
	return at;
}

void spans_trim(const struct slice *texts, struct span *spans, size_t count)
{
	size_t start = SIZE_MAX, end = SIZE_MAX, n = SIZE_MAX;
	struct slice part[3];

	for (size_t i = 0; i < count; i++) {
		part[i] = slice_sub(texts[i], spans[i].start, spans[i].end);
		n = part[i].len < n ? part[i].len : n;
	}
	if (n < 4 * FAR_BYTES)
		return;
	for (size_t i = 1; i < count; i++) {
		size_t c = common(part[0], part[i], n, false);

		start = c < start ? c : start;
	}
	start = start > FAR_BYTES ? word_before(part[0], start - FAR_BYTES) : 0;
	for (size_t i = 1; i < count; i++) {
		size_t c = common(part[0], part[i], n - start, true);

		end = c < end ? c : end;
	}
	end = end > 2 * FAR_BYTES ? part[0].len - word_before(
		part[0], part[0].len - (end - FAR_BYTES)) : 0;
	for (size_t i = 0; i < count; i++) {
		spans[i].start += start;
		spans[i].end -= end;
	}
}
