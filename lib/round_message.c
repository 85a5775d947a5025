/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdint.h>

#include "person.h"
#include "round_message.h"
#include "strbuf.h"

#define SUBJECT "Round "
#define DUE "Due: "

/* As git cleans a message up, but comments are none. */
static void add_clean(struct strbuf *out, struct slice text)
{
	size_t start = out->len, blank = 0;
	struct slice line;

	while (slice_next_line(&line, &text)) {
		line = slice_trim_end(line);
		if (!line.len) {
			blank += out->len > start;
			continue;
		}
		for (; blank; blank--)
			strbuf_addch(out, '\n');
		strbuf_add_slice(out, line);
		strbuf_addch(out, '\n');
	}
}

void round_message_write(struct strbuf *out, const char *name,
			 struct slice words, const char *due)
{
	strbuf_addf(out, SUBJECT "%s\n", name);
	if (!slice_is_blank(words)) {
		strbuf_addch(out, '\n');
		add_clean(out, words);
	}
	if (*due)
		strbuf_addf(out, "\n" DUE "%s\n", due);
}

static bool is_signature(struct slice line)
{
	return slice_starts_with(line, SLICE("-----BEGIN PGP ")) ||
	       slice_starts_with(line, SLICE("-----BEGIN SSH SIGNATURE")) ||
	       slice_starts_with(line, SLICE("-----BEGIN SIGNED MESSAGE"));
}

static struct slice without_signature(struct slice message)
{
	struct slice rest = message, line;

	while (slice_next_line(&line, &rest))
		if (is_signature(line)) {
			message.len = (size_t)(line.ptr - message.ptr);
			break;
		}
	return message;
}

/* The day, if the line says one: DUE "2026-12-24". */
static bool read_due(char due[CALENDAR_DAY_SIZE], struct slice line)
{
	const struct moment long_ago = { INT64_MIN, 0 };
	char day[CALENDAR_DAY_SIZE];

	line = slice_trim_end(line);
	if (!slice_starts_with(line, SLICE(DUE)))
		return false;
	line = slice_sub(line, strlen(DUE), line.len);
	if (line.len != CALENDAR_DAY_SIZE - 1 || line.ptr[4] != '-')
		return false;
	memcpy(day, line.ptr, line.len);
	day[line.len] = '\0';
	return !calendar_day_parse(due, day, &long_ago, NULL);
}

/* Take the last line off the words if it is a day and a paragraph alone. */
static void take_due(char due[CALENDAR_DAY_SIZE], struct slice *words)
{
	struct slice text = slice_trim_end(*words);
	size_t start = text.len;

	while (start && text.ptr[start - 1] != '\n')
		start--;
	if (start && (start == 1 || text.ptr[start - 2] != '\n'))
		return;
	if (read_due(due, slice_sub(text, start, text.len)))
		words->len = start;
}

void round_message_read(struct strbuf *words, char due[CALENDAR_DAY_SIZE],
			const char *name, struct slice message)
{
	struct slice rest = without_signature(message), all = rest, first;
	struct strbuf clean = STRBUF_INIT;
	struct slice text;

	*due = '\0';
	if (slice_next_line(&first, &rest)) {
		first = slice_trim_end(first);
		if (slice_starts_with(first, SLICE(SUBJECT)) &&
		    slice_eq_str(slice_sub(first, strlen(SUBJECT), first.len),
				 name))
			all = rest;
	}
	add_clean(&clean, all);
	text = strbuf_slice(&clean);
	take_due(due, &text);
	add_clean(words, text);
	if (words->len)
		strbuf_truncate(words, words->len - 1);
	strbuf_release(&clean);
}
