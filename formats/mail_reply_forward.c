/* SPDX-License-Identifier: MIT */
/* Mails that are passed on within another, by the words of mail programs. */
#include <string.h>

#include "mail_reply.h"
#include "mail_reply_private.h"

static const char *const marks[] = {
	"forwarded message", "weitergeleitete nachricht",
	"weitergeleiteten nachricht", "message transféré",
	"mensaje reenviado", "mensagem encaminhada", "messaggio inoltrato",
	"doorgestuurd bericht", "vidarebefordrat meddelande",
	"videresendt", "пересылаемое сообщение", "Пересылаемое сообщение",
	"転送された", "转发的邮件", "轉寄的郵件", NULL
};

static const char *const senders[] = {
	"from", "von", "de", "da", "van", "från", "fra", "od", "От",
	"От кого", "差出人", "发件人", "寄件者", "보낸 사람", NULL
};

/* "---------- Forwarded message ---------", "Begin forwarded message:" */
static bool is_mark(struct slice line)
{
	line = slice_trim(line);
	if (!reply_is_ruler(line) && !slice_ends_with(line, SLICE(":")))
		return false;
	for (int i = 0; marks[i] && line.len < 100; i++)
		if (reply_has(line, marks[i]))
			return true;
	return false;
}

static struct slice value_of(struct slice line)
{
	size_t colon = slice_find(line, ':');

	return slice_trim(slice_sub(line, colon + 1, line.len));
}

static bool is_named(struct slice line, const char *const *names)
{
	line = slice_trim(line);
	while (line.len && *line.ptr == '*')
		line = slice_sub(line, 1, line.len);
	for (; *names; names++) {
		struct slice name = slice_of(*names);

		if (reply_starts(line, *names) && name.len < line.len &&
		    strchr(": *\xC2", line.ptr[name.len]))
			return true;
	}
	return false;
}

/* The headers below the mark: true if they say who wrote it. */
static bool read_headers(struct reply_forward *forward, struct slice rest)
{
	struct slice line;
	size_t headers = 0;

	while (slice_next_line(&line, &rest)) {
		if (slice_is_blank(line) && headers)
			break;
		if (slice_is_blank(line))
			continue;
		headers += reply_is_header(line);
		if (!headers)
			return false;
		if (!forward->sender.len && is_named(line, senders))
			forward->sender = value_of(line);
	}
	forward->words = rest;
	return headers > 1 && forward->sender.len;
}

bool mail_reply_forward(struct reply_forward *forward, struct slice body)
{
	struct slice rest = body, line;

	while (slice_next_line(&line, &rest)) {
		*forward = (struct reply_forward){ .above = slice_sub(body, 0,
			(size_t)(line.ptr - body.ptr)) };
		if (is_mark(line) && read_headers(forward, rest))
			return true;
	}
	return false;
}
