/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "alloc.h"
#include "command.h"
#include "styled.h"
#include "utf8.h"

#define NARROWEST 20
#define WIDEST 10000

void styled_release(struct styled *styled)
{
	strbuf_release(&styled->text);
	free(styled->runs);
	*styled = (struct styled)STYLED_INIT;
}

void styled_add(struct styled *styled, const char *style, struct slice words)
{
	struct styled_run *run;

	if (!words.len)
		return;
	strbuf_add_slice(&styled->text, words);
	GROW(styled->runs, styled->count, styled->capacity);
	run = &styled->runs[styled->count++];
	*run = (struct styled_run){ styled->text.len,
				    color_wanted() ? style : "" };
}

size_t terminal_width(void)
{
	static bool asked;
	static size_t width;
	const char *said = getenv("COLUMNS");
	struct winsize size;
	long n = said ? strtol(said, NULL, 10) : 0;

	if (asked || !isatty(STDOUT_FILENO)) {
		asked = true;
		return width;
	}
	asked = true;
	if (n <= 0 && !ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
		n = size.ws_col;
	width = n <= 0 ? 80 : n < NARROWEST ? NARROWEST :
		n > WIDEST ? WIDEST : (size_t)n;
	return width;
}

struct line {
	const struct styled *styled;
	const char *indent;
	size_t width;		/* 0: not wrapped */
	size_t column;		/* 0: nothing is printed yet */
	size_t run;
};

/* Lines without words have no indent. */
static void start_line(struct line *l)
{
	if (l->column)
		return;
	fputs(l->indent, stdout);
	l->column = utf8_count(slice_of(l->indent));
}

/* Bytes `from` to `to`, in their colours. */
static void print_bytes(struct line *l, size_t from, size_t to)
{
	const struct styled *s = l->styled;

	if (from < to)
		start_line(l);
	while (from < to) {
		const char *style;
		size_t end;

		while (s->runs[l->run].end <= from)
			l->run++;
		style = s->runs[l->run].style;
		end = s->runs[l->run].end < to ? s->runs[l->run].end : to;
		fputs(style, stdout);
		print_safe(stdout, slice_sub(strbuf_slice(&s->text), from,
					     end));
		if (*style)
			fputs(STYLE_RESET, stdout);
		from = end;
	}
}

static void break_line(struct line *l)
{
	putchar('\n');
	l->column = 0;
}

/* A word, on this line or the next; one that is too long is cut. */
static void print_word(struct line *l, size_t from, size_t to, bool first)
{
	struct slice text = strbuf_slice(&l->styled->text);
	size_t columns = 0, len, start = from;

	for (size_t i = from; i < to && columns <= l->width; i += len)
		columns += safe_columns_at(&len, slice_sub(text, i, to));
	if (l->width && !first && l->column + 1 + columns > l->width) {
		break_line(l);
	} else if (!first) {
		putchar(' ');
		l->column++;
	}
	start_line(l);
	for (size_t i = from; l->width && i < to; i += len) {
		columns = safe_columns_at(&len, slice_sub(text, i, to));
		if (l->column + columns > l->width && i > start) {
			print_bytes(l, start, i);
			break_line(l);
			start = i;
		}
		l->column += columns;
	}
	print_bytes(l, start, to);
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* One line of the text, as the terminal has room for it. */
static void wrap_line(struct line *l, size_t at, size_t to)
{
	const char *text = l->styled->text.buf;
	bool first = true;
	size_t end = at;

	while (end < to && is_space(text[end]))
		end++;
	print_bytes(l, at, end);
	l->column += end - at;
	for (at = end; at < to; first = false) {
		for (end = at; end < to && !is_space(text[end]); end++)
			;
		print_word(l, at, end, first);
		for (at = end; at < to && is_space(text[at]); at++)
			;
	}
}

void styled_print(const struct styled *styled, const char *indent)
{
	struct line l = { styled, indent, terminal_width(), 0, 0 };
	struct slice text = strbuf_slice(&styled->text);
	size_t at = 0;

	while (at < text.len) {
		size_t end = at + slice_find(slice_sub(text, at, text.len),
					     '\n');

		if (l.width)
			wrap_line(&l, at, end);
		else
			print_bytes(&l, at, end);
		if (end < text.len)
			break_line(&l);
		at = end + 1;
	}
	putchar('\n');
}
