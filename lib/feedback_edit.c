/* SPDX-License-Identifier: MIT */
/* A correction: where its old words stand, or why it is only a remark. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "place_private.h"
#include "quote_private.h"

/* What an edit asked for, in words. */
static void place_edit_as_remark(struct placing *p)
{
	const struct feedback *f = p->f;
	struct strbuf remark = STRBUF_INIT;

	if (!*f->old_words)
		strbuf_addf(&remark, "should read: \"%s\"", f->new_words);
	else if (!*f->new_words)
		strbuf_addf(&remark, "cut: \"%s\"", f->old_words);
	else
		strbuf_addf(&remark, "\"%s\" -> \"%s\"", f->old_words,
			    f->new_words);
	if (*f->words)
		strbuf_addf(&remark, " (%s)", f->words);
	if (p->target.kind == TARGET_BOOK)
		p->target.kind = TARGET_NOWHERE;
	placing_remark(p, strbuf_slice(&remark));
	strbuf_release(&remark);
}

/* All words of the paragraphs that the words are in. */
static struct span whole_blocks(const struct text_map *map, struct span words)
{
	const struct text_block *a = text_map_block(map, words.start);
	const struct text_block *b = text_map_block(map, words.end - 1);

	return (struct span){ a->first, b->first + b->count };
}

/* All words of the chapter, from its heading to its notes: its blocks follow
 * each other. */
static bool chapter_words(const struct text_map *map,
			  const struct text_chapter *c, struct span *scope)
{
	size_t first, last;

	if (!c->label_count)
		return false;
	first = last = map->labels[c->first_label].first;
	while (first && map->blocks[first - 1].chapter ==
				map->blocks[first].chapter)
		first--;
	while (last + 1 < map->block_count && map->blocks[last + 1].chapter ==
						      map->blocks[last].chapter)
		last++;
	scope->start = map->blocks[first].first;
	scope->end = map->blocks[last].first + map->blocks[last].count;
	return true;
}

/* Where to look for the old words. False: nowhere for sure. */
static bool scope_of(struct placing *p, struct span *scope)
{
	switch (p->target.kind) {
	case TARGET_BOOK:
		*scope = (struct span){ 0, p->map->words.count };
		return true;
	case TARGET_CHAPTER_TEXT:
		return chapter_words(p->map, p->target.chapter, scope);
	case TARGET_WORDS:
	case TARGET_LABEL:
		*scope = p->target.words;
		return p->target.exact && scope->end > scope->start;
	case TARGET_NOWHERE:
		break;
	}
	return false;
}

/* Where the old words were looked for. */
static void add_scope(struct strbuf *out, const struct placing *p)
{
	const char *label = p->f->label;

	if (p->target.kind == TARGET_BOOK)
		strbuf_adds(out, "in the book");
	else if (p->target.kind == TARGET_CHAPTER_TEXT)
		strbuf_addf(out, "in chapter %.20s", label);
	else if (p->target.kind == TARGET_LABEL && *label)
		strbuf_addf(out, "in %.20s", label);
	else
		strbuf_adds(out, "in what is quoted");
}

static void say_count(struct placing *p, size_t count)
{
	struct slice old = slice_of(p->f->old_words);
	struct strbuf *why = &p->placed->why;

	placing_say(p, "");
	if (old.len > 100)
		strbuf_adds(why, "the old words");
	else
		strbuf_addf(why, "'%.*s'", SLICE_ARG(old));
	if (!count) {
		strbuf_adds(why, old.len > 100 ? " do not stand "
					       : " does not stand ");
		add_scope(why, p);
		return;
	}
	strbuf_adds(why, old.len > 100 ? " stand " : " stands ");
	add_scope(why, p);
	if (count == QUOTE_PLACES)
		strbuf_adds(why, " many times");
	else if (count == 2)
		strbuf_adds(why, " twice");
	else
		strbuf_addf(why, " %zu times", count);
}

