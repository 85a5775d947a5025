/* SPDX-License-Identifier: MIT */
#include <stdint.h>

#include "utf8.h"

size_t utf8_decode(unsigned *codepoint, struct slice s)
{
	const unsigned char *p = (const unsigned char *)s.ptr;
	unsigned c = p[0], min;
	size_t n;

	if (c < 0x80) {
		*codepoint = c;
		return 1;
	}
	if (c >= 0xC2 && c <= 0xDF) {
		n = 2, min = 0x80, c &= 0x1F;
	} else if ((c & 0xF0) == 0xE0) {
		n = 3, min = 0x800, c &= 0x0F;
	} else if (c >= 0xF0 && c <= 0xF4) {
		n = 4, min = 0x10000, c &= 0x07;
	} else {
		return 0;
	}
	if (s.len < n)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xC0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3F);
	}
	if (c < min || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		return 0;
	*codepoint = c;
	return n;
}

size_t utf8_encode(char out[4], unsigned c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xC0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3F));
		return 2;
	}
	if (c < 0x10000) {
		if (c >= 0xD800 && c <= 0xDFFF)
			return 0;
		out[0] = (char)(0xE0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3F));
		out[2] = (char)(0x80 | (c & 0x3F));
		return 3;
	}
	if (c > 0x10FFFF)
		return 0;
	out[0] = (char)(0xF0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3F));
	out[2] = (char)(0x80 | (c >> 6 & 0x3F));
	out[3] = (char)(0x80 | (c & 0x3F));
	return 4;
}

size_t utf8_valid_prefix(struct slice s)
{
	size_t i = 0;

	while (i < s.len) {
		uint64_t eight;
		unsigned c;
		size_t n;

		if (i + 8 <= s.len && utf8_eight_ascii(&eight, s.ptr + i)) {
			i += 8;
			continue;
		}
		n = utf8_decode(&c, slice_sub(s, i, s.len));
		if (!n)
			return i;
		i += n;
	}
	return i;
}

size_t utf8_count(struct slice s)
{
	size_t count = 0;

	for (size_t i = 0; i < s.len; count++) {
		unsigned c;
		size_t n = utf8_decode(&c, slice_sub(s, i, s.len));

		i += n ? n : 1;
	}
	return count;
}

bool utf8_is_control(unsigned c)
{
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') ||
	       (c >= 0x7F && c <= 0x9F);
}

bool utf8_is_bidi_control(unsigned c)
{
	return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}
