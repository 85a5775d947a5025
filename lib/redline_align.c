/* SPDX-License-Identifier: MIT */
/*
 * Which blocks of the old text are which of the new one: first those that are
 * the same, in order; then, between these, those that have most words in
 * common; then, anywhere in the book, what was moved.
 */
#include <stdlib.h>

#include "alloc.h"
#include "redline_private.h"

#define FEW_BYTES 30		/* less than most sentences */
#define FEW_WORDS 12		/* in a block that may have become any other */

static void add_token(struct token_list *t, uint32_t word, unsigned flags)
{
	GROW(t->items, t->count, t->capacity);
	t->items[t->count++] = (struct token){
		.word = word, .flags = (uint8_t)flags
	};
}

void mate_leaves(struct redline *r, size_t i, size_t j, bool edited)
{
	struct rl_side *old = &r->sides[REDLINE_OLD];
	struct rl_side *new = &r->sides[REDLINE_NEW];
	struct rl_leaf *a = &old->leaves[i], *b = &new->leaves[j];

	if (!items_can_mate(&old->blocks, a->item, &new->blocks, b->item))
		return;
	items_mate(&old->blocks, a->item, &new->blocks, b->item);
	a->edited = b->edited = edited || b->noted;
}

struct matching {
	struct redline *r;
	struct token_list tokens[2];
	uint32_t *leaf[2];	/* of each token */
	size_t leaf_capacity[2];
	struct prose_hunks hunks;
	struct strbuf plain[2];
	struct rl_votes *votes;
	size_t vote_count, vote_capacity;
};

const struct node *leaf_node(const struct redline *r, enum redline_side side,
			     size_t leaf)
{
	const struct rl_side *s = &r->sides[side];

	return s->blocks.items[s->leaves[leaf].item].node;
}

bool leaf_has_mate(const struct redline *r, enum redline_side side,
		   size_t leaf)
{
	const struct rl_side *s = &r->sides[side];

	return s->leaves[leaf].follows ||
	       s->blocks.items[s->leaves[leaf].item].mate != NO_ITEM;
}

static void read_words(struct redline *r, enum redline_side side, size_t leaf)
{
	struct rl_side *s = &r->sides[side];
	struct rl_leaf *l = &s->leaves[leaf];
	const struct node *node = s->blocks.items[l->item].node;
	struct token_list tokens = TOKEN_LIST_INIT;

	l->word = s->word_count;
	if (!node)
		return;
	strbuf_truncate(&r->scratch, 0);
	node_plain_text(&r->scratch, node);
	token_list_read(&tokens, &r->vocabulary, strbuf_slice(&r->scratch));
	for (size_t i = 0; i < tokens.count; i++) {
		if (token_is_break(&tokens.items[i]))
			continue;
		GROW(s->words, s->word_count, s->word_capacity);
		s->words[s->word_count++] = tokens.items[i].word;
		l->counted += tokens.items[i].flags & TOKEN_COUNTED;
	}
	l->count = s->word_count - l->word;
	token_list_release(&tokens);
}

/* --- the same --- */

/* A word for each block from..to. */
static void read_hashes(struct token_list *out, struct redline *r,
			enum redline_side side, size_t from, size_t to)
{
	const struct rl_side *s = &r->sides[side];

	out->count = 0;
	for (size_t i = from; i < to; i++) {
		struct slice hash = { (const char *)&s->leaves[i].hash,
				      sizeof(s->leaves[i].hash) };

		add_token(out, vocabulary_add(&r->vocabulary, hash),
			  TOKEN_COUNTED);
	}
	add_token(out, WORD_BREAK, 0);
}

static void mate_same(struct redline *r, size_t i, size_t j)
{
	mate_leaves(r, i, j, false);
	if (leaf_has_mate(r, REDLINE_OLD, i))
		return;
	read_words(r, REDLINE_OLD, i); /* it may have moved */
	read_words(r, REDLINE_NEW, j);
}

/* Blocks a0..a1 and b0..b1; what differs is added to `out`. */
static void find_same(struct prose_hunks *out, struct matching *m, size_t a0,
		      size_t a1, size_t b0, size_t b1)
{
	size_t i = a0, j = b0;

	read_hashes(&m->tokens[0], m->r, REDLINE_OLD, a0, a1);
	read_hashes(&m->tokens[1], m->r, REDLINE_NEW, b0, b1);
	prose_diff(&m->hunks, &m->tokens[0], &m->tokens[1]);
	for (size_t h = 0; h < m->hunks.count; h++) {
		struct prose_hunk hunk = m->hunks.items[h];

		hunk.a0 += a0, hunk.a1 += a0, hunk.b0 += b0, hunk.b1 += b0;
		for (; i < hunk.a0; i++, j++)
			mate_same(m->r, i, j);
		GROW(out->items, out->count, out->capacity);
		out->items[out->count++] = hunk;
		i = hunk.a1;
		j = hunk.b1;
	}
	for (; i < a1; i++, j++)
		mate_same(m->r, i, j);
}

/* A chunk that both have, from `i` on. */
static size_t next_chunk(const struct redline *r, enum redline_side side,
			 size_t i)
{
	while (i < r->sides[side].leaf_count && leaf_node(r, side, i))
		i++;
	return i;
}