/* Try to put the words there; 0 when it cannot be, with the reason. */
static bool edit_at(struct placing *p, const struct spans *at,
		    struct slice old_typed, struct slice new_typed)
{
	struct strbuf why = STRBUF_INIT;
	bool done = place_edit(&p->placed->theirs, p->map, at->items,
			       at->count, old_typed, new_typed, &why);

	if (done) {
		p->placed->changed = true;
		placing_name_block(p, text_map_block(p->map,
						     at->items[0].start));
	} else {
		placing_say(p, why.buf);
		/* at least it is known what it is about */
		p->target.kind = TARGET_WORDS;
		p->target.words = at->items[0];
	}
	strbuf_release(&why);
	return done;
}

/* "recieve" in "recieved": a part of one word, at the one place it is in. */
static bool edit_within_word(struct placing *p, struct span scope,
			     const struct text_word *old, struct slice typed)
{
	struct text_map *map = p->map;
	struct slice part = quote_word(map, old->word);
	struct spans at = { NULL, 0, 0 };
	struct strbuf new = STRBUF_INIT;
	struct slice word = { NULL, 0 };
	size_t i, offset = 0, count = 0;
	bool done = false;

	for (i = scope.start; i < scope.end; i++) {
		struct slice w = quote_word(map, map->words.items[i].word);
		size_t found = w.len > part.len ? slice_find_slice(w, part)
						: w.len;

		if (found >= w.len)
			continue;
		if (count++)
			break;
		word = w;
		offset = found;
		GROW(at.items, at.count, at.capacity);
		at.items[at.count++] = (struct span){ i, i + 1 };
	}
	if (count == 1) {
		strbuf_add_slice(&new, slice_sub(word, 0, offset));
		strbuf_add_slice(&new, typed);
		strbuf_add_slice(&new, slice_sub(word, offset + part.len,
						 word.len));
		done = edit_at(p, &at, word, strbuf_slice(&new));
	} else {
		say_count(p, count);
	}
	free(at.items);
	strbuf_release(&new);
	return done;
}

static bool may_be_part(const struct placing *p, const struct text_words *old)
{
	return old->count == 1 && p->target.kind != TARGET_BOOK &&
	       p->target.kind != TARGET_CHAPTER_TEXT &&
	       strlen(p->f->old_words) >= 2 && *p->f->new_words;
}

/* The places of the old words: in what is quoted last, or at all, or else in
 * its paragraph. */
static void find_old(struct placing *p, struct spans *at, struct span *scope,
		     const struct text_words *old)
{
	quote_match(at, p->map, old->items, old->count, *scope);
	if (at->count || p->target.kind != TARGET_WORDS)
		return;
	*scope = p->target.all;
	quote_match(at, p->map, old->items, old->count, *scope);
	if (at->count)
		return;
	*scope = whole_blocks(p->map, p->target.words);
	quote_match(at, p->map, old->items, old->count, *scope);
}

/*
 * "Grey -> gray" of a "grey": the case of the first letter, which a telephone
 * chose, is not what the reader means. That of the text stays; where the new
 * words have another, it may be meant, and false is returned: not tried.
 */
static bool edit_other_case(bool *done, struct placing *p, struct span scope)
{
	struct slice new_typed = slice_of(p->f->new_words);
	enum letter_case wanted = place_first_case(new_typed);
	struct strbuf old_typed = STRBUF_INIT, other = STRBUF_INIT;
	struct text_words old = TEXT_WORDS_INIT;
	struct spans at = { NULL, 0, 0 };
	bool fits = place_other_case(&old_typed, slice_of(p->f->old_words));
	bool capital = fits && place_first_case(strbuf_slice(&old_typed)) ==
			       CASE_CAPITAL;

	if (fits) {
		text_fold_read(&old, &p->map->vocabulary,
			       strbuf_slice(&old_typed));
		find_old(p, &at, &scope, &old);
	}
	fits = fits && at.count == 1;
	if (fits && capital) {
		fits = new_typed.len &&
		       place_starts_sentence(p->map, at.items[0].start);
		if (wanted == CASE_SMALL && place_other_case(&other,
							     new_typed))
			new_typed = strbuf_slice(&other);
	} else if (fits) {
		fits = wanted != CASE_CAPITAL;
	}
	if (fits)
		*done = edit_at(p, &at, strbuf_slice(&old_typed), new_typed);
	free(at.items);
	text_words_release(&old);
	strbuf_release(&old_typed);
	strbuf_release(&other);
	return fits;
}

