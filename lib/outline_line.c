/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "outline_line.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Skip blanks from `at`; the column goes with them. */
static size_t skip_blanks(struct slice line, size_t at, size_t *column)
{
	for (; at < line.len && is_blank(line.ptr[at]); at++)
		*column += line.ptr[at] == '\t' ? 4 - (*column & 3) : 1;
	return at;
}

/* Three or more of the same mark, blanks between them. */
static bool is_separator(struct slice text)
{
	size_t marks = 0;

	if (!strchr("-*_", *text.ptr))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == *text.ptr)
			marks++;
		else if (!is_blank(text.ptr[i]))
			return false;
	}
	return marks >= 3;
}

static bool is_underline(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.ptr[i] != '=')
			return false;
	return true;
}

/* "# Title #" */
static bool scan_heading(struct outline_line *out, struct slice text)
{
	size_t level = 0, end;

	while (level < text.len && text.ptr[level] == '#')
		level++;
	if (!level || level > 6 ||
	    (level < text.len && !is_blank(text.ptr[level])))
		return false;
	text = slice_trim(slice_sub(text, level, text.len));
	end = text.len;
	while (end && text.ptr[end - 1] == '#')
		end--;
	if (!end || is_blank(text.ptr[end - 1]))
		text = slice_trim(slice_sub(text, 0, end));
	out->type = OUTLINE_LINE_HEADING;
	out->level = (int)level;
	out->text = text;
	return true;
}

/* Length of a list marker at the front of the text, or 0. */
static size_t marker_length(struct slice text)
{
	size_t n = 0;

	if (strchr("-*+", *text.ptr)) {
		n = 1;
	} else {
		while (n < text.len && n < 9 &&
		       isdigit((unsigned char)text.ptr[n]))
			n++;
		if (!n || n == text.len ||
		    (text.ptr[n] != '.' && text.ptr[n] != ')'))
			return 0;
		n++;
	}
	return n == text.len || is_blank(text.ptr[n]) ? n : 0;
}

void outline_scan_line(struct outline_line *out, struct slice line)
{
	size_t column = 0, at = skip_blanks(line, 0, &column), marker;
	struct slice text = slice_trim(slice_sub(line, at, line.len));

	*out = (struct outline_line){
		.type = OUTLINE_LINE_PROSE, .indent = column,
		.content = column, .text = text
	};
	if (!text.len) {
		out->type = OUTLINE_LINE_BLANK;
	} else if (is_separator(text)) {
		out->type = OUTLINE_LINE_SEPARATOR;
	} else if (is_underline(text)) {
		out->type = OUTLINE_LINE_UNDERLINE;
	} else if (!scan_heading(out, text) &&
		   (marker = marker_length(text)) > 0) {
		size_t after = column + marker;

		column = after;
		at = skip_blanks(line, at + marker, &column);
		out->type = OUTLINE_LINE_ITEM;
		out->text = slice_trim(slice_sub(line, at, line.len));
		/* code after the marker: one blank belongs to it */
		out->content = !out->text.len || column > after + 4
			     ? after + 1 : column;
	}
}
