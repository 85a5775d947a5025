/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <uniwbrk.h>

#include "alloc.h"
#include "strbuf.h"
#include "tokens.h"
#include "utf8.h"
#include "vocabulary.h"

/* ASCII by its part in UAX #29, table 3. */
enum class { OTHER, SPACE, LETTER, DIGIT, UNDERSCORE, NOT_ASCII };

#define DIGITS(x) [x] = DIGIT, [x + 1] = DIGIT, [x + 2] = DIGIT,             \
	[x + 3] = DIGIT, [x + 4] = DIGIT
#define LETTERS(x) [x] = LETTER, [x + 1] = LETTER, [x + 2] = LETTER,         \
	[x + 3] = LETTER, [x + 4] = LETTER, [x + 5] = LETTER,                \
	[x + 6] = LETTER, [x + 7] = LETTER, [x + 8] = LETTER,                \
	[x + 9] = LETTER, [x + 10] = LETTER, [x + 11] = LETTER,              \
	[x + 12] = LETTER

static enum class class_of(unsigned char c)
{
	static const unsigned char classes[0x80] = {
		['\t'] = SPACE, ['\n'] = SPACE, ['\v'] = SPACE,
		['\f'] = SPACE, ['\r'] = SPACE, [' '] = SPACE,
		['_'] = UNDERSCORE, DIGITS('0'), DIGITS('5'),
		LETTERS('A'), LETTERS('N'), LETTERS('a'), LETTERS('n')
	};

	return c >= 0x80 ? NOT_ASCII : (enum class)classes[c];
}

struct reader {
	struct token_list *list;
	struct vocabulary *vocabulary;
	struct slice text;
	struct strbuf breaks;	/* for u8_wordbreaks */
	bool block_line;	/* the line is a block by itself */
	bool stopped;		/* the sentence has its stop */
	bool full_stopped;	/* one that needs no gap */
	bool initial;		/* the word before was one capital letter */
};

static struct token *push(struct reader *r, size_t start, size_t end,
			  uint32_t word, enum gap gap)
{
	struct token_list *list = r->list;
	struct token *t;

	GROW(list->items, list->count, list->capacity);
	t = &list->items[list->count++];
	*t = (struct token){ (uint32_t)start, (uint32_t)end, word,
			     (uint8_t)gap, 0 };
	return t;
}

static void push_break(struct reader *r, size_t start, size_t end)
{
	push(r, start, end, WORD_BREAK, GAP_NONE)->flags = TOKEN_SENTENCE;
	r->stopped = r->full_stopped = r->initial = false;
}

static void push_word(struct reader *r, size_t start, size_t end, enum gap gap)
{
	uint32_t word = vocabulary_add(r->vocabulary,
				       slice_sub(r->text, start, end));
	uint32_t flags = r->vocabulary->words[word].flags;
	struct token *t = push(r, start, end, word, gap);

	if (flags & WORD_COUNTED)
		t->flags |= TOKEN_COUNTED;
	if (flags & WORD_LETTER)
		t->flags |= TOKEN_LETTER;
	if (t > r->list->items && token_is_break(t - 1))
		t->flags |= TOKEN_SENTENCE;
	if (r->stopped) {
		if ((flags & (WORD_CLOSER | WORD_STOP | WORD_FULL_STOP)) &&
		    gap == GAP_NONE)
			return; /* still the end of the same sentence */
		if ((gap != GAP_NONE || r->full_stopped) &&
		    !(flags & WORD_LOWER))
			t->flags |= TOKEN_SENTENCE;
		r->stopped = r->full_stopped = false;
	}
	if (flags & WORD_FULL_STOP)
		r->stopped = r->full_stopped = true;
	else if (flags & WORD_STOP)
		r->stopped = !(r->initial && r->text.ptr[start] == '.');
	r->initial = flags & WORD_INITIAL;
}

