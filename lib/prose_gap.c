/* SPDX-License-Identifier: MIT */
/* White space around what is placed; see prose_merge.h. */
#include <string.h>

#include "prose_region.h"

static enum gap class_of(struct slice gap)
{
	size_t n = slice_find(gap, '\n');

	if (!gap.len)
		return GAP_NONE;
	if (n && n < gap.len && gap.ptr[n - 1] == '\r')
		n--;
	return n >= 2 && n < gap.len && gap.ptr[n - 1] == ' ' &&
	       gap.ptr[n - 2] == ' ' ? GAP_HARD : GAP_SOFT;
}

/* The same but for white space? */
static bool same_marks(struct slice a, struct slice b)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < a.len && strchr(" \t\r\n\f\v", a.ptr[i]) &&
		       a.ptr[i])
			i++;
		while (j < b.len && strchr(" \t\r\n\f\v", b.ptr[j]) &&
		       b.ptr[j])
			j++;
		if (i == a.len || j == b.len)
			return i == a.len && j == b.len;
		if (a.ptr[i++] != b.ptr[j++])
			return false;
	}
}

/*
 * One gap of the three texts. Ours stays where the reader left it as it was,
 * and where the reader only wrapped lines anew that ours wrapped anew too.
 * Returns false if both sides changed what it means.
 */
static bool merge_gap(struct slice *out, struct slice base,
		      struct slice theirs, struct slice ours, bool breaks)
{
	enum gap b = breaks ? GAP_NONE : class_of(base);
	enum gap t = breaks ? GAP_NONE : class_of(theirs);
	enum gap o = breaks ? GAP_NONE : class_of(ours);

	*out = ours;
	if (slice_eq(theirs, base) || slice_eq(theirs, ours))
		return true;
	if (slice_eq(ours, base)) {
		*out = theirs;
		return true;
	}
	if (!same_marks(base, theirs)) {
		if (same_marks(ours, theirs) && o == t)
			return true;
		*out = theirs;
		return same_marks(ours, base) && o == b;
	}
	if (b == t || o == t)
		return true;
	*out = theirs;
	return o == b;
}

int region_place_gap(const struct region *r, size_t i, struct span *ours,
		     struct slice *words)
{
	const struct token_list *t = &r->theirs.tokens, *o = &r->ours.tokens;
	size_t ti = r->theirs.map[i], oi = r->ours.map[i];
	bool breaks = token_is_break(&r->base.items[i]);
	struct slice base, theirs, mine;

	if (ti == NOWHERE)
		return 0;
	if (breaks) {
		base = token_bytes(&r->base, i);
		theirs = token_bytes(t, ti);
	} else {
		if (!i || r->theirs.map[i - 1] + 1 != ti)
			return 0; /* the gap belongs to a hunk */
		base = token_gap(&r->base, i);
		theirs = token_gap(t, ti);
	}
	if (slice_eq(base, theirs))
		return 0;
	if (oi == NOWHERE || (!breaks && r->ours.map[i - 1] + 1 != oi))
		return same_marks(base, theirs) &&
		       (breaks || class_of(base) == class_of(theirs)) ? 0 : -1;
	mine = breaks ? token_bytes(o, oi) : token_gap(o, oi);
	if (!merge_gap(words, base, theirs, mine, breaks))
		return -1;
	if (slice_eq(*words, mine))
		return 0;
	ours->start = r->ours_at + (size_t)(mine.ptr - o->text.ptr);
	ours->end = ours->start + mine.len;
	return 1;
}

/*
 * The words of theirs from b0 up to b1, with the gaps between them. Where
 * lines begin otherwise here than there (with other quote marks), their line
 * ends become spaces, and breaks cannot be taken over.
 */
static bool add_words(struct region *r, size_t b0, size_t b1, bool same_depth)
{
	const struct token_list *t = &r->theirs.tokens;

	for (size_t i = b0; i < b1; i++) {
		struct slice gap = i > b0 ? token_gap(t, i) :
				   (struct slice){ NULL, 0 };

		if (!same_depth && memchr(gap.ptr ? gap.ptr : "", '\n',
					  gap.len))
			gap = SLICE(" ");
		if (!same_depth && token_is_break(&t->items[i]))
			return false;
		strbuf_add_slice(&r->bytes, gap);
		strbuf_add_slice(&r->bytes, token_bytes(t, i));
	}
	return true;
}