static void find_all_same(struct prose_hunks *out, struct matching *m)
{
	struct redline *r = m->r;
	size_t i = 0, j = 0;

	for (;;) {
		size_t i_end = next_chunk(r, REDLINE_OLD, i);
		size_t j_end = next_chunk(r, REDLINE_NEW, j);

		find_same(out, m, i, i_end, j, j_end);
		if (i_end == r->sides[REDLINE_OLD].leaf_count)
			return;
		mate_leaves(r, i_end, j_end, false);
		i = i_end + 1;
		j = j_end + 1;
	}
}

/* --- much the same --- */

static void add_leaf_words(struct matching *m, enum redline_side side,
			   size_t leaf)
{
	const struct rl_side *s = &m->r->sides[side];
	const struct rl_leaf *l = &s->leaves[leaf];
	const struct vocabulary *v = &m->r->vocabulary;
	struct token_list *t = &m->tokens[side];
	size_t need = t->count + l->count + 2;

	if (m->leaf_capacity[side] < need) {
		m->leaf_capacity[side] = 2 * need;
		m->leaf[side] = xreallocarray(m->leaf[side], 2 * need,
					      sizeof(uint32_t));
	}
	for (size_t i = 0; i < l->count; i++) {
		uint32_t word = s->words[l->word + i];

		m->leaf[side][t->count] = (uint32_t)leaf;
		add_token(t, word, v->words[word].flags & WORD_COUNTED ?
			  TOKEN_COUNTED : 0);
	}
	m->leaf[side][t->count] = (uint32_t)leaf;
	add_token(t, WORD_BREAK, TOKEN_SENTENCE);
}

static void add_vote(struct matching *m, size_t i, size_t j)
{
	struct rl_votes *last = m->vote_count ?
				&m->votes[m->vote_count - 1] : NULL;
	size_t a = m->leaf[0][i], b = m->leaf[1][j];

	if (last && last->a == a && last->b == b) {
		last->count++;
		return;
	}
	GROW(m->votes, m->vote_count, m->vote_capacity);
	m->votes[m->vote_count++] = (struct rl_votes){ a, b, 1 };
}

/* Words from..to of both lists are the same: one alone says little. */
static void add_run(struct matching *m, size_t i, size_t j, size_t n)
{
	for (size_t k = 0; n > 1 && k < n; k++)
		if (m->tokens[0].items[i + k].flags & TOKEN_COUNTED)
			add_vote(m, i + k, j + k);
}

static void count_votes(struct matching *m)
{
	size_t i = 0, j = 0;

	m->vote_count = 0;
	prose_diff(&m->hunks, &m->tokens[0], &m->tokens[1]);
	for (size_t h = 0; h < m->hunks.count; h++) {
		const struct prose_hunk *hunk = &m->hunks.items[h];

		add_run(m, i, j, hunk->a0 - i);
		i = hunk->a1;
		j = hunk->b1;
	}
	add_run(m, i, j, m->tokens[0].count - i);
}

static int by_votes(const void *a, const void *b)
{
	const struct rl_votes *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return x->a != y->a ? (x->a < y->a ? -1 : 1) : x->b < y->b ? -1 :
	       x->b > y->b;
}

bool leaf_same_type(const struct redline *r, size_t i, size_t j)
{
	const struct node *a = leaf_node(r, REDLINE_OLD, i);
	const struct node *b = leaf_node(r, REDLINE_NEW, j);

	return a && b && a->type == b->type &&
	       (a->type != NODE_HEADING || a->level == b->level);
}

/* Enough for one to have become the other? Words that went on are. */
static bool are_alike(const struct redline *r, size_t i, size_t j, size_t votes)
{
	size_t a = r->sides[REDLINE_OLD].leaves[i].counted;
	size_t b = r->sides[REDLINE_NEW].leaves[j].counted;
	size_t less = a < b ? a : b, more = a < b ? b : a;

	return leaf_same_type(r, i, j) &&
	       ((10 * votes >= 4 * less && 10 * votes >= 2 * more) ||
		(votes >= 3 && votes == less));
}

/* Only these are left between two that are the same: a title, a picture, a
 * few words. */
static bool are_last(const struct redline *r, size_t i, size_t j)
{
	const struct rl_leaf *a = &r->sides[REDLINE_OLD].leaves[i];
	const struct rl_leaf *b = &r->sides[REDLINE_NEW].leaves[j];
	enum node_type type;

	if (!leaf_same_type(r, i, j) || a->moved != NO_ITEM ||
	    b->moved != NO_ITEM)
		return false;
	type = leaf_node(r, REDLINE_OLD, i)->type;
	return type != NODE_HTML_BLOCK &&
	       ((type != NODE_PARAGRAPH && type != NODE_LINE_BLOCK) ||
		(a->counted <= FEW_WORDS && b->counted <= FEW_WORDS));
}

