/* SPDX-License-Identifier: MIT */
/* A cover for a book that has none: its words and a calm ornament. */
#ifndef COVER_H
#define COVER_H

struct strbuf;

#define COVER_WIDTH 1600
#define COVER_HEIGHT 2400

/**
 * Append a cover as SVG: title, author ("": none) and a small last line
 * ("draft for review, round 2"). Colours and ornament follow from title and
 * author alone, so that a book's drafts look alike and its author's books do
 * not. Plain text, UTF-8.
 */
void cover_draw(struct strbuf *out, const char *title, const char *author,
		const char *line);

#endif
