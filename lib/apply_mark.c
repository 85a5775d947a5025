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

/* No markup that might begin or end outside of it. */
static bool is_plain(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (strchr("*_[]`<>~$\\", s.ptr[i]))
			return false;
	return true;
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
	if (a.len && is_plain(a) && is_plain(b)) {
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

/* One of the changes that fit, in bytes of the change as a whole. */
static void mark_edit(struct replacements *out, struct applier *a,
		      const struct comment *comment,
		      const struct prose_change *c, struct span from,
		      struct span to, bool last)
{
	struct slice old = slice_sub(a->texts[c->text].text,
				     c->ours.start + from.start,
				     c->ours.start + from.end);
	struct slice new = slice_sub(c->words, to.start, to.end);
	struct span span = { c->ours.start + from.start,
			     c->ours.start + from.end };
	struct strbuf mark = STRBUF_INIT;

	while (old.len && new.len && *old.ptr == *new.ptr &&
	       strchr(" \n", *old.ptr)) {
		old = slice_sub(old, 1, old.len);
		new = slice_sub(new, 1, new.len);
		span.start++;
	}
	while (old.len && new.len && strchr(" \n", new.ptr[new.len - 1]) &&
	       old.ptr[old.len - 1] == new.ptr[new.len - 1]) {
		old.len--;
		new.len--;
		span.end--;
	}
	if (is_inline(old) && is_inline(new)) {
		add_substitution(&mark, old, new);
		/* a remark behind each says that it is not settled */
		if (last)
			add_words(&mark, comment);
		else
			add_comment(&mark, comment, (struct slice){ NULL, 0 });
	} else {
		span.start = span.end;
		add_wanted(&mark, comment, old, new);
	}
	add(out, c->text, span, arena_slice(&a->scratch,
					    strbuf_slice(&mark)));
	strbuf_release(&mark);
}

/*
 * What fits, word by word, since a change may be of whole lines; where there
 * is markup in it, by sentences.
 */
static void mark_placed(struct replacements *out, struct applier *a,
			const struct comment *comment,
			const struct prose_change *c)
{
	struct prose_passages p = PROSE_PASSAGES_INIT;

	prose_show(&p, slice_sub(a->texts[c->text].text, c->ours.start,
				 c->ours.end), c->words);
	for (size_t i = 0, next; i < p.edit_count; i = next) {
		const struct prose_passage *passage =
			&p.items[p.edits[i].passage];
		bool plain = true;

		for (next = i; next < p.edit_count &&
		     p.edits[next].passage == p.edits[i].passage; next++)
			plain = plain &&
				is_plain(slice_sub(p.base,
						   p.edits[next].base.start,
						   p.edits[next].base.end)) &&
				is_plain(slice_sub(p.theirs,
						   p.edits[next].theirs.start,
						   p.edits[next].theirs.end));
		if (!plain)
			mark_edit(out, a, comment, c, passage->base,
				  passage->theirs, next == p.edit_count);
		for (size_t k = i; plain && k < next; k++)
			mark_edit(out, a, comment, c, p.edits[k].base,
				  p.edits[k].theirs, k + 1 == p.edit_count);
	}
	prose_passages_release(&p);
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
