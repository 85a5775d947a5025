/* SPDX-License-Identifier: MIT */
/*
 * What CommonMark left as words: notes, spans, marks of struck, new and old
 * words. Both ends must be among the same siblings. Works on one list of
 * siblings, left to right: `out` gets the nodes that are done; where an end
 * meets its start, all after the start goes into a new node, so each node is
 * moved once per level.
 */
#include <string.h>

#include "alloc.h"
#include "markdown_reader.h"

enum opener_kind {
	OPEN_BRACKET,		/* [ */
	OPEN_NOTE,		/* ^[ */
	OPEN_STRIKE,		/* ~~ */
	OPEN_INSERT,		/* {++ */
	OPEN_DELETE,		/* {-- */
	OPEN_REPLACE,		/* {~~ */
	OPEN_HIGHLIGHT,		/* {== */
	OPEN_COMMENT,		/* {>> */
	OPEN_KINDS		/* also: an opener that has lost its sense */
};

struct opener {
	enum opener_kind kind;
	size_t out;		/* its own piece in `out` */
	size_t middle;		/* REPLACE: the piece "~>"; 0: not yet */
	int older;		/* of the same kind, or -1 */
};

struct extender {
	struct reader *r;
	struct node *parent;
	struct node *text;	/* the words at hand */
	const char *s;
	size_t len, at, done;	/* up to `done` they are in `out` */
	bool first, last;	/* no sibling before, after `text` */
	struct opener open[EXTENSION_DEPTH];
	int open_count;
	int newest[OPEN_KINDS];
};

static void put(struct extender *x, struct node *n)
{
	struct reader *r = x->r;

	n->next = NULL;
	GROW(r->out, r->out_count, r->out_capacity);
	r->out[r->out_count++] = n;
}

/* The words between `done` and `end` as a node of their own. */
static void put_words(struct extender *x, size_t end)
{
	struct node *n;

	if (end <= x->done)
		return;
	n = node_new(x->r->doc, NODE_TEXT, x->text->start + x->done,
		     x->text->start + end);
	n->text = (struct slice){ x->s + x->done, end - x->done };
	x->done = end;
	put(x, n);
}

/* Children from `out[from]` on; words side by side become one node again. */
static void adopt(struct reader *r, struct node *parent, size_t from)
{
	parent->first = parent->last = NULL;
	for (size_t i = from; i < r->out_count; i++) {
		struct node *n = r->out[i], *last = parent->last;

		if (last && last->type == NODE_TEXT && n->type == NODE_TEXT &&
		    !((last->flags | n->flags) & NODE_LITERAL) &&
		    last->text.ptr + last->text.len == n->text.ptr &&
		    last->end == n->start) {
			last->text.len += n->text.len;
			last->end = n->end;
			continue;
		}
		n->parent = n->next = NULL;
		node_append(parent, n);
	}
	r->out_count = from;
}

static void forget_above(struct extender *x, int index)
{
	while (x->open_count > index) {
		struct opener *o = &x->open[--x->open_count];

		if (o->kind != OPEN_KINDS)
			x->newest[o->kind] = o->older;
	}
}

/* One that is words after all; those that opened later may still close. */
static void forget(struct extender *x, int index)
{
	struct opener *o = &x->open[index];

	x->newest[o->kind] = o->older;
	o->kind = OPEN_KINDS;
	while (x->open_count && x->open[x->open_count - 1].kind == OPEN_KINDS)
		x->open_count--;
}

/* The `n` bytes at hand may start something. */
static void open_at(struct extender *x, enum opener_kind kind, size_t n)
{
	struct opener *o;

	if (x->open_count < EXTENSION_DEPTH) {
		put_words(x, x->at);
		put_words(x, x->at + n);
		o = &x->open[x->open_count];
		*o = (struct opener){ kind, x->r->out_count - 1, 0,
				      x->newest[kind] };
		x->newest[kind] = x->open_count++;
	}
	x->at += n;
}

/* Everything after the opener becomes a node, to the end of the `n` bytes. */
static struct node *close_at(struct extender *x, int index,
			     enum node_type type, size_t n)
{
	struct opener o = x->open[index];
	struct reader *r = x->r;
	struct node *node, *start = r->out[o.out];

	put_words(x, x->at);
	x->at += n;
	x->done = x->at;
	node = node_new(r->doc, type, start->start,
			x->text->start + x->at);
	adopt(r, node, o.out + 1);
	r->out_count = o.out;
	put(x, node);
	forget_above(x, index);
	return node;
}

