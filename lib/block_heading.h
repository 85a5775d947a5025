/* SPDX-License-Identifier: MIT */
/*
 * A heading's words and its attributes, `Words {#id .class}`. Used by
 * block_scan.c.
 */
#ifndef BLOCK_HEADING_H
#define BLOCK_HEADING_H

#include "slice.h"

struct block;

/**
 * An ATX heading of that level, from the '#' to the end of its line: type,
 * level, title, attributes. One '#' alone is a scene break.
 */
void read_heading(struct block *block, struct slice line, int level);

/** Of a heading with a title: attributes at its end, if it has such. */
void take_attributes(struct block *block);

#endif