/* A run without white space that is not all ASCII. */
static void read_unicode(struct reader *r, size_t start, size_t end,
			 enum gap gap)
{
	const char *p = r->text.ptr + start;
	size_t len = end - start, from = 0;

	if (utf8_valid_prefix(slice_sub(r->text, start, end)) < len) {
		/* not UTF-8: letters and what is no ASCII are one word */
		for (size_t i = 0; i < len; from = i) {
			while (i < len && class_of((unsigned char)p[i]) > SPACE)
				i++;
			if (i == from)
				i++;
			push_word(r, start + from, start + i,
				  from ? GAP_NONE : gap);
		}
		return;
	}
	strbuf_truncate(&r->breaks, 0);
	strbuf_grow(&r->breaks, len);
	u8_wordbreaks((const uint8_t *)p, len, r->breaks.buf);
	for (size_t i = 1; i <= len; i++) {
		if (i < len && !r->breaks.buf[i])
			continue;
		push_word(r, start + from, start + i, from ? GAP_NONE : gap);
		from = i;
	}
}

/* WB6, WB7, WB11, WB12: one mark within letters, or within digits. */
static bool mark_joins(enum class before, char mark, enum class after)
{
	if (before != after)
		return false;
	if (before == LETTER)
		return mark == '.' || mark == '\'' || mark == ':';
	return before == DIGIT && (mark == '.' || mark == '\'' ||
				   mark == ',' || mark == ';');
}

/* The words from `start` up to white space. Returns where that is. */
static size_t read_run(struct reader *r, size_t start, enum gap gap)
{
	const unsigned char *p = (const unsigned char *)r->text.ptr;
	size_t count = r->list->count, len = r->text.len, i = start, from;
	struct reader before = *r;
	enum class class;

	while (i < len) {
		from = i;
		while (i < len) {
			class = class_of(p[i]);
			if (class >= LETTER && class <= UNDERSCORE)
				i++;
			else if (i > from && i + 1 < len &&
				 mark_joins(class_of(p[i - 1]), (char)p[i],
					    class_of(p[i + 1])))
				i += 2;
			else
				break;
		}
		if (i < len && class_of(p[i]) == NOT_ASCII) {
			/* the whole run anew, by the whole of the standard */
			while (i < len && class_of(p[i]) != SPACE)
				i++;
			before.list->count = count;
			before.breaks = r->breaks;
			*r = before;
			read_unicode(r, start, i, gap);
			return i;
		}
		if (i == from) {
			if (i == len || class_of(p[i]) == SPACE)
				break;
			i++;
		}
		push_word(r, from, i, from == start ? gap : GAP_NONE);
	}
	return i;
}

static size_t skip_spaces(struct slice s, size_t i)
{
	while (i < s.len && class_of((unsigned char)s.ptr[i]) == SPACE &&
	       s.ptr[i] != '\n')
		i++;
	return i;
}

/* Spaces and quote marks at the start of a line. */
static size_t skip_prefix(struct slice s, size_t i)
{
	size_t at = skip_spaces(s, i);

	while (at < s.len && s.ptr[at] == '>')
		at = skip_spaces(s, at + 1);
	return at;
}

/* "- ", "* ", "+ ", "12. ", "3) ": where it ends; `i` if there is none. */
static size_t skip_list_marker(struct slice s, size_t i)
{
	size_t at = i;

	if (at < s.len && strchr("-*+", s.ptr[at]) && s.ptr[at]) {
		at++;
	} else {
		while (at < s.len && at - i < 9 && s.ptr[at] >= '0' &&
		       s.ptr[at] <= '9')
			at++;
		if (at == i || at == s.len ||
		    (s.ptr[at] != '.' && s.ptr[at] != ')'))
			return i;
		at++;
	}
	if (at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == '\t'))
		return skip_spaces(s, at);
	return i;
}

