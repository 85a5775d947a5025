/* SPDX-License-Identifier: MIT */
/* Where readers send what they have to say: review.address. */
#ifndef REVIEW_ADDRESS_H
#define REVIEW_ADDRESS_H

struct book;
struct manuscript;
struct strbuf;

/**
 * The address in letters, of mail (without "mailto:") or of the web; NULL
 * when none is set, or what is set is no address.
 */
const char *review_address(const struct manuscript *ms);

/**
 * Append a link to it with the address as its words; there must be one. A
 * mail's subject names the book, the draft and `place`, a chapter's label,
 * which may be NULL.
 */
void review_address_link(struct strbuf *out, const struct book *book,
			 const char *place);

#endif
