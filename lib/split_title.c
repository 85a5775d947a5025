/* SPDX-License-Identifier: MIT */
#include "split_private.h"
#include "strbuf.h"
#include "utf8.h"

/* Past "](target)" or "][label]"; or just past the bracket. */
static size_t skip_target(struct slice s, size_t i)
{
	char close;

	if (++i >= s.len || (s.ptr[i] != '(' && s.ptr[i] != '['))
		return i;
	close = s.ptr[i] == '(' ? ')' : ']';
	for (size_t end = i + 1; end < s.len; end++)
		if (s.ptr[end] == close)
			return end + 1;
	return i;
}

static bool is_word_character(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static size_t skip_note(struct slice s, size_t i)
{
	size_t end = i;

	while (end < s.len && s.ptr[end] != ']')
		end++;
	return end < s.len ? end + 1 : i + 1;
}

static void add_folded(struct strbuf *out, size_t start, char c)
{
	bool space = c == ' ' || (c >= '\t' && c <= '\r') || !c;

	if (!space)
		strbuf_addch(out, c);
	else if (out->len > start && out->buf[out->len - 1] != ' ')
		strbuf_addch(out, ' ');
}

void split_plain_title(struct strbuf *out, struct slice s)
{
	size_t start = out->len, i = 0;

	while (i < s.len) {
		char c = s.ptr[i], next = i + 1 < s.len ? s.ptr[i + 1] : 0;

		if (c == '\\' && next && !is_word_character(next) &&
		    next != ' ') {
			add_folded(out, start, next);
			i += 2;
		} else if (c == '[' && next == '^') {
			i = skip_note(s, i);
		} else if (c == '*' || c == '`' || c == '[') {
			i++;
		} else if (c == '_' && !(i && is_word_character(s.ptr[i - 1])
					 && is_word_character(next))) {
			i++;
		} else if (c == ']') {
			i = skip_target(s, i);
		} else {
			add_folded(out, start, c);
			i++;
		}
	}
	while (out->len > start && out->buf[out->len - 1] == ' ')
		strbuf_truncate(out, out->len - 1);
}

const char *split_title(struct split_plan *plan,
			    const struct split_mark *mark)
{
	struct strbuf title = STRBUF_INIT;
	char *copy;

	split_plain_title(&title, mark->title);
	if (mark->subtitle.len) {
		char last = title.len ? title.buf[title.len - 1] : ' ';

		strbuf_adds(&title, last == '.' || last == ':' ? " " : ": ");
		split_plain_title(&title, mark->subtitle);
	}
	title.len = utf8_valid_prefix(strbuf_slice(&title));
	copy = arena_copy(&plan->arena, slice_sub(strbuf_slice(&title), 0,
						  400));
	strbuf_release(&title);
	return copy;
}

/*
 * Bytes: 0 white space; 1 marks, and U+2000..U+2FFF, dashes and quotes; 2 part
 * of a word; 3 a word of its own, U+3000..U+DFFF: kana, ideographs, hangul.
 */
static const unsigned char classes[256] = {
	0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,
	0,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2,2,2,2,2,2,2,2,2,2,1,1,1,1,1,1,
	1,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,1,1,1,1,1,
	1,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,1,1,1,1,1,
	1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,
	1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,
	2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,
	2,2,1,3,3,3,3,3,3,3,3,3,3,3,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2,2
};

size_t split_count_words(struct slice text)
{
	size_t count = 0;
	unsigned inside = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned class = classes[(unsigned char)text.ptr[i]];
		unsigned word = class >> 1;

		count += word & (~inside | class);
		inside = (class != 0) & (inside | word);
	}
	return count;
}

const char *split_numbered(struct split_plan *plan, const char *title,
			    size_t number)
{
	struct strbuf words = STRBUF_INIT;
	const char *copy;

	if (*title)
		strbuf_addf(&words, "%s, %zu", title, number);
	else
		strbuf_addf(&words, "%zu", number);
	copy = arena_copy(&plan->arena, strbuf_slice(&words));
	strbuf_release(&words);
	return copy;
}
