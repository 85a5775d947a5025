/* SPDX-License-Identifier: MIT */
/* {==passage==}{>>remark<<} where it breaks nothing. */
#include "critic.h"
#include "place_private.h"

#define FEWEST 4	/* words: shorter sentences go with the one before */
#define SHORT 25	/* words: a quote that is highlighted as a whole */

/* ---- what a long quote is about ---------------------------------------- */

static uint32_t flags_at(const struct text_map *map, size_t i)
{
	return map->vocabulary.words[map->words.items[i].word].flags;
}

/* Is there a space before the word? */
static bool is_spaced(const struct text_map *map, size_t i)
{
	const struct text_word *w = map->words.items + i;
	struct slice chunk = map->chunks[text_map_block(map, i)->chunk].source;
	struct slice gap = slice_sub(chunk, w[-1].end, w->start);

	for (size_t j = 0; j < gap.len; j++)
		if ((unsigned char)gap.ptr[j] <= ' ')
			return true;
	return false;
}

/* Is word `i` the first of a sentence, as far as the words say? */
static bool starts_sentence(const struct text_map *map, size_t i, size_t first)
{
	size_t at = i;

	if (flags_at(map, i) & (WORD_LOWER | WORD_CLOSER | WORD_STOP |
				WORD_FULL_STOP))
		return false;
	while (i > first && flags_at(map, i - 1) & WORD_CLOSER)
		i--;
	if (i == first)
		return true;
	if (flags_at(map, i - 1) & WORD_FULL_STOP)
		return true;
	while (at > i && !is_spaced(map, at))
		at--;
	if (!is_spaced(map, at))
		return false; /* "8.04" */
	return flags_at(map, i - 1) & WORD_STOP &&
	       !(i - 1 > first && flags_at(map, i - 2) & WORD_INITIAL);
}

size_t place_sentence_end(const struct text_map *map, struct span words)
{
	size_t i = words.start + 1;

	while (i < words.end && !starts_sentence(map, i, words.start))
		i++;
	/* its opening quote or bracket is part of the next one */
	while (i < words.end && i > words.start + 1 &&
	       flags_at(map, i - 1) & WORD_CLOSER &&
	       is_spaced(map, i - 1) && !is_spaced(map, i))
		i--;
	return i;
}

struct span place_passage(const struct text_map *map, struct span words)
{
	const struct text_block *b = text_map_block(map, words.end - 1);
	size_t i, counted = 0;

	if (words.start < b->first)
		words.start = b->first;
	if (words.end - words.start <= SHORT)
		return words;
	for (i = words.end; i-- > words.start + 1;) {
		counted += flags_at(map, i) & WORD_COUNTED;
		if (counted >= FEWEST && starts_sentence(map, i, words.start))
			break;
	}
	/* its opening quote or bracket is part of it */
	while (i > words.start && flags_at(map, i - 1) & WORD_CLOSER &&
	       map->words.items[i - 1].end == map->words.items[i].start)
		i--;
	words.start = i;
	return words;
}

/* ---- bytes that can be highlighted ------------------------------------- */

static unsigned depth_of(const struct node *n)
{
	unsigned depth = 0;

	for (; n; n = n->parent)
		depth++;
	return depth;
}

/* The innermost node that both are in, and its children that lead there. */
static const struct node *common(const struct node **a, const struct node **b)
{
	unsigned x = depth_of(*a), y = depth_of(*b);

	for (; x > y; x--)
		*a = (*a)->parent;
	for (; y > x; y--)
		*b = (*b)->parent;
	while (*a && *b && (*a)->parent != (*b)->parent) {
		*a = (*a)->parent;
		*b = (*b)->parent;
	}
	return *a && *b ? (*a)->parent : NULL;
}

static bool can_be_cut(const struct node *n, const struct reread *r, size_t at)
{
	if (n->type != NODE_TEXT)
		return false;
	return !(n->flags & NODE_LITERAL) || at == r->at + n->start ||
	       at == r->at + n->end;
}

