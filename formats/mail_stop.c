/* SPDX-License-Identifier: MIT */
/* Mails that say no more than that they should be the last. */
#include <string.h>
#include <strings.h>

#include "mail_read_private.h"

/* "Stop." */
static bool is_stop(struct slice words)
{
	static const char *const known[] = { "stop", "unsubscribe" };

	words = slice_trim(words);
	while (words.len && strchr(".!\"'", words.ptr[words.len - 1]))
		words.len--;
	while (words.len && strchr("\"'", *words.ptr))
		words = slice_sub(words, 1, words.len);
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (words.len == strlen(known[i]) &&
		    !strncasecmp(words.ptr, known[i], words.len))
			return true;
	return false;
}

/* What stands under a quote is about that. */
static bool says_stop(const struct feedback *item)
{
	return item->kind == FEEDBACK_REMARK && !item->quote_count &&
	       !*item->label && is_stop(slice_of(item->words));
}

void mail_read_stop(struct mail_reader *r, struct mail_state *m)
{
	size_t said = r->list->count - m->first;
	struct feedback *item;

	if (!said && !m->unread && is_stop(slice_of(m->head.subject))) {
		item = feedback_list_add(r->list, FEEDBACK_STOP);
		*item = m->head;
		item->kind = FEEDBACK_STOP;
	} else if (said == 1 && says_stop(&r->list->items[m->first])) {
		r->list->items[m->first].kind = FEEDBACK_STOP;
	}
}
