/* SPDX-License-Identifier: MIT */
/*
 * A message is read part by part (mail_read_parts.c). A part with a diff in it
 * is a patch (mail_patch.c); its message is what stands above, or the words of
 * the mail it is attached to. All other words are a reply (mail_read_words.c).
 */
#include <gmime/gmime.h>
#include <string.h>

#include "error.h"
#include "mail_cut.h"
#include "mail_read.h"
#include "mail_read_private.h"
#include "mbox.h"

void mail_read_lose(struct mail_reader *r, struct mail_state *m,
		    const char *format, const char *what)
{
	struct feedback *item = feedback_list_add(r->list, FEEDBACK_LOST);
	struct strbuf words = STRBUF_INIT;

	strbuf_addf(&words, format, what);
	*item = m->head;
	item->kind = FEEDBACK_LOST;
	item->trouble = arena_copy(&r->list->arena, strbuf_slice(&words));
	strbuf_release(&words);
}

/* What could not be read, told with what could; or alone. */
static void tell_trouble(struct mail_reader *r, struct mail_state *m)
{
	bool empty = m->first == r->list->count;
	const char *trouble;

	if (m->parts.closed && empty)
		mail_read_lose(r, m, "the mail is %s and cannot be read",
		     m->parts.closed);
	else if (m->parts.limit)
		mail_read_lose(r, m, "not all of the mail was read: %s",
		     m->parts.limit);
	else if (empty && m->unread)
		mail_read_lose(r, m, "there are no words in the mail: %s",
		     m->trouble.buf);
	if (!m->trouble.len)
		return;
	trouble = arena_copy(&r->list->arena, strbuf_slice(&m->trouble));
	for (size_t i = m->first; i < r->list->count; i++)
		if (!*r->list->items[i].trouble)
			r->list->items[i].trouble = trouble;
}

/* What was said in this mail, numbered from 1. */
static void number_parts(struct feedback_list *list, size_t first,
			 const char *message_id)
{
	unsigned part = 0;

	for (size_t i = first; i < list->count; i++)
		if (!strcmp(list->items[i].message_id, message_id))
			list->items[i].part = ++part;
}

/* Is only its beginning left, or all that is kept of it? */
static bool is_cut(struct mail_reader *r, struct mail_state *m)
{
	struct strbuf kept = STRBUF_INIT;

	if (m->header.values[MAIL_CUT].len)
		return true;
	if (m->head.mail.len <= MAIL_SIZE_LIMIT)
		return false;
	mail_cut_add(&kept, m->head.mail);
	m->head.mail = arena_slice(&r->list->arena, strbuf_slice(&kept));
	strbuf_release(&kept);
	return true;
}

static void read_message(struct mail_reader *r, struct mail_state *m)
{
	if (is_cut(r, m)) {
		mail_read_lose(r, m, "the mail is larger than %s; only its "
			       "beginning was kept", "64 MiB");
		return;
	}
	mail_parts_read(&m->parts, &m->header);
	mail_read_parts(r, m);
	if (!m->header.known && m->first == r->list->count)
		mail_read_lose(r, m, "'%s' is neither a mail nor a patch",
		     m->head.source);
	else if (m->is_series && !m->head.number)
		mail_read_cover(r, m);
	else if (!m->words_used)
		mail_read_letter(r, m);
	mail_read_stop(r, m);
	tell_trouble(r, m);
	number_parts(r->list, m->first, m->head.message_id);
}

/* What a mail inside another does not say itself. A patch that is attached
 * has no id, and hangs where the mail hangs. */
static void inherit(struct mail_state *m, const struct mail_state *outer)
{
	struct feedback *head = &m->head;
	const struct feedback *from = &outer->head;

	if (!*head->round)
		head->round = from->round;
	if (!m->header.values[MAIL_FROM].len)
		head->who = from->who;
	if (head->undated && !head->when.seconds) {
		head->when = from->when;
		head->undated = from->undated;
	}
	if (!m->header.values[MAIL_MESSAGE_ID].len && !*head->thread) {
		head->in_reply_to = from->in_reply_to;
		head->thread = from->thread;
	}
}

static void read_one(struct mail_reader *r, struct slice bytes,
		     bool quoted, const struct mail_state *outer)
{
	struct mail_state m = { .parts = MAIL_PARTS_INIT,
				.words = STRBUF_INIT,
				.trouble = STRBUF_INIT };

	m.depth = outer ? outer->depth + 1 : 0;
	m.first = r->list->count;
	mail_read_head(r, &m, bytes);
	if (outer)
		inherit(&m, outer);
	m.container = (struct mail_container){ m.header.crlf, quoted };
	read_message(r, &m);
	mail_parts_release(&m.parts);
	strbuf_release(&m.words);
	strbuf_release(&m.trouble);
}

void mail_read_inner(struct mail_reader *r, struct mail_state *outer,
		     struct slice bytes)
{
	struct mbox_message message;
	struct mbox mbox;

	mbox_init(&mbox, bytes);
	while (mbox_next(&message, &mbox)) {
		if (++r->inner > MAIL_PART_LIMIT) {
			outer->parts.limit = "it has more than 1,000 mails "
					     "in it";
			return;
		}
		read_one(r, message.bytes,
			 outer->container.quoted ||
			 (mbox.is_mbox && !message.from_git), outer);
	}
}

/* GMime does not start a second time, so it is never shut down. */
static void init_once(void)
{
	static bool done;

	if (!done)
		g_mime_init();
	done = true;
}

int mail_read(struct feedback_list *list, struct slice bytes,
	      const char *name, struct error *err)
{
	struct mail_reader r = { .list = list, .bytes = bytes, .name = name };
	struct mbox_message message;
	struct mbox mbox;

	init_once();
	mail_text_init(&r.text);
	mbox_init(&mbox, bytes);
	r.is_mbox = mbox.is_mbox;
	while (mbox_next(&message, &mbox)) {
		r.number++;
		r.inner = 0;
		read_one(&r, message.bytes,
			 mbox.is_mbox && !message.from_git, NULL);
	}
	mail_text_release(&r.text);
	return 0;
}
