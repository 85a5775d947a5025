/* SPDX-License-Identifier: MIT */
/*
 * cmark's inlines as nodes that know their bytes. cmark says what there is,
 * but not reliably where; so its tree is walked in step with the text that it
 * was made from. Each node accounts for the bytes that come next: words as
 * they are or as escapes and entities, delimiters at both ends of emphasis,
 * a run of backticks and the next run of the same length, and so on.
 */
#include <string.h>

#include "markdown_reader.h"

#define REPLACEMENT "\xEF\xBF\xBD"

unsigned long markdown_alignment_failures;

struct walk {
	struct reader *r;
	struct content *content;
	const char *s;		/* of the content */
	size_t len, at;
	struct node *parent;
	bool lost;		/* tree and text are out of step */
	bool autolink;
	bool extend;		/* there may be extensions */
};

/* A copy, with U+FFFD for what is not UTF-8 in the source. */
struct slice markdown_clean(struct reader *r, const char *s, size_t len)
{
	struct slice rest = { s, len };
	struct strbuf out = STRBUF_INIT;

	if (r->clean || slice_find(rest, r->bad) == len)
		return arena_slice(&r->doc->arena, rest);
	while (rest.len) {
		size_t n = slice_find(rest, r->bad);

		strbuf_add(&out, rest.ptr, n);
		if (n < rest.len)
			strbuf_adds(&out, REPLACEMENT);
		rest = slice_sub(rest, n + 1, rest.len);
	}
	rest = arena_slice(&r->doc->arena, strbuf_slice(&out));
	strbuf_release(&out);
	return rest;
}

static uint32_t source_at(struct walk *w, size_t at)
{
	return content_source(w->content, at);
}

static uint32_t source_end(struct walk *w, size_t start, size_t end)
{
	return end > start ? content_source(w->content, end - 1) + 1
			   : content_source(w->content, start);
}

/* Content from `start` to `end` as it stands in the source, or copied. */
static struct slice take(struct walk *w, size_t start, size_t end,
			 const char *literal, size_t len)
{
	uint32_t from = source_at(w, start);

	if (end - start == len && w->r->clean && len &&
	    source_at(w, end - 1) - from == len - 1 &&
	    !memcmp(w->r->source.ptr + from, literal, len))
		return slice_sub(w->r->given, from, from + len);
	return markdown_clean(w->r, literal, len);
}

static struct node *add_node(struct walk *w, enum node_type type, size_t start,
			     size_t end)
{
	uint32_t from = source_at(w, start), to = source_end(w, start, end);
	struct node *n = node_new(w->r->doc, type, from, to < from ? from : to);

	node_append(w->parent, n);
	return n;
}

static void add_literal(struct walk *w, size_t start, size_t end,
			const char *text, size_t len)
{
	struct node *n = add_node(w, NODE_TEXT, start, end);

	n->text = markdown_clean(w->r, text, len);
	n->flags |= NODE_LITERAL;
}

static void add_plain(struct walk *w, size_t start, size_t end)
{
	struct node *n = add_node(w, NODE_TEXT, start, end);

	if (n->end - n->start == end - start) {
		n->text = slice_sub(w->r->given, n->start, n->end);
	} else {
		n->text = markdown_clean(w->r, w->s + start, end - start);
		n->flags |= NODE_LITERAL;
	}
}

/* A run of bytes that stand for themselves, unless they are not UTF-8. */
static void add_run(struct walk *w, size_t start, size_t end)
{
	while (start < end && !w->r->clean) {
		const char *bad = memchr(w->s + start, w->r->bad, end - start);
		size_t at = bad ? (size_t)(bad - w->s) : end;

		if (at > start)
			add_plain(w, start, at);
		if (at < end)
			add_literal(w, at, at + 1, w->s + at, 1);
		start = at + 1;
	}
	if (start < end)
		add_plain(w, start, end);
}

/* Words with escapes or entities among them. */
static void align_mixed(struct walk *w, const char *literal, size_t len)
{
	const char *s = w->s;
	size_t run = w->at, i = 0, n, used;

	while (i < len && w->at < w->len) {
		char c = s[w->at];

		n = 0;
		used = 1;
		if (c == '\\' && !w->autolink && w->at + 1 < w->len &&
		    is_punct(s[w->at + 1])) {
			n = s[w->at + 1] == literal[i] ? 2 : 0;
			w->lost |= !n;
		} else if (c == '&') {
			n = markdown_entity(s + w->at, w->len - w->at,
					    literal + i, len - i, &used);
		}
		if (n) {
			add_run(w, run, w->at);
			add_literal(w, w->at, w->at + n, literal + i, used);
			run = w->at += n;
			i += used;
		} else if (c == literal[i] && !w->lost) {
			w->at++;
			i++;
		} else {
			w->lost = true;
			return;
		}
	}
	add_run(w, run, w->at);
	w->lost |= i < len;
}

