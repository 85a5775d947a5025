/* SPDX-License-Identifier: MIT */
/* A draft as an e-book: EPUB 3.3 that old readers take too. */
#ifndef EPUB_WRITE_H
#define EPUB_WRITE_H

struct book;
struct error;

/**
 * Write the book to the file `path`, as struct book_writer says. The same
 * book gives the same bytes. Memory is bounded by the largest chapter, and
 * some hundred bytes for each chapter and heading.
 */
int epub_write(struct book *book, const char *path, struct error *err);

#endif
