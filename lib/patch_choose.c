/* SPDX-License-Identifier: MIT */
#include "patch_repair.h"

#define MOST_TRIES 4096			/* results looked at */
#define MOST_TRIED ((size_t)64 << 20)	/* bytes of them */

void patch_piece_add(struct strbuf *out, const struct patch_piece *piece)
{
	const struct patch_choice *c = piece->choice;

	strbuf_add_slice(out, c ? c->options[c->taken] : piece->bytes);
}

void patch_render(struct repair *r)
{
	strbuf_truncate(&r->result, 0);
	for (size_t i = 0; i < r->draft.count; i++)
		patch_piece_add(&r->result, &r->draft.pieces[i]);
}

static bool is_right(struct repair *r)
{
	r->tried++;
	patch_render(r);
	return patch_is_blob(strbuf_slice(&r->result), r->file->new_blob);
}

static bool may_try(const struct repair *r)
{
	return r->tried < MOST_TRIES &&
	       r->tried * (r->result.len + 1) < MOST_TRIED;
}

/* All ways to take what is open; false: none is right, or too many. */
static bool try_all(struct repair *r, struct patch_choice **open, size_t count)
{
	size_t i = 0;

	while (may_try(r)) {
		if (is_right(r))
			return true;
		for (i = 0; i < count; i++) {
			if (++open[i]->taken < open[i]->count)
				break;
			open[i]->taken = 0;
		}
		if (i == count)
			return false;
	}
	for (i = 0; i < count; i++)
		open[i]->taken = 0;
	return false;
}

/* How many ways there are; more than are tried: MOST_TRIES + 1. */
static size_t count_ways(struct patch_choice **open, size_t count)
{
	size_t ways = 1;

	for (size_t i = 0; i < count && ways <= MOST_TRIES; i++)
		ways *= open[i]->count;
	return ways > MOST_TRIES ? MOST_TRIES + 1 : ways;
}

static bool are_alike(const struct patch_choice *a,
		      const struct patch_choice *b)
{
	return a->repair == b->repair && a->count == b->count &&
	       slice_eq(a->options[0], b->options[0]) &&
	       slice_eq(a->options[1], b->options[1]);
}

/* Each choice the other way, and all that are alike. */
static bool try_flips(struct repair *r)
{
	struct patch_choice **all = r->draft.choices;
	size_t count = r->draft.choice_count;

	for (size_t i = 0; i < count; i++) {
		for (size_t k = 1; k < all[i]->count && may_try(r); k++) {
			all[i]->taken = k;
			if (is_right(r))
				return true;
			for (size_t j = 0; j < count; j++)
				if (are_alike(all[i], all[j]))
					all[j]->taken = k;
			if (is_right(r))
				return true;
			for (size_t j = 0; j < count; j++)
				all[j]->taken = 0;
		}
	}
	return false;
}

/* All ways, if there are not too many; else all of the doubtful choices. */
bool patch_choose(struct repair *r)
{
	struct patch_choice **all = r->draft.choices;
	size_t count = r->draft.choice_count, open = 0;

	r->tried = 0;
	if (is_right(r))
		return true;
	for (size_t i = 0; i < count; i++) {
		struct patch_choice *c = all[i];

		if (c->certain)
			continue;
		all[i] = all[open];
		all[open++] = c;
	}
	if (count_ways(all, count) <= MOST_TRIES)
		return try_all(r, all, count);
	return (count_ways(all, open) <= MOST_TRIES / 2 &&
		try_all(r, all, open)) || try_flips(r);
}
