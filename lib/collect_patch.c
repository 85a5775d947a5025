/* SPDX-License-Identifier: MIT */
/* Which text a patch was made from, and what it makes of it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "collect_private.h"
#include "comment.h"
#include "critic.h"
#include "error.h"
#include "history.h"
#include "text_map.h"

/*
 * Try a text. Returns 1 if the patch is of it, 0 if not, else an error; why
 * not is in `why`, of the first text that was tried.
 */
static int try_base(struct collector *c, struct item *item, struct base *base,
		    bool by_blob, struct error *why)
{
	struct error err = ERROR_INIT;
	int rc = base_patch(&item->patched, c->arena, base, &c->bases,
			    item->feedback->patch, by_blob, &err);

	if (!rc) {
		item->base = base;
		return 1;
	}
	if (rc == ERROR_IO || rc == ERROR_GIT) {
		*c->err = err;
		return rc;
	}
	if (err.code && !why->code)
		*why = err;
	return 0;
}

/*
 * The named round (only that one if it was asked for), then those that were
 * open when the patch was made, then all others. So a mail is the same comment
 * before and after the next round is opened.
 */
static int try_rounds(struct collector *c, struct item *item, bool by_blob,
		      struct error *why)
{
	struct base *named = named_round(c, item->feedback);
	size_t count = c->asked ? 0 : c->bases.round_count;
	int rc = named ? try_base(c, item, named, by_blob, why) : 0;

	for (size_t i = 0; !rc && i < 2 * count; i++) {
		struct base *base = c->bases.items[i % count];

		if (base != named && base_was_open(base, item->feedback) ==
				     (i < count))
			rc = try_base(c, item, base, by_blob, why);
	}
	return rc;
}

static bool names_blobs(const struct patch *patch)
{
	for (size_t i = 0; i < patch->file_count; i++)
		if (!patch->files[i].old_blob)
			return false;
	return patch->file_count > 0;
}

/* The commit that the patch says it is based on, if it is here. */
static int try_stated_base(struct collector *c, struct item *item,
			   struct error *why)
{
	const char *id = item->feedback->patch->base_commit;
	struct base *base;

	if (!id || strlen(id) > COMMIT_ID_LENGTH || strlen(id) < 7 ||
	    bases_at(&base, &c->bases, id, NULL) < 0)
		return 0;
	return try_base(c, item, base, true, why);
}

/* --- a series goes on from one comment to the next ----------------------- */

static void add_made(struct collector *c, const char *blob, size_t item,
		     const char *comment)
{
	struct made_text *made;

	GROW(c->made, c->made_count, c->made_capacity);
	made = &c->made[c->made_count++];
	memcpy(made->blob, blob, sizeof(made->blob));
	made->item = item;
	made->comment = comment;
}

void collect_note_made(struct collector *c, size_t item, const char *comment)
{
	const struct patched_list *patched = &c->items[item].patched;

	for (size_t i = 0; i < patched->count; i++)
		add_made(c, patched->items[i].blob, item,
			 arena_strdup(c->arena, comment));
}

/* What the comments of before make of their chunks: when first asked for. */
static int read_stored(struct collector *c)
{
	struct comment_changes changes = COMMENT_CHANGES_INIT;
	int rc = 0;

	if (c->stored_read)
		return 0;
	c->stored_read = true;
	for (size_t i = 0; i < c->known.count && !rc; i++) {
		const struct review_comment *known = &c->known.items[i];

		if (!known->changes || known->comment.is_remark)
			continue;
		rc = comment_changes_read(&changes, c->bases.repo,
					  &known->comment, c->err);
		for (size_t k = 0; k < changes.count && !rc; k++)
			add_made(c, changes.items[k].theirs, SIZE_MAX,
				 known->comment.id);
	}
	comment_changes_release(&changes);
	return rc;
}

static int try_made_text(struct collector *c, struct item *item,
			 const struct made_text *made, struct error *why)
{
	const struct item *before = made->item == SIZE_MAX ? NULL :
				    &c->items[made->item];
	struct base *base;

	if (before)
		base = bases_derive(&c->bases, made->comment, before->base,
				    &before->patched);
	else if (bases_at(&base, &c->bases, made->comment, NULL) < 0)
		return 0;
	return try_base(c, item, base, true, why);
}

static int try_made(struct collector *c, struct item *item, struct error *why)
{
	const char *blob = item->feedback->patch->files->old_blob;
	size_t digits = strlen(blob);
	int rc = digits < 4 ? 0 : read_stored(c);

	for (size_t i = digits < 4 ? 0 : c->made_count; i-- > 0 && !rc;)
		if (!strncmp(c->made[i].blob, blob, digits))
			rc = try_made_text(c, item, &c->made[i], why);
	return rc;
}

/* By the blobs that it names: rounds, and the commit that it names. */
static int find_by_blob(struct collector *c, struct item *item)
{
	struct error why = ERROR_INIT;
	int rc;

	if (!names_blobs(item->feedback->patch))
		return 0;
	rc = try_rounds(c, item, true, &why);
	if (!rc)
		rc = try_stated_base(c, item, &why);
	return rc;
}

/*
 * Look through the history for the blobs of all patches whose text is not
 * known: once for all of them.
 */
