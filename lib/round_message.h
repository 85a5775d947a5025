/* SPDX-License-Identifier: MIT */
/* The message of a round's tag, in the form that review_round.h shows. */
#ifndef ROUND_MESSAGE_H
#define ROUND_MESSAGE_H

#include "calendar.h"
#include "slice.h"

struct strbuf;

/**
 * Write it. Blank lines around `words` and blanks at the end of their lines
 * are dropped. `words` and `due` may be "".
 */
void round_message_write(struct strbuf *out, const char *name,
			 struct slice words, const char *due);

/**
 * Read it: writes the words, without a last line end, into the empty `words`,
 * and fills `due` ("" if none). Forgives what
 * people write by hand: another first line than ours belongs to the words;
 * the signature of a signed tag is passed over.
 */
void round_message_read(struct strbuf *words, char due[CALENDAR_DAY_SIZE],
			const char *name, struct slice message);

#endif
