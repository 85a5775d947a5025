/* SPDX-License-Identifier: MIT */
/* Mail in any shape: all strings are there and are UTF-8 without controls of
 * a terminal, and slices of mails are in the input or the list. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mail_read.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_utf8(const char *s)
{
	struct slice text;

	if (!s)
		abort();
	text = slice_of(s);
	if (utf8_valid_prefix(text) != text.len)
		abort();
}

/* A field of a header is one line. */
static void check_line(const char *s)
{
	check_utf8(s);
	for (; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 127)
			abort();
}

/* A sanitizer sees when it cannot be read. */
static void touch(struct slice bytes)
{
	static volatile char last;

	if (bytes.len)
		last = bytes.ptr[bytes.len - 1];
	(void)last;
}

static void check_item(const struct feedback *f)
{
	const char *lines[] = { f->who.name, f->who.email, f->message_id,
				f->in_reply_to, f->subject, f->round,
				f->thread, f->channel };

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		check_line(lines[i]);
	check_utf8(f->words);
	check_utf8(f->label);
	check_utf8(f->trouble);
	if ((f->kind == FEEDBACK_PATCH) != (f->patch != NULL) || !f->part ||
	    !f->version || !*f->message_id ||
	    (f->kind == FEEDBACK_LOST && !*f->trouble))
		abort();
	touch(f->mail);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct feedback_list list = FEEDBACK_LIST_INIT;

	mail_read(&list, (struct slice){ (const char *)data, size }, "mail",
		  NULL);
	for (size_t i = 0; i < list.count; i++)
		check_item(&list.items[i]);
	feedback_list_release(&list);
	return 0;
}
