/* SPDX-License-Identifier: MIT */
#include "mail_digest.h"

#define HYPHENS 30		/* in a line of their own, before each mail */

static bool is_border(struct slice line)
{
	line = slice_chomp(line);
	for (size_t i = 0; i < line.len; i++)
		if (line.ptr[i] != '-')
			return false;
	return line.len >= HYPHENS;
}

/* Without it: the text up to the next border. */
static struct slice take_entity(struct slice *rest)
{
	struct slice entity = { rest->ptr, 0 }, line;

	while (slice_next_line(&line, rest)) {
		if (is_border(line))
			break;
		entity.len = (size_t)(line.ptr + line.len - entity.ptr);
	}
	return slice_trim(entity);
}

bool mail_digest_next(struct mail_header *mail, struct slice *rest)
{
	while (rest->len) {
		struct slice entity = take_entity(rest);

		mail_header_read(mail, entity);
		if (mail->values[MAIL_FROM].len &&
		    mail->values[MAIL_DATE].len &&
		    mail->values[MAIL_SUBJECT].len)
			return true;
	}
	return false;
}
