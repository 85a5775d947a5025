/* SPDX-License-Identifier: MIT */
/*
 * What placing and merging cost in memory. `place chunks`: 10,000 comments of
 * one word on 1,000 chunks of 5 KB, each applied before the next; `place
 * chapter`: the same on one text of 1 MB. `place hard`: texts made to be slow.
 * For each: name, seconds, seconds again, and "-", as measure prints them.
 * `place edit <n>`: stdin with a word changed in every tenth sentence, from
 * the nth on.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "novel.h"
#include "prose_merge.h"
#include "prose_place.h"
#include "strbuf.h"
#include "vocabulary.h"

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void report(const char *name, double seconds)
{
	printf("%s\t%f\t%f\t%f\t-\n", name, seconds, seconds, seconds);
}

static uint32_t seed = 1;

static size_t dice(size_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (size_t)((uint64_t)seed * n >> 32);
}

static bool is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

/* A word of four small letters or more after `at`: where it starts. */
static size_t word_after(struct slice s, size_t at, size_t *end)
{
	for (size_t i = at; i < s.len; i = *end + 1) {
		for (*end = i; *end < s.len && is_small(s.ptr[*end]); ++*end)
			;
		if (*end - i >= 4 && (!i || s.ptr[i - 1] == ' '))
			return i;
	}
	*end = 0;
	return 0;
}

/* --- comments --- */

struct chunk {
	struct strbuf base, ours;
	struct prose_drift *drift;
};

static void write_theirs(struct strbuf *out, struct slice base)
{
	size_t end, start = word_after(base, dice(base.len), &end);

	strbuf_truncate(out, 0);
	strbuf_add(out, base.ptr, start);
	strbuf_addf(out, "word%zu", dice(100000));
	strbuf_add(out, base.ptr + end, base.len - end);
}

static void replace(struct strbuf *text, const struct span *old,
		    struct slice new)
{
	size_t rest = text->len - old->end;

	if (new.len > old->end - old->start)
		strbuf_grow(text, new.len);
	memmove(text->buf + old->start + new.len, text->buf + old->end,
		rest);
	memcpy(text->buf + old->start, new.ptr, new.len);
	text->len = old->start + new.len + rest;
	text->buf[text->len] = '\0';
}

/* One change, put into the chunk; false if it has no place. */
static bool apply(struct prose_index *index, size_t number, struct chunk *c,
		  struct slice theirs)
{
	struct prose_changes changes = PROSE_CHANGES_INIT;
	const struct prose_change *change;
	struct prose_splice splice;
	bool placed;

	prose_place_on(&changes, c->drift, theirs);
	change = changes.items;
	placed = changes.count == 1 && change->outcome == PROSE_PLACED &&
		 change->text == number;
	if (placed) {
		splice = (struct prose_splice){ change->ours,
						change->words.len };
		replace(&c->ours, &change->ours, change->words);
		prose_index_replace(index, number, strbuf_slice(&c->ours),
				    &splice, 1);
	}
	prose_changes_release(&changes);
	return placed;
}

static void comments(const char *name, size_t count, size_t size)
{
	struct vocabulary vocabulary = VOCABULARY_INIT;
	struct prose_index *index = prose_index_new(&vocabulary);
	struct chunk *chunks = calloc(count, sizeof(*chunks));
	struct strbuf theirs = STRBUF_INIT;
	size_t placed = 0;
	double start, took = 0;

	for (size_t i = 0; i < count; i++) {
		struct chunk *c = &chunks[i];

		c->base = c->ours = (struct strbuf)STRBUF_INIT;
		novel_write(&c->base, size, i + 1);
		strbuf_add_slice(&c->ours, strbuf_slice(&c->base));
		prose_index_add(index, strbuf_slice(&c->ours));
		c->drift = prose_drift_new(index, i, strbuf_slice(&c->base));
	}
	for (size_t i = 0; i < 10000; i++) {
		struct chunk *c = &chunks[i * 7 % count];

		write_theirs(&theirs, strbuf_slice(&c->base));
		start = now();
		placed += apply(index, i * 7 % count, c, strbuf_slice(&theirs));
		took += now() - start;
	}
	report(name, took);
	fprintf(stderr, "%s: %zu of 10000 placed\n", name, placed);
	for (size_t i = 0; i < count; i++) {
		prose_drift_free(chunks[i].drift);
		strbuf_release(&chunks[i].base);
		strbuf_release(&chunks[i].ours);
	}
	strbuf_release(&theirs);
	prose_index_free(index);
	free(chunks);
	vocabulary_release(&vocabulary);
}

