/* SPDX-License-Identifier: MIT */
/*
 * The two rules of CommonMark's block structure that need more than a look at
 * a line's first bytes: HTML blocks (4.6) and link reference definitions
 * (4.7). Used by block_scan.c. Lines are given without their line ends.
 */
#ifndef BLOCK_RULES_H
#define BLOCK_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

/**
 * Which kind of HTML block (1..7) a line opens that starts with '<'; 0: none.
 * Kind 7 is tried only when `complete_tags`, since it cannot interrupt a
 * paragraph.
 */
int html_block_kind(struct slice line, bool complete_tags);

/** True when an HTML block of kind 1..5 ends with this line. */
bool html_block_ends(int kind, struct slice line);

enum definition_state {
	DEFINITION_NONE,	/* the paragraph has words */
	DEFINITION_START,	/* nothing read */
	DEFINITION_LABEL,	/* inside the brackets */
	DEFINITION_COLON,	/* address to come on the next line */
	DEFINITION_ADDRESS,	/* complete; a title may come below */
	DEFINITION_TITLE,	/* inside the title */
	DEFINITION_DONE		/* complete, with its title */
};

/* Reads the lines of a paragraph as they come, keeping none of them. */
struct definition_reader {
	enum definition_state state;
	struct slice label;	/* a start alone while in the label */
	size_t label_length;
	bool label_has_words;
	char quote;		/* that ends the title */
	bool title_on_own_line;	/* so without it there is a definition */
};

void definition_start(struct definition_reader *reader);

/** Read the next line of the paragraph, white space before it left out. */
void definition_line(struct definition_reader *reader, struct slice line);

/** True when all lines so far are definitions, none of them half. */
bool definition_is_all(const struct definition_reader *reader);

#endif
