/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "alloc.h"
#include "patch_private.h"

void patch_text_init(struct patch_text *text, struct slice bytes)
{
	size_t capacity = 0, at = 0;

	*text = (struct patch_text)PATCH_TEXT_INIT;
	text->text = bytes;
	while (at < bytes.len) {
		size_t n = slice_find(slice_sub(bytes, at, bytes.len), '\n');

		GROW(text->at, text->count, capacity);
		text->at[text->count++] = at;
		at += n + 1;
	}
	GROW(text->at, text->count, capacity);
	text->at[text->count] = bytes.len;
}

void patch_text_release(struct patch_text *text)
{
	free(text->at);
	free(text->first);
	free(text->next);
	free(text->alike);
	free(text->fold_at);
	strbuf_release(&text->folded);
	*text = (struct patch_text)PATCH_TEXT_INIT;
}

struct slice patch_text_line(const struct patch_text *text, size_t i)
{
	return slice_sub(text->text, text->at[i], text->at[i + 1]);
}

struct slice patch_text_words(const struct patch_text *text, size_t i)
{
	return slice_chomp(patch_text_line(text, i));
}

/* The place in the table of lines equal to `line`, or of none yet. */
static size_t place_of(const struct patch_text *text, struct slice line)
{
	size_t at = vocabulary_hash(line) & (text->table_size - 1);

	while (text->first[at] &&
	       !slice_eq(patch_text_line(text, text->first[at] - 1), line))
		at = (at + 1) & (text->table_size - 1);
	return at;
}

/* From the last line to the first, so that each list is in order. */
static void build_index(struct patch_text *text)
{
	size_t size = 16;

	while (size < text->count * 2)
		size *= 2;
	text->table_size = size;
	text->first = xcalloc(size, sizeof(*text->first));
	text->next = xcalloc(text->count + 1, sizeof(*text->next));
	text->alike = xcalloc(size, sizeof(*text->alike));
	for (size_t i = text->count; i--;) {
		size_t at = place_of(text, patch_text_line(text, i));

		text->next[i] = text->first[at];
		text->first[at] = (uint32_t)(i + 1);
		text->alike[at]++;
	}
}

size_t patch_text_find(struct patch_text *text, struct slice line,
		       size_t *alike)
{
	size_t at;

	if (!text->first)
		build_index(text);
	at = place_of(text, line);
	*alike = text->alike[at];
	return text->first[at];
}

struct slice patch_text_folded(struct patch_text *text, size_t i)
{
	if (!text->fold_at) {
		text->fold_at = xcalloc(text->count + 1,
					sizeof(*text->fold_at));
		for (size_t k = 0; k < text->count; k++) {
			text->fold_at[k] = text->folded.len;
			patch_fold(&text->folded, patch_text_words(text, k));
		}
		text->fold_at[text->count] = text->folded.len;
	}
	return slice_sub(strbuf_slice(&text->folded), text->fold_at[i],
			 text->fold_at[i + 1]);
}
