/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>

#include "novel.h"
#include "strbuf.h"

#define WORDS 12000
#define NAMES 40

static const char *const common[] = {
	"the", "of", "and", "a", "to", "in", "he", "was", "that", "it", "his",
	"her", "with", "as", "had", "she", "for", "at", "on", "but", "not",
	"is", "him", "be", "you", "have", "they", "from", "this", "were",
	"which", "all", "by", "or", "one", "there", "would", "an", "so", "no",
	"their", "what", "been", "if", "when", "who", "we", "said", "out",
	"up", "into", "them", "more", "now", "then", "could", "some", "time",
	"like", "about", "two", "other", "its", "only", "do", "over", "these",
	"any", "may", "my", "such", "than", "me", "our", "your", "did",
	"where", "after", "before", "little", "very", "upon", "old", "great",
	"through", "back", "down", "own", "man", "long", "way", "hand", "day",
	"made", "come", "came", "again", "never", "still", "here", "must",
	"might", "too", "much", "every", "good", "house", "night", "eyes",
	"face", "door", "room", "head", "water", "light", "stone", "wind"
};
static const char *const onsets[] = {
	"b", "bl", "br", "c", "cl", "d", "dr", "f", "fl", "fr", "g", "gr", "h",
	"j", "k", "l", "m", "n", "p", "pl", "pr", "qu", "r", "s", "sh", "sl",
	"sm", "sp", "st", "str", "t", "th", "tr", "v", "w", "wh"
};
static const char *const vowels[] = {
	"a", "e", "i", "o", "u", "a", "e", "o", "ai", "ea", "ee", "oa", "oo",
	"ou"
};
static const char *const codas[] = {
	"", "b", "ck", "d", "ft", "g", "l", "ll", "m", "mp", "n", "nd", "ng",
	"nt", "p", "r", "rd", "rk", "rm", "rn", "rt", "s", "sh", "ss", "st",
	"t", "th"
};
static const char *const endings[] = {
	"", "", "", "ed", "ing", "ly", "s", "er", "ness"
};
static const char *const numbers[] = {
	"Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight",
	"Nine", "Ten"
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define PICK(n, array) ((array)[any((n), COUNT(array))])

struct novel {
	struct strbuf *out;
	uint64_t seed;
	char words[WORDS][24];
	char names[NAMES][24];
	unsigned notes;
};

static uint64_t next(struct novel *n)
{
	uint64_t x = n->seed += UINT64_C(0x9E3779B97F4A7C15);

	x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
	return x ^ x >> 31;
}

static size_t any(struct novel *n, size_t below)
{
	return (size_t)(next(n) >> 32) % below;
}

static bool chance(struct novel *n, size_t in_thousand)
{
	return any(n, 1000) < in_thousand;
}

static void make_words(struct novel *n)
{
	for (size_t i = 0; i < WORDS; i++) {
		size_t syllables = 1 + any(n, 3) * any(n, 2);

		n->words[i][0] = '\0';
		if (i < COUNT(common)) {
			strcpy(n->words[i], common[i]);
			continue;
		}
		while (syllables--) {
			strcat(n->words[i], PICK(n, onsets));
			strcat(n->words[i], PICK(n, vowels));
		}
		strcat(n->words[i], PICK(n, codas));
		strcat(n->words[i], PICK(n, endings));
	}
	for (size_t i = 0; i < NAMES; i++) {
		strcpy(n->names[i], PICK(n, onsets));
		strcat(n->names[i], PICK(n, vowels));
		strcat(n->names[i], PICK(n, codas));
		n->names[i][0] = (char)toupper(n->names[i][0]);
	}
}

/* Rank r comes about 1/r as often: a log scale without libm's rounding. */
static const char *word(struct novel *n)
{
	size_t top = 2;

	while (top < WORDS && any(n, 14))
		top = top * 3 / 2 + 1;
	return n->words[any(n, top < WORDS ? top : WORDS)];
}

static void add_capital(struct novel *n, const char *w)
{
	strbuf_addch(n->out, (char)toupper((unsigned char)*w));
	strbuf_adds(n->out, w + 1);
}

static void words(struct novel *n, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *w = chance(n, 30) ? n->names[any(n, NAMES)]
					      : word(n);

		if (i)
			strbuf_adds(n->out, i > 1 && chance(n, 80) ? ", "
								   : " ");
		if (!i)
			add_capital(n, w);
		else if (chance(n, 8))
			strbuf_addf(n->out, "*%s*", w);
		else if (chance(n, 1))
			strbuf_addf(n->out, "**%s**", w);
		else
			strbuf_adds(n->out, w);
	}
}

static void sentence(struct novel *n)
{
	size_t length = 3 + any(n, 9) + any(n, 10) + any(n, 4) * any(n, 6);

	if (chance(n, 120)) {
		strbuf_addch(n->out, '"');
		words(n, 2 + length / 2);
		strbuf_addf(n->out, ",\" said %s. \"", n->names[any(n, NAMES)]);
		words(n, 2 + length / 3);
		strbuf_adds(n->out, chance(n, 200) ? "!\"" : ".\"");
		return;
	}
	words(n, length);
	strbuf_addch(n->out, "......?!"[any(n, 8)]);
}

static void paragraph(struct novel *n)
{
	size_t sentences = 1 + any(n, 4) + any(n, 3) * any(n, 3);

	if (chance(n, 5))
		strbuf_adds(n->out, "> ");
	while (sentences--) {
		sentence(n);
		if (sentences)
			strbuf_addch(n->out, ' ');
	}
	if (chance(n, 10)) {
		strbuf_addf(n->out, "[^%u]\n\n[^%u]: ", n->notes + 1,
			    n->notes + 1);
		n->notes++;
		sentence(n);
	}
	strbuf_adds(n->out, "\n\n");
}

static void title(struct novel *n, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			strbuf_addch(n->out, ' ');
		add_capital(n, n->words[COUNT(common) + any(n, 2000)]);
	}
}

static void part(struct novel *n, size_t number)
{
	if (number < COUNT(numbers))
		strbuf_addf(n->out, "# Part %s: ", numbers[number]);
	else
		strbuf_addf(n->out, "# Part %zu: ", number);
	title(n, 2);
	strbuf_adds(n->out, "\n\n");
}

void novel_write(struct strbuf *out, size_t size, uint64_t seed)
{
	static struct novel n;
	size_t start = out->len, chapters = 0;

	n.out = out;
	n.seed = seed;
	n.notes = 0;
	make_words(&n);
	strbuf_grow(out, size + 4096);
	strbuf_adds(out, "---\ntitle: ");
	title(&n, 3);
	strbuf_adds(out, "\nauthor: A. N. Author\nlang: en-GB\n---\n\n");
	while (out->len - start < size) {
		size_t chapter_end;

		if (chapters % 24 == 0)
			part(&n, chapters / 24 + 1);
		strbuf_addf(out, "## Chapter %zu: ", ++chapters);
		title(&n, 1 + any(&n, 3));
		strbuf_adds(out, "\n\n");
		chapter_end = out->len + 6000 + any(&n, 24000);
		do {
			paragraph(&n);
			if (out->len < chapter_end && chance(&n, 20))
				strbuf_adds(out, "* * *\n\n");
		} while (out->len < chapter_end && out->len - start < size);
	}
	strbuf_truncate(out, out->len - 1);
}
