/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include <unictype.h>

#include "alloc.h"
#include "prose_parts.h"
#include "utf8.h"

#define MOST_HUNKS 4		/* in a passage that is still read with ease */
#define SHORT_WORD 3		/* bytes of a word that two changes swallow */

/* --- white space, as it is shown --- */

/* Nothing, one space, or "\n" for a hard line break. */
static const char *flat_gap(struct slice gap)
{
	size_t n = slice_find(gap, '\n');

	if (!gap.len)
		return "";
	if (n && n < gap.len && gap.ptr[n - 1] == '\r')
		n--;
	return n >= 2 && n < gap.len && gap.ptr[n - 1] == ' ' &&
	       gap.ptr[n - 2] == ' ' ? "\n" : " ";
}

/* The marks of the block that starts after a break: "- ", "> ", "". */
static struct slice marks_of(struct slice bytes)
{
	size_t from = bytes.len;

	while (from && bytes.ptr[from - 1] != '\n')
		from--;
	return slice_trim(slice_sub(bytes, from, bytes.len));
}

bool parts_gap_differs(struct slice a, struct slice b)
{
	return strcmp(flat_gap(a), flat_gap(b)) != 0;
}

bool parts_break_differs(struct slice a, struct slice b)
{
	return !slice_eq(marks_of(a), marks_of(b));
}

static void add_token(struct strbuf *out, const struct token_list *t, size_t i,
		      bool first)
{
	struct slice bytes = token_bytes(t, i), marks;

	if (!token_is_break(&t->items[i])) {
		strbuf_add_slice(out, bytes);
		return;
	}
	marks = marks_of(bytes);
	if (!first)
		strbuf_addch(out, '\n');
	strbuf_add_slice(out, marks);
	if (marks.len)
		strbuf_addch(out, ' ');
}

/*
 * Tokens from..to of a text whose passage is first..last; with the white
 * space at both ends, or without.
 */
static void add_tokens(struct strbuf *out, const struct token_list *t,
		       size_t from, size_t to, size_t first, size_t last,
		       bool ends)
{
	for (size_t i = from; i < to; i++) {
		if (i > first && (i > from || ends))
			strbuf_adds(out, flat_gap(token_gap(t, i)));
		add_token(out, t, i, i == first);
	}
	if (ends && to < last && to > first)
		strbuf_adds(out, flat_gap(token_gap(t, to)));
}

/* --- whole words --- */

static bool is_counted(const struct token_list *t, size_t i)
{
	return t->items[i].flags & TOKEN_COUNTED;
}

/* An opening bracket or quote; or a mark of ASCII, which may be anything. */
static bool opens(struct slice mark, bool *ascii)
{
	unsigned c = 0;

	utf8_decode(&c, mark);
	*ascii = c < 0x80;
	return uc_is_general_category_withtable(
		c, UC_CATEGORY_MASK_Ps | UC_CATEGORY_MASK_Pi);
}

/* Are tokens i - 1 and i shown as one word? */
static bool are_joined(const struct token_list *t, size_t i)
{
	bool ascii, left, right;

	if (token_is_break(&t->items[i - 1]) || token_is_break(&t->items[i]) ||
	    token_gap(t, i).len)
		return false;
	if ((t->items[i - 1].flags | t->items[i].flags) & TOKEN_ALONE)
		return false;
	if (is_counted(t, i - 1) && is_counted(t, i))
		return false; /* of a script without spaces */
	if (is_counted(t, i)) {
		left = opens(token_bytes(t, i - 1), &ascii);
		return left || ascii;
	}
	right = opens(token_bytes(t, i), &ascii);
	return !right || ascii ||
	       (!is_counted(t, i - 1) && opens(token_bytes(t, i - 1), &ascii));
}

static bool joined_left(const struct word_passage *p,
			const struct part_hunk *h)
{
	return h->a0 > p->a0 && h->b0 > p->b0 &&
	       ((h->a0 < p->a1 && are_joined(p->base, h->a0)) ||
		(h->b0 < p->b1 && are_joined(p->theirs, h->b0)));
}

static bool joined_right(const struct word_passage *p,
			 const struct part_hunk *h)
{
	return h->a1 < p->a1 && h->b1 < p->b1 &&
	       ((h->a1 > p->a0 && are_joined(p->base, h->a1)) ||
		(h->b1 > p->b0 && are_joined(p->theirs, h->b1)));
}

/* Nothing but marks from `from` up to `to` of base, or one short word? */
static bool is_little(const struct word_passage *p, size_t from, size_t to)
{
	size_t words = 0;

	for (size_t i = from; i < to; i++) {
		if (token_is_break(&p->base->items[i]) ||
		    p->base->items[i].flags & TOKEN_ALONE)
			return false;
		if (!is_counted(p->base, i))
			continue;
		if (words++ || token_bytes(p->base, i).len > SHORT_WORD)
			return false;
	}
	return true;
}

/* What may be shown; or has other tokens, at least. */
static bool is_hunk(const struct word_change *change)
{
	return change->visible || change->words;
}

/* The first token of the next hunk; the end. */
static size_t next_hunk(const struct word_passage *p, size_t i)
{
	while (i < p->count && !is_hunk(&p->changes[i]))
		i++;
	return i < p->count ? p->changes[i].a0 : p->a1;
}

