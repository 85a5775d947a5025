/* SPDX-License-Identifier: MIT */
/* Which lines of a plain text are headings, and which a table of contents. */
#include <stdlib.h>

#include "alloc.h"
#include "slug.h"
#include "split_private.h"
#include "strbuf.h"

static size_t key_of(struct slice title)
{
	struct strbuf slug = STRBUF_INIT;
	size_t hash = 14695981039346656037u;

	slug_add(&slug, title, 60);
	for (size_t i = 0; i < slug.len; i++)
		hash = (hash ^ (unsigned char)slug.buf[i]) * 1099511628211u;
	strbuf_release(&slug);
	return hash ? hash : 1;
}

/* How often headings of the same words were met: a set that never shrinks. */
struct tally {
	size_t *keys, *counts, size;
};

static size_t *tally_at(struct tally *tally, size_t key)
{
	size_t i = key % tally->size;

	while (tally->keys[i] && tally->keys[i] != key)
		i = (i + 1) % tally->size;
	tally->keys[i] = key;
	return &tally->counts[i];
}

static bool is_plain_heading(const struct split_mark *m)
{
	return !m->heading && !m->scene && m->kind != HEADING_WORDS;
}

/*
 * A run of three and more headings with no words between is a table of
 * contents; but the last may be the first chapter's own, after a part's: they
 * have words below, and are no copy of one that comes later.
 */
static bool begins_here(const struct split_mark *m, size_t earlier,
			size_t later)
{
	return m->after && (earlier || !later);
}

static void drop_run(struct split_marks *marks, const size_t *keys,
		     struct tally *seen, struct tally *all, size_t from,
		     size_t to)
{
	size_t last = to - 1, keep = to;
	size_t earlier, later;

	if (to - from < 3)
		goto out;
	earlier = *tally_at(seen, keys[last]);
	for (size_t i = from; i < last; i++)
		earlier += keys[i] == keys[last];
	later = *tally_at(all, keys[last]) - earlier - 1;
	if (begins_here(&marks->items[last], earlier, later)) {
		keep = last;
		if (marks->items[last - 1].kind == HEADING_PART &&
		    marks->items[last].kind != HEADING_PART)
			keep--;
	}
	for (size_t i = from; i < keep; i++)
		marks->items[i].kind = HEADING_WORDS;
out:
	for (size_t i = from; i < to; i++)
		++*tally_at(seen, keys[i]);
}

static void tally_new(struct tally *tally, size_t count)
{
	tally->size = 2 * count + 1;
	tally->keys = xcalloc(tally->size, sizeof(*tally->keys));
	tally->counts = xcalloc(tally->size, sizeof(*tally->counts));
}

static void tally_free(struct tally *tally)
{
	free(tally->keys);
	free(tally->counts);
}

void split_marks_drop_contents(struct split_marks *marks)
{
	size_t *keys = xcalloc(marks->count + 1, sizeof(*keys));
	struct tally seen, all;
	size_t i, from;

	tally_new(&seen, marks->count);
	tally_new(&all, marks->count);
	for (i = 0; i < marks->count; i++)
		if (is_plain_heading(&marks->items[i])) {
			keys[i] = key_of(marks->items[i].title);
			++*tally_at(&all, keys[i]);
		}
	for (i = 0; i < marks->count; i++) {
		if (!is_plain_heading(&marks->items[i]))
			continue;
		for (from = i; i + 1 < marks->count &&
			       !marks->items[i].after &&
			       is_plain_heading(&marks->items[i + 1]); i++)
			;
		drop_run(marks, keys, &seen, &all, from, i + 1);
	}
	tally_free(&seen);
	tally_free(&all);
	free(keys);
}

size_t split_marks_count(const struct split_marks *marks,
			 enum heading_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < marks->count; i++)
		count += marks->items[i].kind == kind &&
			 is_plain_heading(&marks->items[i]);
	return count;
}

/* Numbers alone are chapters, or sections where others are chapters. */
void split_marks_decide_plain(struct split_marks *marks)
{
	size_t chapters = split_marks_count(marks, HEADING_CHAPTER);
	size_t numbers = split_marks_count(marks, HEADING_NUMBER);
	bool has_chapters = chapters || numbers > 1;

	for (size_t i = 0; i < marks->count; i++) {
		struct split_mark *m = &marks->items[i];

		m->level = m->scene ? SPLIT_SCENE : SPLIT_FRONT;
		if (!is_plain_heading(m))
			continue;
		if (m->kind == HEADING_PART && has_chapters)
			m->level = SPLIT_PART;
		else if (m->kind != HEADING_NUMBER)
			m->level = SPLIT_CHAPTER;
		else if (numbers > 1)
			m->level = chapters ? SPLIT_SECTION : SPLIT_CHAPTER;
	}
}
