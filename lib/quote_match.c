/* SPDX-License-Identifier: MIT */
/*
 * The same words: the rarest of them says where to look, and what stands
 * around is compared.
 */
#include "alloc.h"
#include "quote_private.h"

/* Words that are compared for one quote before it counts as repeated: texts
 * of one word over and over are no reason to wait. */
#define WORK (1u << 21)

struct match {
	const struct text_map *map;
	const struct text_word *words;
	size_t count;
	struct span within;
	size_t work;
};

/* "12": the number, or 0. */
static uint32_t number_of(const struct text_map *map, uint32_t word)
{
	struct slice s = quote_word(map, word);
	uint32_t n = 0;

	if (s.len > 6)
		return 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return 0;
		n = n * 10 + (uint32_t)(s.ptr[i] - '0');
	}
	return n;
}

static bool is_char(const struct match *m, size_t i, char c)
{
	struct slice s = quote_word(m->map, m->words[i].word);

	return s.len == 1 && *s.ptr == c;
}

/* How many words from `i` on are the mark of the note before word `at`. */
static size_t mark_after(const struct match *m, size_t i, size_t at)
{
	uint32_t note = text_map_note(m->map, at);
	bool bracket = note && is_char(m, i, '[');

	if (!note || i + bracket >= m->count ||
	    number_of(m->map, m->words[i + bracket].word) != note)
		return 0;
	if (!bracket)
		return 1;
	return i + 2 < m->count && is_char(m, i + 2, ']') ? 3 : 0;
}

/* The same for words up to and with `i`. */
static size_t mark_before(const struct match *m, size_t i, size_t at)
{
	uint32_t note = text_map_note(m->map, at);
	bool bracket = note && is_char(m, i, ']');

	if (!note || i < bracket ||
	    number_of(m->map, m->words[i - bracket].word) != note)
		return 0;
	if (!bracket)
		return 1;
	return i >= 2 && is_char(m, i - 2, '[') ? 3 : 0;
}

/* Word `pivot` stands at `at`: do the others stand around it? */
static bool match_at(struct match *m, struct span *out, size_t pivot,
		     size_t at)
{
	const struct text_word *text = m->map->words.items;
	size_t i = pivot, t = at, marks;

	while (i < m->count) {
		m->work++;
		if (t < m->within.end && text[t].word == m->words[i].word) {
			i++;
			t++;
			continue;
		}
		marks = mark_after(m, i, t);
		if (!marks)
			return false;
		i += marks;
	}
	out->end = t;
	for (i = pivot, t = at; i > 0;) {
		m->work++;
		if (t > m->within.start &&
		    text[t - 1].word == m->words[i - 1].word) {
			i--;
			t--;
			continue;
		}
		marks = mark_before(m, i - 1, t);
		if (!marks)
			return false;
		i -= marks;
	}
	out->start = t;
	return true;
}

/* Digits and brackets may be the mark of a note, and no part of the text. */
static bool may_be_mark(const struct match *m, size_t i)
{
	return is_char(m, i, '[') || is_char(m, i, ']') ||
	       number_of(m->map, m->words[i].word);
}

static size_t rarest(const struct match *m)
{
	size_t best = m->count, fewest = SIZE_MAX;

	for (size_t i = 0; i < m->count; i++) {
		size_t n = text_map_count(m->map, m->words[i].word);

		if (n < fewest && !may_be_mark(m, i)) {
			fewest = n;
			best = i;
		}
	}
	for (size_t i = 0; best == m->count && i < m->count; i++) {
		size_t n = text_map_count(m->map, m->words[i].word);

		if (n < fewest) {
			fewest = n;
			best = i;
		}
	}
	return best;
}

/* The first of the word's positions that is not before `at`. */
static uint32_t first_from(const struct text_map *map, uint32_t word,
			   size_t at)
{
	uint32_t low = map->first[word], high = map->first[word + 1];

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (map->positions[middle] < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void quote_match(struct spans *out, const struct text_map *map,
		 const struct text_word *words, size_t count,
		 struct span within)
{
	struct match m = { map, words, count, within, 0 };
	size_t pivot;
	uint32_t word;

	out->count = 0;
	if (!count)
		return;
	pivot = rarest(&m);
	word = words[pivot].word;
	if (word >= map->known)
		return;
	for (uint32_t i = first_from(map, word, within.start);
	     i < map->first[word + 1] && map->positions[i] < within.end; i++) {
		struct span span;

		if (m.work > WORK || out->count == QUOTE_PLACES)
			return;
		if (!match_at(&m, &span, pivot, map->positions[i]))
			continue;
		GROW(out->items, out->count, out->capacity);
		out->items[out->count++] = span;
	}
}
