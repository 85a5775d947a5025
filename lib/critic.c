/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "critic.h"
#include "utf8.h"

/* ---- marks in a text -------------------------------------------------- */

static const struct mark {
	char open[4], close[4];
} marks[] = {
	{ "{++", "++}" }, { "{--", "--}" }, { "{~~", "~~}" },
	{ "{==", "==}" }, { "{>>", "<<}" }
};
#define MARKS (sizeof(marks) / sizeof(marks[0]))

void critic_text_release(struct critic_text *critic)
{
	strbuf_release(&critic->old_words);
	strbuf_release(&critic->new_words);
	strbuf_release(&critic->remarks);
	strbuf_release(&critic->marked);
	*critic = (struct critic_text)CRITIC_TEXT_INIT;
}

static void add_substitution(struct critic_text *out, struct slice inner)
{
	size_t middle = slice_find_slice(inner, SLICE("~>"));

	strbuf_add_slice(&out->old_words, slice_sub(inner, 0, middle));
	strbuf_add_slice(&out->new_words,
			 slice_sub(inner, middle + 2, inner.len));
}

static void add_mark(struct critic_text *out, char kind, struct slice inner)
{
	out->edits |= kind != '=' && kind != '>';
	switch (kind) {
	case '+':
		strbuf_add_slice(&out->new_words, inner);
		break;
	case '-':
		strbuf_add_slice(&out->old_words, inner);
		break;
	case '~':
		add_substitution(out, inner);
		break;
	case '=':
		out->highlights = true;
		strbuf_truncate(&out->marked, 0);
		strbuf_add_slice(&out->marked, inner);
		strbuf_add_slice(&out->old_words, inner);
		strbuf_add_slice(&out->new_words, inner);
		break;
	default:
		if (out->remarks.len)
			strbuf_addch(&out->remarks, '\n');
		strbuf_add_slice(&out->remarks, slice_trim(inner));
		break;
	}
}

/* The mark at the front of `rest`: what is in it, and its length with all. */
static size_t mark_at(struct slice rest, struct slice *inner, bool *lost)
{
	for (size_t i = 0; i < MARKS; i++) {
		size_t end;

		if (lost[i] || !slice_starts_with(rest,
						  slice_of(marks[i].open)))
			continue;
		*inner = slice_sub(rest, 3, rest.len);
		end = slice_find_slice(*inner, slice_of(marks[i].close));
		if (end >= inner->len) {
			lost[i] = true; /* nor does it end later */
			return 0;
		}
		inner->len = end;
		return end + 6;
	}
	return 0;
}

size_t critic_read(struct critic_text *out, struct slice text)
{
	bool lost[MARKS] = { false };
	size_t at = 0;

	while (at < text.len) {
		struct slice rest = slice_sub(text, at, text.len), inner;
		size_t words = slice_find(rest, '{'), n;

		strbuf_add(&out->old_words, rest.ptr, words);
		strbuf_add(&out->new_words, rest.ptr, words);
		at += words;
		rest = slice_sub(text, at, text.len);
		if (!rest.len)
			break;
		n = mark_at(rest, &inner, lost);
		if (!n) {
			strbuf_addch(&out->old_words, '{');
			strbuf_addch(&out->new_words, '{');
			at++;
			continue;
		}
		if (!out->count++)
			out->marks.start = at;
		add_mark(out, rest.ptr[1], inner);
		at += n;
		out->marks.end = at;
	}
	return out->count;
}

/* ---- remarks in a chunk ----------------------------------------------- */

