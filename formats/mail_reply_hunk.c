/* SPDX-License-Identifier: MIT */
/*
 * A patch that is quoted, with words below its hunks. Its lines are followed
 * by their prefixes, not by its counts: readers cut out what they don't need.
 * What is said there is about the words that the patch was made for, since
 * these stand in the round.
 */
#include <string.h>

#include "diff_read.h"
#include "mail_reply_private.h"
#include "sentences.h"
#include "utf8.h"

#define WRAPPED_FROM 60 /* a quoted line as wide as this may go on below */
#define CHANGED	     (REPLY_OLD | REPLY_NEW)

/* ---- which lines ------------------------------------------------------- */

struct walk {
	struct reply_lines *lines;
	unsigned depth; /* of the patch's lines; 0: in none */
	bool in_hunk;
	bool bare;  /* without a header: up to the next words */
	bool tight; /* ">-old", with nothing between */
	enum reply_side last;
};

static bool is_quote(const struct reply_lines *lines, size_t i)
{
	return i < lines->count && lines->items[i].kind == REPLY_QUOTE &&
	       lines->items[i].depth;
}

static bool is_tight(const struct reply_line *l)
{
	return l->text.len && l->text.ptr[-1] == '>';
}

/* The line as the patch had it: the space after a mark may be its own. */
static struct slice line_of(const struct reply_line *l, bool tight)
{
	struct slice text = l->text;

	if (tight && text.len && text.ptr[-1] == ' ') {
		text.ptr--;
		text.len++;
	}
	return text;
}

static bool starts(const struct reply_line *l, const char *with)
{
	return slice_starts_with(l->text, slice_of(with));
}

/* The next quoted line of that depth, or NULL. */
static const struct reply_line *next_line(const struct walk *w, size_t i,
					  unsigned depth)
{
	for (i++; i < w->lines->count; i++)
		if (is_quote(w->lines, i) && w->lines->items[i].depth == depth)
			return &w->lines->items[i];
		else if (w->lines->items[i].text.len)
			return NULL;
	return NULL;
}

static bool is_hunk_header(const struct reply_line *l)
{
	struct patch_hunk hunk;

	return diff_hunk_header(&hunk, l->text) && hunk.counted;
}

static bool is_header(const struct walk *w, size_t i)
{
	const struct reply_line *l = &w->lines->items[i], *next;

	if (starts(l, "diff --git ") || is_hunk_header(l))
		return true;
	if (starts(l, "--- ")) {
		next = next_line(w, i, l->depth);
		return next && starts(next, "+++ ");
	}
	return w->depth && !w->in_hunk &&
	       (starts(l, "index ") || starts(l, "+++ "));
}

/* Without the header, which the reader cut out: "-old", and "+new" right
 * below it. */
static bool is_bare_change(const struct walk *w, size_t i)
{
	const struct reply_line *l = &w->lines->items[i], *next;

	if (l->text.len < 2 || *l->text.ptr != '-' ||
	    strchr("- ", l->text.ptr[1]))
		return false;
	next = next_line(w, i, l->depth);
	return next && next->text.len > 1 && *next->text.ptr == '+' &&
	       !strchr("+ ", next->text.ptr[1]);
}

/* "-- " and git's version below it. */
static bool is_signature(const struct walk *w, size_t i)
{
	const struct reply_line *l = &w->lines->items[i], *next;

	if (!slice_eq_str(l->text, "--") && !slice_eq_str(l->text, "---"))
		return false;
	next = next_line(w, i, l->depth);
	return !next || (next->text.len && *next->text.ptr >= '0' &&
			 *next->text.ptr <= '9');
}

static enum reply_side side_of(const struct walk *w, struct slice text,
			       const struct reply_line *l)
{
	const struct reply_line *before = l - 1;

	if (!text.len || *text.ptr == ' ')
		return REPLY_CONTEXT;
	if (*text.ptr == '-')
		return REPLY_OLD;
	if (*text.ptr == '+')
		return REPLY_NEW;
	if (*text.ptr == '\\')
		return REPLY_HEADER;
	/* a line that was wrapped, or one that lost its space */
	return l > w->lines->items && before->width >= WRAPPED_FROM &&
		       before->text.len
		   ? w->last
		   : REPLY_CONTEXT;
}

/* Without its prefix, and "# " of a heading, which no reader sees. */
static struct slice words_of(struct slice text)
{
	size_t n = 0;

	if (text.len && strchr(" -+", *text.ptr))
		text = slice_sub(text, 1, text.len);
	while (n < text.len && text.ptr[n] == '#')
		n++;
	return n && n < text.len && text.ptr[n] == ' '
		   ? slice_sub(text, n + 1, text.len)
		   : text;
}

static void take_line(struct walk *w, struct reply_line *l)
{
	struct slice text = line_of(l, w->tight);

	w->last = l->side = side_of(w, text, l);
	if (l->side != REPLY_HEADER)
		l->text = words_of(text);
}