/* Names of elements that are blocks, with a space before and after each. */
static const char block_tags[] =
	" address article aside blockquote body br dd details div dl dt "
	"figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup "
	"hr html img li link main meta nav ol p pre script section style "
	"summary table tbody td tfoot th thead title tr ul ";

static bool is_block_tag(struct slice s, size_t i)
{
	char name[16] = " ";
	size_t n = 1;

	if (i < s.len && s.ptr[i] == '/')
		i++;
	if (i < s.len && (s.ptr[i] == '!' || s.ptr[i] == '?'))
		return true;
	while (i < s.len && n < sizeof(name) - 2) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (class_of(c) != LETTER && class_of(c) != DIGIT)
			break;
		name[n++] = (char)(class_of(c) == LETTER ? c | 0x20 : c);
		i++;
	}
	name[n] = ' ';
	return n > 1 && strstr(block_tags, name);
}

/* True if a block starts at `i`, the first character of its line. */
static bool starts_block(struct slice s, size_t i, bool *whole_line)
{
	struct slice rest = slice_sub(s, i, s.len);
	size_t n = 0;
	char c;

	*whole_line = true;
	if (!rest.len)
		return true;
	c = rest.ptr[0];
	switch (c) {
	case '#':
	case '|':
		return true;
	case '`':
	case '~':
	case ':':
	case '=':
	case '-':
		while (n < rest.len && n < 3 && rest.ptr[n] == c)
			n++;
		if (n == 3)
			return true;
		break;
	case '{': /* {: .class} of kramdown; {% … %} of templates */
		if (rest.len > 1 && (rest.ptr[1] == ':' || rest.ptr[1] == '%'))
			return true;
		break;
	case '[': /* [label]: of a link or a note */
		while (n < rest.len && n < 1000 && rest.ptr[n] != ']' &&
		       rest.ptr[n] != '\n')
			n++;
		if (n + 1 < rest.len && rest.ptr[n] == ']' &&
		    rest.ptr[n + 1] == ':')
			return true;
		break;
	case '<':
		*whole_line = false;
		return is_block_tag(s, i + 1);
	}
	*whole_line = false;
	return skip_list_marker(s, i) > i;
}

/*
 * White space from `i`, and the prefixes of the lines that it begins. Sets
 * `lines` to the line ends in it.
 */
static size_t skip_gap(struct slice s, size_t i, size_t *lines)
{
	*lines = 0;
	for (;;) {
		i = skip_spaces(s, i);
		if (i == s.len || s.ptr[i] != '\n')
			return i;
		++*lines;
		i = skip_prefix(s, i + 1);
	}
}

static bool is_hard(struct slice gap)
{
	size_t n = slice_find(gap, '\n');

	if (n && n < gap.len && gap.ptr[n - 1] == '\r')
		n--;
	return n >= 2 && n < gap.len && gap.ptr[n - 1] == ' ' &&
	       gap.ptr[n - 2] == ' ';
}

/* The end of a break whose white space ends at `i`: markers, nested ones. */
static size_t break_end(struct slice s, size_t i)
{
	for (int depth = 0; depth < 8; depth++) {
		size_t end = skip_list_marker(s, i);

		if (end == i || (end < s.len && s.ptr[end] == '\n'))
			break;
		i = end;
	}
	return i;
}

void token_list_release(struct token_list *list)
{
	free(list->items);
	*list = (struct token_list)TOKEN_LIST_INIT;
}

static void start_list(struct token_list *list, struct slice text)
{
	list->count = 0;
	list->text = text;
}

/* The break that a text begins with. Returns where it ends. */
static size_t read_start(struct reader *r)
{
	struct slice text = r->text;
	size_t i = 0, lines;

	if (text.len >= 3 && !memcmp(text.ptr, "\xEF\xBB\xBF", 3))
		i = 3;
	i = skip_gap(text, skip_prefix(text, i), &lines);
	starts_block(text, i, &r->block_line);
	i = break_end(text, i);
	push_break(r, 0, i);
	return i;
}