/* --- texts made to be slow --- */

static void merge(const char *name, struct strbuf *ours, struct strbuf *base,
		  struct strbuf *theirs)
{
	struct strbuf out = STRBUF_INIT;
	double start = now();

	prose_merge(&out, strbuf_slice(ours), strbuf_slice(base),
		    strbuf_slice(theirs), NULL);
	report(name, now() - start);
	strbuf_truncate(ours, 0);
	strbuf_truncate(base, 0);
	strbuf_truncate(theirs, 0);
	strbuf_release(&out);
}

static void add_paragraph(struct strbuf *out, size_t n, const char *word)
{
	strbuf_addf(out, "Line %zu has %s and w%zu, w%zu and w%zu in it.\n\n",
		    n, word, n * 7919 % 10007, n * 31 % 997, n * n % 1009);
}

static void hard(void)
{
	struct strbuf o = STRBUF_INIT, b = STRBUF_INIT, t = STRBUF_INIT;

	for (size_t i = 0; i < 100000; i++) {
		strbuf_adds(&b, "word ");
		strbuf_adds(&o, i % 10 == 3 ? "ours " : "word ");
		strbuf_adds(&t, i % 10 == 7 ? "theirs " : "word ");
	}
	merge("hard-one-word", &o, &b, &t);
	for (size_t i = 0; i < 8000; i++) {
		add_paragraph(&b, i, "this");
		add_paragraph(&o, i * 4001 % 8000, "this");
		add_paragraph(&t, i, "that");
	}
	merge("hard-shuffled", &o, &b, &t);
	for (size_t i = 0; i < 8000; i++) {
		add_paragraph(&b, i, "this");
		add_paragraph(&o, i + 1000000, "those");
		add_paragraph(&t, i, "that");
	}
	merge("hard-gone", &o, &b, &t);
	for (size_t i = 0; i < 20000; i++) {
		add_paragraph(&b, 1, "this");
		add_paragraph(&o, 1, i % 9 ? "this" : "more");
		add_paragraph(&t, 1, i % 11 ? "this" : "less");
	}
	merge("hard-equal", &o, &b, &t);
	for (size_t i = 0; b.len < 50000000; i++) {
		strbuf_addf(&b, "w%zu ", i * 7919 % 10007);
		strbuf_addf(&o, "w%zu ", i % 1000 ? i * 7919 % 10007 : 1);
		strbuf_addf(&t, "w%zu ", i % 1001 ? i * 7919 % 10007 : 2);
	}
	merge("hard-long-line", &o, &b, &t);
	strbuf_release(&o);
	strbuf_release(&b);
	strbuf_release(&t);
}

/* --- a version of a text --- */

static void edit(size_t first)
{
	struct strbuf text = STRBUF_INIT;
	char buffer[65536];
	size_t n, done = 0, sentence = 0;

	while ((n = fread(buffer, 1, sizeof(buffer), stdin)))
		strbuf_add(&text, buffer, n);
	for (size_t i = 0; i + 1 < text.len; i++) {
		size_t start, end;

		if (text.buf[i] != '.' || text.buf[i + 1] != ' ' ||
		    sentence++ % 10 != first || i < done)
			continue;
		start = word_after(strbuf_slice(&text), i, &end);
		if (!end)
			break;
		fwrite(text.buf + done, 1, start - done, stdout);
		printf("changed%zu", first);
		done = end;
	}
	fwrite(text.buf + done, 1, text.len - done, stdout);
	strbuf_release(&text);
}

int main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (!strcmp(what, "chunks"))
		comments("place-chunks", 1000, 5000);
	else if (!strcmp(what, "chapter"))
		comments("place-chapter", 1, 1000000);
	else if (!strcmp(what, "hard"))
		hard();
	else if (!strcmp(what, "edit") && argc > 2)
		edit(strtoul(argv[2], NULL, 10));
	else
		return 129;
	return fflush(stdout) || ferror(stdout) ? 128 : 0;
}
