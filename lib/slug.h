/* SPDX-License-Identifier: MIT */
/* Names for files and addresses, from the words of a title. */
#ifndef SLUG_H
#define SLUG_H

#include <stddef.h>

#include "slice.h"

struct strbuf;

/**
 * Append `words` as a slug: [a-z0-9] and single '-' between, none at the
 * ends; Latin letters lose their marks (Unicode NFKD), apostrophes vanish
 * ("o'clock" is "oclock"), all else separates. At most `max` bytes, cut
 * between words where there is a choice. Appends nothing when nothing is
 * left, as with a title in another script.
 */
void slug_add(struct strbuf *out, struct slice words, size_t max);

#endif
