/* SPDX-License-Identifier: MIT */
/*
 * What a reader took out at one place and put in at another is one change,
 * though it is two in the text: it goes in as a whole, or words would be lost,
 * or stand twice. For prose_place.c alone.
 */
#ifndef PROSE_MOVES_H
#define PROSE_MOVES_H

#include <stddef.h>

#include "prose_change.h"
#include "slice.h"

struct vocabulary;

/**
 * Of the changes from number `first` on, those that have a place, but are of a
 * whole with one that has none, have none, either.
 */
void prose_moves_bind(struct prose_changes *changes, size_t first,
		      struct vocabulary *vocabulary, struct slice base,
		      struct slice theirs);

#endif
