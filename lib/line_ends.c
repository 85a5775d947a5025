/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "line_ends.h"
#include "strbuf.h"

enum line_end line_end_of(struct slice s)
{
	enum line_end end = LINE_END_ANY;

	for (const char *p = s.ptr, *nl; s.len &&
	     (nl = memchr(p, '\n', (size_t)(s.ptr + s.len - p))); p = nl + 1) {
		if (nl == s.ptr || nl[-1] != '\r')
			return LINE_END_LF;
		end = LINE_END_CRLF;
	}
	return end;
}

struct slice line_end_to_lf(struct slice s, struct strbuf *copy)
{
	const char *p = s.ptr, *stop = s.ptr + s.len, *nl;

	if (line_end_of(s) != LINE_END_CRLF)
		return s;
	while ((nl = memchr(p, '\n', (size_t)(stop - p)))) {
		strbuf_add(copy, p, (size_t)(nl - p) - 1);
		strbuf_addch(copy, '\n');
		p = nl + 1;
	}
	strbuf_add(copy, p, (size_t)(stop - p));
	return strbuf_slice(copy);
}

void line_end_add_crlf(struct strbuf *out, struct slice s)
{
	const char *p = s.ptr, *stop = s.ptr + s.len, *nl;

	while (p < stop && (nl = memchr(p, '\n', (size_t)(stop - p)))) {
		strbuf_add(out, p, (size_t)(nl - p));
		strbuf_add(out, "\r\n", 2);
		p = nl + 1;
	}
	strbuf_add(out, p, (size_t)(stop - p));
}
