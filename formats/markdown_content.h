/* SPDX-License-Identifier: MIT */
/*
 * Private to markdown_*.c: the texts of paragraphs and headings as cmark's
 * inline parser saw them.
 */
#ifndef MARKDOWN_CONTENT_H
#define MARKDOWN_CONTENT_H

#include "markdown_reader.h"

/* The bytes of one line, as they are in the source. */
void content_line(struct content *content, struct reader *r, uint32_t start,
		  uint32_t end);

/*
 * The lines `first` to `last`, the first from `start` on, without the
 * definitions at their front. False when there is nothing else.
 */
bool content_words(struct content *content, struct reader *r, uint32_t start,
		   int first, int last);

void content_trim(struct content *content);

/* Where the bytes before `at` end in the source. */
uint32_t content_end(struct content *content, size_t at);

#endif
