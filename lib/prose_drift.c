/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "prose_diff.h"
#include "prose_drift.h"
#include "prose_index.h"

/* So many bytes may change in lines without something having moved. */
#define FEW_BYTES 48
#define ALIKE 12		/* bytes that go on the same after them */

static void moved_release(struct moved *moved)
{
	prose_index_free(moved->index);
	free(moved->pieces);
	*moved = (struct moved){ NULL, NULL, 0, 0 };
}

static void compare(struct prose_drift *d)
{
	struct line_runs runs = LINE_RUNS_INIT;

	prose_diff_lines(&runs, d->base, d->ours);
	d->hunks.count = 0;
	lines_hunks_read(&d->hunks, &runs, d->base.len, d->ours.len);
	line_runs_release(&runs);
	d->known = true;
}

void prose_drift_init(struct prose_drift *d, struct slice base,
		      struct slice ours)
{
	*d = (struct prose_drift){ .base = base, .ours = ours };
	compare(d);
}

void prose_drift_release(struct prose_drift *d)
{
	lines_hunks_release(&d->hunks);
	moved_release(&d->moved);
}

void prose_drift_reset(struct prose_drift *d, struct slice ours)
{
	d->ours = ours;
	d->known = false;
	moved_release(&d->moved);
}

/* --- what moved --- */

/* Do the texts go on alike after `x` and `y` bytes, or end? */
static bool goes_on(struct slice a, struct slice b, size_t x, size_t y)
{
	if (x > a.len || y > b.len)
		return false;
	if (a.len - x < ALIKE || b.len - y < ALIKE)
		return a.len - x == b.len - y &&
		       !memcmp(a.ptr + x, b.ptr + y, a.len - x);
	return !memcmp(a.ptr + x, b.ptr + y, ALIKE);
}

/* Do these bytes, which are not in the other text, have lines of words? */
static bool has_lines(struct slice s)
{
	bool words = false, ends = false;

	for (size_t i = 0; i < s.len; i++) {
		words = words || !strchr(" \t\r\n>", s.ptr[i]);
		ends = ends || s.ptr[i] == '\n';
	}
	return words && ends;
}

/*
 * Skip the words that differ at the starts of two texts, if they are few and
 * no line is among them.
 */
static bool skip_few(struct slice *a, struct slice *b)
{
	for (size_t most = 0; most <= FEW_BYTES; most++)
		for (size_t least = 0; least <= most; least++) {
			size_t x = most, y = least;

			if (!goes_on(*a, *b, x, y)) {
				x = least;
				y = most;
				if (!goes_on(*a, *b, x, y))
					continue;
			}
			if (has_lines(slice_sub(*a, 0, x)) ||
			    has_lines(slice_sub(*b, 0, y)))
				return false;
			*a = slice_sub(*a, x, a->len);
			*b = slice_sub(*b, y, b->len);
			return true;
		}
	return false;
}

/*
 * A hunk is an edit where its lines stand if only a few words were changed at
 * a time: nothing came from elsewhere, and nothing went.
 */
static bool is_in_place(const struct prose_drift *d,
			const struct lines_hunk *h)
{
	struct slice a = slice_sub(d->base, h->a0, h->a1);
	struct slice b = slice_sub(d->ours, h->b0, h->b1);

	while (a.len || b.len) {
		size_t n = a.len < b.len ? a.len : b.len, i = 0;

		while (i < n && a.ptr[i] == b.ptr[i])
			i++;
		a = slice_sub(a, i, a.len);
		b = slice_sub(b, i, b.len);
		if ((a.len || b.len) && !skip_few(&a, &b))
			return false;
	}
	return true;
}

/* Hunks that are new: have they to be among what moved? */
static bool find_moved(struct prose_drift *d)
{
	bool any = false, found = false;

	for (size_t i = 0; i < d->hunks.count; i++) {
		struct lines_hunk *h = &d->hunks.items[i];

		if (h->unsure) {
			h->unsure = false;
			h->in_place = is_in_place(d, h);
			found = found || !h->in_place;
		}
		any = any || !h->in_place;
	}
	if (found)
		moved_release(&d->moved);
	return any;
}

static void add_piece(struct moved *m, struct slice text, size_t from,
		      size_t to, bool is_ours)
{
	/* word by word, the paragraphs around may differ, too */
	from = paragraph_before(text, from);
	to = paragraph_after(text, to);
	if (from == to)
		return;
	GROW(m->pieces, m->count, m->capacity);
	m->pieces[m->count++] = (struct moved_piece){ from, to - from,
						      is_ours };
	prose_index_add(m->index, slice_sub(text, from, to));
}

const struct moved *prose_drift_moved(struct prose_drift *d,
				struct vocabulary *vocabulary)
{
	struct moved *m = &d->moved;

	if (!find_moved(d))
		return NULL;
	if (m->index)
		return m;
	m->index = prose_index_new(vocabulary);
	for (size_t i = 0; i < d->hunks.count; i++) {
		const struct lines_hunk *h = &d->hunks.items[i];

		if (h->in_place)
			continue;
		add_piece(m, d->base, h->a0, h->a1, false);
		add_piece(m, d->ours, h->b0, h->b1, true);
	}
	return m;
}

