/* SPDX-License-Identifier: MIT */
/*
 * Most patches come as they were sent. They are compared with the text at the
 * line that they name, and nothing is built but the result.
 */
#include <stdio.h>
#include <string.h>

#include "patch_private.h"
#include "sha1.h"
#include "strbuf.h"

bool patch_next_line(struct slice *line, bool *ended, struct slice *rest)
{
	size_t n = slice_find(*rest, '\n');

	if (!rest->len)
		return false;
	*ended = n < rest->len;
	*line = slice_sub(*rest, 0, n);
	*rest = slice_sub(*rest, n + *ended, rest->len);
	return true;
}

bool patch_is_blob(struct slice text, const char *id)
{
	static const char digits[] = "0123456789abcdef";
	unsigned char hash[SHA1_SIZE];
	struct sha1 sha;
	char header[32];
	size_t len = strlen(id);

	if (len > 2 * SHA1_SIZE)
		return false;
	sha1_init(&sha);
	sha1_update(&sha, header, (size_t)snprintf(header, sizeof(header),
						   "blob %zu", text.len) + 1);
	sha1_update(&sha, text.ptr, text.len);
	sha1_final(hash, &sha);
	for (size_t i = 0; i < len; i++) {
		unsigned digit = i % 2 ? hash[i / 2] & 15 : hash[i / 2] >> 4;

		if (id[i] != digits[digit])
			return false;
	}
	return true;
}

bool patch_is_doubtful(struct slice added)
{
	static const char *const links[] = {
		"<mailto:", "<http", "safelinks.", "urldefense"
	};
	bool ascii = true;

	for (size_t i = 0; i < added.len && ascii; i++)
		ascii = !(added.ptr[i] & 0x80);
	if (!ascii)
		return true;
	for (size_t i = 0; i < sizeof(links) / sizeof(*links); i++)
		if (slice_find_slice(added, slice_of(links[i])) < added.len)
			return true;
	return false;
}

bool patch_may_go_on(struct slice after)
{
	after = slice_chomp(after);
	return !slice_is_blank(after) && after.ptr[0] != '\\' &&
	       !slice_eq(after, SLICE("--")) &&
	       !slice_starts_with(after, SLICE("-- ")) &&
	       !slice_starts_with(after, SLICE("____"));
}

struct walk {
	struct slice base;
	struct strbuf *out;
	size_t copied;		/* bytes of base dealt with */
	size_t at;		/* bytes of base compared */
	size_t line;		/* the number of the line at `at`, from 1 */
	bool kept;		/* spaces at the ends of lines are still there */
};

/* Go to the start of a line; false if it is behind us, or past the end. */
static bool seek_line(struct walk *w, size_t line)
{
	while (w->line < line) {
		struct slice rest = slice_sub(w->base, w->at, w->base.len);
		size_t n = slice_find(rest, '\n');

		if (!rest.len)
			return false;
		w->at += n + (n < rest.len);
		w->line++;
	}
	return w->line == line;
}

/* True if the bytes stand at `at`, and a line ends there. */
static bool old_line(struct walk *w, struct slice bytes)
{
	if (w->base.len - w->at < bytes.len ||
	    (bytes.len && memcmp(w->base.ptr + w->at, bytes.ptr, bytes.len)))
		return false;
	w->at += bytes.len;
	w->line++;
	return true;
}

static void copy_base(struct walk *w, size_t to)
{
	strbuf_add_slice(w->out, slice_sub(w->base, w->copied, to));
	w->copied = w->at;
}

/* The bytes of a line without its prefix, with the line end that it has. */
static struct slice content(struct slice line, bool has_end)
{
	return (struct slice){ line.ptr + 1, line.len - 1 + has_end };
}

static bool take_line(struct walk *w, struct slice line, bool has_end)
{
	struct slice bytes = content(line, has_end);
	size_t from = w->at;

	switch (*line.ptr) {
	case '+':
		if (patch_is_doubtful(bytes) || (!has_end &&
						 w->at < w->base.len))
			return false;
		copy_base(w, w->at);
		strbuf_add_slice(w->out, bytes);
		return true;
	case '-':
	case ' ':
		if (!old_line(w, bytes))
			return false;
		w->kept = w->kept || line.ptr[line.len - 1] == ' ';
		if (*line.ptr == '-')
			copy_base(w, from);
		return true;
	default:
		return false;
	}
}

static bool apply_hunk(struct walk *w, const struct patch_hunk *hunk)
{
	size_t before = hunk->old_count, after = hunk->new_count;
	struct slice rest = hunk->lines, line, peeked;
	char last = ' ';
	bool ended;

	/* lines put in stand after the line that is named */
	if (!hunk->counted || !seek_line(w, hunk->old_start + !before))
		return false;
	while (before || after) {
		bool has_end = true;

		if (!patch_next_line(&line, &ended, &rest) || !ended ||
		    !line.len || (*line.ptr != '+' && !before) ||
		    (*line.ptr != '-' && !after))
			return false;
		last = *line.ptr;
		if (rest.len && *rest.ptr == '\\') {
			has_end = false;
			patch_next_line(&peeked, &ended, &rest);
		}
		if (!take_line(w, line, has_end))
			return false;
		before -= last != '+';
		after -= last != '-';
	}
	return last != '+' || !patch_next_line(&line, &ended, &rest) ||
	       !patch_may_go_on(line);
}

bool patch_apply_clean(struct strbuf *out, const struct patch_file *file,
		       struct slice base)
{
	struct walk w = { .base = base, .out = out, .line = 1 };
	size_t start = out->len;
	bool fits = true;

	for (size_t i = 0; i < file->hunk_count && fits; i++)
		fits = apply_hunk(&w, &file->hunks[i]);
	if (fits) {
		w.at = base.len;
		copy_base(&w, base.len);
		/* nothing shows whether added lines lost spaces at their
		 * ends: the name of the result does */
		if (!w.kept && file->new_blob)
			fits = patch_is_blob(slice_sub(strbuf_slice(out),
						       start, out->len),
					     file->new_blob);
	}
	if (!fits)
		strbuf_truncate(out, start);
	return fits;
}
