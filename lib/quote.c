/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "quote_private.h"
#include "utf8.h"

#define FAR 1500	/* words from the first piece to the last: no more */
#define CLOSE 150
#define PIECES 32	/* of a quote: no more than the last ones */

/* The folded words of one piece of what was quoted. */
struct piece {
	struct slice text;
	struct text_words words;
	struct spans places;
};

struct search {
	struct text_map *map;
	const struct quote *quote;
	struct piece pieces[PIECES];
	size_t count;
	struct quote_place *places;	/* what fits so far */
	size_t place_count, place_capacity;
};

static void forget_pieces(struct search *s)
{
	for (size_t i = 0; i < s->count; i++) {
		text_words_release(&s->pieces[i].words);
		free(s->pieces[i].places.items);
	}
	s->count = 0;
}

static void add_piece(struct search *s, struct slice text)
{
	struct piece *p;

	if (s->count == PIECES) {
		text_words_release(&s->pieces[0].words);
		memmove(s->pieces, s->pieces + 1,
			(PIECES - 1) * sizeof(*s->pieces));
		s->count--;
	}
	p = &s->pieces[s->count];
	*p = (struct piece){ text, TEXT_WORDS_INIT, { NULL, 0, 0 } };
	text_fold_read(&p->words, &s->map->vocabulary, text);
	if (p->words.count)
		s->count++;
	else
		text_words_release(&p->words);
}

/* ---- chains of pieces ------------------------------------------------- */

static void add_place(struct search *s, struct span words, struct span last)
{
	GROW(s->places, s->place_count, s->place_capacity);
	s->places[s->place_count++] =
		(struct quote_place){ words, last, true, false };
}

static size_t chapter_at(const struct search *s, size_t word)
{
	return text_map_block(s->map, word)->chapter;
}

/* The last of the places that ends at `before` or earlier. */
static const struct span *last_before(const struct spans *places,
				      size_t before)
{
	const struct span *found = NULL;

	for (size_t i = 0; i < places->count; i++)
		if (places->items[i].end <= before)
			found = &places->items[i];
	return found;
}

/* All pieces before the last one, each the nearest that there is. */
static bool chain_from(const struct search *s, struct span *all)
{
	for (size_t i = s->count - 1; i-- > 0;) {
		const struct span *p = last_before(&s->pieces[i].places,
						   all->start);

		if (!p || all->end - p->start > FAR ||
		    chapter_at(s, p->start) != chapter_at(s, all->end - 1))
			return false;
		all->start = p->start;
	}
	return true;
}

/* Of several, those that are close together, if there are such. */
static void prefer_close(struct search *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->place_count; i++)
		kept += s->places[i].words.end - s->places[i].words.start <
			CLOSE;
	if (!kept || kept == s->place_count)
		return;
	kept = 0;
	for (size_t i = 0; i < s->place_count; i++)
		if (s->places[i].words.end - s->places[i].words.start < CLOSE)
			s->places[kept++] = s->places[i];
	s->place_count = kept;
}

static void match_pieces(struct search *s)
{
	const struct span everywhere = { 0, s->map->words.count };
	const struct spans *last;

	s->place_count = 0;
	if (!s->count)
		return;
	for (size_t i = 0; i < s->count; i++) {
		struct piece *p = &s->pieces[i];

		quote_match(&p->places, s->map, p->words.items,
			    p->words.count, everywhere);
		if (!p->places.count)
			return;
	}
	last = &s->pieces[s->count - 1].places;
	for (size_t i = 0; i < last->count; i++) {
		struct span all = last->items[i];

		if (chain_from(s, &all))
			add_place(s, all, last->items[i]);
	}
	if (s->count > 1)
		prefer_close(s);
}

/* ---- several ways to read a quote -------------------------------------- */

static void take_pieces(struct search *s)
{
	forget_pieces(s);
	for (size_t i = 0; i < s->quote->count; i++)
		add_piece(s, s->quote->pieces[i]);
}

