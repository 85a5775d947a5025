/* SPDX-License-Identifier: MIT */
/* Where readers write to: the setting review.address. */
#ifndef REVIEW_ADDRESS_H
#define REVIEW_ADDRESS_H

#include <stdbool.h>

struct book;
struct manuscript;
struct strbuf;

/**
 * The address in letters, of mail (without "mailto:") or of the web; NULL
 * when none is set, or what is set is no address.
 */
const char *review_address(const struct manuscript *ms);

/** Is it of mail? */
bool review_address_is_mail(const struct manuscript *ms);

/**
 * Append it as a URL that is not escaped for HTML. A mail's subject is
 * "[the-harbour r2 R7K3QX] 3": what is in the brackets is book_add_tag()'s,
 * then comes `place`, a label or the chapter's title; NULL or "" for the whole
 * book. False, and nothing appended, when there is none.
 */
bool review_address_url(struct strbuf *url, const struct book *book,
			const char *place);

/** Append a link to it with the address as its words; there must be one. */
void review_address_link(struct strbuf *out, const struct book *book,
			 const char *place);

#endif
