/* SPDX-License-Identifier: MIT */
/* Other words for some that stand in the chunk. */
#include <stdlib.h>

#include "alloc.h"
#include "place_private.h"

struct edit {
	struct text_map *map;
	const struct span *spans;
	size_t count;
	struct rewording rewording;
	struct text_words new_words;
	struct strbuf *why;
};

static void add_copy(struct text_words *out, const struct text_word *from,
		     size_t count)
{
	for (size_t i = 0; i < count; i++) {
		GROW(out->items, out->count, out->capacity);
		out->items[out->count++] = from[i];
	}
}

/* The words as they should be afterwards: those of `before` with `instead` at
 * each of the places. */
static void expect(struct text_words *out, const struct edit *e,
		   const struct reread *before,
		   const struct text_words *instead)
{
	const struct text_words *w = &before->words;
	size_t i = 0;

	out->count = 0;
	for (size_t s = 0; s < e->count; s++) {
		const struct text_word *first =
			&e->map->words.items[e->spans[s].start];
		size_t from = i;

		while (i < w->count && w->items[i].start != first->start)
			i++;
		add_copy(out, w->items + from, i - from);
		add_copy(out, instead->items, instead->count);
		i += e->spans[s].end - e->spans[s].start;
	}
	if (i < w->count)
		add_copy(out, w->items + i, w->count - i);
}

static bool same_words(const struct text_words *a, const struct text_words *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->items[i].word != b->items[i].word)
			return false;
	return true;
}

static bool same_shape(const struct reread *a, const struct reread *b,
		       enum shape shape)
{
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;
	bool same;

	reread_shape(&x, a, shape);
	reread_shape(&y, b, shape);
	same = slice_eq(strbuf_slice(&x), strbuf_slice(&y));
	strbuf_release(&x);
	strbuf_release(&y);
	return same;
}

/* The typed words as Markdown: *so* is emphasis. */
static bool read_typed(struct reread *out, const struct edit *e,
		       const struct reread *like)
{
	return reread_bytes(out, like, e->rewording.new_typed, NULL) == 0;
}

/* Does the text read as it should now, and is all else as it was? */
static bool verify(const struct edit *e, const struct reread *before,
		   const struct reread *after)
{
	struct text_words expected = TEXT_WORDS_INIT;
	struct reread typed = REREAD_INIT;
	bool good;

	expect(&expected, e, before, &e->new_words);
	good = same_words(&expected, &after->words) &&
	       same_shape(before, after, SHAPE_BLOCKS_INLINES);
	if (!good && read_typed(&typed, e, before)) {
		expect(&expected, e, before, &typed.words);
		good = same_words(&expected, &after->words) &&
		       same_shape(before, after, SHAPE_NO_EMPHASIS);
	}
	reread_release(&typed);
	text_words_release(&expected);
	return good;
}

static void apply(struct strbuf *out, struct slice bytes, size_t at,
		  const struct splices *splices)
{
	size_t done = 0;

	for (size_t i = 0; i < splices->count; i++) {
		const struct splice *s = &splices->items[i];

		strbuf_add_slice(out, slice_sub(bytes, done,
						s->span.start - at));
		strbuf_add_slice(out, s->bytes);
		done = s->span.end - at;
	}
	strbuf_add_slice(out, slice_sub(bytes, done, bytes.len));
}

static bool check(const struct edit *e, const struct reread *before,
		  const struct splices *splices)
{
	struct strbuf bytes = STRBUF_INIT;
	struct reread after = REREAD_INIT;
	bool good;

	apply(&bytes, before->source, before->at, splices);
	good = reread_bytes(&after, before, strbuf_slice(&bytes), NULL) == 0 &&
	       verify(e, before, &after);
	if (!good)
		strbuf_adds(e->why, "with the new words it would not be "
			    "read as it is meant");
	reread_release(&after);
	strbuf_release(&bytes);
	return good;
}

/* All places are in one block of the chunk that can be read by itself. */
static bool edit_spans(struct splices *splices, struct edit *e,
		       const struct reread *before)
{
	for (size_t i = 0; i < e->count; i++) {
		const struct text_block *b =
			text_map_block(e->map, e->spans[i].start);

		if (e->spans[i].end > b->first + b->count) {
			strbuf_adds(e->why, "it reaches from one paragraph "
				    "into the next");
			return false;
		}
		if (b->chunk != before->chunk || b->top_start < before->at ||
		    b->top_end > before->at + before->source.len) {
			strbuf_adds(e->why, "it is in two paragraphs");
			return false;
		}
		e->rewording.words = e->spans[i];
		if (!place_hunks(splices, before, &e->rewording, e->why))
			return false;
	}
	if (!splices->count)
		strbuf_adds(e->why, "the text reads so already");
	return splices->count > 0;
}

