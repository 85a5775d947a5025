/* SPDX-License-Identifier: MIT */
/* A mail's body, whatever it is, becomes items that are whole. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "mail_reply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct feedback head = {
		.who = { "Tom Reader", "tom@example.org" }, .channel = "mail",
		.message_id = "x", .in_reply_to = "",
		.subject = "Re: Chapter 3", .round = "", .copy = "",
		.words = "",
		.label = "", .old_words = "", .new_words = "", .thread = "",
		.trouble = "", .source = ""
	};
	struct feedback_list list = FEEDBACK_LIST_INIT;

	mail_reply_read(&list, &head,
			(struct slice){ (const char *)data, size });
	for (size_t i = 0; i < list.count; i++) {
		const struct feedback *f = &list.items[i];

		assert(f->part == i + 1);
		assert(f->kind == FEEDBACK_EDIT || f->kind == FEEDBACK_REMARK ||
		       f->kind == FEEDBACK_LOST);
		assert(f->kind != FEEDBACK_EDIT || *f->old_words ||
		       *f->new_words);
		assert(!strchr(f->old_words, '\n'));
		assert(strlen(f->words) <= 4 * size + 100);
		for (size_t q = 0; q < f->quote_count; q++)
			assert(f->quotes[q].len &&
			       f->quotes[q].len <= size * 6);
	}
	feedback_list_release(&list);
	return 0;
}
