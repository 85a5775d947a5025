/* SPDX-License-Identifier: MIT */
/*
 * A draft as a folder of HTML pages that works from a file, from a zip and
 * from any host: index.html, a page for each chapter, draft.css, draft.js,
 * search.js, images/ and files/.
 */
#ifndef SITE_WRITE_H
#define SITE_WRITE_H

#include "book.h"

/**
 * The folder is made beside `path` and put in its place. What is there must
 * be an empty folder or a draft that this wrote, and nothing that somebody
 * put there since: else ERROR_EXISTS, and it is left as it was.
 */
book_writer site_write;

#endif
