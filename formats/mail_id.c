/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "mail_id.h"
#include "strbuf.h"

#define START "galley."
#define HASH_DIGITS 16
#define LONGEST 250		/* that does not make a line too long */

/* Names of rounds may have any letters: %C3%A9, which an id may have. */
static void add_round(struct strbuf *out, const char *round)
{
	for (; *round; round++) {
		unsigned char c = (unsigned char)*round;

		if (c < 128 && (isalnum(c) || c == '-'))
			strbuf_addch(out, (char)c);
		else
			strbuf_addf(out, "%%%02X", c);
	}
}

void mail_id_start(struct strbuf *out, const char *round, const char *code)
{
	strbuf_adds(out, START);
	strbuf_addch(out, round ? 'r' : 't');
	if (round)
		add_round(out, round);
	strbuf_addf(out, ".%s", code);
}

static int digit(char c)
{
	const char *digits = "0123456789ABCDEF", *at = strchr(digits, c);

	return c && at ? (int)(at - digits) : -1;
}

static bool read_round(struct strbuf *out, struct slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		int high, low;

		if (s.ptr[i] != '%') {
			strbuf_addch(out, s.ptr[i]);
			continue;
		}
		if (i + 2 >= s.len)
			return false;
		high = digit(s.ptr[i + 1]);
		low = digit(s.ptr[i + 2]);
		if (high < 0 || low < 0 || !(high + low))
			return false;
		strbuf_addch(out, (char)(high << 4 | low));
		i += 2;
	}
	return s.len > 0;
}

static struct slice take_part(struct slice *rest)
{
	size_t n = slice_find(*rest, '.');
	struct slice part = slice_sub(*rest, 0, n);

	*rest = slice_sub(*rest, n + 1, rest->len);
	return part;
}

static bool is_all(struct slice s, size_t len, const char *digits)
{
	if (s.len != len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (!s.ptr[i] || !strchr(digits, s.ptr[i]))
			return false;
	return true;
}

bool mail_id_read(struct strbuf *round, struct slice *code, struct slice id)
{
	struct slice rest = slice_sub(id, 0, slice_find(id, '@')), what;
	size_t before = round->len;

	if (!slice_starts_with(rest, SLICE(START)))
		return false;
	rest = slice_sub(rest, strlen(START), rest.len);
	what = take_part(&rest);
	*code = take_part(&rest);
	if (!is_all(rest, HASH_DIGITS, "0123456789abcdef") ||
	    !code->len || *code->ptr != 'R' ||
	    !is_all(slice_sub(*code, 1, code->len), 5,
		    "0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
		return false;
	if (slice_eq(what, SLICE("t")))
		return true;
	if (what.len && *what.ptr == 'r' &&
	    read_round(round, slice_sub(what, 1, what.len)))
		return true;
	strbuf_truncate(round, before);
	return false;
}

bool mail_id_is_valid(struct slice id)
{
	size_t at = slice_find(id, '@');

	for (size_t i = 0; i < id.len; i++) {
		unsigned char c = (unsigned char)id.ptr[i];

		if (c <= ' ' || c >= 127 || strchr("<>\"\\()", c))
			return false;
	}
	return at > 0 && at + 1 < id.len && id.len <= LONGEST;
}
