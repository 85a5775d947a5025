/* SPDX-License-Identifier: MIT */
/* A draft as one Markdown file: the chunks as they are, joined (join.h). */
#ifndef MARKDOWN_WRITE_H
#define MARKDOWN_WRITE_H

#include "book.h"

book_writer markdown_write;

#endif