/* ~~ a ~> b ~~: what is before the middle, and what is after it. */
static void close_replace(struct extender *x, int index)
{
	struct opener o = x->open[index];
	struct reader *r = x->r;
	struct node *old, *new, *middle;

	if (!o.middle) {
		close_at(x, index, NODE_DELETION, 3);
		return;
	}
	put_words(x, x->at);
	x->at += 3;
	x->done = x->at;
	middle = r->out[o.middle];
	new = node_new(r->doc, NODE_INSERTION, middle->start,
		       x->text->start + x->at);
	adopt(r, new, o.middle + 1);
	r->out_count = o.middle;
	old = node_new(r->doc, NODE_DELETION, r->out[o.out]->start,
		       middle->start);
	adopt(r, old, o.out + 1);
	r->out_count = o.out;
	put(x, old);
	put(x, new);
	forget_above(x, index);
}

static void close_comment(struct extender *x, int index)
{
	struct node *n = close_at(x, index, NODE_COMMENT, 3);
	uint32_t start = n->start + 3, end = n->end - 3;

	n->first = n->last = NULL;
	n->text = markdown_clean(x->r, x->r->source.ptr + start, end - start);
}

/* "[^label]" of a note that there is. */
static bool try_reference(struct extender *x)
{
	size_t start = x->at + 2, i = start;
	struct slice label;
	struct node *n;

	while (i < x->len && x->s[i] != ']' && x->s[i] != '[' &&
	       !is_space(x->s[i]))
		i++;
	if (i == start || i >= x->len || x->s[i] != ']')
		return false;
	label = (struct slice){ x->s + start, i - start };
	if (!definitions_find(&x->r->own, true, label) &&
	    !definitions_find(x->r->elsewhere, true, label))
		return false;
	put_words(x, x->at);
	x->done = i + 1;
	n = node_new(x->r->doc, NODE_FOOTNOTE_REFERENCE,
		     x->text->start + x->at, x->text->start + x->done);
	n->text = label;
	put(x, n);
	x->at = x->done;
	return true;
}

static void open_bracket(struct extender *x)
{
	if (x->at + 1 < x->len && x->s[x->at + 1] == '^' && try_reference(x))
		return;
	open_at(x, OPEN_BRACKET, 1);
}

/* The newest of "[" and "^[", which close alike. */
static int newest_bracket(const struct extender *x)
{
	int plain = x->newest[OPEN_BRACKET], note = x->newest[OPEN_NOTE];

	return plain > note ? plain : note;
}

static void close_bracket(struct extender *x)
{
	int index = newest_bracket(x);
	struct attributes *attributes;
	struct node *node;
	size_t n;

	if (index < 0) {
		x->at++;
		return;
	}
	if (x->open[index].kind == OPEN_NOTE) {
		close_at(x, index, NODE_INLINE_NOTE, 1);
		return;
	}
	n = markdown_attributes(&attributes, x->r->doc,
				(struct slice){ x->s + x->at + 1,
						x->len - x->at - 1 });
	if (!n) {
		forget(x, index);
		x->at++;
		return;
	}
	node = close_at(x, index, NODE_SPAN, 1 + n);
	node->attributes = attributes;
}

static bool is_at(const struct extender *x, const char *mark)
{
	size_t n = strlen(mark);

	return x->len - x->at >= n && !memcmp(x->s + x->at, mark, n);
}

/* Attributes right after a link, an image or code. */
static void take_attributes(struct extender *x)
{
	struct reader *r = x->r;
	struct node *before = r->out_count ? r->out[r->out_count - 1] : NULL;
	struct attributes *attributes;
	size_t n;

	if (!before || before->end != x->text->start ||
	    (before->type != NODE_LINK && before->type != NODE_IMAGE &&
	     before->type != NODE_CODE))
		return;
	n = markdown_attributes(&attributes, r->doc,
				(struct slice){ x->s, x->len });
	if (!n)
		return;
	before->attributes = attributes;
	before->end += (uint32_t)n;
	x->at = x->done = n;
}

static void read_brace(struct extender *x)
{
	static const struct {
		char mark[4];
		enum opener_kind kind;
	} marks[] = {
		{ "{++", OPEN_INSERT }, { "{--", OPEN_DELETE },
		{ "{~~", OPEN_REPLACE }, { "{==", OPEN_HIGHLIGHT },
		{ "{>>", OPEN_COMMENT },
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (is_at(x, marks[i].mark)) {
			open_at(x, marks[i].kind, 3);
			return;
		}
	}
	x->at++;
}

