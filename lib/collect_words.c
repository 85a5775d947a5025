/* SPDX-License-Identifier: MIT */
/* Words under quotes and labels: which round they are about, and where. */
#include <string.h>

#include "alloc.h"
#include "collect_private.h"
#include "comment.h"
#include "feedback_place.h"
#include "text_map.h"

int collect_map(struct text_map **map, struct collector *c,
		struct base *base)
{
	int rc = base_open(base, &c->bases, c->err);

	if (!rc && !base->map)
		rc = text_map_open(&base->map, base->ms, c->reader, c->err);
	*map = base->map;
	return rc;
}

bool base_was_open(const struct base *base, const struct feedback *f)
{
	return f->undated || base->opened <= f->when.seconds;
}

/*
 * The text that the reader had: of the round that is named, else of the newest
 * that was open when they wrote.
 */
int collect_find_round(struct base **out, struct collector *c,
		      const struct feedback *f)
{
	struct base *base = named_round(c, f);

	for (size_t i = 0; !base && i < c->bases.round_count; i++)
		if (base_was_open(c->bases.items[i], f))
			base = c->bases.items[i];
	if (!base && c->bases.round_count)
		base = c->bases.items[0];
	if (!base)
		return bases_head(out, &c->bases, c->err);
	*out = base;
	return 0;
}

static int place_in(struct placed *placed, struct collector *c,
		    struct item *item, struct base *base)
{
	struct text_map *map;
	int rc = collect_map(&map, c, base);

	placed_release(placed);
	if (!rc)
		rc = feedback_place(placed, map, item->feedback, c->err);
	return rc;
}

static void take_placed(struct collector *c, struct item *item,
			struct placed *placed)
{
	item->is_remark = placed->is_remark;
	item->unplaced = placed->misplaced;
	item->chunk = placed->path ? arena_strdup(c->arena, placed->path) : "";
	item->label = arena_strdup(c->arena, placed->label);
	item->why = arena_strdup(c->arena, placed->why.buf);
	if (item->unplaced && !*item->why)
		item->why = "what it is about does not stand in the text";
}

static int take_change(struct collector *c, struct item *item,
		       const struct placed *placed)
{
	const struct base_text *text;
	int rc;

	if (!placed->changed)
		return 0;
	rc = base_text(&text, item->base, &c->bases, placed->path, c->err);
	if (rc < 0)
		return rc;
	patched_add(&item->patched, c->arena, text,
		    strbuf_slice(&placed->theirs));
	return 0;
}

/* A comment that is sent again: it says itself what it is about. */
static int place_own(struct collector *c, struct item *item)
{
	const struct feedback *f = item->feedback;

	item->is_remark = true;
	item->chunk = arena_copy(c->arena, own_trailer(f, "Chunk"));
	item->label = arena_copy(c->arena, own_trailer(f, "Label"));
	item->why = arena_copy(c->arena, own_trailer(f, "Unplaced"));
	item->unplaced = *item->why;
	return collect_find_round(&item->base, c, f);
}

int collect_place_words(struct collector *c, struct item *item)
{
	struct placed placed = PLACED_INIT;
	struct base *first;
	int rc;

	if (comment_message_is_own(slice_of(item->feedback->words)))
		return place_own(c, item);
	rc = collect_find_round(&item->base, c, item->feedback);
	first = item->base;
	if (!rc)
		rc = place_in(&placed, c, item, first);
	/* not there: it may be about another round */
	for (size_t i = 0; !rc && placed.misplaced && !c->asked &&
	     i < c->bases.round_count; i++) {
		if (c->bases.items[i] == first)
			continue;
		item->base = c->bases.items[i];
		rc = place_in(&placed, c, item, item->base);
	}
	if (!rc && placed.misplaced && item->base != first) {
		item->base = first;
		rc = place_in(&placed, c, item, first);
	}
	if (!rc) {
		take_placed(c, item, &placed);
		rc = take_change(c, item, &placed);
	}
	placed_release(&placed);
	return rc;
}

