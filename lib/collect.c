/* SPDX-License-Identifier: MIT */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "collect_private.h"
#include "comment.h"
#include "commit_batch.h"
#include "error.h"
#include "moment.h"
#include "trailers.h"

void collection_release(struct collection *collection)
{
	free(collection->items);
	arena_release(&collection->arena);
	*collection = (struct collection)COLLECTION_INIT;
}

/* --- when, and in what words -------------------------------------------- */

static bool is_again(const struct collector *c, const struct item *item)
{
	return (size_t)(item - c->items) >= c->options->again;
}

/*
 * A comment that is sent as a patch again says in its trailers when and for
 * what it was made.
 */
struct slice own_trailer(const struct feedback *f, const char *key)
{
	struct slice trailers = trailers_of_body(slice_of(f->words));

	if (!comment_trailers_are_own(trailers))
		return (struct slice){ NULL, 0 };
	return trailers_get(trailers, key);
}

/* The round that the item names, if there is one of that name. */
struct base *named_round(struct collector *c, const struct feedback *f)
{
	struct slice own = own_trailer(f, "Round");
	struct strbuf name = STRBUF_INIT;
	struct base *base = NULL;

	if (c->asked)
		return c->asked;
	if (own.len)
		strbuf_add_slice(&name, own);
	else
		strbuf_adds(&name, f->round);
	if (name.len)
		bases_round(&base, &c->bases, name.buf, NULL);
	strbuf_release(&name);
	return base;
}

static struct moment find_moment(const struct item *item)
{
	const struct feedback *f = item->feedback;
	struct moment when = f->when;

	if (!moment_parse_mail(&when, own_trailer(f, "Date")))
		return when;
	/* not the clock: the same mail must be the same comment tomorrow */
	if (f->undated)
		when = (struct moment){ item->base->committed, 0 };
	return when;
}

/* "3.14: "grey" -> "gray"", where the reader said no more than that. */
static void edit_subject(struct strbuf *out, const struct item *item)
{
	const struct feedback *f = item->feedback;

	if (*item->label)
		strbuf_addf(out, "%s: ", item->label);
	if (*f->old_words)
		strbuf_addf(out, "\"%s\" -> ", f->old_words);
	strbuf_addf(out, "\"%s\"", f->new_words);
}

/* A patch without a subject of its own, or a copy. */
static void patch_subject(struct strbuf *out, const struct item *item)
{
	if (*item->chunk)
		strbuf_addf(out, "Changes to %s", item->chunk);
}

/* An edit that became a remark says what was asked for. */
static void remark_words(struct strbuf *out, const struct item *item)
{
	const struct feedback *f = item->feedback;

	if (f->kind == FEEDBACK_EDIT) {
		edit_subject(out, item);
		strbuf_adds(out, "\n\n");
	}
	strbuf_adds(out, f->words);
	if (f->kind == FEEDBACK_REMARK && item->unplaced)
		for (size_t i = 0; i < f->quote_count; i++)
			strbuf_addf(out, "\n\n> %.*s",
				    SLICE_ARG(f->quotes[i]));
}

static void make_message(struct strbuf *out, const struct item *item,
			 const struct sender *sender)
{
	const struct feedback *f = item->feedback;
	struct strbuf subject = STRBUF_INIT, body = STRBUF_INIT;
	struct slice id = own_trailer(f, "Message-Id");
	struct strbuf message_id = STRBUF_INIT;
	bool is_whole = f->kind == FEEDBACK_PATCH || /* with its message */
			f->kind == FEEDBACK_COPY ||
			f->kind == FEEDBACK_LOST ||
			comment_message_is_own(slice_of(f->words));

	if (id.len)
		strbuf_add_slice(&message_id, id);
	else
		strbuf_adds(&message_id, f->message_id);
	if (is_whole) {
		if (f->kind != FEEDBACK_COPY || item->unplaced)
			strbuf_adds(&subject, f->subject);
		if (!subject.len)
			patch_subject(&subject, item);
		strbuf_adds(&body, f->words);
	} else if (f->kind == FEEDBACK_EDIT && !item->is_remark) {
		edit_subject(&subject, item);
		strbuf_adds(&body, f->words);
	} else {
		remark_words(&body, item);
	}
	comment_message(out, &(struct comment_words){
		subject.buf, body.buf, item->base->round, item->chunk,
		item->label, f->channel, message_id.buf,
		item->unplaced ? item->why : "", f->copy, sender->sent_from,
		f->part, item->is_remark, find_moment(item) });
	strbuf_release(&subject);
	strbuf_release(&body);
	strbuf_release(&message_id);
}

/* --- what is there already ------------------------------------------------------ */

/*
 * What makes two of them the same although they may have been placed in
 * different texts: the mail, and the words of it.
 */
static void words_key(char key[COMMIT_ID_LENGTH + 1], const char *email,
		      struct slice message)
{
	struct slice trailers = trailers_of(message);
	struct slice id = trailers_get(trailers, "Message-Id");
	struct slice part = trailers_get(trailers, "Part");
	struct slice from = trailers_get(trailers, "Sent-From");
	struct strbuf text = STRBUF_INIT;

