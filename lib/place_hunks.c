/* SPDX-License-Identifier: MIT */
/*
 * From words that differ to bytes that are replaced. Markup around and between
 * the words that stay is the author's and stays; the white space around the
 * words that go or come is the author's, unless the reader changed it.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "place_private.h"
#include "prose_diff.h"

void splices_release(struct splices *splices)
{
	free(splices->items);
	arena_release(&splices->arena);
	*splices = (struct splices)SPLICES_INIT;
}

enum gap_kind { TIGHT, SPACED, EITHER };

struct hunks {
	struct splices *out;
	const struct reread *r;
	const struct rewording *w;
	const struct text_word *old;	/* the words that are replaced, */
	size_t old_count;
	const struct text_block *block;
	const struct text_word *new;
	size_t new_count;
	struct text_words typed;	/* of old_typed, if they are as many */
	struct slice source;		/* of the chunk */
	struct strbuf bytes;
};

/* ---- the space before a word ------------------------------------------ */

static bool has_space(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] <= ' ' ||
		    (s.ptr[i] == '\xC2' && i + 1 < s.len &&
		     s.ptr[i + 1] == '\xA0'))
			return true;
	return false;
}

/* Scripts without spaces: there a line's end is no space. */
static bool is_wide(struct slice source, uint32_t at)
{
	return at < source.len && (unsigned char)source.ptr[at] >= 0xE3;
}

/* Before word `i` of the block's; `i` counts from the first old word. */
static enum gap_kind gap_in_text(const struct hunks *h, ptrdiff_t i)
{
	struct slice gap = slice_sub(h->source, h->old[i - 1].end,
				     h->old[i].start);

	if (slice_find(gap, '\n') < gap.len &&
	    is_wide(h->source, h->old[i - 1].start) &&
	    is_wide(h->source, h->old[i].start))
		return EITHER;
	return has_space(gap) ? SPACED : TIGHT;
}

static enum gap_kind gap_in_typed(struct slice typed,
				  const struct text_word *words, size_t i)
{
	return has_space(slice_sub(typed, words[i - 1].end, words[i].start))
		       ? SPACED : TIGHT;
}

static enum gap_kind gap_new(const struct hunks *h, size_t i)
{
	return gap_in_typed(h->w->new_typed, h->new, i);
}

static bool same_gap(enum gap_kind a, enum gap_kind b)
{
	return a == b || a == EITHER || b == EITHER;
}

static const char *gap_bytes(enum gap_kind gap)
{
	return gap == SPACED ? " " : "";
}

/* ---- one run of text -------------------------------------------------- */

static bool is_text(const struct node *n)
{
	return n && (n->type == NODE_TEXT || n->type == NODE_SOFT_BREAK);
}

/* An escape or entity goes as a whole. */
static bool cuts_literal(const struct hunks *h, const struct node *n,
			 struct span span)
{
	size_t at = h->r->at;

	return n->type == NODE_TEXT && n->flags & NODE_LITERAL &&
	       (span.start > at + n->start || span.end < at + n->end);
}

static bool is_in_code(const struct hunks *h, const struct node *n,
		       struct span span)
{
	struct slice own = slice_sub(h->source, span.start, span.end);

	if (n->type != NODE_CODE && n->type != NODE_CODE_BLOCK)
		return false;
	return span.start > h->r->at + n->start &&
	       span.end < h->r->at + n->end && slice_find(own, '\n') == own.len;
}

/* May these bytes be replaced without harm to any markup? */
static bool is_one_run(const struct hunks *h, struct span span)
{
	const struct node *first = reread_node(h->r, span.start);
	const struct node *last = span.end > span.start
					  ? reread_node(h->r, span.end - 1)
					  : first;

	if (span.start == span.end) {
		/* at either side of a word */
		const struct node *before = span.start
			? reread_node(h->r, span.start - 1) : NULL;

		return is_text(first) || is_text(before) ||
		       (first && first == before && is_in_code(h, first,
							       span));
	}
	if (!first || !last)
		return false;
	if (first == last && is_in_code(h, first, span))
		return true;
	if (!is_text(first) || !is_text(last) || first->parent != last->parent)
		return false;
	if (cuts_literal(h, first, (struct span){ span.start, SIZE_MAX }) ||
	    cuts_literal(h, last, (struct span){ 0, span.end }))
		return false;
	for (; first != last; first = first->next)
		if (!first || !is_text(first))
			return false;
	return true;
}

static bool put(struct hunks *h, size_t start, size_t end)
{
	struct splices *s = h->out;
	struct splice splice = { { start, end }, { NULL, 0 } };

	if (!is_one_run(h, splice.span))
		return false;
	if (s->count && s->items[s->count - 1].span.end > start)
		return false; /* two changes of one space */
	splice.bytes = arena_slice(&s->arena, strbuf_slice(&h->bytes));
	GROW(s->items, s->count, s->capacity);
	s->items[s->count++] = splice;
	return true;
}