/* Paragraph by paragraph: one between may have gone without a word. */
static void take_paragraphs(struct search *s)
{
	forget_pieces(s);
	for (size_t i = 0; i < s->quote->count; i++) {
		struct slice rest = s->quote->pieces[i];

		while (rest.len) {
			size_t end = slice_find_slice(rest, SLICE("\n\n"));

			add_piece(s, slice_sub(rest, 0, end));
			rest = slice_sub(rest, end + 2, rest.len);
		}
	}
}

static bool is_word(const struct search *s, const struct text_word *w,
		    const char *word)
{
	return slice_eq_str(quote_word(s->map, w->word), word);
}

/* Programs that turn pages into plain text write *so* and _so_. */
static bool drop_emphasis(struct search *s)
{
	bool any = false;

	for (size_t i = 0; i < s->count; i++) {
		struct text_words *w = &s->pieces[i].words;
		size_t kept = 0;

		for (size_t j = 0; j < w->count; j++)
			if (!is_word(s, &w->items[j], "*") &&
			    !is_word(s, &w->items[j], "_"))
				w->items[kept++] = w->items[j];
		any |= kept < w->count;
		w->count = kept;
	}
	return any;
}

static bool is_digit(struct slice word)
{
	return *word.ptr >= '0' && *word.ptr <= '9';
}

/* "3.14 The fog": copied with its label. */
static bool drop_label(struct search *s)
{
	struct text_words *w = s->count ? &s->pieces[0].words : NULL;

	if (!w || w->count < 6 || !is_word(s, &w->items[1], ".") ||
	    !is_digit(quote_word(s->map, w->items[2].word)) ||
	    w->items[2].end - w->items[0].start > 8)
		return false;
	memmove(w->items, w->items + 3,
		(w->count - 3) * sizeof(*w->items));
	w->count -= 3;
	return true;
}

static void keep_last_piece(struct search *s)
{
	if (s->count < 2)
		return;
	for (size_t i = 0; i + 1 < s->count; i++) {
		text_words_release(&s->pieces[i].words);
		free(s->pieces[i].places.items);
	}
	s->pieces[0] = s->pieces[s->count - 1];
	s->count = 1;
}

static void mark_inexact(struct search *s)
{
	for (size_t i = 0; i < s->place_count; i++)
		s->places[i].exact = false;
}

/* The end of what was quoted is what a remark is about. */
static void search_near(struct search *s)
{
	struct spans found = { NULL, 0, 0 };

	keep_last_piece(s);
	if (!s->count)
		return;
	if (s->pieces[0].words.count > 4)
		match_pieces(s);
	if (!s->place_count) {
		quote_match_near(&found, s->map, s->pieces[0].words.items,
				 s->pieces[0].words.count);
		for (size_t i = 0; i < found.count; i++)
			add_place(s, found.items[i], found.items[i]);
		free(found.items);
	}
	mark_inexact(s);
}

static void search(struct search *s, bool near)
{
	take_pieces(s);
	match_pieces(s);
	if (!s->place_count && drop_label(s))
		match_pieces(s);
	if (!s->place_count && drop_emphasis(s))
		match_pieces(s);
	if (s->place_count)
		return;
	take_paragraphs(s);
	drop_emphasis(s);
	match_pieces(s);
	if (!s->place_count && near)
		search_near(s);
}

/* ---- one of several --------------------------------------------------- */

static bool has_label(const struct search *s, const struct quote_place *p)
{
	const struct text_chapter *c;
	struct span words;

	if (text_map_label_words(&words, s->map, s->quote->label))
		return p->last.start < words.end && words.start < p->last.end;
	c = text_map_chapter(s->map, s->quote->label,
			     strlen(s->quote->label));
	return c && c == &s->map->chapters[chapter_at(s, p->last.end - 1)];
}

/* Is the word printed as it was copied, as far as the source says? Straight
 * quotes and runs of hyphens are printed as the language has them. */
static bool is_alike(struct slice source, struct slice copy)
{
	if (slice_eq(source, copy) || !source.len)
		return true;
	if (*source.ptr == '\'' || *source.ptr == '"' || *source.ptr == '.')
		return true;
	return *source.ptr == '-' && source.len > 1 && *copy.ptr != '-';
}