static bool is_punctuation(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') ||
	       (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/* Does the character need a backslash between its neighbours? */
static bool is_active(char before, char c, char after, bool guard)
{
	if (c == '\\')
		return guard || is_punctuation(after);
	if (c == '{')
		return guard || (after && strchr("+-~=>", after));
	if (c == '}')
		return guard || (before && strchr("+-~=<", before));
	return guard && strchr("`*_[]<>&~^!", c);
}

/* Characters that would end the line, or that nobody sees. */
static bool is_blank(unsigned c)
{
	return c <= ' ' || utf8_is_control(c) || c == 0x2028 || c == 0x2029 ||
	       c == 0x85;
}

void critic_add_remark(struct strbuf *out, struct slice words, bool guard)
{
	bool space = false, any = false;
	char before = '\0';

	strbuf_adds(out, "{>>");
	for (size_t at = 0; at < words.len;) {
		unsigned c = UTF8_REPLACEMENT;
		struct slice rest = slice_sub(words, at, words.len);
		size_t n = utf8_decode(&c, rest);

		at += n + !n;
		if (is_blank(c)) {
			space = any;
			continue;
		}
		if (utf8_is_bidi_control(c))
			continue;
		if (space) {
			strbuf_addch(out, ' ');
			before = ' ';
		}
		if (n == 1 && is_active(before, *rest.ptr,
					rest.len > 1 ? rest.ptr[1] : '\0',
					guard))
			strbuf_addch(out, '\\');
		/* no escape helps in a table */
		strbuf_add_utf8(out, guard && c == '|' ? 0xA6 : c);
		before = n == 1 ? *rest.ptr : 'x';
		space = false;
		any = true;
	}
	/* a "<" or a backslash at the end is not part of the mark */
	if (before == '<' || before == '\\')
		strbuf_addch(out, ' ');
	strbuf_adds(out, "<<}");
}

/* Words as they were before critic_add_remark(). */
static void add_words(struct strbuf *out, struct slice inner)
{
	inner = slice_trim(inner);
	for (size_t i = 0; i < inner.len; i++) {
		if (inner.ptr[i] == '\\' && i + 1 < inner.len &&
		    is_punctuation(inner.ptr[i + 1]))
			i++;
		strbuf_addch(out, inner.ptr[i]);
	}
}

struct comparison {
	struct slice base, theirs;
	size_t b, t;		/* they are the same up to here */
	struct span passage;
	struct slice inner;
};

static size_t same_length(struct slice a, struct slice b)
{
	size_t n = a.len < b.len ? a.len : b.len, i = 0;

	while (n - i >= 64 && !memcmp(a.ptr + i, b.ptr + i, 64))
		i += 64;
	while (i < n && a.ptr[i] == b.ptr[i])
		i++;
	return i;
}

/* "{>>…<<}" at `t` of theirs; true and past it. */
static bool take_comment(struct comparison *c, size_t *t)
{
	struct slice rest = slice_sub(c->theirs, *t, c->theirs.len);
	size_t end;

	if (!slice_starts_with(rest, SLICE("{>>")))
		return false;
	c->inner = slice_sub(rest, 3, rest.len);
	end = slice_find_slice(c->inner, SLICE("<<}"));
	if (end >= c->inner.len)
		return false;
	c->inner.len = end;
	*t += end + 6;
	return true;
}

/* A remark at `t` of theirs, where base goes on at `b`. */
static bool take_remark(struct comparison *c, size_t b, size_t t)
{
	struct slice rest = slice_sub(c->theirs, t, c->theirs.len);
	size_t start = b, words;

	if (slice_starts_with(rest, SLICE("{=="))) {
		rest = slice_sub(rest, 3, rest.len);
		words = slice_find_slice(rest, SLICE("==}{>>"));
		if (words >= rest.len ||
		    !slice_eq(slice_sub(rest, 0, words),
			      slice_sub(c->base, b, b + words)))
			return false;
		b += words;
		t += 3 + words + 3;
	}
	if (!take_comment(c, &t))
		return false;
	c->passage = (struct span){ start, b };
	c->b = b;
	c->t = t;
	return true;
}

/* The next remark. What it starts with may be what base goes on with. */
static bool next_remark(struct comparison *c)
{
	size_t same = same_length(slice_sub(c->base, c->b, c->base.len),
				  slice_sub(c->theirs, c->t, c->theirs.len));

	for (size_t back = 0; back <= 3 && back <= same; back++)
		if (take_remark(c, c->b + same - back, c->t + same - back))
			return true;
	return false;
}

bool critic_is_remark(struct slice base, struct slice theirs,
		      struct span *passage, struct strbuf *words)
{
	struct comparison c = { .base = base, .theirs = theirs };
	bool first = true;

	while (!slice_eq(slice_sub(base, c.b, base.len),
			 slice_sub(theirs, c.t, theirs.len))) {
		if (!next_remark(&c))
			return false;
		if (first && passage)
			*passage = c.passage;
		if (words) {
			if (!first)
				strbuf_adds(words, "\n\n");
			add_words(words, c.inner);
		}
		first = false;
	}
	return !first;
}
