/* SPDX-License-Identifier: MIT */
/*
 * Most patches come as they were sent. They are compared with the text at the
 * line that they name, and nothing is built but the result. Only for a hunk
 * that stands elsewhere are the lines of the text looked up.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "patch_private.h"
#include "repository.h"

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
	char blob[COMMIT_ID_LENGTH + 1];

	blob_id(blob, text);
	return !strncmp(blob, id, strlen(id));
}

/*
 * What a mail program may have made of something else: typographic marks and
 * no-break spaces (all begin with C2 or E2), several spaces, links.
 */
static bool is_doubtful(struct slice added)
{
	return slice_find(added, '\xE2') < added.len ||
	       slice_find(added, '\xC2') < added.len ||
	       slice_find_slice(added, SLICE("  ")) < added.len ||
	       patch_has_links(added);
}

bool patch_is_signature(struct slice line)
{
	line = slice_trim_end(line);
	return slice_eq(line, SLICE("--")) ||
	       slice_eq(line, SLICE("\u2014")) ||
	       slice_eq(line, SLICE("--\u00A0"));
}

bool patch_has_signature(const struct patch_hunk *hunk)
{
	struct slice rest = hunk->lines, line;
	bool ended;

	while (patch_next_line(&line, &ended, &rest))
		if (patch_is_signature(line) && rest.len && *rest.ptr >= '0' &&
		    *rest.ptr <= '9')
			return true;
	return false;
}

/* A line is broken only where the next word would not have fitted. */
#define SHORTEST_WRAP 60

bool patch_may_go_on(struct slice last, struct slice after)
{
	size_t word = 0;

	after = slice_chomp(after);
	if (slice_is_blank(after) || after.ptr[0] == '\\' ||
	    patch_is_signature(after) ||
	    slice_starts_with(after, SLICE("____")))
		return false;
	while (word < after.len && after.ptr[word] != ' ')
		word++;
	return last.len + 1 + word > SHORTEST_WRAP;
}

