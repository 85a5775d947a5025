/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "document.h"
#include "html_trace.h"
#include "utf8.h"

#define NARROW_NO_BREAK_SPACE 0x202Fu

void html_trace_release(struct html_trace *t)
{
	strbuf_release(&t->runs);
}

void html_trace_chunk(struct html_trace *t, size_t chunk, struct slice source)
{
	t->chunk = chunk;
	t->source = source;
	t->leaf = NULL;
	t->byte = t->units = 0;
}

/* ---- UTF-16 ----------------------------------------------------------- */

static size_t units_of(struct slice s)
{
	size_t n, i = 0;
	uint64_t bytes;

	while (i + 8 <= s.len && utf8_eight_ascii(&bytes, s.ptr + i))
		i += 8;
	n = i;
	for (; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		n += (c & 0xC0) != 0x80;
		n += c >= 0xF0;
	}
	return n;
}

/* Blocks come in their order but for notes: from where we were last. */
static size_t units_at(struct html_trace *t, size_t byte)
{
	if (byte >= t->byte)
		t->units += units_of(slice_sub(t->source, t->byte, byte));
	else
		t->units -= units_of(slice_sub(t->source, byte, t->byte));
	t->byte = byte;
	return t->units;
}

/* ---- runs ------------------------------------------------------------- */

static void flush(struct html_trace *t)
{
	if (t->same) {
		strbuf_addch(&t->runs, ' ');
		strbuf_add_number(&t->runs, t->same);
	}
	t->same = 0;
}

static void add_run(struct html_trace *t, const char *sign, size_t shown,
		    size_t source)
{
	flush(t);
	strbuf_adds(&t->runs, sign);
	strbuf_add_number(&t->runs, shown);
	strbuf_addch(&t->runs, ':');
	strbuf_add_number(&t->runs, source);
}

/* Bytes up to `byte`, which show nothing. */
static void skip_to(struct html_trace *t, size_t byte)
{
	if (byte < t->at)
		t->lost = true;
	else if (byte > t->at)
		add_run(t, " ", 0, units_of(slice_sub(t->source, t->at, byte)));
	t->at = byte;
}

static size_t decode(unsigned *c, struct slice s, size_t i)
{
	size_t n = i < s.len ? utf8_decode(c, slice_sub(s, i, s.len)) : 0;

	if (!n)
		*c = 0;
	return n;
}

/* How many bytes are the same in both, and ASCII; eight at a time. */
static size_t same_ascii(struct slice a, size_t i, struct slice b, size_t j)
{
	size_t n = 0;
	uint64_t x, y;

	while (i + n + 8 <= a.len && j + n + 8 <= b.len &&
	       utf8_eight_ascii(&x, a.ptr + i + n) &&
	       utf8_eight_ascii(&y, b.ptr + j + n) && x == y)
		n += 8;
	return n;
}

static bool is_dash(unsigned c)
{
	return c == 0x2013 || c == 0x2014;
}

/*
 * Smart punctuation (typography.h) again, from what it made: "--" is one or
 * more dashes, "..." one ellipsis, a quote one quote, and narrow spaces are
 * put in or stand for others. False: it is something else.
 */
static bool align(struct html_trace *t, struct slice source,
		  struct slice printed)
{
	size_t i = 0, j = 0;

	while (i < source.len || j < printed.len) {
		unsigned a, b;
		size_t n = same_ascii(source, i, printed, j), m, k, d;

		t->same += n;
		k = i += n;
		d = j += n;
		if (n) /* perhaps to the end */
			continue;
		n = decode(&a, source, i);
		m = decode(&b, printed, j);
		if (n && a == b) {
			t->same += n == 4 ? 2 : 1;
			i += n;
			j += m;
			continue;
		}
		if (b == NARROW_NO_BREAK_SPACE && a != ' ') {
			add_run(t, " ", 1, 0);
			j += m;
		} else if (m && m < 4 && (a == '"' || a == '\'' ||
				 (a == ' ' && b == NARROW_NO_BREAK_SPACE))) {
			t->same++;
			i += n;
			j += m;
		} else if (a == '-' && is_dash(b)) {
			while (k < source.len && source.ptr[k] == '-')
				k++;
			/* no more dashes than there were hyphens for */
			while (is_dash(b) && (d - j) / 3 < (k - i) / 2) {
				d += 3;
				decode(&b, printed, d);
			}
			add_run(t, " ", (d - j) / 3, k - i);
			i = k;
			j = d;
		} else if (b == 0x2026 && source.len - i >= 3 &&
			   !memcmp(source.ptr + i, "...", 3)) {
			add_run(t, " ", 1, 3);
			i += 3;
			j += m;
		} else {
			return false;
		}
	}
	return true;
}

