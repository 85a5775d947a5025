/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "alloc.h"
#include "collect_private.h"
#include "commit_batch.h"
#include "error.h"

void collection_release(struct collection *collection)
{
	free(collection->items);
	arena_release(&collection->arena);
	*collection = (struct collection)COLLECTION_INIT;
}

static int place_item(struct collector *c, struct item *item)
{
	const struct feedback *f = item->feedback;
	int rc = 0;

	if (f->kind == FEEDBACK_PATCH) {
		rc = collect_place_patch(c, item);
	} else if (f->kind == FEEDBACK_COPY && item->base) {
		rc = collect_describe(c, item);
	} else if (f->kind == FEEDBACK_COPY) {
		item->unplaced = true;
	} else if (f->kind == FEEDBACK_LOST) {
		item->unplaced = true;
		item->why = *f->trouble ? f->trouble :
			    "nothing could be made of it";
	} else {
		rc = collect_place_words(c, item);
	}
	if (rc >= 0 && !item->base)
		rc = collect_find_round(&item->base, c, f);
	if (rc >= 0)
		rc = base_open(item->base, &c->bases, c->err);
	if (item->unplaced) {
		item->is_remark = true;
		item->patched.count = 0;
	}
	return rc < 0 ? rc : 0;
}

static int place_all(struct collector *c)
{
	int rc = collect_find_blobs(c);

	if (rc >= 0)
		rc = collect_find_copies(c);
	for (size_t i = 0; i < c->series.count && rc >= 0; i++) {
		const struct patch_place *place = &c->series.places[i];
		struct item *item = &c->items[place->item];

		item->missing = place->missing;
		if (place->superseded)
			item->newer = place->by;
		if (item->feedback->kind == FEEDBACK_STOP || item->dropped)
			continue;
		rc = place_item(c, item);
		if (rc >= 0)
			rc = collect_make(c, item);
	}
	return rc < 0 ? rc : 0;
}

static int open_all(struct collector *c, const struct feedback_list *list)
{
	int rc = bases_open(&c->bases, c->ms, c->err);

	if (!rc && c->options->round)
		rc = bases_round(&c->asked, &c->bases, c->options->round,
				 c->err);
	if (!rc)
		rc = review_read(&c->known, c->ms, NULL, c->err);
	if (!rc)
		rc = commit_batch_new(&c->batch, c->ms->repo, c->err);
	if (!rc)
		rc = collect_read_readers(c, list);
	if (rc < 0)
		return rc;
	collect_note_known(c);
	c->items = xcalloc(list->count + 1, sizeof(*c->items));
	c->count = list->count;
	for (size_t i = 0; i < list->count; i++)
		c->items[i] = (struct item){ .feedback = &list->items[i],
					     .chunk = "", .label = "",
					     .why = "", .missing = "",
					     .newer = SIZE_MAX };
	patch_series_order(&c->series, list);
	return 0;
}

static void close_all(struct collector *c)
{
	for (size_t i = 0; i < c->count; i++)
		free(c->items[i].patched.items);
	free(c->items);
	free(c->mails);
	reader_list_release(&c->readers);
	patch_series_release(&c->series);
	commit_batch_free(c->batch);
	review_release(&c->known);
	bases_release(&c->bases);
	id_map_release(&c->known_ids);
	id_map_release(&c->known_words);
	id_map_release(&c->known_unplaced);
	free(c->made);
}

int collect(struct collection *out, const struct manuscript *ms,
	    document_reader *reader, const struct feedback_list *list,
	    const struct collect_options *options, struct error *err)
{
	struct collector c = { .out = out, .ms = ms, .options = options,
			       .reader = reader, .arena = &out->arena,
			       .known = REVIEW_INIT,
			       .readers = READER_LIST_INIT,
			       .bases = { .by_commit = ID_MAP_INIT },
			       .err = err };
	int rc = open_all(&c, list);

	if (!rc)
		rc = place_all(&c);
	if (!rc)
		rc = options->dry_run ? commit_batch_hold(c.batch, err) :
					commit_batch_write(c.batch, err);
	if (!rc && !options->dry_run && c.mail_count)
		rc = notes_set(ms->repo, REVIEW_MAIL_NOTES, c.mails,
			       c.mail_count, &options->who, &options->when,
			       "review: mail that was not placed", err);
	if (!rc && !options->dry_run)
		rc = collect_note_versions(&c);
	close_all(&c);
	return rc;
}