static bool edit_old(struct placing *p, struct span scope)
{
	const struct feedback *f = p->f;
	struct slice old_typed = slice_of(f->old_words);
	struct slice new_typed = slice_of(f->new_words);
	struct text_words old = TEXT_WORDS_INIT;
	struct spans at = { NULL, 0, 0 };
	struct span where = scope;
	bool every = f->everywhere && p->target.kind != TARGET_BOOK &&
		     p->target.kind != TARGET_CHAPTER_TEXT;
	bool done = false;

	text_fold_read(&old, &p->map->vocabulary, old_typed);
	find_old(p, &at, &scope, &old);
	if (at.count == 1 || (at.count && every && at.count < QUOTE_PLACES))
		done = edit_at(p, &at, old_typed, new_typed);
	else if (!at.count && !every && edit_other_case(&done, p, where))
		;
	else if (!at.count && may_be_part(p, &old))
		done = edit_within_word(p, scope, old.items, new_typed);
	else
		say_count(p, at.count);
	free(at.items);
	text_words_release(&old);
	return done;
}

/* In hundredths: how much of the longer one is the same. */
static size_t likeness(struct text_map *map, struct span words,
		       const struct text_words *others)
{
	size_t count = words.end - words.start;
	size_t longer = count > others->count ? count : others->count;

	return longer ? place_common(map, words, others) * 100 / longer : 0;
}

#define HALF 50
#define MOST 66

/* The one sentence that is most like the new words; false if there is none,
 * or another that is like them, too. */
static bool like_sentence(struct text_map *map, struct span *scope,
			  const struct text_words *new)
{
	struct span rest = *scope, best = *scope;
	size_t found = 0, most = 0;

	while (rest.start < rest.end) {
		struct span one = { rest.start, place_sentence_end(map, rest) };
		size_t like = likeness(map, one, new);

		found += like >= HALF;
		if (like > most) {
			most = like;
			best = one;
		}
		rest.start = one.end;
	}
	*scope = best;
	return most >= MOST && found == 1;
}

/* The whole of what is quoted or labelled should read otherwise; or one
 * sentence of it. */
static bool edit_whole(struct placing *p, struct span scope)
{
	struct slice new_typed = slice_of(p->f->new_words);
	struct text_words new = TEXT_WORDS_INIT;
	struct spans at = { &scope, 1, 1 };
	bool done = false;

	text_fold_read(&new, &p->map->vocabulary, new_typed);
	if (likeness(p->map, scope, &new) >= HALF ||
	    like_sentence(p->map, &scope, &new))
		done = edit_at(p, &at, (struct slice){ NULL, 0 }, new_typed);
	else
		placing_say(p, "the new words have too little in common with "
			    "the old");
	text_words_release(&new);
	return done;
}

void placing_edit(struct placing *p)
{
	const struct feedback *f = p->f;
	struct span scope;
	bool done = false;

	if (!scope_of(p, &scope)) {
		if (!p->placed->why.len)
			placing_say(p, "what is quoted is not quite in the "
				    "text");
	} else if (*f->old_words) {
		done = edit_old(p, scope);
	} else if (p->target.kind == TARGET_WORDS ||
		   p->target.kind == TARGET_LABEL) {
		done = edit_whole(p, scope);
	} else {
		placing_say(p, "it does not say which words");
	}
	if (!done)
		place_edit_as_remark(p);
}
