/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <uninorm.h>

#include "slug.h"
#include "strbuf.h"
#include "utf8.h"

/* Latin letters that have no decomposition. */
static const char *spelled(unsigned c)
{
	switch (c) {
	case 0x00DF: return "ss";
	case 0x00C6: case 0x00E6: return "ae";
	case 0x0152: case 0x0153: return "oe";
	case 0x00D8: case 0x00F8: return "o";
	case 0x00D0: case 0x00F0: case 0x0110: case 0x0111: return "d";
	case 0x00DE: case 0x00FE: return "th";
	case 0x0141: case 0x0142: return "l";
	case 0x0131: return "i";
	case 0x0126: case 0x0127: return "h";
	default: return NULL;
	}
}

static bool vanishes(unsigned c)
{
	return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x00AD ||
	       (c >= 0x0300 && c <= 0x036F); /* combining marks */
}

/* One character of the decomposed words. */
static void add_character(struct strbuf *out, size_t start, unsigned c,
			  bool *gap)
{
	const char *letters = spelled(c);
	char one[2] = { 0, 0 };

	if (!letters && c < 0x80) {
		if (c >= 'A' && c <= 'Z')
			c += 32;
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
			one[0] = (char)c;
			letters = one;
		}
	}
	if (!letters) {
		*gap |= !vanishes(c);
		return;
	}
	if (*gap && out->len > start)
		strbuf_addch(out, '-');
	*gap = false;
	strbuf_adds(out, letters);
}

void slug_add(struct strbuf *out, struct slice words, size_t max)
{
	size_t start = out->len, cut, n = 0;
	uint8_t *plain;
	bool gap = false;
	struct slice rest;

	/* what is too long is cut below: no need to look at all of it */
	words = slice_sub(words, 0, max * 8);
	words.len = utf8_valid_prefix(words);
	plain = u8_normalize(UNINORM_NFKD, (const uint8_t *)words.ptr,
			     words.len, NULL, &n);
	if (!plain && words.len)
		abort(); /* out of memory, as in alloc.c */
	rest = (struct slice){ (const char *)plain, n };
	while (rest.len) {
		unsigned c = 0;
		size_t len = utf8_decode(&c, rest);

		add_character(out, start, c, &gap);
		rest = slice_sub(rest, len ? len : 1, rest.len);
	}
	free(plain);
	if (out->len - start <= max)
		return;
	for (cut = start + max; cut > start && out->buf[cut] != '-'; cut--)
		;
	strbuf_truncate(out, cut > start ? cut : start + max);
}
