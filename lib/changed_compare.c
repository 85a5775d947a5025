/* SPDX-License-Identifier: MIT */
/* Two drafts of a book, block by block. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "changed_private.h"
#include "manuscript.h"
#include "prose_diff.h"
#include "strbuf.h"

#define LINE 17 /* 16 digits and a line end stand for a block */

static void add_lines(struct strbuf *out, const struct changed_draft *draft,
		      size_t chunk)
{
	const struct changed_chunk *c = &draft->chunks[chunk];

	strbuf_truncate(out, 0);
	for (size_t i = 0; i < c->count; i++)
		strbuf_addf(out, "%016llx\n", (unsigned long long)
			    draft->items[c->first + i].words);
}

/* A pair of chunks: one draft's place of a file, and the other's. */
struct pair {
	struct changed_draft *now, *was;
	size_t now_at, was_at;	/* of the blocks */
	size_t now_end, was_end;
};

static void meet(struct pair *p, size_t a, size_t b, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		p->now->items[p->now_at + a + i].met = true;
		p->was->items[p->was_at + b + i].met = true;
	}
}

/* Blocks in the order of both. */
static void meet_in_order(struct pair *p, struct line_runs *runs)
{
	for (size_t i = 0; i < runs->count; i++)
		meet(p, runs->items[i].a / LINE, runs->items[i].b / LINE,
		     runs->items[i].len / LINE);
}

/* Between two runs: what was there is gone, and nothing came for it. */
static void find_cut(struct pair *p, size_t now, size_t now_to, size_t was,
		     size_t was_to, unsigned cut)
{
	struct changed_words *items = p->now->items;
	bool gone = false;

	for (; was < was_to; was++)
		gone |= !p->was->items[was].met && !p->was->items[was].beside;
	for (; now < now_to; now++)
		gone &= items[now].met;
	if (!gone)
		return;
	if (now < p->now_end && !items[now].note) {
		if (!items[now].block.cut)
			items[now].block.cut = cut;
		return;
	}
	while (now > p->now_at && items[now - 1].note) /* they come last */
		now--;
	if (now > p->now_at && !items[now - 1].block.cut_after)
		items[now - 1].block.cut_after = cut;
}

static void find_cuts(struct pair *p, const struct line_runs *runs,
		      unsigned number)
{
	size_t now = p->now_at, was = p->was_at;

	for (size_t i = 0; i < runs->count; i++) {
		const struct line_run *r = &runs->items[i];

		find_cut(p, now, p->now_at + r->a / LINE, was,
			 p->was_at + r->b / LINE, number + 1);
		now = p->now_at + (r->a + r->len) / LINE;
		was = p->was_at + (r->b + r->len) / LINE;
	}
	find_cut(p, now, p->now_end, was, p->was_end, number + 1);
}

/* ---- what has another place now --------------------------------------- */

static int compare_words(const void *a, const void *b)
{
	const struct changed_words *x = *(struct changed_words *const *)a;
	const struct changed_words *y = *(struct changed_words *const *)b;

	if (x->words != y->words)
		return x->words < y->words ? -1 : 1;
	return x < y ? -1 : x > y;
}

static size_t left_over(struct changed_words ***out,
			struct changed_draft *draft)
{
	size_t count = 0;

	*out = xcalloc(draft->count + 1, sizeof(**out));
	for (size_t i = 0; i < draft->count; i++)
		if (!draft->items[i].met)
			(*out)[count++] = &draft->items[i];
	qsort(*out, count, sizeof(**out), compare_words);
	return count;
}

static void meet_elsewhere(struct changed_draft *now, struct changed_draft *was)
{
	struct changed_words **a, **b;
	size_t a_count = left_over(&a, now), b_count = left_over(&b, was);

	for (size_t i = 0, j = 0; i < a_count && j < b_count;) {
		if (a[i]->words == b[j]->words)
			a[i++]->met = b[j++]->met = true;
		else if (a[i]->words < b[j]->words)
			i++;
		else
			j++;
	}
	free(a);
	free(b);
}

/* ---- all of it -------------------------------------------------------- */

struct paired {
	struct pair pair;
	struct line_runs runs;
};

static size_t chunk_at(const struct changed_draft *draft, const char *path)
{
	const struct outline *outline = &draft->text->outline;

	for (size_t i = 0; i < outline->count; i++)
		if (outline->items[i].path &&
		    !strcmp(outline->items[i].path, path))
			return i;
	return SIZE_MAX;
}

/* The chunks of one path that both have, and that differ. */
static size_t pair_chunks(struct paired *pairs, struct changed_draft *now,
			  struct changed_draft *was)
{
	const struct outline *outline = &now->text->outline;
	struct strbuf a = STRBUF_INIT, b = STRBUF_INIT;
	size_t count = 0;

	for (size_t i = 0; i < outline->count; i++) {
		struct paired *p = &pairs[count];
		size_t at;

		if (!now->chunks[i].count)
			continue;
		at = chunk_at(was, outline->items[i].path);
		if (at == SIZE_MAX || !was->chunks[at].count)
			continue;
		p->pair = (struct pair){
			now, was, now->chunks[i].first, was->chunks[at].first,
			now->chunks[i].first + now->chunks[i].count,
			was->chunks[at].first + was->chunks[at].count };
		add_lines(&a, now, i);
		add_lines(&b, was, at);
		p->runs = (struct line_runs)LINE_RUNS_INIT;
		prose_diff_lines(&p->runs, strbuf_slice(&a), strbuf_slice(&b));
		meet_in_order(&p->pair, &p->runs);
		count++;
	}
	strbuf_release(&a);
	strbuf_release(&b);
	return count;
}

void changed_compare(struct changed_draft *now, struct changed_draft *was,
		     unsigned number)
{
	struct paired *pairs = xcalloc(now->text->outline.count + 1,
				       sizeof(*pairs));
	size_t count;

	for (size_t i = 0; i < now->count; i++)
		now->items[i].met = false;
	/* what is the same in both has not been read of the older one */
	for (size_t i = 0; i < now->text->outline.count; i++) {
		size_t at;

		if (*now->blobs[i] &&
		    id_map_find(&at, &was->all, now->blobs[i]))
			for (size_t j = 0; j < now->chunks[i].count; j++)
				now->items[now->chunks[i].first + j].met = true;
	}
	count = pair_chunks(pairs, now, was);
	meet_elsewhere(now, was);
	for (size_t i = 0; i < count; i++) {
		find_cuts(&pairs[i].pair, &pairs[i].runs, number);
		line_runs_release(&pairs[i].runs);
	}
	free(pairs);
}
