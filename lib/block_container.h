/* SPDX-License-Identifier: MIT */
/*
 * The containers that are open at a line of Markdown, outermost first: quotes,
 * items of lists, footnotes and divs (CommonMark 0.30, chapter 5; the latter
 * two are extensions). Used by block_scan.c.
 */
#ifndef BLOCK_CONTAINER_H
#define BLOCK_CONTAINER_H

#include <stdbool.h>
#include <stddef.h>

struct cursor;
struct start;

struct container {
	enum { CONTAINER_QUOTE, CONTAINER_ITEM, CONTAINER_FOOTNOTE,
	       CONTAINER_DIV } type;
	bool has_child;		/* ITEM: more than its marker */
	size_t amount;		/* ITEM: columns to indent; DIV: how many that
				 * opened straight inside each other */
};

struct container_stack {
	struct container fixed[32], *items;
	size_t depth, capacity;
};

/** The stack must not be moved after this. */
void containers_init(struct container_stack *stack);
void containers_release(struct container_stack *stack);

/**
 * Open the container that `start` says (QUOTE, ITEM, FOOTNOTE or DIV), which
 * stands at the cursor; all but a div's is read past.
 */
void containers_open(struct container_stack *stack, struct cursor *at,
		     const struct start *start);

/**
 * In how many of them the line at the cursor goes on: from the outermost to
 * the first that it is not in. The cursor goes past what says so.
 */
size_t containers_match(struct container_stack *stack, struct cursor *at);

/** Something begins in the innermost one, if there is any. */
void containers_have_child(struct container_stack *stack);

/** Is the innermost one an empty item, which the next blank line may end? */
bool containers_wait(const struct container_stack *stack);

/** End the innermost one, a div, or one of those that it stands for. */
void containers_end_div(struct container_stack *stack);

#endif
