/* SPDX-License-Identifier: MIT */
/* A comment answered in other words than its reader's: the author's. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "apply_private.h"
#include "error.h"
#include "sentences.h"
#include "trailers.h"

/* Where the words of a comment stand, in one text as it is now. */
struct place {
	size_t text;
	struct span span;
	struct slice then;	/* it with the changes; in the scratch arena */
};

static bool is_in(const struct span *outer, const struct span *inner)
{
	return inner->start >= outer->start && inner->end <= outer->end;
}

/* Without the bytes at both ends that stay: it may be of whole lines. */
static void narrow(struct replacement *r, struct slice text)
{
	while (r->span.start < r->span.end && r->words.len &&
	       text.ptr[r->span.start] == *r->words.ptr) {
		r->words = slice_sub(r->words, 1, r->words.len);
		r->span.start++;
	}
	while (r->span.start < r->span.end && r->words.len &&
	       text.ptr[r->span.end - 1] == r->words.ptr[r->words.len - 1]) {
		r->words.len--;
		r->span.end--;
	}
}

/* Where a change goes, or what stands there. */
static struct span span_of(const struct applier *a,
			   const struct prose_change *c)
{
	struct replacement r = { c->text, c->ours, c->words };

	if (c->outcome == PROSE_PLACED)
		narrow(&r, a->texts[c->text].text);
	return r.span;
}

/*
 * From the first to the last place of its changes; false if there is none,
 * or they are in several texts. What the text says already does not count,
 * unless it says all of it.
 */
static bool find_span(struct place *place, const struct applier *a,
		      bool already)
{
	bool found = false;

	for (size_t i = 0; i < a->edit_count; i++)
		for (size_t k = 0; k < a->edits[i].changes.count; k++) {
			const struct prose_change *c =
				&a->edits[i].changes.items[k];
			struct span span;

			if ((c->outcome == PROSE_ALREADY) != already)
				continue;
			if (c->text >= a->text_count ||
			    (found && c->text != place->text))
				return false;
			span = span_of(a, c);
			if (!found || span.start < place->span.start)
				place->span.start = span.start;
			if (!found || span.end > place->span.end)
				place->span.end = span.end;
			place->text = c->text;
			found = true;
		}
	return found;
}

/* The span's bytes with those changes that fit. */
static void put_in_changes(struct place *place, struct applier *a)
{
	struct slice text = a->texts[place->text].text;
	struct replacements r = { NULL, 0, 0 };
	struct strbuf then = STRBUF_INIT;
	size_t done = place->span.start;

	apply_list_replacements(&r, a);
	if (!apply_sort_replacements(&r))
		r.count = 0;
	for (size_t i = 0; i < r.count; i++) {
		narrow(&r.items[i], text);
		if (!is_in(&place->span, &r.items[i].span))
			continue;
		strbuf_add(&then, text.ptr + done,
			   r.items[i].span.start - done);
		strbuf_add_slice(&then, r.items[i].words);
		done = r.items[i].span.end;
	}
	strbuf_add(&then, text.ptr + done, place->span.end - done);
	place->then = arena_slice(&a->scratch, strbuf_slice(&then));
	strbuf_release(&then);
	free(r.items);
}

static bool find_place(struct place *place, struct applier *a,
		       const struct comment *c)
{
	struct slice text;

	if (!find_span(place, a, false) && !find_span(place, a, true))
		return false;
	text = a->texts[place->text].text;
	place->span = c->is_remark ? paragraphs_around(text, place->span) :
				     sentences_around(text, place->span);
	place->then = slice_sub(text, place->span.start, place->span.end);
	if (!c->is_remark)
		put_in_changes(place, a);
	return true;
}

/* The sentences that the reader saw, and what the reader made of them. */
static void read_sentences(struct applier_sentence *out, struct applier *a)
{
	struct strbuf base = STRBUF_INIT, theirs = STRBUF_INIT;

	for (size_t i = 0; i < a->edit_count; i++) {
		struct prose_passages passages = PROSE_PASSAGES_INIT;

		prose_show(&passages, a->edits[i].base, a->edits[i].theirs);
		for (size_t k = 0; k < passages.count; k++) {
			const struct prose_passage *p = &passages.items[k];

			strbuf_add_slice(&base, slice_sub(passages.base,
				p->base.start, p->base.end));
			strbuf_add_slice(&theirs, slice_sub(passages.theirs,
				p->theirs.start, p->theirs.end));
		}
		prose_passages_release(&passages);
	}
	out->base = arena_slice(&a->arena, slice_trim(strbuf_slice(&base)));
	out->theirs = arena_slice(&a->arena,
				  slice_trim(strbuf_slice(&theirs)));
	strbuf_release(&base);
	strbuf_release(&theirs);
}

static struct slice now_of(const struct applier *a, const struct place *place)
{
	return slice_sub(a->texts[place->text].text, place->span.start,
			 place->span.end);
}

