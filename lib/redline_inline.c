/* SPDX-License-Identifier: MIT */
/*
 * The inlines of a block, as a list of words and of what stands around them.
 * The words are parted as those of any text (tokens.h), on one line; pictures,
 * notes, code and the like are words too.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "redline_private.h"

/* What a text begins with, so that its words are not taken for marks of a
 * list or the like; no word of it. */
static const char before[] = "x ";
#define BEFORE (sizeof(before) - 1)

#define ELEMENT_NODES 20	/* in an element of HTML that is one word */

/* Object replacement character: a word that is none. */
static const char object[] = "\xEF\xBF\xBC";

void inlines_release(struct rl_inlines *in)
{
	free(in->items.items);
	free(in->token_items);
	token_list_release(&in->tokens);
	strbuf_release(&in->flat);
	strbuf_release(&in->scratch);
}

static bool is_wrapper(const struct node *n)
{
	switch (n->type) {
	case NODE_EMPHASIS:
	case NODE_STRONG:
	case NODE_STRIKETHROUGH:
	case NODE_SPAN:
	case NODE_LINK:
	case NODE_INSERTION:
	case NODE_HIGHLIGHT:
	case NODE_LINE:
		return n->first;
	default:
		return false;
	}
}

/* Words apart from what stands before: the next line of a stanza. */
static bool starts_line(const struct node *n)
{
	return n->type == NODE_LINE;
}

/* "kbd" of "<kbd>" and of "</kbd>"; "" of what is neither. */
static struct slice tag_name(struct slice tag, bool *closing)
{
	size_t from = 1, to;

	*closing = tag.len > 1 && tag.ptr[1] == '/';
	from += *closing;
	for (to = from; to < tag.len; to++)
		if (strchr(" \t\r\n/>", tag.ptr[to]))
			break;
	return slice_sub(tag, from, to);
}

/*
 * The end of an element of HTML, as "<kbd>Q</kbd>" or "<br>", which is a word.
 * NULL: there is none near.
 */
static const struct node *element_end(const struct node *n)
{
	bool closing;
	struct slice name = tag_name(n->text, &closing);
	size_t depth = 1, looked = 0;

	if (closing || !name.len || *name.ptr == '!')
		return NULL;
	if (slice_ends_with(n->text, SLICE("/>")) ||
	    slice_eq_str(name, "br") || slice_eq_str(name, "wbr") ||
	    slice_eq_str(name, "img"))
		return n;
	while ((n = n->next) && looked++ < ELEMENT_NODES) {
		if (n->type != NODE_HTML_INLINE ||
		    !slice_eq(tag_name(n->text, &closing), name))
			continue;
		depth += closing ? (size_t)-1 : 1;
		if (!depth)
			return n;
	}
	return NULL;
}

