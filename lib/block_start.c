/* SPDX-License-Identifier: MIT */
#include "block_line.h"
#include "block_rules.h"
#include "block_start.h"

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

bool is_div_end(struct slice s)
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

struct start find_start(struct cursor *at, bool paragraph, bool lazy)
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