/* The changes, widened to whole words, and joined where they meet. */
static size_t read_part_hunks(struct part_hunk *hunks,
			      const struct word_passage *p)
{
	size_t count = 0;

	for (size_t i = 0; i < p->count; i++) {
		const struct word_change *c = &p->changes[i];
		/* its breaks at the ends may not be part of the passage */
		struct part_hunk h = { c->a0, c->a1 < p->a1 ? c->a1 : p->a1,
				       c->b0, c->b1 < p->b1 ? c->b1 : p->b1 };
		struct part_hunk *last = count ? &hunks[count - 1] : NULL;
		size_t low = last ? last->a1 : p->a0, high;

		if (!is_hunk(c))
			continue;
		if (h.a0 == h.a1 && h.b0 == h.b1 && h.a0 > low && h.b0 > p->b0)
			h.a0--, h.b0--; /* it stands apart now, or not */
		while (h.a0 > low && joined_left(p, &h))
			h.a0--, h.b0--;
		high = next_hunk(p, i + 1);
		while (h.a1 < high && joined_right(p, &h))
			h.a1++, h.b1++;
		if (last && is_little(p, low, h.a0)) {
			last->a1 = h.a1;
			last->b1 = h.b1;
		} else {
			hunks[count++] = h;
		}
	}
	return count;
}

static size_t count_words(const struct token_list *t, size_t from, size_t to)
{
	size_t n = 0;

	for (size_t i = from; i < to; i++)
		n += is_counted(t, i);
	return n;
}

/* Do so many words change, here and there, that nobody could read it? */
static bool is_confetti(const struct word_passage *p,
			const struct part_hunk *hunks, size_t count)
{
	size_t all = count_words(p->base, p->a0, p->a1) +
		     count_words(p->theirs, p->b0, p->b1), changed = 0;

	for (size_t i = 0; i < count; i++)
		changed += count_words(p->base, hunks[i].a0, hunks[i].a1) +
			   count_words(p->theirs, hunks[i].b0, hunks[i].b1);
	return count > MOST_HUNKS || (count > 1 && 2 * changed > all);
}

size_t parts_hunks(struct part_hunk *hunks, bool *replaced,
		   const struct word_passage *p)
{
	size_t count = read_part_hunks(hunks, p);

	*replaced = is_confetti(p, hunks, count);
	if (!*replaced)
		return count;
	hunks[0] = (struct part_hunk){ p->a0, p->a1, p->b0, p->b1 };
	return 1;
}

/* --- parts --- */

struct part_writer {
	const struct word_passage *passage;
	struct arena *arena;
	struct prose_part *parts;
	size_t count;
	struct strbuf kept, old, new;
};

static void add_part(struct part_writer *w, enum prose_part_kind kind,
		     struct slice words)
{
	if (words.len)
		w->parts[w->count++] = (struct prose_part){
			kind, arena_slice(w->arena, words)
		};
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n';
}

/* White space that both have at an end is kept. */
static void add_hunk(struct part_writer *w, const struct part_hunk *h)
{
	const struct word_passage *p = w->passage;
	struct slice old, new;
	char after = '\0';

	strbuf_truncate(&w->old, 0);
	strbuf_truncate(&w->new, 0);
	add_tokens(&w->old, p->base, h->a0, h->a1, p->a0, p->a1, true);
	add_tokens(&w->new, p->theirs, h->b0, h->b1, p->b0, p->b1, true);
	old = strbuf_slice(&w->old);
	new = strbuf_slice(&w->new);
	if (old.len && new.len && is_space(*old.ptr) && *old.ptr == *new.ptr) {
		strbuf_addch(&w->kept, *old.ptr);
		old = slice_sub(old, 1, old.len);
		new = slice_sub(new, 1, new.len);
	}
	if (old.len && new.len && is_space(old.ptr[old.len - 1]) &&
	    old.ptr[old.len - 1] == new.ptr[new.len - 1]) {
		after = old.ptr[old.len - 1];
		old.len--;
		new.len--;
	}
	if (slice_eq(old, new)) {
		strbuf_add_slice(&w->kept, old);
	} else {
		add_part(w, PROSE_KEPT, strbuf_slice(&w->kept));
		strbuf_truncate(&w->kept, 0);
		add_part(w, PROSE_DELETED, old);
		add_part(w, PROSE_INSERTED, new);
	}
	if (after)
		strbuf_addch(&w->kept, after);
}

void parts_make(struct prose_passage *out, struct arena *arena,
		const struct word_passage *p)
{
	struct part_hunk *hunks = xreallocarray(NULL, p->count + 1,
						sizeof(*hunks));
	size_t count = parts_hunks(hunks, &out->replaced, p), at = p->a0;
	struct part_writer w = { p, arena, NULL, 0, STRBUF_INIT, STRBUF_INIT,
				 STRBUF_INIT };

	w.parts = arena_alloc(arena, (3 * count + 1) * sizeof(*w.parts));
	for (size_t i = 0; i < count; i++) {
		add_tokens(&w.kept, p->base, at, hunks[i].a0, p->a0, p->a1,
			   false);
		add_hunk(&w, &hunks[i]);
		at = hunks[i].a1;
	}
	add_tokens(&w.kept, p->base, at, p->a1, p->a0, p->a1, false);
	add_part(&w, PROSE_KEPT, strbuf_slice(&w.kept));
	out->parts = w.parts;
	out->part_count = w.count;
	free(hunks);
	strbuf_release(&w.kept);
	strbuf_release(&w.old);
	strbuf_release(&w.new);
}
