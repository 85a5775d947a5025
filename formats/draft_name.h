/* SPDX-License-Identifier: MIT */
/* What a draft is called, for people to read. */
#ifndef DRAFT_NAME_H
#define DRAFT_NAME_H

struct book;
struct strbuf;

/** Append "round 2", "draft 1a2b3c4, with changes" in our words for the
 * language; plain text. For programs there is book_draft_name(). */
void draft_name_add(struct strbuf *out, const struct book *book,
		    const char *language);

/** The same, escaped for HTML. */
void draft_name_add_html(struct strbuf *out, const struct book *book,
			 const char *language);

#endif
