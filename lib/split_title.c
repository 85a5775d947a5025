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

size_t split_count_words(struct slice text)
{
	size_t count = 0;
	bool inside = false;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (c <= ' ') {
			inside = false;
		} else if (c >= 0xE3 && c <= 0xED) {
			count++; /* kana, ideographs, syllables of hangul */
			inside = true;
		} else if (!inside && is_word_character((char)c)) {
			count++;
			inside = true;
		}
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
