/* SPDX-License-Identifier: MIT */
/* What makes a node what it is, as bytes. */
#include <string.h>

#include "redline_private.h"

/* Flags that readers see. A list may get loose without a word of notice. */
#define SEEN_FLAGS (NODE_ORDERED | NODE_HEADER)

static void add_slice(struct strbuf *out, char name, struct slice s)
{
	strbuf_addch(out, name);
	strbuf_add_slice(out, s);
	strbuf_addch(out, '\0');
}

static void add_attributes(struct strbuf *out, const struct attributes *a)
{
	if (a->id.len)
		add_slice(out, '#', a->id);
	for (size_t i = 0; i < a->class_count; i++)
		add_slice(out, '.', a->classes[i]);
	for (size_t i = 0; i < a->pair_count; i++) {
		add_slice(out, 'k', a->pairs[i].key);
		add_slice(out, '=', a->pairs[i].value);
	}
}

static void add_number(struct strbuf *out, int n)
{
	strbuf_addf(out, "%d,", n);
}

/* A node by itself. */
static void add_sign(struct strbuf *out, const struct node *n)
{
	strbuf_addch(out, (char)('A' + n->type));
	if (n->flags & SEEN_FLAGS)
		add_number(out, (int)(n->flags & SEEN_FLAGS));
	switch (n->type) {
	case NODE_HEADING:
		add_number(out, n->level);
		break;
	case NODE_LIST:
		if (n->flags & NODE_ORDERED)
			add_number(out, n->start_number);
		break;
	case NODE_LINE:
		add_number(out, n->indent);
		break;
	case NODE_TABLE_CELL:
		add_number(out, (int)n->alignment);
		break;
	case NODE_CODE_BLOCK:
		add_slice(out, 'i', n->info);
		break;
	case NODE_LINK:
	case NODE_IMAGE:
		add_slice(out, 'u', n->link.url);
		/* in a figure it is the caption */
		if (!n->parent || n->parent->type != NODE_FIGURE)
			add_slice(out, 't', n->link.title);
		break;
	default:
		break;
	}
	if (n->attributes)
		add_attributes(out, n->attributes);
}

uint64_t redline_sign(const struct node *node)
{
	struct strbuf out = STRBUF_INIT;
	uint64_t hash;

	add_sign(&out, node);
	hash = vocabulary_hash(strbuf_slice(&out));
	strbuf_release(&out);
	return hash;
}

struct writer {
	struct strbuf *out;
	const struct canon *canon;
	bool space;		/* one is due before the next word */
	bool word;		/* the block has begun */
	bool goes_on;		/* so does the paragraph, after its end */
};

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The end of a stretch of words with single spaces between them. */
static size_t words_end(struct slice text, size_t i)
{
	while (i < text.len) {
		char c = text.ptr[i];

		if ((unsigned char)c > ' ') {
			i++;
		} else if (is_space(c)) {
			if (c != ' ' || i + 1 == text.len ||
			    is_space(text.ptr[i + 1]))
				break;
			i++;
		} else {
			i++;
		}
	}
	return i;
}

static void add_words(struct writer *w, struct slice text)
{
	size_t i = 0, from;

	while (i < text.len) {
		while (i < text.len && is_space(text.ptr[i])) {
			w->space = true;
			i++;
		}
		from = i;
		i = words_end(text, i);
		if (i == from)
			continue;
		if (w->space && w->word)
			strbuf_addch(w->out, ' ');
		w->space = false;
		w->word = true;
		strbuf_add(w->out, text.ptr + from, i - from);
	}
}

/* What stands between words and is no word. */
static void add_mark(struct writer *w)
{
	if (w->space && w->word)
		strbuf_addch(w->out, ' ');
	w->space = false;
	w->word = true;
}

/* A mark of a redline: what it holds stands by itself. */
static bool is_mark(const struct node *n)
{
	return (n->type == NODE_INSERTION && n->flags & NODE_ADDED) ||
	       (n->type == NODE_DELETION && n->flags & NODE_CUT);
}

/* Its lines, when a redline parted them. */
static void add_code(struct writer *w, const struct node *code)
{
	strbuf_addch(w->out, ':');
	strbuf_add_slice(w->out, code->text);
	for (const struct node *n = code->first; n; n = n->next)
		if (!(n->flags & w->canon->skip))
			strbuf_add_slice(w->out, n->first ? n->first->text :
						 n->text);
	strbuf_addch(w->out, '\0');
}

/* Is it the end of a paragraph that the other text has not? */
static bool is_end(const struct node *n)
{
	return n && n->flags & NODE_BREAK && is_mark(n);
}

static void leave(struct writer *w, const struct node *n)
{
	if (is_mark(n) || n->type == NODE_DOCUMENT || n->type == NODE_TEXT ||
	    n->type == NODE_SOFT_BREAK ||
	    n->type == NODE_FOOTNOTE_REFERENCE)
		return;
	w->goes_on = w->canon->skip & NODE_ADDED && is_end(n->last) &&
		     n->last->type == NODE_INSERTION;
	if (w->goes_on) {
		w->space |= n->last->text.len > 0;
		return;
	}
	if (!NODE_IS_INLINE(n->type))
		w->space = w->word = false;
	strbuf_addch(w->out, '\x02');
}

static void enter(struct writer *w, const struct node *n)
{
	if (is_end(n) && n->type == NODE_DELETION) {
		w->space = w->word = false;
		strbuf_adds(w->out, "\x02\x01");
		add_sign(w->out, n->parent);
	}
	if (is_mark(n) || n->type == NODE_DOCUMENT)
		return;
	if (w->goes_on && n->type == NODE_PARAGRAPH) {
		w->goes_on = false;
		return;
	}
	switch (n->type) {
	case NODE_TEXT:
		add_words(w, n->text);
		return;
	case NODE_SOFT_BREAK:
		w->space = true;
		return;
	case NODE_FOOTNOTE_REFERENCE:
		add_mark(w);
		strbuf_adds(w->out, "\x01^");
		if (!w->canon->note ||
		    !w->canon->note(w->out, n, w->canon->data))
			strbuf_add_slice(w->out, n->text);
		strbuf_addch(w->out, '\x02');
		return;
	default:
		break;
	}
	if (NODE_IS_INLINE(n->type))
		add_mark(w);
	else
		w->space = w->word = false;
	strbuf_addch(w->out, '\x01');
	add_sign(w->out, n);
	if (n->type == NODE_CODE_BLOCK)
		add_code(w, n);
	else if (n->type == NODE_CODE || n->type == NODE_HTML_BLOCK ||
		 n->type == NODE_HTML_INLINE || n->type == NODE_COMMENT)
		add_slice(w->out, ':', n->text);
}

void redline_canon(struct strbuf *out, const struct node *root,
		   const struct canon *canon)
{
	struct writer w = { out, canon, false, false, false };
	const struct node *n = root;

	while (n) {
		/* notes are told where they are cited */
		bool skipped = n != root && (n->flags & canon->skip ||
					     n->type == NODE_FOOTNOTE);

		if (!skipped) {
			enter(&w, n);
			if (n->first && n->type != NODE_CODE_BLOCK) {
				n = n->first;
				continue;
			}
			leave(&w, n);
		}
		while (n != root && !n->next) {
			n = n->parent;
			leave(&w, n);
		}
		if (n == root)
			break;
		n = n->next;
	}
}
