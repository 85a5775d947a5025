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

	strbuf_addf(&said, "%s%s%.*s", comment->reader.name,
		    words.len ? ": " : "", SLICE_ARG(words));
	critic_add_remark(out, strbuf_slice(&said), true);
	strbuf_release(&said);
}

static struct slice words_of(const struct comment *c)
{
	return c->body.len ? c->body : c->subject;
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
	if (words_of(comment).len)
		strbuf_addf(&words, " (%.*s)", SLICE_ARG(words_of(comment)));
	add_comment(out, comment, strbuf_slice(&words));
	strbuf_release(&words);
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
		add_comment(&mark, comment, words_of(comment));
	} else if (ours.len && is_inline(ours) && is_inline(theirs)) {
		add_substitution(&mark, ours, theirs);
		add_comment(&mark, comment, words_of(comment));
	} else {
		span.start = span.end;
		add_wanted(&mark, comment, base, theirs);
	}
	add(out, c->text, span, arena_slice(&a->scratch,
					    strbuf_slice(&mark)));
	strbuf_release(&mark);
}

void apply_marks(struct replacements *out, struct applier *a,
		 const struct comment *comment)
{
	for (size_t i = 0; i < a->edit_count; i++) {
		const struct edit *edit = &a->edits[i];

		for (size_t k = 0; k < edit->changes.count; k++) {
			const struct prose_change *c = &edit->changes.items[k];

			if (c->outcome == PROSE_PLACED)
				add(out, c->text, c->ours, c->words);
			else if (c->outcome != PROSE_ALREADY &&
				 c->text < a->text_count)
				mark_change(out, a, comment, edit, c);
		}
	}
}