/* Widened to whole nodes where they would be cut. */
static bool bytes_of(struct span *out, const struct reread *r,
		     struct span words)
{
	const struct text_word *w = r->map->words.items;
	size_t start = w[words.start].start, end = w[words.end - 1].end;
	const struct node *a = reread_node(r, start);
	const struct node *b = reread_node(r, end - 1), *parent;

	if (!a || !b || !NODE_IS_INLINE(a->type) || !NODE_IS_INLINE(b->type))
		return false;
	parent = common(&a, &b);
	if (!parent)
		return false;
	if (parent->type == NODE_LINK && parent->flags & NODE_AUTOLINK)
		a = b = parent;
	else if (!text_map_is_leaf(parent) && !NODE_IS_INLINE(parent->type))
		return false;
	out->start = can_be_cut(a, r, start) ? start : r->at + a->start;
	out->end = can_be_cut(b, r, end) ? end : r->at + b->end;
	return out->start < out->end;
}

/* After the last inline of what the words stand in. */
static bool end_of(struct span *out, const struct reread *r, struct span words)
{
	const struct text_word *w = &r->map->words.items[words.end - 1];
	const struct node *leaf = reread_leaf(reread_node(r, w->start));

	if (!leaf || !leaf->last)
		return false;
	out->start = out->end = r->at + leaf->last->end;
	return true;
}

/* ---- trying ------------------------------------------------------------ */

struct attempt {
	const struct reread *before;
	struct span at;		/* bytes of the chunk */
	struct slice remark;
	bool guard;
};

static void make(struct strbuf *out, const struct attempt *a,
		 struct slice bytes, size_t from)
{
	size_t start = a->at.start - from, end = a->at.end - from;

	strbuf_add_slice(out, slice_sub(bytes, 0, start));
	if (end > start) {
		strbuf_adds(out, "{==");
		strbuf_add_slice(out, slice_sub(bytes, start, end));
		strbuf_adds(out, "==}");
	}
	critic_add_remark(out, a->remark, a->guard);
	strbuf_add_slice(out, slice_sub(bytes, end, bytes.len));
}

/* One comment more, and nothing else is read in another way. */
static bool is_harmless(const struct attempt *a)
{
	struct strbuf bytes = STRBUF_INIT, x = STRBUF_INIT, y = STRBUF_INIT;
	struct reread after = REREAD_INIT;
	bool good = false;

	make(&bytes, a, a->before->source, a->before->at);
	if (reread_bytes(&after, a->before, strbuf_slice(&bytes), NULL) == 0 &&
	    reread_comments(&after) == reread_comments(a->before) + 1) {
		reread_shape(&x, a->before, SHAPE_WHOLE);
		reread_shape(&y, &after, SHAPE_WHOLE);
		good = slice_eq(strbuf_slice(&x), strbuf_slice(&y));
	}
	reread_release(&after);
	strbuf_release(&bytes);
	strbuf_release(&x);
	strbuf_release(&y);
	return good;
}

bool place_remark(struct strbuf *theirs, struct text_map *map,
		  struct span words, bool at_end, struct slice remark)
{
	const struct text_block *block = text_map_block(map, words.end - 1);
	struct reread before = REREAD_INIT;
	struct attempt a = { .before = &before, .remark = remark };
	bool done = false;

	if (reread_block(&before, map, block, NULL) < 0)
		goto out;
	/* the passage, then its paragraph's end; then with a guard */
	for (int i = 0; i < 4 && !done; i++) {
		a.guard = i & 1;
		if (i < 2 && (at_end || !bytes_of(&a.at, &before, words)))
			continue;
		if (i >= 2 && !end_of(&a.at, &before, words))
			break;
		done = is_harmless(&a);
	}
	if (done)
		make(theirs, &a, map->chunks[block->chunk].source, 0);
out:
	reread_release(&before);
	return done;
}
