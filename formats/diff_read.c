/* SPDX-License-Identifier: MIT */
/*
 * Line by line. In a hunk its counts are followed as long as its lines have
 * their prefixes, so that a line taken out that reads "-- x" is no header;
 * behind that, or from the first line without one, the next header ends it.
 */
#include <stdint.h>
#include <string.h>

#include "alloc.h"
#include "diff_private.h"
#include "diff_read.h"
#include "error.h"

#define MOST_FILES 10000
#define MOST_HUNKS 1000000
#define WRAPPED_FROM 30		/* a header this long may go on below */

struct reader {
	struct patch *patch;
	struct slice text;
	size_t at;		/* where the next line begins */
	size_t line;		/* its number, from 1 */
	struct patch_file *file; /* the one whose header or hunks we are in */
	bool in_header;		/* between "diff --git" and the first hunk */
	size_t hunks;
	struct error *err;
};

/* The line at `at` without its end; `next` is where the one after begins. */
static struct slice line_at(const struct reader *r, size_t at, size_t *next)
{
	struct slice rest = slice_sub(r->text, at, r->text.len);
	size_t n = slice_find(rest, '\n');

	*next = at + n + (n < rest.len);
	return slice_chomp(slice_sub(rest, 0, n + (n < rest.len)));
}

static void advance(struct reader *r, size_t to)
{
	r->at = to;
	r->line++;
}

static int add_file(struct reader *r)
{
	struct patch *p = r->patch;

	if (p->file_count == MOST_FILES)
		return error_set(r->err, ERROR_LIMIT,
				 "more than %d files in one patch", MOST_FILES);
	GROW(p->files, p->file_count, p->file_capacity);
	r->file = &p->files[p->file_count++];
	*r->file = (struct patch_file){ .line = r->line };
	return 0;
}

/* A file that says nothing that could be done is none. */
static void drop_empty_file(struct reader *r)
{
	if (r->file && !r->file->hunk_count && !r->file->traits)
		r->patch->file_count--;
	r->file = NULL;
	r->in_header = false;
}

/* --- "---" and "+++" ----------------------------------------------------- */

struct names {
	struct slice before, after;
	size_t lines;
	size_t end;		/* where the line after them begins */
};

/*
 * The name after `keyword` at `at`, which may go on in a second line if the
 * one after that begins with `next`.
 */
static bool read_name(struct slice *name, size_t *end, size_t *lines,
		      const struct reader *r, size_t at, const char *keyword,
		      const char *next)
{
	size_t second, third;
	struct slice line = line_at(r, at, &second), more;

	if (!diff_keyword(name, line, keyword))
		return false;
	*end = second;
	++*lines;
	more = line_at(r, second, &third);
	if (diff_starts(more, next) || line.len < WRAPPED_FROM || !more.len ||
	    !diff_starts(line_at(r, third, &at), next))
		return true;
	/* a path that was wrapped: its bytes, line end and all, stand in
	 * the text, and a path has no line end */
	*name = (struct slice){ name->ptr,
				(size_t)(more.ptr - name->ptr) + more.len };
	*end = third;
	++*lines;
	return true;
}

/* "--- a/x", "+++ b/x", and the first "@@" must follow. */
static bool read_names(struct names *names, const struct reader *r, size_t at)
{
	struct patch_hunk hunk;
	size_t after;

	names->lines = 0;
	return read_name(&names->before, &names->end, &names->lines, r, at,
			 "--- ", "+++ ") &&
	       read_name(&names->after, &names->end, &names->lines, r,
			 names->end, "+++ ", "@@") &&
	       diff_hunk_header(&hunk, line_at(r, names->end, &after));
}

/* A wrapped name's line end becomes the space that it was. */
static struct slice unwrapped(struct reader *r, struct slice name)
{
	size_t n = slice_find(name, '\n'), from = n;
	char *copy;

	if (n == name.len)
		return name;
	copy = arena_copy(&r->patch->arena, name);
	while (n && (copy[n - 1] == '\r' || copy[n - 1] == ' '))
		n--;
	copy[n] = ' ';
	memmove(copy + n + 1, copy + from + 1, name.len - from - 1);
	return (struct slice){ copy, n + name.len - from };
}

static int take_names(struct reader *r, const struct names *names)
{
	int rc;

	if (!r->in_header) {
		drop_empty_file(r);
		if ((rc = add_file(r)) < 0)
			return rc;
	}
	diff_set_paths(r->patch, r->file, unwrapped(r, names->before),
		       unwrapped(r, names->after));
	r->at = names->end;
	r->line += names->lines;
	return 0;
}

/* --- hunks --------------------------------------------------------------- */

/*
 * Past the lines that have their prefixes, as far as the counts go. In a hunk
 * that was cut off the next file's "---" and "+++" look like lines of it.
 */
static void skip_counted(struct reader *r, const struct patch_hunk *hunk)
{
	size_t before = hunk->old_count, after = hunk->new_count, next;
	struct names names;

	if (!hunk->counted)
		return;
	while (r->at < r->text.len && (before || after)) {
		struct slice line = line_at(r, r->at, &next);
		char prefix = line.len ? *line.ptr : ' ';
		bool is_old = prefix == ' ' || prefix == '-';
		bool is_new = prefix == ' ' || prefix == '+';

		if ((!is_old && !is_new && prefix != '\\') ||
		    (is_old && !before) || (is_new && !after))
			return;
		if (prefix == '-' && (before != 1 || after != 1) &&
		    read_names(&names, r, r->at))
			return;
		before -= is_old;
		after -= is_new;
		advance(r, next);
	}
}

