/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <string.h>

#include "sentences.h"
#include "tokens.h"
#include "vocabulary.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The first token that ends after `at`; the last one, if none does. */
static size_t token_after(const struct token_list *list, size_t at)
{
	size_t lo = 0, hi = list->count - 1;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (list->items[mid].end > at)
			hi = mid;
		else
			lo = mid + 1;
	}
	return lo;
}

static bool starts(const struct token_list *list, size_t i, bool paragraph)
{
	const struct token *before = &list->items[i - 1];

	return token_is_break(before) ||
	       (!paragraph && (list->items[i].flags & TOKEN_SENTENCE));
}

/* Token `from` to token `to`, as far as their sentences go. */
static struct span widen(const struct token_list *list, size_t from,
			 size_t to, bool paragraph)
{
	while (from > 1 && !starts(list, from, paragraph))
		from--;
	while (to + 2 < list->count && !starts(list, to + 1, paragraph) &&
	       !token_is_break(&list->items[to + 1]))
		to++;
	return (struct span){ list->items[from].start, list->items[to].end };
}

/* The words from token `from` to `to`, without the breaks at the ends. */
static bool skip_breaks(const struct token_list *list, size_t *from,
			size_t *to)
{
	while (*from < *to && token_is_break(&list->items[*from]))
		++*from;
	while (*to > *from && token_is_break(&list->items[*to]))
		--*to;
	return !token_is_break(&list->items[*from]);
}

/*
 * Nothing is marked: `after` is the first token that ends after the place.
 * The word that it is in, or stands at the end of, else the next one.
 */
static size_t token_at(const struct token_list *list, size_t after, size_t at)
{
	if (!token_is_break(&list->items[after]) &&
	    list->items[after].start < at)
		return after;
	if (after > 1 && !token_is_break(&list->items[after - 1]))
		return after - 1;
	return after + 1 < list->count &&
	       token_is_break(&list->items[after]) ? after + 1 : after;
}

static struct span around(struct slice text, struct span span, bool paragraph)
{
	struct vocabulary vocabulary = VOCABULARY_INIT;
	struct token_list list = TOKEN_LIST_INIT;
	struct span words = span, found = span;
	size_t from, to;

	while (words.end > words.start && is_space(text.ptr[words.end - 1]))
		words.end--;
	while (words.start < words.end && is_space(text.ptr[words.start]))
		words.start++;
	token_list_read(&list, &vocabulary, text);
	from = token_after(&list, words.start);
	if (words.start == words.end)
		from = to = token_at(&list, from, words.start);
	else
		to = token_after(&list, words.end - 1);
	if (skip_breaks(&list, &from, &to))
		found = widen(&list, from, to, paragraph);
	if (found.start > span.start)
		found.start = span.start;
	if (found.end < span.end)
		found.end = span.end;
	token_list_release(&list);
	vocabulary_release(&vocabulary);
	return found;
}

struct span sentences_around(struct slice text, struct span span)
{
	return around(text, span, false);
}

struct span paragraphs_around(struct slice text, struct span span)
{
	return around(text, span, true);
}
