/* SPDX-License-Identifier: MIT */
#include "block_line.h"
#include "block_metadata.h"

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

bool skip_metadata(struct block_scanner *in, const char *p, const char *end)
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