static int find_in_history(struct collector *c)
{
	struct blob_place *places = xcalloc(c->count + 1, sizeof(*places));
	size_t *owners = xreallocarray(NULL, c->count + 1, sizeof(*owners));
	struct error why = ERROR_INIT;
	struct base *base;
	size_t count = 0;
	int rc = 0;

	for (size_t i = 0; i < c->count; i++) {
		const struct feedback *f = c->items[i].feedback;

		if (c->items[i].base || f->kind != FEEDBACK_PATCH ||
		    !names_blobs(f->patch))
			continue;
		owners[count] = i;
		places[count].path = f->patch->files->old_path;
		places[count++].blob = f->patch->files->old_blob;
	}
	if (count)
		rc = history_find_blobs(places, count, c->bases.repo, c->err);
	for (size_t i = 0; i < count && rc >= 0; i++) {
		if (!*places[i].commit)
			continue;
		rc = bases_at(&base, &c->bases, places[i].commit, c->err);
		if (!rc)
			rc = try_base(c, &c->items[owners[i]], base, true,
				      &why);
	}
	free(places);
	free(owners);
	return rc < 0 ? rc : 0;
}

/* By its lines alone, in the texts that are there. */
static int find_by_context(struct collector *c, struct item *item)
{
	struct error why = ERROR_INIT;
	struct base *base;
	int rc = try_rounds(c, item, false, &why);

	if (!rc && !c->asked) {
		rc = bases_head(&base, &c->bases, c->err);
		if (!rc)
			rc = try_base(c, item, base, false, &why);
	}
	if (rc)
		return rc < 0 ? rc : 0;
	item->unplaced = true;
	if (*item->missing)
		error_set(&why, ERROR_NOT_FOUND, "part %s of its series has "
			  "not come", item->missing);
	item->why = arena_strdup(c->arena, why.message);
	return 0;
}

/* Is what it changes no more than CriticMarkup put in? */
static bool is_remark(const struct patched_list *patched)
{
	struct strbuf theirs = STRBUF_INIT;
	struct span passage;
	bool is = patched->count > 0;

	for (size_t i = 0; i < patched->count && is; i++) {
		strbuf_truncate(&theirs, 0);
		patched_theirs(&theirs, &patched->items[i]);
		is = critic_is_remark(patched->items[i].base,
				      strbuf_slice(&theirs), &passage, NULL);
	}
	strbuf_release(&theirs);
	return is;
}

static bool changes_nothing(const struct patched_list *patched)
{
	for (size_t i = 0; i < patched->count; i++)
		if (strcmp(patched->items[i].base_blob,
			   patched->items[i].blob))
			return false;
	return true;
}

/* What was mended, and what its series lacks, in words. */
static void describe_state(struct strbuf *why, const struct item *item)
{
	for (unsigned i = 0; i < REPAIR_COUNT; i++)
		if (item->patched.repairs & 1u << i)
			strbuf_addf(why, "%s%s", why->len ? ", " : "mended: ",
				    patch_repair_name(1u << i));
	if (*item->missing)
		strbuf_addf(why, "%spart %s of its series has not come",
			    why->len ? "; " : "", item->missing);
}

/* Readers had labels in front of them only in what was sent to them. */
static bool is_round(const struct collector *c, const struct base *base)
{
	for (size_t i = 0; i < c->bases.round_count; i++)
		if (c->bases.items[i] == base)
			return true;
	return false;
}

/* The paragraph of the first change; where there are no labels, none. */
static int find_label(struct collector *c, struct item *item)
{
	const struct patched *p = &item->patched.items[0];
	char label[BOOK_LABEL_SIZE];
	struct text_map *map;
	int rc;

	if (!is_round(c, item->base))
		return 0;
	if ((rc = collect_map(&map, c, item->base)) < 0)
		return rc;
	text_map_label_at(label, map, p->path, p->prefix);
	item->label = arena_strdup(c->arena, label);
	return 0;
}

int collect_describe(struct collector *c, struct item *item)
{
	struct strbuf why = STRBUF_INIT;

	if (changes_nothing(&item->patched)) {
		item->unplaced = true;
		item->why = "it changes nothing";
		item->patched.count = 0;
		return 0;
	}
	item->is_remark = is_remark(&item->patched);
	item->chunk = arena_strdup(c->arena, item->patched.items[0].path);
	describe_state(&why, item);
	item->why = arena_strdup(c->arena, why.buf);
	strbuf_release(&why);
	return find_label(c, item);
}

int collect_find_blobs(struct collector *c)
{
	int rc = 0;

	for (size_t i = 0; i < c->count && rc >= 0; i++)
		if (c->items[i].feedback->kind == FEEDBACK_PATCH)
			rc = find_by_blob(c, &c->items[i]);
	return rc < 0 ? rc : find_in_history(c);
}

int collect_place_patch(struct collector *c, struct item *item)
{
	struct error why = ERROR_INIT;
	int rc = 0;

	if (!item->base && names_blobs(item->feedback->patch))
		rc = try_made(c, item, &why);
	if (rc > 0) /* what it goes on from has come before */
		item->missing = "";
	if (rc >= 0 && !item->base)
		rc = find_by_context(c, item);
	if (rc < 0)
		return rc;
	return item->base ? collect_describe(c, item) : 0;
}
