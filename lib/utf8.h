/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 (RFC 3629): no surrogates, nothing above U+10FFFF, no overlong forms.
 */
#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "slice.h"

#define UTF8_REPLACEMENT 0xFFFDu

/**
 * Decode the character at the front of `s`, which is not empty. Returns its
 * length in bytes (1..4) and sets `codepoint`; returns 0 and leaves it alone
 * when the bytes are not UTF-8.
 */
size_t utf8_decode(unsigned *codepoint, struct slice s);

/** Encode into `out` (room for 4). Returns the length; 0 if not a scalar. */
size_t utf8_encode(char out[4], unsigned codepoint);

/** Length of the longest valid start of `s`; s.len when all of it is. */
size_t utf8_valid_prefix(struct slice s);

/** How many characters `s` has; a bad byte counts as one. */
size_t utf8_count(struct slice s);

/** Controls but TAB, LF and CR, DEL, and U+0080..U+009F. */
bool utf8_is_control(unsigned codepoint);

/** Bidirectional embeddings, overrides and isolates (UAX #9, 2.1 to 2.5). */
bool utf8_is_bidi_control(unsigned codepoint);

/** Are the eight bytes at `p` ASCII? `bytes` has them, to be compared. */
static inline bool utf8_eight_ascii(uint64_t *bytes, const char *p)
{
	memcpy(bytes, p, sizeof(*bytes));
	return !(*bytes & UINT64_C(0x8080808080808080));
}

#endif