static bool is_header(const struct reader *r, size_t at)
{
	struct patch_hunk hunk;
	struct names names;
	struct slice rest;
	size_t next;
	struct slice line = line_at(r, at, &next);

	return diff_hunk_header(&hunk, line) ||
	       (diff_keyword(&rest, line, "diff --git ") && rest.len) ||
	       read_names(&names, r, at);
}

static int read_hunk(struct reader *r, struct patch_hunk hunk, size_t body)
{
	struct patch_file *f = r->file;
	size_t next;

	if (++r->hunks > MOST_HUNKS)
		return error_set(r->err, ERROR_LIMIT,
				 "more than %d changes in one patch",
				 MOST_HUNKS);
	hunk.line = r->line;
	advance(r, body);
	skip_counted(r, &hunk);
	while (r->at < r->text.len && !is_header(r, r->at)) {
		line_at(r, r->at, &next);
		advance(r, next);
	}
	hunk.lines = slice_sub(r->text, body, r->at);
	GROW(f->hunks, f->hunk_count, f->hunk_capacity);
	f->hunks[f->hunk_count++] = hunk;
	r->in_header = false;
	return 0;
}

/* --- what stands before -------------------------------------------------- */

static bool is_stat(struct slice line)
{
	struct slice s = slice_trim(line);
	size_t bar = slice_find(s, '|');
	struct slice after = slice_trim(slice_sub(s, bar + 1, s.len));

	if (!s.len)
		return true;
	if (line.ptr[0] != ' ')
		return false;
	if (bar < s.len)
		return after.len && ((*after.ptr >= '0' && *after.ptr <= '9') ||
				     diff_starts(after, "Bin "));
	return slice_find_slice(s, SLICE(" file changed")) < s.len ||
	       slice_find_slice(s, SLICE(" files changed")) < s.len ||
	       diff_starts(s, "create mode ") ||
	       diff_starts(s, "delete mode ") || diff_starts(s, "rename ") ||
	       diff_starts(s, "mode change ");
}

/* Lines that announce a diff: of Subversion, quilt, Mercurial, diff. */
static bool is_announcement(struct slice line)
{
	return diff_starts(line, "Index: ") || diff_starts(line, "=======") ||
	       diff_starts(line, "diff -");
}

/* Where the lines before `header` that belong to the diff begin. */
static size_t diff_start(const struct reader *r, size_t header)
{
	size_t at = 0, next, start = header;
	bool tail = false;	/* since `start` nothing but such lines */

	for (; at < header; at = next) {
		struct slice line = line_at(r, at, &next);
		struct slice rest;

		if (diff_keyword(&rest, line, "---") && slice_is_blank(rest))
			return at;
		if (is_announcement(line) || is_stat(line)) {
			if (!tail)
				start = at;
			tail = true;
		} else {
			tail = false;
		}
	}
	return tail ? start : header;
}

/* --- all of it ----------------------------------------------------------- */

static int begin_git_file(struct reader *r, struct slice names, size_t next)
{
	int rc;

	drop_empty_file(r);
	if ((rc = add_file(r)) < 0)
		return rc;
	diff_set_git_paths(r->patch, r->file, names);
	r->in_header = true;
	advance(r, next);
	return 0;
}

static int read_line(struct reader *r, size_t *header)
{
	struct patch_hunk hunk;
	struct names names;
	struct slice rest, line;
	size_t next;

	line = line_at(r, r->at, &next);
	if (diff_keyword(&rest, line, "diff --git ") && rest.len) {
		if (*header == SIZE_MAX)
			*header = r->at;
		return begin_git_file(r, rest, next);
	}
	if (read_names(&names, r, r->at)) {
		if (*header == SIZE_MAX)
			*header = r->at;
		return take_names(r, &names);
	}
	if (r->file && diff_hunk_header(&hunk, line))
		return read_hunk(r, hunk, next);
	/* names too long for a line may go on in the one below */
	if (r->in_header && !diff_read_extended(r->patch, r->file, line) &&
	    r->line != r->file->line + 1)
		r->in_header = false;
	advance(r, next);
	return 0;
}

/* "base-commit: <id>", among what follows the last hunk or before. */
static void find_base(struct reader *r)
{
	size_t at = 0, n;
	struct slice rest, found;

	while (at < r->text.len) {
		rest = slice_sub(r->text, at, r->text.len);
		n = slice_find_slice(rest, SLICE("base-commit: "));
		if (n == rest.len)
			return;
		at += n + strlen("base-commit: ");
		if (n && rest.ptr[n - 1] != '\n')
			continue;
		found = slice_sub(r->text, at, r->text.len);
		n = diff_hex_digits(found);
		if (n < 7 || n > 64)
			continue;
		r->patch->base_commit = diff_id(r->patch,
						slice_sub(found, 0, n));
		return;
	}
}

int diff_read(struct patch *patch, size_t *start, struct slice text,
	      struct error *err)
{
	struct reader r = { .patch = patch, .text = text, .line = 1,
			    .err = err };
	size_t header = SIZE_MAX;
	int rc;

	while (r.at < text.len) {
		if ((rc = read_line(&r, &header)) < 0)
			return rc;
		if (!patch->file_count)
			header = SIZE_MAX;
	}
	drop_empty_file(&r);
	if (!patch->file_count)
		return error_set(err, ERROR_NOT_FOUND,
				 "no changes to a text in it");
	find_base(&r);
	*start = diff_start(&r, header);
	return 0;
}
