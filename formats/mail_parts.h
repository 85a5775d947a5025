/* SPDX-License-Identifier: MIT */
/*
 * The parts of a message (RFC 2046) that a person reads or saves, in their
 * order: of each alternative the plainest, of signed parts the first. Nothing
 * is decoded yet.
 */
#ifndef MAIL_PARTS_H
#define MAIL_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "mail_header.h"
#include "slice.h"

#define MAIL_PART_LIMIT 1000	/* parts of one message */
#define MAIL_DEPTH_LIMIT 20	/* multiparts in multiparts */

struct mail_part {
	const char *type;	/* "text/plain", in small letters */
	const char *charset;	/* the label, or "" */
	const char *name;	/* of the file, or "" */
	struct slice encoding;	/* Content-Transfer-Encoding */
	struct slice body;	/* borrowed from the message */
	bool attached;		/* Content-Disposition: attachment */
	bool flowed, delsp;	/* RFC 3676 */
};

struct mail_parts {
	struct arena arena;	/* of the strings */
	struct mail_part *items;
	size_t count, capacity;
	size_t seen;		/* multiparts, and what was left out, too */
	const char *limit;	/* in words, where a limit cut something off;
				 * static, or NULL */
	const char *closed;	/* "encrypted", "in pieces", "an automatic
				 * report": why there is nothing to be read;
				 * static, or NULL */
};

#define MAIL_PARTS_INIT { ARENA_INIT, NULL, 0, 0, 0, NULL, NULL }

void mail_parts_release(struct mail_parts *parts);

/** Empty the list and read the parts of the message with this header. */
void mail_parts_read(struct mail_parts *parts,
		     const struct mail_header *header);

#endif