/* --- replacements --- */

/* The first hunk that ends at byte `at` of ours or later. */
static size_t first_hunk(const struct lines_hunks *hunks, size_t at)
{
	size_t low = 0, high = hunks->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (hunks->items[middle].b1 < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The byte of base that stands at `at`, which is before hunk `n`. */
static size_t base_byte(const struct lines_hunks *hunks, size_t n, size_t at)
{
	return n ? at - hunks->items[n - 1].b1 + hunks->items[n - 1].a1 : at;
}

/* Bytes from..to of ours, whole lines, are to be in one hunk. Which one? */
static size_t cover(struct lines_hunks *h, size_t from, size_t to)
{
	size_t i = first_hunk(h, from), j = i, rest;
	struct lines_hunk made;

	while (j < h->count && h->items[j].b0 <= to)
		j++;
	made = (struct lines_hunk){ base_byte(h, i, from), base_byte(h, j, to),
				    from, to, false, true };
	if (i < j && h->items[i].b0 <= from) {
		made.a0 = h->items[i].a0;
		made.b0 = h->items[i].b0;
	}
	if (i < j && h->items[j - 1].b1 >= to) {
		made.a1 = h->items[j - 1].a1;
		made.b1 = h->items[j - 1].b1;
	}
	if (i == j)
		GROW(h->items, h->count, h->capacity);
	rest = h->count - j;
	memmove(h->items + i + 1, h->items + j, rest * sizeof(*h->items));
	h->items[i] = made;
	h->count = i + 1 + rest;
	return i;
}

/* What stood at from..to of ours moved or was there no more? */
static void touch_moved(struct moved *m, size_t from, size_t to, size_t old_len,
			size_t new_len)
{
	for (size_t i = 0; i < m->count; i++) {
		struct moved_piece *piece = &m->pieces[i];

		if (!piece->is_ours || piece->at + piece->len < from)
			continue;
		if (piece->at <= to) {
			moved_release(m);
			return;
		}
		piece->at = piece->at - old_len + new_len;
	}
}

/* `ours` is the new text; up to `limit`, its bytes are in their places. */
static void splice(struct prose_drift *d, size_t start, size_t old_len,
		   size_t new_len, size_t limit)
{
	struct lines_hunks *h = &d->hunks;
	size_t from = start, to = line_after(d->ours, start + new_len), n;

	while (from && d->ours.ptr[from - 1] != '\n')
		from--;
	if (to > limit)
		to = limit;
	to = to - new_len + old_len;
	touch_moved(&d->moved, from, to, old_len, new_len);
	n = cover(h, from, to);
	h->items[n].b1 = h->items[n].b1 - old_len + new_len;
	h->items[n].unsure = true;
	for (size_t i = n + 1; i < h->count; i++) {
		h->items[i].b0 = h->items[i].b0 - old_len + new_len;
		h->items[i].b1 = h->items[i].b1 - old_len + new_len;
	}
}

void prose_drift_splice(struct prose_drift *d, struct slice ours,
		  const struct prose_splice *splices, size_t count)
{
	size_t grown = 0;	/* modulo 2^64: it may have shrunk */

	d->ours = ours;
	for (size_t i = 0; i < count && d->known; i++) {
		const struct span *old = &splices[i].old;
		size_t old_len = old->end - old->start, len = splices[i].len;
		size_t limit = ours.len;

		if (i + 1 < count)
			limit = splices[i + 1].old.start + grown + len -
				old_len;
		splice(d, old->start + grown, old_len, len, limit);
		grown += len - old_len;
	}
}

/* --- what stayed --- */

bool prose_drift_stayed(size_t *there, const struct prose_drift *d,
			size_t at, bool in_base)
{
	const struct lines_hunks *h = &d->hunks;
	size_t low = 0, high = h->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct lines_hunk *hunk = &h->items[middle];

		if ((in_base ? hunk->a1 : hunk->b1) <= at)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < h->count &&
	    (in_base ? h->items[low].a0 : h->items[low].b0) <= at)
		return false;
	*there = in_base ? lines_shifted(h, low, at) :
		 base_byte(h, low, at);
	return true;
}

/* --- of a text of an index --- */

struct prose_drift *prose_drift_new(struct prose_index *index, size_t own,
				    struct slice base)
{
	struct prose_drift *drift = xmalloc(sizeof(*drift));

	*drift = (struct prose_drift){ .index = index, .own = own,
				       .base = base,
				       .ours = prose_index_text(index, own) };
	prose_index_attach(index, own, drift);
	return drift;
}

void prose_drift_free(struct prose_drift *drift)
{
	if (!drift)
		return;
	prose_index_detach(drift->index, drift->own, drift);
	prose_drift_release(drift);
	free(drift);
}

void prose_drift_know(struct prose_drift *drift)
{
	if (!drift->known)
		compare(drift);
}
