/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "diff_private.h"
#include "strbuf.h"

/* The value of an escape at `s`, after its backslash; its length. */
static size_t unescape(char *out, struct slice s)
{
	static const char names[] = "abtnvfr\"\\";
	static const char values[] = "\a\b\t\n\v\f\r\"\\";
	const char *name = s.len && *s.ptr ? strchr(names, *s.ptr) : NULL;
	unsigned value = 0;
	size_t n = 0;

	if (name) {
		*out = values[name - names];
		return 1;
	}
	while (n < 3 && n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '7')
		value = value * 8 + (unsigned)(s.ptr[n++] - '0');
	*out = (char)value;
	return n;
}

/* A quoted name at the front of `s`: its end, or 0 if it is none. */
static size_t unquote(struct strbuf *out, struct slice s)
{
	size_t i = 1, n;
	char c;

	if (!s.len || s.ptr[0] != '"')
		return 0;
	while (i < s.len && s.ptr[i] != '"') {
		c = s.ptr[i++];
		if (c == '\\') {
			n = unescape(&c, slice_sub(s, i, s.len));
			if (!n)
				return 0;
			i += n;
		}
		strbuf_addch(out, c);
	}
	return i < s.len ? i + 1 : 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "2024-11-18 14:42:22…" or "Mon Nov 18 14:…": digits where they must be. */
static bool is_date(struct slice s)
{
	static const char iso[] = "####-##-## ##:##";
	static const char ctime_form[] = "??? ??? ## ##:##";

	for (int form = 0; form < 2; form++) {
		const char *f = form ? ctime_form : iso;
		size_t i = 0;

		while (f[i] && i < s.len &&
		       (f[i] == '?' || f[i] == s.ptr[i] ||
			(f[i] == '#' && (is_digit(s.ptr[i]) ||
					 (form && s.ptr[i] == ' ')))))
			i++;
		if (!f[i])
			return true;
	}
	return false;
}

/* Without what diff writes after a name: a tab's rest, or a date. */
static struct slice bare_name(struct slice s)
{
	size_t tab = slice_find(s, '\t');

	if (tab < s.len)
		return slice_trim_end(slice_sub(s, 0, tab));
	s = slice_trim_end(s);
	for (size_t i = 0; i + 16 < s.len && s.len - i < 80; i++) {
		/* tabs may have become spaces */
		if (s.ptr[i] == ' ' && is_date(slice_sub(s, i + 1, s.len)))
			return slice_trim_end(slice_sub(s, 0, i));
	}
	return s;
}

const char *diff_path(struct patch *patch, struct slice name)
{
	struct strbuf plain = STRBUF_INIT;
	const char *path;

	name = slice_trim(name);
	if (unquote(&plain, name))
		path = arena_copy(&patch->arena, strbuf_slice(&plain));
	else
		path = arena_copy(&patch->arena, name);
	strbuf_release(&plain);
	return *path ? path : NULL;
}

/* "a/", "b/"; "c/", "i/", "o/", "w/" with diff.mnemonicPrefix. */
static bool has_prefix(const char *path)
{
	return path && path[0] && strchr("abciow", path[0]) && path[1] == '/' &&
	       path[2];
}

static void set_paths(struct patch_file *file, const char *before,
		      const char *after)
{
	bool git = file->old_path || file->new_path; /* known by then */
	bool none_before = before && !strcmp(before, "/dev/null");
	bool none_after = after && !strcmp(after, "/dev/null");
	bool strip;

	if (none_before && none_after)
		return;
	if (none_before || none_after) {
		const char *path = none_before ? after : before;
		const char *known = none_before ? file->new_path :
						  file->old_path;

		strip = has_prefix(path) && (!git || !known ||
					     strcmp(path, known));
		path = strip ? path + 2 : path;
		file->old_path = none_before ? NULL : path;
		file->new_path = none_after ? NULL : path;
		file->traits |= none_before ? PATCH_NEW : PATCH_DELETED;
		return;
	}
	strip = has_prefix(before) && has_prefix(after) &&
		before[0] != after[0];
	file->old_path = strip ? before + 2 : before;
	file->new_path = strip ? after + 2 : after;
}

void diff_set_paths(struct patch *patch, struct patch_file *file,
		    struct slice before, struct slice after)
{
	if (file->traits & PATCH_RENAMED)
		return;	/* "rename from" said it better */
	set_paths(file, diff_path(patch, bare_name(before)),
		  diff_path(patch, bare_name(after)));
}

/*
 * Names with spaces are not quoted, so only a pair of equal names can be told
 * apart: "a/one two b/one two", or "one two one two" with --no-prefix.
 */
void diff_set_git_paths(struct patch *patch, struct patch_file *file,
			struct slice names)
{
	struct strbuf plain = STRBUF_INIT;
	size_t half = names.len / 2, end;
	struct slice a, b;

	names = slice_trim_end(names);
	end = unquote(&plain, names);
	if (end) {
		a = slice_sub(names, 0, end);
		b = slice_sub(names, end + 1, names.len);
	} else if (names.len && names.ptr[names.len - 1] == '"') {
		size_t space = slice_find(names, ' ');

		a = slice_sub(names, 0, space);
		b = slice_sub(names, space + 1, names.len);
	} else {
		half = names.len / 2;
		if (names.len % 2 == 0 || names.ptr[half] != ' ')
			goto out;
		a = slice_sub(names, 0, half);
		b = slice_sub(names, half + 1, names.len);
		/* "a/x b/x" has equal names after the prefix alone */
		if (!slice_eq(a, b) &&
		    !(a.len > 2 && a.ptr[1] == '/' && b.ptr[1] == '/' &&
		      slice_eq(slice_sub(a, 2, a.len),
			       slice_sub(b, 2, b.len))))
			goto out;
	}
	set_paths(file, diff_path(patch, a), diff_path(patch, b));
out:
	strbuf_release(&plain);
}
