/* SPDX-License-Identifier: MIT */
/* What is quoted above a reader's words, as the pieces to be found. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "mail_reply_private.h"

void reply_join(struct strbuf *out, const struct reply_lines *lines,
		size_t from, size_t to, unsigned sides)
{
	bool blank = false;

	for (size_t i = from; i < to; i++) {
		const struct reply_line *l = &lines->items[i];
		struct slice text = slice_trim(l->text);

		if (l->kind != REPLY_QUOTE && text.len)
			continue;
		if (text.len && !(l->side & sides))
			continue;
		if (!text.len) {
			blank = out->len > 0;
			continue;
		}
		if (blank)
			strbuf_adds(out, "\n\n");
		else if (out->len)
			strbuf_addch(out, ' ');
		blank = false;
		if (reply_is_gap(text))
			text = SLICE("[...]");
		strbuf_add_slice(out, text);
	}
}

/* Programs that turn pages into plain text put the address of a link after
 * its words: "the log <https://example.org/log>". */
static void drop_addresses(struct strbuf *text)
{
	size_t kept = 0, i = 0;

	while (i < text->len) {
		struct slice rest = slice_sub(strbuf_slice(text), i,
					      text->len);
		size_t end = 0;

		if (reply_starts(rest, "<http") ||
		    reply_starts(rest, "<mailto:"))
			while (end < rest.len && end < 2000 &&
			       rest.ptr[end] != ' ' &&
			       rest.ptr[end] != '>')
				end++;
		if (end && end < rest.len && rest.ptr[end] == '>') {
			i += end + 1;
			continue;
		}
		text->buf[kept++] = text->buf[i++];
	}
	strbuf_truncate(text, kept);
}

static void add_piece(struct reply_about *about, struct slice piece,
		      size_t *capacity)
{
	piece = slice_trim(piece);
	if (!piece.len)
		return;
	GROW(about->quotes, about->quote_count, *capacity);
	about->quotes[about->quote_count++] = piece;
}

/* Cut where the reader left something out. */
static void cut_quote(struct reply_about *about, struct arena *arena,
		      struct slice quote)
{
	struct slice *pieces;
	size_t from = 0, capacity = 0;

	for (size_t i = 0; i < quote.len; i++) {
		size_t n = strchr("[(<", quote.ptr[i]) && quote.ptr[i]
			? reply_gap_length(slice_sub(quote, i, quote.len)) : 0;

		if (!n)
			continue;
		add_piece(about, slice_sub(quote, from, i), &capacity);
		from = i + n;
		i = from - 1;
	}
	add_piece(about, slice_sub(quote, from, quote.len), &capacity);
	pieces = about->quotes;
	about->quotes = arena_alloc(arena,
				    about->quote_count * sizeof(*pieces) + 1);
	if (pieces)
		memcpy(about->quotes, pieces,
		       about->quote_count * sizeof(*pieces));
	free(pieces);
}

static bool is_filled_quote(const struct reply_line *l)
{
	return l->kind == REPLY_QUOTE && l->text.len;
}

/* Where the run of one depth that ends at `to` starts. */
static size_t run_start(const struct reply_line *l, size_t from, size_t to)
{
	unsigned depth = l[to - 1].depth;

	for (; to > from; to--)
		if (is_filled_quote(&l[to - 1]) && l[to - 1].depth != depth)
			break;
	return to;
}

/*
 * What is quoted right above: the last lines of one depth. Below a deeper
 * quote they are what someone else said about that; the book is deeper.
 */
void reply_about_read(struct reply_about *about, struct arena *arena,
		      const struct reply_lines *lines, size_t from, size_t to)
{
	const struct reply_line *l = lines->items;
	struct strbuf text = STRBUF_INIT;
	size_t start;

	memset(about, 0, sizeof(*about));
	while (to > from && !is_filled_quote(&l[to - 1]))
		to--;
	if (to == from)
		return;
	start = run_start(l, from, to);
	if (start > from && l[start - 1].depth > l[to - 1].depth) {
		to = start;
		start = run_start(l, from, to);
	}
	if (reply_about_hunk(about, arena, lines, start, to))
		return;
	reply_join(&text, lines, start, to, REPLY_WORDS);
	drop_addresses(&text);
	about->quote = arena_slice(arena, strbuf_slice(&text));
	cut_quote(about, arena, about->quote);
	strbuf_release(&text);
}
