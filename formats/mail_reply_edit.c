/* SPDX-License-Identifier: MIT */
/*
 * Corrections that leave no doubt, and nothing else: s/old/new/,
 * "old" -> "new", replace "old" by "new", "old" should be "new", and the like
 * in other languages.
 */
#include <string.h>

#include "alloc.h"
#include "mail_reply_scan.h"
#include "text_fold.h"

void reply_edits_add(struct reply_edits *edits, struct span span,
		     struct slice old_words, struct slice new_words,
		     bool everywhere)
{
	GROW(edits->items, edits->count, edits->capacity);
	edits->items[edits->count++] = (struct reply_edit){
		.span = span, .old_words = old_words, .new_words = new_words,
		.everywhere = everywhere };
}

bool scan_is_asked(struct slice s, size_t end)
{
	while (scan_at(s, end) == ' ' || scan_at(s, end) == ')')
		end++;
	return scan_at(s, end) == '?';
}

bool scan_put(struct scan *x, struct span span, struct slice old_words,
	      struct slice new_words, bool everywhere)
{
	struct arena *arena = x->edits->arena;

	old_words = reply_one_line(arena, old_words);
	new_words = reply_one_line(arena, new_words);
	if (!old_words.len || scan_is_asked(x->s, span.end))
		return false;
	reply_edits_add(x->edits, span, old_words, new_words, everywhere);
	x->done = span.end;
	return true;
}

/* ---- s/old/new/ ---------------------------------------------------- */

/* Up to the delimiter, which a backslash takes its sense from. Its index, or
 * s.len. */
static size_t sed_part(struct slice s, size_t i, char delimiter)
{
	size_t limit = i + SCAN_LONGEST < s.len ? i + SCAN_LONGEST : s.len;

	for (; i < limit; i++) {
		if (s.ptr[i] == '\\' && scan_at(s, i + 1) == delimiter)
			i++;
		else if (s.ptr[i] == delimiter)
			return i;
	}
	return s.len;
}

static struct slice without_backslashes(struct arena *arena, struct slice s,
					char delimiter)
{
	struct strbuf out = STRBUF_INIT;
	struct slice copy;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\\' && scan_at(s, i + 1) == delimiter)
			i++;
		strbuf_addch(&out, s.ptr[i]);
	}
	copy = arena_slice(arena, strbuf_slice(&out));
	strbuf_release(&out);
	return copy;
}

static bool take_sed(struct scan *x, size_t i, bool line_start)
{
	struct slice s = x->s, old_words, new_words;
	char d = scan_at(s, i + 1);
	struct arena *arena = x->edits->arena;
	size_t middle, end, flags;
	bool every = false;

	if (d != '/' && !(line_start && d && strchr("|#,", d)))
		return false;
	middle = sed_part(s, i + 2, d);
	if (middle >= s.len || middle == i + 2)
		return false;
	end = sed_part(s, middle + 1, d);
	if (end >= s.len) {
		/* the last one is often left out */
		end = middle + 1 + slice_find(slice_sub(s, middle + 1, s.len),
					      '\n');
		if (!line_start || d != '/' || end - middle > 80)
			return false;
		flags = end;
	} else {
		for (flags = end + 1; scan_at(s, flags) == 'g' ||
				      scan_at(s, flags) == 'i'; flags++)
			every |= s.ptr[flags] == 'g';
		if (scan_is_letter(scan_at(s, flags)) || scan_at(s, flags) == d)
			return false;
	}
	old_words = without_backslashes(arena, slice_sub(s, i + 2, middle), d);
	new_words = without_backslashes(arena, slice_sub(s, middle + 1, end),
					d);
	return scan_put(x, (struct span){ i, flags }, old_words, new_words,
			every);
}

/* ---- lines of their own -------------------------------------------- */

static struct slice without_quotes(struct slice s)
{
	size_t barren[SCAN_PAIRS] = { 0 };
	struct quoted q;

	s = slice_trim(s);
	if (scan_quoted(&q, s, 0, barren) && q.all.end == s.len)
		return q.words;
	return s;
}

/* "gray (as in 2.3)": what is in the last brackets is why. */
static struct slice cut_reason(struct slice s, size_t *end)
{
	size_t i;

	s = slice_trim_end(s);
	if (!slice_ends_with(s, SLICE(")")))
		return s;
	for (i = s.len - 1; i > 0 && s.ptr[i] != '('; i--)
		;
	if (i < 2 || s.ptr[i - 1] != ' ')
		return s;
	*end -= s.len - i;
	return slice_trim_end(slice_sub(s, 0, i));
}

