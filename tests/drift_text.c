/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "drift.h"
#include "drift_text.h"

void drift_text_release(struct drift_text *t)
{
	free(t->items);
	*t = (struct drift_text){ NULL, 0, 0 };
}

void drift_add(struct drift_text *t, const struct drift_item *item)
{
	GROW(t->items, t->count, t->capacity);
	t->items[t->count++] = *item;
}

/* Take `out` items out at `at`, and put `count` in. */
void drift_splice_items(struct drift_text *t, size_t at, size_t out,
		   const struct drift_item *in, size_t count)
{
	struct drift_text made = { NULL, 0, 0 };

	for (size_t i = 0; i < at; i++)
		drift_add(&made, &t->items[i]);
	for (size_t i = 0; i < count; i++)
		drift_add(&made, &in[i]);
	for (size_t i = at + out; i < t->count; i++)
		drift_add(&made, &t->items[i]);
	free(t->items);
	*t = made;
}

/* The block that item `at` is in, from its start to the next one's. */
size_t drift_block_start(const struct drift_text *t, size_t at)
{
	while (at && !t->items[at].block)
		at--;
	return at;
}

size_t drift_block_end(const struct drift_text *t, size_t at)
{
	for (at++; at < t->count && !t->items[at].block; at++)
		;
	return at;
}

static size_t columns(const char *s)
{
	size_t n = 0;

	for (; *s; s++)
		n += (*s & 0xC0) != 0x80;
	return n;
}

void drift_render(struct strbuf *out, const struct drift_text *t, bool crlf)
{
	struct strbuf lf = STRBUF_INIT;
	size_t column = 0, width = 0;
	bool start = false;

	for (size_t i = 0; i < t->count; i++) {
		const struct drift_item *item = &t->items[i];
		size_t gap = item->gap, word = columns(item->text);

		if (item->block) {
			const char *text = item->text;

			while (!lf.len && *text == '\n')
				text++;
			strbuf_adds(&lf, text);
			column = strlen(text);
			width = item->width;
			start = true;
			continue;
		}
		for (size_t k = i + 1; k < t->count && !t->items[k].block &&
		     t->items[k].gap == DRIFT_NONE && k < i + 4; k++)
			word += columns(t->items[k].text);
		if (start)
			gap = DRIFT_NONE;
		start = false;
		if (gap == DRIFT_SPACE && width && column + 1 + word > width)
			gap = DRIFT_LINE;
		strbuf_adds(&lf, gap == DRIFT_NONE ? "" :
			    gap == DRIFT_SPACE ? " " :
			    gap == DRIFT_LINE ? "\n" : "  \n");
		column = gap >= DRIFT_LINE ? 0 :
			 column + (gap == DRIFT_SPACE);
		strbuf_adds(&lf, item->text);
		column += columns(item->text);
	}
	strbuf_addch(&lf, '\n');
	for (size_t i = 0; i < lf.len; i++) {
		if (crlf && lf.buf[i] == '\n')
			strbuf_addch(out, '\r');
		strbuf_addch(out, lf.buf[i]);
	}
	strbuf_release(&lf);
}

/* The next character, with any white space as one space or one blank line. */
static int next_char(struct slice s, size_t *at)
{
	size_t lines = 0, from = *at;

	while (*at < s.len && strchr(" \r\n", s.ptr[*at]))
		lines += s.ptr[(*at)++] == '\n';
	if (*at == s.len)
		return -1;
	if (*at > from)
		return lines > 1 ? '\n' : ' ';
	return (unsigned char)s.ptr[(*at)++];
}

bool drift_same(struct slice a, struct slice b)
{
	size_t i = 0, j = 0;
	int c;

	do {
		c = next_char(a, &i);
		if (c != next_char(b, &j))
			return false;
	} while (c >= 0);
	return true;
}
