/* SPDX-License-Identifier: MIT */
/*
 * How far links and link reference definitions reach (CommonMark 0.30, 4.7,
 * 6.3): the very rules of cmark, since cmark has decided already that there
 * is one, and only its end is asked for.
 */
#include "markdown_reader.h"

#define LABEL_MAX 1000
#define PARENS_MAX 32
#define NONE SIZE_MAX

static size_t skip_blanks(const char *s, size_t len, size_t i)
{
	while (i < len && is_blank(s[i]))
		i++;
	return i;
}

static size_t skip_spaces(const char *s, size_t len, size_t i)
{
	while (i < len && is_space(s[i]))
		i++;
	return i;
}

/* Over "[label]" at `i`; NONE when there is none. `inner` is the label. */
static size_t link_label(struct span *inner, const char *s, size_t len,
			 size_t i)
{
	size_t start = i + 1;

	if (i >= len || s[i] != '[')
		return NONE;
	for (i = start; i < len && s[i] != '[' && s[i] != ']'; i++) {
		if (s[i] == '\\' && i + 1 < len && is_punct(s[i + 1]))
			i++;
		if (i + 1 - start > LABEL_MAX)
			return NONE;
	}
	if (i >= len || s[i] != ']')
		return NONE;
	inner->start = start;
	inner->end = i;
	while (inner->start < inner->end && is_space(s[inner->start]))
		inner->start++;
	while (inner->end > inner->start && is_space(s[inner->end - 1]))
		inner->end--;
	return i + 1;
}

static size_t pointed_url(const char *s, size_t len, size_t i)
{
	for (i++; i < len; i++) {
		if (s[i] == '>')
			return i + 1;
		if (s[i] == '\n' || s[i] == '<')
			return NONE;
		if (s[i] == '\\')
			i++;
	}
	return NONE;
}

/* The end of the text stands for a line end. */
static size_t link_url(const char *s, size_t len, size_t i)
{
	size_t start = i, open = 0;

	if (i < len && s[i] == '<')
		return pointed_url(s, len, i);
	for (; i < len && !is_space(s[i]); i++) {
		if (s[i] == '\\' && i + 1 < len && is_punct(s[i + 1])) {
			i++;
		} else if (s[i] == '(') {
			if (++open > PARENS_MAX)
				return NONE;
		} else if (s[i] == ')') {
			if (!open)
				return i;
			open--;
		}
	}
	return open || i == start ? NONE : i;
}

/*
 * A title's longest match: a closing quote after a backslash ends it only
 * when no other follows. Returns `i` when there is none.
 */
static size_t link_title(const char *s, size_t len, size_t i)
{
	size_t start = i, accepted = i;
	char open, close;

	if (i >= len || (s[i] != '"' && s[i] != '\'' && s[i] != '('))
		return i;
	open = s[i];
	close = open == '(' ? ')' : open;
	for (i++; i < len; i++) {
		bool escaped = s[i - 1] == '\\' && i - 1 > start;

		if (s[i] == close) {
			accepted = i + 1;
			if (!escaped)
				break;
		} else if (s[i] == '(' && open == '(' && !escaped) {
			break;
		}
	}
	return accepted;
}

/* Blanks with at most one line end among them. */
static size_t skip_line(const char *s, size_t len, size_t i)
{
	i = skip_blanks(s, len, i);
	if (i < len && s[i] == '\n')
		i = skip_blanks(s, len, i + 1);
	return i;
}

size_t markdown_reference_length(const char *s, size_t len)
{
	struct span label;
	size_t i = link_label(&label, s, len, 0), url, end;

	if (i == NONE || label.start == label.end || i >= len || s[i] != ':')
		return 0;
	i = skip_line(s, len, i + 1);
	url = link_url(s, len, i);
	if (url == NONE)
		return 0;
	i = skip_line(s, len, url);
	if (i > url) {
		end = link_title(s, len, i);
		if (end > i) {
			end = skip_blanks(s, len, end);
			if (end >= len)
				return len;
			if (s[end] == '\n')
				return end + 1;
		}
	}
	end = skip_blanks(s, len, url);
	if (end >= len)
		return len;
	return s[end] == '\n' ? end + 1 : 0;
}

/* "(url "title")" at `at`, as in [words](url "title"). */
static bool inline_tail(struct link_tail *tail, const char *s, size_t len,
			size_t at)
{
	size_t url, title, end;

	if (at >= len || s[at] != '(')
		return false;
	url = link_url(s, len, skip_spaces(s, len, at + 1));
	if (url == NONE)
		return false;
	title = skip_spaces(s, len, url);
	end = title > url ? link_title(s, len, title) : title;
	if (end > title)
		tail->title = (struct span){ title + 1, end - 1 };
	end = skip_spaces(s, len, end);
	if (end >= len || s[end] != ')')
		return false;
	tail->end = end + 1;
	return true;
}

void markdown_link_tail(struct link_tail *tail, const char *s, size_t len,
			size_t at)
{
	struct span label;
	size_t end;

	tail->title = (struct span){ 0, 0 };
	if (inline_tail(tail, s, len, at))
		return;
	tail->title = (struct span){ 0, 0 };
	end = link_label(&label, s, len, at);
	tail->end = end == NONE ? at : end;
}
