/* SPDX-License-Identifier: MIT */
/* Who, and when: as git has them in its commits. */
#ifndef PERSON_H
#define PERSON_H

#include <stdbool.h>
#include <stdint.h>

#include "slice.h"

struct arena;
struct strbuf;

struct person {
	const char *name;	/* never NULL, nor empty once it is cleaned */
	const char *email;	/* never NULL */
};

struct moment {
	int64_t seconds;	/* since 1970 UTC */
	int offset;		/* the zone's minutes east of Greenwich */
};

/** Is that part of the name or the address, letter case of ASCII aside? */
bool person_has(const struct person *who, const char *part);

/**
 * Append `text` as git keeps a name or an address: without '<', '>', line
 * ends, NULs and controls, and without the crud at both ends that git cuts
 * off (git's ident.c: white space . , : ; < > " \ ').
 */
void person_clean(struct strbuf *out, const char *text);

/**
 * Read "Ann Reader <ann@example.org>", or one of both: what is not said is "",
 * but the name of a bare address is what stands before its '@'. Copies.
 */
struct person person_parse(struct arena *arena, struct slice text);

#endif
