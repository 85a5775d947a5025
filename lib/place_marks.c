/* SPDX-License-Identifier: MIT */
/*
 * A reader's copy may have the marks of notes among its words, "at four.12
 * Then": they are no part of what is typed, and would else be put into the
 * text.
 */
#include <stdio.h>

#include "place_private.h"

struct marks {
	const struct text_map *map;
	struct slice typed;
	struct text_words words;	/* of it */
};

static struct slice word_at(const struct marks *m, size_t i)
{
	return m->map->vocabulary.words[m->words.items[i].word].bytes;
}

/* Words `i` up to the result are the mark: "12", "[12]". */
static size_t mark_end(const struct marks *m, size_t i, uint32_t number)
{
	char digits[16];
	bool bracket = slice_eq_str(word_at(m, i), "[");
	size_t end = i + bracket + 1;

	snprintf(digits, sizeof(digits), "%u", (unsigned)number);
	if (end > m->words.count ||
	    !slice_eq_str(word_at(m, end - 1), digits))
		return i;
	if (!bracket)
		return end;
	return end < m->words.count && slice_eq_str(word_at(m, end), "]")
		       ? end + 1 : i;
}

/* Find the mark of the note before word `at` of the map: right after the same
 * word as there, with no space between. */
static bool find_mark(const struct marks *m, size_t from, size_t at,
		      uint32_t number, struct span *out)
{
	uint32_t before = m->map->words.items[at - 1].word;

	for (size_t i = from + 1; i < m->words.count; i++) {
		const struct text_word *w = &m->words.items[i];
		size_t end;

		if (w[-1].word != before || w[-1].end != w->start)
			continue;
		end = mark_end(m, i, number);
		if (end == i)
			continue;
		*out = (struct span){ i, end };
		return true;
	}
	return false;
}

void place_without_marks(struct strbuf *out, struct text_map *map,
			 struct span words, struct slice typed)
{
	struct marks m = { map, typed, TEXT_WORDS_INIT };
	size_t done = 0, from = 0;

	text_fold_read(&m.words, &map->vocabulary, typed);
	for (size_t at = words.start + 1; at <= words.end; at++) {
		uint32_t number = text_map_note(map, at);
		struct span mark;

		if (!number || !find_mark(&m, from, at, number, &mark))
			continue;
		strbuf_add_slice(out, slice_sub(
			typed, done, m.words.items[mark.start].start));
		done = m.words.items[mark.end - 1].end;
		from = mark.end - 1;
	}
	strbuf_add_slice(out, slice_sub(typed, done, typed.len));
	text_words_release(&m.words);
}
