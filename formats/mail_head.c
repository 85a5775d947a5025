/* SPDX-License-Identifier: MIT */
/* What the header of a message says about each thing that is said in it. */
#include <stdio.h>
#include <string.h>

#include "mail_decode.h"
#include "mail_id.h"
#include "mail_read_private.h"
#include "mail_subject.h"
#include "sha1.h"

static bool set_subject(struct arena *arena, struct feedback *item,
			struct slice value)
{
	struct mail_subject subject;

	mail_subject_read(&subject,
			  slice_of(mail_header_text(arena, value)));
	item->subject = arena_copy(arena, subject.text);
	item->round = arena_copy(arena, subject.round);
	item->copy = arena_copy(arena, subject.code);
	item->label = arena_copy(arena, subject.label);
	if (subject.in_series || subject.version > 1) {
		item->number = subject.number;
		item->total = subject.total;
		item->version = subject.version;
	}
	return subject.in_series;
}

void mail_read_subject(struct arena *arena, struct feedback *item,
		       struct slice value)
{
	struct feedback before = *item;

	set_subject(arena, item, value);
	if (!*item->round)
		item->round = before.round;
	if (!*item->copy)
		item->copy = before.copy;
}

/*
 * An id for a mail without one. Line ends differ between copies of a mail,
 * and blank lines at its end.
 */
static const char *made_id(struct arena *arena, struct slice bytes)
{
	unsigned char hash[SHA1_SIZE];
	char hex[2 * SHA1_SIZE + 1];
	struct slice line, rest = slice_trim_end(bytes);
	struct sha1 sha;
	char *id = arena_alloc(arena, sizeof(hex) + 16);

	sha1_init(&sha);
	while (slice_next_line(&line, &rest)) {
		line = slice_chomp(line);
		sha1_update(&sha, line.ptr, line.len);
		sha1_update(&sha, "\n", 1);
	}
	sha1_final(hash, &sha);
	for (int i = 0; i < SHA1_SIZE; i++)
		snprintf(hex + 2 * i, 3, "%02x", hash[i]);
	snprintf(id, sizeof(hex) + 16, "%s@mail.invalid", hex);
	return id;
}

/* Ids are ASCII, in theory. */
static const char *copy_id(struct arena *arena, struct slice id)
{
	struct strbuf text = STRBUF_INIT;
	const char *copy;

	mail_decode_unlabelled(&text, id);
	copy = arena_copy(arena, strbuf_slice(&text));
	strbuf_release(&text);
	return copy;
}

static void set_ids(struct arena *arena, struct feedback *head,
		    const struct mail_header *header, struct slice bytes)
{
	struct slice own = mail_first_id(header->values[MAIL_MESSAGE_ID]);
	struct slice root = mail_first_id(header->values[MAIL_REFERENCES]);
	struct slice last = mail_last_id(header->values[MAIL_REFERENCES]);
	struct slice to = mail_first_id(header->values[MAIL_IN_REPLY_TO]);

	if (!to.len)
		to = last;
	if (!root.len)
		root = to;
	head->message_id = own.len ? copy_id(arena, own)
				   : made_id(arena, bytes);
	head->in_reply_to = copy_id(arena, to);
	head->thread = copy_id(arena, root);
}

/* An answer to a mail of ours says what it is about, whatever became of its
 * subject. */
static void read_parent(struct arena *arena, struct feedback *head,
			const char *id)
{
	struct strbuf round = STRBUF_INIT;
	struct slice code;

	if (mail_id_read(&round, &code, slice_of(id))) {
		if (!*head->round)
			head->round = arena_copy(arena, strbuf_slice(&round));
		if (!*head->copy)
			head->copy = arena_copy(arena, code);
	}
	strbuf_release(&round);
}

static const char *source_of(struct mail_reader *r)
{
	struct strbuf text = STRBUF_INIT;
	const char *source;

	strbuf_adds(&text, r->name);
	if (r->is_mbox)
		strbuf_addf(&text, ":%zu", r->number);
	source = arena_copy(&r->list->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return source;
}

void mail_read_head(struct mail_reader *r, struct mail_state *m,
		    struct slice bytes)
{
	struct arena *arena = &r->list->arena;
	struct feedback *head = &m->head;
	struct mail_header *header = &m->header;

	mail_header_read(header, bytes);
	if (!header->known ||
	    (!r->is_mbox && header->known < 2 &&
	     !header->values[MAIL_FROM].len)) {
		struct slice cut = header->values[MAIL_CUT];
		bool crlf = header->crlf;

		*header = (struct mail_header){ .body = bytes, .crlf = crlf };
		header->values[MAIL_CUT] = cut;
	}
	*head = (struct feedback){ .kind = FEEDBACK_LOST, .channel = "mail",
		.words = "", .old_words = "", .new_words = "", .label = "",
		.file_name = "", .round = "", .copy = "", .version = 1,
		.trouble = "", .mail = bytes };
	head->who = mail_header_sender(arena, header);
	mail_header_date(head, header);
	set_ids(arena, head, header, bytes);
	m->is_series = set_subject(arena, head, header->values[MAIL_SUBJECT]);
	read_parent(arena, head, head->in_reply_to);
	read_parent(arena, head, head->thread);
	head->source = source_of(r);
}
