/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "diff_private.h"

#define NO_BREAK_SPACE "\xC2\xA0"
#define EN_DASH "\xE2\x80\x93"
#define EM_DASH "\xE2\x80\x94"

static bool at(struct slice s, const char *bytes)
{
	return slice_starts_with(s, slice_of(bytes));
}

static struct slice after(struct slice s, size_t n)
{
	return slice_sub(s, n, s.len);
}

/* One space; returns its length. */
static size_t space_at(struct slice s)
{
	if (at(s, " ") || at(s, "\t"))
		return 1;
	return at(s, NO_BREAK_SPACE) ? 2 : 0;
}

/* One hyphen, or a dash that a mail program made of it. */
static size_t dash_at(struct slice s)
{
	if (at(s, "-"))
		return 1;
	return at(s, EN_DASH) || at(s, EM_DASH) ? 3 : 0;
}

/*
 * What stands for the `count` hyphens of a keyword: a dash for two of them,
 * or for all. Returns its length.
 */
static size_t hyphens_at(struct slice s, size_t count)
{
	size_t len = 0;

	while (count) {
		size_t n = dash_at(after(s, len));

		if (!n)
			return 0;
		len += n;
		if (n == 1)
			count--;
		else if (dash_at(after(s, len)))
			count -= count < 2 ? count : 2;
		else
			count = 0;
	}
	return len;
}

bool diff_keyword(struct slice *rest, struct slice line, const char *keyword)
{
	while (*keyword) {
		size_t n, count = 1;

		if (*keyword == '-') {
			count = strspn(keyword, "-");
			n = hyphens_at(line, count);
		} else if (*keyword == ' ') {
			n = space_at(line);
		} else {
			n = line.len && *line.ptr == *keyword;
		}
		if (!n)
			return false;
		line = after(line, n);
		keyword += count;
	}
	*rest = line;
	return true;
}

static bool read_number(size_t *value, struct slice *s)
{
	size_t i = 0;

	*value = 0;
	for (; i < s->len && s->ptr[i] >= '0' && s->ptr[i] <= '9'; i++) {
		if (*value > (size_t)1 << 40)
			return false;
		*value = *value * 10 + (size_t)(s->ptr[i] - '0');
	}
	*s = after(*s, i);
	return i > 0;
}

/* "1,3", or "1" for one line. */
static bool read_range(size_t *start, size_t *count, struct slice *s)
{
	*count = 1;
	if (!read_number(start, s))
		return false;
	if (!at(*s, ","))
		return true;
	*s = after(*s, 1);
	return read_number(count, s);
}

static void skip_spaces(struct slice *s)
{
	size_t n;

	while ((n = space_at(*s)))
		*s = after(*s, n);
}

/* What follows the first "@@", from the numbers on. */
static bool read_numbers(struct patch_hunk *hunk, struct slice s)
{
	skip_spaces(&s);
	if (!dash_at(s))
		return false;
	s = after(s, dash_at(s));
	if (!read_range(&hunk->old_start, &hunk->old_count, &s) ||
	    !space_at(s))
		return false;
	skip_spaces(&s);
	if (!at(s, "+"))
		return false;
	s = after(s, 1);
	if (!read_range(&hunk->new_start, &hunk->new_count, &s))
		return false;
	skip_spaces(&s);
	hunk->headed = !slice_is_blank(after(s, 2));
	return at(s, "@@");
}

bool diff_hunk_header(struct patch_hunk *hunk, struct slice line)
{
	*hunk = (struct patch_hunk){ 0 };
	if (!at(line, "@@"))
		return false;
	hunk->counted = read_numbers(hunk, after(line, 2));
	if (!hunk->counted)
		*hunk = (struct patch_hunk){ 0 };
	return true;
}
