/* SPDX-License-Identifier: MIT */
/* What readers type, in the manner of the author's chunk. */
#include "place_private.h"
#include "utf8.h"

struct manner {
	bool quotes, dashes, dots, spaces; /* the chunk has typographic ones */
};

static const char *straight(const struct manner *m, unsigned c)
{
	switch (c) {
	case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0xAB:
	case 0xBB:
		return m->quotes ? NULL : "\"";
	case 0x2018: case 0x2019: case 0x201A: case 0x201B: case 0x2039:
	case 0x203A:
		return m->quotes ? NULL : "'";
	case 0x2013:
		return m->dashes ? NULL : "--";
	case 0x2014:
		return m->dashes ? NULL : "---";
	case 0x2026:
		return m->dots ? NULL : "...";
	case 0xA0:
	case 0x202F:
		return m->spaces ? NULL : " ";
	default:
		return NULL;
	}
}

/* Bytes of E2 80 xx and C2 xx, which all of these are. */
static struct manner manner_of(struct slice chunk)
{
	struct manner m = { false, false, false, false };

	for (size_t i = 0; i + 1 < chunk.len; i++) {
		unsigned char a = (unsigned char)chunk.ptr[i];
		unsigned c = 0;

		if (a != 0xE2 && a != 0xC2)
			continue;
		utf8_decode(&c, slice_sub(chunk, i, chunk.len));
		m.quotes |= (c >= 0x2018 && c <= 0x201F) || c == 0xAB ||
			    c == 0xBB || c == 0x2039 || c == 0x203A;
		m.dashes |= c == 0x2013 || c == 0x2014;
		m.dots |= c == 0x2026;
		m.spaces |= c == 0xA0 || c == 0x202F;
	}
	return m;
}

void place_typed(struct strbuf *out, struct slice typed, struct slice chunk)
{
	struct manner m = manner_of(chunk);

	for (size_t at = 0; at < typed.len;) {
		unsigned c = UTF8_REPLACEMENT;
		struct slice rest = slice_sub(typed, at, typed.len);
		size_t n = utf8_decode(&c, rest);
		const char *instead = n ? straight(&m, c) : NULL;

		n += !n;
		at += n;
		if (instead)
			strbuf_adds(out, instead);
		else if (c == '\t' || c == '\n' || c == '\r' || c == 0x85 ||
			 c == 0x2028 || c == 0x2029)
			strbuf_addch(out, ' ');
		else if (!utf8_is_control(c) && !utf8_is_bidi_control(c))
			strbuf_add_utf8(out, c);
	}
}
