/* SPDX-License-Identifier: MIT */
/*
 * The line by line half of CommonMark's "parsing strategy" (appendix of the
 * specification) without its tree: a stack of the containers that are open,
 * and what the innermost of them holds. One block of the top level at a time.
 */
#include <string.h>

#include "block_container.h"
#include "block_heading.h"
#include "block_line.h"
#include "block_metadata.h"
#include "block_rules.h"
#include "block_scan.h"
#include "block_start.h"

enum leaf { LEAF_NONE, LEAF_PARAGRAPH, LEAF_FENCE, LEAF_INDENTED, LEAF_HTML };

struct state {
	struct block_scanner *in;
	struct block *block;
	struct container_stack open;
	enum leaf leaf;
	char fence;
	size_t fence_length;
	int html;
	char list;		/* the marker of the block, a list */
	struct definition_reader definition;
	size_t paragraph;	/* start of a paragraph of the top level */
	size_t last_line;	/* its last line so far, without line end */
	bool is_paragraph;	/* the block is, or began as one */
	struct block_scanner complete;	/* after a definition that a title may
					 * yet follow */
	bool may_split;		/* `complete` can be returned to */
	struct cursor at;
};

void block_scanner_init(struct block_scanner *scanner, struct slice text)
{
	memset(scanner, 0, sizeof(*scanner));
	scanner->text = text;
	scanner->line = 1;
	scanner->lf = find_byte(text, 0, '\n');
	scanner->cr = find_byte(text, 0, '\r');
}

/* End the containers within the first `depth`, and what leaf they hold. */
static void close_to(struct state *s, size_t depth)
{
	s->open.depth = depth;
	s->leaf = LEAF_NONE;
}

/* Open what the rest of the line starts inside the `matched` containers. */

static void read_paragraph_line(struct state *s)
{
	if (s->definition.state != DEFINITION_NONE)
		definition_line(&s->definition, rest_of(&s->at));
}

static void open_paragraph(struct state *s)
{
	s->leaf = LEAF_PARAGRAPH;
	definition_start(&s->definition);
	read_paragraph_line(s);
}

static void open_html(struct state *s, int kind)
{
	if (html_block_ends(kind, rest_of(&s->at)))
		return;
	s->leaf = LEAF_HTML;
	s->html = kind;
}

/* True when more can start on the same line. */
static bool open_start(struct state *s, const struct start *start)
{
	containers_have_child(&s->open);
	switch (start->type) {
	case START_QUOTE:
	case START_ITEM:
	case START_FOOTNOTE:
		containers_open(&s->open, &s->at, start);
		return true;
	case START_DIV:
		containers_open(&s->open, &s->at, start);
		return false;
	case START_FENCE:
		s->leaf = LEAF_FENCE;
		s->fence = start->marker;
		s->fence_length = start->length;
		return false;
	case START_HTML:
		open_html(s, start->level);
		return false;
	case START_INDENTED:
		s->leaf = LEAF_INDENTED;
		return false;
	default:
		return false; /* a heading, a break: one line */
	}
}

static void open_starts(struct state *s, size_t matched)
{
	bool lazy = s->leaf == LEAF_PARAGRAPH;
	bool paragraph = lazy && matched == s->open.depth;
	bool opened = false;

	for (;;) {
		struct start start = find_start(&s->at, paragraph, lazy);

		if (start.type == START_NONE)
			break;
		if (start.type == START_SETEXT) {
			if (definition_is_all(&s->definition))
				break;
			s->leaf = LEAF_NONE;
			return;
		}
		if (!opened)
			close_to(s, matched);
		opened = true;
		paragraph = lazy = false;
		if (!open_start(s, &start))
			return;
	}
	if (is_blank(&s->at)) {
		if (!opened)
			close_to(s, matched);
	} else if (lazy) {
		read_paragraph_line(s);
	} else {
		if (!opened)
			close_to(s, matched);
		containers_have_child(&s->open);
		open_paragraph(s);
	}
}

static bool closes_fence(struct state *s)
{
	struct slice rest = rest_of(&s->at);
	const char *end = rest.ptr + rest.len, *p;

	if (indent(&s->at) >= CODE_INDENT)
		return false;
	p = skip_run(rest.ptr, end, s->fence);
	return (size_t)(p - rest.ptr) >= s->fence_length &&
	       skip_blanks(p, end) == end;
}