/* The same words in the same dress: one dash is not another. */
static bool reads_alike(const struct search *s, const struct quote_place *p)
{
	const struct piece *piece = &s->pieces[s->count - 1];
	const struct text_word *w = s->map->words.items + p->last.start;
	size_t count = p->last.end - p->last.start;

	if (count != piece->words.count)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct text_block *b = text_map_block(s->map,
							    p->last.start + i);
		const struct text_word *q = &piece->words.items[i];

		if (!is_alike(slice_sub(s->map->chunks[b->chunk].source,
					w[i].start, w[i].end),
			      slice_sub(piece->text, q->start, q->end)))
			return false;
	}
	return true;
}

static void keep(struct search *s, bool (*fits)(const struct search *,
						const struct quote_place *))
{
	size_t kept = 0;

	for (size_t i = 0; i < s->place_count; i++) {
		if (!fits(s, &s->places[i]))
			continue;
		if (i != kept) { /* not lost if nothing fits */
			struct quote_place swap = s->places[kept];

			s->places[kept] = s->places[i];
			s->places[i] = swap;
		}
		kept++;
	}
	if (kept)
		s->place_count = kept;
}

static void name_place(char out[80], const struct search *s,
		       const struct quote_place *p)
{
	const struct text_block *b = text_map_block(s->map, p->last.end - 1);
	char label[BOOK_LABEL_SIZE];

	text_map_label(label, s->map, b);
	if (label[0])
		snprintf(out, 80, "%s", label);
	else
		snprintf(out, 80, "'%.70s'", s->map->chunks[b->chunk].path);
}

/* All of them in one paragraph: that at least is sure. */
static bool is_one_paragraph(const struct search *s, struct quote_place *out)
{
	const struct text_block *b = text_map_block(s->map,
						    s->places[0].words.start);
	struct span all = { b->first, b->first + b->count };
	bool exact = true;

	if (s->place_count == QUOTE_PLACES)
		return false;
	for (size_t i = 0; i < s->place_count; i++) {
		exact &= s->places[i].exact;
		if (s->places[i].words.start < all.start ||
		    s->places[i].words.end > all.end)
			return false;
	}
	*out = (struct quote_place){ all, all, exact, true };
	return true;
}

static int tell_ambiguous(const struct search *s, struct error *err)
{
	struct slice quote = s->quote->pieces[s->quote->count - 1];
	char a[80], b[80];

	name_place(a, s, &s->places[0]);
	name_place(b, s, &s->places[1]);
	if (quote.len > 60)
		quote.len = 60;
	quote.len = utf8_valid_prefix(quote);
	if (!strcmp(a, b))
		return error_set(err, ERROR_AMBIGUOUS,
				 "'%.*s' stands in %s more than once",
				 SLICE_ARG(quote), a);
	return error_set(err, ERROR_AMBIGUOUS,
			 "'%.*s' stands in %s and in %s%s", SLICE_ARG(quote), a,
			 b,
			 s->place_count > 2 ? " and elsewhere" : "");
}

int quote_find(struct quote_place *out, struct text_map *map,
	       const struct quote *quote, bool near, struct error *err)
{
	struct search s = { .map = map, .quote = quote };
	int rc = 0;

	search(&s, near);
	if (s.place_count > 1 && quote->label && *quote->label)
		keep(&s, has_label);
	if (s.place_count > 1)
		keep(&s, reads_alike);
	if (!s.count)
		rc = error_set(err, ERROR_INVALID, "no words are quoted");
	else if (!s.place_count)
		rc = error_set(err, ERROR_NOT_FOUND,
			       "what is quoted is not in the text");
	else if (s.place_count > 1 && !is_one_paragraph(&s, out))
		rc = tell_ambiguous(&s, err);
	else if (s.place_count == 1)
		*out = s.places[0];
	forget_pieces(&s);
	free(s.places);
	return rc;
}
