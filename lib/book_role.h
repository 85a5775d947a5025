/* SPDX-License-Identifier: MIT */
/* What a chapter is, from a class on its heading or from its title. */
#ifndef BOOK_ROLE_H
#define BOOK_ROLE_H

#include "book.h"
#include "slice.h"

/** The role that a class names ("prologue"), or ROLE_CHAPTER. */
enum book_role book_role_of_class(struct slice name);

/**
 * The role that a title says, in any language of the table: "Prologue",
 * "Vorwort", "Appendix B: Tides"; else ROLE_CHAPTER.
 */
enum book_role book_role_of_title(struct slice title);

/** Front, body or back, for a chapter of that role and kind of entry. */
enum book_matter book_matter_of(enum book_role role, enum outline_kind kind,
				bool body_begun);

#endif
