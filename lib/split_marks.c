/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "block_scan.h"
#include "split_private.h"

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
		if (block.unclosed)
			marks->unclosed = block.line;
		/* with two headings in it the text is not plain */
		if (block.type == BLOCK_HEADING && block.title.len)
			markdown = marks->count > 0;
		read_block(marks, &block, text, plain || !markdown);
	}
}

void split_marks_read(struct split_marks *marks, struct slice text,
		      bool plain)
{
	size_t headings = 0, first = 0, chapters, numbers;

	memset(marks, 0, sizeof(*marks));
	scan(marks, text, plain);
	for (size_t i = 0; i < marks->count; i++)
		if (marks->items[i].heading && marks->items[i].title.len &&
		    !headings++)
			first = i;
	if (plain || headings < 2)
		split_marks_drop_contents(marks);
	chapters = split_marks_count(marks, HEADING_CHAPTER);
	numbers = split_marks_count(marks, HEADING_NUMBER);
	if (!headings || (headings == 1 && chapters + numbers > 1) ||
	    (plain && chapters > 1)) {
		if (headings)
			marks->book_title = marks->items[first].title;
		split_marks_decide_plain(marks);
	} else {
		split_marks_decide_markdown(marks);
	}
}
