/* SPDX-License-Identifier: MIT */
/* What does not fit, as CriticMarkup for the author to settle. */
#include <string.h>

#include "alloc.h"
#include "apply_private.h"
#include "critic.h"

/* A blank line in it, or nothing at all: no mark can be around it. */
static bool is_inline(struct slice s)
{
	bool blank = false;

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '\n' && blank)
			return false;
		if (s.ptr[i] == '\n')
			blank = true;
		else if (s.ptr[i] != ' ' && s.ptr[i] != '\t')
			blank = false;
	}
	return slice_find_slice(s, SLICE("{")) == s.len &&
	       slice_find_slice(s, SLICE("~>")) == s.len &&
	       slice_find_slice(s, SLICE("|")) == s.len;
}

/* {>>Ann: because of the fog<<} */
static void add_comment(struct strbuf *out, const struct comment *comment,
			struct slice words)
{
	struct strbuf said = STRBUF_INIT;

	strbuf_adds(&said, comment->reader.name);
	if (words.len)
		strbuf_adds(&said, ": ");
	strbuf_add_slice(&said, words);
	critic_add_remark(out, strbuf_slice(&said), true);
	strbuf_release(&said);
}

static void add_words(struct strbuf *out, const struct comment *comment)
{
	struct strbuf words = STRBUF_INIT;

	comment_add_words(&words, comment);
	add_comment(out, comment, strbuf_slice(&words));
	strbuf_release(&words);
}

/* {~~old~>new~~}, {++new++}, {--old--} */
static void add_substitution(struct strbuf *out, struct slice old,
			     struct slice new)
{
	if (!old.len) {
		strbuf_addf(out, "{++%.*s++}", SLICE_ARG(new));
	} else if (!new.len) {
		strbuf_addf(out, "{--%.*s--}", SLICE_ARG(old));
	} else {
		strbuf_addf(out, "{~~%.*s~>%.*s~~}", SLICE_ARG(old),
			    SLICE_ARG(new));
	}
}

/* "was" -> "wanted", where the place has other words or none. */
static void add_wanted(struct strbuf *out, const struct comment *comment,
		       struct slice base, struct slice theirs)
{
	struct strbuf words = STRBUF_INIT;

	strbuf_addf(&words, "\"%.*s\" -> \"%.*s\"",
		    SLICE_ARG(slice_trim(base)),
		    SLICE_ARG(slice_trim(theirs)));
	if (comment->body.len)
		strbuf_addf(&words, " (%.*s)", SLICE_ARG(comment->body));
	add_comment(out, comment, strbuf_slice(&words));
	strbuf_release(&words);
}

/*
 * Leave out the words that both start and end with, if what is left has no
 * markup that might begin or end outside of it.
 */
static void narrow(struct slice *ours, struct slice *theirs)
{
	size_t from = 0, to = 0, least = ours->len < theirs->len ? ours->len :
					 theirs->len;
	struct slice a, b;

	while (from < least && ours->ptr[from] == theirs->ptr[from])
		from++;
	while (from && ours->ptr[from - 1] != ' ')
		from--;
	while (to < least - from && ours->ptr[ours->len - to - 1] ==
				    theirs->ptr[theirs->len - to - 1])
		to++;
	while (to && ours->ptr[ours->len - to] != ' ')
		to--;
	a = slice_sub(*ours, from, ours->len - to);
	b = slice_sub(*theirs, from, theirs->len - to);
	for (size_t i = 0; i < a.len + b.len; i++)
		if (strchr("*_[]`<>~$\\", i < a.len ? a.ptr[i] :
						      b.ptr[i - a.len]))
			return;
	if (a.len) {
		*ours = a;
		*theirs = b;
	}
}

static void add(struct replacements *out, size_t text, struct span span,
		struct slice words)
{
	GROW(out->items, out->count, out->capacity);
	out->items[out->count++] = (struct replacement){ text, span, words };
}

/* The span without white space at its ends. */
static struct span trim(struct slice text, struct span span)
{
	while (span.end > span.start &&
	       strchr(" \t\n", text.ptr[span.end - 1]))
		span.end--;
	while (span.start < span.end &&
	       strchr(" \t\n", text.ptr[span.start]))
		span.start++;
	return span;
}

static void mark_change(struct replacements *out, struct applier *a,
			const struct comment *comment,
			const struct edit *edit,
			const struct prose_change *c)
{
	struct slice text = a->texts[c->text].text;
	struct span span = trim(text, c->ours);
	struct slice ours = slice_sub(text, span.start, span.end);
	struct slice base = slice_trim(slice_sub(edit->base, c->base.start,
						 c->base.end));
	struct slice theirs = slice_trim(slice_sub(edit->theirs,
						   c->theirs.start,
						   c->theirs.end));
	struct strbuf mark = STRBUF_INIT;

	if (comment->is_remark) {
		span.start = span.end;
		add_words(&mark, comment);
	} else if (ours.len && is_inline(ours) && is_inline(theirs)) {
		narrow(&ours, &theirs);
		span.start = (size_t)(ours.ptr - text.ptr);
		span.end = span.start + ours.len;
		add_substitution(&mark, ours, theirs);
		add_words(&mark, comment);
	} else {
		span.start = span.end;
		add_wanted(&mark, comment, base, theirs);
	}
	add(out, c->text, span, arena_slice(&a->scratch,
					    strbuf_slice(&mark)));
	strbuf_release(&mark);
}

/* What fits, word by word: a change may be of whole lines. */
static void mark_placed(struct replacements *out, struct applier *a,
			const struct comment *comment,
			const struct prose_change *c)
{
	struct prose_passages passages = PROSE_PASSAGES_INIT;
	struct strbuf mark = STRBUF_INIT;

	prose_show(&passages, slice_sub(a->texts[c->text].text, c->ours.start,
					c->ours.end), c->words);
	for (size_t i = 0; i < passages.edit_count; i++) {
		const struct prose_edit *e = &passages.edits[i];
		struct slice old = slice_sub(passages.base, e->base.start,
					     e->base.end);
		struct slice new = slice_sub(c->words, e->theirs.start,
					     e->theirs.end);
		struct span span = { c->ours.start + e->base.start,
				     c->ours.start + e->base.end };

		strbuf_truncate(&mark, 0);
		if (is_inline(old) && is_inline(new)) {
			add_substitution(&mark, old, new);
		} else {
			span.start = span.end;
			add_wanted(&mark, comment, old, new);
		}
		if (i + 1 == passages.edit_count)
			add_comment(&mark, comment, words_of(comment));
		add(out, c->text, span, arena_slice(&a->scratch,
						    strbuf_slice(&mark)));
	}
	strbuf_release(&mark);
	prose_passages_release(&passages);
}

void apply_marks(struct replacements *out, struct applier *a,
		 const struct comment *comment, bool all)
{
	for (size_t i = 0; i < a->edit_count; i++) {
		const struct edit *edit = &a->edits[i];

		for (size_t k = 0; k < edit->changes.count; k++) {
			const struct prose_change *c = &edit->changes.items[k];

			if (c->outcome == PROSE_PLACED && all &&
			    !comment->is_remark)
				mark_placed(out, a, comment, c);
			else if (c->outcome == PROSE_PLACED)
				add(out, c->text, c->ours, c->words);
			else if (c->outcome != PROSE_ALREADY &&
				 c->text < a->text_count)
				mark_change(out, a, comment, edit, c);
		}
	}
}