/* ---- hunks ------------------------------------------------------------ */

/* Instead of the bytes: `before`, new words b0 up to b1, `after`. */
static void make(struct hunks *h, const char *before, size_t b0, size_t b1,
		 const char *after)
{
	strbuf_truncate(&h->bytes, 0);
	strbuf_adds(&h->bytes, before);
	if (b1 > b0)
		place_typed(&h->bytes,
			    slice_sub(h->w->new_typed, h->new[b0].start,
				      h->new[b1 - 1].end), h->source);
	strbuf_adds(&h->bytes, after);
}

static bool replace(struct hunks *h, const struct prose_hunk *k)
{
	size_t start = h->old[k->a0].start, end = h->old[k->a1 - 1].end;
	const char *before = "", *after = "";

	if (k->a0 && !same_gap(gap_in_text(h, (ptrdiff_t)k->a0),
			       gap_new(h, k->b0))) {
		start = h->old[k->a0 - 1].end;
		before = gap_bytes(gap_new(h, k->b0));
	}
	if (k->a1 < h->old_count && !same_gap(gap_in_text(h, (ptrdiff_t)k->a1),
					      gap_new(h, k->b1))) {
		end = h->old[k->a1].start;
		after = gap_bytes(gap_new(h, k->b1));
	}
	make(h, before, k->b0, k->b1, after);
	return put(h, start, end);
}

static unsigned depth_at(const struct hunks *h, size_t at)
{
	const struct node *n = reread_node(h->r, at);
	unsigned depth = 0;

	for (; n; n = n->parent)
		depth++;
	return depth;
}

static bool insert(struct hunks *h, const struct prose_hunk *k)
{
	bool left = k->a0 > 0, right = k->a0 < h->old_count;
	enum gap_kind own, before = TIGHT, after = TIGHT;
	size_t p = left ? h->old[k->a0 - 1].end : 0;
	size_t n = right ? h->old[k->a0].start : 0;

	if (left)
		before = gap_new(h, k->b0);
	if (right)
		after = gap_new(h, k->b1);
	own = left && right ? gap_in_text(h, (ptrdiff_t)k->a0) : TIGHT;
	if (left && right && same_gap(own, before) && same_gap(own, after) &&
	    depth_at(h, p - 1) > depth_at(h, n))
		left = false;	/* the outer one of two nodes */
	else if (left && right && !same_gap(own, after) &&
		 same_gap(own, before))
		left = false;
	else if (left && right && !same_gap(own, after)) {
		make(h, gap_bytes(before), k->b0, k->b1, gap_bytes(after));
		return put(h, p, n);
	}
	if (left) {
		make(h, gap_bytes(before), k->b0, k->b1, "");
		return put(h, p, p);
	}
	make(h, "", k->b0, k->b1, gap_bytes(after));
	return put(h, n, n);
}

/* Words go, and of the two spaces around them one. */
static bool delete(struct hunks *h, const struct prose_hunk *k)
{
	ptrdiff_t from = (ptrdiff_t)k->a0, to = (ptrdiff_t)k->a1;
	ptrdiff_t first = (ptrdiff_t)h->block->first -
			  (ptrdiff_t)h->w->words.start;
	bool left = from > first;
	bool right = to < first + (ptrdiff_t)h->block->count;
	enum gap_kind before = left ? gap_in_text(h, from) : TIGHT;
	enum gap_kind after = right ? gap_in_text(h, to) : TIGHT;
	enum gap_kind wanted = before == TIGHT || after == TIGHT ? TIGHT
								 : SPACED;

	if (!left && !right)
		return false; /* nothing would be left of the paragraph */
	if (k->a0 && k->a1 < h->old_count)
		wanted = gap_new(h, k->b0);
	make(h, "", 0, 0, "");
	if (right && (!left || same_gap(before, wanted)) &&
	    put(h, h->old[from].start, h->old[to].start))
		return true;
	if (left && (!right || same_gap(after, wanted)) &&
	    put(h, h->old[from - 1].end, h->old[to - 1].end))
		return true;
	if (!left || !right)
		return put(h, h->old[from].start, h->old[to - 1].end);
	make(h, gap_bytes(wanted), 0, 0, "");
	return put(h, h->old[from - 1].end, h->old[to].start);
}

/* ---- what is the same but for its dress -------------------------------- */

/* The reader put another dash, quote or space where folding sees none:
 * between the words `a` of old and `b` of new, and before them. */
