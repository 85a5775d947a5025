/* SPDX-License-Identifier: MIT */
/* format=flowed (RFC 3676): lines broken for mail, and joined again. */
#ifndef MAIL_FLOWED_H
#define MAIL_FLOWED_H

#include <stdbool.h>

#include "slice.h"

struct strbuf;

/**
 * Append `text` (LF line ends) with flowed lines joined, for each depth of
 * quotes by itself, and stuffed spaces gone; quotes are written "> ", ">> ".
 * `delsp`: the space at which a line was broken goes, too. Lines of blanks
 * are never joined to the next: they may be a diff's.
 */
void mail_unflow(struct strbuf *out, struct slice text, bool delsp);

/**
 * Can `text` be what the label says? No, if a diff in it has lines that begin
 * with one space: they would have been stuffed with another.
 */
bool mail_is_flowed(struct slice text);

/**
 * The other way: append `text`, whose lines are whole paragraphs or quotes
 * ("> " of any depth before the words), in lines of 72 columns or less where
 * there is a place to break them. Spaces at the ends of its lines go. Returns
 * what the label must say of DelSp: lines of Chinese and Japanese are broken
 * where there is no space.
 */
bool mail_flow(struct strbuf *out, struct slice text);

#endif
