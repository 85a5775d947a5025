/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "mail_sender.h"
#include "mailer.h"

struct person mail_sender(struct identity *me, struct repository *repo)
{
	char *from = mailer_config(repo, "from");
	struct person who = me->person;
	struct slice text = slice_of(from ? from : ""), name;
	size_t open = slice_find(text, '<'), close = slice_find(text, '>');

	if (open < text.len && close > open) {
		name = slice_trim(slice_sub(text, 0, open));
		if (name.len > 1 && *name.ptr == '"' &&
		    name.ptr[name.len - 1] == '"')
			name = slice_sub(name, 1, name.len - 1);
		if (name.len)
			who.name = arena_copy(&me->arena, name);
		who.email = arena_copy(&me->arena, slice_trim(
			slice_sub(text, open + 1, close)));
	} else if (text.len) {
		who.email = arena_copy(&me->arena, slice_trim(text));
	}
	free(from);
	return who;
}
