/* SPDX-License-Identifier: MIT */
/* Prose as words: Unicode Standard Annex #29, section 4. */
#ifndef WORDS_H
#define WORDS_H

#include <stddef.h>

#include "slice.h"

/**
 * How many words `text` has: segments between word boundaries that have a
 * letter, an ideograph or a digit in them. Bytes that are not UTF-8 count as
 * letters.
 */
size_t words_count(struct slice text);

#endif