static void find_last(struct redline *r, const struct prose_hunk *hunk)
{
	size_t i = hunk->a0, j = hunk->b0;

	while (i < hunk->a1 && j < hunk->b1) {
		size_t i_end = i, j_end = j;

		while (i_end < hunk->a1 &&
		       !leaf_has_mate(r, REDLINE_OLD, i_end))
			i_end++;
		while (j_end < hunk->b1 &&
		       !leaf_has_mate(r, REDLINE_NEW, j_end))
			j_end++;
		if (i_end > i && j_end > j &&
		    (i_end == i + 1 || j_end == j + 1 ||
		     i_end - i == j_end - j) && are_last(r, i, j))
			mate_leaves(r, i, j, true);
		i = i_end + 1;
		j = j_end + 1;
	}
}

/*
 * Are they one paragraph beyond doubt, as most of it is the same from its ends
 * on? This needs no words. Not where an end is not the same, unless they are
 * alone: it may be the start or the end of a neighbour now.
 */
static bool are_near(struct matching *m, size_t i, size_t j, bool alone)
{
	const struct node *a = leaf_node(m->r, REDLINE_OLD, i);
	const struct node *b = leaf_node(m->r, REDLINE_NEW, j);
	struct slice x, y;
	size_t before = 0, after = 0, less, more;

	if (!a || !b || a->type != NODE_PARAGRAPH || b->type != a->type)
		return false;
	strbuf_truncate(&m->plain[0], 0);
	strbuf_truncate(&m->plain[1], 0);
	node_plain_text(&m->plain[0], a);
	node_plain_text(&m->plain[1], b);
	x = strbuf_slice(&m->plain[0]);
	y = strbuf_slice(&m->plain[1]);
	less = x.len < y.len ? x.len : y.len;
	more = x.len < y.len ? y.len : x.len;
	while (before < less && x.ptr[before] == y.ptr[before])
		before++;
	while (after < less - before &&
	       x.ptr[x.len - after - 1] == y.ptr[y.len - after - 1])
		after++;
	return less > 2 * FEW_BYTES && 5 * (before + after) >= 3 * more &&
	       (alone || (before > FEW_BYTES && after > FEW_BYTES));
}

static bool mate_near(struct matching *m, size_t i, size_t j, bool alone)
{
	if (!are_near(m, i, j, alone))
		return false;
	mate_leaves(m->r, i, j, true);
	return leaf_has_mate(m->r, REDLINE_OLD, i);
}

/* Mates at both ends of a hunk that need no words to be known. */
static void find_near(struct matching *m, struct prose_hunk *hunk)
{
	bool alone = hunk->a1 - hunk->a0 == 1 && hunk->b1 - hunk->b0 == 1;

	while (hunk->a0 < hunk->a1 && hunk->b0 < hunk->b1 &&
	       mate_near(m, hunk->a0, hunk->b0, alone))
		hunk->a0++, hunk->b0++;
	while (hunk->a0 < hunk->a1 && hunk->b0 < hunk->b1 &&
	       mate_near(m, hunk->a1 - 1, hunk->b1 - 1, alone))
		hunk->a1--, hunk->b1--;
}

static void find_alike(struct matching *m, struct prose_hunk *hunk)
{
	struct redline *r = m->r;

	find_near(m, hunk);
	for (int side = 0; side < 2; side++) {
		size_t from = side ? hunk->b0 : hunk->a0;
		size_t to = side ? hunk->b1 : hunk->a1;

		m->tokens[side].count = 0;
		for (size_t i = from; i < to; i++) {
			read_words(r, (enum redline_side)side, i);
			add_leaf_words(m, (enum redline_side)side, i);
		}
	}
	if (hunk->a0 == hunk->a1 || hunk->b0 == hunk->b1)
		return;
	count_votes(m);
	redline_find_runs(r, m->votes, m->vote_count);
	if (m->vote_count)
		qsort(m->votes, m->vote_count, sizeof(*m->votes), by_votes);
	for (size_t v = 0; v < m->vote_count; v++) {
		const struct rl_votes *vote = &m->votes[v];

		if (!leaf_has_mate(r, REDLINE_OLD, vote->a) &&
		    !leaf_has_mate(r, REDLINE_NEW, vote->b) &&
		    are_alike(r, vote->a, vote->b, vote->count))
			mate_leaves(r, vote->a, vote->b, true);
	}
}

void redline_align(struct redline *r)
{
	struct matching m = { .r = r, .tokens = { TOKEN_LIST_INIT,
						  TOKEN_LIST_INIT },
			      .hunks = PROSE_HUNKS_INIT,
			      .plain = { STRBUF_INIT, STRBUF_INIT } };
	struct prose_hunks hunks = PROSE_HUNKS_INIT;

	find_all_same(&hunks, &m);
	for (size_t h = 0; h < hunks.count; h++)
		find_alike(&m, &hunks.items[h]);
	redline_find_moves(r);
	for (size_t h = 0; h < hunks.count; h++)
		find_last(r, &hunks.items[h]);
	prose_hunks_release(&hunks);
	for (int side = 0; side < 2; side++) {
		token_list_release(&m.tokens[side]);
		free(m.leaf[side]);
		strbuf_release(&m.plain[side]);
	}
	prose_hunks_release(&m.hunks);
	free(m.votes);
}