static void align_text(struct walk *w, const char *literal)
{
	size_t len = literal ? strlen(literal) : 0;

	if (w->content->features & HAS_ESCAPE) {
		align_mixed(w, literal, len);
	} else if (len > w->len - w->at) {
		w->lost = true;
	} else if (len) {
		add_run(w, w->at, w->at + len);
		w->at += len;
	}
}

static void align_code(struct walk *w, const char *literal)
{
	size_t start = w->at, ticks, i, len = literal ? strlen(literal) : 0;
	size_t inner;
	struct node *n;

	for (i = start; i < w->len && w->s[i] == '`';)
		i++;
	ticks = i - start;
	while (i < w->len) {
		size_t run = 0;

		while (i < w->len && w->s[i] != '`')
			i++;
		for (; i < w->len && w->s[i] == '`'; i++)
			run++;
		if (run == ticks)
			break;
		if (i >= w->len)
			ticks = 0;
	}
	if (!ticks) {
		w->lost = true;
		return;
	}
	n = add_node(w, NODE_CODE, start, i);
	w->at = i;
	/* a blank at both ends is no part of it */
	inner = start + ticks + (i - start - 2 * ticks - len) / 2;
	n->text = take(w, inner < i ? inner : start,
		       inner < i && inner + len <= i ? inner + len : i,
		       literal, len);
}

/* What stands in the text just as in the literal. */
static void align_html(struct walk *w, const char *literal)
{
	size_t start = w->at, len = literal ? strlen(literal) : 0;
	struct node *n;

	if (w->len - w->at < len || memcmp(w->s + w->at, literal, len) != 0) {
		w->lost = true;
		return;
	}
	w->at += len;
	n = add_node(w, NODE_HTML_INLINE, start, w->at);
	n->text = take(w, start, w->at, literal, len);
}

static void align_break(struct walk *w, bool hard)
{
	while (w->at < w->len && is_space(w->s[w->at]) &&
	       w->s[w->at] != '\n')
		w->at++;
	if (hard && w->at < w->len && w->s[w->at] == '\\')
		w->at++;
	else
		hard = false;	/* by blanks: those after it go, too */
	if (w->at >= w->len || w->s[w->at] != '\n') {
		w->lost = true;
		return;
	}
	w->at++;
	if (!hard)
		while (w->at < w->len && is_blank(w->s[w->at]))
			w->at++;
}

/* The bytes of the content that open an inline. */
static size_t opener_length(const struct walk *w, cmark_node_type type)
{
	const char *s = w->s + w->at;
	size_t left = w->len - w->at;

	switch (type) {
	case CMARK_NODE_EMPH:
		return left && (*s == '*' || *s == '_');
	case CMARK_NODE_STRONG:
		return left > 1 && (*s == '*' || *s == '_') && s[1] == *s ? 2
									  : 0;
	case CMARK_NODE_LINK:
		return left && (*s == '[' || *s == '<');
	case CMARK_NODE_IMAGE:
		return left > 1 && *s == '!' && s[1] == '[' ? 2 : 0;
	default:
		return 0;
	}
}

static enum node_type inline_type(cmark_node_type type)
{
	switch (type) {
	case CMARK_NODE_EMPH:
		return NODE_EMPHASIS;
	case CMARK_NODE_STRONG:
		return NODE_STRONG;
	case CMARK_NODE_IMAGE:
		return NODE_IMAGE;
	default:
		return NODE_LINK;
	}
}

static void enter(struct walk *w, cmark_node *n, bool keep)
{
	cmark_node_type type = cmark_node_get_type(n);
	size_t start = w->at, length = opener_length(w, type);

	w->lost |= !length;
	if (type == CMARK_NODE_LINK && w->at < w->len && w->s[w->at] == '<')
		w->autolink = true;
	w->at += length;
	if (!keep || w->lost)
		return;
	w->parent = add_node(w, inline_type(type), start, w->at);
	if (w->autolink)
		w->parent->flags |= NODE_AUTOLINK;
}

static void leave_link(struct walk *w, struct node *node, cmark_node *n)
{
	const char *url = cmark_node_get_url(n), *title;
	struct link_tail tail = { 0, { 0, 0 } };

	if (w->at >= w->len || w->s[w->at] != (w->autolink ? '>' : ']')) {
		w->lost = true;
		return;
	}
	w->at++;
	if (!w->autolink) {
		markdown_link_tail(&tail, w->s, w->len, w->at);
		w->at = tail.end;
	}
	w->autolink = false;
	if (!node)
		return;
	node->link.url = markdown_clean(w->r, url, strlen(url));
	title = cmark_node_get_title(n);
	if (title && *title)
		node->link.title = take(w, tail.title.start, tail.title.end,
					title, strlen(title));
}

