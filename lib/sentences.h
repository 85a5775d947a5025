/* SPDX-License-Identifier: MIT */
/* What stands around a place of a text, by the sentences of tokens.h. */
#ifndef SENTENCES_H
#define SENTENCES_H

#include "slice.h"

/**
 * The whole sentences (or paragraphs, list items, headings) that bytes `span`
 * are in, with all of `span`; white space at its ends does not count. Where
 * nothing else is in it: those that it stands at the end of, else before.
 * Linear in the text, which is under 4 GiB.
 */
struct span sentences_around(struct slice text, struct span span);
struct span paragraphs_around(struct slice text, struct span span);

#endif