/* A copy with marks among its words that are not there says no clear thing. */
static bool is_copy(const struct edit *e, struct strbuf *why)
{
	struct text_words old = TEXT_WORDS_INIT;
	bool good;

	text_fold_read(&old, &e->map->vocabulary, e->rewording.old_typed);
	good = !old.count || old.count == e->spans[0].end - e->spans[0].start;
	text_words_release(&old);
	if (!good)
		strbuf_adds(why, "there are marks of notes among its words");
	return good;
}

static bool edit_words(struct strbuf *theirs, struct text_map *map,
		       const struct span *spans, size_t count,
		       struct slice old_typed, struct slice new_typed,
		       struct strbuf *why)
{
	struct edit e = { .map = map, .spans = spans, .count = count,
			  .rewording = { .old_typed = old_typed,
					 .new_typed = new_typed,
					 .new_words = &e.new_words },
			  .new_words = TEXT_WORDS_INIT, .why = why };
	struct splices splices = SPLICES_INIT;
	struct reread before = REREAD_INIT;
	const struct text_block *block = text_map_block(map, spans[0].start);
	bool done;

	text_fold_read(&e.new_words, &map->vocabulary, new_typed);
	done = is_copy(&e, why) &&
	       reread_block(&before, map, block, NULL) == 0 &&
	       edit_spans(&splices, &e, &before) &&
	       check(&e, &before, &splices);
	if (done)
		apply(theirs, map->chunks[block->chunk].source, 0, &splices);
	splices_release(&splices);
	reread_release(&before);
	text_words_release(&e.new_words);
	return done;
}

/* ---- more than one paragraph --------------------------------------- */

static struct slice typed_part(struct slice typed,
			       const struct text_words *words, size_t from,
			       size_t to)
{
	if (from >= to)
		return (struct slice){ NULL, 0 };
	return slice_sub(typed, words->items[from].start,
			 words->items[to - 1].end);
}

/* How many words are typed alike at the start, or with `back` at the end. */
static size_t alike(struct slice a, const struct text_words *x, struct slice b,
		    const struct text_words *y, size_t most, bool back)
{
	size_t n = 0;

	for (; n < most; n++) {
		size_t i = back ? x->count - 1 - n : n;
		size_t j = back ? y->count - 1 - n : n;

		if (!slice_eq(typed_part(a, x, i, i + 1),
			      typed_part(b, y, j, j + 1)))
			break;
	}
	return n;
}

/*
 * Words of several paragraphs of which only one changes: those of that one.
 * What is put in between two could belong to either.
 */
static bool narrow(struct span *span, struct slice *old_typed,
		   struct slice *new_typed, struct text_map *map)
{
	struct text_words old = TEXT_WORDS_INIT, new = TEXT_WORDS_INIT;
	size_t count = span->end - span->start, most, start, end, lo, hi;
	const struct text_block *b;
	bool done = false;

	text_fold_read(&old, &map->vocabulary, *old_typed);
	text_fold_read(&new, &map->vocabulary, *new_typed);
	if (old.count != count)
		goto out;
	most = old.count < new.count ? old.count : new.count;
	start = alike(*old_typed, &old, *new_typed, &new, most, false);
	end = alike(*old_typed, &old, *new_typed, &new, most - start, true);
	b = text_map_block(map, span->start + (start < count ? start
							     : count - 1));
	lo = b->first > span->start ? b->first - span->start : 0;
	hi = b->first + b->count < span->end
		     ? b->first + b->count - span->start : count;
	done = count - end <= hi && (lo < start || count - end > start) &&
	       lo <= start;
	if (!done)
		goto out;
	*old_typed = typed_part(*old_typed, &old, lo, hi);
	*new_typed = typed_part(*new_typed, &new, lo,
				new.count - (count - hi));
	*span = (struct span){ span->start + lo, span->start + hi };
out:
	text_words_release(&old);
	text_words_release(&new);
	return done;
}

bool place_edit(struct strbuf *theirs, struct text_map *map,
		const struct span *spans, size_t count, struct slice old_typed,
		struct slice new_typed, struct strbuf *why)
{
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;
	struct span one = spans[0];
	const struct text_block *b = text_map_block(map, one.start);
	bool done;

	place_without_marks(&old, map, one, old_typed);
	place_without_marks(&new, map, one, new_typed);
	old_typed = strbuf_slice(&old);
	new_typed = strbuf_slice(&new);
	if (count == 1 && one.end > b->first + b->count &&
	    narrow(&one, &old_typed, &new_typed, map))
		spans = &one;
	done = edit_words(theirs, map, spans, count, old_typed, new_typed,
			  why);
	strbuf_release(&old);
	strbuf_release(&new);
	return done;
}
