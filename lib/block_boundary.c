/* SPDX-License-Identifier: MIT */
#include "block_line.h"
#include "block_scan.h"
#include "strbuf.h"

/* Up to the end of the first paragraph: enough to tell. */
static struct slice first_lines(struct slice text, size_t *blank)
{
	struct block_scanner in;
	const char *p, *end;
	bool words = false;

	block_scanner_init(&in, text);
	*blank = 0;
	while (peek_line(&in, &p, &end)) {
		bool empty = skip_blanks(p, end) == end;

		if (empty && words)
			break;
		words |= !empty;
		skip_line(&in);
		if (!words)
			*blank = in.next;
	}
	return slice_sub(text, 0, in.next);
}

bool block_boundary_between(struct slice last, struct slice next)
{
	struct strbuf text = STRBUF_INIT;
	struct block_scanner scanner;
	struct block block;
	struct slice lines;
	size_t blank, start = 0;

	lines = first_lines(next, &blank);
	if (!last.len || blank == next.len)
		return true;
	if (last.ptr[last.len - 1] != '\n' && last.ptr[last.len - 1] != '\r')
		return false;
	block_scanner_init(&scanner, last);
	while (block_scanner_next(&scanner, &block))
		start = block.span.start;
	last = slice_sub(last, start, last.len);
	strbuf_add_slice(&text, last);
	strbuf_add_slice(&text, lines);
	block_scanner_init(&scanner, strbuf_slice(&text));
	scanner.started = start > 0;
	block_scanner_next(&scanner, &block);
	strbuf_release(&text);
	return block.span.end <= last.len + blank;
}
