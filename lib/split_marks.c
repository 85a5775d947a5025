/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "block_scan.h"
#include "slug.h"
#include "split_private.h"
#include "strbuf.h"

#define LONGEST_LINE 120	/* of a heading in plain text */

void split_marks_release(struct split_marks *marks)
{
	free(marks->items);
	memset(marks, 0, sizeof(*marks));
}

static struct split_mark *add_mark(struct split_marks *marks,
				   const struct block *block)
{
	struct split_mark *mark;

	GROW(marks->items, marks->count, marks->capacity);
	mark = &marks->items[marks->count++];
	memset(mark, 0, sizeof(*mark));
	mark->start = block->span.start;
	mark->line = block->line;
	return mark;
}

/* "\* \* \*", "\#": a scene break that a converter made safe. */
static bool is_escaped_break(struct slice s)
{
	size_t marks = 0;

	s = slice_trim(s);
	if (s.len < 2 || s.len > 24 || *s.ptr != '\\')
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '*' || s.ptr[i] == '#')
			marks++;
		else if (s.ptr[i] != '\\' && s.ptr[i] != ' ')
			return false;
	}
	return marks == 3 || (marks == 1 && s.ptr[s.len - 1] == '#');
}

/*
 * A block of one or two short lines that looks like a chapter's heading:
 * words, and its title perhaps below.
 */
static void read_plain_heading(struct split_marks *marks,
			       const struct block *block, struct slice text)
{
	struct slice line, second = { NULL, 0 }, third;
	enum heading_kind kind;
	struct split_mark *mark;

	text = slice_trim(text);
	if (text.len > 2 * LONGEST_LINE || !slice_next_line(&line, &text))
		return;
	slice_next_line(&second, &text);
	if (slice_next_line(&third, &text) || line.len > LONGEST_LINE)
		return;
	line = slice_trim(line);
	second = slice_trim(second);
	kind = heading_kind_of(line, true);
	if (kind == HEADING_WORDS ||
	    (second.len && (!heading_is_title(second) ||
			    heading_kind_of(second, true) != HEADING_WORDS)))
		return;
	mark = add_mark(marks, block);
	mark->kind = kind;
	mark->title = line;
	mark->subtitle = second;
}

/* A title in a block of its own, below a heading that has none yet. */
static bool read_plain_title(struct split_marks *marks, struct slice text)
{
	struct split_mark *last = marks->count
		? &marks->items[marks->count - 1] : NULL;
	struct slice line;

	if (!last || last->heading || last->scene || last->after ||
	    last->subtitle.len || text.len > LONGEST_LINE)
		return false;
	text = slice_trim(text);
	if (!slice_next_line(&line, &text) || text.len ||
	    !heading_is_title(line) ||
	    heading_kind_of(line, true) != HEADING_WORDS)
		return false;
	last->subtitle = slice_trim(line);
	return true;
}

static void read_block(struct split_marks *marks, const struct block *block,
		       struct slice text, bool plain)
{
	struct slice bytes = slice_sub(text, block->span.start,
				       block->span.end);
	size_t before = marks->count;
	struct split_mark *mark;

	switch (block->type) {
	case BLOCK_HEADING:
		mark = add_mark(marks, block);
		mark->heading = block->level;
		mark->title = block->title;
		return;
	case BLOCK_SCENE_BREAK:
		add_mark(marks, block)->scene = true;
		return;
	case BLOCK_PARAGRAPH: case BLOCK_CODE: case BLOCK_LIST:
		if (bytes.len < LONGEST_LINE && is_escaped_break(bytes)) {
			add_mark(marks, block)->scene = true;
			return;
		}
		if (plain && bytes.len <= 4 * LONGEST_LINE) {
			if (read_plain_title(marks, bytes))
				return;
			read_plain_heading(marks, block, bytes);
		}
		break;
	default:
		break;
	}
	if (marks->count == before && marks->count)
		marks->items[marks->count - 1].after += bytes.len;
}

static void scan(struct split_marks *marks, struct slice text, bool plain)
{
	struct block_scanner scanner;
	struct block block;
	bool markdown = false;

	block_scanner_init(&scanner, text);
	while (block_scanner_next(&scanner, &block)) {
		if (block.type == BLOCK_METADATA)
			marks->metadata = slice_sub(text, block.span.start,
						    block.span.end);
		if (block.type == BLOCK_METADATA || block.type == BLOCK_BLANK) {
			marks->body = block.span.end;
			continue;
		}
		/* with two headings in it the text is not plain */
		if (block.type == BLOCK_HEADING && block.title.len)
			markdown = marks->count > 0;
		read_block(marks, &block, text, plain || !markdown);
	}
}

/* Plain text. */

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

static void drop_contents(struct split_marks *marks)
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

static size_t count_kind(const struct split_marks *marks,
			 enum heading_kind kind)
{
	size_t count = 0;

	for (size_t i = 0; i < marks->count; i++)
		count += marks->items[i].kind == kind &&
			 is_plain_heading(&marks->items[i]);
	return count;
}

/* Numbers alone are chapters, or sections where others are chapters. */
static void decide_plain(struct split_marks *marks)
{
	size_t chapters = count_kind(marks, HEADING_CHAPTER);
	size_t numbers = count_kind(marks, HEADING_NUMBER);
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

/* Markdown. */

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

static void decide_markdown(struct split_marks *marks)
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

void split_marks_read(struct split_marks *marks, struct slice text,
		      bool plain)
{
	size_t headings = 0, first = 0;

	memset(marks, 0, sizeof(*marks));
	scan(marks, text, plain);
	for (size_t i = 0; i < marks->count; i++)
		if (marks->items[i].heading && marks->items[i].title.len &&
		    !headings++)
			first = i;
	if (plain || headings < 2)
		drop_contents(marks);
	if (headings && !(headings == 1 && count_kind(marks, HEADING_CHAPTER) +
			  count_kind(marks, HEADING_NUMBER) > 1) &&
	    !(plain && count_kind(marks, HEADING_CHAPTER) > 1)) {
		decide_markdown(marks);
		return;
	}
	if (headings)
		marks->book_title = marks->items[first].title;
	decide_plain(marks);
}
