/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "patch_private.h"
#include "utf8.h"

/* Gone when folded: white space, and what has no width. */
static bool is_gap(unsigned c)
{
	switch (c) {
	case 0x00A0: /* no-break space */
	case 0x00AD: /* soft hyphen */
	case 0x202F: /* narrow no-break space */
	case 0x205F:
	case 0x3000:
	case 0xFEFF:
		return true;
	default:
		return c == ' ' || (c >= '\t' && c <= '\r') ||
		       (c >= 0x2000 && c <= 0x200B);
	}
}

static enum patch_class class_of(unsigned c)
{
	switch (c) {
	case '\'':
	case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2032:
	case 0x2039: case 0x203A:
		return CLASS_SINGLE;
	case '"':
	case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x2033:
	case 0x00AB: case 0x00BB:
		return CLASS_DOUBLE;
	case '-':
	case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014:
	case 0x2015: case 0x2212:
		return CLASS_DASH;
	case '.':
	case 0x2026:
		return CLASS_DOTS;
	}
	if (c >= 0x80 || (c | 0x20) - 'a' < 26 || c - '0' < 10)
		return CLASS_WORD;
	return CLASS_MARK;
}

/* A character that may be a bad byte, which stands for itself. */
static size_t decode(unsigned *c, struct slice text, size_t at)
{
	unsigned char byte = (unsigned char)text.ptr[at];
	size_t len;

	if (byte < 0x80) {
		*c = byte;
		return 1;
	}
	len = utf8_decode(c, slice_sub(text, at, text.len));
	if (!len)
		*c = 0xFFFF;
	return len ? len : 1;
}

static void set_folded(struct patch_unit *unit, struct slice text, unsigned c)
{
	static const char *const ascii[CLASS_COUNT] = {
		[CLASS_SINGLE] = "'", [CLASS_DOUBLE] = "\"", [CLASS_DASH] = "-"
	};

	if (c == 0x2026) {
		memcpy(unit->folded, "...", unit->len = 3);
	} else if (ascii[unit->class]) {
		unit->folded[0] = *ascii[unit->class];
		unit->len = 1;
	} else {
		unit->len = (unsigned char)(unit->end - unit->start);
		memcpy(unit->folded, text.ptr + unit->start, unit->len);
	}
}

bool patch_next_unit(struct patch_unit *unit, struct slice text, size_t at)
{
	unsigned c = ' ';
	size_t n = 0;

	while (at < text.len && (n = decode(&c, text, at), is_gap(c)))
		at += n;
	if (at == text.len)
		return false;
	unit->start = at;
	unit->end = at + n;
	unit->class = (unsigned char)class_of(c);
	unit->ascii = c < 0x80;
	set_folded(unit, text, c);
	if (unit->class != CLASS_DASH)
		return true;
	while (unit->end < text.len) {
		n = decode(&c, text, unit->end);
		if (class_of(c) != CLASS_DASH)
			break;
		unit->ascii = unit->ascii && c < 0x80;
		unit->end += n;
	}
	return true;
}

void patch_fold(struct strbuf *out, struct slice text)
{
	struct patch_unit unit;
	size_t at = 0, run;

	strbuf_grow(out, text.len);
	while (at < text.len) {
		run = at;
		while (at < text.len && class_of((unsigned char)text.ptr[at]) ==
		       CLASS_WORD && !(text.ptr[at] & 0x80))
			at++;
		strbuf_add(out, text.ptr + run, at - run);
		if (!patch_next_unit(&unit, text, at))
			return;
		strbuf_add(out, unit.folded, unit.len);
		at = unit.end;
	}
}

bool patch_has_nbsp(struct slice gap)
{
	unsigned c;

	for (size_t at = 0; at < gap.len; at += decode(&c, gap, at)) {
		decode(&c, gap, at);
		if (c >= 0x80)
			return true;
	}
	return false;
}

/* A run of dashes that was broken in two: one dash beside one. */
static void absorb_dash(struct patch_pair *pair, const struct patch_pairs *p)
{
	struct patch_unit a, b;

	while (patch_next_unit(&a, p->a, pair->a.end) &&
	       a.class == CLASS_DASH && a.start == pair->a.end + 1 &&
	       p->a.ptr[pair->a.end] == '\n' &&
	       !(patch_next_unit(&b, p->b, pair->b.end) &&
		 b.class == CLASS_DASH))
		pair->a.end = a.end;
}

bool patch_next_pair(struct patch_pair *pair, struct patch_pairs *pairs)
{
	struct patch_unit a, b;
	size_t na, nb;
	bool has_a = patch_next_unit(&a, pairs->a, pairs->at_a);
	bool has_b = patch_next_unit(&b, pairs->b, pairs->at_b);

	pair->gap_a = slice_sub(pairs->a, pairs->at_a,
				has_a ? a.start : pairs->a.len);
	pair->gap_b = slice_sub(pairs->b, pairs->at_b,
				has_b ? b.start : pairs->b.len);
	if (!has_a || !has_b)
		return false;
	pair->a = (struct span){ a.start, a.end };
	pair->b = (struct span){ b.start, b.end };
	pair->class = b.class;
	pair->ascii_a = a.ascii;
	pair->ascii_b = b.ascii;
	/* an ellipsis beside dots */
	for (na = a.len, nb = b.len; na != nb;) {
		if (na < nb) {
			if (!patch_next_unit(&a, pairs->a, pair->a.end))
				break;
			na += a.len;
			pair->a.end = a.end;
		} else {
			if (!patch_next_unit(&b, pairs->b, pair->b.end))
				break;
			nb += b.len;
			pair->b.end = b.end;
		}
	}
	if (pair->class == CLASS_DASH)
		absorb_dash(pair, pairs);
	pairs->at_a = pair->a.end;
	pairs->at_b = pair->b.end;
	return true;
}
