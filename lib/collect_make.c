/* SPDX-License-Identifier: MIT */
/* Comments, unless they are there already. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "collect_private.h"
#include "comment.h"
#include "commit_batch.h"
#include "trailers.h"

static bool is_again(const struct collector *c, const struct item *item)
{
	return (size_t)(item - c->items) >= c->options->again;
}

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

void collect_note_known(struct collector *c)
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
	size_t count = item->patched.count;
	struct commit_file *files = xreallocarray(NULL, count + 1,
						  sizeof(*files));
	struct strbuf *texts = xreallocarray(NULL, count + 1, sizeof(*texts));
	struct moment when = collect_moment(item);
	int rc;

	for (size_t i = 0; i < count; i++) {
		const struct patched *p = &item->patched.items[i];

		texts[i] = (struct strbuf)STRBUF_INIT;
		patched_theirs(&texts[i], p);
		files[i] = (struct commit_file){
			p->path, strbuf_slice(&texts[i]), p->blob
		};
	}
	rc = commit_batch_add(made->id, c->batch, &(struct commit_draft){
		item->base->commit, files, count, made->reader,
		made->reader, when, when, message }, c->err);
	for (size_t i = 0; i < count; i++)
		strbuf_release(&texts[i]);
	free(texts);
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

int collect_make(struct collector *c, struct item *item)
{
	struct strbuf message = STRBUF_INIT;
	struct collected *made = add_collected(c, item);
	struct sender sender;
	struct slice text;
	int rc = 0;

	collect_find_sender(&sender, c, item->feedback, is_again(c, item));
	made->reader = sender.who;
	collect_message(&message, item, &sender);
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
