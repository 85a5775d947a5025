/* SPDX-License-Identifier: MIT */
/*
 * Bytes of a mail as text: transfer encodings (RFC 2045, 6), character sets
 * (their labels often lie), line ends, and NULs.
 */
#ifndef MAIL_DECODE_H
#define MAIL_DECODE_H

#include <stdbool.h>

#include "slice.h"

struct strbuf;

/**
 * Undo a Content-Transfer-Encoding ("base64", "quoted-printable",
 * "x-uuencode", others are none). The result is `body` itself, or the bytes
 * appended to `scratch`, which is empty.
 */
struct slice mail_decode_transfer(struct strbuf *scratch, struct slice body,
				  struct slice encoding);

/**
 * Text in the character set `label` (may be empty) as UTF-8. What is valid
 * UTF-8 is that whatever the label says, but for charsets that are made of
 * ASCII alone (ISO-2022-JP, UTF-7) and for UTF-16; else the label counts;
 * else see mail_decode_unlabelled(). The result is `bytes` itself or in
 * `scratch`, which is empty.
 */
struct slice mail_decode_charset(struct strbuf *scratch, struct slice bytes,
				 const char *label);

/**
 * Append the bytes as UTF-8: what is UTF-8 stays, each other byte is one of
 * Windows-1252, or U+FFFD where that has nothing.
 */
void mail_decode_unlabelled(struct strbuf *out, struct slice bytes);

/** The text without the CR of each CRLF: itself, or in `scratch`. */
struct slice mail_without_cr(struct strbuf *scratch, struct slice text);

/** The text without NULs: itself, or in `scratch`. */
struct slice mail_without_nul(struct strbuf *scratch, struct slice text);

#endif