/* "++}" and the like: true when something was closed. */
static bool close_mark(struct extender *x, const char *mark,
		       enum opener_kind kind)
{
	int index = x->newest[kind];

	if (index < 0 || !is_at(x, mark))
		return false;
	if (kind == OPEN_REPLACE)
		close_replace(x, index);
	else if (kind == OPEN_COMMENT)
		close_comment(x, index);
	else
		close_at(x, index, kind == OPEN_INSERT ? NODE_INSERTION :
			 kind == OPEN_DELETE ? NODE_DELETION : NODE_HIGHLIGHT,
			 3);
	return true;
}

/* Strikethrough, when there are words on the inner side. */
static void read_strike(struct extender *x)
{
	size_t at = x->at, n = 0;
	int index = x->newest[OPEN_STRIKE];
	bool before, after;

	while (at + n < x->len && x->s[at + n] == '~')
		n++;
	before = at ? !is_space(x->s[at - 1]) : !x->first;
	after = at + n < x->len ? !is_space(x->s[at + n]) : !x->last;
	if (n != 2)
		x->at += n;
	else if (index >= 0 && before)
		close_at(x, index, NODE_STRIKETHROUGH, 2);
	else if (after)
		open_at(x, OPEN_STRIKE, 2);
	else
		x->at += n;
}

static void read_tilde(struct extender *x)
{
	int index = x->newest[OPEN_REPLACE];

	if (close_mark(x, "~~}", OPEN_REPLACE))
		return;
	if (index >= 0 && is_at(x, "~>") && !x->open[index].middle) {
		/* what was open before it cannot close after it */
		forget_above(x, index + 1);
		put_words(x, x->at);
		put_words(x, x->at + 2);
		x->open[index].middle = x->r->out_count - 1;
		x->at += 2;
		return;
	}
	read_strike(x);
}

static void read_mark(struct extender *x)
{
	bool done = false;

	switch (x->s[x->at]) {
	case '[':
		open_bracket(x);
		return;
	case ']':
		close_bracket(x);
		return;
	case '{':
		read_brace(x);
		return;
	case '~':
		read_tilde(x);
		return;
	case '^':
		if (is_at(x, "^["))
			open_at(x, OPEN_NOTE, 2);
		else
			x->at++;
		return;
	case '+':
		done = close_mark(x, "++}", OPEN_INSERT);
		break;
	case '-':
		done = close_mark(x, "--}", OPEN_DELETE);
		break;
	case '=':
		done = close_mark(x, "==}", OPEN_HIGHLIGHT);
		break;
	case '<':
		done = close_mark(x, "<<}", OPEN_COMMENT);
		break;
	}
	if (!done)
		x->at++;
}

static bool is_mark(char c)
{
	switch (c) {
	case '[': case ']': case '{': case '~': case '^':
	case '+': case '-': case '=': case '<':
		return true;
	default:
		return false;
	}
}

static void read_words(struct extender *x, struct node *text)
{
	x->text = text;
	x->s = text->text.ptr;
	x->len = text->text.len;
	x->at = x->done = 0;
	x->first = x->r->out_count == 0;
	x->last = !text->next;
	if (x->len && x->s[0] == '{')
		take_attributes(x);
	while (x->at < x->len) {
		if (is_mark(x->s[x->at]))
			read_mark(x);
		else
			x->at++;
	}
	put_words(x, x->len);
}

static bool has_marks(const struct node *node)
{
	for (const struct node *n = node->first; n; n = n->next)
		if (n->type == NODE_TEXT && !(n->flags & NODE_LITERAL) &&
		    markdown_features(n->text) &
			    (HAS_BRACKET | HAS_EXTENSION))
			return true;
	return false;
}

void markdown_extend(struct reader *r, struct node *node)
{
	struct extender x = { .r = r, .parent = node };
	struct node *next;

	if (!has_marks(node))
		return;
	for (int i = 0; i < OPEN_KINDS; i++)
		x.newest[i] = -1;
	r->out_count = 0;
	for (struct node *n = node->first; n; n = next) {
		next = n->next;
		if (n->type == NODE_TEXT && !(n->flags & NODE_LITERAL))
			read_words(&x, n);
		else
			put(&x, n);
	}
	adopt(r, node, 0);
}
