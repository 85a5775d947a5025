/* SPDX-License-Identifier: MIT */
/* The HTML of mail programs as plain text with quotes. */
#ifndef MAIL_HTML_H
#define MAIL_HTML_H

#include "slice.h"

struct strbuf;
struct error;

/**
 * Append what a reader of `html` (UTF-8) sees: blocks as lines, paragraphs
 * with a blank line between them, quotes (blockquote, and what Outlook and
 * Yahoo put below a mail) with "> " for each depth, spaces for NBSPs.
 *
 * ERROR_LIMIT: larger than 8 MiB, or deeper than 256 elements; what was read
 * until then is in `out`.
 */
int mail_html_text(struct strbuf *out, struct slice html, struct error *err);

#endif