/* ---- inlines ---------------------------------------------------------- */

/* Do the words lead somewhere by what they are? <address>, and [words] or
 * [words][], which are defined elsewhere. */
static bool is_target(const struct node *node)
{
	for (node = node->parent; node && NODE_IS_INLINE(node->type);
	     node = node->parent)
		if (node->type == NODE_LINK)
			return node->flags & NODE_AUTOLINK || !node->last ||
			       node->end - node->last->end <= 3;
	return false;
}

static void add_text(struct html_trace *t, const struct node *node,
		     struct slice own, struct slice printed)
{
	size_t runs = t->runs.len, same = t->same;
	bool target = is_target(node);

	if (node->flags & NODE_LITERAL && !target)
		add_run(t, " ", units_of(printed), units_of(own));
	else if (target || !slice_eq(own, node->text) ||
		 !align(t, own, printed)) {
		strbuf_truncate(&t->runs, runs);
		t->same = same;
		add_run(t, " =", units_of(printed), units_of(own));
	}
}

static void add_code(struct html_trace *t, const struct node *node,
		     struct slice own, struct slice printed)
{
	size_t ticks = 0, i;

	while (ticks < own.len && own.ptr[ticks] == '`')
		ticks++;
	i = ticks + slice_find_slice(slice_sub(own, ticks, own.len), printed);
	if (i + printed.len + ticks > own.len) {
		add_run(t, " =", units_of(printed), units_of(own));
		return;
	}
	skip_to(t, node->start + i);
	t->same += units_of(printed);
	t->at += printed.len;
	skip_to(t, node->end);
}

/* With what the next line begins with, "> " or spaces. */
static void add_break(struct html_trace *t, const struct node *node,
		      struct slice printed)
{
	size_t end = node->next ? node->next->start : node->end;
	size_t source;

	if (end < node->end || end > t->source.len)
		end = node->end;
	source = units_of(slice_sub(t->source, node->start, end));
	if (printed.len == 1 && source == 1)
		t->same++;
	else
		add_run(t, " ", units_of(printed), source);
	t->at = end;
}

void html_trace_shown(struct html_trace *t, const struct node *node,
		      struct slice printed)
{
	struct slice own;

	if (!t->leaf || t->lost)
		return;
	if (node->end > t->source.len || node->end < node->start) {
		t->lost = true;
		return;
	}
	skip_to(t, node->start);
	own = slice_sub(t->source, node->start, node->end);
	t->at = node->end;
	switch (node->type) {
	case NODE_TEXT:
		add_text(t, node, own, printed);
		break;
	case NODE_CODE:
		t->at = node->start;
		add_code(t, node, own, printed);
		t->at = node->end;
		break;
	case NODE_SOFT_BREAK:
	case NODE_LINE_BREAK:
		add_break(t, node, printed);
		break;
	default:
		add_run(t, " =", units_of(printed), units_of(own));
		break;
	}
}

/* ---- blocks ----------------------------------------------------------- */

void html_trace_tag(struct html_trace *t, const struct strbuf *out)
{
	t->place = out->len - 1;
}

void html_trace_begin(struct html_trace *t, const struct node *leaf)
{
	const struct node *first = leaf->first;

	t->leaf = first ? leaf : NULL;
	/* a heading from the outline has no source */
	t->lost = !t->source.len || !first || leaf->end <= leaf->start ||
		  leaf->end > t->source.len || first->end <= first->start;
	t->same = 0;
	t->at = first ? first->start : 0;
	strbuf_truncate(&t->runs, 0);
}

void html_trace_end(struct html_trace *t, struct strbuf *out)
{
	const struct node *leaf = t->leaf;
	size_t tail = out->len - t->place;
	struct strbuf words = STRBUF_INIT;

	t->leaf = NULL;
	if (!leaf)
		return;
	strbuf_adds(&words, " data-at=\"");
	if (!t->lost && (t->runs.len || t->same)) {
		if (leaf->last->end > t->at && leaf->last->end <= t->source.len)
			skip_to(t, leaf->last->end);
		flush(t);
		strbuf_add_number(&words, t->chunk);
		strbuf_addch(&words, ' ');
		strbuf_add_number(&words, units_at(t, leaf->first->start));
		strbuf_add_slice(&words, strbuf_slice(&t->runs));
	}
	strbuf_addch(&words, '"');
	strbuf_grow(out, words.len);
	memmove(out->buf + t->place + words.len, out->buf + t->place,
		tail + 1);
	memcpy(out->buf + t->place, words.buf, words.len);
	out->len += words.len;
	strbuf_release(&words);
}
