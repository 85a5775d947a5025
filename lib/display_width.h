/* SPDX-License-Identifier: MIT */
/* Columns that text takes on a terminal: Unicode Standard Annex #11. */
#ifndef DISPLAY_WIDTH_H
#define DISPLAY_WIDTH_H

#include <stddef.h>

/** Columns of one character: 0 (it combines), 1 or 2. Controls have none. */
size_t display_width(unsigned codepoint);

#endif
