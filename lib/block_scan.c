/* SPDX-License-Identifier: MIT */
/*
 * The line by line half of CommonMark's "parsing strategy" (appendix of the
 * specification) without its tree: a stack of the containers that are open,
 * and what the innermost of them holds. One block of the top level at a time.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "block_rules.h"
#include "block_scan.h"
#include "strbuf.h"

#define CODE_INDENT 4

enum container_type { QUOTE, ITEM, FOOTNOTE, DIV };

struct container {
	enum container_type type;
	bool has_child;		/* ITEM: more than its marker */
	size_t amount;		/* ITEM: columns to indent; DIV: how many that
				 * opened straight inside each other */
};

enum leaf { LEAF_NONE, LEAF_PARAGRAPH, LEAF_FENCE, LEAF_INDENTED, LEAF_HTML };

enum start_type {
	START_NONE, START_QUOTE, START_HEADING, START_FENCE, START_HTML,
	START_SETEXT, START_BREAK, START_ITEM, START_INDENTED, START_FOOTNOTE,
	START_DIV
};

struct start {
	enum start_type type;
	int level;		/* HEADING, SETEXT, HTML: its kind */
	char marker;		/* FENCE, ITEM: which list it can belong to */
	size_t length;		/* FENCE, ITEM, FOOTNOTE: of the marker */
};

/* Where a line is read, tabs counted as columns. */
struct cursor {
	const char *p, *end;	/* without the line end */
	size_t column;		/* inside a tab: of the columns left */
	const char *nonspace;	/* the first at or after p */
	size_t nonspace_column;
	const char *no_break;	/* no thematic break starts before it */
};

