/* SPDX-License-Identifier: MIT */
/* What a comment says, and when it was said. */
#include "collect_private.h"
#include "comment.h"
#include "moment.h"
#include "trailers.h"

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

struct moment collect_moment(const struct item *item)
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

void collect_message(struct strbuf *out, const struct item *item,
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
		f->part, item->is_remark, collect_moment(item) });
	strbuf_release(&subject);
	strbuf_release(&body);
	strbuf_release(&message_id);
}
