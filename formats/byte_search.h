/* SPDX-License-Identifier: MIT */
/*
 * Looking for bytes in a text eight at a time, held in a uint64_t (Anderson,
 * Bit Twiddling Hacks). Not zero: one of the eight, or several, are such bytes;
 * the bits do not say which.
 */
#ifndef BYTE_SEARCH_H
#define BYTE_SEARCH_H

#include <stdint.h>

#define BYTE_ONES UINT64_C(0x0101010101010101)
#define BYTE_HIGHS UINT64_C(0x8080808080808080)

/** Is one of them `c`; or less than `c`, which is 0x80 at most? */
#define BYTE_IS(x, c) BYTE_BELOW((x) ^ (BYTE_ONES * (c)), 1)
#define BYTE_BELOW(x, c) (((x) - BYTE_ONES * (c)) & ~(x) & BYTE_HIGHS)

#endif
