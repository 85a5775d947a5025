/* SPDX-License-Identifier: MIT */
/* Which levels of a Markdown text's headings are parts, chapters, sections. */
#include <string.h>

#include "split_private.h"

struct level_count {
	size_t count, parts, chapters, matter;
	bool used;
};

static void count_levels(struct level_count levels[7],
			 const struct split_marks *marks, size_t from)
{
	memset(levels, 0, 7 * sizeof(*levels));
	for (size_t i = from; i < marks->count; i++) {
		const struct split_mark *m = &marks->items[i];
		struct level_count *l = &levels[m->heading];

		if (!m->heading || !m->title.len)
			continue;
		l->used = true;
		l->count++;
		l->parts += m->kind == HEADING_PART;
		l->chapters += m->kind == HEADING_CHAPTER ||
			       m->kind == HEADING_NUMBER;
		l->matter += m->kind == HEADING_MATTER;
	}
}

static int next_level(const struct level_count levels[7], int level)
{
	while (++level < 7 && !levels[level].used)
		;
	return level;
}

/* The first heading is the book's title when none stands beside it. */
static bool is_title(const struct level_count levels[7], int top,
		     const struct split_mark *first)
{
	int below = next_level(levels, top);

	return first->heading == top && levels[top].count == 1 && below < 7 &&
	       levels[below].count > 1 && first->kind == HEADING_WORDS;
}

/* Or when it is the only one of its level that is no part or chapter. */
static bool is_odd_one_out(const struct level_count levels[7],
			   const struct split_mark *first)
{
	const struct level_count *l = &levels[first->heading];

	return first->heading == next_level(levels, 0) && l->count > 2 &&
	       first->kind == HEADING_WORDS && first->after < 2000 &&
	       l->parts + l->chapters + l->matter == l->count - 1;
}

/* Every heading of level `top` that is no prologue has some of `below`. */
static bool all_have_below(const struct split_marks *marks, size_t from,
			   int top, int below)
{
	bool has = true;

	for (size_t i = from; i < marks->count; i++) {
		const struct split_mark *m = &marks->items[i];

		if (m->heading == top && m->title.len) {
			if (!has)
				return false;
			has = m->kind == HEADING_MATTER;
		} else if (m->heading == below) {
			has = true;
		}
	}
	return has;
}

static bool are_parts(const struct level_count *level)
{
	return level->parts &&
	       level->parts * 2 >= level->count - level->matter;
}

/* The deepest level of parts, with all above it; 0: there are none. */
static int part_level(const struct level_count levels[7],
		      const struct split_marks *marks, size_t from)
{
	int top = next_level(levels, 0), below = next_level(levels, top);
	int part = 0;

	if (below == 7)
		return 0;
	for (int level = top; next_level(levels, level) < 7;
	     level = next_level(levels, level))
		if (are_parts(&levels[level]))
			part = level;
	if (!part && levels[top].count > 1 && !levels[top].chapters &&
	    levels[below].chapters * 2 > levels[below].count &&
	    all_have_below(marks, from, top, below))
		part = top;
	return part;
}

void split_marks_decide_markdown(struct split_marks *marks)
{
	struct level_count levels[7];
	int part, chapter, section;
	size_t first = 0;

	for (size_t i = 0; i < marks->count; i++)
		if (marks->items[i].heading)
			marks->items[i].kind =
				heading_kind_of(marks->items[i].title, false);
		else if (!marks->items[i].scene)
			marks->items[i].kind = HEADING_WORDS;
	while (first < marks->count && !marks->items[first].heading)
		first++;
	count_levels(levels, marks, 0);
	chapter = next_level(levels, 0);
	if (first < marks->count &&
	    (is_title(levels, chapter, &marks->items[first]) ||
	     is_odd_one_out(levels, &marks->items[first]))) {
		marks->book_title = marks->items[first].title;
		marks->items[first++].heading = 0;
		count_levels(levels, marks, first);
	}
	part = part_level(levels, marks, first);
	chapter = next_level(levels, part);
	section = next_level(levels, chapter);
	for (size_t i = 0; i < marks->count; i++) {
		struct split_mark *m = &marks->items[i];

		if (m->scene)
			m->level = SPLIT_SCENE;
		else if (!m->heading || !m->title.len)
			m->level = SPLIT_FRONT;
		else if (m->heading <= part)
			m->level = m->kind == HEADING_MATTER ? SPLIT_CHAPTER
							     : SPLIT_PART;
		else if (m->heading <= chapter)
			m->level = SPLIT_CHAPTER;
		else if (m->heading == section)
			m->level = SPLIT_SECTION;
	}
}
