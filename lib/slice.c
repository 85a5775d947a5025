/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* memmem */
#include <string.h>

#include "slice.h"

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct slice slice_of(const char *s)
{
	return (struct slice){ s, strlen(s) };
}

bool slice_eq(struct slice a, struct slice b)
{
	return a.len == b.len && (!a.len || !memcmp(a.ptr, b.ptr, a.len));
}

bool slice_eq_str(struct slice a, const char *b)
{
	return slice_eq(a, slice_of(b));
}

int slice_cmp(struct slice a, struct slice b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int rc = n ? memcmp(a.ptr, b.ptr, n) : 0;

	return rc ? rc : (a.len > b.len) - (a.len < b.len);
}

bool slice_starts_with(struct slice s, struct slice prefix)
{
	return s.len >= prefix.len &&
	       slice_eq(slice_sub(s, 0, prefix.len), prefix);
}

bool slice_ends_with(struct slice s, struct slice suffix)
{
	return s.len >= suffix.len &&
	       slice_eq(slice_sub(s, s.len - suffix.len, s.len), suffix);
}

struct slice slice_sub(struct slice s, size_t from, size_t to)
{
	if (to > s.len)
		to = s.len;
	if (from > to)
		from = to;
	return (struct slice){ s.ptr ? s.ptr + from : NULL, to - from };
}

void slice_common_ends(size_t *prefix, size_t *suffix, struct slice a,
		       struct slice b)
{
	size_t len = a.len < b.len ? a.len : b.len, n = 0;

	while (n + 64 <= len && !memcmp(a.ptr + n, b.ptr + n, 64))
		n += 64;
	while (n < len && a.ptr[n] == b.ptr[n])
		n++;
	*prefix = n;
	len -= n;
	n = 0;
	while (n + 64 <= len && !memcmp(a.ptr + a.len - n - 64,
					b.ptr + b.len - n - 64, 64))
		n += 64;
	while (n < len && a.ptr[a.len - n - 1] == b.ptr[b.len - n - 1])
		n++;
	*suffix = n;
}

struct slice slice_trim_end(struct slice s)
{
	while (s.len && is_space(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

struct slice slice_trim(struct slice s)
{
	s = slice_trim_end(s);
	while (s.len && is_space(*s.ptr)) {
		s.ptr++;
		s.len--;
	}
	return s;
}

bool slice_is_blank(struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
			return false;
	}
	return true;
}

/* By windows, so that lone CRs do not each search all the text for an LF. */
bool slice_next_line(struct slice *line, struct slice *rest)
{
	size_t from = 0, window = 256, len = rest->len;

	if (!rest->len)
		return false;
	while (from < rest->len) {
		const char *p = rest->ptr + from, *lf, *cr;
		size_t n = rest->len - from < window ? rest->len - from
						     : window;

		lf = memchr(p, '\n', n);
		cr = memchr(p, '\r', lf ? (size_t)(lf - p) : n);
		if (cr || lf) {
			len = (size_t)((cr ? cr : lf) - rest->ptr) + 1;
			if (cr && len < rest->len && rest->ptr[len] == '\n')
				len++;
			break;
		}
		from += n;
		window *= 2;
	}
	*line = (struct slice){ rest->ptr, len };
	rest->ptr += len;
	rest->len -= len;
	return true;
}

struct slice slice_chomp(struct slice line)
{
	if (line.len && line.ptr[line.len - 1] == '\n')
		line.len--;
	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	return line;
}

size_t slice_find(struct slice s, char c)
{
	const char *p = s.len ? memchr(s.ptr, c, s.len) : NULL;

	return p ? (size_t)(p - s.ptr) : s.len;
}

size_t slice_find_slice(struct slice s, struct slice needle)
{
	size_t i = needle.len ? slice_find(s, *needle.ptr) : 0;
	const char *p;

	/* what is looked for often starts with what is rare: memchr() is much
	 * the faster then */
	if (i == s.len)
		return s.len;
	p = memmem(s.ptr + i, s.len - i, needle.ptr, needle.len);
	return p ? (size_t)(p - s.ptr) : s.len;
}