/* The context above a change whose header was cut out. */
static void take_context(struct walk *w, size_t i)
{
	while (i-- > 0 && is_quote(w->lines, i) &&
	       w->lines->items[i].depth == w->depth) {
		struct reply_line *l = &w->lines->items[i];
		struct slice text = line_of(l, w->tight);

		if (l->side != REPLY_WORDS || (text.len && *text.ptr != ' '))
			break;
		take_line(w, l);
	}
}

static void enter(struct walk *w, const struct reply_line *l, bool in_hunk)
{
	w->depth = l->depth;
	w->in_hunk = in_hunk;
	w->bare = false;
	w->tight = is_tight(l);
	w->last = REPLY_CONTEXT;
}

void reply_lines_hunks(struct reply_lines *lines)
{
	struct walk w = {.lines = lines};

	for (size_t i = 0; i < lines->count; i++) {
		struct reply_line *l = &lines->items[i];

		if (l->depth < w.depth && (l->depth || (w.bare && l->text.len)))
			w.depth = 0;
		if (!is_quote(lines, i))
			continue;
		if (is_header(&w, i)) {
			enter(&w, l, is_hunk_header(l));
			l->side = REPLY_HEADER;
		} else if (!w.depth && is_bare_change(&w, i)) {
			enter(&w, l, true);
			w.bare = true;
			take_context(&w, i);
			take_line(&w, l);
		} else if (l->depth == w.depth && w.in_hunk) {
			if (is_signature(&w, i))
				w.depth = 0;
			else
				take_line(&w, l);
		}
	}
}

/* ---- what they show ----------------------------------------------------- */

static size_t last_of(const struct reply_lines *lines, size_t from, size_t to,
		      unsigned sides)
{
	while (to > from &&
	       !(is_quote(lines, to - 1) && lines->items[to - 1].side & sides))
		to--;
	return to;
}

static size_t first_of(const struct reply_lines *lines, size_t from, size_t to,
		       unsigned sides)
{
	while (to > from && is_quote(lines, to - 1) &&
	       lines->items[to - 1].side & sides)
		to--;
	return to;
}

/* What of the old words became others. */
static struct span difference(struct slice old, struct slice new)
{
	size_t start = 0, end = 0,
	       least = old.len < new.len ? old.len : new.len;

	while (start < least && old.ptr[start] == new.ptr[start])
		start++;
	while (end < least - start &&
	       old.ptr[old.len - 1 - end] == new.ptr[new.len - 1 - end])
		end++;
	return (struct span){start, old.len - end};
}

static void set_pieces(struct reply_about *about, struct arena *arena,
		       struct slice before, struct slice passage)
{
	about->quotes = arena_alloc(arena, 2 * sizeof(*about->quotes));
	before = slice_trim(before);
	passage = slice_trim(passage);
	if (before.len)
		about->quotes[about->quote_count++] =
		    arena_slice(arena, before);
	if (passage.len)
		about->quotes[about->quote_count++] =
		    arena_slice(arena, passage);
	if (about->quote_count)
		about->quote = about->quotes[about->quote_count - 1];
}

/* The change from line `start` to `end`, and all of its hunk before it. */
static void show_change(struct reply_about *about, struct arena *arena,
			const struct reply_lines *lines, size_t from,
			size_t start, size_t end)
{
	struct strbuf all = STRBUF_INIT, old = STRBUF_INIT, new = STRBUF_INIT;
	struct slice words;
	struct span passage;
	size_t before;

	reply_join(&all, lines, from, end, REPLY_CONTEXT | REPLY_OLD);
	reply_join(&old, lines, start, end, REPLY_OLD);
	reply_join(&new, lines, start, end, REPLY_NEW);
	words = strbuf_slice(&old);
	passage =
	    sentences_around(words, difference(words, strbuf_slice(&new)));
	before = all.len - old.len;
	set_pieces(about, arena,
		   slice_sub(strbuf_slice(&all), 0, before + passage.start),
		   slice_sub(words, passage.start, passage.end));
	strbuf_release(&all);
	strbuf_release(&old);
	strbuf_release(&new);
}

static void show_context(struct reply_about *about, struct arena *arena,
			 const struct reply_lines *lines, size_t from,
			 size_t to)
{
	struct strbuf text = STRBUF_INIT;

	reply_join(&text, lines, from, to, REPLY_CONTEXT | REPLY_OLD);
	set_pieces(about, arena, slice_sub(strbuf_slice(&text), 0, 0),
		   strbuf_slice(&text));
	strbuf_release(&text);
}

bool reply_about_hunk(struct reply_about *about, struct arena *arena,
		      const struct reply_lines *lines, size_t from, size_t to)
{
	size_t start, end;

	if (last_of(lines, from, to, (unsigned)~REPLY_WORDS) == from)
		return false;
	/* the last hunk, if it has lines here */
	end = last_of(lines, from, to, REPLY_CONTEXT | CHANGED);
	from = last_of(lines, from, end, REPLY_HEADER);
	end = last_of(lines, from, to, CHANGED);
	start = first_of(lines, from, end, CHANGED);
	if (last_of(lines, start, end, REPLY_OLD) > start)
		show_change(about, arena, lines, from, start, end);
	else
		show_context(about, arena, lines, from,
			     end > from ? start : to);
	return true;
}