/* Do the words stand in the quote, or the end of a very long one? */
static bool is_quoted(const struct scan *x, struct slice words)
{
	struct slice quote = x->context->quote;

	if (quote.len > SCAN_LONGEST)
		quote = slice_sub(quote, quote.len - SCAN_LONGEST, quote.len);
	return quote.len && text_fold_has(quote, words);
}

/* old -> new, alone in its line, where it is known what it is about. */
static bool take_bare(struct scan *x, size_t i)
{
	struct slice line = slice_sub(x->s, i, x->s.len), old, new;
	size_t found = 0, arrow = 0, n = 0, end;

	line.len = slice_find(line, '\n');
	if (line.len > 400)
		return false;
	for (size_t j = 0; j < line.len; j++) {
		size_t length = scan_arrow(slice_sub(line, j, line.len));

		if (!length)
			continue;
		arrow = j;
		n = length;
		found++;
		j += n - 1;
	}
	if (found != 1)
		return false;
	end = i + slice_trim_end(line).len;
	old = without_quotes(slice_sub(line, 0, arrow));
	new = without_quotes(cut_reason(slice_sub(line, arrow + n, line.len),
					&end));
	if (!old.len || !new.len)
		return false;
	if (!x->context->labelled && !is_quoted(x, old))
		return false;
	return scan_put(x, (struct span){ i, end }, old, new, false);
}

/* Lines from `i` on that start with the sign, without it. */
static size_t take_signed(struct strbuf *out, struct slice s, size_t i,
			  char sign)
{
	while (scan_at(s, i) == sign && scan_at(s, i + 1) != sign) {
		struct slice line = slice_sub(s, i + 1, s.len);

		line.len = slice_find(line, '\n');
		strbuf_add_slice(out, slice_trim(line));
		strbuf_addch(out, ' ');
		i += 1 + line.len;
		i += scan_at(s, i) == '\n';
	}
	return i;
}

/* "- old" and below it "+ new". */
static bool take_diff(struct scan *x, size_t i)
{
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
	size_t middle, end;
	bool done = false;

	if (i < x->no_diff)
		return false;
	middle = take_signed(&old, x->s, i, '-');
	end = take_signed(&new, x->s, middle, '+');
	if (middle > i && end > middle &&
	    (x->context->labelled ||
	     is_quoted(x, strbuf_slice(&old))))
		done = scan_put(x, (struct span){ i, end }, strbuf_slice(&old),
			   strbuf_slice(&new), false);
	x->no_diff = middle;
	strbuf_release(&old);
	strbuf_release(&new);
	return done;
}

/* ---- all of them --------------------------------------------------- */

/* What may stand right before "s/". */
static bool may_begin(struct slice s, size_t i)
{
	return !i || strchr(" \n\t(:;,`\"'", s.ptr[i - 1]);
}

static size_t first_of_line(struct slice s, size_t i)
{
	while (scan_at(s, i) == ' ' || scan_at(s, i) == '*' ||
	       (scan_at(s, i) == '-' && scan_at(s, i + 1) == ' '))
		i++;
	return i;
}

static bool take_at(struct scan *x, size_t i, size_t *next)
{
	struct quoted q;
	bool start = !i || x->s.ptr[i - 1] == '\n';
	size_t first = start ? first_of_line(x->s, i) : i;

	if (start && scan_at(x->s, i) == '-' && take_diff(x, i))
		return true;
	if (scan_at(x->s, first) == 's' && may_begin(x->s, first) &&
	    take_sed(x, first, start))
		return true;
	if (scan_quoted(&q, x->s, i, x->barren)) {
		if (scan_take_pair(x, &q) || scan_take_whole(x, &q))
			return true;
		if (!start || !take_bare(x, first)) {
			*next = q.all.end;
			return false;
		}
		return true;
	}
	return start && take_bare(x, first);
}

void reply_edits_read(struct reply_edits *edits, struct slice paragraph,
		      const struct reply_context *context)
{
	struct scan x = { .edits = edits, .s = paragraph, .context = context };

	if (reply_critic_read(edits, paragraph))
		return;
	for (size_t i = 0; i < paragraph.len;) {
		size_t next = i + 1;

		if (take_at(&x, i, &next))
			next = x.done > i ? x.done : i + 1;
		i = next;
	}
}
