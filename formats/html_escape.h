/* SPDX-License-Identifier: MIT */
/* Text for HTML and XML. */
#ifndef HTML_ESCAPE_H
#define HTML_ESCAPE_H

#include "slice.h"

struct strbuf;

/**
 * Append `text` with & < > " as entities, for content and for quoted
 * attributes. Characters that XML 1.0 has no place for (controls other than
 * TAB, LF, CR; U+FFFE, U+FFFF) become U+FFFD.
 */
void html_escape(struct strbuf *out, struct slice text);

/** The same for a C string. */
void html_escape_str(struct strbuf *out, const char *text);

/**
 * Append an address for an href or src attribute: bytes that a URL must not
 * have are percent-encoded, escapes that are there stay, & is &amp;.
 */
void html_escape_url(struct strbuf *out, struct slice url);

/** Append one part of a path or query: all but unreserved characters and '/'
 * percent-encoded (RFC 3986, 2.3). */
void html_escape_path(struct strbuf *out, struct slice path);

#endif
