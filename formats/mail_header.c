/* SPDX-License-Identifier: MIT */
/* Which fields there are. What stands in them: mail_value.c. */
#include <stdint.h>
#include <strings.h>

#include "mail_cut.h"
#include "mail_header.h"

enum { OTHER = MAIL_FIELD_COUNT };

static const struct {
	const char *name;
	unsigned field;
} names[] = {
	{ "From", MAIL_FROM },
	{ "Reply-To", MAIL_REPLY_TO },
	{ "X-Original-From", MAIL_ORIGINAL_FROM },
	{ "X-Original-Sender", MAIL_ORIGINAL_FROM },
	{ "Subject", MAIL_SUBJECT },
	{ "Date", MAIL_DATE },
	{ "Received", MAIL_RECEIVED },
	{ "Message-Id", MAIL_MESSAGE_ID },
	{ "In-Reply-To", MAIL_IN_REPLY_TO },
	{ "References", MAIL_REFERENCES },
	{ "Content-Type", MAIL_TYPE },
	{ "Content-Transfer-Encoding", MAIL_ENCODING },
	{ "Content-Disposition", MAIL_DISPOSITION },
	{ MAIL_CUT_FIELD, MAIL_CUT },
	{ "To", MAIL_TO },
	{ "Cc", MAIL_CC },
	{ "MIME-Version", OTHER },
	{ "Return-Path", OTHER },
	{ "Delivered-To", OTHER },
	{ "List-Id", OTHER },
};

static void keep(struct mail_header *header, struct slice name,
		 struct slice value)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct slice *slot;

		if (slice_of(names[i].name).len != name.len ||
		    strncasecmp(names[i].name, name.ptr, name.len))
			continue;
		header->known++;
		if (names[i].field == OTHER)
			return;
		slot = &header->values[names[i].field];
		if (!slot->len)
			*slot = value;
		return;
	}
}

/* The length of the name before a colon; 0 if this is no field. */
static size_t name_length(struct slice line)
{
	size_t n = 0, name;

	while (n < line.len && line.ptr[n] > ' ' && line.ptr[n] < 127 &&
	       line.ptr[n] != ':')
		n++;
	name = n;
	while (n < line.len && (line.ptr[n] == ' ' || line.ptr[n] == '\t'))
		n++;
	return n < line.len && line.ptr[n] == ':' ? name : 0;
}

static bool is_folded(struct slice rest)
{
	return rest.len && (*rest.ptr == ' ' || *rest.ptr == '\t');
}

/* A field's value with the lines that continue it, which it takes away. A
 * line of blanks continues nothing. */
static struct slice take_value(struct slice line, size_t name,
			       struct slice *rest)
{
	size_t colon = slice_find(slice_sub(line, name, line.len), ':') + name;
	const char *start = line.ptr + colon + 1;
	struct slice next, after = *rest;

	while (is_folded(*rest) && slice_next_line(&next, &after) &&
	       !slice_is_blank(next))
		*rest = after;
	return slice_trim((struct slice){
		start, (size_t)(rest->ptr - start) });
}

void mail_header_read(struct mail_header *header, struct slice entity)
{
	struct slice line, rest = entity;

	*header = (struct mail_header){ .body = entity };
	while (slice_next_line(&line, &rest)) {
		size_t name = name_length(line);

		if (slice_ends_with(line, SLICE("\r\n")))
			header->crlf = true;
		if (slice_is_blank(line)) {
			header->body = rest;
			return;
		}
		if (name)
			keep(header, slice_sub(line, 0, name),
			     take_value(line, name, &rest));
		else if (!slice_starts_with(line, SLICE(">From ")) &&
			 !slice_starts_with(line, SLICE("From ")))
			return;	/* no blank line: the body begins here */
		header->body = rest;
	}
}
