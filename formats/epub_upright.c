/* SPDX-License-Identifier: MIT */
/*
 * Where lines run down, Latin letters and digits lie on their side. One or
 * two digits among Japanese stand upright in the width of one character, as
 * do "!?" (Requirements for Japanese Text Layout, W3C, 3.2.5): they are put
 * into <span class="upright">. 1934, 3.14 and R7K3QX lie, as words do.
 */
#include <string.h>

#include "epub_private.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_sign(char c)
{
	return c == '!' || c == '?';
}

static bool is_ascii_word(char c)
{
	return c > ' ' && (unsigned char)c < 0x7F;
}

/* The digits or signs at `at`, if they are few and nothing else that lies on
 * its side is beside them; else 0. `until` gets the end of the run. */
static size_t upright_run(const char *s, size_t len, size_t at, size_t *until)
{
	bool (*same)(char) = is_digit(s[at]) ? is_digit : is_sign;
	size_t end = at, before = at, after;

	while (end < len && same(s[end]))
		end++;
	*until = end;
	if (end - at > 2)
		return 0;
	while (before && s[before - 1] == ' ')
		before--;
	for (after = end; after < len && s[after] == ' '; after++)
		;
	/* a tag ends and begins a word as any other sign does */
	if (before && is_ascii_word(s[before - 1]) && s[before - 1] != '>')
		return 0;
	if (after < len && is_ascii_word(s[after]) && s[after] != '<')
		return 0;
	return end - at;
}

/* The length of the tag at s[at]; of code, and of a note's mark, which is
 * upright as it is and has no elements in it, all of the element. */
static size_t tag_length(const char *s, size_t len, size_t at)
{
	struct slice rest = { s + at, len - at };
	struct slice tag = slice_sub(rest, 0, slice_find(rest, '>'));
	const char *end = NULL;

	if (slice_starts_with(tag, SLICE("<code")))
		end = "</code";
	else if (slice_find_slice(tag, SLICE("epub:type=\"noteref\"")) <
		 tag.len)
		end = "</a";
	return end ? slice_find_slice(rest, slice_of(end)) : tag.len + 1;
}

void epub_add_upright(struct strbuf *out, struct slice page)
{
	const char *s = page.ptr;
	size_t at = slice_find_slice(page, SLICE("<body"));
	size_t run, until, from = 0;

	while (at < page.len) {
		if (s[at] == '<') {
			at += tag_length(s, page.len, at);
		} else if (s[at] == '&') {
			at += slice_find(slice_sub(page, at, page.len), ';');
		} else if (!is_digit(s[at]) && !is_sign(s[at])) {
			at++;
		} else {
			run = upright_run(s, page.len, at, &until);
			if (run) {
				strbuf_add_slice(out,
						 slice_sub(page, from, at));
				strbuf_adds(out, "<span class=\"upright\">");
				strbuf_add(out, s + at, run);
				strbuf_adds(out, "</span>");
				from = until;
			}
			at = until;
		}
	}
	strbuf_add_slice(out, slice_sub(page, from, page.len));
}
