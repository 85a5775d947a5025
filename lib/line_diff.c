/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "longest_chain.h"
#include "prose_diff.h"
#include "vocabulary.h"

struct line {
	size_t start;
	uint64_t hash;
};

struct lines {
	struct line *items;	/* and one more, where the last one ends */
	size_t count, capacity;
};

void line_runs_release(struct line_runs *runs)
{
	free(runs->items);
	*runs = (struct line_runs)LINE_RUNS_INIT;
}

static void add_run(struct line_runs *runs, size_t a, size_t b, size_t len)
{
	struct line_run *last = runs->count ? &runs->items[runs->count - 1] :
				NULL;

	if (!len)
		return;
	if (last && last->a + last->len == a && last->b + last->len == b) {
		last->len += len;
		return;
	}
	GROW(runs->items, runs->count, runs->capacity);
	runs->items[runs->count++] = (struct line_run){ a, b, len };
}

static void add_line(struct lines *lines, size_t start, uint64_t hash)
{
	GROW(lines->items, lines->count, lines->capacity);
	lines->items[lines->count++] = (struct line){ start, hash };
}

static void read_lines(struct lines *lines, struct slice s, size_t from,
		       size_t to)
{
	while (from < to) {
		const char *nl = memchr(s.ptr + from, '\n', to - from);
		size_t end = nl ? (size_t)(nl - s.ptr) + 1 : to;

		add_line(lines, from,
			 vocabulary_hash(slice_sub(s, from, end)) | 1);
		from = end;
	}
	add_line(lines, to, 0);
	lines->count--;
}

static struct slice line_bytes(struct slice s, const struct lines *lines,
			       size_t i)
{
	return slice_sub(s, lines->items[i].start, lines->items[i + 1].start);
}

struct once {
	uint64_t hash;
	uint32_t a, count_a, count_b;
};

static struct once *once_find(struct once *table, size_t size, uint64_t hash)
{
	size_t at = (hash >> 1) & (size - 1);

	while (table[at].hash && table[at].hash != hash)
		at = (at + 1) & (size - 1);
	return &table[at];
}

/* For each line of b, the line of a that it is, if both have it once. */
static size_t *match_once(const struct lines *a, const struct lines *b,
			  struct slice text_a, struct slice text_b)
{
	size_t *match = xreallocarray(NULL, b->count + 1, sizeof(*match));
	size_t size = 64;
	struct once *table, *o;

	while (size < 2 * a->count)
		size *= 2;
	table = xcalloc(size, sizeof(*table));
	for (size_t i = 0; i < a->count; i++) {
		o = once_find(table, size, a->items[i].hash);
		o->hash = a->items[i].hash;
		o->a = (uint32_t)i;
		o->count_a++;
	}
	for (size_t i = 0; i < b->count; i++)
		once_find(table, size, b->items[i].hash)->count_b++;
	for (size_t i = 0; i < b->count; i++) {
		o = once_find(table, size, b->items[i].hash);
		match[i] = CHAIN_NONE;
		if (o->hash && o->count_a == 1 && o->count_b == 1 &&
		    !slice_is_blank(line_bytes(text_b, b, i)) &&
		    slice_eq(line_bytes(text_a, a, o->a),
			     line_bytes(text_b, b, i)))
			match[i] = o->a;
	}
	free(table);
	return match;
}

/* Unmatch the lines that are not in the longest chain in order. */
static void keep_chain(size_t *match, size_t n)
{
	size_t *chain = xreallocarray(NULL, n + 1, sizeof(*chain));
	size_t length = longest_chain(chain, match, n);

	for (size_t i = n; i--;) {
		if (length && chain[length - 1] == i)
			length--;
		else
			match[i] = CHAIN_NONE;
	}
	free(chain);
}

/* The runs around the matched lines, as far as lines are equal. */
static void grow_runs(struct line_runs *runs, const size_t *match,
		      const struct lines *a, const struct lines *b,
		      struct slice text_a, struct slice text_b)
{
	size_t done_a = 0, done_b = 0;

	for (size_t j = 0; j < b->count; j++) {
		size_t i = match[j], n = 0;

		if (i == CHAIN_NONE || j < done_b || i < done_a)
			continue;
		while (i > done_a && j > done_b &&
		       slice_eq(line_bytes(text_a, a, i - 1),
				line_bytes(text_b, b, j - 1)))
			i--, j--;
		while (i + n < a->count && j + n < b->count &&
		       (match[j + n] == CHAIN_NONE || match[j + n] == i + n) &&
		       slice_eq(line_bytes(text_a, a, i + n),
				line_bytes(text_b, b, j + n)))
			n++;
		add_run(runs, a->items[i].start, b->items[j].start,
			a->items[i + n].start - a->items[i].start);
		done_a = i + n;
		done_b = j + n;
		j = done_b - 1;
	}
}

static void diff_middle(struct line_runs *runs, struct slice a, size_t a0,
			size_t a1, struct slice b, size_t b0, size_t b1)
{
	struct lines la = { NULL, 0, 0 }, lb = { NULL, 0, 0 };
	size_t *match;

	if (a0 == a1 || b0 == b1)
		return;
	read_lines(&la, a, a0, a1);
	read_lines(&lb, b, b0, b1);
	match = match_once(&la, &lb, a, b);
	keep_chain(match, lb.count);
	grow_runs(runs, match, &la, &lb, a, b);
	free(match);
	free(la.items);
	free(lb.items);
}

/* How many bytes two texts have in common at their starts. */
static size_t common_start(const char *a, const char *b, size_t n)
{
	size_t i = 0;

	while (i + 256 <= n && !memcmp(a + i, b + i, 256))
		i += 256;
	while (i < n && a[i] == b[i])
		i++;
	return i;
}

static size_t common_end(const char *a, const char *b, size_t n)
{
	size_t i = 0;

	while (i + 256 <= n && !memcmp(a - i - 256, b - i - 256, 256))
		i += 256;
	while (i < n && a[-1 - (ptrdiff_t)i] == b[-1 - (ptrdiff_t)i])
		i++;
	return i;
}

void prose_diff_lines(struct line_runs *runs, struct slice a, struct slice b)
{
	size_t n = a.len < b.len ? a.len : b.len, start, end;

	runs->count = 0;
	if (!n)
		return;
	start = common_start(a.ptr, b.ptr, n);
	if (start == a.len && start == b.len) {
		add_run(runs, 0, 0, start);
		return;
	}
	/* whole lines: the next one differs somewhere, or is not there */
	while (start && a.ptr[start - 1] != '\n')
		start--;
	end = common_end(a.ptr + a.len, b.ptr + b.len, n - start);
	while (end && ((end < a.len && a.ptr[a.len - end - 1] != '\n') ||
		       (end < b.len && b.ptr[b.len - end - 1] != '\n')))
		end--;
	add_run(runs, 0, 0, start);
	diff_middle(runs, a, start, a.len - end, b, start, b.len - end);
	add_run(runs, a.len - end, b.len - end, end);
}