static bool redress(struct hunks *h, size_t a, size_t b, bool first)
{
	struct slice was, is;
	enum gap_kind gap;

	if (!h->typed.count)
		return true;
	if (!first) {
		gap = gap_new(h, b);
		if (gap != gap_in_typed(h->w->old_typed, h->typed.items, a) &&
		    !same_gap(gap, gap_in_text(h, (ptrdiff_t)a))) {
			make(h, gap_bytes(gap), 0, 0, "");
			if (!put(h, h->old[a - 1].end, h->old[a].start))
				return false;
		}
	}
	was = slice_sub(h->w->old_typed, h->typed.items[a].start,
			h->typed.items[a].end);
	is = slice_sub(h->w->new_typed, h->new[b].start, h->new[b].end);
	if (slice_eq(was, is))
		return true;
	make(h, "", b, b + 1, "");
	if (slice_eq(strbuf_slice(&h->bytes),
		     slice_sub(h->source, h->old[a].start, h->old[a].end)))
		return true;
	return put(h, h->old[a].start, h->old[a].end);
}

static bool redress_run(struct hunks *h, size_t a, size_t b, size_t a_end)
{
	for (bool first = true; a < a_end; a++, b++, first = false)
		if (!redress(h, a, b, first))
			return false;
	return true;
}

/* ---- all of them ------------------------------------------------------- */

/* A list for prose_diff(): the words between two breaks. */
static void make_list(struct token_list *list, const struct text_word *words,
		      size_t count)
{
	list->count = 0;
	for (size_t i = 0; i < count + 2; i++) {
		struct token t = { .gap = GAP_SOFT, .flags = TOKEN_COUNTED };

		if (i == 0 || i == count + 1)
			t.flags = TOKEN_SENTENCE;
		else
			t.word = words[i - 1].word;
		t.start = t.end = (uint32_t)i;
		GROW(list->items, list->count, list->capacity);
		list->items[list->count++] = t;
	}
}

static void diff(struct prose_hunks *hunks, const struct text_word *old,
		 size_t old_count, const struct text_word *new,
		 size_t new_count)
{
	struct token_list a = TOKEN_LIST_INIT, b = TOKEN_LIST_INIT;

	make_list(&a, old, old_count);
	make_list(&b, new, new_count);
	prose_diff(hunks, &a, &b);
	for (size_t i = 0; i < hunks->count; i++) {
		struct prose_hunk *k = &hunks->items[i];

		k->a0--, k->a1--, k->b0--, k->b1--; /* the first break */
	}
	token_list_release(&a);
	token_list_release(&b);
}

size_t place_common(struct text_map *map, struct span words,
		    const struct text_words *others)
{
	struct prose_hunks hunks = PROSE_HUNKS_INIT;
	size_t common = words.end - words.start;

	diff(&hunks, map->words.items + words.start, words.end - words.start,
	     others->items, others->count);
	for (size_t i = 0; i < hunks.count; i++)
		common -= hunks.items[i].a1 - hunks.items[i].a0;
	prose_hunks_release(&hunks);
	return common;
}

static bool put_hunks(struct hunks *h, const struct prose_hunks *hunks)
{
	size_t a = 0, b = 0;

	for (size_t i = 0; i < hunks->count; i++) {
		const struct prose_hunk *k = &hunks->items[i];
		bool done;

		if (!redress_run(h, a, b, k->a0))
			return false;
		done = k->a0 == k->a1 ? insert(h, k) :
		       k->b0 == k->b1 ? delete(h, k) : replace(h, k);
		if (!done)
			return false;
		a = k->a1;
		b = k->b1;
	}
	return redress_run(h, a, b, h->old_count);
}

bool place_hunks(struct splices *out, const struct reread *r,
		 const struct rewording *w, struct strbuf *why)
{
	struct prose_hunks hunks = PROSE_HUNKS_INIT;
	struct hunks h = {
		.out = out, .r = r, .w = w,
		.old = r->map->words.items + w->words.start,
		.old_count = w->words.end - w->words.start,
		.block = text_map_block(r->map, w->words.start),
		.new = w->new_words->items, .new_count = w->new_words->count,
		.typed = TEXT_WORDS_INIT,
		.source = r->map->chunks[r->chunk].source,
		.bytes = STRBUF_INIT
	};
	bool done;

	text_fold_read(&h.typed, &r->map->vocabulary, w->old_typed);
	if (h.typed.count != h.old_count)
		h.typed.count = 0;
	diff(&hunks, h.old, h.old_count, h.new, h.new_count);
	done = put_hunks(&h, &hunks);
	if (!done)
		strbuf_adds(why, "it would cut the author's markup");
	prose_hunks_release(&hunks);
	text_words_release(&h.typed);
	strbuf_release(&h.bytes);
	return done;
}
