/* SPDX-License-Identifier: MIT */
#include "block_scan.h"
#include "check_private.h"
#include "utf8.h"

static void check_bytes(struct checker *c, struct slice text)
{
	size_t i = 0;

	if (slice_starts_with(text, SLICE("\xEF\xBB\xBF")))
		i = 3;
	while (i < text.len) {
		unsigned ch = (unsigned char)text.ptr[i];
		size_t n = 1;

		if (ch >= 0x20 && ch < 0x7F) {
			i++;
			continue;
		}
		n = utf8_decode(&ch, slice_sub(text, i, text.len));
		if (!n) {
			size_t bad = 1;

			check_note(c, i, "not UTF-8: byte 0x%02x",
				   (unsigned char)text.ptr[i]);
			/* a Latin-1 file is one finding a line, not a byte */
			while (i + bad < text.len && text.ptr[i + bad] != '\n')
				bad++;
			n = bad;
		} else if (utf8_is_control(ch)) {
			check_note(c, i, "control character U+%04X", ch);
		} else if (utf8_is_bidi_control(ch)) {
			check_note(c, i,
				   "bidirectional control character U+%04X",
				   ch);
		}
		i += n;
	}
}

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

/* "TODO", "FIXME", "XXX" and the printer's "TK", as words of their own. */
static void check_reminders(struct checker *c, struct slice line, size_t start)
{
	static const char *const words[] = { "TODO", "FIXME", "XXX", "TK" };

	for (size_t w = 0; w < sizeof(words) / sizeof(*words); w++) {
		struct slice word = slice_of(words[w]);
		size_t at = slice_find_slice(line, word);

		if (at == line.len || (at && is_word_byte(line.ptr[at - 1])) ||
		    (at + word.len < line.len &&
		     is_word_byte(line.ptr[at + word.len])))
			continue;
		check_note(c, start + at, "'%s' left in the text", words[w]);
	}
}

static void check_lines(struct checker *c, struct slice text)
{
	static const char *const marks[] = { "<<<<<<< ", "||||||| ",
					     ">>>>>>> " };
	struct slice rest = text, line;

	while (slice_next_line(&line, &rest)) {
		size_t start = (size_t)(line.ptr - text.ptr);

		for (size_t m = 0; m < sizeof(marks) / sizeof(*marks); m++)
			if (slice_starts_with(line, slice_of(marks[m])))
				check_note(c, start, "conflict mark '%.7s'",
					   marks[m]);
		check_reminders(c, line, start);
	}
}

static void check_unclosed(struct checker *c, struct slice text)
{
	struct block_scanner scanner;
	struct block b;

	block_scanner_init(&scanner, text);
	while (block_scanner_next(&scanner, &b)) {
		if (!b.unclosed)
			continue;
		if (b.type == BLOCK_DIV)
			check_note(c, b.span.start, "':::' is never closed");
		else if (b.type == BLOCK_CODE)
			check_note(c, b.span.start,
				   "code fence is never closed");
		else
			check_note(c, b.span.start, "raw HTML is never closed");
	}
}

void check_text(struct checker *c, struct slice text)
{
	check_bytes(c, text);
	check_lines(c, text);
	check_unclosed(c, text);
}
