/* SPDX-License-Identifier: MIT */
/*
 * What a heading says it is: "Part Two", "Erster Teil", "CHAPTER IV. The
 * Fog", "Prologue", "IV." in English, German, French, Spanish, Italian and
 * Portuguese.
 */
#ifndef HEADING_WORDS_H
#define HEADING_WORDS_H

#include <stdbool.h>

#include "slice.h"

enum heading_kind {
	HEADING_WORDS,		/* anything else */
	HEADING_PART,
	HEADING_CHAPTER,
	HEADING_MATTER,		/* a prologue, an afterword … */
	HEADING_NUMBER		/* a number alone */
};

/**
 * `line` is one line. `alone`: it is a line of plain text that may be no
 * heading at all, so it must look like one: nothing but the words and number,
 * or a title after them.
 */
enum heading_kind heading_kind_of(struct slice line, bool alone);

/**
 * True when `line` looks like the title that stands below "CHAPTER IV": short,
 * no sentence, most of its words with capitals.
 */
bool heading_is_title(struct slice line);

#endif
