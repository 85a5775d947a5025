/* SPDX-License-Identifier: MIT */
/*
 * Letters to readers, by templates that the author can change: a text in
 * sections, with places in braces for what differs.
 *
 *	# lines before the first section are comments
 *	[subject]
 *	{title}: what became of your remarks
 *	[letter]
 *	Dear {name},
 *
 *	{answers}
 *	[declined]
 *	It stays as it is: {why}
 *
 * Each line is a paragraph. A line that has a place for which there is
 * nothing is left out; several blank lines are one. "{{" is a brace.
 */
#ifndef LETTER_H
#define LETTER_H

#include <stddef.h>

#include "slice.h"

struct error;
struct letter;
struct strbuf;

/** A kind of letter: its sections, and the places that each may have. */
struct letter_section {
	const char *name;
	const char *const *places;	/* ended by NULL */
	const char *needed;		/* a place that it must have, or NULL */
};
struct letter_kind {
	const char *name;		/* "thanks" */
	const struct letter_section *sections; /* ended by a NULL name */
};
extern const struct letter_kind letter_thanks, letter_send;

/**
 * Our own letter in the language of a BCP 47 tag, English if there is none.
 */
struct letter *letter_own(const struct letter_kind *kind,
			  const char *language);

/**
 * Read one; what it does not have is taken from our own of that language.
 * `path` is for messages. ERROR_MALFORMED, as "letters/thanks.de.txt:3: …".
 */
int letter_parse(struct letter **out, struct slice text, const char *path,
		 const struct letter_kind *kind, const char *language,
		 struct error *err);

void letter_free(struct letter *letter);

/** The language that it is in: of what was asked for, or "en". */
const char *letter_language(const struct letter *letter);

struct letter_value {
	const char *place;
	const char *value;	/* NULL and "": nothing */
};

/**
 * Append a section with its places filled in, without blank lines at its
 * ends, and a line end if there is anything.
 */
void letter_fill(struct strbuf *out, const struct letter *letter,
		 const char *section, const struct letter_value *values,
		 size_t count);

#endif
