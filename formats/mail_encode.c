/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <gmime/gmime.h>
#include <string.h>

#include "mail_encode.h"
#include "strbuf.h"
#include "utf8.h"

#define LINE 76
#define FRAME 12		/* "=?utf-8?B?" and "?=" */

static bool is_ascii(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.ptr[i] >= 127)
			return false;
	return true;
}

/* What is longer as quoted-printable than as base 64. */
static bool is_foreign(struct slice text)
{
	size_t foreign = 0;

	for (size_t i = 0; i < text.len; i++)
		foreign += (unsigned char)text.ptr[i] >= 127;
	return 4 * foreign > text.len;
}

/* RFC 2047, 5 (3): what may stand as it is, in phrases too. */
static bool is_literal(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("!*+-/", c));
}

static void add_quoted(struct strbuf *out, struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (c == ' ')
			strbuf_addch(out, '_');
		else if ((unsigned char)c < 128 && is_literal(c))
			strbuf_addch(out, c);
		else
			strbuf_addf(out, "=%02X", (unsigned char)c);
	}
}

/* How many bytes of `text`, whole characters, fit into one word. */
static size_t word_bytes(struct slice text, bool base64, size_t max)
{
	size_t at = 0, letters = 0;

	while (at < text.len) {
		unsigned c;
		size_t n = utf8_decode(&c, slice_sub(text, at, text.len));

		n = n ? n : 1;
		if (base64) {
			letters = (at + n + 2) / 3 * 4;
		} else {
			bool literal = n == 1 && (text.ptr[at] == ' ' ||
						  is_literal(text.ptr[at]));

			letters += literal ? 1 : 3 * n;
		}
		if (letters > max)
			break;
		at += n;
	}
	return at;
}

static void add_encoded(struct strbuf *out, struct slice text, size_t column)
{
	bool base64 = is_foreign(text), first = true;

	while (text.len) {
		size_t n = word_bytes(text, base64, LINE - FRAME - column);
		struct slice piece = slice_sub(text, 0, n);
		struct strbuf word = STRBUF_INIT;

		if (base64) {
			gchar *encoded = g_base64_encode(
				(const guchar *)piece.ptr, piece.len);

			strbuf_addf(&word, "=?utf-8?B?%s?=", encoded);
			g_free(encoded);
		} else {
			strbuf_adds(&word, "=?utf-8?Q?");
			add_quoted(&word, piece);
			strbuf_adds(&word, "?=");
		}
		if (!first)
			strbuf_adds(out, "\n ");
		strbuf_add_slice(out, strbuf_slice(&word));
		strbuf_release(&word);
		text = slice_sub(text, n, text.len);
		first = false;
		column = 1;
	}
}

/* Broken before spaces, which begin the next line. */
static void add_folded(struct strbuf *out, struct slice text, size_t column)
{
	while (text.len) {
		size_t n = 1;

		while (n < text.len && (text.ptr[n] != ' ' ||
					text.ptr[n - 1] == ' '))
			n++;
		/* a line of blanks would end the header */
		if (column + n > LINE && *text.ptr == ' ' && n > 1 &&
		    text.ptr[1] != ' ') {
			strbuf_addch(out, '\n');
			column = 0;
		}
		strbuf_add(out, text.ptr, n);
		column += n;
		text = slice_sub(text, n, text.len);
	}
}

static bool has_long_word(struct slice text)
{
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		len = text.ptr[i] == ' ' ? 0 : len + 1;
		if (len > LINE)
			return true;
	}
	return false;
}

void mail_encode_text(struct strbuf *out, struct slice text, size_t column)
{
	if (is_ascii(text) && !has_long_word(text) &&
	    slice_find_slice(text, SLICE("=?")) == text.len)
		add_folded(out, text, column);
	else
		add_encoded(out, text, column);
}

/* Words of letters need no quotes. */
static bool is_phrase(struct slice name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!isalnum((unsigned char)name.ptr[i]) &&
		    !strchr(" '-", name.ptr[i]))
			return false;
	return true;
}

static void add_string(struct strbuf *out, struct slice name)
{
	strbuf_addch(out, '"');
	for (size_t i = 0; i < name.len; i++) {
		if (strchr("\"\\", name.ptr[i]))
			strbuf_addch(out, '\\');
		strbuf_addch(out, name.ptr[i]);
	}
	strbuf_addch(out, '"');
}

void mail_encode_mailbox(struct strbuf *out, const char *name,
			 const char *address, size_t column)
{
	struct slice text = slice_of(name);
	size_t before = out->len;

	if (!text.len) {
		strbuf_adds(out, address);
		return;
	}
	if (!is_ascii(text) || text.len > LINE - column - 4 ||
	    slice_find_slice(text, SLICE("=?")) < text.len)
		add_encoded(out, text, column);
	else if (is_phrase(text))
		strbuf_add_slice(out, text);
	else
		add_string(out, text);
	if (column + (out->len - before) + strlen(address) + 3 > LINE)
		strbuf_addch(out, '\n');
	strbuf_addf(out, " <%s>", address);
}