static void leave(struct walk *w, cmark_node *n, bool kept)
{
	cmark_node_type type = cmark_node_get_type(n);
	struct node *node = kept ? w->parent : NULL;

	if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
		leave_link(w, node, n);
	} else {
		size_t length = opener_length(w, type);

		w->lost |= !length;
		w->at += length;
	}
	if (!kept)
		return;
	node->end = source_end(w, 0, w->at);
	if (w->extend)
		markdown_extend(w->r, node);
	w->parent = node->parent;
}

static void align_leaf(struct walk *w, cmark_node *n)
{
	size_t start = w->at;
	bool hard = false;

	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_TEXT:
		align_text(w, cmark_node_get_literal(n));
		break;
	case CMARK_NODE_CODE:
		align_code(w, cmark_node_get_literal(n));
		break;
	case CMARK_NODE_HTML_INLINE:
		align_html(w, cmark_node_get_literal(n));
		break;
	case CMARK_NODE_LINEBREAK:
		hard = true;
		/* fall through */
	case CMARK_NODE_SOFTBREAK:
		align_break(w, hard);
		if (!w->lost)
			add_node(w, hard ? NODE_LINE_BREAK : NODE_SOFT_BREAK,
				 start, w->at);
		break;
	default:
		w->lost = true;
	}
}

static bool holds_inlines(cmark_node *n)
{
	cmark_node_type type = cmark_node_get_type(n);

	return type == CMARK_NODE_EMPH || type == CMARK_NODE_STRONG ||
	       type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE;
}

/* From `n` and its siblings on; stops where tree and text part. */
static void walk_tree(struct walk *w, cmark_node *n)
{
	cmark_node *top = cmark_node_parent(n);
	size_t depth = 0;

	while (!w->lost) {
		bool holds = holds_inlines(n);

		if (holds) {
			enter(w, n, depth++ < INLINE_DEPTH);
			if (cmark_node_first_child(n)) {
				n = cmark_node_first_child(n);
				continue;
			}
			if (!w->lost)
				leave(w, n, --depth < INLINE_DEPTH);
		} else {
			align_leaf(w, n);
		}
		while (!w->lost && !cmark_node_next(n)) {
			n = cmark_node_parent(n);
			if (n == top)
				return;
			leave(w, n, --depth < INLINE_DEPTH);
		}
		n = cmark_node_next(n);
	}
}

/* Without places: the words alone, with the span of the whole. */
static void plain_words(struct reader *r, struct node *node, cmark_node *n)
{
	struct strbuf words = STRBUF_INIT;
	struct node *text = node_new(r->doc, NODE_TEXT, node->start, node->end);

	for (; n; n = cmark_node_next(n)) {
		cmark_iter *iter = cmark_iter_new(n);
		cmark_event_type event;

		while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
			cmark_node *c = cmark_iter_get_node(iter);
			cmark_node_type type = cmark_node_get_type(c);

			if (event != CMARK_EVENT_ENTER)
				continue;
			if (type == CMARK_NODE_SOFTBREAK ||
			    type == CMARK_NODE_LINEBREAK)
				strbuf_addch(&words, ' ');
			else if (type == CMARK_NODE_TEXT ||
				 type == CMARK_NODE_CODE)
				strbuf_adds(&words, cmark_node_get_literal(c));
		}
		cmark_iter_free(iter);
	}
	text->flags |= NODE_LITERAL;
	text->text = markdown_clean(r, words.buf, words.len);
	node_append(node, text);
	strbuf_release(&words);
}

void markdown_inlines(struct reader *r, struct node *node, cmark_node *from,
		      size_t skip, struct content *content)
{
	struct walk w = { .r = r, .content = content, .s = content->buf,
			  .len = content->len, .parent = node };
	cmark_node *n = cmark_node_first_child(from);

	while (skip-- && n)
		n = cmark_node_next(n);
	if (!n)
		return;
	content->features = r->features & (HAS_ESCAPE | HAS_EXTENSION)
		? markdown_features((struct slice){ w.s, w.len }) : 0;
	w.extend = content->features & HAS_EXTENSION;
	walk_tree(&w, n);
	if (w.lost || w.at != w.len) {
		markdown_alignment_failures++;
		node->first = node->last = NULL;
		plain_words(r, node, n);
		return;
	}
	if (w.extend)
		markdown_extend(r, node);
}
