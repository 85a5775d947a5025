/* SPDX-License-Identifier: MIT */
/* Short numbers that stand upright where lines run down. */
#ifndef HTML_UPRIGHT_H
#define HTML_UPRIGHT_H

#include "slice.h"

struct strbuf;

/**
 * Append `html`, whole elements of a page, with its short numbers and "!?" in
 * <span class="upright">; but for those in the head, in code and scripts.
 */
void html_add_upright(struct strbuf *out, struct slice html);

#endif
