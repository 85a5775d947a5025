/* SPDX-License-Identifier: MIT */
#include "mail_flowed.h"
#include "strbuf.h"

static size_t quote_depth(struct slice line)
{
	size_t n = 0;

	while (n < line.len && line.ptr[n] == '>')
		n++;
	return n;
}

static bool is_signature(struct slice content)
{
	return slice_eq(content, SLICE("-- "));
}

/* The line without its quote marks, its stuffing and its end. */
static struct slice content_of(struct slice line, size_t depth)
{
	line = slice_chomp(slice_sub(line, depth, line.len));
	return slice_sub(line, slice_starts_with(line, SLICE(" ")), line.len);
}

static bool is_broken(struct slice content)
{
	return slice_ends_with(content, SLICE(" ")) &&
	       !is_signature(content) && !slice_is_blank(content);
}

static void add_quote(struct strbuf *out, size_t depth)
{
	if (!depth)
		return;
	for (size_t i = 0; i < depth; i++)
		strbuf_addch(out, '>');
	strbuf_addch(out, ' ');
}

void mail_unflow(struct strbuf *out, struct slice text, bool delsp)
{
	struct slice line, content;
	size_t depth, open_depth = 0;
	bool open = false;	/* the last line was broken */

	while (slice_next_line(&line, &text)) {
		depth = quote_depth(line);
		content = content_of(line, depth);
		if (open && (depth != open_depth || is_signature(content))) {
			strbuf_addch(out, '\n');
			open = false;
		}
		if (!open)
			add_quote(out, depth);
		open = is_broken(content) && text.len;
		open_depth = depth;
		if (open && delsp)
			content.len--;
		strbuf_add_slice(out, content);
		if (!open && slice_ends_with(line, SLICE("\n")))
			strbuf_addch(out, '\n');
	}
}

bool mail_is_flowed(struct slice text)
{
	struct slice line;
	bool in_hunk = false;

	while (slice_next_line(&line, &text)) {
		if (slice_starts_with(line, SLICE("@@ ")))
			in_hunk = true;
		else if (slice_starts_with(line, SLICE("-- ")))
			in_hunk = false;
		if (in_hunk && line.len > 2 && line.ptr[0] == ' ' &&
		    line.ptr[1] != ' ' && line.ptr[1] != '>' &&
		    line.ptr[1] != '\n' && line.ptr[1] != '\r' &&
		    line.ptr[1] != 'F')
			return false;
	}
	return true;
}