struct state {
	struct block_scanner *in;
	struct block *block;
	struct container fixed[32], *stack;
	size_t depth, capacity;
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

static size_t find_byte(struct slice text, size_t from, char c)
{
	const char *p = from < text.len
		? memchr(text.ptr + from, c, text.len - from) : NULL;

	return p ? (size_t)(p - text.ptr) : text.len;
}

/* The line at in->next without its line end; false at the end of the text. */
static bool peek_line(struct block_scanner *in, const char **start,
		      const char **end)
{
	if (in->next >= in->text.len)
		return false;
	if (in->lf < in->next)
		in->lf = find_byte(in->text, in->next, '\n');
	if (in->cr < in->next)
		in->cr = find_byte(in->text, in->next, '\r');
	*start = in->text.ptr + in->next;
	*end = in->text.ptr + (in->lf < in->cr ? in->lf : in->cr);
	return true;
}

static void skip_line(struct block_scanner *in)
{
	in->next = (in->lf < in->cr ? in->lf : in->cr + (in->cr + 1 == in->lf))
		+ 1;
	if (in->next > in->text.len)
		in->next = in->text.len;
	in->line++;
}

void block_scanner_init(struct block_scanner *scanner, struct slice text)
{
	memset(scanner, 0, sizeof(*scanner));
	scanner->text = text;
	scanner->line = 1;
	scanner->lf = find_byte(text, 0, '\n');
	scanner->cr = find_byte(text, 0, '\r');
}

/* The cursor. */

static void cursor_start(struct cursor *at, const char *p, const char *end)
{
	at->p = at->nonspace = at->no_break = p;
	at->end = end;
	at->column = at->nonspace_column = 0;
}

static size_t tab_width(size_t column)
{
	return 4 - column % 4;
}

static void find_nonspace(struct cursor *at)
{
	if (at->nonspace > at->p)
		return;
	at->nonspace = at->p;
	at->nonspace_column = at->column;
	for (; at->nonspace < at->end; at->nonspace++) {
		if (*at->nonspace == ' ')
			at->nonspace_column++;
		else if (*at->nonspace == '\t')
			at->nonspace_column += tab_width(at->nonspace_column);
		else
			break;
	}
}

static size_t indent(struct cursor *at)
{
	find_nonspace(at);
	return at->nonspace_column - at->column;
}

static bool is_blank(struct cursor *at)
{
	find_nonspace(at);
	return at->nonspace == at->end;
}

static void skip_columns(struct cursor *at, size_t count)
{
	while (count && at->p < at->end) {
		size_t width = *at->p == '\t' ? tab_width(at->column) : 1;
		size_t n = width < count ? width : count;

		at->column += n;
		count -= n;
		if (n == width)
			at->p++;
	}
}

/* To `p`, with no tab between the first character that is no space and it. */
static void skip_to(struct cursor *at, const char *p)
{
	find_nonspace(at);
	at->column = at->nonspace_column + (size_t)(p - at->nonspace);
	at->p = p;
}

static bool on_space(const struct cursor *at)
{
	return at->p < at->end && (*at->p == ' ' || *at->p == '\t');
}

static struct slice rest_of(struct cursor *at)
{
	find_nonspace(at);
	return (struct slice){ at->nonspace,
			       (size_t)(at->end - at->nonspace) };
}

/* What a line starts. */

static const char *skip_run(const char *p, const char *end, char c)
{
	while (p < end && *p == c)
		p++;
	return p;
}

static const char *skip_blanks(const char *p, const char *end)
{
	while (p < end && (*p == ' ' || *p == '\t'))
		p++;
	return p;
}

static bool starts_heading(struct start *start, struct slice s)
{
	const char *end = s.ptr + s.len, *p = skip_run(s.ptr, end, '#');

	if (p - s.ptr > 6 || (p < end && *p != ' ' && *p != '\t'))
		return false;
	start->type = START_HEADING;
	start->level = (int)(p - s.ptr);
	return true;
}

static bool starts_fence(struct start *start, struct slice s)
{
	const char *end = s.ptr + s.len, *p = skip_run(s.ptr, end, *s.ptr);

	if (p - s.ptr < 3 ||
	    (*s.ptr == '`' && p < end && memchr(p, '`', (size_t)(end - p))))
		return false;
	start->type = START_FENCE;
	start->marker = *s.ptr;
	start->length = (size_t)(p - s.ptr);
	return true;
}

static bool starts_setext(struct start *start, struct slice s)
{
	const char *end = s.ptr + s.len, *p = skip_run(s.ptr, end, *s.ptr);

	if (skip_blanks(p, end) < end)
		return false;
	start->type = START_SETEXT;
	start->level = *s.ptr == '=' ? 1 : 2;
	return true;
}

static bool starts_break(struct start *start, struct cursor *at)
{
	const char *p = at->nonspace;
	int count = 0;

	if (p < at->no_break)
		return false;
	for (; p < at->end; p++) {
		if (*p == *at->nonspace)
			count++;
		else if (*p != ' ' && *p != '\t')
			break;
	}
	if (p < at->end || count < 3) {
		at->no_break = p;
		return false;
	}
	start->type = START_BREAK;
	return true;
}

static bool starts_item(struct start *start, struct slice s, bool paragraph)
{
	const char *p = s.ptr, *end = p + s.len;

	if (*p >= '0' && *p <= '9') {
		bool is_one = false;

		for (; p < end && p - s.ptr < 9 && *p >= '0' && *p <= '9'; p++)
			is_one = *p == '1' &&
				 skip_run(s.ptr, p, '0') == p;
		if (p == end || (*p != '.' && *p != ')') ||
		    (paragraph && !is_one))
			return false;
	}
	start->marker = *p++;
	if (p < end && *p != ' ' && *p != '\t' && *p != '\v' && *p != '\f')
		return false;
	if (paragraph && skip_blanks(p, end) == end)
		return false;
	start->type = START_ITEM;
	start->length = (size_t)(p - s.ptr);
	return true;
}

static bool starts_footnote(struct start *start, struct slice s)
{
	const char *p = s.ptr + 2, *end = s.ptr + s.len;

	if (s.len < 5 || s.ptr[1] != '^')
		return false;
	while (p < end && *p != ']' && *p != ' ' && *p != '\t' && *p)
		p++;
	if (p == s.ptr + 2 || end - p < 2 || p[0] != ']' || p[1] != ':')
		return false;
	start->type = START_FOOTNOTE;
	start->length = (size_t)(p + 2 - s.ptr);
	return true;
}

/* ":::" and more, alone. */
static bool is_div_end(struct slice s)
{
	const char *end = s.ptr + s.len, *p = skip_run(s.ptr, end, ':');

	return p - s.ptr >= 3 && skip_blanks(p, end) == end;
}

/* "::: name" or "::: {.name}", perhaps with colons after. */
static bool starts_div(struct start *start, struct slice s)
{
	const char *end = s.ptr + s.len, *p = skip_run(s.ptr, end, ':');

	if (p - s.ptr < 3)
		return false;
	s = slice_trim((struct slice){ p, (size_t)(end - p) });
	while (s.len && s.ptr[s.len - 1] == ':')
		s.len--;
	s = slice_trim_end(s);
	if (!s.len)
		return false;
	if (*s.ptr == '{' ? s.ptr[s.len - 1] != '}'
			  : slice_find(s, ' ') < s.len ||
			    slice_find(s, '\t') < s.len)
		return false;
	start->type = START_DIV;
	return true;
}

static bool starts_html(struct start *start, struct slice s, bool paragraph)
{
	start->level = html_block_kind(s, !paragraph);
	start->type = start->level ? START_HTML : START_NONE;
	return start->level;
}

/*
 * What starts at the cursor: in a paragraph that the line belongs to
 * (`paragraph`), or that it could go on lazily.
 */
static struct start find_start(struct cursor *at, bool paragraph, bool lazy)
{
	struct start start = { START_NONE, 0, 0, 0 };
	struct slice s = rest_of(at);