int applier_sentence(struct applier_sentence *out, struct applier *a,
		     size_t at, unsigned part, struct error *err)
{
	struct chosen chosen = { 0, NULL, 0, 0 };
	struct place place = { 0, { 0, 0 }, { NULL, 0 } };
	struct application application;
	int rc = apply_look(&application, a, at, part, &chosen, err);

	*out = (struct applier_sentence){ .has_place = false };
	if (!rc && a->edit_count) {
		read_sentences(out, a);
		out->has_place = find_place(&place, a,
					    &a->review->items[at].comment);
	}
	if (out->has_place) {
		out->now = arena_slice(&a->arena,
				       slice_trim(now_of(a, &place)));
		out->then = arena_slice(&a->arena, slice_trim(place.then));
	}
	apply_forget_edits(a);
	free(chosen.numbers);
	return rc;
}

/* The words, with the white space that stood around those before. */
static struct slice dress(struct applier *a, const struct place *place,
			  struct slice words)
{
	struct slice old = slice_is_blank(place->then) ? now_of(a, place) :
							 place->then;
	size_t end = slice_trim_end(old).len, start = 0;
	struct strbuf dressed = STRBUF_INIT;
	struct slice result;

	while (start < end && strchr(" \t\n", old.ptr[start]))
		start++;
	strbuf_add_slice(&dressed, slice_sub(old, 0, start));
	strbuf_add_slice(&dressed, slice_trim(words));
	strbuf_add_slice(&dressed, slice_sub(old, end, old.len));
	result = arena_slice(&a->scratch, strbuf_slice(&dressed));
	strbuf_release(&dressed);
	return result;
}

/* The reader's message, with a word that the author changed what it says. */
static void reworded_message(struct strbuf *out, const struct comment *c,
			     const char *author)
{
	struct slice message = slice_of(c->message);
	struct slice trailers = trailers_of(message);
	struct slice words = slice_trim_end(slice_sub(message, 0,
		(size_t)(trailers.ptr - message.ptr)));

	strbuf_add_slice(out, words);
	strbuf_addf(out, "\n\n[%s: reworded]\n", author);
	if (trailers.len)
		strbuf_addf(out, "\n%.*s", SLICE_ARG(trailers));
}

/* What the author did about a remark. */
static void mended_message(struct strbuf *out, const struct comment *c)
{
	struct slice place = c->label.len ? c->label : c->chunk, rest, line;
	struct strbuf said = STRBUF_INIT;

	comment_add_words(&said, c);
	rest = strbuf_slice(&said);
	strbuf_addf(out, "%.*s: as %s remarked\n\n", SLICE_ARG(place),
		    c->reader.name);
	while (slice_next_line(&line, &rest)) {
		line = slice_trim_end(line);
		strbuf_addf(out, ">%s%.*s\n", line.len ? " " : "",
			    SLICE_ARG(line));
	}
	strbuf_release(&said);
}

int applier_reword(struct application *out, struct applier *a, size_t at,
		   unsigned part, const struct applier_sentence *shown,
		   struct slice words, const char *author, struct error *err)
{
	const struct comment *c = &a->review->items[at].comment;
	struct chosen chosen = { 0, NULL, 0, 0 };
	struct place place = { 0, { 0, 0 }, { NULL, 0 } };
	struct strbuf message = STRBUF_INIT;
	int rc = apply_look(out, a, at, part, &chosen, err);

	if (!rc && (!find_place(&place, a, c) ||
		    !slice_eq(slice_trim(now_of(a, &place)), shown->now)))
		rc = error_set(err, ERROR_BUSY, "the text has changed while "
			       "you wrote");
	if (!rc) {
		struct replacement one = { place.text, place.span,
					   dress(a, &place, words) };
		struct replacements r = { &one, 1, 1 };

		if (c->is_remark)
			mended_message(&message, c);
		else
			reworded_message(&message, c, author);
		apply_commit(out, a, at, &r, &chosen, message.buf,
			     c->is_remark);
	}
	strbuf_release(&message);
	apply_forget_edits(a);
	free(chosen.numbers);
	return rc;
}

int applier_check(struct applier *a, size_t at, unsigned part,
		  struct error *err)
{
	struct chosen chosen = { 0, NULL, 0, 0 };
	struct application application;
	int rc = applier_settle(a, err);

	if (!rc)
		rc = apply_look(&application, a, at, part, &chosen, err);
	for (size_t i = 0; i < a->edit_count && !rc; i++)
		for (size_t k = 0; k < a->edits[i].changes.count && !rc; k++) {
			size_t text = a->edits[i].changes.items[k].text;

			if (text < a->text_count)
				rc = change_check(a->change,
						  a->texts[text].path, err);
		}
	apply_forget_edits(a);
	free(chosen.numbers);
	return rc;
}
