/* SPDX-License-Identifier: MIT */
/* Who, and when: as git has them in its commits. */
#ifndef PERSON_H
#define PERSON_H

#include <stdint.h>

struct strbuf;

struct person {
	const char *name;	/* never NULL, nor empty once it is cleaned */
	const char *email;	/* never NULL */
};

struct moment {
	int64_t seconds;	/* since 1970 UTC */
	int offset;		/* the zone's minutes east of Greenwich */
};

/**
 * Append `text` as git keeps a name or an address: without '<', '>', line
 * ends, NULs and controls, and without the crud at both ends that git cuts
 * off (git's ident.c: white space . , : ; < > " \ ').
 */
void person_clean(struct strbuf *out, const char *text);

#endif