/* The line belongs to the innermost container: does its leaf take it? */
static bool leaf_takes(struct state *s)
{
	bool blank = is_blank(&s->at);

	switch (s->leaf) {
	case LEAF_FENCE:
		if (closes_fence(s))
			s->leaf = LEAF_NONE;
		return true;
	case LEAF_HTML:
		if (s->html >= 6 ? blank
				 : html_block_ends(s->html, rest_of(&s->at)))
			s->leaf = LEAF_NONE;
		return true;
	case LEAF_INDENTED:
		if (blank || indent(&s->at) >= CODE_INDENT)
			return true;
		s->leaf = LEAF_NONE;
		return false;
	case LEAF_PARAGRAPH:
		if (blank)
			s->leaf = LEAF_NONE;
		return blank;
	case LEAF_NONE:
		return blank;
	}
	return false;
}

static bool closes_div(struct state *s, size_t matched)
{
	if (!matched || s->open.items[matched - 1].type != CONTAINER_DIV ||
	    indent(&s->at) >= CODE_INDENT || !is_div_end(rest_of(&s->at)))
		return false;
	return matched < s->open.depth || s->leaf == LEAF_NONE ||
	       s->leaf == LEAF_PARAGRAPH || s->leaf == LEAF_INDENTED ||
	       (s->leaf == LEAF_HTML && s->html >= 6);
}

/* A line inside the block, in `matched` of its containers. */
static void go_on(struct state *s, size_t matched)
{
	if (closes_div(s, matched)) {
		close_to(s, matched);
		containers_end_div(&s->open);
		return;
	}
	if (matched < s->open.depth || !leaf_takes(s))
		open_starts(s, matched);
}

static bool starts_title(struct slice s)
{
	return *s.ptr == '"' || *s.ptr == '\'' || *s.ptr == '(';
}

/*
 * A line after a definition that is complete: true when the definition can
 * be a block of its own, since what follows reads the same without it.
 */
static bool splits_off(struct state *s)
{
	struct definition_reader *d = &s->definition;
	struct slice rest = rest_of(&s->at);

	if (d->state == DEFINITION_ADDRESS && starts_title(rest))
		return false;
	return find_start(&s->at, false, false).type == START_NONE;
}

static void become_definition(struct state *s)
{
	s->block->type = BLOCK_LINK_DEFINITION;
	s->block->label = s->definition.label;
}

/* A paragraph of the top level: false when the line is not of the block. */
static bool paragraph_goes_on(struct state *s)
{
	struct definition_reader *d = &s->definition;
	struct start start = find_start(&s->at, true, true);
	struct slice rest = rest_of(&s->at);

	if (start.type == START_SETEXT && !definition_is_all(d)) {
		if (d->state == DEFINITION_TITLE && s->may_split)
			return false;
		s->block->type = BLOCK_HEADING;
		s->block->level = start.level;
		s->leaf = LEAF_NONE;
		return true;
	}
	if (start.type != START_NONE && start.type != START_SETEXT)
		return false;
	if (definition_is_all(d)) {
		if (splits_off(s))
			return false;
		s->may_split = d->state == DEFINITION_ADDRESS &&
			       indent(&s->at) < CODE_INDENT &&
			       starts_title(rest);
		s->complete = *s->in;
	}
	if (d->state != DEFINITION_NONE) {
		definition_line(d, rest);
		if (d->state == DEFINITION_NONE && s->may_split)
			return false;
	}
	s->last_line = (size_t)(s->at.end - s->in->text.ptr);
	return true;
}

/* False when the line starts another block; else it is read. */
static bool belongs(struct state *s)
{
	size_t matched;
	struct start start;

	if (!s->open.depth) {
		if (s->leaf == LEAF_PARAGRAPH)
			return paragraph_goes_on(s);
		if (s->leaf != LEAF_NONE)
			return leaf_takes(s);
		if (s->block->type != BLOCK_LIST)
			return false;
	}
	matched = containers_match(&s->open, &s->at);
	if (matched) {
		go_on(s, matched);
		return true;
	}
	start = find_start(&s->at, false, s->leaf == LEAF_PARAGRAPH);
	if (start.type == START_NONE && s->leaf == LEAF_PARAGRAPH) {
		read_paragraph_line(s);
		return true;
	}
	if (start.type == START_ITEM && s->block->type == BLOCK_LIST &&
	    start.marker == s->list) {
		open_starts(s, 0);
		return true;
	}
	return false;
}

/* Lines of plain words, which nearly all are, need no second look. */
static bool is_plain(unsigned char c)
{
	return (c >= '@' && c != '[' && c != '_' && c != '`' && c != '~') ||
	       c == '"' || c == '\'';
}

static void skip_plain_lines(struct state *s)
{
	struct block_scanner *in = s->in;
	const char *p, *end;

	while (peek_line(in, &p, &end) && p < end &&
	       is_plain((unsigned char)*p)) {
		s->last_line = (size_t)(end - in->text.ptr);
		skip_line(in);
	}
}

