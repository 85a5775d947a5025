/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "alloc.h"
#include "feedback.h"
#include "patch.h"

void feedback_list_release(struct feedback_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].patch)
			patch_release(list->items[i].patch);
	free(list->items);
	arena_release(&list->arena);
	*list = (struct feedback_list)FEEDBACK_LIST_INIT;
}

struct feedback *feedback_list_add(struct feedback_list *list,
				   enum feedback_kind kind)
{
	struct feedback *item;

	GROW(list->items, list->count, list->capacity);
	item = &list->items[list->count++];
	*item = (struct feedback){
		.kind = kind, .who = { "", "" }, .channel = "",
		.message_id = "", .in_reply_to = "", .subject = "",
		.round = "", .copy = "", .words = "", .label = "", .old_words = "",
		.new_words = "", .version = 1, .thread = "", .trouble = "",
		.source = ""
	};
	return item;
}