struct walk {
	struct slice base;
	struct strbuf *out;
	size_t copied;		/* bytes of base dealt with */
	size_t at;		/* bytes of base compared */
	size_t line;		/* the number of the line at `at`, from 1 */
	size_t group;		/* bytes of base: where lines next to each other
				 * that are taken out begin */
	bool doubtful;		/* an added line has what may be damage */
	bool repeats;		/* one is added that was just taken out */
	bool adds;		/* there are added lines */
	bool ends_kept;		/* a line came with the spaces at its end */
	bool moved;		/* a hunk stands elsewhere */
	struct patch_text lines; /* once one does */
	size_t work;		/* of lines compared in other places */
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

/* A blank line of context is nothing but its prefix, a space. */
static bool ends_in_space(struct slice line)
{
	if (line.len && line.ptr[line.len - 1] == '\r')
		line.len--;
	return line.len && line.ptr[line.len - 1] == ' ';
}

#define MOST_REPEATS 64		/* lines taken out that are looked at */

/* No diff has a line like that: damage made two lines the same. */
static bool was_taken_out(const struct walk *w, struct slice bytes)
{
	struct slice out = slice_sub(w->base, w->group, w->at), line;

	for (int i = 0; i < MOST_REPEATS && slice_next_line(&line, &out); i++)
		if (slice_eq(line, bytes))
			return !slice_is_blank(line);
	return false;
}

static bool take_line(struct walk *w, struct slice line, bool has_end)
{
	struct slice bytes = content(line, has_end);
	size_t from = w->at;

	switch (*line.ptr) {
	case '+':
		if (!has_end && w->at < w->base.len)
			return false;
		w->doubtful = w->doubtful || is_doubtful(bytes);
		w->repeats = w->repeats || was_taken_out(w, bytes);
		w->adds = true;
		copy_base(w, w->at);
		strbuf_add_slice(w->out, bytes);
		return true;
	case '-':
	case ' ':
		if (!old_line(w, bytes))
			return false;
		w->ends_kept = w->ends_kept || ends_in_space(line);
		if (*line.ptr == '-')
			copy_base(w, from);
		else
			w->group = w->at;
		return true;
	default:
		return false;
	}
}

/* How many lines, old and new, a hunk has; without counts: all prefixed. */
static void counts_of(size_t *before, size_t *after,
		      const struct patch_hunk *hunk)
{
	struct slice rest = hunk->lines, line;
	bool ended;

	*before = hunk->old_count;
	*after = hunk->new_count;
	if (hunk->counted)
		return;
	while (patch_next_line(&line, &ended, &rest) && line.len &&
	       strchr(" +-\\", *line.ptr) && !slice_eq(line, SLICE("-- "))) {
		*before += *line.ptr == ' ' || *line.ptr == '-';
		*after += *line.ptr == ' ' || *line.ptr == '+';
	}
}

/* The next line of a hunk, and whether it has a line end in the text. */
static bool next_line(struct slice *line, bool *has_end, struct slice *rest)
{
	struct slice note;
	bool ended;

	if (!patch_next_line(line, &ended, rest) || !ended || !line->len)
		return false;
	*has_end = !rest->len || *rest->ptr != '\\';
	if (!*has_end)
		patch_next_line(&note, &ended, rest);
	return true;
}

static bool apply_hunk(struct walk *w, const struct patch_hunk *hunk,
		       size_t start)
{
	struct slice rest = hunk->lines, line, after;
	size_t old_left, new_left;
	bool has_end, ended;
	char last = ' ';

	counts_of(&old_left, &new_left, hunk);
	if (!seek_line(w, start))
		return false;
	w->group = w->at;
	while (old_left || new_left) {
		if (!next_line(&line, &has_end, &rest) ||
		    (*line.ptr != '+' && !old_left) ||
		    (*line.ptr != '-' && !new_left) ||
		    !take_line(w, line, has_end))
			return false;
		last = *line.ptr;
		old_left -= last != '+';
		new_left -= last != '-';
	}
	return last != '+' || !patch_next_line(&after, &ended, &rest) ||
	       !patch_may_go_on(line, after);
}

/* --- elsewhere ----------------------------------------------------------- */

struct old_lines {
	struct slice *items;	/* without prefix, with their line ends */
	size_t count, capacity;
};

static bool read_old(struct old_lines *old, const struct patch_hunk *hunk)
{
	struct slice rest = hunk->lines, line;
	size_t old_left, new_left;
	bool has_end;

	counts_of(&old_left, &new_left, hunk);
	while (old_left || new_left) {
		if (!next_line(&line, &has_end, &rest) ||
		    !strchr(" +-", *line.ptr) ||
		    (*line.ptr != '+' && !old_left) ||
		    (*line.ptr != '-' && !new_left))
			return false;
		old_left -= *line.ptr != '+';
		new_left -= *line.ptr != '-';
		if (*line.ptr == '+')
			continue;
		GROW(old->items, old->count, old->capacity);
		old->items[old->count++] = content(line, has_end);
	}
	return old->count;
}

static bool stand_at(struct walk *w, const struct old_lines *old, size_t line)
{
	size_t i = 0;

	if (w->lines.count - line < old->count)
		return false;
	while (i < old->count && slice_eq(patch_text_line(&w->lines, line + i),
					  old->items[i]))
		i++;
	w->work += i + 1;
	return i == old->count;
}

/* The line, from 1, where alone the old lines stand from here on; or 0. */
static size_t find_place(struct walk *w, const struct old_lines *old)
{
	size_t rarest = 0, fewest = SIZE_MAX, alike, at, found = 0;
	size_t most = 100000 + 16 * w->lines.count;

	for (size_t i = 0; i < old->count; i++) {
		if (!patch_text_find(&w->lines, old->items[i], &alike))
			return 0;
		if (alike < fewest) {
			fewest = alike;
			rarest = i;
		}
	}
	w->work += old->count;
	at = patch_text_find(&w->lines, old->items[rarest], &alike);
	for (; at; at = w->lines.next[at - 1]) {
		if (w->work++ > most)
			return 0;
		if (at <= rarest || at - rarest < w->line ||
		    !stand_at(w, old, at - 1 - rarest))
			continue;
		if (found)
			return 0;
		found = at - rarest;
	}
	return found;
}

static bool apply_elsewhere(struct walk *w, const struct patch_hunk *hunk)
{
	struct old_lines old = { NULL, 0, 0 };
	size_t place = 0;

	if (!w->lines.at)
		patch_text_init(&w->lines, w->base);
	if (read_old(&old, hunk))
		place = find_place(w, &old);
	free(old.items);
	w->moved = true;
	return place && apply_hunk(w, hunk, place);
}

static bool apply_somewhere(struct walk *w, const struct patch_hunk *hunk)
{
	size_t copied = w->copied, at = w->at, line = w->line;
	size_t len = w->out->len;

	/* lines put in stand after the line that is named */
	if (hunk->counted &&
	    apply_hunk(w, hunk, hunk->old_start + !hunk->old_count))
		return true;
	w->copied = copied;
	w->at = at;
	w->line = line;
	strbuf_truncate(w->out, len);
	return apply_elsewhere(w, hunk);
}

bool patch_is_provable(const struct patch_file *file, struct slice base)
{
	if (!file->new_blob || strlen(file->new_blob) < 7)
		return false;
	return file->old_blob ? patch_is_blob(base, file->old_blob) :
				file->traits & PATCH_NEW && !base.len;
}

bool patch_is_nameless(const struct patch_file *file)
{
	return !file->old_blob && !file->new_blob;
}

bool patch_has_ends(struct slice text)
{
	return slice_find_slice(text, SLICE(" \n")) < text.len ||
	       slice_find_slice(text, SLICE(" \r\n")) < text.len;
}

/* The text has spaces at line ends, and nothing shows that they stayed. */
static bool may_have_lost_ends(const struct walk *w)
{
	return w->adds && !w->ends_kept && patch_has_ends(w->base);
}

/*
 * Added lines may have lost spaces at their ends, and some might have been
 * something else: the name of the result tells, where the patch says it.
 */
static bool is_beyond_doubt(const struct walk *w, struct slice result,
			    const struct patch_file *file)
{
	if (file->new_blob && patch_is_blob(result, file->new_blob))
		return true;
	if (patch_is_provable(file, w->base))
		return false;
	if (w->repeats && patch_is_nameless(file))
		return false;
	return file->attached || (!w->doubtful && !may_have_lost_ends(w));
}

bool patch_apply_clean(struct strbuf *out, const struct patch_file *file,
		       struct slice base, struct patch_report *report)
{
	struct walk w = { .base = base, .out = out, .line = 1,
			  .lines = PATCH_TEXT_INIT };
	size_t start = out->len;
	bool fits = file->hunk_count;

	for (size_t i = 0; i < file->hunk_count && fits; i++)
		fits = apply_somewhere(&w, &file->hunks[i]);
	if (fits) {
		w.at = base.len;
		copy_base(&w, base.len);
		fits = is_beyond_doubt(&w, slice_sub(strbuf_slice(out), start,
						     out->len), file);
	}
	if (!fits)
		strbuf_truncate(out, start);
	else if (w.moved)
		report->repairs |= REPAIR_OFFSET;
	patch_text_release(&w.lines);
	return fits;
}
