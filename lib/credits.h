/* SPDX-License-Identifier: MIT */
/*
 * The acknowledgements: whose words are in the text, who was first with a
 * correction that others sent, too, whose remark led to a change. All of it is
 * read from the history of the text, so that the same commit always gives the
 * same names:
 *
 *	a commit that one wrote and another put in	words of its author's
 *	Co-authored-by: Ann Reader <...>		words of theirs
 *	Suggested-by: Ben Reader <...>		sent the same; or, on a commit
 *						of the author's own, a remark
 *	Reported-by: Cat Reader <...>		a remark
 *
 * but for commits that were reverted, and for marks put into the text to be
 * settled (Comment-Marked). Who writes the book is not credited here: those
 * whom the setting book.author names, who began the repository, and who put in
 * what others wrote.
 *
 * People are called what .mailmap of the same tree says. These settings name
 * them by code (reader_code()), which tells nobody who is meant:
 *
 *	[credits]
 *		name = R7K3QX The Ferryman	a pen name
 *		omit = R2M9ZA			is not named
 */
#ifndef CREDITS_H
#define CREDITS_H

#include "arena.h"
#include "reader_list.h"

struct error;
struct manuscript;
struct review;
struct strbuf;

struct credit {
	const char *name;	/* as it can be printed: UTF-8, no controls, no
				 * address; "": they gave none */
	char code[READER_CODE_SIZE];
	size_t edits;		/* corrections of theirs in the text */
	size_t first;		/* of these: that others sent later, too */
	size_t also;		/* they sent what another had sent first */
	size_t remarks;		/* that led to a change */
};

struct credits {
	struct arena arena;
	struct credit *items;	/* by their names, without regard to letter
				 * case and accents; those without last */
	size_t count, capacity;
};

#define CREDITS_INIT { ARENA_INIT, NULL, 0, 0 }

void credits_release(struct credits *credits);

/**
 * Read the credits of a manuscript at its commit; `credits` is fresh. `review`
 * adds those whose comments were answered by commits that do not name them,
 * which only notes know: it is NULL where the same commit has to give the same
 * names. ERROR_MALFORMED: a setting that is none, so that nobody is named who
 * must not be.
 */
int credits_read(struct credits *credits, const struct manuscript *ms,
		 const struct review *review, struct error *err);

/** Which of them a sentence is about. */
enum credits_part {
	CREDITS_WORDS,		/* who has words in the text */
	CREDITS_REMARKS,	/* others, whose remarks changed it */
	CREDITS_NAMES		/* both, the names alone */
};

/**
 * Append a sentence that names them, as plain text, in the language of the
 * BCP 47 tag; in a language that we do not know, names with commas between. A
 * name is said once. Nothing is appended if there are none.
 */
void credits_sentence(struct strbuf *out, const struct credits *credits,
		      enum credits_part part, const char *language);

#endif
