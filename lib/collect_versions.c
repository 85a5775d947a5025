/* SPDX-License-Identifier: MIT */
/* A new version of a patch supersedes the old one. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "collect_private.h"

struct events {
	struct review_event *items;
	size_t count, capacity;
};

static void add_superseded(struct events *events, const char *id,
			   const char *by)
{
	if (!*id || !*by || !strcmp(id, by))
		return;
	GROW(events->items, events->count, events->capacity);
	events->items[events->count++] = (struct review_event){
		.id = id, .state = COMMENT_SUPERSEDED, .words = by
	};
}

/* What came before this run: of the same reader, of the same subject. */
static void supersede_known(struct collector *c, struct events *events,
			    const struct item *item)
{
	const char *subject = item->feedback->subject;

	for (size_t i = 0; i < c->known.count; i++) {
		const struct review_comment *old = &c->known.items[i];

		if (old->state.state == COMMENT_OPEN &&
		    old->comment.when.seconds < item->feedback->when.seconds &&
		    slice_eq_str(old->comment.subject, subject) &&
		    slice_eq_str(old->comment.channel, "patch") &&
		    !strcmp(old->comment.reader.email,
			    item->feedback->who.email))
			add_superseded(events, old->comment.id, item->id);
	}
}

int collect_note_versions(struct collector *c)
{
	struct events events = { NULL, 0, 0 };
	int rc = 0;

	for (size_t i = 0; i < c->count; i++) {
		const struct item *item = &c->items[i];

		if (item->newer != SIZE_MAX)
			add_superseded(&events, item->id,
				       c->items[item->newer].id);
		else if (item->feedback->version > 1)
			supersede_known(c, &events, item);
	}
	if (events.count)
		rc = review_decide(c->ms->repo, events.items, events.count,
				   &c->options->who, &c->options->when,
				   c->err);
	free(events.items);
	return rc;
}