	if (!s.len)
		return start;
	if (indent(at) >= CODE_INDENT) {
		start.type = lazy ? START_NONE : START_INDENTED;
		return start;
	}
	switch (*s.ptr) {
	case '>':
		start.type = START_QUOTE;
		break;
	case '#':
		starts_heading(&start, s);
		break;
	case '`': case '~':
		starts_fence(&start, s);
		break;
	case '<':
		starts_html(&start, s, paragraph || lazy);
		break;
	case '=':
		if (paragraph)
			starts_setext(&start, s);
		break;
	case '-': case '*': case '+': case '_':
		if (*s.ptr == '-' && paragraph && starts_setext(&start, s))
			break;
		if (*s.ptr != '+' && starts_break(&start, at))
			break;
		/* fallthrough */
	case '0': case '1': case '2': case '3': case '4':
	case '5': case '6': case '7': case '8': case '9':
		if (*s.ptr != '_')
			starts_item(&start, s, paragraph);
		break;
	case '[':
		starts_footnote(&start, s);
		break;
	case ':':
		starts_div(&start, s);
		break;
	}
	return start;
}

/* The stack. */

static void truncate_stack(struct state *s, size_t depth)
{
	s->depth = depth;
	s->leaf = LEAF_NONE;
}

static void push(struct state *s, enum container_type type, size_t amount)
{
	if (s->depth == s->capacity) {
		struct container *old = s->stack;

		s->capacity *= 2;
		s->stack = xreallocarray(old == s->fixed ? NULL : old,
					 s->capacity, sizeof(*s->stack));
		if (old == s->fixed)
			memcpy(s->stack, s->fixed, sizeof(s->fixed));
	}
	s->stack[s->depth++] = (struct container){ type, false, amount };
}

static void push_div(struct state *s)
{
	if (s->depth && s->stack[s->depth - 1].type == DIV)
		s->stack[s->depth - 1].amount++;
	else
		push(s, DIV, 1);
}

static void push_item(struct state *s, size_t length)
{
	struct cursor *at = &s->at;
	size_t marker_indent = indent(at), before;
	struct cursor after;

	skip_to(at, at->nonspace + length);
	after = *at;
	before = at->column;
	while (at->column - before <= 5 && on_space(at))
		skip_columns(at, 1);
	if (at->column - before >= 5 || at->column == before ||
	    at->p == at->end) {
		bool space = at->column > before;

		*at = after;
		if (space)
			skip_columns(at, 1);
		push(s, ITEM, marker_indent + length + 1);
	} else {
		push(s, ITEM, marker_indent + length + (at->column - before));
	}
}

static bool goes_into(struct container *c, struct cursor *at)
{
	switch (c->type) {
	case QUOTE:
		if (is_blank(at) || indent(at) >= CODE_INDENT ||
		    *at->nonspace != '>')
			return false;
		skip_to(at, at->nonspace + 1);
		if (on_space(at))
			skip_columns(at, 1);
		return true;
	case ITEM:
		if (indent(at) >= c->amount) {
			skip_columns(at, c->amount);
			return true;
		}
		if (!is_blank(at) || !c->has_child)
			return false;
		skip_columns(at, indent(at));
		return true;
	case FOOTNOTE:
		if (indent(at) >= CODE_INDENT)
			skip_columns(at, CODE_INDENT);
		else if (!is_blank(at))
			return false;
		return true;
	case DIV:
		return true;
	}
	return false;
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
	struct cursor *at = &s->at;

	if (s->depth)
		s->stack[s->depth - 1].has_child = true;
	switch (start->type) {
	case START_QUOTE:
		skip_to(at, at->nonspace + 1);
		if (on_space(at))
			skip_columns(at, 1);
		push(s, QUOTE, 0);
		return true;
	case START_ITEM:
		push_item(s, start->length);
		return true;
	case START_FOOTNOTE:
		skip_to(at, at->nonspace + start->length);
		skip_columns(at, indent(at));
		push(s, FOOTNOTE, 0);
		return true;
	case START_DIV:
		push_div(s);
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
	bool paragraph = lazy && matched == s->depth;
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
			truncate_stack(s, matched);
		opened = true;
		paragraph = lazy = false;
		if (!open_start(s, &start))
			return;
	}
	if (is_blank(&s->at)) {
		if (!opened)
			truncate_stack(s, matched);
	} else if (lazy) {
		read_paragraph_line(s);
	} else {
		if (!opened)
			truncate_stack(s, matched);
		if (s->depth)
			s->stack[s->depth - 1].has_child = true;
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

static size_t match(struct state *s)
{
	size_t i = 0;

	while (i < s->depth && goes_into(&s->stack[i], &s->at))
		i++;
	return i;
}

static bool closes_div(struct state *s, size_t matched)
{
	if (!matched || s->stack[matched - 1].type != DIV ||
	    indent(&s->at) >= CODE_INDENT || !is_div_end(rest_of(&s->at)))
		return false;
	return matched < s->depth || s->leaf == LEAF_NONE ||
	       s->leaf == LEAF_PARAGRAPH || s->leaf == LEAF_INDENTED ||
	       (s->leaf == LEAF_HTML && s->html >= 6);
}

/* A line inside the block, in `matched` of its containers. */
static void go_on(struct state *s, size_t matched)
{
	if (closes_div(s, matched)) {
		truncate_stack(s, matched);
		if (!--s->stack[matched - 1].amount)
			s->depth--;
		return;
	}
	if (matched < s->depth || !leaf_takes(s))
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

	if (!s->depth) {
		if (s->leaf == LEAF_PARAGRAPH)
			return paragraph_goes_on(s);
		if (s->leaf != LEAF_NONE)
			return leaf_takes(s);
		if (s->block->type != BLOCK_LIST)
			return false;
	}
	matched = match(s);
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
	size_t matched = match(s);

	if (matched < s->depth)
		truncate_stack(s, matched);
	else
		leaf_takes(s);
}

/* Headings: words and attributes. */

/* {#id .class key=value}, and nothing else in the braces */
static bool is_attributes(struct slice s)
{
	const char *p = s.ptr, *end = p + s.len;
	bool any = false;

	while ((p = skip_blanks(p, end)) < end) {
		const char *start = p;

		while (p < end && *p != ' ' && *p != '\t' && *p != '=')
			p++;
		if (p < end && *p == '=') {
			if (p == start)
				return false;
			if (++p < end && (*p == '"' || *p == '\'')) {
				p = memchr(p + 1, *p, (size_t)(end - p - 1));
				if (!p)
					return false;
				p++;
			} else {
				while (p < end && *p != ' ' && *p != '\t')
					p++;
			}
		} else if (*start == '#' || *start == '.' ? p - start < 2
				: *start != '-' || p - start > 1) {
			return false;
		}
		any = true;
	}
	return any;
}

static void take_attributes(struct block *block)
{
	struct slice title = slice_trim(block->title);
	size_t open;

	block->title = title;
	if (!title.len || title.ptr[title.len - 1] != '}')
		return;
	for (open = title.len - 1; open && title.ptr[open] != '{'; open--)
		if (title.ptr[open] == '\n' || title.ptr[open] == '\r')
			return;
	if (title.ptr[open] != '{' || (open && title.ptr[open - 1] == '\\') ||
	    !is_attributes(slice_sub(title, open + 1, title.len - 1)))
		return;
	block->attributes = slice_sub(title, open + 1, title.len - 1);
	block->title = slice_trim_end(slice_sub(title, 0, open));
}

/* "Words ##" is "Words"; "C#" stays. */
static void drop_closing_marks(struct block *block)
{
	struct slice title = slice_trim_end(block->title);
	size_t len = title.len;

	while (len && title.ptr[len - 1] == '#')
		len--;
	if (len && title.ptr[len - 1] != ' ' && title.ptr[len - 1] != '\t')
		len = title.len;
	block->title = slice_trim(slice_sub(title, 0, len));
}

static void read_heading(struct block *block, struct slice line, int level)
{
	block->type = level == 1 && line.len == 1 ? BLOCK_SCENE_BREAK
						  : BLOCK_HEADING;
	block->level = level;
	block->title = slice_sub(line, (size_t)level, line.len);
	drop_closing_marks(block);
	take_attributes(block);
	drop_closing_marks(block);
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

/* Metadata at the front of a text. */

static bool is_fence_of(const char *p, const char *end, char c)
{
	return end - p >= 3 && skip_run(p, end, c) == p + 3 &&
	       skip_blanks(p + 3, end) == end;
}

/* "key:", or a comment: a scene break before words is no front matter. */
static bool is_yaml(const char *p, const char *end)
{
	const char *start = p;

	if (p < end && *p == '#')
		return true;
	while (p < end && *p != ':' && *p != ' ' && *p != '\t')
		p++;
	return p > start && p < end && *p == ':' &&
	       (p + 1 == end || p[1] == ' ' || p[1] == '\t');
}

static bool skip_yaml(struct block_scanner *in)
{
	const char *p, *end;

	skip_line(in);
	if (!peek_line(in, &p, &end) || !is_yaml(p, end))
		return false;
	do {
		skip_line(in);
		if (is_fence_of(p, end, '-') || is_fence_of(p, end, '.'))
			return true;
	} while (peek_line(in, &p, &end));
	return false;
}

/* Up to three fields: a line each, and indented ones below it. */
static void skip_percent_lines(struct block_scanner *in)
{
	const char *p, *end;
	int fields = 1;

	skip_line(in);
	while (peek_line(in, &p, &end) && skip_blanks(p, end) < end) {
		if (*p == '%' ? fields++ == 3 : *p != ' ' && *p != '\t')
			return;
		skip_line(in);
	}
}

static bool skip_metadata(struct block_scanner *in, const char *p,
			  const char *end)
{
	struct block_scanner before = *in;

	if (p < end && *p == '%' &&
	    (p + 1 == end || p[1] == ' ' || p[1] == '\t')) {
		skip_percent_lines(in);
		return true;
	}
	if (is_fence_of(p, end, '-')) {
		if (skip_yaml(in))
			return true;
		*in = before;
	}
	return false;
}

static void skip_blank_lines(struct block_scanner *in)
{
	const char *p, *end;

	while (peek_line(in, &p, &end) && skip_blanks(p, end) == end)
		skip_line(in);
}

/* An empty item, which the next blank line may end. */
static bool waits_for_words(const struct state *s)
{
	size_t last = s->depth - 1;

	return s->depth && s->stack[last].type == ITEM &&
	       !s->stack[last].has_child;
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
			if (!waits_for_words(s))
				skip_blank_lines(in);
			continue;
		}
		if (!belongs(s))
			return;
		skip_line(in);
		if (!s->depth && s->leaf == LEAF_PARAGRAPH &&
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
	s.stack = s.fixed;
	s.capacity = sizeof(s.fixed) / sizeof(s.fixed[0]);
	cursor_start(&s.at, p, end);
	begin(&s);
	skip_line(scanner);
	if (s.leaf == LEAF_PARAGRAPH && !s.depth &&
	    s.definition.state == DEFINITION_NONE)
		skip_plain_lines(&s);
	read_lines(&s);
	if (s.is_paragraph)
		finish_paragraph(&s);
	block->unclosed = s.depth ? block->type == BLOCK_DIV
		: s.leaf == LEAF_FENCE || (s.leaf == LEAF_HTML && s.html < 6);
	block->span.end = scanner->next;
	if (s.stack != s.fixed)
		free(s.stack);
	return true;
}

/* Up to the end of the first paragraph: enough to tell. */
static struct slice first_lines(struct slice text, size_t *blank)
{
	struct block_scanner in;
	const char *p, *end;
	bool words = false;

	block_scanner_init(&in, text);
	*blank = 0;
	while (peek_line(&in, &p, &end)) {
		bool empty = skip_blanks(p, end) == end;

		if (empty && words)
			break;
		words |= !empty;
		skip_line(&in);
		if (!words)
			*blank = in.next;
	}
	return slice_sub(text, 0, in.next);
}

bool block_boundary_between(struct slice last, struct slice next)
{
	struct strbuf text = STRBUF_INIT;
	struct block_scanner scanner;
	struct block block;
	struct slice lines;
	size_t blank, start = 0;

	lines = first_lines(next, &blank);
	if (!last.len || blank == next.len)
		return true;
	if (last.ptr[last.len - 1] != '\n' && last.ptr[last.len - 1] != '\r')
		return false;
	block_scanner_init(&scanner, last);
	while (block_scanner_next(&scanner, &block))
		start = block.span.start;
	last = slice_sub(last, start, last.len);
	strbuf_add_slice(&text, last);
	strbuf_add_slice(&text, lines);
	block_scanner_init(&scanner, strbuf_slice(&text));
	scanner.started = start > 0;
	block_scanner_next(&scanner, &block);
	strbuf_release(&text);
	return block.span.end <= last.len + blank;
}
