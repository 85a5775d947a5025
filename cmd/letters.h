/* SPDX-License-Identifier: MIT */
/*
 * The letters of this author: letters/thanks.de.txt and the like in the work
 * tree (or the folder that the setting review.letters names), else our own.
 */
#ifndef LETTERS_H
#define LETTERS_H

#include "letter.h"
#include "manuscript.h"

struct letters;

/** `kind` and `ms` outlive it. */
struct letters *letters_new(const struct letter_kind *kind,
			    const struct manuscript *ms);
void letters_free(struct letters *letters);

/**
 * The letter in a language ("": the book's): the author's for "pt-BR", then
 * for "pt", then ours; each is read once. ERROR_MALFORMED.
 */
int letters_get(const struct letter **out, struct letters *letters,
		const char *language, struct error *err);

/** The address that answers go to: review.address if it is one; or "". */
const char *letters_reply_to(const struct manuscript *ms);

#endif