static void blank_line(struct state *s)
{
	size_t matched = containers_match(&s->open, &s->at);

	if (matched < s->open.depth)
		close_to(s, matched);
	else
		leaf_takes(s);
}

/* The first line of a block. */

static bool is_asterism(struct slice s)
{
	return slice_eq(slice_trim(s), SLICE("\xE2\x81\x82"));
}

static void begin(struct state *s)
{
	struct block *block = s->block;
	struct slice line = rest_of(&s->at);
	struct start start = find_start(&s->at, false, false);

	switch (start.type) {
	case START_QUOTE: block->type = BLOCK_QUOTE; break;
	case START_FENCE: case START_INDENTED:
		block->type = BLOCK_CODE;
		break;
	case START_HTML: block->type = BLOCK_HTML; break;
	case START_BREAK: block->type = BLOCK_SCENE_BREAK; break;
	case START_DIV: block->type = BLOCK_DIV; break;
	case START_ITEM:
		block->type = BLOCK_LIST;
		s->list = start.marker;
		break;
	case START_FOOTNOTE:
		block->type = BLOCK_FOOTNOTE;
		block->label = slice_sub(line, 2, start.length - 2);
		break;
	case START_HEADING:
		read_heading(block, slice_trim_end(line), start.level);
		break;
	default:
		block->type = BLOCK_PARAGRAPH;
		s->paragraph = (size_t)(line.ptr - s->in->text.ptr);
		s->last_line = (size_t)(s->at.end - s->in->text.ptr);
		s->is_paragraph = true;
	}
	open_starts(s, 0);
}

static void read_lines(struct state *s)
{
	struct block_scanner *in = s->in;
	const char *p, *end;

	while (peek_line(in, &p, &end)) {
		cursor_start(&s->at, p, end);
		if (is_blank(&s->at)) {
			blank_line(s);
			skip_line(in);
			if (!containers_wait(&s->open))
				skip_blank_lines(in);
			continue;
		}
		if (!belongs(s))
			return;
		skip_line(in);
		if (!s->open.depth && s->leaf == LEAF_PARAGRAPH &&
		    s->definition.state == DEFINITION_NONE)
			skip_plain_lines(s);
	}
}

/* A paragraph has ended: was it one? */
static void finish_paragraph(struct state *s)
{
	struct slice text = s->in->text;
	struct slice words = slice_sub(text, s->paragraph, s->last_line);

	if (s->block->type == BLOCK_HEADING) {
		s->block->title = words;
		take_attributes(s->block);
	} else if (definition_is_all(&s->definition)) {
		become_definition(s);
	} else if (s->may_split && s->definition.state != DEFINITION_DONE) {
		become_definition(s);
		*s->in = s->complete;
	} else if (words.len <= 8 && is_asterism(words)) {
		s->block->type = BLOCK_SCENE_BREAK;
	}
}

static bool begins_text(struct block_scanner *in, struct block *block,
			const char **p, const char *end)
{
	in->started = true;
	if (end - *p >= 3 && !memcmp(*p, "\xEF\xBB\xBF", 3))
		*p += 3;
	if (skip_blanks(*p, end) == end)
		block->type = BLOCK_BLANK;
	else if (skip_metadata(in, *p, end))
		block->type = BLOCK_METADATA;
	else
		return false;
	skip_blank_lines(in);
	return true;
}

bool block_scanner_next(struct block_scanner *scanner, struct block *block)
{
	struct state s;
	const char *p, *end;

	memset(block, 0, sizeof(*block));
	block->span.start = scanner->next;
	block->line = scanner->line;
	if (!peek_line(scanner, &p, &end))
		return false;
	if (!scanner->started && begins_text(scanner, block, &p, end)) {
		if (block->type == BLOCK_BLANK &&
		    scanner->next == block->span.start) {
			skip_line(scanner);
			skip_blank_lines(scanner);
		}
		block->span.end = scanner->next;
		return true;
	}
	memset(&s, 0, sizeof(s));
	s.in = scanner;
	s.block = block;
	containers_init(&s.open);
	cursor_start(&s.at, p, end);
	begin(&s);
	skip_line(scanner);
	if (s.leaf == LEAF_PARAGRAPH && !s.open.depth &&
	    s.definition.state == DEFINITION_NONE)
		skip_plain_lines(&s);
	read_lines(&s);
	if (s.is_paragraph)
		finish_paragraph(&s);
	block->unclosed = s.open.depth ? block->type == BLOCK_DIV
		: s.leaf == LEAF_FENCE || (s.leaf == LEAF_HTML && s.html < 6);
	block->span.end = scanner->next;
	containers_release(&s.open);
	return true;
}
