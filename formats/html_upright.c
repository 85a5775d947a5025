/* SPDX-License-Identifier: MIT */
/*
 * Where lines run down, Latin letters and digits lie on their side. One or
 * two digits among Japanese stand upright in the width of one character, as
 * do "!?" (Requirements for Japanese Text Layout, W3C, 3.2.5): they are put
 * into <span class="upright">. 1934, 3.14 and R7K3QX lie, as words do.
 */
#include <string.h>

#include "html_upright.h"
#include "strbuf.h"

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

/* The length of the tag at s[at]; of what is no text, and of a note's mark,
 * which is upright as it is and has no elements in it, all of the element. */
static size_t tag_length(const char *s, size_t len, size_t at)
{
	struct slice rest = { s + at, len - at };
	struct slice tag = slice_sub(rest, 0, slice_find(rest, '>'));
	const char *end = NULL;

	if (slice_starts_with(tag, SLICE("<head>")))
		end = "</head";
	else if (slice_starts_with(tag, SLICE("<code")))
		end = "</code";
	else if (slice_starts_with(tag, SLICE("<script")))
		end = "</script";
	else if (slice_find_slice(tag, SLICE("=\"noteref\"")) < tag.len)
		end = "</a";
	return end ? slice_find_slice(rest, slice_of(end)) : tag.len + 1;
}

void html_add_upright(struct strbuf *out, struct slice html)
{
	const char *s = html.ptr;
	size_t run, until, at = 0, from = 0;

	while (at < html.len) {
		if (s[at] == '<') {
			at += tag_length(s, html.len, at);
		} else if (s[at] == '&') {
			at += slice_find(slice_sub(html, at, html.len), ';');
		} else if (!is_digit(s[at]) && !is_sign(s[at])) {
			at++;
		} else {
			run = upright_run(s, html.len, at, &until);
			if (run) {
				strbuf_add_slice(out,
						 slice_sub(html, from, at));
				strbuf_adds(out, "<span class=\"upright\">");
				strbuf_add(out, s + at, run);
				strbuf_adds(out, "</span>");
				from = until;
			}
			at = until;
		}
	}
	strbuf_add_slice(out, slice_sub(html, from, html.len));
}
