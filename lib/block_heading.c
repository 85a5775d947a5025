/* SPDX-License-Identifier: MIT */
#include "block_heading.h"
#include "block_line.h"

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

void take_attributes(struct block *block)
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

void read_heading(struct block *block, struct slice line, int level)
{
	block->type = level == 1 && line.len == 1 ? BLOCK_SCENE_BREAK
						  : BLOCK_HEADING;
	block->level = level;
	block->title = slice_sub(line, (size_t)level, line.len);
	drop_closing_marks(block);
	take_attributes(block);
	drop_closing_marks(block);
}