/* The one gap that is left where words went. */
static struct slice gap_after_removal(struct slice base_left,
				      struct slice base_right,
				      struct slice theirs, struct slice left,
				      struct slice right)
{
	if (slice_eq(base_left, left) && slice_eq(base_right, right))
		return theirs;
	/* the reader left one of them as it was: as ours has made it */
	if (slice_eq(theirs, base_left) && slice_eq(theirs, base_right))
		return slice_eq(base_left, left) ? right : left;
	if (slice_eq(theirs, base_left))
		return left;
	if (slice_eq(theirs, base_right))
		return right;
	if (class_of(theirs) == class_of(left))
		return left;
	if (class_of(theirs) == class_of(right))
		return right;
	return class_of(theirs) == GAP_SOFT ? SLICE(" ") : theirs;
}

bool region_place(struct region *r, size_t n, struct span *ours)
{
	const struct prose_hunk *h = &r->theirs.hunks.items[n];
	const struct token_list *t = &r->theirs.tokens, *o = &r->ours.tokens;
	const uint32_t *map = r->ours.map;
	struct slice base_left = token_gap(&r->base, h->a0);
	struct slice base_right = token_gap(&r->base, h->a1);
	struct slice their_left = token_gap(t, h->b0);
	struct slice their_right = token_gap(t, h->b1);
	struct slice left, right;
	bool same_depth;
	size_t o0, o1;

	if (h->a0 < h->a1) {
		o0 = map[h->a0];
		o1 = map[h->a1 - 1];
		if (o0 == NOWHERE || o1++ == NOWHERE)
			return false;
	} else {
		bool at_left = map[h->a0] == NOWHERE || (h->ends && !h->starts);

		if (at_left && (!h->a0 || map[h->a0 - 1] == NOWHERE))
			return false;
		o0 = o1 = at_left ? map[h->a0 - 1] + 1 : map[h->a0];
	}
	left = token_gap(o, o0);
	right = token_gap(o, o1);
	ours->start = r->ours_at + (o0 ? o->items[o0 - 1].end : 0);
	ours->end = r->ours_at + o->items[o1].start;
	same_depth = !h->b0 || !o0 ||
		     r->theirs.depth[h->b0 - 1] == r->ours.depth[o0 - 1];
	strbuf_truncate(&r->bytes, 0);
	if (h->b0 == h->b1 && token_is_break(&r->base.items[h->a1]) &&
	    !token_is_break(&o->items[o1])) {
		strbuf_add_slice(&r->bytes, right); /* it was joined here */
		return true;
	}
	if (h->b0 == h->b1) {
		left = gap_after_removal(base_left, base_right, their_left,
					 left, right);
		strbuf_add_slice(&r->bytes, left);
		return true;
	}
	if (h->a0 == h->a1) {
		if (slice_eq(left, base_left)) {
			left = their_left;
			right = their_right;
		} else if (class_of(left) != class_of(base_left)) {
			return false;
		} else if (!their_right.len && their_left.len) {
			right = their_right;
		} else {
			right = their_right.len ? left : their_right;
			left = their_left;
		}
	} else if (!merge_gap(&left, base_left, their_left, left, false) ||
		   !merge_gap(&right, base_right, their_right, right, false)) {
		return false;
	}
	if (!same_depth && memchr(left.ptr ? left.ptr : "", '\n', left.len) &&
	    left.ptr == their_left.ptr)
		left = SLICE(" ");
	if (!same_depth && memchr(right.ptr ? right.ptr : "", '\n',
				  right.len) && right.ptr == their_right.ptr)
		right = SLICE(" ");
	strbuf_add_slice(&r->bytes, left);
	if (!add_words(r, h->b0, h->b1, same_depth))
		return false;
	strbuf_add_slice(&r->bytes, right);
	return true;
}
