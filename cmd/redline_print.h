/* SPDX-License-Identifier: MIT */
/* A redline on the terminal, as git shows a word diff. */
#ifndef REDLINE_PRINT_H
#define REDLINE_PRINT_H

#include <stdbool.h>

#include "slice.h"

struct book;
struct document;
struct error;
struct redline;
struct redline_book;

/**
 * Print what changed, block by block, under the chapters' titles; or `all` of
 * the book with its changes in it, moved blocks at both places.
 */
int redline_print(const struct redline_book *rb, bool all, struct error *err);

/** The same of a text alone, that has lines for labels, under its name, which
 * may be NULL. `redline` may be NULL for one without marks. */
void redline_print_document(const struct document *doc,
			    const struct redline *redline, const char *name,
			    struct slice text, bool all);

/**
 * Print a line for each chapter that changed, and one for all: changes, words
 * put in and cut, paragraphs moved; or all that as JSON.
 */
void redline_print_summary(const struct redline_book *rb, bool json);

#endif