static const struct node *object_end(const struct node *n)
{
	const struct node *end = n->type == NODE_HTML_INLINE ?
				 element_end(n) : NULL;

	return end ? end : n;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* A node that is part of a word, with the space at its ends. */
static void add_part(struct strbuf *out, const struct node *n)
{
	const struct canon all = { 0, NULL, NULL };
	struct slice text = n->type == NODE_TEXT ? n->text : SLICE("");

	if (n->type == NODE_SOFT_BREAK || (text.len && is_space(*text.ptr)))
		strbuf_addch(out, ' ');
	redline_canon(out, n, &all);
	if (text.len && is_space(text.ptr[text.len - 1]))
		strbuf_addch(out, ' ');
}

/* The next in document order; not below what is a word. */
static const struct node *next_inline(const struct node *n,
				      const struct node *block)
{
	return is_wrapper(n) ? n->first : node_skip(object_end(n), block);
}

static void add_flat(struct strbuf *flat, struct slice text)
{
	size_t from = flat->len;

	strbuf_add_slice(flat, text);
	for (size_t i = from; i < flat->len; i++)
		if (flat->buf[i] == '\n' || flat->buf[i] == '\r')
			flat->buf[i] = ' ';
}

static void add_flat_block(struct strbuf *flat, const struct node *block)
{
	for (const struct node *n = block->first; n;
	     n = next_inline(n, block)) {
		if (starts_line(n))
			strbuf_addch(flat, ' ');
		if (n->type == NODE_TEXT)
			add_flat(flat, n->text);
		else if (n->type == NODE_SOFT_BREAK)
			strbuf_addch(flat, ' ');
		else if (!is_wrapper(n))
			strbuf_adds(flat, object);
	}
}

const struct node *next_block(const struct node *block)
{
	do /* what notes say stands elsewhere */
		block = block->next;
	while (block->type == NODE_FOOTNOTE);
	return block;
}

static void make_flat(struct strbuf *flat, const struct rl_text *text)
{
	const struct node *block = text->block;

	strbuf_truncate(flat, 0);
	strbuf_adds(flat, before);
	add_flat_block(flat, block);
	for (size_t i = 1; i < text->count; i++) {
		strbuf_addf(flat, " %s ", object);
		block = next_block(block);
		add_flat_block(flat, block);
	}
}

/* A note, a picture: the word that only the same of it is. */
static uint32_t word_of(struct rl_inlines *in, struct redline *r,
			enum redline_side side, uint32_t chunk,
			const struct node *n)
{
	const struct canon all = { 0, NULL, NULL };

	strbuf_truncate(&in->scratch, 0);
	strbuf_addch(&in->scratch, '\x01');
	if (n->type == NODE_FOOTNOTE_REFERENCE) {
		strbuf_addch(&in->scratch, '^');
		if (!redline_add_note(&in->scratch, r, side, chunk, n))
			redline_canon(&in->scratch, n, &all);
	} else if (n->type == NODE_INLINE_NOTE) {
		/* any is the other's mate: what it says may have changed */
		strbuf_adds(&in->scratch, "^[");
	} else {
		const struct node *end = object_end(n);

		redline_canon(&in->scratch, n, &all);
		for (; n != end; n = n->next)
			add_part(&in->scratch, n->next);
	}
	return vocabulary_add(&r->vocabulary, strbuf_slice(&in->scratch));
}

/* Where a list of items is being made from a list of tokens. */
struct reading {
	struct rl_inlines *in;
	struct redline *r;
	enum redline_side side;
	uint32_t chunk;
	struct token_list raw;	/* of the flat text */
	size_t next;		/* the raw token in work, or the next */
	size_t at;		/* in the flat text */
	uint32_t parent;
	bool stopped;		/* a note stands after a stop */
};

static struct token *add_token(struct reading *rd, size_t start, size_t end,
			       uint32_t word, unsigned flags)
{
	struct rl_inlines *in = rd->in;
	struct token_list *t = &in->tokens;

	GROW(t->items, t->count, t->capacity);
	if (in->token_capacity < t->capacity) {
		in->token_capacity = t->capacity;
		in->token_items = xreallocarray(in->token_items, t->capacity,
						sizeof(*in->token_items));
	}
	in->token_items[t->count] = (uint32_t)(in->items.count - 1);
	t->items[t->count] = (struct token){
		(uint32_t)start, (uint32_t)end, word, GAP_NONE, (uint8_t)flags
	};
	if (t->count > 1 && t->items[t->count - 1].end < start)
		t->items[t->count].gap = GAP_SOFT;
	return &t->items[t->count++];
}

static void add_item(struct reading *rd, const struct node *n, size_t from,
		     size_t to, bool gap)
{
	struct rl_item *item = items_add(&rd->in->items, n, rd->parent);

	item->start = (uint32_t)from;
	item->len = (uint32_t)(to - from);
	item->gap = gap;
}

/* Parts of tokens that are in a text which is at `from` of the flat one. */
static void add_text(struct reading *rd, const struct node *n)
{
	size_t from = rd->at, end = from + n->text.len;

	while (rd->at < end) {
		const struct token *t = &rd->raw.items[rd->next];
		bool word = rd->next + 1 < rd->raw.count &&
			    t->start <= rd->at;
		size_t to = word ? t->end : rd->next + 1 < rd->raw.count ?
			    t->start : end;
		unsigned flags = t->flags;

		to = to > end ? end : to;
		add_item(rd, n, rd->at - from, to - from, !word);
		if (word) {
			bool whole = t->start == rd->at && t->end == to;

			if (rd->stopped && t->start == rd->at)
				flags |= TOKEN_SENTENCE;
			rd->stopped = false;
			add_token(rd, rd->at, to, whole ? t->word :
				  vocabulary_add(&rd->r->vocabulary,
						 slice_sub(rd->raw.text,
							   rd->at, to)),
				  t->start == rd->at ? flags :
				  flags & ~(unsigned)TOKEN_SENTENCE);
			if (t->end == to)
				rd->next++;
		}
		rd->at = to;
	}
}

static bool is_stop(const struct reading *rd)
{
	const struct token_list *t = &rd->in->tokens;
	const struct vocabulary *v = &rd->r->vocabulary;

	return t->count > 1 && v->words[t->items[t->count - 1].word].flags &
	       (WORD_STOP | WORD_FULL_STOP | WORD_CLOSER);
}

/* Three bytes of the flat text. */
static void add_object(struct reading *rd, const struct node *n)
{
	bool note = n->type == NODE_FOOTNOTE_REFERENCE ||
		    n->type == NODE_INLINE_NOTE;
	bool stopped = note && (rd->stopped || is_stop(rd));

	add_item(rd, n, 0, 0, false);
	if (n->type == NODE_HTML_INLINE)
		rd->in->items.items[rd->in->items.count - 1].last =
			element_end(n);
	add_token(rd, rd->at, rd->at + sizeof(object) - 1,
		  word_of(rd->in, rd->r, rd->side, rd->chunk, n),
		  TOKEN_COUNTED | TOKEN_ALONE);
	rd->stopped = stopped;
	rd->at += sizeof(object) - 1;
	while (rd->next + 1 < rd->raw.count &&
	       rd->raw.items[rd->next].end <= rd->at)
		rd->next++;
}

/*
 * A paragraph's end within a run, and the space that is in its stead where it
 * isn't: that comes first, so that it is no change when the paragraph is
 * joined with the next one.
 */
static void add_end(struct reading *rd, const struct node *next)
{
	static const struct node space = { .type = NODE_SOFT_BREAK };

	add_item(rd, &space, 0, 1, true);
	add_item(rd, next, 0, 0, false);
	rd->at++;
	add_token(rd, rd->at, rd->at + sizeof(object) - 1,
		  vocabulary_add(&rd->r->vocabulary, SLICE("\x01\xC2\xB6")),
		  TOKEN_ALONE | TOKEN_SENTENCE);
	rd->at += sizeof(object) - 1;
	while (rd->next + 1 < rd->raw.count &&
	       rd->raw.items[rd->next].end <= rd->at)
		rd->next++;
	rd->at++;
	rd->stopped = true; /* a sentence starts here */
}

static void enter_wrapper(struct reading *rd, const struct node *n)
{
	items_add(&rd->in->items, n, rd->parent)->sign = redline_sign(n);
	rd->parent = (uint32_t)(rd->in->items.count - 1);
	rd->at += starts_line(n);
}

static void leave_wrapper(struct reading *rd)
{
	struct rl_items *items = &rd->in->items;

	items->items[rd->parent].end = (uint32_t)items->count;
	rd->parent = items->items[rd->parent].parent;
}

static void make_items(struct reading *rd, const struct node *block)
{
	const struct node *n = block->first;

	while (n) {
		if (is_wrapper(n)) {
			enter_wrapper(rd, n);
			n = n->first;
			continue;
		}
		if (n->type == NODE_TEXT) {
			add_text(rd, n);
		} else if (n->type == NODE_SOFT_BREAK) {
			add_item(rd, n, 0, 1, true);
			rd->at++;
		} else {
			rd->at += starts_line(n); /* an empty one */
			add_object(rd, n);
			n = object_end(n);
		}
		while (!n->next && n->parent != block) {
			n = n->parent;
			leave_wrapper(rd);
		}
		n = n->next;
	}
}

void inlines_read(struct rl_inlines *in, struct redline *r,
		  enum redline_side side, const struct rl_text *text)
{
	struct reading rd = { .in = in, .r = r, .side = side,
			      .chunk = text->chunk, .raw = TOKEN_LIST_INIT,
			      .parent = NO_ITEM };
	const struct node *block = text->block;
	struct token *t;

	make_flat(&in->flat, text);
	token_list_read(&rd.raw, &r->vocabulary, strbuf_slice(&in->flat));
	in->items.count = 0;
	in->tokens.count = 0;
	in->tokens.text = strbuf_slice(&in->flat);
	rd.at = BEFORE;
	rd.next = 2;		/* after the break and the word before */
	add_token(&rd, 0, BEFORE, WORD_BREAK, TOKEN_SENTENCE);
	make_items(&rd, block);
	for (size_t i = 1; i < text->count; i++) {
		block = next_block(block);
		add_end(&rd, block);
		make_items(&rd, block);
	}
	add_token(&rd, in->flat.len, in->flat.len, WORD_BREAK,
		  TOKEN_SENTENCE);
	t = in->tokens.items;
	t[0].gap = t[1].gap = GAP_NONE;
	t[1].flags |= TOKEN_SENTENCE;
	token_list_release(&rd.raw);
}
