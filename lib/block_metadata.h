/* SPDX-License-Identifier: MIT */
/*
 * Metadata at the front of a text: YAML between `---` and `---` or `...`, or
 * pandoc's title block, lines that start with '%'. Used by block_scan.c.
 */
#ifndef BLOCK_METADATA_H
#define BLOCK_METADATA_H

#include <stdbool.h>

struct block_scanner;

/**
 * True when the line from `p` to `end`, the first and a BOM left out, begins
 * metadata; the scanner, which stands at this line, is then after its last.
 */
bool skip_metadata(struct block_scanner *in, const char *p, const char *end);

#endif