	/* the mail's address: who has no list of readers knows no other */
	if (!from.len)
		from = slice_of(email);
	strbuf_addf(&text, "%.*s\n%.*s\n%.*s\n", SLICE_ARG(from),
		    SLICE_ARG(id), SLICE_ARG(part));
	strbuf_add_slice(&text, slice_sub(message, 0,
					  slice_find(message, '\n')));
	blob_id(key, strbuf_slice(&text));
	strbuf_release(&text);
}

static void note_known(struct collector *c)
{
	char key[COMMIT_ID_LENGTH + 1];

	for (size_t i = 0; i < c->known.count; i++) {
		const struct comment *known = &c->known.items[i].comment;

		id_map_add(&c->known_ids, known->id, i);
		words_key(key, known->reader.email, slice_of(known->message));
		id_map_add(known->unplaced.len ? &c->known_unplaced :
			   &c->known_words, key, i);
	}
}

/* --- comments ------------------------------------------------------------------------ */

/* By the item's own id, which stays where it is, unlike what is collected. */
static void keep_mail(struct collector *c, const struct item *item)
{
	GROW(c->mails, c->mail_count, c->mail_capacity);
	c->mails[c->mail_count++] = (struct note){
		item->id, item->feedback->mail
	};
}

static struct collected *add_collected(struct collector *c,
				       const struct item *item)
{
	struct collection *out = c->out;
	struct collected *made;

	GROW(out->items, out->count, out->capacity);
	made = &out->items[out->count++];
	*made = (struct collected){ .feedback = item->feedback,
				    .round = arena_strdup(c->arena,
							  item->base->round),
				    .superseded = item->newer != SIZE_MAX,
				    .is_remark = item->is_remark,
				    .subject = "", .chunk = item->chunk,
				    .label = item->label, .why = item->why };
	return made;
}

static void publish(struct collector *c, struct collected *made,
		    const struct item *item)
{
	struct strbuf ref = STRBUF_INIT;

	comment_ref(&ref, item->base->round, made->id);
	commit_batch_ref(c->batch, ref.buf, made->id, NULL);
	strbuf_release(&ref);
}

static int make_commit(struct collector *c, struct collected *made,
		       const struct item *item, const char *message)
{
	struct commit_file *files = xreallocarray(NULL,
		item->patched.count + 1, sizeof(*files));
	struct moment when = find_moment(item);
	int rc;

	for (size_t i = 0; i < item->patched.count; i++)
		files[i] = (struct commit_file){
			item->patched.items[i].path,
			item->patched.items[i].theirs
		};
	rc = commit_batch_add(made->id, c->batch, &(struct commit_draft){
		item->base->commit, files, item->patched.count, made->reader,
		made->reader, when, when, message }, c->err);
	free(files);
	return rc;
}

/* Is it there already, in this text or in another? */
static bool is_known(struct collector *c, struct collected *made,
		     const struct item *item, struct slice message)
{
	const struct id_map *known = item->unplaced ? &c->known_unplaced :
				     &c->known_words;
	char key[COMMIT_ID_LENGTH + 1];
	size_t at;

	words_key(key, made->reader.email, message);
	if (!id_map_find(&at, known, key))
		return false;
	memcpy(made->id, c->known.items[at].comment.id, sizeof(made->id));
	made->state = COLLECTED_KNOWN;
	return true;
}

static int make_new(struct collector *c, struct collected *made,
		    const struct item *item, const char *message)
{
	int rc = make_commit(c, made, item, message);

	if (rc < 0)
		return rc;
	if (id_map_add(&c->known_ids, made->id, c->known.count))
		publish(c, made, item);
	else
		made->state = COLLECTED_KNOWN;
	return 0;
}

static int make_comment(struct collector *c, struct item *item)
{
	struct strbuf message = STRBUF_INIT;
	struct collected *made = add_collected(c, item);
	struct sender sender;
	struct slice text;
	int rc = 0;

	collect_find_sender(&sender, c, item->feedback, is_again(c, item));
	made->reader = sender.who;
	make_message(&message, item, &sender);
	text = strbuf_slice(&message);
	made->subject = arena_copy(c->arena, slice_sub(text, 0,
						slice_find(text, '\n')));
	if (!is_known(c, made, item, text) &&
	    !(is_again(c, item) && item->unplaced))
		rc = make_new(c, made, item, message.buf);
	strbuf_release(&message);
	if (rc < 0)
		return rc;
	memcpy(item->id, made->id, sizeof(item->id));
	collect_note_made(c, (size_t)(item - c->items), item->id);
	if (is_again(c, item) && (item->unplaced ||
				  made->state == COLLECTED_KNOWN)) {
		c->out->count--;
	} else if (item->unplaced) {
		made->state = COLLECTED_UNPLACED;
		keep_mail(c, item);
	}
	return 0;
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
			rc = make_comment(c, item);
	}
	return rc < 0 ? rc : 0;
}

/* --- new versions ----------------------------------------------------------- */

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

static int note_superseded(struct collector *c)
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
	note_known(c);
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
		rc = note_superseded(&c);
	close_all(&c);
	return rc;
}