/* From `i`, which is behind a word, up to one that ends at `stop`. */
static bool read_up_to(struct reader *r, size_t i, size_t stop)
{
	struct slice text = r->text;
	size_t lines, start;
	bool whole_line, block;

	while (i < text.len && i != stop) {
		start = i;
		i = skip_gap(text, i, &lines);
		if (i == text.len)
			break;
		if (lines) {
			block = starts_block(text, i, &whole_line);
			if (block || lines > 1 || r->block_line) {
				i = break_end(text, i);
				push_break(r, start, i);
				start = i;
			}
			r->block_line = whole_line;
			if (i == text.len)
				break;
		}
		i = read_run(r, i, start == i ? GAP_NONE :
			     is_hard(slice_sub(text, start, i)) ?
			     GAP_HARD : GAP_SOFT);
	}
	return i == stop;
}

/* What is left belongs to the break at the end. */
static void read_end(struct reader *r)
{
	struct token_list *list = r->list;
	struct token *last = &list->items[list->count - 1];

	if (list->count > 1 && token_is_break(last))
		last->end = (uint32_t)r->text.len;
	else
		push_break(r, last->end, r->text.len);
}

void token_list_read(struct token_list *list, struct vocabulary *vocabulary,
		     struct slice text)
{
	struct reader r = { .list = list, .vocabulary = vocabulary,
			    .text = text, .breaks = STRBUF_INIT };

	start_list(list, text);
	read_up_to(&r, read_start(&r), SIZE_MAX);
	read_end(&r);
	strbuf_release(&r.breaks);
}

/* --- much like another one --- */

/*
 * Is it a break that blank lines make by themselves? Then what stands on one
 * side of it has nothing to do with what stands on the other.
 */
static bool is_blank_lines(const struct token_list *list, size_t n)
{
	size_t lines = 0;

	if (token_is_break(&list->items[n]))
		skip_gap(list->text, list->items[n].start, &lines);
	return lines > 1;
}

size_t token_list_at(const struct token_list *list, size_t at)
{
	size_t low = 0, high = list->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (list->items[middle].start < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Tokens from..to of another list, with their bytes moved. */
static void copy_tokens(struct token_list *list, const struct token_list *from,
			size_t first, size_t end, size_t shift)
{
	size_t count = list->count + end - first;

	if (list->capacity < count) {
		list->capacity = count + count / 2;
		list->items = xreallocarray(list->items, list->capacity,
					    sizeof(*list->items));
	}
	for (size_t i = first; i < end; i++) {
		struct token *t = &list->items[list->count++];

		*t = from->items[i];
		t->start += (uint32_t)shift;
		t->end += (uint32_t)shift;
	}
}

void token_list_read_like(struct token_list *list,
			  struct vocabulary *vocabulary, struct slice text,
			  const struct token_list *like)
{
	struct reader r = { .list = list, .vocabulary = vocabulary,
			    .text = text, .breaks = STRBUF_INIT };
	size_t shift = text.len - like->text.len; /* modulo 2^64 */
	size_t prefix, suffix, before, after, start;

	slice_common_ends(&prefix, &suffix, like->text, text);
	/* a byte more, so that no break goes on in what is not common */
	before = token_list_at(like, prefix);
	while (before && (before == like->count ||
			  like->items[before].end >= prefix ||
			  !is_blank_lines(like, before)))
		before--;
	after = token_list_at(like, like->text.len - suffix + 1);
	while (after < like->count && !is_blank_lines(like, after))
		after++;
	start_list(list, text);
	copy_tokens(list, like, 0, before, 0);
	start = before ? like->items[before].start : read_start(&r);
	if (read_up_to(&r, start, after == like->count ? SIZE_MAX :
				  like->items[after].start + shift))
		copy_tokens(list, like, after, like->count, shift);
	else
		read_end(&r);
	strbuf_release(&r.breaks);
}
