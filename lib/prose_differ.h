/* SPDX-License-Identifier: MIT */
/*
 * The parts of prose_diff(). For prose_diff.c, prose_slide.c and prose_sure.c
 * alone.
 */
#ifndef PROSE_DIFFER_H
#define PROSE_DIFFER_H

#include <stddef.h>

struct prose_hunks;
struct token;
struct token_list;

/**
 * The hunks from `a_count` tokens to `b_count` others, as they are found;
 * `hunks` is emptied.
 */
void hunks_find(struct prose_hunks *hunks, const struct token *a,
		size_t a_count, const struct token *b, size_t b_count);

/** Each to its best place, and those that meet there are one. */
void hunks_slide(struct prose_hunks *hunks, const struct token_list *a,
		 const struct token_list *b);

#endif
